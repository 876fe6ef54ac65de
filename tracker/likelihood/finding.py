"""Where in a sentence do words of probability, or a stated probability, stand, and what do they say?

A wording is found whole, as the scale has it; at each word the longest that fits is taken, and none overlaps another.
A percentage is a probability only where the sentence says so: "a 40% chance", "puts the odds at 40%".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tracker.errors import LikelihoodError
from tracker.likelihood.reading import CEILINGS, FLOORS, in_words, read_likelihood
from tracker.likelihood.scale import key_word, whole_scale
from tracker.model import Likelihood
from tracker.text.language import is_russian
from tracker.text.numbers import TextNumber, numbers
from tracker.text.words import Word, words

_PARTING = re.compile(r"[.!?;:…\n()«»\"“”—–]")
_NEGATIONS = {"not", "never", "no", "nobody", "nothing", "none", "не", "нет", "ни", "никогда", "никто", "ничего"}
_LETTER = re.compile(r"[^\W\d_]")
# What a negation's reach ends at, and what may stand between it and a phrase: "not very likely".
_JOINING = {
    *("but", "and", "or", "because", "although", "though", "while", "if", "when", "unless"),
    *("но", "а", "и", "или", "хотя", "если", "когда", "чтобы"),
}
_BETWEEN = {
    *("very", "so", "too", "all", "that", "quite", "yet", "at", "really", "entirely", "is", "are", "it", "this"),
    *("очень", "столь", "так", "уж", "вполне", "особо"),
}
_DENIERS = {"not", "nor", "no", "never", "не", "нет"}
_REACH = 4  # words after a phrase that its verb may be away: "probably | the two will not"

_NEAR = 80  # characters before a number in which "at least", "under about" may stand

_NOUN = r"(?:chances?|probabilit(?:y|ies)|likelihood|odds|шанс\w*|вероятност\w*)"
_ABOUT = r"(?:about|around|roughly|some|only|just|a|an|the|около|примерно|почти|порядка|где-то)"
_BOUND = rf"(?:{FLOORS}|{CEILINGS}|до)"
_NOUN_AFTER = re.compile(
    rf"\s*(?:-\s*)?(?:\w+\s+)?\b(?:{_NOUN}|shot|prospect|possibility|risk(?!\s+(?:premium|weight|appetite)))\b",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    rf"\b(?:{_NOUN}|put(?:s|ting)? (?:that|it|this)|(?:figure|number) on)\b[^.!?;%\n]{{0,120}}?"
    rf"(?:\b(?:at|is|was|are|as|be|в|составля\w+|состав\w+|равн\w+)\s|[—:]\s?)"
    rf"[\"“”«]?(?:{_ABOUT}\s+)*(?:{_BOUND}\s+)?(?:{_ABOUT}\s+)*$|\b{_NOUN}\s+(?P<of>of\s+|в\s+)?(?:{_ABOUT}\s+|{_BOUND}\s+)*$",
    re.IGNORECASE,
)
# "The chance of a fall of 30% or more I put at 45%": the verb tells which of the numbers is meant.
_PUT_AT = re.compile(
    rf"\b{_NOUN}\b[^.!?;\n]{{0,160}}?\b(?:put|puts|estimate[sd]?|reckons?|оценива\w+)\s+(?:it\s+|ее\s+|её\s+|его\s+)?(?:at|в|на)?\s*"
    rf"(?:{_ABOUT}\s+|{_BOUND}\s+)*$"
    rf"|\b(?:даю|ставлю|дал[аи]?\s+бы|бы\s+дал[аи]?)\s+(?:(?:ему|ей|им|этому|такому|сценарию|исходу)\s+)*(?:{_ABOUT}\s+|{_BOUND}\s+)*$",
    re.IGNORECASE,
)
# "I make it 60-40 that", «шансы 60 на 40», «один к двадцати».
_ODDS_BEFORE = re.compile(
    r"(?:\b(?:make|makes|put|puts|call|calls|say|says)\s+(?:it|that|this|them)"
    r"|\b(?:odds|chances?|шанс\w*|вероятност\w*)\b[^.!?;\n]{0,60}?)"
    r"(?:\s+(?:at|about|around|roughly|only|no better than|примерно|где-то|как))*[\s:—–,]+$",
    re.IGNORECASE,
)
_ODDS_AFTER = re.compile(r"\s*,?\s*(?:that|in favou?r|against|chance|shot|что|в пользу|за то)\b", re.IGNORECASE)
_SHARING = re.compile(r"\s*(?:-|–|/|\bto\b)\s*|\s+на\s+", re.IGNORECASE)
_AGAINST = re.compile(r"\s+к\s+", re.IGNORECASE)
_PERCENT_BEFORE = re.compile(r"\bпроцентов\s+(?:в\s+)?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\b(?:likely|probable|вероятн\w*) \($", re.IGNORECASE)  # "the most probable (45–55%)"
_HUNDRED = 100
_LIMITS = re.compile(rf"(?:\b(?:{_BOUND})\s+(?:(?:{_ABOUT})\s+)*|\b(?:around|about|около|примерно)\s+)$", re.IGNORECASE)
_OUT_OF = re.compile(r"[\s-]+(?:chances?\s+|шанс\w*\s+)?(?:in|out of|из)[\s-]+", re.IGNORECASE)
_PER_CENT = re.compile(r"\s+per\s+cent\b", re.IGNORECASE)
_CHANCE_OF = re.compile(r"chance|шанс", re.IGNORECASE)
_NOTHING_COUNTED = re.compile(r"\s*(?:[.,;:!?)»”\"]|$|(?:that|of|for|что|того)\b)")
_TO = re.compile(r"\s*(?:%|per\s?cent)?\s*(?:-|–|to|and|до|или)\s*", re.IGNORECASE)


class Kind(StrEnum):
    """How a probability is said; in one clause a number says more than words, and words more than a modal verb."""

    NUMBER = "number"
    WORDS = "words"
    MODAL = "modal"


@dataclass(frozen=True, slots=True)
class FoundLikelihood:
    """Words of probability in a text: `phrase` is the text from `start` to `end`, in characters.

    `likelihood` is that of the event named, and `read_likelihood` reads its `words` alike. `negated` says that a
    negation stands beside the phrase ("probably they will not"): the event is what is denied, and `likelihood` is read
    with the negation ("probably not"), save that of a modal verb such as "could", which cannot be.
    """

    phrase: str
    start: int
    end: int
    kind: Kind
    likelihood: Likelihood
    negated: bool


def find_likelihoods(text: str, language: str) -> list[FoundLikelihood]:
    """The words of probability and stated probabilities in a text, in order; none overlaps another.

    `language` is "en" or "ru"; wordings of the other are not looked for. What the words govern is the caller's to see.

    >>> found = find_likelihoods("A deal is unlikely; I put the odds of a truce at 40 per cent.", "en")
    >>> [(one.phrase, one.likelihood.probability) for one in found]
    [('unlikely', 0.2), ('40 per cent', 0.4)]
    """
    found = list(_numbers(text))
    for one in _wordings(text, language):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _wordings(text: str, language: str) -> Iterator[FoundLikelihood]:
    spoken = words(text)
    keys = [key_word(word.surface) for word in spoken]
    russian = language == "ru"
    index = 0
    while index < len(spoken):
        foreign = bool(_LETTER.search(keys[index])) and is_russian(keys[index]) != russian
        length = 0 if foreign else _longest(text, spoken, keys, index)
        if length:
            wording = tuple(keys[index : index + length])
            if found := _found(text, spoken, index, index + length, wording):
                yield found
        index += max(1, length)


def _longest(text: str, spoken: list[Word], keys: list[str], index: int) -> int:
    """How many words the longest wording that begins here has; 0 for none."""
    for wording in _by_first_word().get(keys[index], ()):
        end = index + len(wording)
        if tuple(keys[index:end]) != wording or _PARTING.search(text, spoken[index].start, spoken[end - 1].end):
            continue
        as_possible = index and keys[index - 1] == "as" and keys[end - 1] in ("possible", "likely")
        the_month = spoken[index].surface == "May" and not _begins(text, spoken[index])
        return 0 if as_possible or the_month else len(wording)
    return 0


def _begins(text: str, word: Word) -> bool:
    """Whether a word begins a sentence, so that its capital says nothing."""
    before = text[: word.start].rstrip(" \"“«'(")
    return not before or before[-1] in ".!?…\n"


@cache
def _by_first_word() -> dict[str, list[tuple[str, ...]]]:
    """The wordings that may stand in a sentence, by their first word, the longest first."""
    table = whole_scale()
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for wording in sorted(table.by_key.keys() - table.alone, key=len, reverse=True):
        found[wording[0]].append(wording)
    return found


def _found(text: str, spoken: list[Word], first: int, end: int, wording: tuple[str, ...]) -> FoundLikelihood | None:
    """The wording as it was found; None when a negation before it makes it something that the scale does not have."""
    kind = Kind.MODAL if wording in whole_scale().modals else Kind.WORDS
    start, stop = spoken[first].start, spoken[end - 1].end
    phrase = text[start:stop]
    denier = _denier(text, spoken, first)
    if denier is not None:
        likelihood = in_words(f"{'не' if is_russian(phrase) else 'not'} {phrase}")
        start = denier.start
        return FoundLikelihood(text[start:stop], start, stop, kind, likelihood, negated=False) if likelihood else None
    negated = _is_negated(text, spoken, first, end)
    likelihood = (_denied(phrase) if negated else None) or read_likelihood(phrase)
    return FoundLikelihood(phrase, start, stop, kind, likelihood, negated)


def _denier(text: str, spoken: list[Word], first: int) -> Word | None:
    """A negation before a phrase, with few words between: "isn't at all likely", "nor is it likely"."""
    for word in reversed(spoken[max(0, first - 3) : first]):
        between = text[word.end : spoken[first].start]
        if "," in between or _PARTING.search(between):
            return None
        if word.normal in _DENIERS or word.normal.endswith("n't"):
            return word
        if word.normal not in _BETWEEN:
            return None
    return None


def _denied(phrase: str) -> Likelihood | None:
    """What a phrase says of an event that a negation beside it denies; None where it cannot be read."""
    attempts = (f"{phrase} не", f"не {phrase}") if is_russian(phrase) else (f"{phrase} not",)
    return next((read for said in attempts if (read := in_words(said))), None)


def _is_negated(text: str, spoken: list[Word], first: int, end: int) -> bool:
    """Whether a negation follows in the clause, near enough to be that of the verb."""
    reach = spoken[end : end + _REACH]
    at = spoken[end - 1].end
    for place, word in enumerate(reach):
        between = text[at : word.start]
        if _PARTING.search(between) or ("," in between and place):  # "Probably, they will not"
            return False
        if word.normal in _JOINING:
            return False
        if word.normal in _NEGATIONS or word.normal.endswith("n't"):
            return True
        at = word.end
    return False


def _numbers(text: str) -> Iterator[FoundLikelihood]:
    found = numbers(text)
    index = 0
    while index < len(found):
        last = _pair(text, found, index)
        start, end = found[index].start, found[last].end
        percent = _PER_CENT.match(text, end)
        end = percent.end() if percent else end
        limits = _LIMITS.search(text, max(0, start - _NEAR), start) or _PERCENT_BEFORE.search(text, 0, start)
        start = limits.start() if limits else start
        said = text[start:end]
        if _is_probability(text, found[index], start, end, last > index) and (likelihood := _read(said)):
            yield FoundLikelihood(said, start, end, Kind.NUMBER, likelihood, negated=False)
        index = last + 1


def _pair(text: str, found: list[TextNumber], index: int) -> int:
    """The index of the second number of "one in ten" or "60 to 70%"; else the index itself."""
    if index + 1 == len(found):
        return index
    between = text[found[index].end : found[index + 1].start]
    percent = found[index + 1].unit == "%" or _PER_CENT.match(text, found[index + 1].end)
    ranges = percent and found[index].unit in ("", "%") and _TO.fullmatch(between)
    odds = _shares_out(found[index], found[index + 1], between)
    return index + 1 if ranges or odds or _OUT_OF.fullmatch(between) else index


def _shares_out(one: TextNumber, other: TextNumber, between: str) -> bool:
    """Whether two numbers are odds: "60-40", «60 на 40», «один к двадцати»."""
    if one.unit or other.unit:
        return False
    if _SHARING.fullmatch(between):
        return one.value + other.value == _HUNDRED and min(one.value, other.value) > 0
    return one.value == 1 and bool(_AGAINST.fullmatch(between))


def _is_probability(text: str, number: TextNumber, start: int, end: int, paired: bool) -> bool:
    said = text[start:end]
    if paired and not _OUT_OF.search(said) and "%" not in said and not _PER_CENT.search(said):
        return bool(_ODDS_BEFORE.search(text[max(0, start - _NEAR) : start]) or _ODDS_AFTER.match(text, end))
    if _PERCENT_BEFORE.search(text[max(0, start) : number.start]):
        near = text[max(0, start - 200) : start]
        return bool(_NOUN_BEFORE.search(near.rstrip(", ") + ": ") or _PUT_AT.search(near))
    share = number.unit == "" and 0 < number.value < 1
    if number.unit != "%" and not paired and not share and not _PER_CENT.search(said):
        return False
    if (paired and _CHANCE_OF.search(said)) or _NOUN_AFTER.match(text, end):
        return True
    near = text[max(0, start - 200) : start]
    if _PUT_AT.search(near) or _IN_BRACKETS.search(near):
        return True
    before = _NOUN_BEFORE.search(near)
    # "A chance of 30 per cent", but not "of 3% growth".
    return before is not None and (before["of"] is None or paired or bool(_NOTHING_COUNTED.match(text, end)))


def _read(said: str) -> Likelihood | None:
    try:
        return read_likelihood(said)
    except LikelihoodError:
        return None
