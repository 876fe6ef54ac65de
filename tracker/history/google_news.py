"""What does Google News find, day by day?

Its search feed has no documentation by Google; what is known of it was found out by others. `after:` and `before:`
(the latter not included) take days, and an answer holds at most 100 items, whatever the days (newscatcherapi.com,
"Google News RSS search parameters"; kotartemiy/pygooglenews, issues 11 and 19; ranahaani/GNews, pull request 116), so
a full slice is halved. A range that spans years misses the older ones (pygooglenews, issue 13). `hl`, `gl` and `ceid`
choose the edition and must agree. Titles end with " - " and the publisher, whose address is in <source>; links lead
through Google; the description is the title again. Dates are not guaranteed to lie within what was asked, so each
item is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.feeds.clean import plain_text
from tracker.feeds.encoding import decode
from tracker.history.search_feed import read_search_feed
from tracker.history.search_words import SearchWords
from tracker.history.source import MOST_REQUESTS, Ask, Page, Wanted, limited, query_string
from tracker.model import Item

_EDITIONS = {
    "en": {"hl": "en-US", "gl": "US", "ceid": "US:en"},
    "ru": {"hl": "ru", "gl": "RU", "ceid": "RU:ru"},
}
_FULL = 100
_DAY = timedelta(days=1)
_SOURCE = re.compile(r"<source\b[^<>]*>([^<]*)</source>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GoogleNews:
    """The search feed of Google News. `slice_days` is how many days are asked for at first."""

    name: str = "Google News"
    pause: float = 2.0
    most_requests: int = MOST_REQUESTS
    slice_days: int = 28
    base: str = "https://news.google.com/rss/search"

    def pages(self, words: SearchWords, wanted: Wanted, ask: Ask) -> Iterator[Page]:
        """What is found for each slice of days, the newest first; FeedError where Google refuses (asks for consent)."""
        ask = limited(ask, self.most_requests, mend="ask for fewer days with --since")
        # Google's days are not ours: a day more on either side, and each item is checked.
        first, beyond = wanted.first - _DAY, wanted.last + 2 * _DAY
        waiting = []
        while first < beyond:
            waiting.append((first, min(first + timedelta(days=self.slice_days), beyond)))
            first = waiting[-1][1]
        while waiting:
            since, before = waiting.pop()
            page, found = self._slice(words, since, before, wanted, ask)
            days = (before - since).days
            if found >= _FULL and days > 1:
                middle = since + timedelta(days=days // 2)
                waiting += [(since, middle), (middle, before)]
            elif found >= _FULL:
                yield replace(page, note=f"{since}: as many results as one answer holds, so some are missing")
            else:
                yield page

    def _slice(self, words: SearchWords, since: date, before: date, wanted: Wanted, ask: Ask) -> tuple[Page, int]:
        """What is found from a day until before another, and how much Google gave for it."""
        feed = self._address(str(words), words.language)
        answer = ask(self._address(f"{words} after:{since} before:{before}", words.language))
        parsed = read_search_feed(answer, feed, words, wanted)
        publishers = _publishers(decode(answer.body, answer.content_type))
        items = (_without_publisher(item, publishers) for item in wanted.of(parsed.items))
        return Page(feed, f"{self.name}: {words}", tuple(items)), len(parsed.items)

    def _address(self, query: str, language: str) -> str:
        return f"{self.base}?{query_string(q=query, **_EDITIONS[language])}"


def _publishers(document: str) -> list[str]:
    """The publishers' names, the longest first."""
    names = {plain_text(name, limit=200) for name in _SOURCE.findall(document)}
    return sorted(names - {""}, key=len, reverse=True)


def _without_publisher(item: Item, publishers: list[str]) -> Item:
    """The item with its headline alone: "… - The Moscow Times" would be found as news of Moscow."""
    title = next(
        (item.title.removesuffix(f" - {name}") for name in publishers if item.title.endswith(f" - {name}")), ""
    )
    return replace(item, title=title or item.title, summary="")
