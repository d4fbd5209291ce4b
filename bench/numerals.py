"""How well the numbers of real texts are found and read: hand labels beside what `facts` says.

    python bench/numerals.py FOLDER [--half held] [--misses]

FOLDER holds the texts (``NN-name.txt``), which are not in the repository; ``bench/texts`` holds their addresses, the
SHA-256 of each and its labels: paragraph, start, end, class, form, value, bound. The labels were made by hand before
any program read the texts. A token is found where its digits overlap; a figure or a date counts as found when it is
shown as either.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

from cs_facts.texts.document import read_document

LABELS = Path(__file__).parent / "texts"
SHOWN = ("figure", "date")

# The labels give a limit as printed; of a fall a figure has it as on the number line: 减少5000多万 is below -5000万.
MIRRORED = {"more_than": "less_than", "less_than": "more_than", "at_least": "at_most", "at_most": "at_least"}


def halves() -> dict[str, str]:
    """Return the half of each text: open, which was developed on, held, which was not; fresh and later followed."""
    with (LABELS / "texts.tsv").open(encoding="utf-8") as file:
        return {row["text"]: row["half"] for row in csv.DictReader(file, delimiter="\t")}


def score(text: Path, *, misses: bool) -> Counter[str]:
    """Count what came of one text."""
    document = read_document(text.name, text.read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    with (LABELS / f"{text.stem}.tsv").open(encoding="utf-8") as file:
        labels = list(csv.DictReader(file, delimiter="\t"))
    labelled = set()
    for label in labels:
        paragraph = document.paragraphs[int(label["paragraph"]) - 1]
        start, end = int(label["start"]), int(label["end"])
        tokens = paragraph.touching(start, end)
        labelled |= {(paragraph.number, token.start) for token in tokens}
        wanted = label["class"]
        counts[wanted] += 1
        kinds = {token.kind for token in tokens} or {"nothing"}
        is_right = wanted in kinds
        counts[f"{wanted} right"] += is_right
        if wanted in SHOWN:
            is_found = bool(kinds & set(SHOWN))
            counts["found"] += is_found
            counts["vanished"] += not is_found and bool(tokens)
        if wanted == "figure" and is_right:
            figure = next((token.figure for token in tokens if token.kind == "figure" and token.figure), None)
            counts["read"] += 1
            counts["form right"] += figure is not None and figure.form == label["form"]
            bounds = (label["bound"], MIRRORED.get(label["bound"]) if (label["value"] or "+")[0] == "-" else None)
            counts["bound right"] += figure is not None and figure.bound in bounds
            value = Decimal(label["value"]) if label["value"] else None
            counts["value right"] += figure is not None and figure.value == value
            if misses and (figure is None or figure.value != value or figure.bound not in bounds):
                said = f"{figure.form} {figure.value} {figure.bound}" if figure else "unread"
                print(
                    f"{text.stem}:{label['paragraph']} {paragraph.text[start:end]!r}: {said}, "
                    f"not {label['form']} {label['value']} {label['bound']}"
                )
        if misses and not is_right:
            print(f"{text.stem}:{label['paragraph']} {paragraph.around(start, end)!r}: {'/'.join(kinds)}, not {wanted}")
    for paragraph in document.paragraphs:
        for token in paragraph.tokens:
            if token.kind in SHOWN:
                counts["shown"] += 1
                touched = [
                    label
                    for label in labels
                    if int(label["paragraph"]) == paragraph.number
                    and int(label["start"]) < token.end
                    and token.start < int(label["end"])
                ]
                is_wanted = any(label["class"] in SHOWN for label in touched)
                counts["shown rightly"] += is_wanted
                if misses and not is_wanted and not touched:
                    around = paragraph.around(token.start, token.end)
                    print(f"{text.stem}:{paragraph.number} {around!r}: {token.kind}, not labelled")
    return counts


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("open", "held", "fresh", "later", "last", "newest", "untouched", "further"))
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    total: Counter[str] = Counter()
    for name, half in halves().items():
        text = asked.folder / f"{name}.txt"
        if asked.half in (None, half) and text.exists():
            with (LABELS / "texts.tsv").open(encoding="utf-8") as file:
                wanted = {row["text"]: row["sha256"] for row in csv.DictReader(file, delimiter="\t")}[name]
            if hashlib.sha256(text.read_bytes()).hexdigest() != wanted:
                print(f"{text}: is another text than the one that was labelled")
                continue
            total += score(text, misses=asked.misses)
    classes = ("figure", "date", "label", "idiom")
    tokens = sum(total[name] for name in classes)
    wanted = total["figure"] + total["date"]
    for what, part, whole in (
        ("figures and dates found", total["found"], wanted),
        ("classed rightly", sum(total[f"{name} right"] for name in classes), tokens),
        ("vanished as labels or idioms", total["vanished"], wanted),
        ("of what is shown, needs a fact or a date", total["shown rightly"], total["shown"]),
        ("figures: form right", total["form right"], total["read"]),
        ("figures: value right", total["value right"], total["read"]),
        ("figures: bound right", total["bound right"], total["read"]),
    ):
        print(f"{what}: {part} of {whole} ({part / whole if whole else 0:.1%})")


if __name__ == "__main__":
    main()
