"""What probability do a forecaster's words, or a number that he states, stand for?

The words are read by the scale in scale.yaml, whose rows name their sources; a stated number is taken as it is. Nothing
is guessed: words that no row has are refused, with near ones suggested.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from itertools import takewhile

from tracker.errors import LikelihoodError
from tracker.likelihood.scale import Row, key, scale, whole_scale
from tracker.model import Likelihood
from tracker.text.numbers import numbers
from tracker.text.words import normal, surfaces

# Words of probability are short; anything longer is a sentence, and comparing it with every row would take long.
_LONGEST = 120
_HUNDRED = 100
_DASHES = re.compile(r"\s*[-‐‑‒–—]\s*")
_DENIALS = {"not", "не", "нет"}

# A comma is a decimal comma, save before three digits: "1,000" is a thousand.
_NUMBER = r"(\d+(?:\.\d+|,\d{1,2}(?!\d))?|\.\d+)"
_PERCENT = r"[\s-]*(?:%|％|(?:percent|per\s+cent|pct|процент\w*)\b)"
_JOIN = r"\s*(?:-|\bto\b|\band\b|\bдо\b)\s*"
_PERCENT_RANGE = re.compile(f"{_NUMBER}(?:{_PERCENT})?{_JOIN}{_NUMBER}{_PERCENT}")
_PERCENT_ALONE = re.compile(f"{_NUMBER}{_PERCENT}")
_PERCENT_BEFORE = re.compile(rf"\bпроцентов\s+(?:в\s+)?{_NUMBER}")
_SHARE = r"([01]?\.\d+|[01],\d{1,2}(?!\d)|0,\d+)"
_SHARE_RANGE = re.compile(_SHARE + _JOIN + _SHARE)
_SHARE_ALONE = re.compile(_SHARE)
_OUT_OF = re.compile(rf"{_NUMBER}[\s-]*(?:\b(?:chances?|шанс\w*)\s+)?\b(?:in|out\s+of|из)\b[\s-]*{_NUMBER}")
# "60-40" and «60 на 40» share out a hundred; «один к двадцати» is one chance against twenty.
# "40-60" may be an interval as well, and is not read.
_SHARED_OUT = re.compile(r"(\d{1,2})\s*(?:-|/|\bto\b|(?P<of>\bна\b))\s*(\d{1,2})(?![\d%])")
_ONE_TO = re.compile(r"\b1\s+к\s+(\d+)\b")
# How a number may be written, and what it is a part of; longer forms first, since they contain the shorter ones.
_NUMBERS = (
    (_PERCENT_RANGE, 100),
    (_PERCENT_ALONE, 100),
    (_PERCENT_BEFORE, 100),
    (_OUT_OF, 1),
    (_SHARE_RANGE, 1),
    (_SHARE_ALONE, 1),
)
# Beside the number only words may stand: a sign such as < or ± says something that the number alone does not.
_BESIDE_NUMBER = re.compile(r"[^\W\d_]*(?:[\s~≈.,'’()«»\"“”]+[^\W\d_]*)*")
# "At least 80%" names 80% and leaves what lies above open; "not above 5%" leaves what lies below.
FLOORS = (
    "at least|not? less than|no fewer than|more than|over|above|upwards of|не менее|не меньше|не ниже|более|больше|"
    "свыше|выше|как минимум|минимум|по меньшей мере|по крайней мере"
)
CEILINGS = (
    "at most|not? more than|not? above|no higher than|less than|fewer than|under|below|up to|не более|не больше|"
    "не выше|менее|меньше|ниже|максимум|самое большее"
)
_BOUND = re.compile(rf"\b(?:(?P<floor>{FLOORS})|(?P<ceiling>{CEILINGS}))\b")
_NUMBER_MEND = "write 70%, 0.7, 7 in 10, or an interval such as 60-70%"


def read_likelihood(words: str | float) -> Likelihood:
    """The probability that a forecaster's words, or a stated number, give to the event that they speak of.

    It is always the probability that the *event* happens, whatever the forecaster expects: "unlikely", said of a break
    of relations, gives the break 0.2. Words come from `scale`; a number is a percentage ("70%", "70 percent"), a share
    (0.7), "7 in 10", in figures or words, or an interval ("60-70%"), which is read as its middle; "at least 80%" is
    read as the 80% that it names, with what lies above left open. Words before a final "not" give the event what
    they leave ("very likely not"). LikelihoodError for anything else, for numbers outside [0, 1] or [0%, 100%], and for
    numbers that can be read in two ways ("70", "1 to 3"). "60-40" shares out a hundred, and is 60%;
    «один к двадцати» is one in twenty-one.

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
    if worded := in_words(said):
        return worded
    if numbers(said):
        return _number(said)
    raise LikelihoodError(f"«{said}» is not in the scale of words of probability", mend=_mend(said))


