"""Which words and marks does a judgement look at: the title, or the sentences of a summary that hold the event?"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from tracker.assess.cues import Table
from tracker.assess.pattern import Clauses
from tracker.text import Word, sentences, words

# A mark parts clauses; a hyphen only where it stands free, as a dash. Quotation marks part nothing.
_MARK = re.compile(r"[;:,?!.…()\[\]–—|]|(?<=\s)-{1,2}(?=\s)|\n")
_YEAR = re.compile(r"(?:19|20)\d\d")
# A report of late January about a day in December is news; guessed, not measured.
_STILL_NEWS = timedelta(days=31)


def stretch(text: str, spans: Sequence[tuple[int, int]], *, whole: bool) -> tuple[int, int]:
    """Character offsets of the text to judge: all of it when `whole`, else the sentences that hold matched words."""
    if whole or not spans:
        return 0, len(text)
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    touched = [(start, end) for start, end in sentences(text) if start < last and end > first]
    return (touched[0][0], touched[-1][1]) if touched else (0, len(text))


def read_clauses(text: str, bounds: tuple[int, int], table: Table, published: date | None) -> Clauses:
    """The words between two offsets with the marks between them; words keep their offsets into the whole text."""
    start, end = bounds
    found = words(text[start:end])
    if start:
        found = [Word(w.surface, w.normal, w.stem, w.start + start, w.end + start) for w in found]
    after = [*(word.start for word in found[1:]), end][: len(found)]
    sentence_ends = {stop for _, stop in sentences(text[start:end])} if len(found) > 1 else set()
    marks = []
    for word, following in zip(found, after, strict=True):
        gap = text[word.end : following]
        ends = bool(sentence_ends) and any(word.end - start <= stop <= following - start for stop in sentence_ends)
        marks.append(_strongest(gap, ends_sentence=ends))
    return Clauses(found, marks, _past(found, table, published))


def _strongest(gap: str, *, ends_sentence: bool) -> str:
    """The mark that counts between two words: "?", "." (another sentence end), "," or ":" (any other mark)."""
    if gap == " ":
        return ""
    marks = {mark.group() for mark in _MARK.finditer(gap)}
    if "?" in marks:
        return "?"
    if ends_sentence:
        return "."
    # A full stop inside a sentence belongs to an abbreviation ("U.S.", "г.").
    marks -= {".", "…"}
    if not marks:
        return ""
    return "," if marks == {","} else ":"


def _past(found: Sequence[Word], table: Table, published: date | None) -> frozenset[int]:
    """Positions of years, and of months with their year, that were over well before publication."""
    if published is None:
        return frozenset()
    past: set[int] = set()
    for position, word in enumerate(found):
        if not _YEAR.fullmatch(word.surface):
            continue
        year, month = int(word.surface), _month(found, position, table)
        if month is None and year < published.year:
            past.add(position)
        elif month is not None:
            last_day = date(year, month, monthrange(year, month)[1])
            if last_day + _STILL_NEWS < published:
                past.update((position - 1, position))
    return frozenset(past)


def _month(found: Sequence[Word], position: int, table: Table) -> int | None:
    """The number of the month named just before a year: "June 2025", "3 июня 2025"."""
    if not position:
        return None
    word = found[position - 1]
    for number, slot in enumerate(table.months, 1):
        if word.normal in slot.exact or word.stem in slot.stems:
            return number
    return None
