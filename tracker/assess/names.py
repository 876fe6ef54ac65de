"""Which of the matched words are names, as far as capitals tell it?"""

from __future__ import annotations

import re

from tracker.assess.pattern import Clauses
from tracker.concepts.institutions import names_institution
from tracker.text import Word

POSSESSIVE = re.compile(r"['’]s?$")
# «Ukrainian grain»: an adjective tells whose the thing behind it is, not who is near to somebody.
_ADJECTIVE = re.compile(r"(?:[ie]an|[ck]an|ish|ese|[lqn]i|ench|utch|erman|eek|zech)s?$", re.IGNORECASE)
# The only words of so many letters that keep a small letter in a Headline That Capitalises.
_SMALL = frozenset(("with", "from", "over", "into", "amid", "upon", "than", "that", "after"))
_SHORT = 4


def matched_names(clauses: Clauses, event: frozenset[int]) -> frozenset[int]:
    """The positions of the matched words that are names.

    The first word of a sentence has its capital for another reason; it is taken for a name where another matched word
    has none. Where a headline capitalises all its words, only what our concepts know as an institution counts.
    """
    capitals = {i for i in event if clauses.words[i].surface[:1].isupper()}
    if capitalises_all(clauses):
        return frozenset(i for i in capitals if is_institution(clauses.words[i]))
    first = {i for i in capitals if i == 0 or clauses.marks[i - 1] in {"?", ".", ":"}}
    return frozenset(capitals - first if capitals == event else capitals)


def capitalises_all(clauses: Clauses) -> bool:
    """Whether no word lacks the capital that it would have in a headline that capitalises all of its words."""
    return not any(
        len(word.surface) >= _SHORT and word.surface[0].islower() and word.normal not in _SMALL
        for word in clauses.words
    )


def is_institution(word: Word) -> bool:
    """Whether a word, possessive or not, names a state, a body or a house."""
    return names_institution(POSSESSIVE.sub("", word.surface))


def is_adjective(word: Word) -> bool:
    """Whether an English name is an adjective, as far as its ending tells: «Ukrainian», «Chinese»."""
    return _ADJECTIVE.search(word.surface) is not None
