"""How long does an item stay on a feed?

A feed that shows the last forty articles of a busy site shows each for a day. Whoever reads it less often misses some.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

_FEWEST = 3
_PINNED = 2
# How far below the rest a pinned item stands: so many times their span, and a week at least.
_TIMES = 3
_LEAST = timedelta(days=7)


def lasting(dates: Iterable[datetime | None], now: datetime) -> timedelta | None:
    """How long the oldest of a feed's dated items has been on it at `now`; None with fewer than three.

    It stays at least so long, even where all came in one batch. One or two items that stand far below the rest are
    pinned to the feed and say nothing of how long the others stay.

    >>> lasting([datetime(2025, 7, day) for day in (1, 2, 3)], datetime(2025, 7, 5))
    datetime.timedelta(days=4)
    """
    known = sorted((date for date in dates if date is not None), reverse=True)
    if len(known) < _FEWEST:
        return None
    for pinned in range(_PINNED, 0, -1):
        rest, below = known[:-pinned], known[-pinned]
        if len(rest) >= _FEWEST and rest[-1] - below > max(_LEAST, _TIMES * (rest[0] - rest[-1])):
            return now - rest[-1]
    return now - known[-1]
