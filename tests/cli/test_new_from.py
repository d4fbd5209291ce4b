"""``facts new STORE --from TEXT``: written, checked, audited, and added to a store that exists."""

import pytest

from terminal import needs, terminal  # noqa: F401  # the fixture

ARTICLE = """\
柳街镇2024年统计公报
2024年，全镇常住人口3.2万人，比上年增长1.5%。
镇上新建8家社区食堂，图书馆藏书2.4万册。
"""
TOLD = ("--publisher", "Willow Courier", "--published", "2025年3月10日", "--url", "https://example.org/1")


@pytest.fixture
def article(tmp_path):
    """Write an article of our own."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_a_draft_passes_check_and_audit(facts, article, tmp_path):
    """Check accepts it with one warning, --strict does not, audit finds it whole, and the article says what it says."""
    made = facts("new", "mine.yaml", "--from", article, *TOLD)
    assert (made.code, made.stdout) == (0, "")
    assert "4 drafts to review" in made.stderr
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert "published: 2025-03-10" in text
    assert "url: https://example.org/1" in text
    assert facts("check", "mine.yaml").code == 0
    assert facts("check", "mine.yaml", "--strict").code == 1
    audited = facts("audit", article, "--store", "mine.yaml")
    assert (audited.code, audited.lines[0]) == (0, "4 of 4 figures stand where they are cited (100%)")
    assert facts("verify", article, "--store", "mine.yaml").lines[-1] == "4 numbers: 4 stands"


@pytest.mark.slow
@needs("tmux")
def test_a_terminal_is_asked_what_no_option_gives(article, tmp_path, terminal):  # noqa: F811
    """An empty answer leaves the headline as the title, and what nobody knows out."""
    shell = terminal("bash", "--norc")
    shell.type(f"facts new mine.yaml --from {article.name} --no-schema", "Enter")
    for question, answer in (
        ("Title [柳街镇2024年统计公报]", ""),
        ("Publisher", "Willow Courier"),
        ("Published", "10 March 2025"),
        ("Address", "https://example.org/1"),
    ):
        shell.wait_for(f"{question}")
        shell.type(answer, "Enter")
    shell.wait_for("written")
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    for line in (
        "zh: 柳街镇2024年统计公报",
        "zh: Willow Courier",
        "published: 2025-03-10",
        "url: https://example.org/1",
    ):
        assert line in text


def test_only_what_is_open_is_added_and_the_rest_stays(facts, article, tmp_path):
    """A store with comments and an entry of its own gains the facts that its audit misses, and nothing else changes."""
    facts("new", "mine.yaml", "--from", article, *TOLD, "--no-schema")
    path = tmp_path / "mine.yaml"
    head, *items = path.read_text(encoding="utf-8").split("\n\n")
    kept = [items[1].replace("draft: true", "tags: [食堂]"), items[2]]
    first = head.replace("facts:\n", "# 自己的话\nfacts:\n").replace("  copy: {zh: 册, en: copies}\n", "")
    before = "\n\n".join([first, kept[0].rstrip()]) + "\n# 末尾\n"
    path.write_text(before, encoding="utf-8")
    added = facts("new", "mine.yaml", "--from", article, "--source", "willow-courier-2025")
    assert (added.code, added.stderr.splitlines()[-1]) == (0, "facts: 2 drafts and no names added to mine.yaml")
    assert "review first the 1 draft with a comment: 1 × 时间承前文" in added.stderr
    after = path.read_text(encoding="utf-8")
    remaining = iter(after.splitlines())
    assert all(line in remaining for line in before.splitlines())
    assert "copy: {zh: 册, en: copies}" in after
    assert "\n  # 时间承前文，请核对。\n  - id: " in after
    assert facts("audit", article, "--store", "mine.yaml").code == 0
    again = facts("new", "mine.yaml", "--from", article, "--source", "willow-courier-2025")
    assert again.stderr == "facts: no drafts and no names added to mine.yaml\n"
    assert path.read_text(encoding="utf-8") == after


def test_a_grown_article_is_the_edition_that_its_store_names(facts, article, tmp_path):
    """What it gains is added, its SHA-256 renewed and nothing else changed; then the audit knows the edition."""
    facts("new", "mine.yaml", "--from", article, *TOLD, "--no-schema")
    before = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    article.write_text(f"{ARTICLE}志愿者有36人。\n", encoding="utf-8")
    assert "not the edition" in facts("audit", article, "-s", "mine.yaml").stderr
    added = facts("new", "mine.yaml", "--from", article, "--source", "willow-courier-2025")
    said = "facts: 1 draft and no names added to mine.yaml; the SHA-256 of its source is now that of this text"
    assert added.stderr.splitlines()[-1] == said
    after = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert [line.split(":")[0].strip() for line in before.splitlines() if line not in after] == ["sha256"]
    audited = facts("audit", article, "-s", "mine.yaml")
    assert (audited.code, audited.stderr) == (0, "")


def test_another_text_is_refused(facts, article, tmp_path):
    """One that has hardly a figure of the source; the store stays as it is."""
    article.write_text(ARTICLE + "".join(f"另建{n}座桥。\n" for n in range(31, 43)), encoding="utf-8")
    facts("new", "mine.yaml", "--from", article, *TOLD)
    path = tmp_path / "mine.yaml"
    before = path.read_text(encoding="utf-8")
    (tmp_path / "other.txt").write_text("山前村有水井5口。\n全村养羊9只。\n", encoding="utf-8")
    told = facts("new", "mine.yaml", "--from", "other.txt", "--source", "willow-courier-2025")
    assert (told.code, told.stderr.count("\n")) == (3, 1)
    assert told.stderr.endswith("; nothing is added\n")
    assert path.read_text(encoding="utf-8") == before


def test_a_store_in_flow_style_says_how_to_put_it_in_order(facts, article, tmp_path):
    """Nothing can be put into it line by line; --fix writes it so."""
    path = tmp_path / "flow.yaml"
    path.write_text(
        "facts_format: 1\ntitle: T\nunits: {person: {zh: 人}}\ncategories: {c: {zh: 类}}\n"
        "sources: {s: {type: report, title: T}}\n"
        "facts:\n  - {id: a, category: c, title: T, text: T, source: s}\n",
        encoding="utf-8",
    )
    told = facts("new", "flow.yaml", "--from", article, "--source", "s")
    assert told.code == 3
    assert "facts check --fix" in told.stderr
