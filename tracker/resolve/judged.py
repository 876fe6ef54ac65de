"""What did a criterion come to, and by which rule? The words in which the rules hand their findings on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.model import Evidence, Strength


class Rule(StrEnum):
    """Which rule decided."""

    HAPPENED = "happened"
    CONTESTED = "contested"
    ABSENCE = "absence"
    AGAINST = "against"
    CONDITION = "condition"
    OPEN = "open"
    TOO_FEW = "too few origins"
    DAY_UNKNOWN = "day unknown"
    NOT_COVERED = "not covered"


class Outcome(StrEnum):
    """What became of the event, before anyone's expectation of it."""

    HAPPENED = "happened"
    DID_NOT = "did not happen"
    UNSETTLED = "unsettled"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a criterion came to, before anyone's expectation of it.

    If it happened, `day` is the event's, and `began` the first day that any report gives it.
    """

    outcome: Outcome
    rule: Rule
    reason: str
    missing: tuple[str, ...] = ()
    day: date | None = None
    began: date | None = None
    evidence: tuple[Evidence, ...] = ()
    contrary: tuple[Evidence, ...] = ()
    strength: Strength | None = None
