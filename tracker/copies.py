"""Which items say the same in nearly the same words?

Texts are compared as sets of shingles, runs of neighbouring word stems (Broder 1997, "On the resemblance and
containment of documents"): pairs of words for titles, triples for summaries. Two reports of one event that were
written separately share words but few runs of them; an agency's copy keeps them, even when it is cut or given another
headline.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from math import ceil

from tracker.model import Item
from tracker.text import stem, surfaces
from tracker.text.numbers import numbers

# "Putin and Aliyev meet in Dushanbe" is what any two editors write; from eight words on, nearly the same headline is
# not chance. One word changed among ten leaves 0.64 of the pairs, one added 0.8. Where each report has a text of its
# own besides, the headline must be the same word for word: the BBC and the Guardian wrote "Met Police to stop attending
# (emergency) mental health calls" over reports of their own, while agency copies mostly keep the headline. Of 45 pairs
# of publishers with one long headline over two texts, in three months of 2023, about 34 rested on one agency.
LONG_TITLE_WORDS = 8
TITLE_RESEMBLANCE = 0.55
# Separate reports share a quotation or a name with its titles, up to two thirds of a short text; agency copies that
# were cut or retouched mostly keep more. The shortest text that can tell is a sentence of sixteen words.
TEXT_CONTAINMENT = 0.7
LONG_TEXT_SHINGLES = 14
# One publisher puts one standing text under many headlines ("Follow the latest in our live report"); then the headlines
# must share words too.
OWN_TITLE_RESEMBLANCE = 0.3

Shingle = tuple[str, ...]


def clusters(items: Sequence[Item], *, days: int = 3) -> list[tuple[Item, ...]]:
    """The items in clusters that say the same, each cluster by time, its first item the original.

    Every item is in exactly one cluster, mostly alone; clusters come in the order of their originals. No item of a
    cluster counts for a day more than `days` after its original's. The order of `items` makes no difference.
    """
    ordered = sorted(items, key=_time_order)
    texts = [_Text(item) for item in ordered]
    index = _Index(texts)
    cluster_of = list(range(len(ordered)))  # the number of the cluster's original
    members = [[number] for number in cluster_of]
    for number, text in enumerate(texts):
        for other in index.candidates(number):
            mine, theirs = cluster_of[number], cluster_of[other]
            if mine == theirs or (text.item.day - texts[theirs].item.day).days > days:
                continue
            if _is_reprint(text, texts[other]):
                original, joining = min(mine, theirs), max(mine, theirs)
                for member in members[joining]:
                    cluster_of[member] = original
                members[original] += members[joining]
                members[joining] = []
        index.add(number)
    return [tuple(ordered[number] for number in sorted(cluster)) for cluster in members if cluster]


def _time_order(item: Item) -> tuple[Hashable, ...]:
    moment: datetime = item.published or item.first_seen
    return (item.day, moment, item.key, item.feed, item.version, item.title, item.summary)


@dataclass(frozen=True)
class _Text:
    """What of an item is compared; each part is worked out when it is first needed."""

    item: Item

    @cached_property
    def title_stems(self) -> Shingle:
        return tuple(stem(surface) for surface in surfaces(self.item.title))

    @cached_property
    def summary_stems(self) -> Shingle:
        """Empty where the summary only repeats the title, as some agencies' do."""
        stems = tuple(stem(surface) for surface in surfaces(self.item.summary))
        return stems if stems != self.title_stems else ()

    @cached_property
    def title_pairs(self) -> frozenset[Shingle]:
        return frozenset(zip(self.title_stems, self.title_stems[1:], strict=False))

    @cached_property
    def triples(self) -> frozenset[Shingle]:
        return frozenset(zip(self.summary_stems, self.summary_stems[1:], self.summary_stems[2:], strict=False))

    @cached_property
    def title_names(self) -> frozenset[str]:
        return _names(self.item.title)

    @cached_property
    def summary_names(self) -> frozenset[str]:
        return _names(self.item.summary)

    @cached_property
    def title_numbers(self) -> frozenset[float]:
        return frozenset(number.value for number in numbers(self.item.title))

    @cached_property
    def numbers(self) -> frozenset[float]:
        return self.title_numbers | {number.value for number in numbers(self.item.summary)}


def _names(text: str) -> frozenset[str]:
    """The stems of the words with a capital; in a headline that capitalises all words, of them all."""
    return frozenset(stem(surface) for surface in surfaces(text) if surface[0].isupper())


