"""What did a feed show when the Internet Archive's Wayback Machine took its copies?

The index of copies (CDX server) is asked as internetarchive/wayback's wayback-cdx-server/README.md says: output=json
gives rows whose first names the fields; `collapse=digest` leaves out a copy that is the same as the one before. `id_`
after a copy's timestamp gives the bytes as they were taken. Copies may be asked for 24 times a minute by a client of
2026; who goes on after 429 is shut out for an hour (edgi-govdata-archiving/wayback, issues 137 and 153).

Each copy is a poll of the past. Nothing in it is dated later than the moment at which it was taken, and two copies in
a row prove the time between them by the very rule that holds for our own polls (`store/watching.py`). An item without
a date counts for the day of the first copy that shows it, if that copy overlaps the one before; else it may be years
old, and is left out, as it is for our own first poll.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tracker.errors import FeedError
from tracker.feeds.clean import is_web_address, plain_text, safe_link
from tracker.feeds.parse import ParsedFeed
from tracker.history.chain import read_feed
from tracker.history.source import MOST_REQUESTS, Ask, Page, Wanted, query_string
from tracker.model import Subscription
from tracker.store.watching import Shown, leaves, overlap

# A feed still shows on the next day what it carried on this one, and the copy before shows what was not new.
_AROUND = timedelta(days=1)
_TAKEN = re.compile(r"/web/(\d{14})")
_FIELDS = ("timestamp", "original")


@dataclass(frozen=True, slots=True)
class Copy:
    """A stored copy of a feed: when it was taken, and of which address."""

    taken: datetime
    original: str


@dataclass(frozen=True, slots=True)
class Wayback:
    """The Wayback Machine's copies of a feed."""

    name: str = "the Wayback Machine"
    pause: float = 2.5
    most_requests: int = MOST_REQUESTS
    most_a_day: int = 4
    base: str = "https://web.archive.org"

    def pages(self, subscription: Subscription, wanted: Wanted, ask: Ask) -> Iterator[Page]:
        """A page for each copy that is read, the oldest first; FeedError where the archive refuses one.

        A copy that is no feed (an error page that was served as one) is passed over, and told.
        """
        if not is_web_address(subscription.address):
            return
        stored = self._copies(subscription, wanted, ask)
        read = thinned(stored, most_a_day=self.most_a_day, most=self.most_requests - 1)
        notes = [f"{len(read)} of {len(stored)} copies are read"] if len(read) < len(stored) else []
        watch = _Watch()
        for copy in read:
            answer = ask(f"{self.base}/web/{copy.taken:%Y%m%d%H%M%S}id_/{copy.original}")
            taken = _taken(answer.final_address) or copy.taken
            if taken > wanted.now or (watch.last is not None and taken <= watch.last):
                continue  # led to a copy that was read already
            try:
                document = read_feed(answer, subscription, wanted, now=taken, base=copy.original)
            except FeedError as error:
                notes.append(f"the copy of {taken:%Y-%m-%d %H:%M} is left out: {error.what}")
                continue
            yield watch.see(document, taken, subscription, wanted, "; ".join(notes))
            notes = []
        if notes:
            yield Page(subscription.address, subscription.title, (), note="; ".join(notes))

    def _copies(self, subscription: Subscription, wanted: Wanted, ask: Ask) -> list[Copy]:
        """The copies taken on the wanted days and right before and after, the oldest first."""
        since, until = wanted.stretch
        asked = query_string(
            url=subscription.address,
            output="json",
            fl=",".join(_FIELDS),
            filter="statuscode:200",
            collapse="digest",
            **{"from": f"{since - _AROUND:%Y%m%d%H%M%S}", "to": f"{until + _AROUND:%Y%m%d%H%M%S}"},
        )
        return sorted(copies(ask(f"{self.base}/cdx/search/cdx?{asked}").body), key=lambda copy: copy.taken)


class _Watch:
    """The copies seen so far, as the store keeps the polls of a feed."""

    def __init__(self) -> None:
        self.last: datetime | None = None
        self._shown = Shown()
        self._known: set[str] = set()
        self._passed_over: set[str] = set()

    def see(self, document: ParsedFeed, taken: datetime, subscription: Subscription, wanted: Wanted, note: str) -> Page:
        """The page of the next copy, and what it proves with the one before."""
        now = {item.key: item for item in document.items}
        overlapping = overlap(self._shown, now)
        if not overlapping:
            self._passed_over |= {key for key in now.keys() - self._known if now[key].published is None}
        counting = [item for item in now.values() if item.published or item.key not in self._passed_over]
        proves = wanted.within(self.last, taken) if overlapping else None
        self._shown = leaves(self._shown, now, self._known, overlapping=overlapping)
        self._known |= now.keys()
        self.last = taken
        return Page(subscription.address, document.title, wanted.of(counting), proves, note, document.names)


def copies(body: bytes) -> Iterator[Copy]:
    """The copies that an answer of the index lists; FeedError when it is no such list.

    >>> [copy.original for copy in copies(b'[["timestamp","original"],["20250701120000","http://a.example/feed"]]')]
    ['http://a.example/feed']
    """
    try:
        rows = json.loads(body)
        names = rows[0] if rows else []
        columns = [names.index(name) for name in _FIELDS] if names else []
        found = [[str(row[column]) for column in columns] for row in rows[1:]]
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        said = plain_text(body[:500].decode("utf-8", "replace"), limit=80)
        raise FeedError(f"the index of copies cannot be read: it says {said!r}") from error
    for timestamp, original in found:
        taken, address = _moment(timestamp), safe_link(original)
        if taken and address:
            yield Copy(taken, address)


def thinned(stored: Sequence[Copy], *, most_a_day: int, most: int) -> list[Copy]:
    """At most so many copies a day (UTC) and so many in all: as many a day as there can be, its last one always."""
    by_day: dict[date, list[Copy]] = defaultdict(list)
    for copy in stored:
        by_day[copy.taken.date()].append(copy)
    for a_day in range(most_a_day, 0, -1):
        found = [copy for taken in by_day.values() for copy in _spread(taken, a_day)]
        if len(found) <= most:
            return found
    return _spread(found, most)


def _spread(stored: list[Copy], most: int) -> list[Copy]:
    """At most so many of the copies, evenly chosen, the last one always."""
    if len(stored) <= most:
        return stored
    return [stored[(number + 1) * len(stored) // most - 1] for number in range(most)]


def _taken(address: str) -> datetime | None:
    """When the copy was taken that an answer holds: who asks for a moment is led to the copy closest to it."""
    found = _TAKEN.search(address)
    return _moment(found[1]) if found else None


def _moment(timestamp: str) -> datetime | None:
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
