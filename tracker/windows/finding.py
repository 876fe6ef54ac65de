"""Where in a sentence do words of time stand, and which window does each name?

A text is cut into runs of words that the vocabulary knows; in each run the longest phrase that `read_window` can read
is taken, from the left, and none overlaps another. Words that are also other words count only where they can be
nothing else: "may" and "march" with a capital, "fall" after "this", "in the" or the like, and nothing that stands for
a length of time ("two weeks") or for the present ("today") without a word that says when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.errors import WindowError, WindowOverError
from tracker.windows.reading import Reading, read_known_words
from tracker.windows.vocabulary import Token, UnknownWordError, roles_of_word, tokens

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
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LONGEST = 14  # pieces; "between the second half of July 2026 and the first week of 2027" has thirteen
_LONGEST_RUN = 60  # pieces; a longer row of such words is a table of days or made to take time

# What a phrase may end with, besides figures.
_ENDS = {
    *("month", "season", "unit", "half", "weekday", "holiday", "feast", "decade", "now", "hence", "inclusive"),
    *("onwards", "ordinal", "rewrite", "ahead", "to come", "of month"),
}
# Words that say when, so that a month, a year or a length of time after them is a time.
_OPENERS = {
    *("by", "until", "up to", "before", "through", "after", "since", "between", "in", "after a time", "during"),
    *("part", "edge", "which"),
}
_BOUNDS = {"by", "until", "up to", "before", "through", "after", "since", "between"}
_NAMES = {"month", "season", "quarter", "half_year", "year", "weekday", "holiday", "feast", "decade"}
_SHORT_DAYS = {"mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun"}
_CAPITALISED = {"may", "march", "mar", "august"}
_BEFORE_FALL = {"this", "next", "coming", "early", "late", "mid", "in", "by", "until", "before", "the"}
_BACK = {"last", "past", "previous", "earlier", "recent", "back", "since", "ago", "назад", "еще", "тогдашн"}
_BACK_ADJECTIVES = re.compile(
    r"(?:(?:поза)?прошл|минувш|предыдущ|истекш|прошедш)(?:[иы]й|[оея]е|ая|[ое]го|[ое]й|[ое]му|[ое]м|ую|[иы]м|[иы]е|[иы]х)"
)
_MONTHLY = re.compile(r"(?:январ|феврал|март|апрел|майск|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*ск\w*|майск\w*")
_INSTRUMENTAL = re.compile(r"(?:ом|ем|ами|ями)$")
# "The first talks in a year", "the biggest loss in five years": the years are those before.
_RANKED = 5  # words
_RANKS = {"first", "second", "third", "fourth", "fifth", "worst", "best", "most", "least", "only", "time"}
_SUPERLATIVE = re.compile(
    r"(?!.*(?:west|rest|test|forest|guest|quest|harvest|suggest|honest|modest|interest)$)\w{3,}est"
)
_LEADING = {"еще", "уже", "даже", "even", "just", "only"}
_JOINS_BACK = {"of", "in", "the", "в", "во"}
_ADVERBS = re.compile(r"(?:весн|осен|лет|зим)(?:ой|ою|ью|ом)")


@dataclass(frozen=True, slots=True)
class FoundWindow:
    """A phrase of time in a text: `phrase` is the text from `start` to `end`, in characters.

    `reading` is as `read_window` reads the phrase alone; None when the time was over before the article ("in 2019",
    "last spring").
    """

    phrase: str
    start: int
    end: int
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    plain: str
    kind: str
    roles: frozenset[str]
    start: int
    end: int


def find_windows(text: str, published: date, language: str) -> list[FoundWindow]:
    """The phrases of time in a text of the day `published`, in order: each as long as can be read, none overlapping.

    `language` is "en" or "ru"; words of the other are not taken for times. A day of the week or a month without a year
    is read as the next one, so a caller must see from the verb whether the sentence speaks of the past.

    >>> found = find_windows("Rates may fall by the end of 2025, then rise in May.", date(2025, 6, 30), "en")
    >>> [(one.phrase, str(one.reading.window)) for one in found]
    [('by the end of 2025', '2025-06-30 to 2025-12-31'), ('in May', '2026-05-01 to 2026-05-31')]
    """
    pieces = [_piece(match) for match in _PIECE.finditer(text)]
    return [found for run in _runs(text, pieces, language) for found in _found_in(text, pieces, run, published)]


def _piece(match: re.Match[str]) -> _Piece:
    surface, kind = match.group(), str(match.lastgroup)
    plain = surface.casefold().replace("ё", "е").replace("’", "'").removesuffix("'s").removesuffix("'").rstrip(".")
    return _Piece(
        surface, plain, kind, roles_of_word(plain) if kind == "word" else frozenset(), match.start(), match.end()
    )


def _runs(text: str, pieces: list[_Piece], language: str) -> Iterator[range]:
    """Stretches of pieces that may all belong to phrases of time, with at least one that names a time."""
    first = 0
    for index in range(len(pieces) + 1):
        ends = index == len(pieces) or not _may_belong(pieces, index, language)
        if ends or (index > first and _parted(text, pieces[index - 1], pieces[index])):
            if index - first <= _LONGEST_RUN and any(_names_a_time(piece) for piece in pieces[first:index]):
                yield range(first, index)
            first = index + 1 if ends else index


def _may_belong(pieces: list[_Piece], index: int, language: str) -> bool:
    piece = pieces[index]
    if piece.kind != "word":
        return piece.kind in ("date", "short", "number", "mark")
    if not piece.roles or bool(_CYRILLIC.search(piece.plain)) != (language == "ru"):
        return language == "ru" and piece.text in {"I", "II", "III", "IV"}
    if piece.plain in _LEADING:  # "об этом ещё | осенью"
        return False
    if _MONTHLY.fullmatch(piece.plain):  # "the December congress" is no December
        return False
    before = pieces[index - 1].plain if index else ""
    if piece.plain in _CAPITALISED:
        return piece.text[0].isupper()
    if piece.plain == "fall":
        further = pieces[index - 2].plain if index > 1 else ""
        return before in _BEFORE_FALL and (
            before != "the" or further in _BEFORE_FALL | {"of", "during", "over", "after"}
        )
    if piece.plain in _SHORT_DAYS:
        return index + 1 < len(pieces) and pieces[index + 1].kind in ("number", "date")
    return not (language == "en" and piece.plain == "i")


def _parted(text: str, before: _Piece, after: _Piece) -> bool:
    """Whether a sentence or paragraph ends, or a quotation mark or bracket stands, between two pieces."""
    return "\n" in text[before.end : after.start] and before.kind != "mark"


def _names_a_time(piece: _Piece) -> bool:
    return bool(piece.roles & _ENDS) or piece.kind in ("date", "short") or _is_year(piece)


def _is_year(piece: _Piece) -> bool:
    return piece.kind == "number" and len(piece.plain) == 4 and piece.plain[:2] in ("19", "20", "21")


def _found_in(text: str, pieces: list[_Piece], run: range, published: date) -> Iterator[FoundWindow]:
    first = run.start
    while first < run.stop:
        found = _longest_from(text, pieces, first, min(run.stop, first + _LONGEST), published)
        if found is None:
            first += 1
            continue
        last, reading = found
        yield FoundWindow(
            text[pieces[first].start : _end(pieces[last])],
            pieces[first].start,
            _end(pieces[last]),
            None if _looks_back(pieces, first, last) else reading,
        )
        first = last + 1


def _end(piece: _Piece) -> int:
    """Where a phrase that ends with a piece ends: "next year" of "next year's budget"."""
    genitive = re.search(r"['’]s?$", piece.text) if piece.kind == "word" else None
    return piece.start + genitive.start() if genitive else piece.end


def _longest_from(
    text: str, pieces: list[_Piece], first: int, stop: int, published: date
) -> tuple[int, Reading | None] | None:
    """The last piece of the longest phrase that begins with a piece, and how it is read; None when there is none."""
    if not _may_begin(pieces[first]):
        return None
    for last in range(stop - 1, first - 1, -1):
        if not _may_end(pieces[last]) or _is_count(pieces, first, last):
            continue
        phrase = text[pieces[first].start : _end(pieces[last])]
        try:
            reading = read_known_words(phrase, published)
        except WindowOverError:
            reading = None
        except (WindowError, UnknownWordError):
            continue
        if _means_else(pieces, first, last):
            return None
        if _says_when(tokens(phrase)):
            return last, reading
    return None


def _may_begin(piece: _Piece) -> bool:
    return (
        piece.kind not in ("mark", "other")
        and piece.roles != {"idle"}
        and piece.plain not in ("of", "and", "or", "to", "и", "или", "либо")
    )


def _may_end(piece: _Piece) -> bool:
    idle = "idle" in piece.roles and piece.plain != "so"  # "a year or so"
    return (bool(piece.roles & _ENDS) and not idle) or piece.plain == "so" or piece.kind in ("date", "short", "number")


def _is_count(pieces: list[_Piece], first: int, last: int) -> bool:
    """Whether a figure counts things, not days: "5 in May", "won 3 on 2 May"."""
    return any(
        one.kind == "number" and not _is_year(one) and two.plain in ("in", "on", "at", "for", "в", "во", "на", "за")
        for one, two in pairwise(pieces[first : last + 1])
    )


def _means_else(pieces: list[_Piece], first: int, last: int) -> bool:
    """Whether the words beside a phrase, or its case, give it another meaning than that of a time."""
    before = pieces[first - 1].plain if first else ""
    begins, ends = pieces[first].plain, pieces[last].plain
    following = pieces[last + 1].plain if last + 1 < len(pieces) else ""
    if begins == "the" and pieces[first + 1].plain == "new":  # "the new year brings"
        return True
    if before == "the" and ("month" in pieces[first].roles or _is_year(pieces[first])):  # "the | May 2025 summit"
        return True
    if begins == "over" and before in ("for", "in", "of", "after", "just", "well"):  # "worst in | over 30 years"
        return True
    if last + 1 < len(pieces) and "unit" in pieces[last + 1].roles - pieces[last].roles:  # "after the 15th | week"
        return True
    if begins == "in" and any(_ranks(piece.plain) for piece in pieces[max(0, first - _RANKED) : first]):
        return bool(pieces[last].roles & {"unit"}) and not any("which" in piece.roles for piece in pieces[first:last])
    if begins == "not":  # "more likely than not | before May"
        return before == "than"
    if begins in ("с", "со"):  # "with 2023", not "from 2023 on"
        return bool(_INSTRUMENTAL.search(ends))
    if begins in ("от", "за"):  # what one expects "of" the spring; what was done "in" a year
        return not any("which" in piece.roles or piece.plain == "до" for piece in pieces[first:last])
    # The second half of a game or a season is none of a year.
    return (
        "half" in pieces[last].roles
        and not _looks_back(pieces, first, last)
        and (following == "of" or bool(_CYRILLIC.search(ends)))
    )


def _ranks(word: str) -> bool:
    return word in _RANKS or bool(_SUPERLATIVE.fullmatch(word))


def _says_when(found: list[Token]) -> bool:
    """Whether a phrase that can be read as a window is a time in a sentence, too, and no length or mere name."""
    roles = [token.role for token in found]
    named = [role for role in roles if role in _NAMES]
    opens = any(role in _OPENERS for role in roles)
    if roles[:2] in (["filler", "in"], ["filler", "filler"]):  # "hope for | in 2018"
        return False
    if roles[0] in ("in", "during", "filler") and len(roles) > 1 and roles[1] in _BOUNDS:  # "over | by the summer"
        return False
    if roles[0] == "open" or set(roles) & {"date", "dotted", "slashed", "year_month"}:
        return roles[0] != "open"
    if any(one == "the" and two in ("month", "year") for one, two in pairwise(roles)):  # "since the June conflict"
        return False
    if "now" in roles:
        return len(set(roles) & _NAMES) > 0 or (bool({"unit", "edge"} & set(roles)) and "between" in roles)
    if any({one, two} & {"number", "ordinal"} and "month" in (one, two) for one, two in pairwise(roles)):
        return True
    if len(set(named)) > 1 or {"hence", "onwards"} & set(roles):
        return True
    if {"feast", "holiday", "weekday"} & set(roles):
        return opens or "filler" in roles
    if named:
        return (
            opens
            or "filler" in roles
            or bool({"ordinal", "half"} & set(roles))
            or bool(len(found) == 1 and _ADVERBS.fullmatch(found[0].text))
        )
    if "half" in roles or ("ordinal" in roles and "unit" in roles):
        return opens or roles[0] == "filler"
    if "number" in roles or "vague" in roles:
        return bool({"in", "during", "after a time", "which"} & set(roles)) or roles[0] in ("by", "until", "up to")
    return opens and (bool(set(roles) & (_OPENERS - {"in", "during"})) or found[0].text in _LENGTHS)


_LENGTHS = {"within", "throughout", "in the course of", "over the course of", "в течение", "в течении", "на протяжении"}


def _looks_back(pieces: list[_Piece], first: int, last: int) -> bool:
    """Whether a word beside the phrase says that the time is past: "earlier this year", "in May of last year"."""
    if pieces[first].plain == "since":
        return True
    before = pieces[first - 1] if first else None
    if before is not None and (before.plain in _BACK or _BACK_ADJECTIVES.fullmatch(before.plain)):
        # "ещё до конца января" lies ahead, "ещё осенью" behind.
        return before.plain != "еще" or bool(pieces[first].roles & {"filler", "season"})
    after = last + 1
    while after < len(pieces) and pieces[after].plain in _JOINS_BACK:
        after += 1
    return after < len(pieces) and (
        pieces[after].plain in ("last", "ago", "past", "previous", "назад")
        or bool(_BACK_ADJECTIVES.fullmatch(pieces[after].plain))
    )
