"""What did GDELT see, and when?

The DOC 2.0 API (blog.gdeltproject.org, "GDELT DOC 2.0 API Debuts!") searches the last three months of the world's
online news, in English, into which it translates all other languages; titles stay as they were.
`mode=artlist&format=json` gives url, title, seendate, domain and language of at most 250 articles, so a full slice of
time is halved. It asks for one request in 5 seconds. Its rules for queries are known by what it says of their breach,
in plain text under status 200: "Queries containing OR'd terms must be surrounded by ()", "Parentheses may only be
used around OR'd statements", "The specified phrase is too short", "Your query was too short or too long" (beyond some
250 characters), "Please limit requests to one every 5 seconds". Words with a hyphen are illegal.

`seendate` is when GDELT saw the article, soon after it was published, and the only date that it gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tracker.errors import FeedError
from tracker.feeds.clean import plain_text, safe_link
from tracker.feeds.identity import item_key, publisher
from tracker.history.search_words import SearchWords, either
from tracker.history.source import MOST_REQUESTS, Ask, Page, Wanted, limited, query_string
from tracker.model import Item

_LANGUAGES = {"English": "en", "Russian": "ru"}
_ANY_LANGUAGE = f"({' OR '.join(f'sourcelang:{name.lower()}' for name in _LANGUAGES)})"
_FULL = 250
_LONGEST_QUERY = 240
_SHORTEST_NAME = 4
_SHORTEST_SLICE = timedelta(hours=1)
_SLICE = timedelta(days=7)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Gdelt:
    """The article list of GDELT's DOC 2.0 API."""

    name: str = "GDELT"
    pause: float = 6.5
    most_requests: int = MOST_REQUESTS
    base: str = "https://api.gdeltproject.org/api/v2/doc/doc"

    def pages(self, words: SearchWords, wanted: Wanted, ask: Ask) -> Iterator[Page]:
        """What was seen in each slice of time, the newest first, for English words; FeedError where GDELT refuses.

        It refuses what lies too far back: what it has was handed over by then.
        """
        query = gdelt_query(words)
        if not query:
            return
        ask = limited(ask, self.most_requests, mend="ask for fewer days with --since")
        feed = f"{self.base}?{query_string(query=query, mode='artlist', format='json')}"
        begins, ends = wanted.stretch
        waiting = []
        while begins < ends:
            waiting.append((begins, min(begins + _SLICE, ends)))
            begins = waiting[-1][1]
        while waiting:
            since, until = waiting.pop()
            limits = {"startdatetime": f"{since:%Y%m%d%H%M%S}", "enddatetime": f"{until - _SECOND:%Y%m%d%H%M%S}"}
            answer = ask(f"{feed}&{query_string(maxrecords=str(_FULL), sort='datedesc', **limits)}")
            listed = articles(answer.body)
            full = len(listed) >= _FULL
            if full and until - since >= 2 * _SHORTEST_SLICE:
                middle = since + (until - since) / 2
                waiting += [(since, middle), (middle, until)]
                continue
            items = {item.key: item for article in listed if (item := _item(article, feed, wanted)) is not None}
            note = f"{since:%Y-%m-%d %H:%M}: as many results as one answer holds, so some are missing" if full else ""
            yield Page(feed, f"{self.name}: {words}", wanted.of(items.values()), note=note)


def gdelt_query(words: SearchWords) -> str:
    """The words as GDELT takes them, in any of our languages; empty where there are none that it would take.

    What is too short for GDELT is left out, and of the longest group the last names until the rest is short enough.

    >>> gdelt_query(SearchWords("en", (("EU", "tit-for-tat"), ("envoy", "ambassador"))))
    '"tit for tat" (envoy OR ambassador) (sourcelang:english OR sourcelang:russian)'
    """
    if words.language != "en":
        return ""
    spaced = [[name.replace("-", " ") for name in group] for group in words.groups]
    kept = [[name for name in group if len(name) >= _SHORTEST_NAME and name.isascii()] for group in spaced]
    # A group that loses all its names may not be asked for; one that loses some asks for the others.
    groups = [group for group in kept if group]
    while groups and len(_query(groups)) > _LONGEST_QUERY:
        longest = max(groups, key=lambda group: len(either(tuple(group))))
        if len(longest) > 1:
            longest.pop()
        else:
            groups.remove(longest)
    return _query(groups) if groups else ""


def _query(groups: list[list[str]]) -> str:
    return " ".join([*(either(tuple(group)) for group in groups), _ANY_LANGUAGE])


def articles(body: bytes) -> list[dict[str, Any]]:
    """The articles of an answer, `{}` being none; FeedError, in GDELT's own words, when it is no list of articles.

    >>> articles(b'{"articles": [{"title": "Envoy recalled"}]}')
    [{'title': 'Envoy recalled'}]
    """
    text = body.decode("utf-8", "replace")
    try:
        answer = json.loads(text, strict=False)  # titles hold control characters as they came
        listed = answer.get("articles", [])
        return [article for article in listed if isinstance(article, dict)]
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        if text.lstrip().startswith("{"):
            raise FeedError("the answer breaks off, or is no JSON") from error
        raise FeedError(f"GDELT says: {plain_text(text[:1000], limit=120) or 'nothing'}") from error


def _item(article: dict[str, Any], feed: str, wanted: Wanted) -> Item | None:
    """An article as an item; None without an address, a title or a readable date."""
    said = [value if isinstance(value := article.get(name), str) else "" for name in ("url", "title")]
    link, title = safe_link(said[0]), plain_text(said[1], limit=500)
    try:
        seen = datetime.strptime(str(article.get("seendate")), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    if not (link and title) or seen > wanted.now:
        return None
    source = publisher(link, "", feed)
    return Item(
        key=item_key("", link, title, "", source),
        feed=feed,
        source=source,
        title=title,
        summary="",
        link=link,
        language=_LANGUAGES.get(str(article.get("language")), ""),
        published=seen,
        first_seen=wanted.now,
        day=seen.astimezone(wanted.zone).date(),
    )
