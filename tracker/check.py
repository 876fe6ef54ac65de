"""One pass: poll the feeds, store what they say, match, judge, and tell what changed.

The pass decides nothing itself. It gathers, hands to the pure rules, and writes down what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tracker.concepts import Concepts
from tracker.decisions import Decisions
from tracker.judgements import judgements
from tracker.judging import OnItems
from tracker.ledger import Ledger
from tracker.model import Forecast, Poll, Status, Subscription, Verdict, VerdictRecord
from tracker.polling import poll_feeds
from tracker.store import Store
from tracker.workspace import Workspace

Change = tuple[VerdictRecord | None, VerdictRecord]
"""A verdict as it was recorded before (None if never), and as it is now."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a pass did: the polls in the order of the subscriptions, the items that came, every verdict, the changes.

    `left_alone` is how many feeds were not asked because they are to be left alone for now.
    """

    as_of: date
    polls: tuple[Poll, ...]
    new_items: int
    updated_items: int
    verdicts: tuple[Verdict, ...]
    changes: tuple[Change, ...]
    left_alone: int = 0


def check(
    workspace: Workspace,
    store: Store,
    ledger: Ledger,
    concepts: Concepts,
    subscriptions: Sequence[Subscription],
    *,
    now: datetime,
    decisions: Decisions | None = None,
    as_of: date | None = None,
    offline: bool = False,
    on_poll: Callable[[Poll], None] = lambda poll: None,
) -> Checked:
    """Make one pass. With `as_of` the verdicts are those of that day, and are not recorded; `offline` polls files only.

    Of the `decisions` those on items are heeded that had been made by then.

    A feed that fails is told in its poll and stops nothing. StoreError when the database cannot be read or written.
    """
    polled = poll_feeds(
        workspace, store, subscriptions, now=now, offline=offline, on_done=lambda polled: on_poll(polled.poll)
    )
    day = as_of or workspace.today(now)
    on_items = decisions.as_of(day, workspace.zone).on_items if decisions else None
    remembered = workspace.remembered_judgements if as_of is None else None  # a replay works all out anew
    verdicts = judge(store, ledger.forecasts, concepts, day, on_items, remembered)
    changes: Sequence[Change] = ()
    if as_of is None:
        asked = {forecast.id: forecast.asked for forecast in ledger.forecasts}
        changes = store.save_verdicts([record(verdict, asked[verdict.forecast], now) for verdict in verdicts])
        store.index()  # so that the next search need not wait for it
    return Checked(
        day,
        tuple(one.poll for one in polled),
        sum(one.new for one in polled),
        sum(one.updated for one in polled),
        tuple(verdicts),
        tuple(changes),
        0 if offline else len(subscriptions) - len(polled),
    )


def judge(
    store: Store,
    forecasts: Sequence[Forecast],
    concepts: Concepts,
    as_of: date,
    on_items: OnItems | None = None,
    remembered: Path | None = None,
) -> list[Verdict]:
    """The verdict on each forecast as of a day, from what is stored and what people say of items.

    `remembered` is a file that keeps judgements, see judgements.py.
    """
    return [one.verdict for one in judgements(store, forecasts, concepts, as_of, on_items, remembered)]


def judge_again(
    store: Store, forecast: Forecast, concepts: Concepts, on_items: OnItems, today: date, now: datetime
) -> VerdictRecord:
    """Judge one forecast today, after a person has said something of its items, and remember the verdict.

    What came since the last pass is matched first. Returns how it stands now.
    """
    (verdict,) = judge(store, [forecast], concepts, today, on_items)
    after = record(verdict, forecast.asked, now)
    store.save_verdicts([after])
    return after


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
        near_misses=tuple(item.key for item in verdict.near_misses),
    )


def reopened(change: Change) -> bool:
    """Whether a verdict that stood was taken back or turned round: worth saying louder than a first verdict.

    Not when the forecast was edited between the two: then they are verdicts on different questions.
    """
    before, after = change
    if before is None or before.asked != after.asked:
        return False
    return before.status is not Status.PENDING and before.status is not after.status
