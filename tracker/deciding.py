"""What may a person decide, and what follows? The rules of every face, the line that is written, the new verdict.

A decision has a reason and a name. What is to be withdrawn must stand, and a day that settled a forecast must lie
between its article and today. After a word on an item the forecast is judged again at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from tracker.check import judge_again
from tracker.concepts import Concepts
from tracker.decisions import Line, append_decision, read_decisions
from tracker.errors import NotFoundError, StoreError, UsageError
from tracker.model import Decision, Forecast, Item, ItemDecision, Status, VerdictRecord
from tracker.store import Store

UNDONE = "taken back"
"""The reason of a withdrawal that undoes the last decision."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who decides, and when; `today` is that day in the workspace's time zone. UsageError without a name."""

    name: str
    now: datetime
    today: date

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UsageError("nobody is named", mend="say who decides: --by NAME")


def decide(
    path: Path, forecast: Forecast, status: Status | None, why: str, person: Person, *, settled_on: date | None = None
) -> Decision:
    """Decide a forecast, or withdraw what was decided of it (None), and write it to `path`.

    UsageError when there is nothing to withdraw, no reason, or `settled_on` cannot be the day; else as
    `append_decision`.
    """
    _check_reason(why)
    if settled_on is not None and not forecast.article.published <= settled_on <= person.today:
        lies = "in the future" if settled_on > person.today else "before the article"
        raise UsageError(f"the day of the event, {settled_on}, lies {lies}")
    if status is None and forecast.id not in read_decisions(path).standing:
        raise UsageError(f"there is no decision on {forecast.id} to withdraw")
    decision = Decision(forecast.id, status, why.strip(), person.name.strip(), person.now, settled_on)
    append_decision(path, decision)
    return decision


def decide_item(
    path: Path,
    store: Store,
    concepts: Concepts,
    forecast: Forecast,
    item: Item,
    counts: bool | None,
    why: str,
    person: Person,
    *,
    condition: bool = False,
) -> VerdictRecord | None:
    """Say whether an item counts for a forecast (for its condition with `condition`), or withdraw what was said (None).

    It is written to `path`, and the forecast judged by it: how it stands now, None where the store is kept busy and the
    next check has to tell. UsageError when there is nothing to withdraw, no reason, or no condition; else as
    `append_decision`.
    """
    _check_reason(why)
    if condition and forecast.condition is None:
        raise UsageError(f"{forecast.id} has no condition")
    standing = read_decisions(path).on_items.get(forecast.id, ())
    if counts is None and not any((one.item, one.condition) == (item.key, condition) for one in standing):
        raise UsageError(f"nobody has decided on item {item.key} for {forecast.id}", mend="nothing is to withdraw")
    name = person.name.strip()
    append_decision(path, ItemDecision(forecast.id, item.key, counts, why.strip(), name, person.now, condition))
    return _judged(path, store, concepts, forecast, person)


@dataclass(frozen=True, slots=True)
class Undone:
    """The decision that was taken back, and how its forecast stands by the machine, where it was judged again."""

    line: Line
    stands: VerdictRecord | None


def undo(path: Path, store: Store, concepts: Concepts, forecasts: Iterable[Forecast], person: Person) -> Undone:
    """Withdraw the latest decision of a person that still stands. NotFoundError when there is none."""
    name = person.name.strip()
    last = read_decisions(path).last_by(name)
    if last is None:
        raise NotFoundError(f"no decision by {name} stands", mend="there is nothing to take back")
    if isinstance(last, Decision):
        append_decision(path, replace(last, status=None, why=UNDONE, at=person.now, settled_on=None))
        return Undone(last, None)
    append_decision(path, replace(last, counts=None, why=UNDONE, at=person.now))
    forecast = next((forecast for forecast in forecasts if forecast.id == last.forecast), None)
    return Undone(last, _judged(path, store, concepts, forecast, person) if forecast else None)


def _judged(path: Path, store: Store, concepts: Concepts, forecast: Forecast, person: Person) -> VerdictRecord | None:
    try:
        return judge_again(store, forecast, concepts, read_decisions(path).on_items, person.today, person.now)
    except StoreError:  # a check is writing; what was decided is written, and the next check goes by it
        return None


def _check_reason(why: str) -> None:
    if not why.strip():
        raise UsageError("no reason is given", mend="say why, for those who will ask")
