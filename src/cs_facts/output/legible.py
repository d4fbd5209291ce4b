"""What stands in for characters that an encoding lacks, as that of an old terminal does."""

from __future__ import annotations

import unicodedata

# Characters that have no compatibility decomposition (UAX #15), or none that serves: a likeness, and those it is like.
_LIKE = """
" “”„″「」『』 | ' ‘’‚′ | - ‐‑‒–—―−─━ | . ·・•∙。 | ... … | < 《〈 | > 》〉 | << « | >> » | [ 【〔 | ] 】〕
/ ⁄∕÷ | x × | +/- ± | >= ≥ | <= ≤ | != ≠ | ~ ≈ | -> → | <- ← | + † | ++ ‡ | par. ¶ | sec. § | deg °
(c) © | (r) ® | (tm) ™ | EUR € | GBP £ | ss ß | ae æ | AE Æ | oe œ | OE Œ | o ø | O Ø | l ł | L Ł | d đð | D ĐÐ
th þ | Th Þ | i ı
"""
_LIKENESSES = {"，": ", ", "、": ", ", "‰": " per mille"} | {
    char: likeness
    for pair in _LIKE.replace("\n", " | ").split(" | ")
    if pair
    for likeness, chars in [pair.split()]
    for char in chars
}

# How a compatibility decomposition is set, so that no digit joins a number: 10² is not 102.
_FORMS = {"<super>": "^{}", "<sub>": "_{}", "<fraction>": " {}", "<circle>": "({})"}


def legible(text: str, encoding: str, *, exact: bool = False) -> str:
    r"""Write a text with what an encoding has.

    >>> legible("“党” ≥ 1½", "ascii"), legible("“党” ≥ 1½", "gbk")
    ('"?" >= 1 1/2', '“党” ≥ 1 1/2')

    With ``exact`` a character without a likeness becomes its code (``\u515a``) instead of a question mark.
    """

    def written(char: str) -> str:
        likeness = char if _has(encoding, char) else _LIKENESSES.get(char) or _decomposed(char)
        if likeness and _has(encoding, likeness):
            return likeness
        return char.encode("ascii", "backslashreplace").decode() if exact else "?"

    return text if _has(encoding, text) else "".join(map(written, unicodedata.normalize("NFC", text)))


def _decomposed(char: str) -> str:
    """Write a character as its parts, without marks that combine.

    >>> _decomposed("é"), _decomposed("²"), _decomposed("½"), _decomposed("党")
    ('e', '^2', ' 1/2', '党')
    """
    parts = (part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    text = "".join(_LIKENESSES.get(part, part) for part in parts)
    return _FORMS.get(unicodedata.decomposition(char).partition(" ")[0], "{}").replace("{}", text)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
