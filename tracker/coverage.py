"""How much of a window can we vouch for? Watched, on the beat, audible: three parts of a silence that means something.

*Watched*: on a day when enough independent houses were provably followed, by polls that overlap or by an archive that
carries its items around that day at its usual rate. *On the beat*: houses carried the topic while they were watched,
so that they were looking. *Audible*: an event of this kind would have been reported at all, by the analyst's word or
because the same feeds report such events of others. Sources are counted by house: tass.ru and tass.com are one.
"""

from __future__ import annotations

import sys
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tracker.model import Carried, Coverage, Criterion, Watch, Window
from tracker.origins import publisher
from tracker.rhythm import Rhythm, days_between, week
from tracker.wording import counted

BEAT = timedelta(days=30)
"""How far from a day an item on the topic still shows that the topic was followed. A guess, to be measured."""
HOUSES_A_SOURCE = 2
"""How many watched houses must follow the topic for each independent source that a report needs. Where no more follow
it than must report, one that looks away makes a silence of an event that happened. Measured: docs/accuracy.md."""
ENOUGH_ALIKE = 3
"""How many reports of such events elsewhere show that events of the kind are reported."""
ALIKE_ORIGINS = 2
"""From how many origins those reports must come: one house that reports such events is not the press."""


_AS_DIGITS = bytes.maketrans(b"\0\1", b"01")


class Press:
    """What the feeds carried and how they were watched, arranged once for the windows of many forecasts.

    `carried` are the feeds' items by source and day: those of archives all their life, those of others from before the
    first window on. `watches` are the stretches that polls prove. Days begin and end in `zone`. `followed` are the
    addresses of both: what a search alone has found is carried by none of them.
    """

    def __init__(self, carried: Sequence[Carried], watches: Sequence[Watch], zone: tzinfo = UTC) -> None:
        house_of = {source: publisher(source) for source in {row.source for row in carried}}
        archives: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        self._by_day: dict[tuple[str, date], set[str]] = defaultdict(set)
        for row in carried:
            self._by_day[row.address, row.day].add(house_of[row.source])
            if row.archive:
                archives[row.address][row.day] += row.items
        self.followed: Set[str] = archives.keys() | {one.address for one in watches}
        self._watches = [(one.address, one.since.astimezone(zone), one.until.astimezone(zone)) for one in watches]
        self._zone = zone
        # Archives are few and live long: what they proved up to a day takes a bit for each of their days.
        self._usual: dict[date, list[tuple[str, int, int]]] = {}
        self._rhythms = {address: _rhythm(counts) for address, counts in archives.items()}
        self._around: dict[tuple[str, date], frozenset[str]] = {}

    def houses(self, first: date, last: date, *, enough: int = sys.maxsize) -> dict[date, set[str]]:
        """The houses provably watched on each day from first to last, by what was carried until the last.

        When `enough` of a day are found, the others may be left out.
        """
        found: dict[date, set[str]] = defaultdict(set)
        opens = first.toordinal()
        wanted = (1 << max(0, last.toordinal() - opens + 1)) - 1  # a bit for each day of which more are to be found
        for address, begin, days in self._usual_until(last):
            left = wanted & (days << begin - opens if begin >= opens else days >> opens - begin)
            while left:
                lowest = left & -left
                left ^= lowest
                day = date.fromordinal(opens + lowest.bit_length() - 1)
                found[day] |= self._houses_around(address, day)
                if len(found[day]) >= enough:
                    wanted ^= lowest
        for address, since, until in self._watches:
            for day in days_between(max(first, since.date()), min(last, until.date())):
                if since <= _begin(day, self._zone) and until >= _end(day, self._zone):
                    found[day] |= self._houses_around(address, day)
        return found

    def _usual_until(self, last: date) -> list[tuple[str, int, int]]:
        """Each archive with the ordinal of its first day, and a bit for each day at its usual rate.

        What an archive carried later says nothing of how it was then.
        """
        if last not in self._usual:
            found = []
            for address, (begin, rhythm) in self._rhythms.items():
                if flags := rhythm.usual(last.toordinal() - begin):
                    # Every flag a bit, the first day's the lowest.
                    found.append((address, begin, int(flags[::-1].translate(_AS_DIGITS), 2)))
            self._usual[last] = found
        return self._usual[last]

    def _houses_around(self, address: str, day: date) -> frozenset[str]:
        if (address, day) not in self._around:
            near = (self._by_day.get((address, near), ()) for near in week(day))
            self._around[address, day] = frozenset[str]().union(*near)
        return self._around[address, day]