class _Index:
    """Finds earlier texts that may be copies without comparing all pairs.

    Sets that overlap by the share that the thresholds ask for have one of the rarest shingles of the smaller set in
    common (prefix filtering: Chaudhuri, Ganti & Kaushik 2006), so none is missed, and frequent shingles cost little.
    """

    def __init__(self, texts: Sequence[_Text]) -> None:
        self._texts = texts
        frequency = Counter(chain.from_iterable(chain(text.title_pairs, text.triples) for text in texts))
        self._shared = [
            [shingle for shingle in chain(text.title_pairs, text.triples) if frequency[shingle] > 1] for text in texts
        ]
        self._rarest = [
            _rarest(text.title_pairs, TITLE_RESEMBLANCE, frequency) + _rarest(text.triples, TEXT_CONTAINMENT, frequency)
            for text in texts
        ]
        self._with_shared: defaultdict[Shingle, list[int]] = defaultdict(list)
        self._with_rarest: defaultdict[Shingle, list[int]] = defaultdict(list)
        self._with_title: defaultdict[Shingle, list[int]] = defaultdict(list)

    def candidates(self, number: int) -> list[int]:
        """The texts added so far that may say the same as text `number`, the earliest first."""
        found = set(self._with_title[self._texts[number].title_stems])
        # Whichever of two texts is the smaller one, its rarest shingles are asked for.
        for shingle in self._rarest[number]:
            found.update(self._with_shared.get(shingle, ()))
        for shingle in self._shared[number]:
            found.update(self._with_rarest.get(shingle, ()))
        return sorted(found)

    def add(self, number: int) -> None:
        """Let text `number` be found from now on."""
        self._with_title[self._texts[number].title_stems].append(number)
        for shingle in self._shared[number]:
            self._with_shared[shingle].append(number)
        for shingle in self._rarest[number]:
            self._with_rarest[shingle].append(number)


def _rarest(shingles: frozenset[Shingle], share: float, frequency: Mapping[Shingle, int]) -> list[Shingle]:
    """The rarest shingles, as many as any text that has `share` of all of them must meet at least once.

    Those that no other text has are left out: nothing meets them.
    """
    by_rarity = sorted(sorted(shingles), key=frequency.__getitem__)[: len(shingles) - ceil(share * len(shingles)) + 1]
    return [shingle for shingle in by_rarity if frequency[shingle] > 1]


def _is_reprint(one: _Text, other: _Text) -> bool:
    """Whether two items say the same in nearly the same words."""
    if _contradict(one.title_numbers, other.title_numbers) or _new_issue(one, other):
        return False
    return _same_headline(one, other) or _same_text(one, other)


def _contradict(some: frozenset[Hashable], others: frozenset[Hashable]) -> bool:
    """Whether each has a number or name that the other lacks: 18th and 19th package; a copy may leave some out."""
    return not (some <= others or others <= some)


def _new_issue(one: _Text, other: _Text) -> bool:
    """Whether a publisher's standing heading ("Corrections", "Market roundup") heads what is new on another day."""
    if one.item.source != other.item.source or one.item.day == other.item.day:
        return False
    if one.title_stems == other.title_stems and one.summary_stems == other.summary_stems:
        return not one.summary_stems and len(one.title_stems) < LONG_TITLE_WORDS
    return _contradict(one.title_names, other.title_names) or _contradict(one.summary_names, other.summary_names)


def _same_headline(one: _Text, other: _Text) -> bool:
    have_texts = bool(one.summary_stems and other.summary_stems)
    if one.title_stems == other.title_stems and not have_texts:
        return bool(one.title_stems)
    if min(len(one.title_stems), len(other.title_stems)) < LONG_TITLE_WORDS:
        return False
    if have_texts:
        return one.title_stems == other.title_stems
    # "Blasts heard in Kharkiv as …" and "Blasts heard in Odesa as …" differ in one word, and that is the event.
    if _contradict(one.title_names, other.title_names):
        return False
    return _resemblance(one.title_pairs, other.title_pairs) >= TITLE_RESEMBLANCE


def _same_text(one: _Text, other: _Text) -> bool:
    if one.title_stems == other.title_stems and one.summary_stems == other.summary_stems:
        return True
    shortest = min(len(one.triples), len(other.triples))
    if shortest < LONG_TEXT_SHINGLES or _contradict(one.numbers, other.numbers):
        return False
    if len(one.triples & other.triples) < TEXT_CONTAINMENT * shortest:
        return False
    titles = (frozenset(one.title_stems), frozenset(other.title_stems))
    return one.item.source != other.item.source or _resemblance(*titles) >= OWN_TITLE_RESEMBLANCE


def _resemblance(some: frozenset[Hashable], others: frozenset[Hashable]) -> float:
    """The Jaccard coefficient: the share of all shingles that both have, in [0, 1]."""
    union = len(some | others)
    return len(some & others) / union if union else 0.0
