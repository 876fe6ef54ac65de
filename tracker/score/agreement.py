"""How often does the machine say what a person says, of the forecasts that it settled and a person decided?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.model import Status
from tracker.score.share import wilson


@dataclass(frozen=True, slots=True)
class Compared:
    """A forecast on which both have spoken."""

    forecast: str
    machine: Status
    person: Status


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many forecasts were compared, on how many both say the same, and on which they do not.

    `share` in [0, 1] and its 95% Wilson interval are None when nothing could be compared.
    """

    compared: int
    agreed: int
    share: float | None
    interval: tuple[float, float] | None
    disagreements: tuple[Compared, ...]


def compare(compared: Iterable[Compared]) -> Agreement:
    """How far machine and person agree.

    Only what the machine called confirmed or refuted is compared: pending claims nothing. A person who leaves pending
    or calls void what the machine settled disagrees. People mostly look where the machine is in doubt, so that it says
    little of the verdicts that nobody looked at.

    >>> both = [Compared("a", Status.CONFIRMED, Status.CONFIRMED), Compared("b", Status.CONFIRMED, Status.VOID)]
    >>> compare([*both, Compared("c", Status.PENDING, Status.REFUTED)]).share
    0.5
    """
    claimed = [one for one in compared if one.machine in (Status.CONFIRMED, Status.REFUTED)]
    apart = tuple(one for one in claimed if one.machine is not one.person)
    agreed = len(claimed) - len(apart)
    if not claimed:
        return Agreement(0, 0, None, None, ())
    return Agreement(len(claimed), agreed, agreed / len(claimed), wilson(agreed, len(claimed)), apart)
