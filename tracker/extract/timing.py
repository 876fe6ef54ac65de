"""When does a statement expect its event? The phrase of time in its sentence, else a default that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tracker.errors import WindowOverError
from tracker.extract.article import Span
from tracker.extract.proposal import Timing
from tracker.windows import FoundWindow, read_window

_LENGTH = re.compile(
    r"(?:within|in|after|через|в течение|за)\b(?!.*\b(?:the|this|next|coming|ближайш\w*|следующ\w*|эт\w*)\b)"
    r".*\b(?:hours?|days?|weeks?|fortnight|months?|years?|час\w*|дн\w*|день|недел\w*|месяц\w*|год\w*|лет)",
    re.IGNORECASE,
)
_NOT = re.compile(r"^(?:not|no|не) (?=(?:before|earlier|sooner|раньше|ранее)\b)", re.IGNORECASE)
_DAY_OF_WEEK = re.compile(
    r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: \w+)?"
    r"|(?:в|во) (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)",
    re.IGNORECASE,
)
_NO_END = "open"
DEFAULT_WINDOW = "within 12 months"
"""What a forecast without a time is held to: long enough for most of what an article looks ahead to, with an end."""


def timing(
    times: Sequence[FoundWindow], statement: Span, marker: Span, published: date, *, conditional: bool, is_open: bool
) -> Timing:
    """The time of a statement: the phrase that follows its word of the future, else the last before it.

    Where the statement has none, it is the first that stands before the statement.

    `times` are the phrases of the sentence; phrases of a time that was over before the article are passed over, and so
    is, under a condition, a length of time: "within days" then counts from a day that nobody knows. `is_open`: the
    statement says that no time is set ("sooner or later"), so that without a phrase its window has no end.
    """
    ahead = [time for time in times if time.reading is not None]
    if conditional:
        ahead = [time for time in ahead if not _LENGTH.fullmatch(time.phrase)]
    inside = [time for time in ahead if statement.start <= time.start < statement.end]
    after = [time for time in inside if time.start >= marker.end]
    before = [time for time in ahead if time.start < statement.start]
    for time in (*after, *reversed(inside), *before):
        if time.reading is not None:
            return Timing(time.reading, time.phrase, is_default=False)
    if is_open:
        return Timing(read_window(_NO_END, published), _NO_END, is_default=True)
    return Timing(read_window(DEFAULT_WINDOW, published), DEFAULT_WINDOW, is_default=True)


def is_day_of_week(phrase: str) -> bool:
    """Whether a phrase of time is no more than a day of the week: "on Monday", "Thursday night"."""
    return bool(_DAY_OF_WEEK.fullmatch(phrase))


def of_denial(when: Timing, published: date) -> Timing | None:
    """The time in which something is denied: "not before 2028" denies it until then, and says nothing of later.

    None where that time is over.
    """
    words = _NOT.sub("", when.phrase)
    if words == when.phrase:
        return when
    try:
        return Timing(read_window(words, published), words, is_default=False)
    except WindowOverError:
        return None