def _row(said: str) -> Row | None:
    """The row of a wording, exact or with framing words around it; the fewest framing words are taken away."""
    table, found = whole_scale(), key(said)
    plain = [normal(word) for word in surfaces(said)]
    heads = sum(1 for _ in takewhile(table.before.__contains__, plain))
    tails = sum(1 for _ in takewhile(table.after.__contains__, reversed(plain)))
    cuts = sorted((head + tail, head, len(found) - tail) for head in range(heads + 1) for tail in range(tails + 1))
    return next((table.by_key[found[head:end]] for _, head, end in cuts if found[head:end] in table.by_key), None)


def in_words(said: str) -> Likelihood | None:
    """What words of probability say, by the scale; None for a number and for words that it does not have."""
    if row := _row(said):
        return Likelihood(said, row.probability, row.low, row.high)
    if denied := _denied(said):
        return Likelihood(said, *(round(1 - share, 9) for share in (denied.probability, denied.high, denied.low)))
    return None


def _denied(said: str) -> Row | None:
    """The row of the words before a final "not"; a modal verb has none, since "could not" is no more than "cannot"."""
    spoken = surfaces(said)
    while spoken and normal(spoken[-1]) in whole_scale().after - _DENIALS:
        spoken.pop()
    if len(spoken) < 2 or normal(spoken[-1]) not in _DENIALS:
        return None
    words = " ".join(spoken[:-1])
    modal = any(key(words)[-len(verb) :] == verb for verb in whole_scale().modals)
    return None if modal else _row(words)


def _number(said: str) -> Likelihood:
    text = _DASHES.sub("-", _in_figures(said.casefold()))
    bound = _BOUND.search(text)
    if bound:
        text = text[: bound.start()] + text[bound.end() :]
    if (shared := _SHARED_OUT.search(text)) and _stands_alone(text, shared):
        one, other = int(shared[1]), int(shared[3])
        if one + other == _HUNDRED and (one >= other or shared["of"]):
            return _interval(said, [one / _HUNDRED])
    if (one_to := _ONE_TO.search(text)) and _stands_alone(text, one_to):
        return _interval(said, [1 / (1 + int(one_to[1]))])
    for pattern, whole in _NUMBERS:
        match = pattern.search(text)
        if match and _stands_alone(text, match):
            shares = [float(group.replace(",", ".")) / whole for group in match.groups()]
            if pattern is _OUT_OF:
                part, total = shares
                shares = [part / total if total else math.inf]
            if bound and len(shares) == 1:
                stated = _interval(said, shares)
                return replace(stated, high=1.0) if bound["floor"] else replace(stated, low=0.0)
            return _interval(said, shares)
    raise LikelihoodError(f"«{said}» does not say which probability it means", mend=_NUMBER_MEND)


def _in_figures(said: str) -> str:
    """The words with every number that they spell out in figures: "one in ten" is "1 in 10"."""
    for number in reversed(numbers(said)):
        spelled = said[number.start : number.end]
        if not any(character.isdigit() for character in spelled) and not number.names:
            said = said[: number.start] + f"{number.value:g}{number.unit}" + said[number.end :]
    return said


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether nothing but framing words stands around a number."""
    sides = (text[: match.start()], text[match.end() :])
    return all(_BESIDE_NUMBER.fullmatch(side) for side in sides) and all(
        normal(word) in whole_scale().beside_number for side in sides for word in surfaces(side)
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
    whole, by_key = key(said), whole_scale().by_key
    for length in range(len(whole), 0, -1):
        for start in range(len(whole) - length + 1):
            part = whole[start : start + length]
            if part in by_key:
                yield next(wording for wording in by_key[part].wordings if key(wording) == part)


def _wordings() -> list[str]:
    return [wording for row in scale() for wording in row.wordings]
