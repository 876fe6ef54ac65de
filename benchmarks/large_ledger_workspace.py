"""A large workspace to measure with: 10,000 forecasts in 1,250 files, and a store of 1,000,000 items.

The items are those of a news file (see news.py), again and again, each time moved into the past by the length of the
file and with one word of every title exchanged for one of another title. The forecasts are about them: each is made of
the words of a headline, as in matching.py, and its window lies around the headline's day, or is still open. Items go
into the store the way backfilled files do, and the verdicts are those of `tracker check`. The same each time.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from news import read_news

from tracker.ledger.layout import Value, article_block, block
from tracker.model import Article, Item, Poll
from tracker.store import open_store

LENGTH = timedelta(days=327)
"""From the first item of the news file to the last, and so from one copy to the next."""
FORECASTS_A_FILE = 8
_PAGE = 2_000
_SURNAMES: tuple[str, ...] = ("Abbott", "Brandt", "Castillo", "Dufour", "Eriksen", "Farkas")
_SURNAMES += ("Greco", "Haddad", "Ivanova", "Jansen", "Kowalska", "Lindqvist")
_GIVEN_NAMES = ("Ada", "Bruno", "Clara", "Dmitri")
_TAGS = ("economy", "war", "elections", "climate", "health", "courts", "sport", "technology")
_LIKELIHOODS = ("will", "very likely", "likely", "probable", "unlikely", "20%", "35%", "60%", "75%", "90%")
_READINGS = ("yes", "no", "")


@dataclass(frozen=True)
class Size:
    """How large the workspace is."""

    forecasts: int = 10_000
    items: int = 1_000_000


def make(folder: Path, news: Path, size: Size) -> None:
    """Make the workspace, unless it is there already."""
    done = folder / "made.json"
    if done.exists():
        if json.loads(done.read_text()) != {"forecasts": size.forecasts, "items": size.items}:
            raise SystemExit(f"{folder} holds a workspace of another size: name another folder")
        return
    for name in ("forecasts", "seeds", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    items = list(read_news(news))
    write_forecasts(folder, items, size)
    _told("forecasts written", started)
    with open_store(f"sqlite:///{folder}/data/tracker.sqlite") as store:
        for page in pages(items, size.items):
            store.save_past(Poll(page[0].feed, page[-1].first_seen, items=tuple(page), archive=True))
        _told("items stored", started)
        store.index()
    _told("items indexed", started)
    done.write_text(json.dumps({"forecasts": size.forecasts, "items": size.items}))


def _told(what: str, started: float) -> None:
    print(f"{what} after {time.perf_counter() - started:.0f} s", file=sys.stderr)


def pages(items: Sequence[Item], count: int) -> Iterator[list[Item]]:
    """The items of the store by feed, some thousands at a time, the oldest first."""
    waiting: defaultdict[str, list[Item]] = defaultdict(list)
    for item in copies(items, count):
        page = waiting[item.feed]
        page.append(item)
        if len(page) == _PAGE:
            yield page
            waiting[item.feed] = []
    yield from filter(None, waiting.values())


def copies(items: Sequence[Item], count: int) -> Iterator[Item]:
    """As many items as are asked for: the news file's own at the end, copies moved into the past before them."""
    whole, part = divmod(count, len(items))
    for copy in range(whole, -1, -1):
        draw = random.Random(copy)
        for item in items[:part] if copy == whole else items:
            yield moved(item, copy, draw.choice(items).title) if copy else item


