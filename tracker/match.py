"""Which items does a criterion concern? Both directions, one meaning.

A new item meets all criteria through an inverted index over each query's rarest required words, so that an item costs
what the criteria that share a rare word with it cost, however many others there are. A new criterion meets the stored
items through the store's full-text index (`clauses`), and the same evaluation decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from tracker.model import Criterion, Item, Role
from tracker.query import SUMMARY, ConceptLookup, Document, Program, Query, Reading, index_clauses, parse
from tracker.query.program import closest
from tracker.query.required import Clause, required
from tracker.query.syntax import And, Concept, Not, Word, parts

# Two thousand items tell a rare word from a common one; a wrong guess costs time, never an answer.
_SAMPLE = 2_000
_PROGRAM = "1"
"""Part of every fingerprint: raised when the matcher's meaning changes, so that stored matches are made anew."""


@dataclass(frozen=True, slots=True)
class Queries:
    """The queries of a criterion, read. `event`, `against` and `kind` are to be matched together with the topic."""

    topic: Query
    event: Query
    against: Query | None
    kind: Query | None = None

    @classmethod
    def of(cls, criterion: Criterion, concepts: ConceptLookup) -> Queries:
        """Read a criterion's queries. QueryError where one cannot be read."""
        against = parse(criterion.against, concepts) if criterion.against else None
        kind = parse(criterion.kind, concepts) if criterion.kind else None
        return cls(parse(criterion.topic, concepts), parse(criterion.event, concepts), against, kind)

    def roles(self) -> list[tuple[Role, Query]]:
        """Each role with the whole query that an item must match for it."""
        found: list[tuple[Role, Query]] = [(Role.EVENT, And((self.topic, self.event)))]
        if self.against is not None:
            found.append((Role.AGAINST, And((self.topic, self.against))))
        return found

    @property
    def elsewhere(self) -> Queries:
        """Such events of others: those of the kind, or the event itself, without the topic."""
        return Queries(Not(self.topic), self.kind or self.event, None)

    @property
    def similar(self) -> Queries | None:
        """Such events on the topic, in whatever words; None where no kind is named."""
        return Queries(self.topic, self.kind, None) if self.kind else None

    def clauses(self, role: Role) -> list[frozenset[str]]:
        """What the store's full-text index must find for an item to have the role at all."""
        return index_clauses(dict(self.roles())[role])

    @property
    def fingerprint(self) -> str:
        """Identifies the meaning of the queries, their concepts spelled out; equal ones match the same items."""
        against = _spelled_out(self.against) if self.against is not None else ""
        kind = [_spelled_out(self.kind)] if self.kind is not None else []
        return _digest(_PROGRAM, _spelled_out(self.topic), _spelled_out(self.event), against, *kind)


def _spelled_out(query: Query) -> str:
    """A query as written, with what each concept in it stands for."""
    meant = (f" @{concept.name} {_meaning(concept)}" for concept in _concepts_of(query))
    return str(query) + "".join(meant)


def _concepts_of(query: Query) -> Iterator[Concept]:
    if isinstance(query, Concept):
        yield query
    else:
        for part in parts(query):
            yield from _concepts_of(part)


@lru_cache(maxsize=10_000)
def _meaning(concept: Concept) -> str:
    exceptions = _spelled_out(concept.exceptions) if concept.exceptions is not None else ""
    return _digest(_spelled_out(concept.body), exceptions)


def _digest(*texts: str) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Matched:
    """An item that has a role for a criterion, and the words that tell so.

    `spans` are their character offsets [start, end), into the title when `in_title`, else into the summary. They are
    the words of the event, or of what speaks against it, and not of the topic: an assertion is about them.
    """

    criterion: str
    role: Role
    item: Item
    in_title: bool
    spans: tuple[tuple[int, int], ...]

    @property
    def words(self) -> str:
        """The matched words as they stand, with … between those apart."""
        text = self.item.title if self.in_title else self.item.summary
        pieces, last = [], None
        for start, end in self.spans:
            if last is not None:
                pieces.append(" " if not text[last:start].strip() else " … ")
            pieces.append(text[start:end])
            last = end
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A role of a criterion in the index, with what a text must have besides the word that led to it.

    `needs` are words that must all be there, `choices` groups of which one word must be. Most clauses are single words,
    and one comparison of sets rules out nearly every text.
    """

    number: int
    criterion: str
    role: Role
    whole: int
    told: int
    needs: frozenset[int]
    choices: tuple[frozenset[int], ...]


class Matcher:
    """All criteria against one item after another. `criteria` maps a name of the caller's to the queries.

    `sample` is any text of the kind to come; it only tells rare words from common ones.
    """

    def __init__(self, criteria: Mapping[str, Queries], sample: Iterable[Item] = ()) -> None:
        self._program = Program()
        compiled = [
            (name, role, query, self._program.add(query), self._program.add(_told(queries, role)))
            for name, queries in criteria.items()
            for role, query in queries.roles()
        ]
        cost = self._costs(sample)
        self._by_word: dict[int, list[_Entry]] = {}
        self._always: list[_Entry] = []
        for number, (name, role, query, whole, told) in enumerate(compiled):
            clauses = sorted(set(required(query, cost)), key=cost)
            others = [frozenset(map(self._program.add, clause)) for clause in clauses[1:]]
            needs = frozenset[int]().union(*(other for other in others if len(other) == 1))
            choices = tuple(other for other in others if len(other) > 1)
            entry = _Entry(number, name, role, whole, told, needs, choices)
            if not clauses:
                self._always.append(entry)
            for word in clauses[0] if clauses else ():
                self._by_word.setdefault(self._program.add(word), []).append(entry)

    def _costs(self, sample: Iterable[Item]) -> Callable[[Clause], float]:
        """How many of the sample's texts have a word of a clause, to first order: the sum over its words."""
        counts: Counter[int] = Counter()
        for item in islice(sample, _SAMPLE):
            counts.update(self._program.read(Document.of(item)).present.keys())
        if not counts:
            return len  # no word is known to be rarer than another; a check makes very many matchers of this kind

        def of_word(word: Word) -> float:
            return counts[self._program.add(word)] + 0.1

        def of_clause(clause: Clause) -> float:
            return sum(map(of_word, clause))

        return of_clause

    def match(self, item: Item) -> list[Matched]:
        """Every role that the item has, in the order of the criteria."""
        reading = self._program.read(Document.of(item))
        present = reading.present.keys()
        found = {}
        for word in present:
            for entry in self._by_word.get(word, ()):
                if not present >= entry.needs or entry.number in found:
                    continue
                if not entry.choices or not any(map(present.isdisjoint, entry.choices)):
                    found[entry.number] = self._decide(entry, reading, item)
        for entry in self._always:
            found[entry.number] = self._decide(entry, reading, item)
        return [matched for _, matched in sorted(found.items()) if matched is not None]

    def _decide(self, entry: _Entry, reading: Reading, item: Item) -> Matched | None:
        if not reading.has(entry.whole):
            return None
        return matched(entry.criterion, entry.role, item, reading, entry.told)


def matched(name: str, role: Role, item: Item, reading: Reading, told: int) -> Matched:
    """The match of an item that has a role: the best way in which it tells the event, the title before the summary."""
    best = closest(reading.tellings(told))
    return Matched(name, role, item, not best or best[-1] < SUMMARY, tuple(reading.document.offsets(best)))


def _told(queries: Queries, role: Role) -> Query:
    """The query that says what happened, without the topic."""
    return queries.event if role is Role.EVENT or queries.against is None else queries.against
