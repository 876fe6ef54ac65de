"""What does a source of history take, and what does it give?

A source is asked for the days that are wanted and hands over one document of the past after the other. It asks its
server through `Ask`, one request at a time, and reads no clock. What goes wrong is a FeedError, which ends the
source: what it had found by then was handed over before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote_plus

from tracker.errors import FeedError
from tracker.model import Item, Subscription

if TYPE_CHECKING:
    from tracker.feeds.answer import Answer
    from tracker.history.search_words import SearchWords

Ask = Callable[[str], "Answer"]
"""Asks a web address for its document: body (unpacked), final address and content type; FeedError when it has none."""

Stretch = tuple[datetime, datetime]
"""A stretch of time, from the first moment to the last (aware)."""

MOST_REQUESTS = 200
# No date before is believed either (`feeds/dates.py`).
_EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The days that history is wanted of, both included, counted in `zone`; `now` (aware) is when it is read."""

    since: date
    until: date
    zone: tzinfo
    now: datetime

    @property
    def first(self) -> date:
        """The first day on which there can be any news to be had."""
        return max(self.since, _EARLIEST)

    @property
    def last(self) -> date:
        """The last day that has begun."""
        return min(self.until, self.now.astimezone(self.zone).date())

    @property
    def stretch(self) -> Stretch:
        """From the first moment of the first day to the last of the last, in UTC, and never beyond `now`."""
        ends = min(_midnight(self.last + timedelta(days=1), self.zone), self.now.astimezone(UTC))
        return min(_midnight(self.first, self.zone), ends), ends

    def of(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """The items that count for a wanted day."""
        return tuple(item for item in items if self.since <= item.day <= self.until)

    def within(self, since: datetime | None, until: datetime | None) -> Stretch | None:
        """The part of a stretch that is wanted; None when there is none, or when an end is not known."""
        if since is None or until is None:
            return None
        since, until = max(since, self.stretch[0]), min(until, self.stretch[1])
        return (since, until) if since < until else None


@dataclass(frozen=True, slots=True)
class Page:
    """One document of the past.

    `feed` is the address under which its items are kept. `proves` is a stretch of time in which nothing that the feed
    carried can have slipped through, None when it proves nothing of the kind. `note` is a line for the user, such as
    what could not be read; mostly empty. `names` are further names of items, as in `Poll`.
    """

    feed: str
    title: str
    items: tuple[Item, ...]
    proves: Stretch | None = None
    note: str = ""
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class FeedHistory(Protocol):
    """What can be had of the past of one subscribed feed."""

    @property
    def name(self) -> str:
        """What the source is called in messages."""
        ...

    @property
    def pause(self) -> float:
        """The least time between two requests, in seconds."""
        ...

    def pages(self, subscription: Subscription, wanted: Wanted, ask: Ask) -> Iterator[Page]:
        """Documents of the feed's past; none where the source has nothing. FeedError ends it."""
        ...


class SearchHistory(Protocol):
    """What a search engine knows of some words."""

    @property
    def name(self) -> str:
        """What the source is called in messages."""
        ...

    @property
    def pause(self) -> float:
        """The least time between two requests, in seconds."""
        ...

    def pages(self, words: SearchWords, wanted: Wanted, ask: Ask) -> Iterator[Page]:
        """What the engine finds on the wanted days. FeedError ends it."""
        ...


def limited(ask: Ask, most: int, *, mend: str) -> Ask:
    """`ask` for so many requests; FeedError with `mend` at the next one."""
    left = most

    def ask_while_allowed(address: str) -> Answer:
        nonlocal left
        if left <= 0:
            raise FeedError(f"stopped after {most} requests", mend=mend)
        left -= 1
        return ask(address)

    return ask_while_allowed


def query_string(**parameters: str) -> str:
    """The parameters as the query of an address, in their order.

    >>> query_string(q='(Baku OR "east bank")', hl="en-US")
    'q=%28Baku+OR+%22east+bank%22%29&hl=en-US'
    """
    return "&".join(f"{name}={quote_plus(value)}" for name, value in parameters.items())


def is_missing(error: FeedError) -> bool:
    """Whether a server said that there is no such page (404, 410): the end of many a row of pages, and no fault."""
    return error.what.startswith(("HTTP 404", "HTTP 410"))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
