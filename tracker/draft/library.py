"""Which concepts does a claim have, and by which of its words? Only those that share a word with it are read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tracker.concepts import Concepts, Definition
from tracker.query import Document, Match, Program, Query, parse
from tracker.query.syntax import Concept, Word, alternatives
from tracker.text import normal, stem, surfaces
from tracker.text.language import language_of

_ASKED = re.compile(r"@(?P<concept>[a-z0-9-]+)|(?P<exact>=)?(?P<word>[^\W_]+(?:['’-][^\W_]+)*)(?P<star>\*)?")
_FULL_NAME = re.compile(r'"(\w+) [\w ]+"')
_OPERATORS = frozenset(("AND", "OR", "NOT", "NEAR", "ONEAR"))


class Kind(StrEnum):
    """What a concept stands for."""

    ACTOR = "actor"
    EVENT = "event"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Found:
    """A concept that a text has: by which of its words, and how many words the concept knows.

    `worded` is true of an event family that its own wordings find, not its concept.
    """

    name: str
    kind: Kind
    positions: Match
    size: int
    worded: bool = False


class Library:
    """The concepts, by the words that they ask for."""

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self._program = Program()
        self._numbers: dict[str, int] = {}
        self.definitions = {definition.name: definition for definition in concepts}
        self._asks = {name: _asked(definition) for name, definition in self.definitions.items()}
        self._sizes: dict[str, int] = {}
        self._by_stem: defaultdict[str, set[str]] = defaultdict(set)
        self._by_beginning: defaultdict[str, set[str]] = defaultdict(set)
        self._common = frozenset(_common(self.definitions.values()))
        self._given_names = frozenset(
            name
            for definition in self.definitions.values()
            if definition.name.endswith("-leaders")
            for query in definition.any
            for name in _FULL_NAME.findall(query)
        )
        for name in self._asks:
            asked = self._all_asked(name, set())
            self._sizes[name] = len(asked)
            for word in asked:
                if word.endswith("*"):
                    self._by_beginning[word[:-1]].add(name)
                else:
                    self._by_stem[word].add(name)

    def _all_asked(self, name: str, seen: set[str]) -> set[str]:
        """The words that a concept asks for, those of the concepts that it uses included."""
        seen.add(name)
        words, concepts = self._asks.get(name, (frozenset(), frozenset()))
        inner = [self._all_asked(other, seen) for other in sorted(concepts - seen)]
        return set(words).union(*inner)

    def found_in(self, texts: Iterable[str]) -> list[Found]:
        """The concepts that some texts with the same places of words have, each match once."""
        return list(dict.fromkeys(one for text in texts for one in self.found(text)))

    def found(self, text: str) -> list[Found]:
        """The concepts that a text has, once for each of their matches."""
        document = Document(text, "", language_of(text))
        names = sorted(self._candidates(text))
        numbers = {name: self._number(name) for name in names}
        reading = self._program.read(document)
        return [
            Found(name, self.kind(name, text, match), match, self._sizes[name])
            for name in names
            for match in reading.matches(numbers[name]) or ()
        ]

    def having(self, queries: Iterable[tuple[str, Query]], text: str) -> Iterator[tuple[str, Match]]:
        """The matches of named queries in a text."""
        numbers = [(name, self._program.add(query)) for name, query in queries]
        reading = self._program.read(Document(text, "", language_of(text)))
        yield from ((name, match) for name, number in numbers for match in reading.matches(number) or ())

    def has(self, query: Query, text: str) -> list[Match]:
        """The matches of a query in a text."""
        number = self._program.add(query)
        return self._program.read(Document(text, "", language_of(text))).matches(number) or []

    def is_common(self, word: str) -> bool:
        """Whether a name is also a common word, as far as the concepts' headlines show."""
        return stem(word) in self._common

    def is_given_name(self, word: str) -> bool:
        """Whether a word is the given name of somebody whom the concepts know in full."""
        return normal(word) in self._given_names

    def kind(self, name: str, text: str, match: Match) -> Kind:
        """What a concept stands for: by the file of one of ours; one of the workspace's names an actor by a capital."""
        file = self.definitions[name].place.file.rpartition("/")[2]
        if file.startswith("events-"):
            return Kind.EVENT
        if file.startswith(("conflicts", "countries-regions", "leaders.yaml")):
            return Kind.SUBJECT
        if file != "concepts.yaml":
            return Kind.ACTOR
        written = surfaces(text)
        return Kind.ACTOR if all(written[position][0].isupper() for position in match) else Kind.EVENT

    def field(self, name: str) -> str:
        """The file of a concept, which is its field; "" where there is no such concept."""
        return self.definitions[name].place.file if name in self.definitions else ""

    def is_state(self, name: str) -> bool:
        """Whether a concept is a state, which its capital stands for."""
        return self.definitions[name].place.file.rpartition("/")[2].startswith("countries-")

    def is_hostile(self, name: str) -> bool:
        """Whether an event is an act of war."""
        return self.field(name).rpartition("/")[2] == "events-war.yaml"

    def same_kind(self, first: str, second: str) -> bool:
        """Whether two concepts stand for actors of one kind, so that either might have acted on the other."""
        kinds = [self.definitions[name].place.file.rpartition("/")[2].split("-")[0] for name in (first, second)]
        return kinds[0] == kinds[1]

    def alternatives(self, name: str) -> Iterator[Query]:
        """The least parts of a concept of which a text must have one."""
        yield from _alternatives(self.concepts(name))

    def single_words(self, name: str, wordings: str) -> list[str]:
        """The single words that tell an event: those of its own wordings, and those of its concept if there is one."""
        found = list(_alternatives(parse(wordings, self.concepts))) if wordings else []
        found += list(self.alternatives(name)) if name in self.definitions else []
        return [str(one) for one in found if isinstance(one, Word)]

    def _number(self, name: str) -> int:
        if name not in self._numbers:
            self._numbers[name] = self._program.add(self.concepts(name))
        return self._numbers[name]

    def _candidates(self, text: str) -> Collection[str]:
        found: set[str] = set()
        for surface in surfaces(text):
            plain = normal(surface)
            found |= self._by_stem.get(stem(surface), set()) | self._by_stem.get(plain, set())
            for length in range(1, len(plain) + 1):
                found |= self._by_beginning.get(plain[:length], set())
        return found


@lru_cache(maxsize=4)
def library(concepts: Concepts) -> Library:
    """The library of some concepts, made once."""
    return Library(concepts)


def _asked(definition: Definition) -> tuple[frozenset[str], frozenset[str]]:
    """The words that a concept asks for (stems, normal forms of exact words, beginnings with *), and its concepts."""
    words, concepts = set(), set()
    for match in _ASKED.finditer(" ".join(definition.any)):
        if match["concept"]:
            concepts.add(match["concept"])
        elif match["word"] not in _OPERATORS:
            word = match["word"]
            words.add(normal(word) + "*" if match["star"] else normal(word) if match["exact"] else stem(word))
    return frozenset(words), frozenset(concepts)


def _common(definitions: Iterable[Definition]) -> Iterator[str]:
    """The stems of the words that headlines write without a capital."""
    for definition in definitions:
        for headline in (*definition.hit, *definition.miss, definition.means):
            yield from (stem(word) for word in surfaces(headline) if word[0].islower())


def _alternatives(query: Query) -> Iterator[Query]:
    """The least parts of which a text must have one, those of concepts included."""
    for part in alternatives(query):
        if isinstance(part, Concept):
            yield from _alternatives(part.body)
        else:
            yield part
