"""Can anything have slipped through between two polls of a feed? A pure decision over what each of them showed.

Polls overlap when the later one still shows an item that had only just come at the earlier one: feeds list the newest
first and drop the oldest, so whatever came in between stands above it and is shown as well. An item that stays for ever
(a pinned one, an old one at the foot of the list) proves nothing of the kind, however often it is shown. Where nothing
has come since the poll before, polls overlap.

Of a watch's first poll nobody knows what had only just come: there it is the item with the newest date, else the one
listed first. A feed in another order drops recent items while it keeps old ones: its polls then do not overlap, and
what cannot be proved is not claimed. Beyond the rule lies a feed that pins an item on the very day on which all others
are replaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.model import Item

_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """The keys that a feed showed at its last successful poll, and those of them that had only just come."""

    keys: Sequence[str] = ()
    newest: Sequence[str] = ()


def overlap(before: Shown, now: Mapping[str, Item]) -> bool:
    """Whether a poll that shows `now` overlaps the one before."""
    return any(key in now for key in before.newest) or (bool(now) and now.keys() <= set(before.keys))


def leaves(before: Shown, now: Mapping[str, Item], known: Set[str], *, overlapping: bool) -> Shown:
    """What the poll leaves for the next one to be compared with."""
    fresh = [key for key in now if key not in known]
    newest = fresh or [key for key in before.newest if key in now]
    if now and not (overlapping and newest):
        newest = [max(fresh or now, key=lambda key: now[key].published or _UNDATED)]
    return Shown(list(now), newest)
