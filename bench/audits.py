"""How long an audit of many numbers takes, beside `rg -o '[0-9]+'`: CPU seconds, characters a second, memory.

    python bench/audits.py

The texts have 70,000 numbers each, invented, as bulletins print them: shares, changes, years, counts and money, in one
paragraph, in 7,000 of ten and in 35,000 of two, in Chinese and in English. The goal is 5 s and 200 MB.
"""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NUMBERS = 70_000
SHAPES = {"one paragraph": NUMBERS, "of ten": 10, "of two": 2}
CLAUSES = {
    "zh": "完成产值{n}亿元|增长{d}%|下降{d}%|占比{d}%|{y}年|有企业{n}家|新增就业{d}万人|超过{n}万元"
    "|提高{d}个百分点|{y}年{m}月|共{n}个项目",
    "en": "output of ${n} million|up {d}%|fell by {d} percent|in {y}|{n} firms|about {d} million people"
    "|more than {n} schools|{d} percentage points higher|in March {y}|a total of {n} projects",
}
FRAMES = {"zh": ("全市", "，", "。"), "en": ("The city had ", ", ", ".")}
STORE = """facts_format: 1
title: audits
units: {person: people}
categories: {a: all}
sources:
  s: {type: report, title: audits, publisher: none, published: 2024-03-01, language: en}
facts:
  - {id: f, category: a, title: people, text: Five people., source: s, figure: 5, unit: person, paragraph: 1}
"""


def text(language: str, each: int) -> str:
    """Write paragraphs of so many numbers each."""
    dice = random.Random(each)
    clauses, (begin, joint, end) = CLAUSES[language].split("|"), FRAMES[language]

    def clause() -> str:
        numbers = {"n": dice.randint(2, 999), "d": round(dice.uniform(0.1, 30), 1), "y": dice.randint(2005, 2023)}
        return dice.choice(clauses).format(m=dice.randint(1, 12), **numbers)

    return "\n".join(begin + joint.join(clause() for _ in range(each)) + end for _ in range(NUMBERS // each))


def cpu(*command: str | Path) -> float:
    """Run a command and return the CPU seconds that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a row for each text, and the most memory that any audit took."""
    facts, rg = Path(sys.executable).with_name("facts"), shutil.which("rg")
    with tempfile.TemporaryDirectory() as folder:
        store, file = Path(folder, "store.yaml"), Path(folder, "text.txt")
        store.write_text(STORE, encoding="utf-8")
        for language in CLAUSES:
            for shape, each in SHAPES.items():
                file.write_text(text(language, each), encoding="utf-8")
                seconds = cpu(facts, "audit", "-s", store, file)
                beside = f"{cpu(rg, '-o', '[0-9]+', file):.2f} s" if rg else "not installed"
                rate = len(file.read_text(encoding="utf-8")) / seconds
                print(f"{language}, {shape}: {seconds:.2f} s, {rate:,.0f} characters a second; rg: {beside}")
    kilo = 1 if sys.platform == "darwin" else 1024
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * kilo
    print(f"most memory: {most / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
