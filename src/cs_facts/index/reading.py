"""A compiled store, asked by SQL: only what an answer needs is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from cs_facts.columns import TEXTS, column_name, fact_columns
from cs_facts.index.rows import BEGINS, CONFLICTS, FIELDS, HAS_ID, decode
from cs_facts.lexicon import reading_order

if TYPE_CHECKING:
    import sqlite3

    from cs_facts.index.mending import Mendable, Rows
    from cs_facts.model import Conflict, Fact, Source, Text
    from cs_facts.search.tokens import Folding

    Row = tuple[Any, ...]


class Index:
    """A store that is read from its index: what `Store` holds, and SQL for the rest.

    Attributes:
        connection: to the SQLite file.

    """

    def __init__(self, connection: sqlite3.Connection | Mendable) -> None:
        self.connection = connection

    def close(self) -> None:
        """Let the index go; a process that would change a large one waits for that."""
        self.connection.close()

    def run(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor | Rows:
        """Run a statement that reads."""
        try:
            return self.connection.execute(sql, values)
        except UnicodeEncodeError:  # an argument in the bytes of another locale stands nowhere
            return self.connection.execute("SELECT 1 WHERE 0")

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """The columns of a fact as a sheet names them → SQL."""
        texts = {column_name(name, tag): f"{name}{at}" for tag, at in self.column_numbers.items() for name in TEXTS}
        columns = {name: texts.get(name) or f'facts."{name}"' for name in fact_columns(self)}
        return columns | {"conflicts": CONFLICTS}

    @cached_property
    def column_numbers(self) -> Mapping[str, int]:
        """Language → the number of its columns, in the order in which the languages come."""
        return {language: number for number, language in self.run('SELECT "column", language FROM languages')}

    @property
    def stored_columns(self) -> tuple[str, ...]:
        """The columns of a fact as they are stored, for `decode`."""
        texts = (f"{name}{number}" for number in self.column_numbers.values() for name in TEXTS)
        return (*(f'facts."{name}"' for name in FIELDS), *texts)

    @cached_property
    def folding(self) -> Folding:
        """What a search takes each character for."""
        from cs_facts.search.tokens import Folding

        found = dict(self.run("SELECT key, value FROM meta WHERE key IN ('traditional', 'simplified')"))
        return Folding(found["traditional"], found["simplified"])

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the facts' texts: Chinese, English, then the others as they come."""
        return reading_order(self.column_numbers)

    @cached_property
    def title(self) -> Text:
        """The store's title."""
        return self._named("title").get("", {})

    @cached_property
    def units(self) -> Mapping[str, Text]:
        """Unit id → names, in the order written."""
        return self._named("unit")

    @cached_property
    def categories(self) -> Mapping[str, Text]:
        """Category id → names, in the order written."""
        return self._named("category")

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Source id → source."""
        from cs_facts.dates.edtf import parse_period
        from cs_facts.model import Name, Source

        texts = {
            name: self._named(f"source {name}") for name in ("title", "author", "container", "publisher", "editor")
        }
        names: dict[str, list[Name]] = {}
        for source, *name in self.run("SELECT source, paragraph, printed, why FROM source_names"):
            names.setdefault(source, []).append(Name(name[1], name[2], name[0]))
        return {
            id_: Source(
                id_,
                type_,
                **{name: named.get(id_, {}) for name, named in texts.items()},
                published=parse_period(published) if published else None,
                language=language,
                url=url,
                sha256=sha256,
                names=tuple(names.get(id_, ())),
            )
            for id_, type_, published, language, url, sha256 in self.run(
                "SELECT id, type, published, language, url, sha256 FROM sources ORDER BY place"
            )
        }

    def _named(self, what: str) -> dict[str, Text]:
        named: dict[str, Text] = {}
        for id_, language, name in self.run(
            "SELECT id, language, name FROM names WHERE what = ? ORDER BY place", (what,)
        ):
            text = named.setdefault(id_, {})
            if name is not None:
                text[language] = name
        return named

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """Fact id → fact, each read when it is asked for."""
        return _ById(self)

    def place_of(self, id_: str) -> int | None:
        """Return the place of the fact of an id."""
        row = self.run(f"SELECT place FROM facts WHERE {HAS_ID}", {"id": id_}).fetchone()
        return row[0] if row else None

    def ids_beginning(self, begin: str, limit: int) -> list[str]:
        """Return the ids that begin so, some of them."""
        rows = self.run(f"SELECT id FROM facts WHERE {BEGINS} LIMIT :limit", {"begin": begin, "limit": limit})
        return [id_ for (id_,) in rows]

    @cached_property
    def conflicts(self) -> Mapping[str, tuple[Conflict, ...]]:
        """Fact id → its conflicts, whichever side names them; likewise."""
        return _Conflicts(self)

    def facts(self, source: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[Fact]:
        """Yield the facts of ``SELECT … FROM`` a source that joins the table ``facts``."""
        languages = tuple(self.column_numbers)
        columns = ", ".join(("facts.place", CONFLICTS, *self.stored_columns))
        for place, others, *row in self.run(f"SELECT {columns} FROM {source}", values):
            yield decode(row, languages, self.conflicts_of(place, mirrored=False) if others else ())

    def conflicts_of(self, place: int, *, mirrored: bool) -> tuple[Conflict, ...]:
        """Return the conflicts of the fact at a place, on request those too that only the other side names."""
        from cs_facts.model import Conflict

        rows = self.run(
            "SELECT f.id, c.written FROM conflicts c JOIN facts f ON f.place = c.other "
            "WHERE c.place = ? AND c.mirrored <= ? ORDER BY c.number",
            (place, mirrored),
        )
        return tuple(
            Conflict(id_, dict(self.run("SELECT language, note FROM conflict_notes WHERE written = ?", (written,))))
            for id_, written in rows.fetchall()
        )

    @cached_property
    def disputes(self) -> Mapping[str, str]:
        """Fact id → the first fact in store order that conflicts join it to, directly or not."""
        return _Disputes(self)

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag once, in the order of its first use."""
        return tuple(self.facts_by_tag)

    @cached_property
    def facts_by_tag(self) -> Mapping[str, int]:
        """Tag → number of facts, in the order of their first use."""
        return dict(self.run("SELECT tag, facts FROM tags ORDER BY place, nth"))

    @property
    def is_merged(self) -> bool:
        """Whether several stores are read as one."""
        return self.run("SELECT 1 FROM meta WHERE key = 'merged' AND value").fetchone() is not None

    @property
    def count(self) -> int:
        """How many facts there are."""
        return int(self.run("SELECT total(facts) FROM tallies").fetchone()[0])


