"""Which words of a sentence belong to one clause, and so to one event?"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from tracker.occurred.tables import tables


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a stretch of text: clause `numbers[i]` goes on from character `starts[i]`."""

    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def at(self, position: int) -> int:
        """The number of the clause in which a character stands; what lies before the stretch belongs to its first."""
        return self.numbers[max(0, bisect_right(self.starts, position) - 1)]

    def between(self, start: int, end: int) -> frozenset[int]:
        """The numbers of the clauses in which the characters [start, end) stand; none when there are no characters."""
        if start >= end:
            return frozenset()
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1)
        return frozenset(self.numbers[max(0, first) : last])


def clauses(text: str, start: int, end: int) -> Clauses:
    """The clauses of the sentence text[start:end].

    A subordinate clause or phrase ends at the next comma, dash or bracket, where its main clause goes on.

    >>> sentence = "After raids on 27 June, Baku summoned the envoy, but Moscow kept silent."
    >>> found = clauses(sentence, 0, len(sentence))
    >>> [found.at(sentence.index(word)) for word in ("June", "Baku", "envoy", "Moscow")]
    [1, 0, 0, 2]
    """
    starts, numbers = [start], [0]
    main = count = 0
    for match in _boundaries().finditer(text, start, end):
        if match["closes"]:
            numbers.append(main)
        else:
            count += 1
            numbers.append(count)
            if match["coordinates"]:
                main = count
        starts.append(match.start())
    return Clauses(tuple(starts), tuple(numbers))


@cache
def _boundaries() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<coordinates>{tables().coordinators})|\b(?P<subordinates>{tables().subordinators})\b"
        r"|(?P<closes>[,()\[\]—–]|\s-\s)",
        re.IGNORECASE,
    )
