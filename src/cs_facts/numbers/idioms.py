"""Ordinary words that contain a numeral and count nothing: 一般, 十分, 统一, a second, no one.

A word belongs here when a dictionary lists it as one word and the numeral in it can be left uncounted without
losing a figure: adverbs, verbs, set phrases, things named by a number (二维码), places and days of the week. What
does not belong here, since a reader of a store may ask for it: 一 before a counter (一个, 一家), ranks (第一),
vague numbers (数百, 几十) and terms of one source's own (一卡通, 两个主义), which go in that source's ``names:``.

The lists were gathered by hand, with a look at which words jieba's dictionary holds to see what was forgotten;
how far they reach is measured in ``tests/test_numerals.py`` on sentences that were written for it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERALS = "〇○零一二两三四五六七八九十百千万亿半双"

BLANK = "\0"
"""What stands for each character of an ordinary word in a masked text."""

_WORDS = """
一般 一定 一样 一直 一切 一致 一旦 一向 一律 一再 一贯 一味 一经 一同 一概 一共 一应 一些 一体 一流 一举 一并 一齐
一统 一旁 一侧 一带 一番 一连 一连串 一系列 一会儿 一会 一阵 一阵子 一下 一下子 一口气 一路 一路上 一生 一辈子 一心
一身 一边 一方面 一方 一来 一瞬 一瞬间 一刹那 一转眼 一眨眼 一晃 一整套 一大早 一早 一刻不停 一线 一早就 一时间 一点点
一丝 一丁点 一一 一派 一网打尽 一网 一涨 一字未改 一年四季 三步并作两步 十里八乡 非一日之功 三天打鱼 两天晒网 半夜三更
香飘十里 一动不动 一声令下 一部分 一次性 一体化 一站式 一揽子 一把抓 一条龙 一刀切 一窝蜂 一溜烟 一股脑 一个劲
一门心思 一家人 一家子 一个个 一名名 一步步 一天天 一年年 一代代 一次次 一声声 一遍遍 一点一滴 一个一个 一步一步
一天一天 一年到头 一天到晚 一系 一味地 一道道 一带一路 一国两制 一把手 一审 一词 一语 一说 一到 一进 一出 一想 一看
一听 一走 一开始 一有 一遇 一提 一如 一改 一言 一跃 一脸 一席 一席之地 一技之长 一己之力 一臂之力 一己 一隅 一番话
一席话 一夜之间 一线生机 一线城市 一手 一臂 一方水土 一年级 一年生 一品红 一品 一维 一元化 一次函数 一元一次方程
一氧化碳 一汽 一战 一代宗师 一孔之见 进一步 更进一步 统一 唯一 惟一 单一 同一 专一 逐一 划一 万一 其一 其二 其三 其四
每一 这一 那一 哪一 某一 另一 任一 又一 再一次 有一天 有一定 总有一天 不一 不一样 不一定 新一代 新一轮 新一届 年轻一代
老一代 老一辈 下一代 上一代 青年一代 这样一来 如此一来 值得一提 告一段落 焕然一新 耳目一新 面貌一新 融为一体 连成一片
打成一片 混为一谈 独一无二 独树一帜 独具一格 别具一格 自成一体 自成一家 不拘一格 缺一不可 说一不二 言行一致 始终如一
表里如一 几十年如一日 数十年如一日 高度一致 万众一心 团结一心 众志一心 同心一意 大吃一惊 灵机一动 眼前一亮 会心一笑
嫣然一笑 莞尔一笑 付之一炬 付之一笑 毁于一旦 功亏一篑 孤注一掷 背水一战 放手一搏 奋力一搏 殊死一搏 决一死战 决一雌雄
略知一二 略胜一筹 更胜一筹 棋高一着 技高一筹 技高一着 更上一层楼 可见一斑 窥见一斑 昙花一现 风靡一时 轰动一时 名噪一时
盛极一时 此一时彼一时 千钧一发 千篇一律 九死一生 九牛一毛 沧海一粟 冰山一角 黄粱一梦 南柯一梦 不屑一顾 不可一世
不堪一击 不值一提 不名一文 一文不值 不顾一切 目空一切 高于一切 多此一举 在此一举 毕其功于一役 莫衷一是 当头一棒
网开一面 独当一面 首屈一指 挂一漏万 以防万一 惊鸿一瞥 空无一人 孤身一人 济济一堂 欢聚一堂 齐聚一堂 聚集一堂 相聚一堂
百里挑一 合二为一 合而为一 三位一体 五位一体 天人合一 知行合一 政教合一 整齐划一 非同一般 如出一辙 杀一儆百 举一反三
闻一知十 一问三不知 不怕一万 清一色 铁板一块 漆黑一团 乱作一团 乱成一团 抱成一团 缩成一团 无一例外 有朝一日 自始至终一
从一而终 天下第一 首都 一家之言 一心一意 一举一动 一言一行 一草一木 一砖一瓦 一针一线 一朝一夕 一模一样 一五一十
一生一世 一板一眼 一招一式 一字一句 一唱一和 一来二去 一来一往 一问一答 一张一弛 一颦一笑 一点一点 一清二楚 一清二白
一穷二白 一干二净 一石二鸟 一箭双雕 一举两得 一举多得 一举成名 一刀两断 一波三折 一日三餐 一日千里 一泻千里 一落千丈
一掷千金 一诺千金 一字千金 一呼百应 一本正经 一本万利 一帆风顺 一路顺风 一目了然 一目十行 一知半解 一鳞半爪 一时半会
一时半刻 一官半职 一成不变 一尘不染 一丝不苟 一窍不通 一声不吭 一言不发 一言难尽 一言为定 一言九鼎 一语道破 一语中的
一针见血 一见钟情 一见如故 一见倾心 一如既往 一往无前 一往情深 一鼓作气 一气呵成 一触即发 一蹴而就 一哄而上 一哄而散
一拥而上 一跃而起 一挥而就 一扫而空 一扫而光 一抢而空 一笑而过 一笑了之 一走了之 一了百了 一劳永逸 一应俱全 一无所有
一无所知 一无所获 一无是处 一败涂地 一蹶不振 一筹莫展 一视同仁 一脉相承 一衣带水 一马当先 一枝独秀 一鸣惊人 一步登天
一步到位 一步之遥 一墙之隔 一面之词 一面之缘 一念之差 一字之差 一丘之貉 一箭之地 一盘散沙 一潭死水 一纸空文 一派胡言
一笔勾销 一笔带过 一锤定音 一拍即合 一触即溃 一反常态 一意孤行 一概而论 一望无际 一望无垠 一览无余 一饱眼福 一饱口福
一展身手 一显身手 一展歌喉 一吐为快 一睹为快 一睹 一决高下 一较高下 一争高下 一腔热血 一穷 一贫如洗 一毛不拔 一手遮天
一手包办 一分为二 一分耕耘 一方有难 一叶知秋 一叶障目 一年一度 一年之计 一日之计 一日不见 一寸光阴 一门忠烈 一团和气
一团糟 一塌糊涂 一命呜呼