def moved(item: Item, copy: int, other_title: str) -> Item:
    """An item as many lengths of the news file earlier, with a word of another title in its own."""
    moment = item.first_seen - copy * LENGTH
    words, others = item.title.split(), other_title.split()
    if words and others:
        words[len(words) // 2] = others[len(others) // 2]
    return replace(
        item,
        key=f"{copy}-{item.key}",
        title=" ".join(words),
        link=f"{item.link}?copy={copy}",
        published=moment,
        first_seen=moment,
        day=moment.date(),
    )


def write_forecasts(folder: Path, items: Sequence[Item], size: Size) -> None:
    """Write the files of forecasts, with their articles' texts, and what people decided on some of them."""
    draw = random.Random(5)
    copies_there = size.items // len(items)
    decisions = []
    for start in range(0, size.forecasts, FORECASTS_A_FILE):
        article = f"article-{start // FORECASTS_A_FILE:04}"
        copy = draw.randint(0, copies_there)
        there = items if copy < copies_there else items[: size.items % len(items)]
        about = [_about(there or items, draw) for _ in range(min(FORECASTS_A_FILE, size.forecasts - start))]
        days = sorted(item.day - copy * LENGTH for item, *_ in about)
        published = days[0] - timedelta(days=draw.randint(1, 60))
        quotes = [f"It is about “{item.title}”, and I expect more of it." for item, *_ in about]
        (folder / "seeds" / f"{article}.txt").write_text("\n\n".join(quotes), encoding="utf-8")
        lines = [article_block(Article(f"Panel {article[-4:]}", published, text=f"seeds/{article}.txt")) + "forecasts:"]
        for number, ((item, topic, event), quote) in enumerate(zip(about, quotes, strict=True), start):
            fields = _fields(number, quote, topic, event, item.day - copy * LENGTH, published, draw)
            if draw.random() < 0.05:
                _, other_topic, other_event = _about(items, draw)
                fields["if"] = {"claim": "That first.", "topic": other_topic, "event": other_event, "audible": "yes"}
            lines.append("  - " + block(fields, 4).lstrip())
            if number % 40 == 0:
                decisions.append(_decision(f"forecast-{number:05}", draw))
        (folder / "forecasts" / f"{article}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "data" / "decisions.jsonl").write_text("\n".join(decisions) + "\n", encoding="utf-8")


def _about(items: Sequence[Item], draw: random.Random) -> tuple[Item, str, str]:
    """An item with a topic and an event of its headline's words."""
    while True:
        item = draw.choice(items)
        words = [word.strip(".,:;’‘'\"“”!?()") for word in item.title.split()]
        names = [word for word in words[1:] if word.isalpha() and word[0].isupper() and len(word) > 3]
        others = [word for word in words if word.isalpha() and word.islower() and len(word) > 3]
        if len(names) < 2 or len(others) < 2:
            continue
        (first, second), (one, other) = draw.sample(names, 2), draw.sample(others, 2)
        kind = draw.random()
        topic = first if kind < 0.1 else f"{first} AND {second}" if kind < 0.8 else f"{first} OR {second}"
        event = f"{one} NEAR/8 {other}" if draw.random() < 0.5 else f'{one[:5]}* OR "{one} {other}"'
        return item, topic, event


def _fields(
    number: int, quote: str, topic: str, event: str, day: date, published: date, draw: random.Random
) -> dict[str, Value]:
    kind = draw.random()
    closes = day + timedelta(days=draw.randint(3, 120)) if kind < 0.9 else date(2099, 12, 31)
    opens = published if kind < 0.6 else day + timedelta(days=2)
    fields: dict[str, Value] = {
        "id": f"forecast-{number:05}",
        "forecaster": f"{draw.choice(_GIVEN_NAMES)} {draw.choice(_SURNAMES)}",
        "quote": quote,
        "claim": f"There is more of it: {event}.",
        "likelihood": draw.choice(_LIKELIHOODS),
        "window": f"{min(opens, closes)}/{closes}",
        "expects": "happens" if draw.random() < 0.7 else "does not happen",
        "topic": topic,
        "event": event,
        "sources": draw.choice((1, 1, 2)),
        "audible": draw.choice(_READINGS),
        "counts": "Any report of it by a house of its own.",
        "tags": draw.sample(_TAGS, 2),
    }
    return {name: value for name, value in fields.items() if value}


def _decision(forecast: str, draw: random.Random) -> str:
    status = draw.choice(("confirmed", "refuted", "void", "pending"))
    at = datetime(2025, 1, 1, tzinfo=UTC).isoformat()
    row = {"forecast": forecast, "status": status, "why": "read the reports", "by": "Mara Editor", "at": at}
    return json.dumps(row)
