"""What probability do a forecaster's words stand for?

The words are read by the recorded scale in likelihood.yaml, whose rows name their sources; a stated number is taken
as it is. Nothing is guessed: words that no row has are refused, with near ones suggested.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Any

import yaml

from tracker.errors import LikelihoodError
from tracker.model import Likelihood
from tracker.text.words import normal, stem, surfaces

# Words of probability are short; anything longer is a sentence, and comparing it with every row would take long.
_LONGEST = 120
_RUSSIAN_ENDING = re.compile(r"[Ѐ-ӿ]+(?<!ость)(?<!ости)(?<!остью)", re.IGNORECASE)
_DASHES = re.compile(r"\s*[-‐‑‒–—]\s*")

# A comma is a decimal comma, save before three digits: "1,000" is a thousand.
_NUMBER = r"(\d+(?:\.\d+|,\d{1,2}(?!\d))?|\.\d+)"
_PERCENT = r"\s*(?:%|％|(?:percent|per\s+cent|pct|процент\w*)\b)"
_JOIN = r"\s*(?:-|\bto\b|\band\b|\bдо\b)\s*"
_PERCENT_RANGE = re.compile(f"{_NUMBER}(?:{_PERCENT})?{_JOIN}{_NUMBER}{_PERCENT}")
_PERCENT_ALONE = re.compile(f"{_NUMBER}{_PERCENT}")
_SHARE = r"([01]?\.\d+|[01],\d{1,2}(?!\d)|0,\d+)"
_SHARE_RANGE = re.compile(_SHARE + _JOIN + _SHARE)
_SHARE_ALONE = re.compile(_SHARE)
_OUT_OF = re.compile(rf"{_NUMBER}\s*\b(?:in|out\s+of|из)\b\s*{_NUMBER}")
# How a number may be written, and what it is a part of; longer forms first, since they contain the shorter ones.
_NUMBERS = ((_PERCENT_RANGE, 100), (_PERCENT_ALONE, 100), (_OUT_OF, 1), (_SHARE_RANGE, 1), (_SHARE_ALONE, 1))
# Beside the number only words may stand: a sign such as < or ± says something that the number alone does not.
_BESIDE_NUMBER = re.compile(r"[^\W\d_]*(?:[\s~≈.,'’()«»\"“”]+[^\W\d_]*)*")
_NUMBER_MEND = "write 70%, 0.7, 7 in 10, or an interval such as 60-70%"


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
    """The rows in the file's order, the row of each wording, and the words that may stand around wording or number."""

    rows: tuple[Row, ...]
    by_key: Mapping[tuple[str, ...], Row]
    before: frozenset[str]
    after: frozenset[str]
    beside_number: frozenset[str]


def read_likelihood(words: str | float) -> Likelihood:
    """The probability that a forecaster's words, or a stated number, give to the event that they speak of.

    It is always the probability that the *event* happens, whatever the forecaster expects: "unlikely", said of a break
    of relations, gives the break 0.2. Words come from `scale`; a number is a percentage ("70%", "70 percent"), a share
    (0.7), "7 in 10", or an interval ("60-70%"), which is read as its middle. LikelihoodError for anything else, for
    numbers outside [0, 1] or [0%, 100%], and for numbers that can be read in two ways ("70", "1 to 3").

    >>> read_likelihood("quite likely")
    Likelihood(words='quite likely', probability=0.75, low=0.6, high=0.9)
    >>> read_likelihood("60-70%").probability, read_likelihood("7 in 10").low
    (0.65, 0.7)
    >>> read_likelihood("it is unlikely that").probability, read_likelihood("Маловероятна").probability
    (0.2, 0.2)
    """
    if not isinstance(words, str):
        return _share(words)
    said = "".join(character for character in " ".join(words.split()) if character.isprintable())
    if not said:
        raise LikelihoodError("no words of probability are given", mend=f"{_NUMBER_MEND}, or words such as likely")
    if len(said) > _LONGEST:
        raise LikelihoodError(
            f"«{said[:60]}…» is too long for words of probability", mend="quote only the words, such as quite likely"
        )
    row = _row(said)
    if row:
        return Likelihood(said, row.probability, row.low, row.high)
    if any(character.isdigit() for character in said):
        return _number(said)
    raise LikelihoodError(f"«{said}» is not in the scale of words of probability", mend=_mend(said))


def scale() -> tuple[Row, ...]:
    """All rows of the scale, from certain to impossible.

    >>> [row.source for row in scale() if row.phrase == "unlikely"]
    ['46 readers, zonination/perceptions (MIT)']
    """
    return _scale().rows