二手 二维码 二维 二胡 二话不说 二话没说 二次元 二氧化碳 二氧化硫 二氧化硅 二战 二流 二把手 二人转 二进制 二极管 二手房
二锅头 二年级 老二 店小二 数一数二 三心二意 接二连三 丢三落四 不二 忠贞不二 毫无二致 别无二致 二十四节气 二十八宿

三峡 三角 三角形 三角洲 长三角 珠三角 三轮车 三明治 三文鱼 三维 三国 三鲜 三角函数 三叉 三脚架 三伏 三九天 三年级 再三
三思 三思而后行 三番五次 三番两次 三令五申 三言两语 三长两短 三头六臂 三教九流 三五成群 三三两两 三天两头 三更半夜
三顾茅庐 三缄其口 三生有幸 三寸不烂之舌 三足鼎立 三人行 三下五除二 三级跳 三级跳远 隔三差五 隔三岔五 推三阻四 颠三倒四
朝三暮四 说三道四 不三不四 低三下四 张三 李四 约法三章 入木三分 退避三舍 火冒三丈 垂涎三尺 事不过三 岁寒三友 举目三
狡兔三窟 新三板

四川 四季 四周 四处 四肢 四方 四海 四邻 四壁 四面 四射 四起 四溢 四散 四伏 四通八达 四面八方 四平八稳 四分五裂
四舍五入 四季如春 四季常青 四海为家 四世同堂 四合院 四书五经 四面楚歌 四脚朝天 四肢百骸 四两拨千斤 名扬四海 光芒四射
魅力四射 危机四伏 家徒四壁 文房四宝 志在四方 四年级 四边形 四重奏 四声 四轮驱动 四氯化碳 四体不勤

