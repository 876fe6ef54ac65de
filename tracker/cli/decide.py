"""`tracker decide`: a person's word on a forecast."""

from __future__ import annotations

import os
from datetime import date

import click

from tracker.cli.context import Context, Day, pass_context
from tracker.model import Decision, Status


def _user() -> str:
    """The name that git would sign with is unknown to us; the account's name is a fair guess."""
    return os.environ.get("USER") or os.environ.get("LOGNAME") or ""


@click.command("decide")
@click.argument("id_", metavar="ID")
@click.argument("status", type=click.Choice([*(status.value for status in Status), "withdraw"]))
@click.option("--why", required=True, metavar="TEXT", help="The reason, for those who will ask.")
@click.option("--by", metavar="NAME", default=_user, help="Who decides (default: this account's name).")
@click.option("--on", "settled_on", type=Day(), metavar="DATE", help="The day of the event that settled it.")
@pass_context
def decide_command(context: Context, id_: str, status: str, why: str, by: str, settled_on: date | None) -> int:
    """Decide a forecast by hand. It is kept beside the machine's verdict and wins in the scorecard.

    \b
    tracker decide easing-by-autumn confirmed --why "The joint statement of 9 October says so"
    tracker decide easing-by-autumn withdraw --why "The statement was retracted"
    """
    from tracker.decisions import append_decision

    forecast = context.forecast(id_)
    if settled_on is not None and not forecast.article.published <= settled_on <= context.today:
        raise click.UsageError(
            f"--on {settled_on} lies {'in the future' if settled_on > context.today else 'before the article'}."
        )
    if not by.strip():
        raise click.UsageError("Say who decides: --by NAME.")
    decided = None if status == "withdraw" else Status(status)
    if decided is None and forecast.id not in context.decisions.standing:
        raise click.UsageError(f"There is no decision on {forecast.id} to withdraw.")
    decision = Decision(forecast.id, decided, why, by, context.now, settled_on)
    append_decision(context.workspace.decisions, decision)
    path = context.workspace.decisions.relative_to(context.workspace.root)
    told = f"{forecast.id} is {status}" if decided else f"the decision on {forecast.id} is withdrawn"
    click.echo(f"{told}, by {by} (written to {path})")
    return 0