def parse_scale(text: str) -> Scale:
    """The scale that a YAML text holds.

    LikelihoodError for unknown or missing keys, unknown sources, values out of range, and a wording in two rows.
    """
    content = yaml.load(text, Loader=yaml.CSafeLoader)
    _refuse_keys(content, {"sources", "framing", "rows"}, "the file")
    _refuse_keys(content["framing"], {"before", "after", "number"}, "framing")
    rows = tuple(_read_row(entry, content["sources"]) for entry in content["rows"])
    by_key: dict[tuple[str, ...], Row] = {}
    for row in rows:
        for wording in row.wordings:
            # Endings folded away, several Russian wordings of one row are one; in two rows they would be ambiguous.
            if by_key.setdefault(_key(wording), row) is not row:
                raise _broken(f"«{wording}» is in two rows")
    before, after, number = (frozenset(map(normal, content["framing"][name])) for name in ("before", "after", "number"))
    return Scale(rows, by_key, before, after, number)


@cache
def _scale() -> Scale:
    return parse_scale(files("tracker").joinpath("likelihood.yaml").read_text("utf-8"))


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
    return LikelihoodError(what, where="likelihood.yaml")


def _key(words: str) -> tuple[str, ...]:
    """The words by which a wording is found: in Russian without endings, so that "маловероятна" is "маловероятно".

    English keeps its endings, since the stem of "likely" is that of "like"; so does a Russian noun of quality, since
    "вероятность" alone, a probability, does not say "вероятно".
    """
    return tuple(stem(word) if _RUSSIAN_ENDING.fullmatch(word) else normal(word) for word in surfaces(words))


def _row(said: str) -> Row | None:
    """The row of a wording, exact or with framing words around it; the fewest framing words are taken away."""
    table, key = _scale(), _key(said)
    plain = [normal(word) for word in surfaces(said)]
    heads = sum(1 for _ in takewhile(table.before.__contains__, plain))
    tails = sum(1 for _ in takewhile(table.after.__contains__, reversed(plain)))
    cuts = sorted((head + tail, head, len(key) - tail) for head in range(heads + 1) for tail in range(tails + 1))
    return next((table.by_key[key[head:end]] for _, head, end in cuts if key[head:end] in table.by_key), None)


def _number(said: str) -> Likelihood:
    text = _DASHES.sub("-", said.casefold())
    for pattern, whole in _NUMBERS:
        match = pattern.search(text)
        if match and _stands_alone(text, match):
            shares = [float(group.replace(",", ".")) / whole for group in match.groups()]
            if pattern is _OUT_OF:
                part, total = shares
                shares = [part / total if total else math.inf]
            return _interval(said, shares)
    raise LikelihoodError(f"«{said}» does not say which probability it means", mend=_NUMBER_MEND)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether nothing but framing words stands around a number."""
    sides = (text[: match.start()], text[match.end() :])
    return all(_BESIDE_NUMBER.fullmatch(side) for side in sides) and all(
        normal(word) in _scale().beside_number for side in sides for word in surfaces(side)
    )


def _share(number: float) -> Likelihood:
    """A bare number from a file: a share, unless it is true/false or a whole 1, which may as well be one per cent."""
    if isinstance(number, bool):
        raise LikelihoodError(f"{str(number).lower()} is not a probability", mend=_NUMBER_MEND)
    if isinstance(number, int):
        raise LikelihoodError(f"{number} may be a share or a percentage", mend=_NUMBER_MEND)
    return _interval(f"{number:g}", [number])


def _interval(said: str, shares: list[float]) -> Likelihood:
    # Nine places are finer than anyone states, and 0.65 should not read 0.6499999999999999.
    low, middle, high = (round(figure, 9) for figure in (shares[0], (shares[0] + shares[-1]) / 2, shares[-1]))
    if low > high:
        raise LikelihoodError(f"the interval «{said}» runs downwards", mend="put the smaller number first")
    if not 0 <= low <= high <= 1:
        raise LikelihoodError(
            f"«{said}» lies outside 0% to 100%", mend="a probability is from 0% to 100%, or from 0 to 1"
        )
    return Likelihood(said, middle, low, high)


def _mend(said: str) -> str:
    near = list(dict.fromkeys([*_contained(said), *get_close_matches(said.casefold(), _wordings(), n=3)]))[:3]
    return f"{'near: ' + ', '.join(near) if near else 'use words such as likely or unlikely'}; or {_NUMBER_MEND}"


def _contained(said: str) -> Iterator[str]:
    """The wordings of the scale inside longer words, the longest first."""
    key, by_key = _key(said), _scale().by_key
    for length in range(len(key), 0, -1):
        for start in range(len(key) - length + 1):
            part = key[start : start + length]
            if part in by_key:
                yield next(wording for wording in by_key[part].wordings if _key(wording) == part)


def _wordings() -> list[str]:
    return [wording for row in scale() for wording in row.wordings]