五彩 五彩缤纷 五颜六色 五光十色 五花八门 五花大绑 五湖四海 五谷丰登 五谷杂粮 五谷 五官 五金 五味 五味杂陈 五脏六腑
五脏 五体投地 五行 五线谱 五角星 五星红旗 五星级 四星级 三星级 五粮液 五指 五雷轰顶 五音不全 五大三粗 五十步笑百步
学富五车 吆五喝六 五环旗 五年级 五角大楼

六神无主 六亲不认 六边形 六味地黄 六年级 身怀六甲 眼观六路 七情六欲 过五关斩六将

七上八下 七嘴八舌 七手八脚 七零八落 七拼八凑 七夕 七律 七绝 七窍生烟 七老八十 乱七八糟 乌七八糟 杂七杂八 横七竖八 乱七
北斗七星 七星

八卦 八字 八仙过海 八仙桌 八仙 八股 八股文 八宝粥 八宝饭 八角 八哥 八达岭 八面玲珑 八面威风 八方 八九不离十 八竿子
才高八斗 胡说八道 正儿八经 丑八怪 猪八戒 王八 腊八 腊八粥 耳听八方 威风八面 半斤八两 八路军

九州 九霄云外 九牛二虎之力 九泉之下 九鼎 九寨沟 九宫格 九华山 九尾狐 十室九空 三九 数九寒天 重九

十足 十字路口 十字街头 十字架 红十字会 红十字 十全十美 十拿九稳 十万火急 十恶不赦 十之八九 十有八九 十指连心 十面埋伏
十年寒窗 十年树木 十里洋场 十进制 十八般武艺 以一当十 十堰 十万个为什么 十字绣 十月怀胎 十指 合十

百姓 老百姓 百货 百科 百科全书 百合 百般 百叶窗 百叶 百搭 百灵 百态 百忙 百业 百花 百兽 百度 百无聊赖 百感交集
百折不挠 百花齐放 百家争鸣 百发百中 百战百胜 百战不殆 百闻不如一见 百废待兴 百废俱兴 百尺竿头 百依百顺 百思不得其解
百思不解 百读不厌 百看不厌 百年大计 百年树人 百年好合 百年不遇 百年一遇 百步穿杨 百炼成钢 百川归海 百舸争流 百密一疏
百口莫辩 百孔千疮 百无一失 百无一用 百无禁忌 百转千回 百里之外 身经百战 信心百倍 精神百倍 漏洞百出 破绽百出 长命百岁
千方百计 数以百计 流芳百世 文武百官 诸子百家 罢黜百家 海纳百川 千奇百怪 百花园 百分点 百分比 百分率 百分数 百分制
百分号 百日咳 百褶裙 百宝箱 百米冲刺 百家姓 百事通

