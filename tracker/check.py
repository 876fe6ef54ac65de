"""One pass: poll the feeds, store what they say, match, judge, and tell what changed.

The pass decides nothing itself. It gathers, hands to the pure rules, and writes down what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.concepts import Concepts
from tracker.gather import Watching, criteria, findings, match_new, watching, with_coverage
from tracker.ledger import Ledger
from tracker.match import Queries
from tracker.model import Criterion, Forecast, Poll, Status, Verdict, VerdictRecord
from tracker.resolve import Findings, Rule, resolve
from tracker.store import Store
from tracker.workspace import Workspace

Change = tuple[VerdictRecord | None, VerdictRecord]
"""A verdict as it was recorded before (None if never), and as it is now."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a pass did: the polls in the order of the subscriptions, the items that came, every verdict, the changes."""

    as_of: date
    polls: tuple[Poll, ...]
    new_items: int
    updated_items: int
    verdicts: tuple[Verdict, ...]
    changes: tuple[Change, ...]


def today(workspace: Workspace, now: datetime) -> date:
    """The calendar day at a moment, in the workspace's time zone."""
    return now.astimezone(ZoneInfo(workspace.settings.timezone)).date()


def check(
    workspace: Workspace,
    store: Store,
    ledger: Ledger,
    concepts: Concepts,
    *,
    now: datetime,
    as_of: date | None = None,
    offline: bool = False,
    on_poll: Callable[[Poll], None] = lambda poll: None,
) -> Checked:
    """Make one pass. With `as_of` the verdicts are those of that day, and are not recorded; `offline` polls files only.

    A feed that fails is told in its poll and stops nothing. OpmlError, StoreError when those cannot be read.
    """
    polls, new, updated = poll_feeds(workspace, store, now=now, offline=offline, on_poll=on_poll)
    day = as_of or today(workspace, now)
    verdicts = judge(store, ledger.forecasts, concepts, day)
    changes: Sequence[Change] = ()
    if as_of is None:
        changes = store.save_verdicts([record(verdict, now) for verdict in verdicts])
    return Checked(day, tuple(polls), new, updated, tuple(verdicts), tuple(changes))


def poll_feeds(
    workspace: Workspace,
    store: Store,
    *,
    now: datetime,
    offline: bool,
    on_poll: Callable[[Poll], None],
) -> tuple[list[Poll], int, int]:
    """Poll the workspace's subscriptions and store what they say: the polls, the numbers of new and edited items."""
    from tracker.feeds.opml import read_opml
    from tracker.feeds.poll import poll

    subscriptions = read_opml(workspace.opml) if workspace.opml.is_file() else []
    counts = [0, 0]

    def keep(done: Poll) -> None:
        saved = store.save_poll(done)
        counts[0] += len(saved.new)
        counts[1] += len(saved.updated)
        on_poll(done)

    polls = poll(
        subscriptions,
        store.feed_states(),
        now=now,
        zone=ZoneInfo(workspace.settings.timezone),
        root=workspace.root,
        offline=offline,
        on_done=keep,
    )
    return polls, counts[0], counts[1]


def judge(store: Store, forecasts: Sequence[Forecast], concepts: Concepts, as_of: date) -> list[Verdict]:
    """The verdict on each forecast as of a day, from what is stored."""
    queries = criteria(forecasts, concepts)
    match_new(store, queries)
    judging = _Judging(store, concepts, watching(store, forecasts, as_of), as_of)
    return [judging.verdict(forecast) for forecast in forecasts]


# Rules that ask how the window was watched, or what came near: both cost most, and are worked out for these only.
_LOOK_CLOSER = {Rule.NOT_COVERED, Rule.AGAINST}


class _Judging:
    """Verdicts of one day from one store."""

    def __init__(self, store: Store, concepts: Concepts, watching: Watching, as_of: date) -> None:
        self._store = store
        self._concepts = concepts
        self._watching = watching
        self._as_of = as_of

    def verdict(self, forecast: Forecast) -> Verdict:
        found = self._findings(forecast.criterion)
        condition = self._findings(forecast.condition) if forecast.condition else None
        verdict = resolve(forecast, found, self._as_of, condition=condition)
        if forecast.condition and condition and verdict.condition and verdict.condition.rule in _LOOK_CLOSER:
            condition = self._covered(forecast.condition, condition)
            verdict = resolve(forecast, found, self._as_of, condition=condition)
        if verdict.rule in _LOOK_CLOSER:
            found = self._covered(forecast.criterion, found)
            verdict = resolve(forecast, found, self._as_of, condition=condition)
        return verdict

    def _findings(self, criterion: Criterion) -> Findings:
        return findings(self._store, criterion, Queries.of(criterion, self._concepts), self._as_of)

    def _covered(self, criterion: Criterion, found: Findings) -> Findings:
        queries = Queries.of(criterion, self._concepts)
        return with_coverage(self._store, criterion, queries, found, self._watching, self._as_of)


def record(verdict: Verdict, now: datetime) -> VerdictRecord:
    """A verdict as the store keeps it."""
    return VerdictRecord(
        forecast=verdict.forecast,
        status=verdict.status,
        rule=verdict.rule,
        reason=verdict.reason,
        as_of=verdict.as_of,
        event_day=verdict.event_day,
        strength=verdict.strength,
        contested=verdict.contested,
        evidence=tuple(one.item.key for one in verdict.evidence),
        missing=verdict.missing,
        recorded_at=now,
    )


def reopened(change: Change) -> bool:
    """Whether a verdict that stood was taken back or turned round: worth saying louder than a first verdict."""
    before, after = change
    return before is not None and before.status is not Status.PENDING and before.status is not after.status
