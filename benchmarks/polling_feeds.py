"""Which feeds does the local server publish? Documents made from news, the same for the same news and number.

Four in five are RSS 2.0, the others Atom, with 30 to 50 entries each, an hour or two apart, the newest on top. No two
entries share a guid or link, which lie on the publisher's own host, as they do in most feeds. A tenth of the feeds have
a second state, with 1 to 10 entries more on top and as many of the oldest gone.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import cycle, islice
from pathlib import Path
from xml.sax.saxutils import escape

# Fixed, so that the documents are the same whenever they are made.
_NEWEST = datetime(2026, 11, 1, 12, tzinfo=UTC)
_WORDS = (
    "about after again agreement airport ambassador announced army bank border budget cabinet capital ceasefire city",
    "coalition company congress council country court crisis debt defence delegation deputy drone economy election",
    "embassy energy exports factory government harbour health inflation inquiry investors islands judge leader market",
    "minister mission months navy northern officials opposition parliament peace pipeline police port president price",
    "prison province rates reactor rebels region report river sanctions senate southern strike summit talks tariffs",
    "treaty troops union visit vote week winter workers",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article."""

    title: str
    summary: str
    link: str
    guid: str
    published: datetime


@dataclass(frozen=True, slots=True)
class State:
    """A feed at some time: its document, and when it was last written."""

    document: bytes
    written: datetime
    entries: int


def made_feeds(news: Path | None, count: int) -> Iterator[tuple[State, State | None, int]]:
    """So many feeds, as they are at first, as they become (None: they stay), and how many entries that brings."""
    draw = random.Random(500)
    texts = cycle(_read_texts(news) if news else _made_texts())
    for number in range(count):
        size = draw.randint(30, 50)
        # One in ten, of every kind: 0, 11, 22 and so on.
        new = draw.randint(1, 10) if number % 10 == number // 10 % 10 else 0
        entries = _entries(number, list(islice(texts, size + new)))
        first = _state(number, entries[new:])
        yield first, _state(number, entries[:size]) if new else None, new


def _read_texts(news: Path) -> Iterator[tuple[str, str]]:
    """Titles and summaries of a file of JSON lines, gzipped."""
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["title"]:
                yield row["title"], row["description"] or ""


def _made_texts() -> Iterator[tuple[str, str]]:
    """Sentences of about the length of headlines and summaries."""
    draw = random.Random(30)
    words = " ".join(_WORDS).split()
    for _ in range(50_000):
        title, *sentences = (" ".join(draw.choices(words, k=draw.randint(7, 14))).capitalize() for _ in range(4))
        yield title, " ".join(f"{sentence}." for sentence in sentences)


def _entries(number: int, texts: list[tuple[str, str]]) -> list[Entry]:
    """Entries from the newest to the oldest."""
    home, found = _home(number), []
    for place, (title, summary) in enumerate(texts):
        serial = len(texts) - place
        slug = "-".join(re.findall(r"[a-z]+", title.lower())[:6])
        published = _NEWEST - timedelta(minutes=90 * place + number % 60)
        link = f"{home}/{published:%Y/%m/%d}/{slug}-{serial}"
        found.append(Entry(title, summary, link, f"{home}/?p={1000 + serial}", published))
    return found


def _home(number: int) -> str:
    return f"https://www.house-{number}.example"


def _state(number: int, entries: list[Entry]) -> State:
    text = _atom(number, entries) if number % 5 == 4 else _rss(number, entries)
    return State(text.encode(), entries[0].published, len(entries))


def _rss(number: int, entries: list[Entry]) -> str:
    items = "".join(
        f"""
    <item>
      <title>{escape(entry.title)}</title>
      <link>{escape(entry.link)}</link>
      <guid isPermaLink="false">{escape(entry.guid)}</guid>
      <pubDate>{format_datetime(entry.published)}</pubDate>
      <dc:creator><![CDATA[House {number}]]></dc:creator>
      <category><![CDATA[World]]></category>
      <description><![CDATA[<p>{_in_cdata(entry.summary)}</p> <a href="{entry.link}">Continue</a>]]></description>
      <media:thumbnail width="240" height="135" url="{_home(number)}/images/{entry.published:%Y%m%d%H%M}.jpg"/>
    </item>"""
        for entry in entries
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
  <channel>
    <title>House {number}</title>
    <link>{_home(number)}/</link>
    <description>The news of house {number}</description>
    <language>en-gb</language>
    <lastBuildDate>{format_datetime(entries[0].published)}</lastBuildDate>{items}
  </channel>
</rss>
"""


def _atom(number: int, entries: list[Entry]) -> str:
    found = "".join(
        f"""
  <entry>
    <title>{escape(entry.title)}</title>
    <link rel="alternate" type="text/html" href="{escape(entry.link)}"/>
    <id>{escape(entry.guid)}</id>
    <published>{entry.published.isoformat()}</published>
    <updated>{entry.published.isoformat()}</updated>
    <author><name>House {number}</name></author>
    <summary type="html">{escape(f"<p>{escape(entry.summary)}</p>")}</summary>
  </entry>"""
        for entry in entries
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title>House {number}</title>
  <link rel="alternate" href="{_home(number)}/"/>
  <id>{_home(number)}/</id>
  <updated>{entries[0].published.isoformat()}</updated>{found}
</feed>
"""


def _in_cdata(text: str) -> str:
    return escape(text).replace("]]>", "]]&gt;")
