"""`tracker list`: the forecasts and where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context, console, pass_context, print_json
from tracker.model import Status

if TYPE_CHECKING:
    from tracker.report.standing import Standing


@click.command("list")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Only those that stand so.")
@click.option("--forecaster", metavar="NAME", help="Only those of a forecaster (a part of the name will do).")
@click.option("--tag", metavar="TAG", help="Only those with a tag.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def list_command(context: Context, status: str | None, forecaster: str | None, tag: str | None, as_json: bool) -> int:
    """List the forecasts: status, when each is due, likelihood, forecaster.

    \b
    tracker list --status pending

    The status is that of the last check; * marks a person's decision.
    """
    mistakes = context.tell_mistakes(context.listed)
    found = [
        one
        for one in recorded_standings(context)
        if (status is None or one.status.value == status)
        and (forecaster is None or forecaster.casefold() in one.forecast.forecaster.casefold())
        and (tag is None or tag in one.forecast.tags)
    ]
    if as_json:
        from tracker.report.data import standing_data

        print_json([standing_data(one) for one in found])
        return 1 if mistakes else 0
    from rich.text import Text

    from tracker.report.terminal import PIPE_WIDTH, listing, write

    out = console()
    if found:
        write(out, listing(found, context.today, out.width if out.is_terminal else PIPE_WIDTH))
    elif context.listed.forecasts:
        write(out, Text("no forecast is like that"))
    else:
        write(out, Text("no forecasts yet: tracker add"))
    if found and not any(one.machine for one in found):
        write(out, Text(), Text("never checked: tracker check", style="dim"))
    return 1 if mistakes else 0


def recorded_standings(context: Context) -> list[Standing]:
    """Every forecast with its last recorded verdict and the decision that stands."""
    from tracker.glance import last_verdicts
    from tracker.report.standing import Standing

    records = last_verdicts(context.workspace.database)
    if records is None:
        with context.store() as store:
            records = store.verdicts()
    found = []
    for forecast in context.listed.forecasts:
        record = records.get(forecast.id)
        decision = context.decisions.standing.get(forecast.id)
        if record is None:
            found.append(Standing(forecast, None, decision=decision))
        else:
            found.append(
                Standing(
                    forecast,
                    record.status,
                    record.reason,
                    record.strength,
                    record.event_day,
                    record.contested,
                    decision,
                )
            )
    return found
