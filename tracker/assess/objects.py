"""Is a deed done to the one whom the matched words name, or only to something of theirs?

A query asks for a deed near a name. «Ukraine joins NATO exercise» has both, and tells of no accession: the name only
says whose exercise it is. Two ways lead there:

1. Behind the name stands the thing that it qualifies: "buys Intel chips", "attacks Iran deal", «Telegram-каналы».
2. Between the deed and the name stands the thing that is of it or in it: «купил процессоры Intel», "wins praise in".

What is joined, left or bought is taken whole, so that any thing of somebody is another. What is banned, struck or won
is another only where it is one of the parts that are listed for it: accounts, a deal, a match (objects.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

from tracker.assess.names import POSSESSIVE, capitalises_all, is_adjective, matched_names
from tracker.assess.pattern import Clauses
from tracker.text import Word
from tracker.text.language import is_russian
from tracker.text.russian import is_animate, lemma, part_of_speech

# Between a deed and its object, between a name and what it qualifies, and to the manner of a deed.
_REACH, _QUALIFIES, _MANNER = 6, 3, 8
_ARTICLES = frozenset(("the", "a", "an", "its"))
# What leads from a thing to the one whose it is, from a deed to its manner, and to somebody who is no object.
_OF = frozenset(
    ("on", "at", "of", "for", "to", "with", "from", "over", "inside", "near", "opposite", "outside", "against")
)
_BY_WORDS = frozenset(("in", "as", "with", "from", "в", "на"))
_NO_OBJECT = frozenset(("у", "для", "о", "об", "при", "против", "без", "ради"))


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of deeds, as objects.yaml explains it."""

    deeds: frozenset[str]
    whole: bool
    apart: bool
    people: bool
    parts: frozenset[str]
    manner: frozenset[str]
    stands_for: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Language:
    """The kinds of deeds of one language, with the words that say nothing of any of them."""

    kinds: tuple[_Kind, ...]
    follows: frozenset[str]
    aside: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Told:
    """A deed with the words behind it, by their positions, up to its object: the next matched word.

    What is taken whole has a name for its object; it is `asked` for with another one where that stands before the name.
    """

    clauses: Clauses
    event: frozenset[int]
    names: frozenset[int]
    deed: int
    object: int
    asked: bool

    @property
    def between(self) -> range:
        """The positions between the deed and its object."""
        return range(self.deed + 1, self.object)

    def normals(self) -> list[str]:
        """The words between the deed and its object."""
        return [self.clauses.words[position].normal for position in self.between]

    def behind(self, reach: int) -> list[int]:
        """The positions behind the object until a mark."""
        return _unparted(self.clauses, self.object, reach)


def another_object(clauses: Clauses, event: frozenset[int], text: str) -> range | None:
    """The words that turn the deed to something else than the one named; None where it is done to the one named.

    `event` holds the positions of the matched words, `text` is what the clauses were read from.
    """
    names = matched_names(clauses, event)
    for deed in sorted(event - names if names else ()):
        russian = is_russian(clauses.words[deed].surface)
        language = _languages()["ru" if russian else "en"]
        form = _form(clauses.words[deed].normal)
        kind = next((kind for kind in language.kinds if form in kind.deeds), None)
        if kind is None:
            continue
        part = _part(clauses, event, deed, kind, language)
        if part is not None:
            return range(deed, part + 1)
        told = _told(clauses, event, names, deed, kind)
        if told is None:
            continue
        before = _russian_thing(told, kind, language) if russian else _english_thing(told, kind, language)
        if before is not None:
            return range(before, told.object + 1)
        after = _qualified(told, kind, language, text)
        if after is not None:
            return range(told.object, after + 1)
    return None


def _part(clauses: Clauses, event: frozenset[int], deed: int, kind: _Kind, language: _Language) -> int | None:
    """What stands right behind the deed and makes it another: "closes gap on rivals" closes no plant."""
    for position in _unparted(clauses, deed, _REACH - 1):
        word = clauses.words[position]
        form = _form(word.normal)
        if position in event:
            return None
        if form in kind.parts and word.surface[0].islower():
            return position
        if word.normal in language.follows and word.normal not in _ARTICLES:
            return None
    return None


def _told(clauses: Clauses, event: frozenset[int], names: frozenset[int], deed: int, kind: _Kind) -> _Told | None:
    """A deed with its object, where one stands near behind it in the same clause."""
    behind = [position for position in sorted(event) if position > deed]
    thing = next((position for position in behind if position in names or not kind.whole), None)
    if thing is None or thing - deed > _REACH or any(clauses.marks[deed:thing]):
        return None
    return _Told(clauses, event, names, deed, thing, asked=behind[0] < thing)


