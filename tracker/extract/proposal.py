"""What does an extraction find? A proposal is a forecast before it is accepted; the rest was left out, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.model import Expects, Likelihood
from tracker.windows import Reading


class Why(StrEnum):
    """Why a sentence that speaks of what may come is no forecast."""

    QUESTION = "a question, or a matter that is left open"
    PAST = "about what happened, or might have happened, before the article"
    PRESENT = "a guess about the present; no event would settle it"
    DEMAND = "a demand or advice, not what the speaker expects"
    WISH = "a wish, a hope or a preference"
    PLAN = "a plan, a promise or an appointment, and no forecast"
    GENERAL = "a general rule, about no particular case"
    REJECTED = "what the speaker rejects, not what he expects"
    NOBODY = "laid to nobody in particular"
    VAGUE = "nothing in it that a report could confirm or refute"
    HEADING = "a heading"
    SUBORDINATE = "only a condition, a purpose or an aside of what the sentence says"
    OVER = "the time that it names was over before the article"


@dataclass(frozen=True, slots=True)
class Timing:
    """When the event is expected. `phrase` stands in the article, unless it `is_default`: the sentence names none."""

    reading: Reading
    phrase: str
    is_default: bool

    @property
    def is_open(self) -> bool:
        """Whether it has no end: the sentence says that no time is set."""
        return self.reading.window.closes == date.max


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence that reads like a forecast, and how it was read.

    `sentence` is the quote: the article's text from `start` to `end`, in characters. `claim` restates what is to happen
    without the words of probability, `likelihood` is the probability of that claim's event, `expects` what the
    forecaster says of it. `condition` is what must come first, in the article's words, or empty. `attribution` says how
    the forecaster was found, and `reason` why the sentence is taken for a forecast.
    """

    sentence: str
    start: int
    end: int
    forecaster: str
    likelihood: Likelihood
    window: Timing
    expects: Expects
    condition: str
    claim: str
    attribution: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence that speaks of what may come and is no forecast: the text from `start` to `end`, and why."""

    sentence: str
    start: int
    end: int
    why: Why


@dataclass(frozen=True, slots=True)
class Extraction:
    """What stands in an article, in its order. `others` is the number of sentences that do not speak of the future."""

    proposals: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]
    others: int
    language: str
