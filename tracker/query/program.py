"""Which of many queries does a text match, and by which words?

A `Program` holds queries compiled together: equal parts are one part, evaluated at most once for a text, and the words
of a text are looked up once for all queries. A match is a tuple of word positions; a query's matches are all ways in
which its words stand in the text. Title and summary are numbered apart, so that nothing spans the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from tracker.model import Item
from tracker.query.required import Alternatives, combined
from tracker.query.syntax import And, Concept, Form, InTitle, Language, Near, Not, Number, Or, Phrase, Query, Word
from tracker.text import base, normal, offsets, stem, surfaces
from tracker.text.numbers import numbers

Match = tuple[int, ...]
"""Positions of the matched words, ascending. Those of the summary start at `SUMMARY`."""

SUMMARY = 100_000
"""The position of the summary's first word: far enough from any title that no NEAR reaches across."""

# A text that repeats two words hundreds of times has tens of thousands of pairs; a few thousand prove as much.
_MOST_MATCHES = 2_000


class Document:
    """An item's text as words with positions."""

    __slots__ = ("__dict__", "language", "summary", "title")

    def __init__(self, title: str, summary: str, language: str) -> None:
        self.title = title
        self.summary = summary
        self.language = language

    @classmethod
    def of(cls, item: Item) -> Document:
        """The document of an item."""
        return cls(item.title, item.summary, item.language)

    def fields(self) -> tuple[tuple[int, str], tuple[int, str]]:
        """Title and summary, each after the position of its first word."""
        return (0, self.title), (SUMMARY, self.summary)

    def offsets(self, positions: Iterable[int]) -> list[tuple[int, int]]:
        """The character offsets [start, end) of words in their field, by their positions."""
        return [
            self._title_offsets[position] if position < SUMMARY else self._summary_offsets[position - SUMMARY]
            for position in positions
        ]

    @cached_property
    def _title_offsets(self) -> list[tuple[int, int]]:
        return offsets(self.title)

    @cached_property
    def _summary_offsets(self) -> list[tuple[int, int]]:
        return offsets(self.summary)

    @cached_property
    def numbers(self) -> list[tuple[Match, float, str, bool]]:
        """The numbers of the text: positions of their words, value, unit, whether it only names (a year, a rank)."""
        found = []
        for (first, text), spans_of in zip(self.fields(), (self._title_offsets, self._summary_offsets), strict=True):
            spans = list(enumerate(spans_of, first))
            for number in numbers(text):
                inside = tuple(at for at, (start, end) in spans if start < number.end and end > number.start)
                if inside:
                    found.append((inside, number.value, number.unit, number.names))
        return found