def coverage(
    criterion: Criterion,
    *,
    as_of: date,
    press: Press,
    topic: Collection[tuple[date, str]],
    alike: Sequence[str],
) -> Coverage:
    """Coverage of the part of the window that `as_of` has reached.

    `press` knows what the feeds carried up to `as_of`, and from `BEAT` and a week before the window on. `topic` are the
    day and source of the items on the topic, from `BEAT` before the window to `BEAT` after it. `alike` are the origins
    of the reports of such events by others, one for each report that is no reprint.
    """
    opens, last = criterion.window.opens, min(criterion.window.closes, as_of)
    if last < opens:
        return Coverage(0, 0, 0.0, False, "the window is not yet open")
    days = (last - opens).days + 1
    houses = press.houses(shifted(opens, -BEAT), min(shifted(last, BEAT), as_of))
    watched = _watched(criterion, as_of, houses)
    audible, because = _audible(criterion, alike)
    heard = {(day, house) for day, source in topic if (house := publisher(source)) in houses.get(day, ())}
    return Coverage(
        days,
        len(watched),
        _on_beat([day for day, _ in heard], opens, last) / days,
        audible,
        because,
        tuple(_gaps(watched, opens, last)),
        len({house for _, house in heard}),
        HOUSES_A_SOURCE * criterion.sources,
    )


def unwatched(criterion: Criterion, *, as_of: date, press: Press) -> tuple[Window, ...]:
    """The stretches of the window until `as_of` that were not watched, to be shown where nothing hangs on them.

    An archive's usual rate is that until the end of the month in which `coverage` looks last: so that there are as many
    rates to work out as months, whatever the number of forecasts.
    """
    opens, last = criterion.window.opens, min(criterion.window.closes, as_of)
    if last < opens:
        return ()
    until = min(_end_of_month(shifted(last, BEAT)), as_of)
    houses = press.houses(opens, until, enough=criterion.sources)
    return tuple(_gaps(_watched(criterion, as_of, houses), opens, last))


def _watched(criterion: Criterion, as_of: date, houses: Mapping[date, set[str]]) -> list[date]:
    """The days of the window on which enough houses were watched, in order."""
    opens, last = criterion.window.opens, min(criterion.window.closes, as_of)
    return sorted(day for day in houses if opens <= day <= last and len(houses[day]) >= criterion.sources)


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def shifted(day: date, by: timedelta) -> date:
    """The day so long after (or before) another; the calendar's first or last day where that lies beyond it."""
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min


def _on_beat(heard: Sequence[date], opens: date, last: date) -> float:
    """The number of days on which the topic was followed; less where there are too few items for so long a window.

    `heard` are the days of the items, those of one house and day once. There must be as many as the window has
    stretches of `BEAT`, else one item every two months would speak for all of it.
    """
    near = {
        other
        for day in set(heard)
        for other in days_between(max(opens, shifted(day, -BEAT)), min(last, shifted(day, BEAT)))
    }
    days = (last - opens).days + 1
    return min(float(len(near)), days * len(heard) / max(1, days // BEAT.days))


def _rhythm(counts: Mapping[date, int]) -> tuple[int, Rhythm]:
    """The ordinal of an archive's first day, and its days from that one on."""
    begin = min(counts).toordinal()
    daily = [0] * (max(counts).toordinal() - begin + 1)
    for day, items in counts.items():
        daily[day.toordinal() - begin] += items
    return begin, Rhythm(daily)


def _audible(criterion: Criterion, alike: Sequence[str]) -> tuple[bool, str]:
    if criterion.audible is not None:
        return criterion.audible, f"the analyst says {'yes' if criterion.audible else 'no'}"
    if len(alike) < ENOUGH_ALIKE:
        carried = counted(len(alike), "report")
        return False, f"the same feeds carried {carried} of such events elsewhere, {ENOUGH_ALIKE} are needed"
    if len(set(alike)) < ALIKE_ORIGINS:
        return False, f"all reports of such events elsewhere come from {alike[0]}, {ALIKE_ORIGINS} origins are needed"
    return True, f"the same feeds carried {ENOUGH_ALIKE} or more reports of such events elsewhere"


def _gaps(watched: Sequence[date], opens: date, last: date) -> Iterator[Window]:
    """The stretches between the watched days, in their order."""
    begin = opens
    for day in watched:
        if begin < day:
            yield Window(begin, day - timedelta(days=1))
        begin = shifted(day, timedelta(days=1))
    if begin <= last and (not watched or watched[-1] < last):
        yield Window(begin, last)


def _begin(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _end(day: date, zone: tzinfo) -> datetime:
    # The last moment of the day itself: what is known of it ends there, and not with the next day's first.
    return datetime.combine(day, time.max, zone)
