"""What does Bing News find?

`format=rss` makes a feed of a search; `mkt` and `cc` choose the edition, without which English words may find another
language's news. No way to ask for a span of days is documented, so that one answer is all there is: mostly the last
weeks. Links lead through bing.com/news/apiclick.aspx, which has the article's address as its parameter `url` beside
others that change with each request.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from tracker.feeds.clean import safe_link
from tracker.feeds.identity import item_key, publisher
from tracker.history.search_feed import read_search_feed
from tracker.history.search_words import SearchWords
from tracker.history.source import Ask, Page, Wanted, query_string
from tracker.model import Item

_EDITIONS = {"en": {"mkt": "en-US", "cc": "US"}, "ru": {"mkt": "ru-RU", "cc": "RU"}}


@dataclass(frozen=True, slots=True)
class BingNews:
    """The search feed of Bing News."""

    name: str = "Bing News"
    pause: float = 2.0
    base: str = "https://www.bing.com/news/search"

    def pages(self, words: SearchWords, wanted: Wanted, ask: Ask) -> Iterator[Page]:
        """What is found for the words, of the wanted days; FeedError where Bing answers with anything but a feed."""
        address = f"{self.base}?{query_string(q=str(words), format='rss', **_EDITIONS[words.language])}"
        answer = ask(address)
        parsed = read_search_feed(answer, address, words, wanted)
        items = tuple(_led_to_article(item) for item in wanted.of(parsed.items))
        yield Page(address, f"{self.name}: {words}", items)


def _led_to_article(item: Item) -> Item:
    """The item with its article's own address, publisher and key."""
    parts = urlsplit(item.link)
    article = ""
    if parts.path.endswith("/apiclick.aspx"):
        article = next((link for value in parse_qs(parts.query).get("url", ()) if (link := safe_link(value))), "")
    if not article:
        return item
    source = publisher(article, "", item.feed)
    return replace(item, link=article, source=source, key=item_key("", article, item.title, "", source))
