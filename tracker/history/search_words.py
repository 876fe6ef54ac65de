"""Which plain words does a search engine take for a forecast's queries?

A search asks for one word of each of some groups: those of the topic, and one of the event. Nearness, numbers and NOT
are left out, a stem is written as a whole word, and of a long list of synonyms the first few stand for all. What the
engine finds beyond the queries does no harm: the matcher decides.

Google reads the first 32 words of a search and leaves the rest (serpapi/public-roadmap, issue 2029); an address of more
than 2,000 characters may be too long for somebody on its way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus

from tracker.concepts import Concepts
from tracker.model import Criterion
from tracker.query.parse import parse
from tracker.query.syntax import Form, Language, Not, Number, Or, Phrase, Query, Word, parts
from tracker.text import normal, stem, surfaces
from tracker.text.language import is_russian

LANGUAGES = ("en", "ru")
MOST_SEARCHES = 3
"""Searches for one criterion and language."""
_MOST_WORDS = 28
"""Of Google's 32; a search by date needs two more."""
_MOST_CHARACTERS = 1_900
"""Of a search as it stands in an address, where a Russian letter takes six."""
_MOST_WORDS_OF_TOPIC = 13
_FEW = 4
"""So many names of a group are never cut."""

_OPERATORS = frozenset({"OR", "AND", "NOT", "NEAR", "AROUND"})

Group = tuple[str, ...]
"""Words and phrases of which one must be found."""


@dataclass(frozen=True, slots=True)
class SearchWords:
    """One search: of each group, one of its words or phrases must be found. `language` is ISO 639-1."""

    language: str
    groups: tuple[Group, ...]

    def __str__(self) -> str:
        return " ".join(map(either, self.groups))


def either(group: Group) -> str:
    """A group as search engines read it.

    >>> either(("Baku",)), either(("ambassador", "called home", "OR"))
    ('Baku', '(ambassador OR "called home" OR "OR")')
    """
    quoted = [f'"{name}"' if " " in name or name in _OPERATORS else name for name in group]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def search_words(criterion: Criterion, concepts: Concepts) -> list[SearchWords]:
    """Searches for what a criterion's topic and event, or topic and `against`, ask for; at most a few a language.

    None in a language in which no text can match: a query written in Latin letters finds nothing Russian. QueryError
    where a query cannot be read.
    """
    vocabulary = _vocabulary(concepts)
    topic = parse(criterion.topic, concepts)
    told = [parse(query, concepts) for query in (criterion.event, criterion.against) if query]
    found: dict[str, SearchWords] = {}
    for language in LANGUAGES:
        reader = _Reader(language, vocabulary)
        about = reader.groups(topic)
        reader.given = frozenset(about or ())
        happened = [groups for query in told if (groups := reader.groups(query)) is not None]
        if about is not None and happened:
            telling = reader.merged(min(groups, key=len) for groups in happened) if all(happened) else ()
            for search in _searches(language, list(dict.fromkeys(about)), telling):
                found.setdefault(str(search), search)
    return list(found.values())


def _searches(language: str, topic: list[Group], telling: Group) -> list[SearchWords]:
    """The topic's names with as many words of the event as fit, over as many searches as that takes."""
    while topic and not _fits(topic, _MOST_WORDS_OF_TOPIC):
        longest = max(topic, key=lambda group: _size([group]))
        place = topic.index(longest)
        # Synonyms of a name may be spared, as the first ones are the common ones; where names are few, all are needed.
        topic[place : place + 1] = [longest[:-1]] if len(longest) > _FEW else []
    if not telling:
        return [SearchWords(language, tuple(topic))] if topic else []
    searches: list[SearchWords] = []
    waiting = list(telling)
    while waiting and len(searches) < MOST_SEARCHES:
        taken = [waiting.pop(0)]
        while waiting and _fits([*topic, (*taken, waiting[0])], _MOST_WORDS):
            taken.append(waiting.pop(0))
        searches.append(SearchWords(language, (*topic, tuple(taken))))
    return searches


