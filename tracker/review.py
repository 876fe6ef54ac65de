"""What needs a person? Forecasts that the rules leave open, silences that something came near, feeds that stay away.

Pure: the verdicts are those of the last check, and everything else is passed in. What a person has decided needs none,
until the verdict on a forecast that was left pending says something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from tracker.alerts import fails_long, feed_name
from tracker.feeds.health import failure
from tracker.model import Decision, FeedState, Forecast, Status, Subscription, VerdictRecord
from tracker.resolve import Rule
from tracker.wording import counted


class Need(StrEnum):
    """Why something needs a person, the most pressing first."""

    CONTESTED = "contested"
    NEAR_MISS = "near miss"
    OVERDUE = "closed, not settled"
    FEED = "failing feed"


@dataclass(frozen=True, slots=True)
class Case:
    """Something that needs a person: a forecast with the verdict of the last check, or a feed by its address.

    `reason` says why in plain words, `remedies` what a person can do.
    """

    need: Need
    reason: str
    remedies: tuple[str, ...]
    forecast: Forecast | None = None
    verdict: VerdictRecord | None = None
    feed: str = ""
    feed_title: str = ""

    @property
    def name(self) -> str:
        """The forecast's id, or the feed's address."""
        return self.forecast.id if self.forecast else self.feed


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment, its day in the workspace's time zone, and the time between two passes."""

    now: datetime
    today: date
    zone: tzinfo
    every: timedelta


def queue(
    forecasts: Iterable[Forecast],
    verdicts: Mapping[str, VerdictRecord],
    decided: Mapping[str, Decision],
    feeds: Iterable[tuple[Subscription, FeedState]],
    clock: Clock,
) -> list[Case]:
    """Everything that needs a person, the most pressing first; of one kind, what closed last before the others.

    `verdicts` and `decided` hold the last verdict on what each forecast asks now (see `current`) and the decision that
    stands, by the forecast's id.
    """
    by_close = sorted(forecasts, key=lambda forecast: (-forecast.window.closes.toordinal(), forecast.id))
    found = [case for forecast in by_close if (case := _case(forecast, verdicts, decided, clock.today))]
    order = list(Need)
    found.sort(key=lambda case: order.index(case.need))
    return [*found, *_feeds(feeds, clock)]


def current(forecasts: Iterable[Forecast], verdicts: Mapping[str, VerdictRecord]) -> dict[str, VerdictRecord]:
    """The verdicts on what forecasts ask now: one that was edited since its last verdict waits for the next check."""
    return {
        forecast.id: verdict
        for forecast in forecasts
        if (verdict := verdicts.get(forecast.id)) is not None and verdict.asked == forecast.asked
    }


def _case(
    forecast: Forecast, verdicts: Mapping[str, VerdictRecord], decided: Mapping[str, Decision], today: date
) -> Case | None:
    verdict = verdicts.get(forecast.id)
    if verdict is None or _rests(verdict, decided.get(forecast.id)):
        return None
    if verdict.contested:
        remedies = ("read both sides, and confirm or refute it", "or say which report does not count")
        return Case(Need.CONTESTED, verdict.reason, remedies, forecast, verdict)
    near = counted(len(verdict.near_misses), "item")
    if verdict.status is Status.PENDING:
        if today <= forecast.criterion.last_report:
            return None
        return Case(Need.OVERDUE, verdict.reason, tuple(_for_overdue(verdict, near)), forecast, verdict)
    if verdict.near_misses and verdict.rule in (Rule.ABSENCE, Rule.AGAINST):
        reason = f"{verdict.status.value}, but {near} came near the claim: {verdict.reason}"
        return Case(Need.NEAR_MISS, reason, ("say of each whether it counts",), forecast, verdict)
    return None


def _rests(verdict: VerdictRecord, decision: Decision | None) -> bool:
    """Whether a person has had the last word; one who left it pending did so of what was known then."""
    if decision is None:
        return False
    return decision.status is not Status.PENDING or verdict.recorded_at <= decision.at


def _for_overdue(verdict: VerdictRecord, near: str) -> Iterator[str]:
    if verdict.near_misses:
        yield f"say of the {near} that came near the claim whether they count"
    if verdict.rule == Rule.NOT_COVERED:
        yield f"fetch what was reported then: tracker backfill {verdict.forecast}"
    if verdict.evidence:
        yield "read the reports, and confirm or refute it"
    else:
        yield "confirm or refute it by what you know, or call it void"
    yield "or leave it pending, and say why"


def _feeds(feeds: Iterable[tuple[Subscription, FeedState]], clock: Clock) -> Iterator[Case]:
    for subscription, state in feeds:
        if not (state.terms.gone or fails_long(state, clock.now)):
            continue
        complaint = failure(subscription, state, now=clock.now, every=clock.every, zone=clock.zone)
        if complaint is not None:
            title = feed_name(subscription if subscription.title else state)
            yield Case(Need.FEED, complaint.words, (complaint.mend,), feed=subscription.address, feed_title=title)


def tally(cases: Sequence[Case]) -> Mapping[Need, int]:
    """How many cases there are of each kind, those that there are none of left out."""
    counts = {need: sum(case.need is need for case in cases) for need in Need}
    return {need: count for need, count in counts.items() if count}
