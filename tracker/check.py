"""One pass: poll the feeds, store what they say, match, judge, and tell what changed.

The pass decides nothing itself. It gathers, hands to the pure rules, and writes down what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.concepts import Concepts
from tracker.gather import criteria, match_new, watching
from tracker.judging import Judging
from tracker.ledger import Ledger
from tracker.model import Forecast, Poll, Status, Subscription, Verdict, VerdictRecord
from tracker.store import Saved, Store
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


def check(
    workspace: Workspace,
    store: Store,
    ledger: Ledger,
    concepts: Concepts,
    subscriptions: Sequence[Subscription],
    *,
    now: datetime,
    as_of: date | None = None,
    offline: bool = False,
    on_poll: Callable[[Poll], None] = lambda poll: None,
) -> Checked:
    """Make one pass. With `as_of` the verdicts are those of that day, and are not recorded; `offline` polls files only.

    A feed that fails is told in its poll and stops nothing. StoreError when the database cannot be read or written.
    """
    polled = poll_feeds(
        workspace, store, subscriptions, now=now, offline=offline, on_done=lambda poll, _: on_poll(poll)
    )
    day = as_of or workspace.today(now)
    verdicts = judge(store, ledger.forecasts, concepts, day)
    changes: Sequence[Change] = ()
    if as_of is None:
        asked = {forecast.id: forecast.asked for forecast in ledger.forecasts}
        changes = store.save_verdicts([record(verdict, asked[verdict.forecast], now) for verdict in verdicts])
    return Checked(
        day,
        tuple(poll for poll, _ in polled),
        sum(len(saved.new) for _, saved in polled),
        sum(len(saved.updated) for _, saved in polled),
        tuple(verdicts),
        tuple(changes),
    )


def poll_feeds(
    workspace: Workspace,
    store: Store,
    subscriptions: Sequence[Subscription],
    *,
    now: datetime,
    offline: bool = False,
    on_done: Callable[[Poll, Saved], None] = lambda poll, saved: None,
) -> list[tuple[Poll, Saved]]:
    """Poll subscriptions and store what they say: each poll with what it brought, in their order."""
    from tracker.feeds.poll import poll

    done: list[tuple[Poll, Saved]] = []

    def keep(outcome: Poll) -> None:
        saved = store.save_poll(outcome)
        done.append((outcome, saved))
        on_done(outcome, saved)

    order = {subscription.address: place for place, subscription in enumerate(subscriptions)}
    poll(
        subscriptions,
        store.feed_states(),
        now=now,
        zone=workspace.zone,
        root=workspace.root,
        offline=offline,
        on_done=keep,
    )
    return sorted(done, key=lambda outcome: order[outcome[0].address])


def judge(store: Store, forecasts: Sequence[Forecast], concepts: Concepts, as_of: date) -> list[Verdict]:
    """The verdict on each forecast as of a day, from what is stored."""
    queries = criteria(forecasts, concepts)
    match_new(store, queries)
    judging = Judging(store, concepts, watching(store, forecasts, as_of), as_of)
    return [judging.verdict(forecast) for forecast in forecasts]


def record(verdict: Verdict, asked: str, now: datetime) -> VerdictRecord:
    """A verdict as the store keeps it; `asked` is its forecast's."""
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
        asked=asked,
    )


def reopened(change: Change) -> bool:
    """Whether a verdict that stood was taken back or turned round: worth saying louder than a first verdict.

    Not when the forecast was edited between the two: then they are verdicts on different questions.
    """
    before, after = change
    if before is None or before.asked != after.asked:
        return False
    return before.status is not Status.PENDING and before.status is not after.status
