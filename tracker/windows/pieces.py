"""Which stretches of a text may hold a phrase of time? Runs of words that the vocabulary knows.

Words that are also other words count only where they can be nothing else: "may" and "march" with a capital, "fall"
after "this", "in the" or the like, a shortened weekday before a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.text.language import is_russian
from tracker.windows.vocabulary import roles_of_word

_PIECE = re.compile(
    r"""(?P<date>\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)|\d{4}-(?:0[1-9]|1[0-2])(?!\d))
    |(?P<short>\b(?:\d{3}0(?:s|-?(?:х|е|ые|ых))|q[1-4]|[1-4]q|h[12]|[12]h)(?:\d\d|\d{4})?\b)
    |(?P<decimal>\d+(?:[.,]\d+)+(?!\d)%?|\d+(?:%|[ \u00a0\u202f]\d{3}\b)|[$€£₽]\s?\d+|\d+[:]\d+)
    |(?P<number>\d+(?:(?:st|nd|rd|th|-?(?:й|го|е|м|ом|ый|ое|я|ой|му|х))\b)?)
    |(?P<word>(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|янв|фев|авг|сент|окт|нояб|дек|кв)\.(?=\s+\d)|[^\W\d_]+(?:['’]s?(?!\w))?)
    |(?P<mark>[-‐‑–—/,])
    |(?P<other>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_RUN = 60  # pieces; a longer row of such words is a table of days or made to take time
# What a phrase may end with, besides figures.
_ENDS = {
    *("month", "season", "unit", "half", "weekday", "holiday", "feast", "decade", "now", "hence", "inclusive"),
    *("onwards", "ordinal", "rewrite", "ahead", "to come", "of month"),
}
_SHORT_DAYS = {"mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun"}
_CAPITALISED = {"may", "march", "mar", "august"}
_BEFORE_FALL = {"this", "next", "coming", "early", "late", "mid", "in", "by", "until", "before", "the"}
_MONTHLY = re.compile(r"(?:январ|феврал|март|апрел|майск|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*ск\w*|майск\w*")
_LEADING = {"еще", "уже", "даже", "even", "just", "only"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, figure or mark of a text: as it stands, in lower case, its kind, and its roles in the vocabulary."""

    text: str
    plain: str
    kind: str
    roles: frozenset[str]
    start: int
    end: int


def pieces(text: str) -> list[Piece]:
    """The words, figures and marks of a text, in order."""
    return [_piece(match) for match in _PIECE.finditer(text)]


def runs(text: str, cut: list[Piece], language: str) -> Iterator[range]:
    """Stretches of pieces that may all belong to phrases of time, with at least one that names a time."""
    first = 0
    for index in range(len(cut) + 1):
        ends = index == len(cut) or not _may_belong(cut, index, language)
        if ends or (index > first and _parted(text, cut[index - 1], cut[index])):
            if index - first <= _LONGEST_RUN and any(_names_a_time(piece) for piece in cut[first:index]):
                yield range(first, index)
            first = index + 1 if ends else index


def _may_belong(cut: list[Piece], index: int, language: str) -> bool:
    piece = cut[index]
    if piece.kind != "word":
        return piece.kind in ("date", "short", "number", "mark")
    if not piece.roles or is_russian(piece.plain) != (language == "ru"):
        return language == "ru" and piece.text in {"I", "II", "III", "IV"}
    if piece.plain in _LEADING:  # "об этом ещё | осенью"
        return False
    if _MONTHLY.fullmatch(piece.plain):  # "the December congress" is no December
        return False
    before = cut[index - 1].plain if index else ""
    if piece.plain in _CAPITALISED:
        return piece.text[0].isupper()
    if piece.plain == "fall":
        further = cut[index - 2].plain if index > 1 else ""
        return before in _BEFORE_FALL and (
            before != "the" or further in _BEFORE_FALL | {"of", "during", "over", "after"}
        )
    if piece.plain in _SHORT_DAYS:
        return index + 1 < len(cut) and cut[index + 1].kind in ("number", "date")
    return not (language == "en" and piece.plain == "i")


def _parted(text: str, before: Piece, after: Piece) -> bool:
    """Whether a sentence or paragraph ends, or a quotation mark or bracket stands, between two pieces."""
    return "\n" in text[before.end : after.start] and before.kind != "mark"


def _names_a_time(piece: Piece) -> bool:
    return bool(piece.roles & _ENDS) or piece.kind in ("date", "short") or is_year(piece)


def is_year(piece: Piece) -> bool:
    """Whether four figures may be a year."""
    return piece.kind == "number" and len(piece.plain) == 4 and piece.plain[:2] in ("19", "20", "21")


def may_begin(piece: Piece) -> bool:
    """Whether a phrase of time may begin with a piece."""
    return (
        piece.kind not in ("mark", "other")
        and piece.roles != {"idle"}
        and piece.plain not in ("of", "and", "or", "to", "и", "или", "либо")
    )


def may_end(piece: Piece) -> bool:
    """Whether a phrase of time may end with a piece."""
    idle = "idle" in piece.roles and piece.plain != "so"  # "a year or so"
    if "number" in piece.roles:  # "a year or two", not "in May a"
        return piece.plain not in ("a", "an", "one")
    return (bool(piece.roles & _ENDS) and not idle) or piece.plain == "so" or piece.kind in ("date", "short", "number")


def phrase_end(piece: Piece) -> int:
    """Where a phrase that ends with a piece ends: "next year" of "next year's budget"."""
    genitive = re.search(r"['’]s?$", piece.text) if piece.kind == "word" else None
    return piece.start + genitive.start() if genitive else piece.end


def _piece(match: re.Match[str]) -> Piece:
    surface, kind = match.group(), str(match.lastgroup)
    plain = surface.casefold().replace("ё", "е").replace("’", "'").removesuffix("'s").removesuffix("'").rstrip(".")
    return Piece(
        surface, plain, kind, roles_of_word(plain) if kind == "word" else frozenset(), match.start(), match.end()
    )