class Program:
    """Queries compiled together. `add` before `read`; parts are known by the numbers that `add` gives."""

    def __init__(self) -> None:
        self.nodes: list[Query] = []
        self.inner: list[tuple[int, ...]] = []
        self.titled: list[bool] = []
        # Of each part, the sets of words of which a text that has the part has one each.
        self.clauses: list[list[frozenset[int]]] = []
        self.alternatives: dict[int, Alternatives] = {}
        self._numbers: dict[tuple[Query, bool], int] = {}
        self._by_form: dict[Form, dict[str, int]] = {form: {} for form in Form}
        self._prefix_lengths: set[int] = set()
        self._seen: dict[str, tuple[int, ...]] = {}

    def add(self, query: Query, *, titled: bool = False) -> int:
        """The number of a query's part, compiled now if it is new. A `titled` part is matched in the title alone."""
        if isinstance(query, InTitle):
            return self.add(query.part, titled=True)
        known = self._numbers.get((query, titled))
        if known is not None:
            return known
        if titled and isinstance(query, Word):
            inner: tuple[int, ...] = (self.add(query),)
        else:
            inner = tuple(self.add(part, titled=titled) for part in _compiled_parts(query))
        number = len(self.nodes)
        self._numbers[query, titled] = number
        self.nodes.append(query)
        self.inner.append(inner)
        self.titled.append(titled)
        if isinstance(query, Word):
            self.clauses.append([frozenset(inner or (number,))])
        else:
            self.clauses.append(combined(query, [self.clauses[part] for part in inner], cost=len))
        if isinstance(query, Or):
            self.alternatives[number] = Alternatives.of({part: self.clauses[part] for part in inner})
        if isinstance(query, Word) and not titled:
            self._by_form[query.form][query.key] = number
            if query.form is Form.PREFIX:
                self._prefix_lengths.add(len(query.key))
            self._seen.clear()
        return number

    def words_of(self, surface: str) -> tuple[int, ...]:
        """The numbers of all words of the queries that a word of a text satisfies."""
        found = self._seen.get(surface)
        if found is None:
            found = self._seen[surface] = tuple(self._look_up(surface))
        return found

    def _look_up(self, surface: str) -> set[int]:
        plain = normal(surface)
        found = {
            self._by_form[Form.INFLECTED].get(stem(surface)),
            self._by_form[Form.EXACT].get(plain),
            self._by_form[Form.CASED].get(surface),
            self._by_form[Form.CASED].get(surface.replace("’", "'").removesuffix("'s")),
        }
        beginnings = self._by_form[Form.PREFIX]
        for form in {plain, base(surface)}:
            found.update(beginnings.get(form[:length]) for length in self._prefix_lengths if length <= len(form))
        return {number for number in found if number is not None}

    def read(self, document: Document) -> Reading:
        """A text, read for all queries."""
        present: dict[int, list[Match]] = {}
        seen = self._seen
        for first, text in document.fields():
            for position, surface in enumerate(surfaces(text), first):
                found = seen.get(surface)
                if found is None:
                    found = self.words_of(surface)
                for number in found:
                    if number in present:
                        present[number].append((position,))
                    else:
                        present[number] = [(position,)]
        return Reading(self, document, present)


class Reading:
    """One text against a program; parts are evaluated when asked for, once."""

    __slots__ = ("_known", "_program", "document", "present")

    def __init__(self, program: Program, document: Document, present: dict[int, list[Match]]) -> None:
        self._program = program
        self.document = document
        self.present = present
        self._known: dict[int, list[Match] | None] = {**present}

    def matches(self, number: int) -> list[Match] | None:
        """All matches of a part; None when the text does not have it, [] when it has it without words (NOT, lang:)."""
        known = self._known
        if number not in known:
            # Most parts lack a word that they require, and telling so is far cheaper than working them out.
            lacks = any(map(self.present.keys().isdisjoint, self._program.clauses[number]))
            found = None if lacks else self._evaluate(number)
            known[number] = found[:_MOST_MATCHES] if found else found
        return known[number]

    def has(self, number: int) -> bool:
        """Whether the text has a part: what `matches` says, without working out by which words."""
        if number in self._known:
            return self._known[number] is not None
        node, inner = self._program.nodes[number], self._program.inner[number]
        match node:
            case And():
                return all(map(self.has, inner))
            case Or():
                words = self._program.alternatives[number].words
                return not self.present.keys().isdisjoint(words) or any(map(self.has, self._candidates(number)))
            case Not():
                return not self.has(inner[0])
            case _:
                return self.matches(number) is not None

    def _candidates(self, number: int) -> set[int]:
        """The parts of an OR that the text may have."""
        words, by_word, wordless = self._program.alternatives[number]
        present = self.present.keys()
        return (present & words).union(wordless, *[by_word[word] for word in present & by_word.keys()])

    def tellings(self, number: int) -> list[Match]:
        """The ways in which the text tells a part: like `matches`, but an AND is told by all that it asks for together.

        A telling lies in one field. Where an AND finds its parts only in both, it is told by the field with more of
        their words, the summary when they are as many.
        """
        node, inner = self._program.nodes[number], self._program.inner[number]
        match node:
            case Or():
                return _union([self.tellings(part) for part in self._candidates(number) if self.has(part)])
            case And():
                return _together([told for part in inner if (told := self.tellings(part))])
            case _:
                return self.matches(number) or []

    def _evaluate(self, number: int) -> list[Match] | None:
        node, inner = self._program.nodes[number], self._program.inner[number]
        match node:
            case Word():
                # The words of a text are known; this one is asked for in the title.
                return _in_title(self.matches(inner[0]))
            case Or():
                candidates = self._candidates(number)
                found = [matches for part in candidates if (matches := self.matches(part)) is not None]
                return _union(found) if found else None
            case And():
                return _union([self.matches(part) or [] for part in inner]) if all(map(self.has, inner)) else None
            case Not():
                return None if self.has(inner[0]) else []
            case Near():
                left, right = self.matches(inner[0]), self.matches(inner[1])
                return _near(left, right, node) if left and right else None
            case Phrase():
                return self._phrase(inner)
            case Language():
                return [] if self.document.language == node.code else None
            case Number():
                found_numbers = self._numbers(node)
                return _in_title(found_numbers) if self._program.titled[number] else found_numbers
            case Concept():
                return self._concept(inner)
            case InTitle():  # pragma: no cover - compiled away
                raise AssertionError("title: is compiled into its parts")

    def _phrase(self, inner: tuple[int, ...]) -> list[Match] | None:
        starts = [{match[0] - step for match in self.matches(part) or ()} for step, part in enumerate(inner)]
        return [tuple(range(start, start + len(inner))) for start in sorted(set.intersection(*starts))] or None

    def _numbers(self, node: Number) -> list[Match] | None:
        return [
            positions
            for positions, value, unit, names in self.document.numbers
            if node.holds(value) and node.unit in ("", unit) and (node.comparison == "=" or not names)
        ] or None

    def _concept(self, inner: tuple[int, ...]) -> list[Match] | None:
        body = self.matches(inner[0])
        if body is None or len(inner) == 1:
            return body
        excepted = {position for match in self.matches(inner[1]) or () for position in match}
        return [match for match in body if excepted.isdisjoint(match)] or None


