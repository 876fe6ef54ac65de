"""What may a person decide, and how is it taken back? The rules that every face keeps, and the line that it writes.

A decision has a reason and a name. What is to be withdrawn must stand, and a day that settled a forecast must lie
between its article and today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from tracker.decisions import Decisions, Line, append_decision
from tracker.errors import NotFoundError, UsageError
from tracker.model import Decision, Forecast, Item, ItemDecision, Status

UNDONE = "taken back"
"""The reason of a withdrawal that undoes the last decision."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who decides, and when; `today` is the day of the moment in the workspace's time zone."""

    name: str
    now: datetime
    today: date

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UsageError("nobody is named", mend="say who decides: --by NAME")


def decide(
    path: Path,
    decisions: Decisions,
    forecast: Forecast,
    status: Status | None,
    why: str,
    person: Person,
    *,
    settled_on: date | None = None,
) -> Decision:
    """Decide a forecast, or withdraw what was decided of it (None), and write it to `path`.

    UsageError when there is nothing to withdraw, no reason, or `settled_on` cannot be the day; else as
    `append_decision`.
    """
    _check_reason(why)
    if settled_on is not None and not forecast.article.published <= settled_on <= person.today:
        lies = "in the future" if settled_on > person.today else "before the article"
        raise UsageError(f"the day of the event, {settled_on}, lies {lies}")
    if status is None and forecast.id not in decisions.standing:
        raise UsageError(f"there is no decision on {forecast.id} to withdraw")
    decision = Decision(forecast.id, status, why.strip(), person.name.strip(), person.now, settled_on)
    append_decision(path, decision)
    return decision


def decide_item(
    path: Path,
    decisions: Decisions,
    forecast: Forecast,
    item: Item,
    counts: bool | None,
    why: str,
    person: Person,
    *,
    condition: bool = False,
) -> ItemDecision:
    """Say whether an item counts for a forecast (for its condition with `condition`), or withdraw what was said (None).

    UsageError when there is nothing to withdraw, no reason, or no condition; else as `append_decision`.
    """
    _check_reason(why)
    if condition and forecast.condition is None:
        raise UsageError(f"{forecast.id} has no condition")
    said = ItemDecision(forecast.id, item.key, counts, why.strip(), person.name.strip(), person.now, condition)
    standing = decisions.on_items.get(forecast.id, ())
    if counts is None and not any((one.item, one.condition) == (item.key, condition) for one in standing):
        raise UsageError(f"nobody has decided on item {item.key} for {forecast.id}", mend="nothing is to withdraw")
    append_decision(path, said)
    return said


def undo(path: Path, decisions: Decisions, person: Person) -> Line:
    """Withdraw the latest decision of a person that still stands, and return it. NotFoundError when there is none."""
    last = decisions.last_by(person.name.strip())
    if last is None:
        raise NotFoundError(f"no decision by {person.name.strip()} stands", mend="there is nothing to take back")
    if isinstance(last, Decision):
        append_decision(path, replace(last, status=None, why=UNDONE, at=person.now, settled_on=None))
    else:
        append_decision(path, replace(last, counts=None, why=UNDONE, at=person.now))
    return last


def _check_reason(why: str) -> None:
    if not why.strip():
        raise UsageError("no reason is given", mend="say why, for those who will ask")
