"""How good are the facts that ``facts new --from`` drafts? Hand labels of texts beside what is drafted of them.

    python bench/drafts.py TEXTS TABLES [--published DAYS.tsv] [--only NAME]... [--misses]
    python bench/drafts.py TEXTS --faults 30 [--published DAYS.tsv] [--only NAME]... [--misses]

TEXTS holds NAME.txt, TABLES a NAME.tsv for each with the columns paragraph, start, end, class, unit, period, title;
DAYS.tsv has a name and the day of publication a line. A figure counts as found when a fact stands where it does; its
unit and period when they are those of the label (a label without a period asks for none); its title when it would be
kept: it has six tenths of the label's words (of its characters in Chinese) and is not twice as long, or is a shorter
one: four tenths of them, and hardly another. Edits a fact: its unit, period and title where they are wrong, always its
sentence and its draft mark; all five and its figure where it is missing.

With --faults what is drafted of each text is made wrong, one fact at a time and up to so many times in each way, and
`facts audit` is asked whether it sees that: an altered digit, a limit left out, a sign turned or left out, the figures
of two facts of a paragraph exchanged, a fact put in the place of its neighbour, the periods of two exchanged.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cs_facts.dates.edtf import parse_period
from cs_facts.errors import FigureError
from cs_facts.model import Source
from cs_facts.numbers.characters import NUMERALS
from cs_facts.numbers.figures import parse_figure
from cs_facts.text import fold
from cs_facts.texts.audit import audit, claimed
from cs_facts.texts.document import read_document
from cs_facts.texts.drafting import draft
from cs_facts.texts.mentions import is_chinese
from cs_facts.texts.units import unit_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.model import Fact, Store
    from cs_facts.texts.document import Document

KEPT, EXACT, PART, STEM = 0.6, 0.75, 0.4, 5

# Edits that any draft needs: a sentence of one's own, and the mark taken away.
ALWAYS = 2

# What turns a sign, either way.
TURNED = {
    "增长": "下降",
    "上升": "下降",
    "增加": "减少",
    "上涨": "下跌",
    "回升": "回落",
    "增幅": "降幅",
    "零上": "零下",
}
TURNED |= {"rose": "fell", "grew": "shrank", "up": "down", "increase": "decrease", "gained": "lost", "": "-"}


def score(text: Path, table: Path, published: str, *, misses: bool) -> Counter[str]:
    """Count what came of one text."""
    document = read_document(text.name, text.read_text(encoding="utf-8"))
    source = Source("text", "document", {"en": text.stem}, published=parse_period(published) if published else None)
    store = draft(document, source)
    claims = {place: id_ for id_, places in claimed(store.facts, document).items() for place in places}
    counts: Counter[str] = Counter()
    with table.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["class"] == "figure"]
    for row in rows:
        start, end, number = (int(row[column]) for column in ("start", "end", "paragraph"))
        tokens = document.paragraphs[number - 1].touching(start, end)
        ids = (claims.get((number, token.start)) for token in tokens)
        fact = next((store.by_id[id_] for id_ in ids if id_), None)
        right = judged(fact, row)
        counts += right
        if misses and len(right) < len(row_asks(row)):
            said = f"{fact.unit} {fact.when and fact.when.edtf} {[*fact.title.values()]}" if fact else "none"
            wrong = ", ".join(sorted(row_asks(row).keys() - {what.removesuffix(" right") for what in right}))
            printed = document.paragraphs[number - 1].text[start:end]
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
    return re.sub("ies$", "y", id_.replace("year-of-age", "year")).rstrip("s")


def kept(title: str, wanted: str) -> bool:
    """Tell whether a title would be kept beside the one that a person gave."""
    said, asked = words(title), words(wanted)
    shared, is_short = len(asked & said), len(title) <= max(2 * len(wanted), len(wanted) + 12)
    return (shared >= KEPT * len(asked) and is_short) or (shared >= EXACT * len(said) and shared >= PART * len(asked))


def words(title: str) -> set[str]:
    """Return the words of a title by their beginnings, and its Chinese characters."""
    found = re.findall("[\u3400-\u9fff]|[a-z0-9%]+", fold(title))
    return {word[:STEM] for word in found if word not in ("的", "the", "of", "a", "an", "in", "to", "and")}


def plant(text: Path, published: str, most: int, *, misses: bool) -> Counter[str]:
    """Count how many faults of each kind the draft of a text was given, and how many of them its audit sees."""
    document = read_document(text.name, text.read_text(encoding="utf-8"))
    source = Source("text", "document", {"en": text.stem}, published=parse_period(published) if published else None)
    store = draft(document, source)
    source = store.sources["text"]
    assert not audit(store, source, document).problems
    kinds: dict[str, list[tuple[Fact, ...]]] = {}
    for kind, changed in planted(store, document):
        kinds.setdefault(kind, []).append(changed)
    counts: Counter[str] = Counter()
    for kind, found in kinds.items():
        for changed in random.Random(0).sample(found, min(most, len(found))):
            facts = {**store.by_id, **{fact.id: fact for fact in changed}}
            is_seen = bool(audit(replace(store, facts=tuple(facts.values())), source, document).problems)
            counts += Counter([kind, *[f"{kind} seen"] * is_seen])
            if misses and not is_seen:
                print(f"{text.stem}: {kind}: {shown(store.by_id[fact.id] for fact in changed)} as {shown(changed)}")
    return counts


def shown(facts: Iterable[Fact]) -> str:
    """Write what the audit holds of facts."""
    return "; ".join(
        f"{fact.figure and fact.figure.printed} {fact.when and fact.when.edtf} {fact.quote!r}" for fact in facts
    )


def planted(store: Store, document: Document) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield the kind of each fault that can be made, and the facts that have it."""
    last: Fact | None = None
    for fact in store.facts:
        for kind, printed in rewordings(fact, document):
            if wrong := refigured(fact, printed):
                yield kind, (wrong,)
        if last and last.paragraph == fact.paragraph and last.figure and fact.figure:
            pair = refigured(last, fact.figure.printed), refigured(fact, last.figure.printed)
            is_held = last.figure.printed in (fact.quote or "") or fact.figure.printed in (last.quote or "")
            is_told = {each.quote for each in pair if each} != {last.quote, fact.quote}
            if not is_held and is_told and all(pair):  # else only the titles are exchanged
                yield "figures exchanged", (pair[0], pair[1])
            yield "neighbours' places", (replace(last, figure=fact.figure, quote=fact.quote),)
            days = [day for each in (last.when, fact.when) for day in ((each.start, each.end) if each else (None,))]
            if None not in days and (days[1] < days[2] or days[3] < days[0]):
                yield "periods exchanged", (replace(last, when=fact.when), replace(fact, when=last.when))
        last = fact


