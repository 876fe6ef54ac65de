"""Which words of a text does a cue govern: how far ahead of it, and behind?

A scope ends after a number of words, at a word that ends it, or with its clause. A few commas are seen through: those
around a remark («will, sources say, meet») and those that set off an adverb.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.assess.cues import Found, Looks, Table
from tracker.assess.pattern import Clauses
from tracker.model import Assertion

_PARENTHESIS = 5


@dataclass(frozen=True, slots=True)
class Governing:
    """A cue that governs the event, with the positions of the words before and behind it that it governs."""

    found: Found
    behind: range
    ahead: range

    @property
    def says(self) -> Assertion:
        """What the cue says of the words that it governs."""
        if self.found.cue.says is None:
            raise AssertionError("a pseudo-cue governs nothing")
        return self.found.cue.says


def govern(found: Found, clauses: Clauses, cues: Table, stops: set[int]) -> Governing:
    """The scope of a cue before and behind it."""
    cue = found.cue
    if cue.within is None:
        first, after = _sentence(found.start, clauses)
        ahead = range(found.end, found.end if cue.looks is Looks.BEHIND else after)
        behind = range(found.start if cue.looks is Looks.AHEAD else first, found.start)
        return Governing(found, behind, ahead)
    barred = stops
    if cue.stops_at:
        barred = stops | {p for p in range(len(clauses.words)) if any(stop.match(clauses, p) for stop in cue.stops_at)}
    ahead, behind = range(found.end, found.end), range(found.start, found.start)
    if cue.object_only:
        ahead = range(found.end, found.extent.reach)
    elif cue.looks is not Looks.BEHIND:
        ahead = range(found.end, _end_ahead(found, cue.within, clauses, cues, barred))
    if cue.looks is not Looks.AHEAD:
        behind = range(_start_behind(found, cue.within, clauses, barred), found.start)
    if cue.looks is Looks.ITSELF:
        ahead = range(found.start, ahead.stop)
    return Governing(found, behind, ahead)


def _sentence(position: int, clauses: Clauses) -> tuple[int, int]:
    """The positions [first, after) of the words of the sentence around a word."""
    ends = [i + 1 for i, mark in enumerate(clauses.marks) if mark in {"?", "."}]
    first = max((end for end in ends if end <= position), default=0)
    return first, min((end for end in ends if end > position), default=len(clauses.words))


def _end_ahead(found: Found, within: int, clauses: Clauses, cues: Table, barred: set[int]) -> int:
    """The position after the last word that a cue governs ahead of it."""
    last = min(len(clauses.words), found.end + within)
    position = found.end
    while position < last:
        mark = clauses.marks[position - 1]
        if mark == "," and position == found.end:
            # «will, sources say, meet»: the words between the commas belong to somebody else.
            closing = _comma(clauses, range(position, position + _PARENTHESIS))
            if _set_off(found, clauses):
                mark = ""
            elif closing is not None:
                position, last = closing + 1, min(len(clauses.words), last + closing + 1 - position)
                continue
        if mark and not (mark == "," and cues.comma_continues.accepts(clauses, position)):
            break
        if position in barred:
            break
        position += 1
    return position


def _start_behind(found: Found, within: int, clauses: Clauses, barred: set[int]) -> int:
    """The position of the first word that a cue governs before it."""
    first = max(0, found.start - within)
    position = found.start
    while position > first:
        mark = clauses.marks[position - 1]
        if mark == "," and position == found.start:
            # «the meeting, planned for June, is off»
            opening = _comma(clauses, range(position - 2, position - 2 - _PARENTHESIS, -1))
            if _set_off(found, clauses):
                mark = ""
            elif opening is not None:
                position, mark = opening + 1, ""
                first = max(0, position - within)
        if mark:
            break
        position -= 1
        if position in barred:
            return position + 1
    return position


def _set_off(found: Found, clauses: Clauses) -> bool:
    """Whether commas only set off an adverb from the clause that it governs: «Возможно, …», «Russia, reportedly, …»."""
    opens = found.start == 0 or bool(clauses.marks[found.start - 1])
    return found.cue.looks is Looks.BOTH and opens and clauses.marks[found.end - 1] == ","


def _comma(clauses: Clauses, positions: range) -> int | None:
    for position in positions:
        if not 0 <= position < len(clauses.marks) or clauses.marks[position] not in {"", ","}:
            return None
        if clauses.marks[position] == ",":
            return position
    return None


def reaches(candidate: Governing, event: frozenset[int]) -> bool:
    """Whether one of these words lies in the scope of a cue."""
    return any(position in candidate.ahead or position in candidate.behind for position in event)
