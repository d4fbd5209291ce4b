"""Facts as text to paste: the sentence, and below it its citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cs_facts.citations import cite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cs_facts.model import Catalogue, Fact
    from cs_facts.output.labels import Language


def render(facts: Iterable[Fact], store: Catalogue, language: Language) -> Iterator[str]:
    """Yield for each fact its sentence, in each language that is shown, and its citation; an empty line between two."""
    for place, fact in enumerate(facts):
        lines = [" ".join(text.split("\n")) for text in language.texts(fact.text)]
        yield "".join(["\n" * bool(place), *(f"{line}\n" for line in lines), *cite(store, [fact])])