千古 千秋 千秋万代 千金 千里马 千里眼 千里迢迢 千里之行 千里之堤 千里江山 千般 千禧 千禧年 千家万户 千山万水 千变万化
千言万语 千军万马 千差万别 千丝万缕 千辛万苦 千真万确 千头万绪 千呼万唤 千难万险 千恩万谢 千叮万嘱 千叮咛万嘱咐
千锤百炼 千疮百孔 千姿百态 千载难逢 千人千面 千人一面 千娇百媚 千回百转 千刀万剐 千分点 千斤顶 千纸鹤 千层饼 千张
千伶百俐 千夫所指 千帆竞发 成千上万 成百上千 成千成万 数以千计 数以万计 数以亿计 千千万万 万万千千 万千 秋千 大千世界
各有千秋 老千 感慨万千 气象万千 流传千古 千岛湖 不远千里 拒人千里 横扫千军 决胜千里 志在千里 养兵千日 欲穷千里目

万物 万象 万岁 万众 万众瞩目 万能 万事 万事如意 万事大吉 万事俱备 万事开头难 万幸 万恶 万难 万代 万世 万福 万民 万般
万古 万古长青 万端 万状 万全 万全之策 万无一失 万不得已 万家灯火 万里长城 万里无云 万里长征 万紫千红 万水千山 万籁俱寂
万马奔腾 万马齐喑 万人空巷 万念俱灰 万劫不复 万有引力 万花筒 万年历 万年青 万用表 万向节 万圣节 万寿无疆 万丈深渊
万变不离其宗 万死不辞 万里迢迢 万贯家财 腰缠万贯 光芒万丈 晴空万里 鹏程万里 惊恐万状 瞬息万变 罪该万死 遗臭万年
以不变应万变 日理万机 包罗万象 排除万难 行万里路 读万卷书 前程万里 万国博览会 万维网 万元户 万米长跑 万户侯 万向 万科
万达 亿万富翁 亿万 巨万 仪态万方 风情万种

零售 零售商 零件 零部件 零配件 零食 零钱 零花钱 零用钱 零星 零散 零碎 零工 零距离 零容忍 零基础 零头 零落 零乱 零嘴
零用 零担 零丁 孤零零 凋零 飘零 感激涕零 伶仃孤零 化整为零 清零 归零 从零开始 零零散散 零零星星 零敲碎打 零存整取

两岸 两旁 两侧 两边 两端 两者 两极 两极分化 两性 两栖 两难 两全 两全其美 两口子 小两口 老两口 两手空空 两败俱伤 两面派
两面三刀 两袖清风 两小无猜 两肋插刀 两情相悦 两厢情愿 两相情愿 两鬓 两眼 两院院士 两回事 一分两 势不两立 进退两难
模棱两可 两广 两江 两湖 两汉 斤两 银两 有两下子 判若两人 人财两空 两弹一星 两耳 两翼 两用 两侧面 两样

半导体 半岛 半径 半球 半夜 半路 半途 半途而废 半空 半山腰 半山 半边天 半壁江山 半信半疑 半推半就 半真半假 半梦半醒
半生不熟 半死不活 半工半读 半新不旧 半遮半掩 半吊子 半瓶子醋 半自动 半透明 半封闭 半成品 半决赛 半旗 半晌 半响
半身不遂 半身像 半挂车 半挂 半月板 半熟 半衰期 半封建 半殖民地 半路出家 半开放 半开玩笑 半大 多半 大半辈子 下半辈子
后半辈子 半辈子 后半生 下半生 前半生 大半生 半生 夜半 深更半夜 事半功倍 事倍功半 参半 喜忧参半 毁誉参半 半跪 半蹲 半坡
半掩 半开

双方 双手 双眼 双目 双脚 双腿 双肩 双臂 双耳 双亲 双唇 双拳 双膝 双翼 双颊 双脸 双向 双边 双重 双赢 双休日 双休 双语
双胞胎 双生 双面 双打 双人床 双人房 双人舞 双人间 双喜 双喜临门 双全 双管齐下 双双 双数 双曲线 双子 双子座 双拥 双轨
双刃剑 双杠 双核 双频 双肩包 双层 双氧水 双选会 双学位 双职工 双轮驱动 双栖 双簧 双飞 双休制 双城记 双鱼座 双拼 双季稻
双侧 双十 双亡 双线 双循环 双流机场 成双成对 成双 好事成双 祸不单行福无双至 无双 盖世无双 举世无双 名利双收 德艺双馨
文武双全 智勇双全 才貌双全 一语双关 双关语 双关 双黄线 双色球 双汇 双鸭山

