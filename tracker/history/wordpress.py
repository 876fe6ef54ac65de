"""What do the older pages of a WordPress feed hold?

WordPress answers `?paged=N` at any feed's address with its Nth page of posts, ten to a page unless set otherwise, and
with 404 past the last one (WP::handle_404: a page without posts is not found). It names itself as generator; where
that was taken out, a feed is known by giving older items at `?paged=2`. The pages are slices of one list by date. A
post that comes in between two requests moves the rest down by one, so that a page begins with what the one before
ended with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import parse_qsl, urlencode, urlsplit

from tracker.errors import FeedError
from tracker.feeds.clean import is_web_address
from tracker.feeds.encoding import decode
from tracker.feeds.parse import ParsedFeed
from tracker.history.chain import chained, newest, read_feed
from tracker.history.source import MOST_REQUESTS, Ask, Page, Wanted, is_missing, limited
from tracker.model import Subscription

_GENERATOR = re.compile(r"<generator\b[^<>]*>[^<]*wordpress", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WordPress:
    """The pages of a WordPress feed behind the one that is polled."""

    name: str = "WordPress's older pages"
    pause: float = 1.0
    most_requests: int = MOST_REQUESTS

    def pages(self, subscription: Subscription, wanted: Wanted, ask: Ask) -> Iterator[Page]:
        """The feed's pages, the newest first, until one is older than what is wanted; none where it has no pages.

        FeedError where a page cannot be had or read.
        """
        if not is_web_address(subscription.address):
            return
        ask = limited(ask, self.most_requests, mend="ask for fewer days with --since")
        answer = ask(subscription.address)
        first = read_feed(answer, subscription, wanted)
        try:
            second = read_feed(ask(paged(subscription.address, 2)), subscription, wanted)
        except FeedError as error:
            if _is_wordpress(answer.body) and not is_missing(error):
                raise
            return
        if _is_older(second, first):
            yield from chained(_pages(first, second, subscription, wanted, ask), subscription, wanted)


def paged(address: str, number: int) -> str:
    """The address of a feed's page by its number.

    >>> paged("https://a.example/feed/?cat=3&paged=1", 2), paged("https://a.example/feed/", 2)
    ('https://a.example/feed/?cat=3&paged=2', 'https://a.example/feed/?paged=2')
    """
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "paged"]
    return parts._replace(query=urlencode([*query, ("paged", str(number))]), fragment="").geturl()


def _is_wordpress(body: bytes) -> bool:
    """Whether WordPress says that it made the document: `<generator>https://wordpress.org/?v=6.5</generator>`."""
    return _GENERATOR.search(decode(body)) is not None


def _is_older(page: ParsedFeed, before: ParsedFeed) -> bool:
    """Whether a page goes on where the one before stops: with items that it had not, none newer than its newest."""
    if {item.key for item in page.items} <= {item.key for item in before.items}:
        return False
    latest, latest_before = newest(page), newest(before)
    return latest is not None and latest_before is not None and latest <= latest_before


def _pages(
    first: ParsedFeed, second: ParsedFeed, subscription: Subscription, wanted: Wanted, ask: Ask
) -> Iterator[ParsedFeed]:
    yield first
    yield second
    seen = {item.key for page in (first, second) for item in page.items}
    for number in count(3):
        try:
            page = read_feed(ask(paged(subscription.address, number)), subscription, wanted)
        except FeedError as error:
            if is_missing(error):
                return
            raise
        here = {item.key for item in page.items}
        if here <= seen:
            return  # some servers repeat the last page
        yield page
        seen |= here
