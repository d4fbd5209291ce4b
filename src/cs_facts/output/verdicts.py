"""The verdicts on a text as a page: the text as it stands, each number marked, its verdict in the margin."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from cs_facts.text import has_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.texts.document import Document
    from cs_facts.texts.verify import Verdict

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --good: #1a7f37; --look: #8a5a00; --bad: #b3261e; }}
body {{ margin: 2em auto; max-width: 72em; padding: 0 1em; font: 1rem/1.6 system-ui, sans-serif; }}
h1 {{ font-size: 1.3rem; }}
section {{ display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 2em; }}
p {{ margin: 0 0 1em; overflow-wrap: anywhere; }}
ol {{ margin: 0 0 1em; padding: 0; list-style: none; font-size: .85rem; line-height: 1.4; }}
li {{ margin-bottom: .5em; padding-left: .6em; border-left: .25em solid currentColor; }}
li:target, mark:target {{ outline: .15em solid; }}
mark {{ background: none; color: inherit; border-bottom: .15em solid; }}
mark a {{ color: inherit; text-decoration: none; }}
.good {{ border-color: var(--good); }}
.look {{ border-color: var(--look); border-bottom-style: dashed; }}
.bad {{ border-color: var(--bad); border-bottom-style: double; }}
@media (prefers-color-scheme: dark) {{ :root {{ --good: #57c26d; --look: #e0a63a; --bad: #ff8a80; }} }}
@media (max-width: 45em) {{ section {{ display: block; }} }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{summary}</p>
<main>
{sections}
</main>
</body>
</html>
"""

_CLASSES = {"stands": "good", "rounds": "good", "contested": "look", "unknown": "look"}


def render_verdicts(document: Document, verdicts: Sequence[Verdict], summary: str, language: str) -> Iterator[str]:
    """Yield the page.

    Args:
        document: the text.
        verdicts: on its numbers, in their order.
        summary: stands above it.
        language: tag of the reader's.

    """
    noted = {number: list(each) for number, each in groupby(verdicts, lambda verdict: verdict.mention.paragraph.number)}
    sections = (_section(p.text, noted.get(p.number, []), p.number, language) for p in document.paragraphs)
    title = escape(document.file)
    tag = "zh" if any(has_han(paragraph.text) for paragraph in document.paragraphs) else "en"
    yield _PAGE.format(language=tag, title=title, summary=escape(summary), sections="\n".join(sections))


def _section(text: str, verdicts: Sequence[Verdict], number: int, language: str) -> str:
    marked, notes, at = "", "", 0
    for nth, verdict in enumerate(verdicts, start=1):
        start, end = verdict.mention.token.start, verdict.mention.end
        key, look = f"{number}-{nth}", _CLASSES.get(verdict.kind, "bad")
        note = f'<a href="#note-{key}" title="{verdict.kind}">{escape(text[start:end])}</a>'
        marked += f'{escape(text[at:start])}<mark id="number-{key}" class="{look}">{note}</mark>'
        said = escape(verdict.said(language))
        notes += f'<li id="note-{key}" class="{look}"><a href="#number-{key}"><b>{verdict.kind}</b></a> {said}</li>'
        at = end
    margin = f"<aside><ol>{notes}</ol></aside>" if notes else ""
    return f"<section><p>{marked}{escape(text[at:])}</p>{margin}</section>"
