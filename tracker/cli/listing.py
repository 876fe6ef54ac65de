"""`tracker list`: the forecasts and where each stands."""

from __future__ import annotations

import click

from tracker.cli.context import Context, console, pass_context, print_json
from tracker.cli.selection import selection_options
from tracker.report.standing import Selection, Standing, selected
from tracker.wording import counted


@click.command("list")
@selection_options
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def list_command(context: Context, selection: Selection, as_json: bool) -> int:
    """List the forecasts: status, when each is due, likelihood, forecaster.

    \b
    tracker list --status pending

    The status is that of the last check; * marks a person's decision.
    """
    mistakes = context.tell_mistakes(context.listed)
    found = selected(recorded_standings(context), selection)
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
    if unchecked := sum(one.machine is None for one in found):
        write(out, Text(), Text(unchecked_words(unchecked, len(found)), style="dim"))
    return 1 if mistakes else 0


def unchecked_words(unchecked: int, every: int) -> str:
    """How many forecasts have no verdict on what they now ask, and how to get one."""
    if unchecked == every:
        return "never checked: tracker check"
    they_were = "it was" if unchecked == 1 else "they were"
    return f"{counted(unchecked, 'forecast')} not checked since {they_were} added or edited: tracker check"


def recorded_standings(context: Context) -> list[Standing]:
    """Every forecast with its last recorded verdict and the decision that stands."""
    from tracker.glance import last_verdicts

    context.refuse_missing_database()
    records = last_verdicts(context.workspace.database)
    if records is None:
        with context.store() as store:
            records = store.verdicts()
    decided, steered = context.decisions.standing, context.decisions.on_items
    found = []
    for forecast in context.listed.forecasts:
        record = records.get(forecast.id)
        if record is not None and record.asked != forecast.asked:
            record = None  # it was edited since, and what was said of it before is no verdict on what it asks now
        found.append(Standing.of(forecast, record, decided.get(forecast.id), steered=forecast.id in steered))
    return found
