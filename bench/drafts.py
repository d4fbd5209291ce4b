"""How good are the facts that ``facts new --from`` drafts? Hand labels of texts beside what is drafted of them.

    python bench/drafts.py TEXTS TABLES [--published DAYS.tsv] [--only NAME]... [--misses]

TEXTS holds NAME.txt, TABLES a NAME.tsv for each with the columns paragraph, start, end, class, unit, period, title;
DAYS.tsv has a name and the day of publication a line. A figure counts as found when a fact stands where it does; its
unit and period when they are those of the label (a label without a period asks for none); its title when it would be
kept: it has six tenths of the label's words (of its characters in Chinese) and is not twice as long, or is a shorter
one: four tenths of them, and hardly another. Edits a fact: its unit, period and title where they are wrong, always its
sentence and its draft mark; all five and its figure where it is missing.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.model import Source
from cs_facts.text import fold
from cs_facts.texts.audit import claimed
from cs_facts.texts.document import read_document
from cs_facts.texts.drafting import draft
from cs_facts.texts.mentions import is_chinese
from cs_facts.texts.units import unit_named

if TYPE_CHECKING:
    from cs_facts.model import Fact

KEPT, EXACT, PART, STEM = 0.6, 0.75, 0.4, 5

# Edits that any draft needs: a sentence of one's own, and the mark taken away.
ALWAYS = 2


def score(text: Path, table: Path, published: str, *, misses: bool) -> Counter[str]:
    """Count what came of one text."""
    document = read_document(text.name, text.read_text(encoding="utf-8"))
    source = Source("text", "document", {"en": text.stem}, published=parse_period(published) if published else None)
    store = draft(document, source)
    spans = {
        (number, span): store.by_id[id_]
        for number, each in claimed(store.facts, document).items()
        for span, id_ in each
    }
    counts: Counter[str] = Counter()
    with table.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["class"] == "figure"]
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        fact = next(
            (
                fact
                for (number, span), fact in spans.items()
                if number == int(row["paragraph"]) and span[0] < end and start < span[1]
            ),
            None,
        )
        right = judged(fact, row)
        counts += right
        if misses and len(right) < len(row_asks(row)):
            said = f"{fact.unit} {fact.when and fact.when.edtf} {[*fact.title.values()]}" if fact else "none"
            wrong = ", ".join(sorted(row_asks(row).keys() - {what.removesuffix(" right") for what in right}))
            printed = document.paragraphs[int(row["paragraph"]) - 1].text[start:end]
            print(
                f"{text.stem}:{row['paragraph']} {printed!r} {wrong}: {said}, "
                f"not {row['unit']} {row['period']} {row['title']!r}"
            )
        counts += row_asks(row)
    return counts


def row_asks(row: dict[str, str]) -> Counter[str]:
    """Say what a label asks for."""
    return Counter(["figure", "unit", *["period"] * bool(row["period"]), *["title"] * bool(row["title"])])


def judged(fact: Fact | None, row: dict[str, str]) -> Counter[str]:
    """Say what of a fact is as the label has it."""
    if fact is None:
        return Counter()
    unit = unit_named(row["unit"]) if row["unit"] else None
    right = ["figure right"]
    if one_unit(unit.id if unit else "") == one_unit(fact.unit or "") or (fact.unit and unit and not unit.id):
        right.append("unit right")
    if row["period"] and fact.when:
        wanted = parse_period(row["period"])
        right += ["period right"] * ((wanted.start, wanted.end) == (fact.when.start, fact.when.end))
    if row["title"]:
        right += ["title right"] * kept(next(iter(fact.title.values())), row["title"])
    return Counter(right)


def one_unit(id_: str) -> str:
    """Return a unit's id without what tells ages from years and one from many."""
    return id_.replace("year-of-age", "year").rstrip("s")


def kept(title: str, wanted: str) -> bool:
    """Tell whether a title would be kept beside the one that a person gave."""
    said, asked = words(title), words(wanted)
    shared, is_short = len(asked & said), len(title) <= max(2 * len(wanted), len(wanted) + 12)
    return (shared >= KEPT * len(asked) and is_short) or (shared >= EXACT * len(said) and shared >= PART * len(asked))


def words(title: str) -> set[str]:
    """Return the words of a title by their beginnings, and its Chinese characters."""
    found = re.findall("[\u3400-\u9fff]|[a-z0-9%]+", fold(title))
    return {word[:STEM] for word in found if word not in ("的", "the", "of", "a", "an", "in", "to", "and")}


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--published", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    days = {}
    if asked.published:
        lines = asked.published.read_text(encoding="utf-8").splitlines()
        days = dict(line.split("\t")[:2] for line in lines if "\t" in line)
    for language in ("zh", "en"):
        total: Counter[str] = Counter()
        for table in sorted(asked.tables.glob("*.tsv")):
            text = asked.texts / f"{table.stem}.txt"
            is_asked = not asked.only or table.stem in asked.only
            if is_asked and text.exists() and is_chinese(text.read_text(encoding="utf-8")) == (language == "zh"):
                total += score(text, table, days.get(table.stem, ""), misses=asked.misses)
        for what in ("figure", "unit", "period", "title"):
            part, whole = total[f"{what} right"], total[what]
            print(f"{language}: {what}s {part} of {whole} ({part / whole if whole else 0:.1%})")
        wrong = sum(total[what] - total[f"{what} right"] for what in ("unit", "period", "title"))
        edits = wrong + ALWAYS * total["figure"] + total["figure"] - total["figure right"]
        print(f"{language}: edits a fact {edits / max(total['figure'], 1):.1f}")


if __name__ == "__main__":
    main()
