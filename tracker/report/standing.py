"""Where does a forecast stand for a reader? The machine's verdict, and a person's decision over it if there is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.model import Decision, Forecast, Status, Strength, Verdict, VerdictRecord

if TYPE_CHECKING:
    from tracker.score import Summary


@dataclass(frozen=True, slots=True)
class Standing:
    """A forecast with what the machine says of it (None before the first check) and what a person decided.

    `event_day` is the person's where one was given.
    """

    forecast: Forecast
    machine: Status | None
    reason: str = ""
    strength: Strength | None = None
    event_day: date | None = None
    contested: bool = False
    decision: Decision | None = None

    @classmethod
    def of(cls, forecast: Forecast, said: Verdict | VerdictRecord | None, decision: Decision | None) -> Standing:
        """The standing by a verdict, fresh or recorded, and a decision, where there are any."""
        if said is None:
            return cls(forecast, None, decision=decision)
        event_day = decision.settled_on if decision and decision.settled_on else said.event_day
        return cls(forecast, said.status, said.reason, said.strength, event_day, said.contested, decision)

    @property
    def status(self) -> Status:
        """The person's word if there is one, else the machine's, else pending."""
        if self.decision and self.decision.status:
            return self.decision.status
        return self.machine or Status.PENDING

    def overdue(self, as_of: date) -> bool:
        """Whether it is pending though reports of it count no more."""
        return self.status is Status.PENDING and self.forecast.criterion.last_report < as_of


def summary(standings: Iterable[Standing], as_of: date) -> Summary:
    """The scores of some standings."""
    from tracker.score import scored, summarise

    every = list(standings)
    settled = [one for standing in every if (one := scored(standing.forecast, standing.status))]
    return summarise([standing.status for standing in every], settled, sum(one.overdue(as_of) for one in every))


def by_forecaster(standings: Iterable[Standing]) -> Mapping[str, list[Standing]]:
    """The standings of each forecaster, by name."""
    found: dict[str, list[Standing]] = {}
    for standing in sorted(standings, key=lambda one: one.forecast.forecaster):
        found.setdefault(standing.forecast.forecaster, []).append(standing)
    return found
