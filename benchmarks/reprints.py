"""How well are reprints told from separate reports? Against 200 pairs of items that a person read and labelled.

    python benchmarks/reprints.py [--stream NEWS]      the figures, for the pairs held out and for those of tuning
    python benchmarks/reprints.py --show               the pairs with their texts, labels and decisions, to read
    python benchmarks/reprints.py --draw > PAIRS       pairs to label (minutes)

The stream is a public collection of RSS items of 2023 (BBC, Guardian, Al Jazeera, NYT, WSJ, Bloomberg, RT, Moscow Times
and others): JSON lines with `title`, `description`, `feed`, `link` and `date_published`, gzipped, each link once
(default: ../shared/data/news-2023.jsonl.gz).

Pairs (benchmarks/reprints.tsv) are items at most three days apart. Their similarity is the share of their word stems
that both have, rare stems weighing more (the Jaccard coefficient with weights log(items / items with the stem)), of the
titles or of titles and summaries, whichever is larger. As many pairs are drawn from each bucket of similarity, half of
them by one publisher, so that the figures for all pairs of the stream are the weighted ones: a drawn item is compared
with all later ones, so that the draw also tells how many pairs each bucket has. Of each bucket, every other pair is for
tuning. Reprints are rare in such a draw; the part `joined` is another one, from the pairs that tracker joined before or
after the last tuning (in months that were not read for it), of which it tells the precision.

A pair is labelled by its titles and summaries: `reprint` (one report carried twice, or an update of the same text),
`same event` (told separately), or `different`. A note tells that the call was close. Precision is the share of the
pairs joined that are reprints, recall the share of reprints that are joined; intervals are 95% Wilson intervals, of
weighted shares with Kish's effective number of pairs. Below the lowest bucket nothing was read. A publisher that
repeats itself is one origin all the same; what is joined or missed between publishers is what can change a verdict.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from math import fsum, log
from pathlib import Path

from news import NEWS

from tracker.copies import clusters
from tracker.feeds.clean import plain_text
from tracker.feeds.identity import item_key, publisher
from tracker.model import Item
from tracker.score import wilson
from tracker.text import stem, surfaces

PAIRS = Path(__file__).with_suffix(".tsv")
LOWER_BOUNDS = (0.2, 0.35, 0.5, 0.65, 0.8)
EACH = 20
APART = timedelta(days=3)
DRAWN_ITEMS = 20_000
SEED = 2023
PARTS = ("held out", "joined", "tune")
COLUMNS = ("part", "bucket", "publishers", "label", "one", "other", "note")
LABELS = ("reprint", "same event", "different")

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items by their links, what a person says of them, and the pairs of the stream that they stand for."""

    part: str
    cell: Cell
    label: str
    one: str
    other: str
    note: str


def read_stream(path: Path) -> list[Item]:
    """The items by time, with their texts as the feeds have them.

    What an address has for counting readers makes no new item, as in any workspace.
    """
    items: dict[str, Item] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            published = datetime.fromisoformat(row["date_published"])
            source = publisher(row["link"], "", row["feed"])
            key = item_key("", row["link"], row["title"] or "", row["date_published"], source)
            item = Item(
                key=key,
                feed=row["feed"],
                source=source,
                title=row["title"] or "",
                summary=row["description"] or "",
                link=row["link"],
                language="en",
                published=published,
                first_seen=published,
                day=published.date(),
            )
            items.setdefault(key, item)
    return sorted(items.values(), key=lambda item: (item.first_seen, item.key))


def read_pairs(path: Path) -> tuple[dict[Cell, int], list[Pair]]:
    """How many pairs the stream has in each cell (bucket, publishers), and the labelled ones."""
    population: dict[Cell, int] = {}
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t"):
            if row[0].startswith("#"):
                population[row[0].removeprefix("# "), row[1]] = int(row[2])
            elif tuple(row) != COLUMNS:
                part, bucket, publishers, label, one, other, note = row
                if label not in LABELS:
                    raise SystemExit(f"{path}: {label!r} is no label, for {one} and {other}")
                found.append(Pair(part, (bucket, publishers), label, one, other, note))
    return population, found


