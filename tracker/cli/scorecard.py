"""`tracker scorecard`: how good were the forecasters?"""

from __future__ import annotations

import click

from tracker.cli.context import Context, console, pass_context, print_json
from tracker.cli.listing import recorded_standings, unchecked_words


@click.command("scorecard")
@click.option(
    "--by", type=click.Choice(["forecaster"]), help="Tell every figure for each forecaster, not only for all."
)
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def scorecard_command(context: Context, by: str | None, as_json: bool) -> int:
    """Score the forecasters by the verdicts of the last check, a person's decisions first.

    \b
    tracker scorecard --by forecaster

    Only confirmed and refuted forecasts are scored. A figure that too few of them bear out is not given.
    """
    from tracker.report.scorecard_data import summaries_data, summary_data
    from tracker.report.standing import Grouping, grouped, summary

    mistakes = context.tell_mistakes(context.listed)
    standings = recorded_standings(context)
    groups = grouped(standings, Grouping.FORECASTER)
    summaries = {name: summary(group, context.today) for name, group in groups.items()}
    overall = summary(standings, context.today)
    if as_json:
        data = summaries_data(summaries)
        print_json({"as_of": str(context.today), "all": summary_data(overall), "forecasters": data})
        return 1 if mistakes else 0
    from rich.text import Text

    from tracker.report.scorecard import details, table
    from tracker.report.terminal import write

    out = console()
    if not standings:
        write(out, Text("no forecasts yet: tracker add"))
        return 1 if mistakes else 0
    write(out, table({**summaries, "all": overall}), Text(), details(overall))
    if by:
        for name, found in summaries.items():
            write(out, Text(), Text(name, style="bold"), details(found))
    if unchecked := sum(one.machine is None for one in standings):
        write(out, Text(), Text(unchecked_words(unchecked, len(standings)), style="dim"))
    return 1 if mistakes else 0
