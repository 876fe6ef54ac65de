"""Which words of probability are known, and which probability does each stand for? The rows are in scale.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tracker.errors import LikelihoodError
from tracker.text.words import normal, stem, surfaces

_RUSSIAN_ENDING = re.compile(r"[Ѐ-ӿ]+(?<!ость)(?<!ости)(?<!остью)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One step of the scale: a phrase, wordings read like it, and the probability that they stand for.

    `probability` in [0, 1] is that of the event named, [low, high] how far readers differ; `source` says whose figures
    these are.
    """

    phrase: str
    also: tuple[str, ...]
    probability: float
    low: float
    high: float
    source: str

    @property
    def wordings(self) -> tuple[str, ...]:
        """The phrase and all that is read like it."""
        return (self.phrase, *self.also)


@dataclass(frozen=True, slots=True)
class Scale:
    """The rows in the file's order, the row of each wording, and the words that may stand around wording or number.

    `modals` are the wordings that are auxiliary verbs, `alone` those that count only where they stand alone, by key.
    """

    rows: tuple[Row, ...]
    by_key: Mapping[tuple[str, ...], Row]
    before: frozenset[str]
    after: frozenset[str]
    beside_number: frozenset[str]
    modals: frozenset[tuple[str, ...]] = frozenset()
    alone: frozenset[tuple[str, ...]] = frozenset()


def scale() -> tuple[Row, ...]:
    """All rows of the scale, from certain to impossible.

    >>> [row.source for row in scale() if row.phrase == "unlikely"]
    ['46 readers, zonination/perceptions (MIT)']
    """
    return whole_scale().rows


def parse_scale(text: str) -> Scale:
    """The scale that a YAML text holds.

    LikelihoodError for unknown or missing keys, unknown sources, values out of range, and a wording in two rows.
    """
    content = yaml.load(text, Loader=yaml.CSafeLoader)
    _refuse_keys(content, {"sources", "framing", "rows"}, "the file", optional={"modals", "alone"})
    _refuse_keys(content["framing"], {"before", "after", "number"}, "framing")
    rows = tuple(_read_row(entry, content["sources"]) for entry in content["rows"])
    by_key: dict[tuple[str, ...], Row] = {}
    for row in rows:
        for wording in row.wordings:
            # Endings folded away, several Russian wordings of one row are one; in two rows they would be ambiguous.
            if by_key.setdefault(key(wording), row) is not row:
                raise _broken(f"«{wording}» is in two rows")
    before, after, number = (frozenset(map(normal, content["framing"][name])) for name in ("before", "after", "number"))
    modals, alone = (frozenset(map(key, content.get(name, []))) for name in ("modals", "alone"))
    if unknown := sorted((modals | alone) - by_key.keys()):
        raise _broken(f"«{' '.join(unknown[0])}» of modals or alone is in no row")
    return Scale(rows, by_key, before, after, number, modals, alone)


@cache
def whole_scale() -> Scale:
    """The scale of scale.yaml."""
    return parse_scale(files("tracker.likelihood").joinpath("scale.yaml").read_text("utf-8"))


def _read_row(entry: Any, sources: Mapping[str, str]) -> Row:  # noqa: ANN401
    required = {"phrase", "probability", "low", "high", "source"}
    name = f"row «{entry['phrase']}»" if isinstance(entry, dict) and "phrase" in entry else "a row"
    _refuse_keys(entry, required, name, optional={"also"})
    figures = [entry[key] for key in ("low", "probability", "high")]
    if not all(isinstance(figure, float | int) for figure in figures):
        raise _broken(f"{name} has a figure that is not a number")
    low, probability, high = map(float, figures)
    if not 0 <= low <= probability <= high <= 1:
        raise _broken(f"{name} needs 0 <= low <= probability <= high <= 1")
    if entry["source"] not in sources:
        raise _broken(f"{name} names the unknown source «{entry['source']}»")
    wordings = [entry["phrase"], *entry.get("also", [])]
    if not all(isinstance(wording, str) and wording for wording in wordings):
        raise _broken(f"{name} has a wording that is not text")
    return Row(wordings[0], tuple(wordings[1:]), probability, low, high, sources[entry["source"]])


def _refuse_keys(entry: Any, required: set[str], name: str, optional: frozenset[str] | set[str] = frozenset()) -> None:  # noqa: ANN401
    if not isinstance(entry, dict):
        raise _broken(f"{name} is not a mapping")
    if wrong := sorted(set(entry) - required - optional):
        raise _broken(f"{name} has the unknown key «{wrong[0]}»")
    if missing := sorted(required - set(entry)):
        raise _broken(f"{name} lacks «{missing[0]}»")


def _broken(what: str) -> LikelihoodError:
    return LikelihoodError(what, where="scale.yaml")


def key(words: str) -> tuple[str, ...]:
    """The words by which a wording is found: in Russian without endings, so that "маловероятна" is "маловероятно".

    English keeps its endings, since the stem of "likely" is that of "like"; so does a Russian noun of quality, since
    "вероятность" alone, a probability, does not say "вероятно".
    """
    return tuple(key_word(word) for word in surfaces(words))


def key_word(word: str) -> str:
    """One word of a key."""
    return stem(word) if _RUSSIAN_ENDING.fullmatch(word) else normal(word)
