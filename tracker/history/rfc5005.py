"""Which older documents does a feed itself link to?

RFC 5005, Feed Paging and Archiving, has two kinds. An *archived* feed (section 4) names the document before each with
a link `prev-archive`; its documents are kept for good, so that the whole feed can be put together again, and their
chain proves what was carried. A *paged* feed (section 3) leads on with `next`; its pages shift while they are read,
which is why the RFC calls paged feeds lossy, and they prove nothing. A *complete* feed (section 2) is one document,
in which what is no longer listed is no longer part of the feed: it has no past to ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.errors import FeedError
from tracker.feeds.clean import is_web_address, plain_text
from tracker.feeds.parse import ParsedFeed
from tracker.history.chain import chained, read_feed
from tracker.history.source import MOST_REQUESTS, Ask, Page, Wanted, limited
from tracker.model import Subscription


@dataclass(frozen=True, slots=True)
class LinkedArchive:
    """The documents that a feed links to, back from the one that is polled."""

    name: str = "the feed's own archive"
    pause: float = 1.0
    most_requests: int = MOST_REQUESTS

    def pages(self, subscription: Subscription, wanted: Wanted, ask: Ask) -> Iterator[Page]:
        """The feed's documents, the newest first, until one is older than what is wanted; none where it links to none.

        FeedError where a document cannot be had, or the chain leads back to where it was.
        """
        if not is_web_address(subscription.address):
            return
        ask = limited(ask, self.most_requests, mend="ask for fewer days with --since")
        answer = ask(subscription.address)
        first = read_feed(answer, subscription, wanted)
        relation = next((name for name in ("prev-archive", "next") if name in first.links), None)
        if relation is None or first.complete:
            return
        documents = _documents(first, {subscription.address, answer.final_address}, relation, subscription, wanted, ask)
        yield from chained(documents, subscription, wanted, proving=relation == "prev-archive")


def _documents(
    document: ParsedFeed, seen: set[str], relation: str, subscription: Subscription, wanted: Wanted, ask: Ask
) -> Iterator[ParsedFeed]:
    """A document and those behind it along the links of one relation; `seen` are the addresses that were read."""
    yield document
    keys = {item.key for item in document.items}
    while address := document.links.get(relation):
        if address in seen:
            raise FeedError(f"the archive leads back to a document that was read: {plain_text(address, limit=120)}")
        answer = ask(address)
        document = read_feed(answer, subscription, wanted)
        here = {item.key for item in document.items}
        if relation == "next" and here <= keys:
            return  # a server that takes no notice of the page's number has a next page for ever
        yield document
        seen |= {address, answer.final_address}
        keys |= here