def _russian_thing(told: _Told, kind: _Kind, language: _Language) -> int | None:
    """The noun before the name that the deed is done to, or of what is not taken whole also one behind it."""
    words = told.clauses.words
    if not kind.whole:
        return next((at for at in told.behind(_QUALIFIES) if lemma(words[at].normal) in kind.parts), None)
    if told.asked:
        return None
    # «Telegram заблокирован по просьбе Роскомнадзора»: what it is done to stands before it.
    if part_of_speech(words[told.deed].normal) == "PRTS" and min(told.names) < told.deed:
        return None
    if told.between and words[told.between[-1]].normal in _NO_OBJECT:
        return told.between[-1]
    for position in told.between:
        word = words[position]
        if word.surface[0].isupper() or part_of_speech(word.normal) != "NOUN":
            continue
        if lemma(word.normal) in kind.stands_for or (kind.people and is_animate(word.normal)):
            return None
        if lemma(word.normal) not in language.aside:
            return position
    return None


def _english_thing(told: _Told, kind: _Kind, language: _Language) -> int | None:
    """The noun before the name that the deed is done to."""
    words = told.normals()
    if told.asked or not (kind.whole or kind.apart):
        return None
    owner = told.clauses.words[told.object]
    if not _takes_object(words, language) or is_adjective(owner) or told.object + 1 in told.event:
        return None
    while words and words[-1] in _ARTICLES:
        words.pop()
    if not words or words.pop() not in _OF:
        return None
    things = [
        at for at, word in zip(told.between, words, strict=False) if word not in language.follows and word.isalpha()
    ]
    if not things or any(told.clauses.words[at].normal in kind.stands_for for at in things):
        return None
    return things[0]


def _takes_object(between: Sequence[str], language: _Language) -> bool:
    """Whether what stands behind a deed may be its object: one quits NATO, but "quits as" or "over" it."""
    return not between or between[0] in _ARTICLES or between[0] not in language.follows


def _qualified(told: _Told, kind: _Kind, language: _Language, text: str) -> int | None:
    """The word behind the name that makes it a mere qualifier."""
    words, last = told.clauses.words, told.object
    capitals = not capitalises_all(told.clauses)
    behind = told.behind(_MANNER)
    if kind.whole and behind and _has_possessive_s(words[last]) and _takes_object(told.normals(), language):
        return behind[0] if behind[0] not in told.event else None
    same = told.names if kind.whole else told.event
    while behind and (behind[0] in same or (capitals and words[behind[0]].surface[0].isupper())):
        last, behind = behind[0], behind[1:]
    if not behind:
        return None
    hyphen = text[words[last].end : words[behind[0]].start] in {"-", "‑"}
    if kind.whole:
        if behind[0] in told.event or is_adjective(words[last]) or not _takes_object(told.normals(), language):
            return None
        return behind[0] if hyphen or _is_thing(words[behind[0]], language) else None
    for position in behind[:_QUALIFIES]:
        if position not in told.event and words[position].normal in kind.parts:
            return position
        if position in told.event or words[position].normal in language.follows:
            break
    return _manner(told.clauses, behind, kind)


def _manner(clauses: Clauses, behind: Sequence[int], kind: _Kind) -> int | None:
    """What tells that the deed was done by words: "in speech", «в интервью»."""
    for before, position in pairwise(behind):
        word = clauses.words[position].normal
        near = {clauses.words[before].normal, clauses.words[max(behind[0], before - 1)].normal}
        form = _form(word)
        if near & _BY_WORDS and form in kind.manner:
            return position
    return None


def _has_possessive_s(word: Word) -> bool:
    return POSSESSIVE.search(word.surface) is not None


def _is_thing(word: Word, language: _Language) -> bool:
    """Whether an English word behind a name is a thing of it, as far as one can tell; Russian things stand before."""
    if is_russian(word.surface) or not word.surface[0].isalpha():
        return False
    return word.normal not in language.follows and not word.normal.endswith("ly")


def _unparted(clauses: Clauses, position: int, reach: int) -> list[int]:
    """The positions behind a word until a mark."""
    found = []
    for following in range(position + 1, min(position + 1 + reach, len(clauses.words))):
        if clauses.marks[following - 1]:
            break
        found.append(following)
    return found


@cache
def _languages() -> Mapping[str, _Language]:
    rows = yaml.load(files("tracker.assess").joinpath("objects.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {
        language: _Language(tuple(map(_kind, row["kinds"])), _words(row["follows"]), _words(row["aside"]))
        for language, row in rows.items()
    }


def _kind(row: Mapping[str, Any]) -> _Kind:
    listed = (_words(row.get(key, "")) for key in ("parts", "manner", "stands_for"))
    flags = (row.get(key, False) for key in ("whole", "apart", "people"))
    return _Kind(_words(row["deeds"]), *flags, *listed)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _form(word: str) -> str:
    """A word as the tables list it: a Russian one by its lemma."""
    return lemma(word) if is_russian(word) else word
