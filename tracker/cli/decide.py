"""`tracker decide`: a person's word on a forecast, or on an item for it."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context, Day, pass_context
from tracker.model import Forecast, Status, VerdictRecord

if TYPE_CHECKING:
    from tracker.store import Store

ON_FORECASTS = {status.value: status for status in Status} | {"withdraw": None}
ON_ITEMS = {"counts": True, "does-not-count": False, "withdraw": None}


def user() -> str:
    """The name that git would sign with is unknown to us; the account's name is a fair guess."""
    return os.environ.get("USER") or os.environ.get("LOGNAME") or ""


@click.command("decide")
@click.argument("id_", metavar="ID")
@click.argument("status", metavar="STATUS", type=click.Choice(list(ON_FORECASTS | ON_ITEMS)))
@click.option("--item", metavar="ITEM", help="Decide on an item for this forecast: its key, or its link.")
@click.option("--condition", is_flag=True, help="With --item: for the forecast's condition.")
@click.option("--why", required=True, metavar="TEXT", help="The reason, for those who will ask.")
@click.option("--by", metavar="NAME", default=user, help="Who decides (default: this account's name).")
@click.option("--on", "settled_on", type=Day(), metavar="DATE", help="The day of the event that settled it.")
@pass_context
def decide_command(
    context: Context,
    id_: str,
    status: str,
    item: str | None,
    condition: bool,
    why: str,
    by: str,
    settled_on: date | None,
) -> int:
    """Decide a forecast by hand, or say whether an item counts for it.

    \b
    tracker decide easing-by-autumn confirmed --why "The joint statement of 9 October says so"
    tracker decide easing-by-autumn withdraw --why "The statement was retracted"
    tracker decide easing-by-autumn does-not-count --item 3f2a9c0d11e8b7a4 --why "It is about 2024"

    STATUS is confirmed, refuted, pending, void or withdraw. The decision is kept beside the machine's verdict and wins
    in the scorecard. With --item it is counts, does-not-count or withdraw: then the machine judges by it.
    """
    forecast = context.forecast(id_)
    allowed = ON_FORECASTS if item is None else ON_ITEMS
    if status not in allowed:
        told = "--item is decided by" if item is not None else "A forecast without --item is decided by"
        raise click.UsageError(f"{told} {', '.join(allowed)}.")
    if item is None and condition:
        raise click.UsageError("--condition says for what --item counts.")
    if item is not None:
        if settled_on is not None:
            raise click.UsageError("--on is the day that settled a forecast; an item is dated by its own words.")
        return _decide_item(context, forecast, item, ON_ITEMS[status], why, by, condition=condition)
    from tracker.deciding import decide

    decided = ON_FORECASTS[status]
    path = context.workspace.decisions
    decide(path, forecast, decided, why, context.person(by), settled_on=settled_on)
    told = f"{forecast.id} is {status}" if decided else f"the decision on {forecast.id} is withdrawn"
    click.echo(f"{told}, by {by} (written to {path.relative_to(context.workspace.root)})")
    return 0


def _decide_item(
    context: Context, forecast: Forecast, name: str, counts: bool | None, why: str, by: str, *, condition: bool
) -> int:
    """Write down a word on an item, judge the forecast by it, and tell how it stands."""
    from tracker.deciding import decide_item
    from tracker.inspection import find_item
    from tracker.report.words import COUNTS

    path = context.workspace.decisions
    with context.store() as store:
        item = find_item(store, name, context.today)
        person = context.person(by)
        stands = decide_item(path, store, context.concepts, forecast, item, counts, why, person, condition=condition)
    of = "the condition of " if condition else ""
    written = path.relative_to(context.workspace.root)
    click.echo(f"“{item.title}” {COUNTS[counts]} for {of}{forecast.id}, by {by} (written to {written})")
    click.echo(stands_words(stands))
    return 0


def stands_words(stands: VerdictRecord | None) -> str:
    """How a forecast stands after a word on an item."""
    if stands is None:
        return "another tracker keeps the database busy: the next check judges by it"
    return f"{stands.forecast} is {stands.status.value} by it: {stands.reason}"


def taken_back(context: Context, store: Store, by: str) -> str:
    """Take back a person's last decision, and say what it was and how its forecast stands."""
    from tracker.deciding import undo
    from tracker.report.words import line_words

    done = undo(context.workspace.decisions, store, context.concepts, context.ledger.forecasts, context.person(by))
    stands = f"; {done.stands.forecast} is {done.stands.status.value} by the machine" if done.stands else ""
    return f"taken back: {line_words(done.line)}{stands}"
