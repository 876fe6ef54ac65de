"""Which words that could be read as a window are no time in their sentence, and which are a time that is past?

A length ("two weeks"), the present ("today"), half of a game, a summit called by its month and a record of so many
years are none; "earlier this year" and "in May of last year" are past.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tracker.text.language import is_russian
from tracker.text.russian import is_future
from tracker.windows.pieces import Piece, is_year
from tracker.windows.vocabulary import Token

# Words that say when, so that a month, a year or a length of time after them is a time.
_OPENERS = {
    *("by", "until", "up to", "before", "through", "after", "since", "between", "in", "after a time", "during"),
    *("part", "edge", "which"),
}
_BOUNDS = {"by", "until", "up to", "before", "through", "after", "since", "between"}
_NAMES = {"month", "season", "quarter", "half_year", "year", "weekday", "holiday", "feast", "decade"}
_BACK = {"last", "past", "previous", "earlier", "recent", "back", "since", "ago", "назад"}
_BACK_ADJECTIVES = re.compile(
    r"(?:(?:поза)?прошл|минувш|предыдущ|истекш|прошедш)(?:[иы]й|[оея]е|ая|[ое]го|[ое]й|[ое]му|[ое]м|ую|[иы]м|[иы]е|[иы]х)"
)
_INSTRUMENTAL = re.compile(r"(?:ом|ем|ами|ями)$")
# "The first talks in a year", "the biggest loss in five years": the years are those before.
_RANKED = 5  # words
_RANKS = {"first", "second", "third", "fourth", "fifth", "worst", "best", "most", "least", "only", "time"}
_SUPERLATIVE = re.compile(
    r"(?!.*(?:west|rest|test|forest|guest|quest|harvest|suggest|honest|modest|interest)$)\w{3,}est"
)
_JOINS_BACK = {"of", "in", "the", "в", "во"}
_ADVERBS = re.compile(r"(?:весн|осен|лет|зим)(?:ой|ою|ью|ом)")
_LENGTHS = {"within", "throughout", "in the course of", "over the course of", "в течение", "в течении", "на протяжении"}


def says_when(found: list[Token]) -> bool:
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


def means_else(pieces: list[Piece], first: int, last: int) -> bool:
    """Whether the words beside a phrase, or its case, give it another meaning than that of a time."""
    before = pieces[first - 1].plain if first else ""
    begins, ends = pieces[first].plain, pieces[last].plain
    following = pieces[last + 1].plain if last + 1 < len(pieces) else ""
    if begins == "the" and pieces[first + 1].plain == "new":  # "the new year brings"
        return True
    if before == "the" and ("month" in pieces[first].roles or is_year(pieces[first])):  # "the | May 2025 summit"
        return True
    if following == "of" and last + 2 < len(pieces) and pieces[last + 2].plain == "sundays":  # a month of them
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
        "half" in pieces[last].roles and not looks_back(pieces, first, last) and (following == "of" or is_russian(ends))
    )


def _ranks(word: str) -> bool:
    return word in _RANKS or bool(_SUPERLATIVE.fullmatch(word))


def is_level(pieces: list[Piece], first: int, last: int) -> bool:
    """Whether a figure after a dash is what a time is put at: «на 2026 год — 85 рублей», not "2026-27"."""
    dash = pieces[last - 1] if last > first + 1 else None
    return (
        dash is not None
        and dash.plain in ("—", "–", "-")
        and pieces[last].kind == "number"
        and not is_year(pieces[last])
        and any("unit" in piece.roles for piece in pieces[first:last])
    )


def is_count(pieces: list[Piece], first: int, last: int) -> bool:
    """Whether a figure counts things, not days: "5 in May", "won 3 on 2 May"."""
    return any(
        one.kind == "number" and not is_year(one) and two.plain in ("in", "on", "at", "for", "в", "во", "на", "за")
        for one, two in pairwise(pieces[first : last + 1])
    )


def looks_back(pieces: list[Piece], first: int, last: int) -> bool:
    """Whether a word beside the phrase says that the time is past: "earlier this year", "in May of last year"."""
    if pieces[first].plain == "since":
        return True
    before = pieces[first - 1] if first else None
    if before is not None and before.plain == "еще":  # "ещё осенью" is past, "ещё в этом году" is not
        if first > 1 and is_future(pieces[first - 2].plain):  # "начнутся ещё в ноябре"
            return False
        roles = {role for piece in pieces[first : last + 1] for role in piece.roles}
        return bool(pieces[first].roles & {"filler", "season"}) and "which" not in roles
    lasts = (
        before is not None and before.plain == "last" and bool(pieces[first].roles & _BOUNDS)
    )  # "it won't last | until"
    if before is not None and not lasts and (before.plain in _BACK or _BACK_ADJECTIVES.fullmatch(before.plain)):
        return True
    after = last + 1
    while after < len(pieces) and pieces[after].plain in _JOINS_BACK:
        after += 1
    return after < len(pieces) and (
        pieces[after].plain in ("last", "ago", "past", "previous", "назад")
        or bool(_BACK_ADJECTIVES.fullmatch(pieces[after].plain))
    )
