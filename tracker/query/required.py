"""Which words must a text have for a query to match it at all? The basis of both indexes, in memory and in the store.

The answer is a list of clauses: a text that matches has, for every clause, at least one of its words. The converse does
not hold: the clauses select, the matcher decides.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.query.syntax import And, Concept, Form, InTitle, Near, Or, Phrase, Query, Word
from tracker.text import index_term, normal

Clause = frozenset[Word]


def required(query: Query, cost: Callable[[Clause], float]) -> list[Clause]:
    """The clauses of a query; empty when it requires no word. Of an OR-part's clauses only the cheapest is kept.

    `cost` says how often texts have any word of a clause, in any unit.
    """
    match query:
        case Word():
            return [frozenset((query,))]
        case Phrase(words=words):
            return [frozenset((word,)) for word in words]
        case And(parts=inner):
            return [clause for part in inner for clause in required(part, cost)]
        case Near(left=left, right=right):
            return required(left, cost) + required(right, cost)
        case InTitle(part=part) | Concept(body=part):
            return required(part, cost)
        case Or(parts=inner):
            alternatives = [required(part, cost) for part in inner]
            if not all(alternatives):
                return []
            return [frozenset().union(*(min(clauses, key=cost) for clauses in alternatives))]
        case _:
            return []


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
