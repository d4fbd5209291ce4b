"""Results → Markdown tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs import BARE, HELLO, TABLED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from measure import Goal, Result

    Row = Sequence[str]


def table(headings: Row, rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of a table: the first column to the left, the others to the right."""
    yield f"| {' | '.join(headings)} |"
    yield f"| {' | '.join(['---', *['---:'] * (len(headings) - 1)])} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


def times(results: Sequence[Result]) -> Iterator[str]:
    """Yield the table of one group: times and memory, and their ratios to what the group holds to be held against."""
    measured = {result.job.name: result for result in results if result.measured}
    bases = [(name, measured[name]) for name in (BARE, HELLO, TABLED) if name in measured]
    headings = ["whole process", "median ms", "least ms", *(f"× {name}" for name, _ in bases), "goal"]
    headings += ["peak MB", "MB × hello", "rows", "runs"]
    shown = [result for result in measured.values() if result.job.tool in ("", "facts")]
    yield from table(headings, [_row(result, bases, measured) for result in shown])
    yield from _failures(results)


def peers(results: Sequence[Result]) -> Iterator[str]:
    """Yield the table of those who look for the same words: a row a program, a column a word."""
    looking = [result for result in results if result.measured and result.job.tool]
    words = list(dict.fromkeys(result.job.looks_for for result in looking))
    found: dict[str, dict[str, Result]] = {}
    for result in looking:
        found.setdefault(result.job.tool, {})[result.job.looks_for] = result
    rows = [
        [
            tool,
            *(f"{by[word].median * 1000:,.1f} ({by[word].rows:,})" if word in by else "" for word in words),
            megabytes(max(result.memory for result in by.values())),
        ]
        for tool, by in found.items()
    ]
    yield from table(["median ms (rows)", *words, "peak MB"], rows)


def _failures(results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        if result.failure:
            yield f"\nNot measured: `{result.job.name}`: {result.failure}"


def _row(result: Result, bases: Sequence[tuple[str, Result]], measured: dict[str, Result]) -> Row:
    hello = measured.get(HELLO)
    return [
        f"`{result.job.name}`" if result.job.name.startswith("facts") else result.job.name,
        f"{result.median * 1000:,.1f}",
        f"{result.least * 1000:,.1f}",
        *(f"{result.median / base.median:.2f}" for _, base in bases),
        _goal(result, measured),
        megabytes(result.memory),
        f"{result.memory / hello.memory:.2f}" if hello else "",
        f"{result.rows:,}",
        str(len(result.samples)),
    ]


def _goal(result: Result, measured: dict[str, Result]) -> str:
    goal: Goal | None = result.job.goal
    if goal is None or goal.beside not in measured:
        return ""
    ratio = result.median / measured[goal.beside].median
    short = {HELLO: "hello", TABLED: "table"}.get(goal.beside, "its")
    return f"{'met' if ratio <= goal.factor else '**missed**'}: {ratio:.2f} of {goal.factor} × {short}"


def megabytes(size: float) -> str:
    """Write bytes as megabytes.

    >>> megabytes(1_500_000)
    '1.5'
    """
    return f"{size / 1e6:,.1f}"
