"""What do documents of a feed prove that lead from the newest to the oldest, one to the next?

Each goes on where the one before stops, so that whatever the feed carried after the newest item of the next document
stands in those before it: a document proves the stretch from the next one's newest item to its own. The last one that
was read proves what lies before its newest item only where it lists its items in order, down to the oldest. Where a
document holds newer items than the one before, or items without a date, the order is not what we take it for, and
nothing is proved from there on.

Beyond the rule: a server that hands out a first page of today and a second one of yesterday, from a cache, leaves a
hole that shows nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tracker.errors import FeedError
from tracker.feeds.parse import MAX_ENTRIES, ParsedFeed, parse_feed
from tracker.history.source import Page, Wanted
from tracker.model import Subscription

if TYPE_CHECKING:
    from tracker.feeds.answer import Answer


def read_feed(
    answer: Answer, subscription: Subscription, wanted: Wanted, *, now: datetime | None = None, base: str = ""
) -> ParsedFeed:
    """A document of a subscribed feed; FeedError when it is none.

    It is read as of `now`, and its relative links start at `base`: unless told, when history is read, and where it lay.
    """
    return parse_feed(
        answer.body,
        address=subscription.address,
        now=now or wanted.now,
        zone=wanted.zone,
        content_type=answer.content_type,
        base=base or answer.final_address,
        language=subscription.language,
        dates_in=ZoneInfo(subscription.timezone) if subscription.timezone else None,
    )


def newest(document: ParsedFeed) -> datetime | None:
    """The date of a document's newest item; None when none has a date."""
    return max((item.published for item in document.items if item.published), default=None)


def chained(
    documents: Iterator[ParsedFeed], subscription: Subscription, wanted: Wanted, *, proving: bool = True
) -> Iterator[Page]:
    """A page for each document, up to the first that is older than what is wanted; FeedError after those before it.

    Items without a date are left out: in an archive they may be of any day. Unless `proving`, no page proves a thing.
    """
    before: ParsedFeed | None = None
    failure: FeedError | None = None
    while True:
        document = None
        try:
            document = next(documents, None)
        except FeedError as error:
            failure = error
        if before is not None:
            since = _listed_since(before) if document is None else newest(document)
            proving = proving and _goes_back(before, since)
            proves = wanted.within(since, newest(before)) if proving else None
            dated = (item for item in before.items if item.published)
            yield Page(subscription.address, before.title, wanted.of(dated), proves, names=before.names)
        if document is None:
            break
        latest = newest(document)
        if latest is not None and latest < wanted.stretch[0]:
            return
        before = document
    if failure is not None:
        raise failure


def _goes_back(document: ParsedFeed, since: datetime | None) -> bool:
    """Whether a document was read whole, all of its items have a date, and what comes next begins no later."""
    latest = newest(document)
    whole = len(document.items) < MAX_ENTRIES and all(item.published for item in document.items)
    return whole and latest is not None and since is not None and since <= latest


def _listed_since(document: ParsedFeed) -> datetime | None:
    """The oldest date of a document that lists its items by date, the newest or the oldest first; else None."""
    dates = [item.published for item in document.items if item.published]
    return min(dates, default=None) if sorted(dates) in (dates, dates[::-1]) else None
