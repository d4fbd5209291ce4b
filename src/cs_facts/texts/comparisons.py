"""The stretches of a sentence that say what something is compared with: from $4m, than in 2019; 比上年同期的3亿元."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cs_facts.numbers.scanner import Token
    from cs_facts.texts.document import Paragraph, Span

# What something is compared with begins here: before anything, or before a number or a date only.
_OPENS = re.compile(
    r"\b(?:(?:compar(?:ed?|ing) (?:with|to)|versus|vs\.?|against|than)|(?P<near>from|over|on))\b|"
    r"(?<!占)(?P<han>[比较較由从從与與跟]|同(?=[\d\0第]))",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"(?:[^,.;\0]{0,40}?\0|[^,.;\0]{0,24}(?:ago|earlier|before|previous|prior|preceding|last|quarter|half)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[;；。]|\b(?:while|whereas|but)\b|,? and (?=[^\0,]{3,80}?\b(?:was|were|rose|fell|grew|increased|decreased|"
    r"declined)\b)",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto\b|[到至为]")
_LAST = (
    r"(?:上年|去年|上一年)同?期|(?<!比)(?<!较)同期|"
    r"same (?:period|quarter|month) (?:of |in )?(?:last|the (?:previous|prior)) year|"
    r"a year (?:ago|earlier|before)|year[- ](?:earlier|ago)|(?:prior|previous)[ -]year (?:period|quarter)"
)
LAST_YEAR = re.compile(_LAST, re.IGNORECASE)
YEAR_BEFORE = re.compile(
    rf"{_LAST}|(?:same|corresponding|comparable) (?:\w+[- ])?(?:period|quarter|months?)"
    r"|(?:prior|previous|last)[ -]year",
    re.IGNORECASE,
)
# A whole comparison with what was a year before, behind its first word.
_PHRASE = re.compile(rf" (?:in |with |to )?(?:the |its |their )?(?:{YEAR_BEFORE.pattern})", re.IGNORECASE)
_YEAR = re.compile(
    r" (?:the |a )?(?:same|previous|prior|last|year|quarter|month|corresponding)|(?: the| last)? ?\0", re.IGNORECASE
)
_CHANGED = re.compile(
    r"\b(?:rose|risen|rising|fell|fallen|falling|grew|grown|growing|(?:in|de)creas(?:ed?|ing)|declin(?:ed?|"
    r"ing)|dropp?(?:ed)?|jumped|climbed|slipped|narrowed|widened|improved|surged|plunged|cut|raised|lowered|reduced|"
    r"expanded|up|down|compared|went|(?:un)?changed|flat|steady)"
    r"\b[^,;\0]{0,30}(?:\0+[^,;\0]{0,40}){0,2}$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:up|down|(?:un)?changed|increase|decrease|rise|fall|drop|decline|higher|lower) $", re.IGNORECASE
)
_WHOSE = re.compile(r"同?期?[末底初前]?的|[^,，。;；\0]{0,4}\0*[^,，。;；\0]{0,12}普查的")

# Characters before a comparison that may say its kind; between a figure and what is its own; up to which numbers count.
BACK, CLOSE, FAR = 200, 24, 1000


class Comparing:
    """The numbers of one sentence, and as ``bases`` the stretches that say what something is compared with."""

    def __init__(self, paragraph: Paragraph, masked: str, span: Span) -> None:
        self.text, self.masked, self.span = paragraph.text, masked, span
        self.tokens = [token for token in paragraph.touching(*span) if token.start >= span[0]]
        self._starts = [token.start for token in self.tokens]
        self.bases = list(self._bases())

    def within(self, low: int, high: int, *, figures: bool = False) -> list[Token]:
        """Return the numbers, or the figures alone, that begin in a stretch."""
        found = self.tokens[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        return [token for token in found if token.kind == "figure"] if figures else found

    def _bases(self) -> Iterator[Span]:
        start, end = self.span
        at = start
        while opened := _OPENS.search(self.masked, at, end):
            at = opened.end()
            if not (self._opens_chinese(at) if opened["han"] else not opened["near"] or self._opens_near(opened)):
                continue
            stop = self.chinese_end(at) if opened["han"] else self._phrase_end(at) or self._end(opened)
            yield opened.start(), stop
            at = max(stop, at)

    def _opens_chinese(self, at: int) -> bool:
        token = self._next(at)
        is_dated = token and token.date and token.date.first == token.date.last
        is_close = token and re.fullmatch(r"\w{0,2}|第.{1,2}次\w{2,12}", self.masked[at : token.core[0]])
        return bool(YEAR_BEFORE.match(self.masked, at) or (is_dated and is_close))

    def _opens_near(self, opened: re.Match[str]) -> bool:
        """Tell whether from, over or on compares: rose from $4m, up 5% on the year before; not over 300 people."""
        start, at, end = opened.start(), opened.end(), self.span[1]
        token = self._next(at)
        is_ago = token and token.printed.endswith(("ago", "earlier"))
        is_long = token and token.date and not is_ago and (token.date.years or token.date.first != token.date.last)
        if is_long or not _NEAR.match(self.masked, at, end):
            return False
        word = opened["near"].lower()
        if word == "from" and _MOVED.search(self.masked, self.span[0], start):
            return True
        figures = self.within(start - FAR, start, figures=True)
        is_near = bool(figures) and start - figures[-1].end < CLOSE
        if word == "from":
            is_range = (
                token and token.kind == "figure" and _TO.search(self.masked, token.end, min(end, token.end + BACK))
            )
            is_said = _CHANGED.search(self.masked, max(self.span[0], start - BACK), start)
            return bool(is_said or any(map(is_change, figures[-2:]))) if is_near else bool(is_range and is_said)
        is_date = token is None or (
            token.kind != "figure" and (token.date is None or len(token.date.first) < len("2022-12-31"))
        )
        return is_near and bool(_YEAR.match(self.masked, at) and is_date) and is_change(figures[-1])

    def _next(self, place: int) -> Token | None:
        """Return the first number whose digits stand behind a place."""
        found = self.within(place - CLOSE, place + FAR)
        return next((token for token in found if token.core[0] >= place), None)

    def chinese_end(self, at: int) -> int:
        """Return where a comparison of Chinese ends: behind its date, or behind the figures that are that date's."""
        dated = self._next(at)
        if dated is None or not dated.date:
            return at
        for behind in self.within(dated.end, dated.end + CLOSE, figures=True):
            if _WHOSE.fullmatch(self.masked, dated.end, behind.start):
                return behind.end
        return dated.end

    def _phrase_end(self, at: int) -> int | None:
        """Return where a comparison ends that has no figure of its own: than a year earlier."""
        token = self._next(at)
        if token and token.date and token.date.years == 1 and token.start - at <= len(" in "):
            return self._bracket_end(token.end)
        if not (phrase := _PHRASE.match(self.masked, at)) or self.masked.startswith(("’s", "'s"), phrase.end()):
            return None
        end, token = phrase.end(), self._next(phrase.end())
        if token and token.date and token.start - end <= len(" of the "):
            return token.end
        is_own = token and re.fullmatch(r" (?:of |at )?(?:the )?", self.masked[end : token.start])
        return None if is_own else self._bracket_end(end)

    def _bracket_end(self, at: int) -> int:
        """Return where brackets end that follow: than a year earlier (5%)."""
        return self.masked.find(")", at, self.span[1]) + 1 or at if self.masked.startswith(" (", at) else at

    def _end(self, opened: re.Match[str]) -> int:
        """Return where a comparison ends, at the latest before a change: from $5m, an increase of 6%."""
        at, end = opened.end(), self.span[1]
        found = _ENDS.search(self.masked, at, end)
        stop = found.start() if found else end
        token, comma = self._next(at), self.masked.find(",", at, end)
        if token and token.date and comma > 0 and not self.within(self.span[0], opened.start(), figures=True):
            return comma  # compared to July 2022, prices rose
        if opened["near"] and (to := _TO.search(self.masked, at, stop)):
            stop = to.start()
        before = self.within(opened.start() - FAR, opened.start(), figures=True)
        for token in self.within(at, min(stop, at + FAR), figures=True):
            is_also = before and is_change(before[-1]) and "%" in token.printed
            if is_change(token) or (is_also and re.search(r"\band\s*$", self.masked[at : token.start])):
                return token.start
        return stop


def is_change(token: Token) -> bool:
    """Tell whether a number is a growth or a fall."""
    return bool(token.figure and token.figure.form == "change")


def span_at(spans: Sequence[Span], place: int) -> Span | None:
    """Return which of some stretches, in their order, a place stands in."""
    nth = bisect_left(spans, (place + 1, 0)) - 1
    return spans[nth] if nth >= 0 and place < spans[nth][1] else None
