"""`tracker scorecard`: how good were the forecasters?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from tracker.cli.context import Context, console, pass_context, print_json
from tracker.cli.listing import recorded_standings, unchecked_words
from tracker.cli.pages import Asked, pages_options, write_pages
from tracker.cli.selection import selection_options
from tracker.report.standing import Grouping, Selection, Standing, grouped, selected
from tracker.wording import counted

_Groups = Mapping[str, Sequence[Standing]]


@click.command("scorecard")
@click.option(
    "--by",
    type=click.Choice([grouping.value for grouping in Grouping]),
    help="A line for each of these (else for each forecaster), and every figure of it.",
)
@selection_options
@pages_options
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def scorecard_command(
    context: Context, by: str | None, selection: Selection, pages: Asked | None, as_json: bool
) -> int:
    """Score the forecasters by the verdicts of the last check, a person's decisions first.

    \b
    tracker scorecard --by forecaster
    tracker scorecard --by year --tag oil --since 2024-01-01
    tracker scorecard --html public

    Only confirmed and refuted forecasts are scored. A figure that too few of them bear out is not given. A forecast
    belongs to the year, and to the days between --since and --until, in which its article was published; one with
    several tags counts for each.
    """
    if pages:
        return write_pages(context, pages, selection)
    mistakes = context.tell_mistakes(context.listed)
    every = recorded_standings(context)
    standings = selected(every, selection)
    by_what = Grouping(by or Grouping.FORECASTER)
    groups = grouped(standings, by_what)
    if as_json:
        from tracker.report.scorecard_data import scorecard_data

        print_json(scorecard_data(standings, by_what, context.today, selection))
    elif standings:
        _tell(context, standings, groups, selection, closely=by is not None)
        _tell_notes(standings, groups, by_what, len(every), selection)
    else:
        click.echo("no forecast is like that" if every else "no forecasts yet: tracker add")
    return 1 if mistakes else 0


def _tell(
    context: Context, standings: Sequence[Standing], groups: _Groups, selection: Selection, *, closely: bool
) -> None:
    """The table, and every figure of all forecasts; with `closely` also those of each group."""
    from rich.text import Text

    from tracker.report.scorecard import details, notes, table
    from tracker.report.standing import agreement, summary, tally
    from tracker.report.terminal import write

    today, by_outcome = context.today, selection.by_outcome
    overall, compared = summary(standings, today, by_outcome=by_outcome), agreement(standings)
    rows = {name: tally(group, today, by_outcome=by_outcome) for name, group in groups.items()}
    out = console()
    write(out, table(rows, overall.tally), Text())
    write(out, *details(overall, compared))
    if told := notes(overall, compared):
        write(out, Text(), told)
    if not closely:
        return
    for name, group in groups.items():
        write(out, Text(), Text(name, style="bold"))
        write(out, *details(summary(group, today, by_outcome=by_outcome), agreement(group)))


def _tell_notes(standings: Sequence[Standing], groups: _Groups, by: Grouping, every: int, selection: Selection) -> None:
    """Which forecasts these are, where that is not plain."""
    from rich.text import Text

    from tracker.report.terminal import write

    told = []
    if asked := str(selection):
        told.append(f"{len(standings)} of {counted(every, 'forecast')}: {asked}")
    if by is Grouping.YEAR:
        told.append("the year is that in which the article was published")
    if sum(map(len, groups.values())) > len(standings):
        told.append(
            "a forecast with several tags counts in the line of each, so that the lines add up to more than all"
        )
    if unchecked := sum(one.machine is None for one in standings):
        told.append(unchecked_words(unchecked, len(standings)))
    if told:
        write(console(), Text(), *(Text(words, style="dim") for words in told))
