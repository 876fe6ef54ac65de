"""Which words of a claim say nothing that a report would repeat, and which mean the same as others?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tracker.text import normal, stem


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of words.yaml by what they do; `synonyms` gives a stem the query of its group."""

    idle: frozenset[str]
    idle_stems: frozenset[str]
    narrowing: frozenset[str]
    series: frozenset[str]
    given_names: frozenset[str]
    towns: frozenset[str]
    measures: frozenset[str]
    types: frozenset[str]
    titles: frozenset[str]
    describing: frozenset[str]
    over: frozenset[str]
    only_one: frozenset[str]
    royal: frozenset[str]
    polities: frozenset[str]
    societies: frozenset[str]
    owners: frozenset[str]
    parts_of_place: tuple[str, ...]
    adverb_lookalikes: frozenset[str]
    places: frozenset[str]
    negations: frozenset[str]
    goes_on: frozenset[str]
    holds: frozenset[str]
    conditions: frozenset[str]
    indefinite: frozenset[str]
    relations: frozenset[str]
    pronouns: frozenset[str]
    quantities: frozenset[str]
    towards: tuple[str, ...]
    involved: tuple[str, ...]
    friends: tuple[str, ...]
    adopts: frozenset[str]
    proposes: tuple[str, ...]
    proposed: tuple[str, ...]
    beaten: tuple[str, ...]
    others: tuple[str, ...]
    people_of: tuple[str, ...]
    common: frozenset[str]
    beside: tuple[str, ...]
    namesakes: frozenset[str]
    at_least: tuple[str, ...]
    below: tuple[str, ...]
    stands_above: tuple[str, ...]
    stands_below: tuple[str, ...]
    synonyms: Mapping[str, str]


@cache
def _data() -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(files("tracker.draft").joinpath("words.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return read


def synonym_rows() -> list[dict[str, Any]]:
    """The groups of synonyms as they are written: words, a headline that another of them finds, and a look-alike."""
    return list(_data()["synonyms"])


@cache
def vocabulary() -> Vocabulary:
    """The words of words.yaml."""
    data = _data()
    synonyms: dict[str, str] = {}
    for group in synonym_rows():
        query = " OR ".join((*group["words"], *group.get("also", ())))
        for word in group["words"]:
            if (plain := word.strip('="')).replace(" ", "").isalpha():
                synonyms.setdefault(" ".join(map(stem, plain.split())), query)
    return Vocabulary(
        idle=_normals(data["idle"]),
        idle_stems=_stems(data["idle_in_any_form"]),
        narrowing=_stems(data["narrowing"]),
        series=_stems(data["series"]),
        given_names=_normals(data["given_names"]),
        towns=_normals(data["towns"]),
        measures=_stems(data["measures"]),
        types=_stems(data["types"]),
        titles=_stems(data["titles"]),
        describing=_stems(data["describing"]),
        over=_normals(data["over"]),
        only_one=_normals(data["only_one"]),
        royal=_normals(data["royal"]),
        polities=_stems(data["polities"]),
        societies=_stems(data["societies"]),
        owners=_normals(data["owners"]),
        parts_of_place=tuple(_split(data["parts_of_place"])),
        adverb_lookalikes=_normals(data["adverb_lookalikes"]),
        places=_normals(data["places"]),
        negations=_normals(data["negations"]),
        goes_on=_stems(data["goes_on"]),
        holds=_stems(data["holds"]),
        conditions=_normals(data["conditions"]),
        indefinite=_normals(data["indefinite"]),
        relations=_normals(data["relations"]),
        pronouns=_normals(data["pronouns"]),
        quantities=_normals(data["quantities"]),
        towards=tuple(_split(data["towards"])),
        involved=tuple(_split(data["involved"])),
        friends=tuple(_split(data["friends"])),
        adopts=_stems(data["adopts"]),
        proposes=tuple(_split(data["proposes"])),
        proposed=tuple(_split(data["proposed"])),
        beaten=tuple(_split(data["beaten"])),
        others=tuple(_split(data["others"])),
        people_of=tuple(_split(data["people_of"])),
        common=_normals(data["common"]),
        beside=tuple(data["beside"]),
        namesakes=_normals(data["namesakes"]),
        at_least=tuple(data["at_least"]),
        below=tuple(data["below"]),
        stands_above=tuple(_split(data["stands_above"])),
        stands_below=tuple(_split(data["stands_below"])),
        synonyms=synonyms,
    )


def _split(texts: Sequence[str]) -> list[str]:
    return [word for text in texts for word in text.split()]


def _normals(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(normal(word) for word in _split(texts))


def _stems(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in _split(texts))
