"""Which words must a text have for a query to match it at all? The basis of both indexes, in memory and in the store.

The answer is a list of clauses: a text that matches has, for every clause, at least one of its words. The converse does
not hold: the clauses select, the matcher decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from tracker.query.syntax import And, Concept, Form, InTitle, Near, Or, Phrase, Query, Word, parts
from tracker.text import index_term, normal

Clause = frozenset[Word]
_W = TypeVar("_W")


def required(query: Query, cost: Callable[[Clause], float]) -> list[Clause]:
    """The clauses of a query; empty when it requires no word. Of an OR-part's clauses only the cheapest is kept.

    `cost` says how often texts have any word of a clause, in any unit.
    """
    match query:
        case Word():
            return [frozenset((query,))]
        case Phrase(words=words):
            return [frozenset((word,)) for word in words]
        case _:
            return combined(query, [required(part, cost) for part in parts(query)], cost)


def combined(
    query: Query, inner: Sequence[list[frozenset[_W]]], cost: Callable[[frozenset[_W]], float]
) -> list[frozenset[_W]]:
    """The clauses of a query that is no word, from those of its parts, whatever stands for a word in them."""
    match query:
        case And() | Near() | Phrase() | InTitle():
            return [clause for clauses in inner for clause in clauses]
        case Concept():
            return inner[0]
        case Or() if all(inner):
            return [frozenset().union(*(min(clauses, key=cost) for clauses in inner))]
        case _:
            return []


class Alternatives(NamedTuple):
    """An OR's parts, by number: its words, the other parts by each word that leads to them, those that require none.

    A part is led to by every word of its shortest clause, so that a text without any of them need not look at it.
    """

    words: set[int]
    by_word: dict[int, list[int]]
    wordless: list[int]

    @classmethod
    def of(cls, clauses: Mapping[int, list[frozenset[int]]]) -> Alternatives:
        """The alternatives of an OR from the clauses of its parts; a word's only clause is the word itself."""
        found = cls(set(), {}, [])
        for part, required_by_part in clauses.items():
            shortest = min(required_by_part, key=len, default=None)
            if shortest is None:
                found.wordless.append(part)
            elif part in shortest:
                found.words.add(part)
            else:
                for word in shortest:
                    found.by_word.setdefault(word, []).append(part)
        return found


def index_clauses(query: Query) -> list[frozenset[str]]:
    """The clauses of a query as terms of the full-text index (see `tracker.text.index_terms`); `*` ends a prefix.

    A clause is judged by its number of alternatives, since a short list is usually a name and a long one a family.
    """
    return [frozenset(map(_term, clause)) for clause in required(query, cost=len)]


def _term(word: Word) -> str:
    match word.form:
        case Form.INFLECTED:
            return index_term("s", word.key)
        case Form.PREFIX:
            return index_term("w", word.key) + "*"
        case Form.EXACT:
            return index_term("w", word.key)
        case Form.CASED:
            # The index knows no case: the matcher will look at the letters.
            return index_term("w", normal(word.key))
