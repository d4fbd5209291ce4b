"""How well `facts verify` judges sentences: sets with planted errors, each number labelled, beside what the tool says.

    python bench/verdicts.py [FOLDER] [--missed]

The sets in ``sentences`` were written from the store alone, one after the other, by readers without sight of the code.
A planted error counts as told where its verdict is any but `stands` and `rounds`; a right number as accused where its
verdict is any but those two, `unknown` included; counted once with and once without the numbers that another fact
contradicts, of which `contested` is the right verdict.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from cs_facts.index import Index
from cs_facts.index.builder import build
from cs_facts.texts.agreement import GOOD
from cs_facts.texts.document import read_document
from cs_facts.texts.verify import verify

SETS = Path(__file__).parent / "sentences"
STORE = Path(__file__).parents[1] / "data" / "facts.yaml"

# A number that is no part of another.
_WHOLE = r"(?<![\d一二三四五六七八九十百千万亿])(?<!\d[.,]){}(?![\d一二三四五六七八九十百千万亿])(?![.,]\d)"


def judge(index: Index, cases: list[dict[str, Any]], *, missed: bool) -> Counter[str]:
    """Count what became of each labelled number of a set."""
    counts: Counter[str] = Counter()
    for case in cases:
        text = " ".join(case["text"].split())
        given = [
            (verdict.mention.token.start, verdict.mention.token.end, verdict.kind)
            for verdict in verify(index, read_document("case", text))
        ]
        end = 0
        for number in case["numbers"]:
            printed = re.escape(str(number["printed"]))
            found = re.compile(_WHOLE.format(printed)).search(text, end) or re.search(printed, text)
            start, end = found.span() if found else (0, 0)
            kind = next((kind for first, last, kind in given if first < end and start < last), "none")
            is_good = kind in GOOD
            counts["all"] += 1
            counts["exact"] += kind == number["verdict"]
            counts["right" if number["right"] else "wrong"] += 1
            counts["accused"] += number["right"] and not is_good
            counts["undisputed"] += number["verdict"] in GOOD
            counts["accused undisputed"] += number["verdict"] in GOOD and not is_good
            counts["told"] += not number["right"] and not is_good and kind != "none"
            if missed and (number["right"] != is_good or kind == "none"):
                print(f"{number['printed']}: {kind}, not {number['verdict']}: {text}")
    return counts


def main() -> None:
    """Judge every set and all together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missed", action="store_true", help="print what is told wrongly")
    parser.add_argument("folder", nargs="?", type=Path, default=SETS, help="other sets than those of this folder")
    asked = parser.parse_args()
    index = Index(build([STORE], ":memory:"))
    total: Counter[str] = Counter()
    print(
        "| set | numbers | errors told | right ones accused | but for contested ones | verdict exactly right |\n"
        "| --- | --: | --: | --: | --: | --: |"
    )
    for path in (*sorted(asked.folder.glob("*.yaml")), None):
        counts = total
        if path:
            counts = judge(index, yaml.safe_load(path.read_text(encoding="utf-8")), missed=asked.missed)
            total += counts
        shares = (
            counts["told"] / counts["wrong"],
            counts["accused"] / counts["right"],
            counts["accused undisputed"] / counts["undisputed"],
            counts["exact"] / counts["all"],
        )
        print(
            f"| {path.stem if path else 'all'} | {counts['all']} | {' | '.join(f'{share:.1%}' for share in shares)} |"
        )


if __name__ == "__main__":
    main()
