"""The Python interface: open a store, then list, search, compare, cite and check its facts.

>>> store = open_store()
>>> fact = store.search("党员人数")[0]
>>> fact.id, fact.figure.printed, fact.figure.value, fact.paragraph
('party-members', '50.66万名', Decimal('506600'), 43)
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cs_facts.checks import consistency
from cs_facts.citations import cite
from cs_facts.columns import fact_columns
from cs_facts.compare import compare
from cs_facts.dates.edtf import parse_period, stretch
from cs_facts.errors import check_names
from cs_facts.index import Filters
from cs_facts.index.cache import open_index
from cs_facts.numbers.figures import parse_number
from cs_facts.output.rows import cell_of
from cs_facts.search import search
from cs_facts.store import bundled
from cs_facts.store.loader import load
from cs_facts.texts.audit import audit
from cs_facts.texts.document import read_document
from cs_facts.texts.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from os import PathLike

    from cs_facts.compare import Comparison
    from cs_facts.index import Index
    from cs_facts.model import Fact, Problem
    from cs_facts.texts.audit import Audit
    from cs_facts.texts.verify import Verdict

    Records = list[dict[str, Any]]  # defined here because `OpenStore.list` shadows the type inside the class


def open_store(*paths: str | PathLike[str]) -> OpenStore:
    """Open stores, which are YAML files or folders of them, as one; without a path, open the bundled store.

    Raises:
        cs_facts.errors.StoreUnreadable: If a file cannot be opened.
        cs_facts.errors.StoreFaults: If a store has faults; ``problems`` lists them with file, line and column.

    """
    files = [Path(path) for path in paths] or [bundled()]
    return OpenStore(open_index(files, os.environ), files)


class OpenStore:
    """A store of any size, of which only what a query needs is read.

    Attributes:
        title: The store's title, language → text.
        units: Unit id → names.
        categories: Category id → names.
        sources: Source id → source.
        by_id: Fact id → fact, read on access.

    """

    def __init__(self, index: Index, files: Sequence[Path] = ()) -> None:
        self._index, self._files = index, files
        self.title, self.units, self.categories = index.title, index.units, index.categories
        self.sources, self.by_id = index.sources, index.by_id

    def __enter__(self) -> OpenStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index. While a large folder is open, other processes must compile it whole after an edit."""
        self._index.close()

    def list(
        self,
        *categories: str,
        kinds: str | Iterable[str] = (),
        tags: str | Iterable[str] = (),
        units: str | Iterable[str] = (),
        sources: str | Iterable[str] = (),
        since: str | None = None,
        until: str | None = None,
        within: str | None = None,
        minimum: str | Decimal | int | None = None,
        maximum: str | Decimal | int | None = None,
        conflicts: bool = False,
    ) -> tuple[Fact, ...]:
        """Return the facts that pass every filter, in store order.

        Categories, units and sources are ids, kinds are among ``cs_facts.columns.KINDS``; a filter with several values
        accepts any of them. Dates are EDTF: a period must reach ``since`` or later, begin by ``until`` and lie
        ``within`` another one. ``minimum`` and ``maximum`` are numbers, or text such as ``50万`` or ``300k``.

        >>> [fact.id for fact in open_store().list("talent", units=["yuan"])]
        ['home-subsidy-amount', 'overseas-expert-funding']

        Raises:
            cs_facts.errors.UnknownName: If the store does not have a name.
            cs_facts.errors.PeriodError: If ``since``, ``until`` or ``within`` is not a date.
            cs_facts.errors.FigureError: If ``minimum`` or ``maximum`` is not a number.

        """
        first, last, inside = (None if edtf is None else parse_period(edtf) for edtf in (since, until, within))
        least, most = (parse_number(end) if isinstance(end, str) else end for end in (minimum, maximum))
        filters = Filters(
            categories=categories,
            kinds=_names(kinds),
            tags=_names(tags),
            units=_names(units),
            sources=_names(sources),
            period=stretch(first, last),
            within=inside,
            minimum=None if least is None else Decimal(least),
            maximum=None if most is None else Decimal(most),
            conflicts=conflicts,
        )
        return tuple(self._index.select(filters))

    def search(self, words: str, *, exact: bool = True) -> tuple[Fact, ...]:
        """Return the facts that match every word, best first, followed by near matches unless ``exact``.

        >>> [fact.id for fact in open_store().search("506,600")]
        ['party-members']
        """
        return tuple(search(self._index, words, exact=exact).facts)

    def compare(self, *categories: str) -> Comparison:
        """Compare categories, by default all of them; a single category has all its figures ranked.

        >>> [panel.unit for panel in open_store().compare("conduct", "organizations", "talent").panels]
        ['person']

        Raises:
            cs_facts.errors.UnknownName: If the store does not have a category.

        """
        return compare(self._index, Filters(categories=categories))

    def check(self) -> tuple[Problem, ...]:
        """Return the inconsistencies between the facts, each with its file, line and column.

        >>> [problem for problem in open_store().check() if problem.severity == "error"]
        []
        """
        return tuple(consistency(load(self._files)))

    def audit(self, text: str, source: str | None = None) -> Audit:
        """Check the facts of a source against its full text, and the text against the facts.

        ``source`` may be omitted if the store has only one.

        Raises:
            cs_facts.errors.UnknownName: If the store does not have the source, or has several and none is named.

        """
        store = load(self._files)
        id_ = next(iter(store.sources), "") if source is None and len(store.sources) == 1 else source or ""
        check_names("source", [id_], store.sources)
        return audit(store, store.sources[id_], read_document("text", text))

    def verify(self, text: str) -> tuple[Verdict, ...]:
        """Check each number of a Chinese or English text against the store.

        >>> [(verdict.kind, verdict.fact.id) for verdict in open_store().verify("长沙有党员51万名。")]
        [('rounds', 'party-members')]
        """
        return tuple(verify(self._index, read_document("text", text)))

    def cite(self, *ids: str, style: str | None = None) -> str:
        r"""Return a reference to each fact; ``style`` is one of ``cs_facts.citations.STYLES``.

        >>> open_store().cite("party-members", style="gb7714")
        '党建引领,长沙这么红![N]. 星辰在线，2022-12-18：第43段.\n'

        Raises:
            cs_facts.errors.UnknownName: If the store does not have a fact, or there is no such style.

        """
        return "".join(cite(self._index, [*self._index.facts_by_id(ids)], style))

    def to_dicts(self, facts: Iterable[Fact] | None = None) -> Records:
        """Return facts, by default all, as flat dictionaries with the columns of the CSV, ready for a data frame.

        Whole numbers are ints, others Decimals, days ``datetime.date`` objects, lists tuples of strings, and missing
        values None.

        >>> open_store().to_dicts()[0]["value"]
        506600
        """
        columns = fact_columns(self._index.languages)
        facts = self._index.select() if facts is None else facts
        return [{name: _plain(cell_of(self._index, fact, name)) for name in columns} for fact in facts]


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _plain(cell: object) -> object:
    return int(cell) if isinstance(cell, Decimal) and cell == int(cell) else cell
