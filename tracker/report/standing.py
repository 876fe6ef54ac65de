"""Where does a forecast stand for a reader, and which belong together? A person's word goes before the machine's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.model import Article, Decision, Forecast, Status, Strength, Verdict, VerdictRecord

if TYPE_CHECKING:
    from tracker.score import Agreement, Scored, Summary, Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """A forecast with what the machine says of it (None before the first check) and what a person decided.

    `event_day` is the person's where one was given. The machine is `steered` when people told it which items count: its
    verdict is then partly theirs.
    """

    forecast: Forecast
    machine: Status | None
    reason: str = ""
    strength: Strength | None = None
    event_day: date | None = None
    contested: bool = False
    decision: Decision | None = None
    steered: bool = False

    @classmethod
    def of(
        cls,
        forecast: Forecast,
        said: Verdict | VerdictRecord | None,
        decision: Decision | None,
        *,
        steered: bool = False,
    ) -> Standing:
        """The standing by a verdict, fresh or recorded, and a decision, where there are any."""
        if said is None:
            return cls(forecast, None, decision=decision, steered=steered)
        event_day = decision.settled_on if decision and decision.settled_on else said.event_day
        return cls(forecast, said.status, said.reason, said.strength, event_day, said.contested, decision, steered)

    @property
    def status(self) -> Status:
        """The person's word if there is one, else the machine's, else pending."""
        if self.decision and self.decision.status:
            return self.decision.status
        return self.machine or Status.PENDING

    @property
    def decided(self) -> bool:
        """Whether the status is a person's word."""
        return self.decision is not None and self.decision.status is not None

    def overdue(self, as_of: date) -> bool:
        """Whether it is pending though reports of it count no more."""
        return self.status is Status.PENDING and self.forecast.criterion.last_report < as_of


def summary(standings: Iterable[Standing], as_of: date, *, by_outcome: bool = False) -> Summary:
    """All figures of some standings; none but the counts when they were chosen `by_outcome`."""
    from tracker.score import summarise

    return summarise(*_to_score(standings, as_of), by_outcome=by_outcome)


def tally(standings: Iterable[Standing], as_of: date, *, by_outcome: bool = False) -> Tally:
    """The figures of some standings that a line among many shows."""
    from tracker.score import tally as tally_of

    return tally_of(*_to_score(standings, as_of), by_outcome=by_outcome)


def _to_score(standings: Iterable[Standing], as_of: date) -> tuple[list[Status], list[Scored], int]:
    """The statuses, what is settled, and how many are overdue."""
    from tracker.score import scored

    every = list(standings)
    settled = [one for standing in every if (one := scored(standing.forecast, standing.status))]
    return [standing.status for standing in every], settled, sum(one.overdue(as_of) for one in every)


def agreement(standings: Iterable[Standing]) -> Agreement:
    """How far the machine agrees with the people who decided, where nobody steered it."""
    from tracker.score import Compared, compare

    return compare(
        Compared(one.forecast.id, one.machine, one.status)
        for one in standings
        if one.machine and one.decided and not one.steered
    )


class Grouping(StrEnum):
    """By what standings can be put into rows."""

    FORECASTER = "forecaster"
    ARTICLE = "article"
    TAG = "tag"
    YEAR = "year"


UNTAGGED = "(no tag)"
"""The row of forecasts without a tag, the last one."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which standings are wanted; what is left empty is not asked for.

    `since` and `until`, both included, are about the day on which the article was published: it is known from the
    beginning, and no outcome moves a forecast into a period or out of it. `strength` is that of the machine's verdict,
    so that what a person decided has none. `forecaster` is a part of a name, whatever its case.
    """

    statuses: frozenset[Status] = frozenset()
    strengths: frozenset[Strength] = frozenset()
    forecaster: str = ""
    tag: str = ""
    since: date = date.min
    until: date = date.max

    @property
    def by_outcome(self) -> bool:
        """Whether it takes confirmed forecasts and no refuted ones, or the other way round: no score is fair then."""
        return len(self.statuses & {Status.CONFIRMED, Status.REFUTED}) == 1

    def __str__(self) -> str:
        """What is asked, in words; empty when nothing is."""
        asked = []
        if self.statuses:
            asked.append(" or ".join(sorted(self.statuses)))
        if self.strengths:
            asked.append(f"{' or '.join(sorted(self.strengths))} evidence")
        if self.forecaster:
            asked.append(f"forecaster “{self.forecaster}”")
        if self.tag:
            asked.append(f"tag “{self.tag}”")
        if self.since > date.min:
            asked.append(f"published since {self.since}")
        if self.until < date.max:
            asked.append(f"published until {self.until}")
        return ", ".join(asked)

    def takes(self, standing: Standing) -> bool:
        """Whether a standing is wanted."""
        forecast = standing.forecast
        return (
            (not self.statuses or standing.status in self.statuses)
            and (not self.strengths or (not standing.decided and standing.strength in self.strengths))
            and self.forecaster.casefold() in forecast.forecaster.casefold()
            and (not self.tag or self.tag in forecast.tags)
            and self.since <= forecast.article.published <= self.until
        )


def selected(standings: Iterable[Standing], selection: Selection) -> list[Standing]:
    """The standings that a selection takes, in their order."""
    return [standing for standing in standings if selection.takes(standing)]


def grouped(standings: Iterable[Standing], by: Grouping) -> dict[str, list[Standing]]:
    """The standings by the name of their row, rows in the order of their names, standings in their own.

    The year is that in which the article was published; an article's row is named by its day and title, and by its
    address or file where another has both. A forecast with several tags stands in the row of each.
    """
    every = list(standings)
    named = _article_names(every) if by is Grouping.ARTICLE else {}
    found: dict[str, list[Standing]] = {}
    for standing in every:
        forecast = standing.forecast
        match by:
            case Grouping.FORECASTER:
                names: Iterable[str] = (forecast.forecaster,)
            case Grouping.ARTICLE:
                names = (named[forecast.article],)
            case Grouping.TAG:
                names = dict.fromkeys(forecast.tags) or (UNTAGGED,)
            case Grouping.YEAR:
                names = (str(forecast.article.published.year),)
        for name in names:
            found.setdefault(name, []).append(standing)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == UNTAGGED, name.casefold(), name))}


def _article_names(standings: Iterable[Standing]) -> dict[Article, str]:
    """A name for each article that no other has."""
    articles = {standing.forecast.article: standing.forecast.place.file for standing in standings}
    plain = {article: f"{article.published} {article.title}" for article in articles}
    shared = Counter(plain.values())
    return {
        article: f"{name} ({article.url or articles[article]})" if shared[name] > 1 else name
        for article, name in plain.items()
    }