def _compiled_parts(query: Query) -> tuple[Query, ...]:
    """The parts whose matches a part's own evaluation asks for."""
    match query:
        case And(parts=inner) | Or(parts=inner):
            return inner
        case Near(left=left, right=right):
            return (left, right)
        case Not(part=part):
            return (part,)
        case Phrase(words=inner_words):
            return inner_words
        case Concept(body=body, exceptions=exceptions):
            return (body,) if exceptions is None else (body, exceptions)
        case _:
            return ()


def _in_title(matches: list[Match] | None) -> list[Match] | None:
    return [match for match in matches or () if match[-1] < SUMMARY] or None


def _union(found: list[list[Match]]) -> list[Match]:
    return found[0] if len(found) == 1 else sorted({match for matches in found for match in matches})


def _together(parts: list[list[Match]]) -> list[Match]:
    """One telling by all parts, in each field that has them all; else in the field that has more."""
    fields: list[list[Match]] = [[], []]
    for part in parts:
        for told, is_title in zip(fields, (True, False), strict=True):
            told += [closest(here)] if (here := [match for match in part if (match[-1] < SUMMARY) == is_title]) else []
    merged = [tuple(sorted({position for match in told for position in match})) for told in fields]
    whole = [match for match, told in zip(merged, fields, strict=True) if told and len(told) == len(parts)]
    return whole or ([max(reversed(merged), key=len)] if parts else [])


def closest(matches: list[Match]) -> Match:
    """In the title rather than the summary, then the closest words, then the first; () where there are no words."""
    return min(matches, key=lambda match: (match[-1] >= SUMMARY, match[-1] - match[0], match), default=())


def _near(left: list[Match], right: list[Match], asked: Near) -> list[Match] | None:
    """Pairs that share no word and whose nearest ends are as near as asked, in the order asked, as one match each."""
    found = set()
    distance, ordered = asked.distance, asked.ordered
    for one in left:
        for other in right:
            if one[-1] < other[0]:
                apart = other[0] - one[-1]
            elif ordered:
                continue
            elif other[-1] < one[0]:
                apart = one[0] - other[-1]
            else:
                # Interleaved matches, such as those of two NEARs, are near if they share no word.
                apart = 0 if set(one).isdisjoint(other) else distance + 1
            if apart <= distance:
                found.add(tuple(sorted(one + other)))
        if len(found) > _MOST_MATCHES:
            break
    return sorted(found) or None