class Similarity:
    """Compares items by their word stems, rare ones weighing more."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._titles = [_stems(item.title) for item in items]
        self._texts = [title | _stems(item.summary) for title, item in zip(self._titles, items, strict=True)]
        frequency = Counter(word for text in self._texts for word in text)
        self._weights = {word: log(len(items) / count) for word, count in frequency.items()}
        self._title_sums, self._text_sums = ([*map(self._sum, sets)] for sets in (self._titles, self._texts))

    def __call__(self, one: int, other: int) -> float:
        """The larger share of stems that both titles, or both texts, have: in [0, 1]."""
        return max(
            self._share(self._titles[one] & self._titles[other], self._title_sums[one] + self._title_sums[other]),
            self._share(self._texts[one] & self._texts[other], self._text_sums[one] + self._text_sums[other]),
        )

    def _share(self, common: frozenset[str], both: float) -> float:
        shared = self._sum(common)
        return shared / (both - shared) if shared else 0.0

    def _sum(self, words: frozenset[str]) -> float:
        return fsum(map(self._weights.__getitem__, words))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(sys.intern(surface)) for surface in surfaces(text))


def draw(items: Sequence[Item]) -> None:
    """Print pairs to label, with the estimated number of pairs in each cell."""
    chance = random.Random(SEED)
    similarity = Similarity(items)
    cells: defaultdict[Cell, list[tuple[Item, Item]]] = defaultdict(list)
    for number in chance.sample(range(len(items)), DRAWN_ITEMS):
        one = items[number]
        for later in range(number + 1, len(items)):
            other = items[later]
            if other.day - one.day > APART:
                break
            bucket = bucket_of(similarity(number, later))
            if bucket:
                cells[bucket, "same" if one.source == other.source else "different"].append((one, other))
    table = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    for cell, pairs in sorted(cells.items()):
        table.writerow((f"# {cell[0]}", cell[1], round(len(pairs) * len(items) / DRAWN_ITEMS)))
    table.writerow(COLUMNS)
    for (bucket, publishers), pairs in sorted(cells.items()):
        for index, (one, other) in enumerate(chance.sample(pairs, min(EACH, len(pairs)))):
            part = "tune" if index % 2 else "held out"
            table.writerow((part, bucket, publishers, "", one.link, other.link, ""))


def bucket_of(similarity: float) -> str:
    """The bucket of a similarity; empty below the lowest."""
    bounds = (*LOWER_BOUNDS, 1.0)
    buckets = reversed([*pairwise(bounds)])
    return next((f"{low}-{high}" for low, high in buckets if similarity >= low), "")


def parsed(item: Item) -> Item:
    """An item with its texts as the parser of feeds hands them on."""
    return replace(item, title=plain_text(item.title, limit=1_000), summary=plain_text(item.summary, limit=10_000))


def joined(one: Item, other: Item) -> bool:
    """Whether tracker takes two items for one report."""
    return len(clusters([one, other])) == 1


def share(right: float, of: float, size: float) -> str:
    """A share with its Wilson interval, in per cent; `size` is the effective number of pairs."""
    if not of:
        return "-"
    low, high = wilson(right / of * size, size)
    return f"{right / of:.0%} ({low:.0%}-{high:.0%})"


def weighted_share(weights: Iterable[tuple[float, bool]]) -> str:
    """The share of those that are true, each with its weight."""
    given = list(weights)
    whole = sum(weight for weight, _ in given)
    size = whole * whole / sum(weight * weight for weight, _ in given) if given else 0.0
    return share(sum(weight for weight, true in given if true), whole, size)


def report(pairs: Sequence[Pair], population: Mapping[Cell, int], decided: Mapping[Pair, bool]) -> None:
    """Print precision and recall of one part of the pairs, for each cell and weighted to the stream."""
    population = {cell: size for cell, size in population.items() if any(pair.cell == cell for pair in pairs)}
    titles = ("similarity", "publishers", "in stream", "read", "reprints", "joined", "precision", "recall")
    print(" | ".join(titles))
    for cell, size in population.items():
        inside = [pair for pair in pairs if pair.cell == cell]
        is_reprint = [pair for pair in inside if pair.label == "reprint"]
        are_joined = [pair for pair in inside if decided[pair]]
        both = sum(decided[pair] for pair in is_reprint)
        precision, recall = (share(both, len(some), len(some)) for some in (are_joined, is_reprint))
        row = (*cell, f"{size:,}", len(inside), len(is_reprint), len(are_joined), precision, recall)
        print(" | ".join(map(str, row)))
    weight = {cell: size / sum(pair.cell == cell for pair in pairs) for cell, size in population.items()}
    for publishers in ("different", "same", ""):
        some = [pair for pair in pairs if publishers in ("", pair.cell[1])]
        precision = weighted_share((weight[pair.cell], pair.label == "reprint") for pair in some if decided[pair])
        recall = weighted_share((weight[pair.cell], decided[pair]) for pair in some if pair.label == "reprint")
        print(f"all, weighted | {publishers or 'all'} | precision {precision} | recall {recall}")
    print()


def report_share(items: Sequence[Item]) -> None:
    """Print how many items of the stream are reprints, by whether a publisher repeats itself or another."""
    started = time.perf_counter()
    found = clusters(items)
    seconds = time.perf_counter() - started
    repeated = [item.source == cluster[0].source for cluster in found for item in cluster[1:]]
    own, others = repeated.count(True), repeated.count(False)
    print(f"{len(items):,} items: {own + others:,} reprints ({(own + others) / len(items):.1%}):")
    for count, whose in ((own, "the publisher's own"), (others, "another publisher's")):
        print(f"  {count:,} of {whose} ({count / len(items):.1%})")
    print(f"  {seconds:.0f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most")


def main() -> None:
    """Print the figures, or what --show or --draw asks for."""
    options = argparse.ArgumentParser(description="How well are reprints told from separate reports?")
    options.add_argument("--stream", type=Path, default=NEWS)
    options.add_argument("--show", action="store_true", help="print the pairs with their texts")
    options.add_argument("--draw", action="store_true", help="print pairs to label")
    given = options.parse_args()
    items = read_stream(given.stream)
    if given.draw:
        draw(items)
        return
    population, pairs = read_pairs(PAIRS)
    items = [parsed(item) for item in items]
    linked = {item.link: item for item in items}
    decided = {pair: joined(linked[pair.one], linked[pair.other]) for pair in pairs}
    if given.show:
        for pair in pairs:
            print(*pair.cell, pair.part, pair.label, "joined" if decided[pair] else "apart", pair.note, sep=" | ")
            for item in (linked[pair.one], linked[pair.other]):
                print(f"  {item.day} {item.source} | {item.title} | {item.summary}")
        return
    close = sum(bool(pair.note) for pair in pairs)
    print(f"{len(pairs)} pairs, {close / len(pairs):.0%} of them close calls\n")
    for part in PARTS:
        print(part)
        report([pair for pair in pairs if pair.part == part], population, decided)
    report_share(items)


if __name__ == "__main__":
    main()
