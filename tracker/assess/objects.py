"""Is a deed done to the one whom the matched words name, or only to something of theirs?

A query asks for a deed near a name. «Ukraine joins NATO exercise» has both, and tells of no accession: the name only
says whose exercise it is. Two ways lead there:

1. Behind the name stands the thing that it qualifies: "buys Intel chips", "attacks Iran deal", «Telegram-каналы».
2. Between the deed and the name stands the thing that is of it or in it: «купил процессоры Intel», "bans ads on
   Discord".

What is joined, left or bought is taken whole, so that any thing of somebody is another. What is banned or blocked is
another where it is one of many: accounts, ads, users. What is struck or met is another where it is nothing that can be
hit: a deal, a policy, a record (objects.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import yaml

from tracker.assess.names import capitalises_all, is_adjective, matched_names
from tracker.assess.pattern import Clauses
from tracker.text import Word
from tracker.text.russian import lemma, part_of_speech

_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
# Between a deed and its object, between a name and what it qualifies, and to the manner of a deed.
_REACH, _QUALIFIES, _MANNER = 6, 3, 8
_OF = frozenset(("on", "at", "of", "for", "to", "with", "from", "over", "inside"))
_ARTICLES = frozenset(("the", "a", "an", "its"))
_BY_WORDS = frozenset(("in", "as", "with", "from"))


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The words of objects.yaml for one language, as it explains them."""

    whole: frozenset[str]
    stopped: frozenset[str]
    parts: frozenset[str]
    struck: frozenset[str]
    immaterial: frozenset[str]
    manner: frozenset[str]
    follows: frozenset[str]
    stands_for: frozenset[str]
    aside: frozenset[str]


def another_object(clauses: Clauses, event: frozenset[int], text: str) -> range | None:
    """The words that turn the deed to something else than the one named; None where it is done to the one named.

    `event` holds the positions of the matched words, `text` is what the clauses were read from.
    """
    names = matched_names(clauses, event)
    for deed in sorted(event - names):
        name = next((position for position in sorted(names) if position > deed), None)
        if name is None or name - deed > _REACH or any(clauses.marks[deed:name]):
            continue
        russian = _CYRILLIC.search(clauses.words[deed].surface) is not None
        kinds = _kinds()["ru" if russian else "en"]
        told = lemma(clauses.words[deed].normal) if russian else clauses.words[deed].normal
        if told not in kinds.whole | kinds.stopped | kinds.struck:
            continue
        # A deed that is asked for with its object has been found with it.
        asked = any(position in event - names for position in range(deed + 1, name))
        between = [] if asked else [position for position in range(deed + 1, name) if position not in event]
        if russian:
            thing = _russian_thing(clauses, deed, name, between, names, kinds, whole=told in kinds.whole)
        else:
            thing = _english_thing(clauses, name, between, event, kinds, struck=told in kinds.struck)
        if thing is not None:
            return range(thing, name + 1)
        thing = _behind(clauses, told, range(deed, name), event, names, text, kinds)
        if thing is not None:
            return range(name, thing + 1)
    return None


def _russian_thing(
    clauses: Clauses, deed: int, name: int, between: list[int], names: frozenset[int], kinds: _Kinds, *, whole: bool
) -> int | None:
    """The noun before the name, or of a strike also behind it, that the deed is done to or done with."""
    if whole:
        # «Telegram заблокирован по просьбе Роскомнадзора»: what it is done to stands before it.
        if part_of_speech(clauses.words[deed].normal) == "PRTS" and min(names) < deed:
            return None
        for position in between:
            word = clauses.words[position]
            if word.surface[0].isupper() or part_of_speech(word.normal) != "NOUN":
                continue
            if lemma(word.normal) in kinds.stands_for:
                return None
            if lemma(word.normal) not in kinds.aside:
                return position
        return None
    behind = _unparted(clauses, name, _QUALIFIES)
    return next((at for at in (*between, *behind) if lemma(clauses.words[at].normal) in kinds.immaterial), None)


def _english_thing(
    clauses: Clauses, name: int, between: list[int], event: frozenset[int], kinds: _Kinds, *, struck: bool
) -> int | None:
    """The noun before the name that the deed is done to."""
    words = [clauses.words[position].normal for position in between]
    if struck:
        return next((at for at, word in zip(between, words, strict=True) if word in kinds.immaterial), None)
    if not _takes_object(words, kinds) or is_adjective(clauses.words[name]) or name + 1 in event:
        return None
    while words and words[-1] in _ARTICLES:
        words.pop()
    if not words or words.pop() not in _OF:
        return None
    things = [at for at, word in zip(between, words, strict=False) if word not in kinds.follows and word.isalpha()]
    if not things or any(clauses.words[at].normal in kinds.stands_for for at in things):
        return None
    return things[0]


def _takes_object(between: list[str], kinds: _Kinds) -> bool:
    """Whether what stands behind a deed may be its object: one quits NATO, but "quits as" or "over" it."""
    return not between or between[0] in _ARTICLES or between[0] not in kinds.follows


def _behind(
    clauses: Clauses, told: str, led: range, event: frozenset[int], names: frozenset[int], text: str, kinds: _Kinds
) -> int | None:
    """The word behind a name that makes it a mere qualifier; `led` leads from the deed, which is `told`, to it."""
    last = led.stop
    capitals = not capitalises_all(clauses)
    behind = _unparted(clauses, last, _MANNER)
    while behind and (behind[0] in names or (capitals and clauses.words[behind[0]].surface[0].isupper())):
        last, behind = behind[0], behind[1:]
    if not behind:
        return None
    if told in kinds.struck:
        return _immaterial(clauses, behind, event, kinds)
    between = [clauses.words[position].normal for position in led[1:]]
    if behind[0] in event or is_adjective(clauses.words[last]) or not _takes_object(between, kinds):
        return None
    following = clauses.words[behind[0]]
    if text[clauses.words[last].end : following.start] in {"-", "‑"}:
        return behind[0]
    if told in kinds.stopped:
        return behind[0] if following.normal in kinds.parts else None
    return behind[0] if _is_thing(following, kinds) else None


def _immaterial(clauses: Clauses, behind: list[int], event: frozenset[int], kinds: _Kinds) -> int | None:
    """What of somebody cannot be hit, or the manner of a blow in words."""
    for position in behind[:_QUALIFIES]:
        if position in event or clauses.words[position].normal in kinds.follows:
            break
        if clauses.words[position].normal in kinds.immaterial:
            return position
    for before, position in pairwise(behind):
        near = {clauses.words[before].normal, clauses.words[max(behind[0], before - 1)].normal}
        if clauses.words[position].normal in kinds.manner and near & _BY_WORDS:
            return position
    return None


def _is_thing(word: Word, kinds: _Kinds) -> bool:
    """Whether an English word behind a name is a thing of it, as far as one can tell; Russian things stand before."""
    if _CYRILLIC.search(word.surface) or not word.surface[0].isalpha():
        return False
    return word.normal not in kinds.follows and not word.normal.endswith("ly")


def _unparted(clauses: Clauses, position: int, reach: int) -> list[int]:
    """The positions behind a word until a mark."""
    found = []
    for following in range(position + 1, min(position + 1 + reach, len(clauses.words))):
        if clauses.marks[following - 1]:
            break
        found.append(following)
    return found


@cache
def _kinds() -> Mapping[str, _Kinds]:
    rows = yaml.load(files("tracker.assess").joinpath("objects.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return {
        language: _Kinds(**{kind: frozenset(" ".join(lines).split()) for kind, lines in row.items()})
        for language, row in rows.items()
    }
