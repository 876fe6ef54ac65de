"""How fast does an item meet all forecasts? Items per second against 10, 1,000 and 10,000 forecasts, on one core.

    python benchmarks/matching.py [NEWS] [--items 50000]

NEWS is a file of JSON lines with `title`, `description`, `feed`, `link` and `date_published`, gzipped (default:
../shared/data/news-2023.jsonl.gz, RSS items of 2023 from public feeds). The forecasts are drawn from the news itself,
so that they are about something: each takes two names from one headline as its topic and two other words of it, near
each other or in any of their forms, as its event. The naive matcher evaluates every query on every item; it is timed on
a part of the items and its answers must be the same.
"""

from __future__ import annotations

import argparse
import random
import time
from itertools import islice
from pathlib import Path
from typing import NoReturn

from news import NEWS, read_news

from tracker.errors import ConceptError
from tracker.match import Matcher, Queries
from tracker.model import Item
from tracker.query import Document, Program, parse

COUNTS = (10, 1_000, 10_000)


def no_concept(name: str) -> NoReturn:
    """The made forecasts use none."""
    raise ConceptError(f"there is no concept @{name}")


def made_forecasts(items: list[Item], count: int) -> dict[str, Queries]:
    """Forecasts whose topics and events are words of real headlines, the same for the same items."""
    draw = random.Random(7)
    found: dict[str, Queries] = {}
    while len(found) < count:
        words = [word.strip(".,:;’‘'\"“”!?()") for word in draw.choice(items).title.split()]
        names = [word for word in words[1:] if word.isalpha() and word[0].isupper() and len(word) > 3]
        others = [word for word in words if word.isalpha() and word.islower() and len(word) > 3]
        if len(names) < 2 or len(others) < 2:
            continue
        first, second = draw.sample(names, 2)
        one, other = draw.sample(others, 2)
        topic = f"{first} AND {second}" if draw.random() < 0.5 else f"{first} AND ({second} OR {other})"
        event = f"{one} NEAR/8 {other}" if draw.random() < 0.5 else f'{one[:5]}* OR "{one} {other}"'
        found[f"forecast-{len(found)}"] = Queries(parse(topic, no_concept), parse(event, no_concept), None)
    return found


def naive(forecasts: dict[str, Queries], items: list[Item]) -> tuple[set[tuple[str, str]], float]:
    """Every query on every item: the (forecast, item) pairs and the seconds."""
    program = Program()
    wholes = [(name, program.add(query)) for name, queries in forecasts.items() for _, query in queries.roles()]
    started = time.perf_counter()
    found: set[tuple[str, str]] = set()
    for item in items:
        reading = program.read(Document.of(item))
        found.update((name, item.key) for name, whole in wholes if reading.matches(whole) is not None)
    return found, time.perf_counter() - started


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description="Items per second against many forecasts.")
    options.add_argument("news", nargs="?", type=Path, default=NEWS)
    options.add_argument("--items", type=int, default=50_000)
    given = options.parse_args()
    items = list(islice(read_news(given.news), given.items))
    print(f"{len(items):,} items, one core\n")
    titles = ("forecasts", "compile s", "items/s", "to 10", "matches", "naive items/s", "ratio")
    print("".join(f"{title:>14}" for title in titles))
    first = 0.0
    for count in COUNTS:
        forecasts = made_forecasts(items, count)
        part = items[:: max(1, len(items) * count // 2_000_000)]
        started = time.perf_counter()
        matcher = Matcher(forecasts, items)
        compiled = time.perf_counter() - started
        started = time.perf_counter()
        found = {(matched.criterion, item.key) for item in items for matched in matcher.match(item)}
        speed = len(items) / (time.perf_counter() - started)
        first = first or speed
        same, seconds = naive(forecasts, part)
        keys = {item.key for item in part}
        if same != {pair for pair in found if pair[1] in keys}:
            raise SystemExit("the two matchers disagree")
        slow = len(part) / seconds
        row = (f"{count:,}", f"{compiled:.2f}", f"{speed:,.0f}", f"{first / speed:.2f}x", f"{len(found):,}")
        print("".join(f"{cell:>14}" for cell in (*row, f"{slow:,.0f}", f"{speed / slow:.0f}x")))


if __name__ == "__main__":
    main()
