"""Which numbers does a claim set as a bound, and what would a report have to say?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tracker.draft.claim import Claim
from tracker.draft.vocabulary import vocabulary
from tracker.text.numbers import TextNumber, numbers

_AFTER = re.compile(
    r"^\s*(?:or|и|или)\s+(more|above|higher|greater|fewer|less|below|lower|более|больше|выше|менее|меньше|ниже)\b",
    re.IGNORECASE,
)
_MORE = frozenset(("more", "above", "higher", "greater", "более", "больше", "выше"))
# "Reaches a market value of $1 trillion".
_OF = (
    r"\s*(?:(?:an?|the|its)\s+)?(?:(?:market|stock|share)\s+)?"
    r"(?:(?:value|valuation|capitali[sz]ation|cap|price|level|total)\s+of)?"
)
_REACH = 32


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound: what a report must name for it, its unit if it has one, and which words of the claim say it."""

    query: str
    positions: tuple[int, ...]
    unit: str


def threshold(claim: Claim) -> list[Threshold]:
    """The bounds that a claim sets, in order: "above $100", "at least 60%", "400 or more"."""
    found = []
    for number in numbers(claim.text):
        if not number.names and (bound := _bound(claim.text, number)):
            comparison, start, end = bound
            value = f"{number.value:.15g}{number.unit}"
            positions = tuple(at for at, word in enumerate(claim.words) if word.start < end and word.end > start)
            found.append(Threshold(f"#{comparison}{value}", positions, number.unit))
    return found


def _bound(text: str, number: TextNumber) -> tuple[str, int, int] | None:
    """The comparison of a number's bound, and the characters [start, end) that say it; None where it sets none."""
    after = _AFTER.match(text[number.end :])
    if after:
        return (">=" if after[1].lower() in _MORE else "<"), number.start, number.end + after.end()
    before = text[: number.start]
    for comparison, pattern in _comparisons():
        match = pattern.search(before)
        if match and number.start - match.end() <= _REACH:
            return comparison, match.start(), number.end
    return None


@cache
def _comparisons() -> Sequence[tuple[str, re.Pattern[str]]]:
    known = vocabulary()
    # The longest first: "no more than" is not "more than".
    rows = [(words, "<") for words in known.below] + [(words, ">=") for words in known.at_least]
    rows.sort(key=lambda row: -len(row[0]))
    return [(sign, re.compile(_edged(words) + _OF + r"\s*[$€£₽~(]*\s*$", re.IGNORECASE)) for words, sign in rows]


def _edged(words: str) -> str:
    return rf"(?<!\w){re.escape(words)}(?!\w)" if words[0].isalpha() else re.escape(words)