收拾 拾起 拾取 拾遗 拾金不昧 拾级而上 拾荒 队伍 入伍 退伍 落伍 大陆 陆续 陆地 陆上 登陆 着陆 内陆 水陆 陆军 陆路
海陆空 陆运 陆港 放肆 肆意 肆虐 大肆 酒肆 肆无忌惮 兆头 预兆 征兆 吉兆 先兆 前兆 瑞雪兆丰年

九江 三明 三亚 三沙 三门峡 六安 六盘水 四平 七台河 百色 万州 万宁 六合 五指山 五台山 五家渠 三河 九龙坡 双流 双桥
双城区 七里河 八宝山 千山 百望山 六朝古都 三水 三元桥 三里屯 五道口 十三陵 十渡 西双版纳 伊万 万隆 万象城
"""
"""Words and set phrases, Chinese in simplified characters."""

_COUNTED = "别不要莫勿记请得可当留保小心注"
_DEGREE = "[钟之制米贝位秒]"
_UNIT_PREFIX = "[克米瓦卡伏赫帕焦]"

_IN_CONTEXT = (
    # A word in one neighbourhood, a number in another.
    rf"十分(?=[\u4e00-\u9fff])(?!{_DEGREE})",  # very; but ten minutes, and a mark of ten where the clause ends
    r"万分(?!之)",  # extremely; but ten-thousandths
    rf"千万(?=[{_COUNTED}])",  # by all means; but ten million
    r"一片(?!药|叶|树叶|面包|饼|瓦|肉)",  # a stretch of; but a slice
    r"(?<![午晨晚早夜])一点(?!钟|半|整|零|[\d一二三四五六七八九十])",  # a bit; but one o'clock
    r"一时(?![\d一二三四五六七八九十整许])",  # for a while; but one o'clock
    r"一面(?!旗|镜|墙|鼓|锣|锦|国旗|五星|大旗)",  # while; but one flag
    r"一道(?=来|去|走|努力|前往|推动|推进|参加|参与|出席|为)",  # together; but one question, one dish
    r"一起(?!重大|特大|较大|典型|案|事故|交通|火灾|诈骗|盗窃|刑事|民事|行政|纠纷|投诉)",  # together; but one case
    r"一块(?=儿|去|来|走|玩|吃|干|学|做)",  # together; but a piece, one yuan
    r"一行(?=人|抵达|来到|在|到|赴|前往|先后)",  # a party of travellers; but one line
    r"一头(?=[连扎栽倒钻撞])",  # at one end, headlong; but one ox
    r"半天(?=[说没不也都才])",  # for long; but half a day
    r"一度(?!电)",  # for a time; but one kilowatt-hour
    r"(?<!分)之一",  # one of; but a third
    r"(?<![结组])合一(?=[的地体、，。,；;）)”]|$)",  # in one
    r"如一(?=[的地、，。,；;）)”]|$)",  # constant
    r"(?:上|下)一(?=步|个|代|届|轮|阶段|年|站|次|页|任|场|季|期|级|集|程|篇)",  # the last, the next
    r"(?:前|后)一(?=阶段|段|天|晚|夜|日|年|个|种|类|者)",  # the day before, the latter
    r"(?:星期|礼拜)[一二三四五六]",  # days of the week
    r"(?<!四)周[一二三四五六](?!年|岁|期|个|次|名|大|项|[\d一二三四五六七八九十百千])",
    r"[初高大][一二三四](?=学生|年级|新生|同学|班|男生|女生|上学期|下学期|时)",  # years at school
    rf"千(?={_UNIT_PREFIX})",  # kilo-, without a number before it
    # have a look, flash after flash: 看一看, 一闪一闪
    r"(?:(?<![第百])一)?(?P<verb>[^\W\d_一二三四五六七八九十百千万个人户家年天次步件])一(?P=verb)",
    rf"千[^\W\d_{_NUMERALS}]万[^\W\d_{_NUMERALS}]",  # 千X万X, a pattern that still makes new phrases
    r"首(?=[先都府席领脑相长尾要选饰肯饶级创])",  # 首 as the head of a word
    r"[为匕尸斩昂俯顿颔翘叩自回]首",  # the head or the chief
)

_ENGLISH = (
    r"\bno[ -]one\b|\bone another\b|\bone[’']s\b|\boneself\b|\bone by one\b|\bone of\b|\bone day\b|\bone-off\b",
    r"\b(?:this|that|which|each|every|any|the|some|another|last|next|only|good|new|old|right|wrong) ones?\b",
    r"\bone (?:can|cannot|may|must|should|could|would|might|has to|needs to|sees|finds|knows|hopes)\b",
    r"\bas one\b|\bat one with\b|\bfor one thing\b|\bsquare one\b|\bone-on-one\b|\bone way or another\b",
    r"\bat first\b|\bfirst of all\b|\bfirst aid\b|\bfirst[ -]names?\b|\bfirst lady\b|\bfirst-hand\b|\bfirsthand\b",
    r"\b(?:a|per|split|every|each) second\b|\bsecond(?:-| )hand\b|\bsecond thoughts?\b|\bsecond nature\b",
    r"\bsecond to none\b|\bthird part(?:y|ies)\b|\bhalf-hearted(?:ly)?\b|\bbehalf\b",
    r"\bat sixes and sevens\b|\bon cloud nine\b|\bzero in on\b|\bten to one\b",
    r"\b(?:quarter|quarters) (?:of power|for)\b|\b(?:head|close|living)[ -]?quarters\b",
)


def mask(text: str) -> str:
    """Blank out the ordinary words of a text, one character for one.

    Words that something other than a numeral begins go first: with 统一 taken out, nothing before 百姓 looks like
    the number that 百 would belong to.

    >>> mask("十分钟后十分满意").replace(BLANK, "·")
    '十分钟后··满意'
    """
    for pattern in _patterns():
        text = pattern.sub(lambda match: BLANK * len(match[0]), text)
    return text


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return a pattern each of the words that no numeral begins and of the others, made when first needed."""
    words = sorted(set(_WORDS.split()), key=lambda word: (word[0], -len(word)))
    families = [(first, list(family)) for first, family in groupby(words, key=itemgetter(0))]
    anchored = [_family(*family) for family in families if family[0] not in _NUMERALS]
    anchored += [rule for rule in _IN_CONTEXT if rule[0] not in _NUMERALS]
    numeral = [_before(first) + _family(first, family) for first, family in families if first in _NUMERALS]
    numeral += [_before(rule[0]) + rule for rule in _IN_CONTEXT if rule[0] in _NUMERALS]
    return (
        re.compile("|".join(anchored)),
        re.compile(f"(?=[{_NUMERALS}])(?:{'|'.join(numeral)})"),
        re.compile("|".join(_ENGLISH), re.IGNORECASE),
    )


def _family(first: str, words: Iterable[str]) -> str:
    """Write words of one first character as one alternative, which a search takes or leaves at a glance."""
    return f"{first}(?:{'|'.join(word[1:] + _after(first, word[-1]) for word in words)})"


def _before(first: str) -> str:
    """Keep a word from beginning in the middle of a number: 万一 in 二十万一千, 百姓 in 三百姓氏."""
    return f"(?<![\\d{_NUMERALS}第{'几数余多' if first in '百千万亿' else ''}])"


def _after(first: str, last: str) -> str:
    """Keep a word of numerals from ending in the middle of a number: 万一 in 万一千."""
    return f"(?![{_NUMERALS}])" if first in _NUMERALS and last in _NUMERALS else ""
