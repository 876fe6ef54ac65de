"""Which broken and odd feeds must a reader of feeds bear with?

`cases()` are those made by hand, each with what a careful reader would want of it, and whole feeds broken by chance,
the same every time. `mutated()` breaks any other feeds likewise.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from broken_feeds import dates, dialects, hostile, items, letters, strangers, structure
from broken_feeds.bases import WHOLE
from broken_feeds.case import ADDRESS, NOW, ZONE, Case
from broken_feeds.mutations import mutated

__all__ = ["ADDRESS", "NOW", "ZONE", "Case", "cases", "mutated"]


def cases() -> Iterator[Case]:
    """Every case; their kinds and names together are unique."""
    made = (module.cases() for module in (structure, letters, strangers, hostile, items, dates, dialects))
    return chain(*made, mutated(WHOLE, seeds=range(2)))
