"""What does the feed hold that a search engine makes of a search?"""

from __future__ import annotations

from tracker.feeds.answer import Answer
from tracker.feeds.parse import ParsedFeed, parse_feed
from tracker.history.search_words import SearchWords
from tracker.history.source import Wanted


def read_search_feed(answer: Answer, feed: str, words: SearchWords, wanted: Wanted) -> ParsedFeed:
    """The items found, kept under the address `feed`, without those of no date; FeedError when it is no feed."""
    return parse_feed(
        answer.body,
        address=feed,
        now=wanted.now,
        zone=wanted.zone,
        content_type=answer.content_type,
        base=answer.final_address,
        language=words.language,
        archive=True,
    )
