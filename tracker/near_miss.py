"""Which items on the topic come close to the claim without matching the event? Shown for review, never counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log

from tracker.model import Item
from tracker.text import stem, surfaces

# A claim's words weigh by how rare they are among the items on its topic; half of that weight is a high rank.
HIGH_RANK = 0.5
_SHORTEST_WORD = 4
_FEWEST_WORDS = 2
MOST = 5
"""So many near misses are kept of a forecast."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An item on the topic, and the share in [0, 1] of the claim's weight that its words have."""

    item: Item
    rank: float


def near_misses(claim: str, on_topic: Sequence[Item], matched: Collection[str], *, most: int = MOST) -> list[NearMiss]:
    """The unmatched items of high rank, best first, at most `most`. `matched` are the keys that the queries matched."""
    texts = {item.key: set(map(stem, surfaces(f"{item.title} {item.summary}"))) for item in on_topic}
    frequency = Counter(word for text in texts.values() for word in text)
    asked = {stem(word) for word in surfaces(claim) if len(word) >= _SHORTEST_WORD}
    # A word in more than half of the items says no more than the topic does.
    weights = {word: log(1 + len(texts) / (1 + frequency[word])) for word in asked if frequency[word] * 2 <= len(texts)}
    total = sum(weights.values())
    found = []
    for item in on_topic:
        shared = weights.keys() & texts[item.key]
        rank = sum(weights[word] for word in shared) / total if total else 0.0
        if item.key not in matched and len(shared) >= _FEWEST_WORDS and rank >= HIGH_RANK:
            found.append(NearMiss(item, rank))
    found.sort(key=lambda near: (-near.rank, near.item.day, near.item.key))
    return found[:most]
