"""When does a statement expect its event? The phrase of time in its sentence, else a default that says that it is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.extract.article import Span
from tracker.extract.proposal import Timing
from tracker.windows import FoundWindow, read_window

DEFAULT_WINDOW = "within 12 months"
"""What a forecast without a time is held to: long enough for most of what an article looks ahead to, and then it ends."""


def timing(times: Sequence[FoundWindow], statement: Span, published: date) -> Timing:
    """The time of a statement: a phrase inside it before one elsewhere in its sentence, a later before an earlier one.

    `times` are the phrases of the sentence; phrases of a time that was over before the article are passed over.
    """
    ahead = [time for time in times if time.reading is not None]
    inside = [time for time in ahead if statement.start <= time.start < statement.end]
    for time in inside or ahead:
        if time.reading is not None:
            return Timing(time.reading, time.phrase, is_default=False)
    return Timing(read_window(DEFAULT_WINDOW, published), DEFAULT_WINDOW, is_default=True)