def rewordings(fact: Fact, document: Document) -> Iterator[tuple[str, str]]:
    """Yield a figure with another digit, without its limit, with another sign."""
    places, paragraph = claimed([fact], document).get(fact.id), document.paragraph(fact.paragraph)
    if not places or paragraph is None or fact.figure is None:
        return
    printed, text = fact.figure.printed, paragraph.text
    token = next(token for token in paragraph.tokens if token.start == places[0][1])
    numerals = [place for place, char in enumerate(printed) if char in f"0123456789{NUMERALS}"]
    for place in numerals:
        other = str((int(printed[place]) + 1) % 10) if printed[place].isdecimal() else "七三"[printed[place] == "七"]
        yield "digits", printed[:place] + other + printed[place + 1 :]
    kind = "signs" if fact.figure.form == "change" else "limits"
    if token.start < token.core[0]:
        yield kind, text[token.core[0] : token.start + len(printed)]
    if token.core[1] < token.end:
        yield kind, text[token.start : token.core[1]]
    for one, other in [*TURNED.items(), *((other, one) for one, other in TURNED.items())] if kind == "signs" else ():
        if one and one in printed:
            yield "signs", printed.replace(one, other)


def refigured(fact: Fact, printed: str) -> Fact | None:
    """Return a fact with another figure, in its quote too; None where that is none."""
    assert fact.figure
    try:
        figure = parse_figure(printed)
    except FigureError:
        return None
    quote = fact.quote and (fact.quote if printed in fact.quote else fact.quote.replace(fact.figure.printed, printed))
    return replace(fact, figure=figure, quote=quote)


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("tables", type=Path, nargs="?")
    parser.add_argument("--faults", type=int, metavar="MOST")
    parser.add_argument("--published", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    days = {}
    if asked.published:
        lines = asked.published.read_text(encoding="utf-8").splitlines()
        days = dict(line.split("\t")[:2] for line in lines if "\t" in line)
    if asked.faults:
        for text in sorted(asked.texts.glob("*.txt")):
            if not asked.only or text.stem in asked.only:
                counts = plant(text, days.get(text.stem, ""), asked.faults, misses=asked.misses)
                kinds = [kind for kind in counts if not kind.endswith(" seen")]
                told = (f"{kind} {counts[kind + ' seen']} of {counts[kind]}" for kind in kinds)
                print(f"{text.stem}: {', '.join(told)}")
        return
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