def _fits(groups: list[Group], most_words: int) -> bool:
    return _size(groups) <= most_words and len(quote_plus(" ".join(map(either, groups)))) <= _MOST_CHARACTERS


def _size(groups: Iterable[Group]) -> int:
    """Words of a search."""
    return sum(len(name.split()) for group in groups for name in group)


class _Reader:
    """Reads queries for one language. `given` are groups that are asked for already and need not be again."""

    def __init__(self, language: str, vocabulary: Mapping[str, list[str]]) -> None:
        self.given: frozenset[Group] = frozenset()
        self._language = language
        self._vocabulary = vocabulary
        self._doubtful: set[str] = set()

    def groups(self, query: Query) -> list[Group] | None:
        """The groups of which a text must have a word each; None when no text in the language can match.

        No group at all means that the query requires no word. Of an OR's parts each gives its shortest group to one.
        """
        found = self._groups(query)
        return found and [group for group in found if group not in self.given]

    def _groups(self, query: Query) -> list[Group] | None:
        match query:
            case Word():
                return [(self._written(query),)] if self._speaks(query) else None
            case Phrase(words=words):
                return [(self._phrase(words),)] if all(map(self._speaks, words)) else None
            case Language(code=code):
                return [] if code == self._language else None
            case Number() | Not():
                return []
            case Or(parts=alternatives):
                found = [groups for part in alternatives if (groups := self.groups(part)) is not None]
                if not found:
                    return None
                return [self.merged(min(groups, key=len) for groups in found)] if all(found) else []
            case _:
                inner = [self.groups(part) for part in parts(query)]
                return None if None in inner else [group for groups in inner for group in groups or ()]

    def merged(self, groups: Iterable[Group]) -> Group:
        """One group of all, the surest names first; inflections and phrases that another name finds are left out."""
        names: dict[str, str] = {}
        for name in sorted((name for group in groups for name in group), key=self._is_unsure):
            names.setdefault(" ".join(map(stem, name.split())), name)
        return tuple(name for key, name in names.items() if " " not in key or names.keys().isdisjoint(key.split()))

    def _is_unsure(self, name: str) -> bool:
        """Whether a name hardly finds anything: no word of ours, or in letters of another language."""
        return name in self._doubtful or is_russian(name) != (self._language == "ru")

    def _speaks(self, word: Word) -> bool:
        """Whether texts in the language have such a word; names in capitals and numbers stand in all."""
        if word.key.isdigit() or (word.form is Form.CASED and word.key.isupper()):
            return True
        return is_russian(word.key) == (self._language == "ru")

    def _phrase(self, words: Iterable[Word]) -> str:
        written = [self._written(word) for word in words]
        phrase = " ".join(written)
        if not self._doubtful.isdisjoint(written):
            self._doubtful.add(phrase)
        return phrase

    def _written(self, word: Word) -> str:
        """The word without its mark; a stem as the commonest word that begins with it."""
        bare = word.written.strip("=*")
        if word.form is not Form.PREFIX:
            return bare
        known = [form for form in self._vocabulary.get(word.key[:3], ()) if normal(form).startswith(word.key)]
        if any(normal(form) == word.key for form in known):
            return bare
        if not known:
            self._doubtful.add(bare)
        return known[0] if known else bare


@lru_cache(maxsize=1)
def _vocabulary(concepts: Concepts) -> dict[str, list[str]]:
    """The words of the concepts' headlines, in small letters, by their first three: the common ones first."""
    headlines = (text for concept in concepts for text in (*concept.hit, *concept.miss))
    counts = Counter(word.lower() for text in headlines for word in surfaces(text))
    found: dict[str, list[str]] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], len(word), word)):
        found.setdefault(normal(word)[:3], []).append(word)
    return found