_V = TypeVar("_V")


class _Lookup(Mapping[str, _V]):
    """Fact id → something that is read when it is asked for."""

    def __init__(self, index: Index, facts: str = "facts") -> None:
        self._index = index
        self._facts = facts

    def __iter__(self) -> Iterator[str]:
        return (id_ for (id_,) in self._index.run(f"SELECT id FROM {self._facts} ORDER BY place"))

    def __len__(self) -> int:
        return int(self._index.run(f"SELECT count(*) FROM {self._facts}").fetchone()[0])


class _ById(_Lookup["Fact"]):
    def __getitem__(self, id_: str) -> Fact:
        for fact in self._index.facts(f"facts WHERE {HAS_ID}", {"id": id_}):
            return fact
        raise KeyError(id_)


class _Conflicts(_Lookup["tuple[Conflict, ...]"]):
    def __init__(self, index: Index) -> None:
        super().__init__(index, "facts JOIN disputes USING (place)")

    def __getitem__(self, id_: str) -> tuple[Conflict, ...]:
        place = self._index.place_of(id_)
        if place is None or not (conflicts := self._index.conflicts_of(place, mirrored=True)):
            raise KeyError(id_)
        return conflicts


class _Disputes(_Lookup[str]):
    def __init__(self, index: Index) -> None:
        super().__init__(index, "facts JOIN disputes USING (place)")

    def __getitem__(self, id_: str) -> str:
        rows = self._index.run(
            "SELECT first.id FROM facts JOIN disputes USING (place) JOIN facts first ON first.place = disputes.first "
            f"WHERE {HAS_ID}",
            {"id": id_},
        )
        for (first,) in rows:
            return str(first)
        raise KeyError(id_)
