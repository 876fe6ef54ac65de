"""Where in a sentence do words of time stand, and which window does each name?

In each run of words that may be of time (`pieces`) the longest phrase that `read_window` can read is taken, from the
left, and none overlaps another; what only looks like a time is left out (`lookalikes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.errors import WindowError, WindowOverError
from tracker.windows.lookalikes import is_count, is_level, looks_back, means_else, says_when
from tracker.windows.pieces import Piece, may_begin, may_end, phrase_end, pieces, runs
from tracker.windows.reading import Reading, read_known_words
from tracker.windows.vocabulary import UnknownWordError, tokens

_LONGEST = 14  # pieces; "between the second half of July 2026 and the first week of 2027" has thirteen


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


def find_windows(text: str, published: date, language: str) -> list[FoundWindow]:
    """The phrases of time in a text of the day `published`, in order: each as long as can be read, none overlapping.

    `language` is "en" or "ru"; words of the other are not taken for times. A day of the week or a month without a year
    is read as the next one, so a caller must see from the verb whether the sentence speaks of the past.

    >>> found = find_windows("Rates may fall by the end of 2025, then rise in May.", date(2025, 6, 30), "en")
    >>> [(one.phrase, str(one.reading.window)) for one in found]
    [('by the end of 2025', '2025-06-30 to 2025-12-31'), ('in May', '2026-05-01 to 2026-05-31')]
    """
    cut = pieces(text)
    return [found for run in runs(text, cut, language) for found in _found_in(text, cut, run, published)]


def _found_in(text: str, cut: list[Piece], run: range, published: date) -> Iterator[FoundWindow]:
    first = run.start
    while first < run.stop:
        found = _longest_from(text, cut, first, min(run.stop, first + _LONGEST), published)
        if found is None:
            first += 1
            continue
        last, reading = found
        yield FoundWindow(
            text[cut[first].start : phrase_end(cut[last])],
            cut[first].start,
            phrase_end(cut[last]),
            None if looks_back(cut, first, last) else reading,
        )
        first = last + 1


def _longest_from(
    text: str, cut: list[Piece], first: int, stop: int, published: date
) -> tuple[int, Reading | None] | None:
    """The last piece of the longest phrase that begins with a piece, and how it is read; None when there is none."""
    if not may_begin(cut[first]):
        return None
    for last in range(stop - 1, first - 1, -1):
        if not may_end(cut[last]) or is_count(cut, first, last) or is_level(cut, first, last):
            continue
        phrase = text[cut[first].start : phrase_end(cut[last])]
        try:
            reading = read_known_words(phrase, published)
        except WindowOverError:
            reading = None
        except (WindowError, UnknownWordError):
            continue
        if means_else(cut, first, last):
            return None
        if says_when(tokens(phrase)):
            return last, reading
    return None
