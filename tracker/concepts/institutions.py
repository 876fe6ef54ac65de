"""Which words name a state, a body or a house? Its ministers and envoys act for it, as those of a person do not."""

from __future__ import annotations

from functools import cache

from tracker.concepts import load_concepts
from tracker.query.syntax import Form, Word, alternatives
from tracker.text import normal, stem

# Files of concepts that stand for them. Leaders have files of their own.
_FILES = ("countries-", "bodies", "armed-groups", "central-banks", "companies", "us-institutions")


def names_institution(word: str) -> bool:
    """Whether a word names a state, a body or a house of our concepts.

    >>> names_institution("Serbia"), names_institution("Zelensky")
    (True, False)
    """
    names, beginnings = _names()
    plain = normal(word)
    return bool({word, plain, stem(word)} & names) or plain.startswith(beginnings)


@cache
def _names() -> tuple[frozenset[str], tuple[str, ...]]:
    concepts = load_concepts()
    names: set[str] = set()
    beginnings: set[str] = set()
    for definition in concepts:
        if definition.place.file.rpartition("/")[2].startswith(_FILES):
            for part in alternatives(concepts(definition.name).body):
                if isinstance(part, Word):
                    (beginnings if part.form is Form.PREFIX else names).add(part.key)
    return frozenset(names), tuple(sorted(beginnings))
