"""The news that benchmarks replay: JSON lines of RSS items, gzipped, each as the item that a feed would have brought.

A line has `title`, `description`, `feed`, `link` and `date_published`. The default is a public collection of RSS items
of 2023 (BBC, Guardian, Al Jazeera, NYT, WSJ, Bloomberg, RT, Moscow Times and others), in order of publication.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from tracker.feeds.clean import plain_text
from tracker.feeds.identity import publisher
from tracker.model import Item

SHARED = Path(__file__).parents[2] / "shared" / "data"
NEWS = SHARED / "news-2023.jsonl.gz"
_LONGEST = 4_000


def read_news(path: Path) -> Iterator[Item]:
    """The items of a news file, in its order. Their keys are the lines' numbers, from 1."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            row = json.loads(line)
            published = datetime.fromisoformat(row["date_published"])
            link = row["link"] or ""
            yield Item(
                key=str(number),
                feed=row["feed"],
                source=_publisher(link.split("/", 3)[2] if link.count("/") > 2 else "", row["feed"]),
                title=plain_text(row["title"] or "", limit=_LONGEST),
                summary=plain_text(row["description"] or "", limit=_LONGEST),
                link=link,
                language="en",
                published=published,
                first_seen=published,
                day=published.date(),
            )


@lru_cache(maxsize=1_000)
def _publisher(host: str, feed: str) -> str:
    return publisher(f"https://{host}/" if host else "", "", feed)
