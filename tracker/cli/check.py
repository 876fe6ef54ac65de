"""`tracker check`: one pass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, Day, console, pass_context, print_json
from tracker.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.check import Checked
    from tracker.model import Poll
    from tracker.report.standing import Standing


@click.command("check")
@click.option(
    "--as-of", type=Day(), metavar="DATE", help="Judge by what was published until then; nothing is recorded."
)
@click.option("--offline", is_flag=True, help="Poll files only, no network.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@click.option("--alert", is_flag=True, help="Send alerts of what is new to the addresses that are set.")
@pass_context
def check_command(context: Context, as_of: date | None, offline: bool, as_json: bool, alert: bool) -> int:
    """Poll the feeds, match and judge, and print what changed and the scorecard.

    \b
    tracker check                                every feed, today
    tracker check --as-of 2025-09-01 --offline   how it stood then
    tracker check --alert                        for cron: see tracker notify

    Exits with 1 when a forecast file, a decision or the list of feeds has a mistake (the rest is judged all the same),
    or when no feed could be read, or an alert not be sent. A feed that is down stops nothing.
    """
    from tracker.schedule import alone

    if alert and as_of is not None:
        raise click.UsageError("--alert tells how things stand now, --as-of how they stood.")
    with alone(context.workspace.lock):
        return check_once(context, as_of=as_of, offline=offline, as_json=as_json, alert=alert)


def check_once(
    context: Context,
    *,
    as_of: date | None = None,
    offline: bool = False,
    as_json: bool = False,
    alert: bool = False,
) -> int:
    """Make one pass and print it, and send alerts of it with `alert`; the exit code."""
    from tracker.check import check
    from tracker.cli.notify import needed_targets, send_alerts

    context.refuse_future(as_of)
    targets = needed_targets(context) if alert else []
    mistakes = context.tell_mistakes() + context.tell(context.subscriptions[1])
    with context.store(made=True) as store, _progress(context) as on_poll:
        checked = check(
            context.workspace,
            store,
            context.ledger,
            context.concepts,
            context.subscriptions[0],
            now=context.now,
            decisions=context.decisions,
            as_of=as_of,
            offline=offline,
            on_poll=on_poll,
        )
        unsent = [sent for sent in send_alerts(context, store, checked, targets) if sent.error]
    for sent in unsent:
        click.echo(f"error: {sent.target}: {sent.error}; “{sent.alert.title}” is sent at the next check", err=True)
    if as_json:
        print_json(_data(context, checked, replay=as_of is not None))
    else:
        report(context, checked, everything=as_of is not None)
    nothing_read = bool(checked.polls) and all(poll.error for poll in checked.polls)
    if nothing_read:
        click.echo("error: none of the feeds could be read", err=True)
    return 1 if mistakes or nothing_read or unsent else 0


@contextmanager
def _progress(context: Context) -> Iterator[Callable[[Poll], None]]:
    """Tell each feed that fails in a line on standard error, and how far the poll is where a person watches."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    errors = console(stderr=True)
    total = len(context.subscriptions[0])
    columns = (TextColumn("polling"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("polling", total=total)

        def told(poll: Poll) -> None:
            progress.advance(task)
            if poll.error:
                errors.print(f"feed {poll.title or poll.address}: {poll.error}", style="yellow", soft_wrap=True)

        yield told


def report(context: Context, checked: Checked, *, everything: bool = False) -> None:
    """Print a pass for a person: the forecasts whose verdicts changed, or `everything`, and the scorecard."""
    from rich.text import Text

    from tracker.check import reopened
    from tracker.report.scorecard import table
    from tracker.report.standing import Grouping, grouped, tally
    from tracker.report.terminal import verdict_block, write

    out = console()
    verdicts = {verdict.forecast: verdict for verdict in checked.verdicts}
    standings = {one.forecast.id: one for one in _standings(context, checked)}
    changes = {after.forecast: (before, after) for before, after in checked.changes}
    shown = [name for name in standings if everything or name in changes]
    read = sum(not poll.error for poll in checked.polls)
    told = _feeds(read, len(checked.polls), checked, followed=bool(context.subscriptions[0]))
    write(out, Text(f"{checked.as_of}: {told}", style="dim"), Text())
    for name in shown:
        change = changes.get(name)
        if change and reopened(change) and change[0]:
            write(out, Text(f"! {name} was {change[0].status.value} until now", style="bold yellow"))
        write(out, *verdict_block(standings[name], verdicts[name]))
    if not shown:
        write(out, Text(f"Nothing changed in {counted(len(standings), 'forecast')}."), Text())
    groups = grouped(standings.values(), Grouping.FORECASTER)
    tallies = {name: tally(group, checked.as_of) for name, group in groups.items()}
    if standings:
        write(out, table(tallies, tally(standings.values(), checked.as_of)))


def _feeds(read: int, polled: int, checked: Checked, *, followed: bool) -> str:
    told = f"{read} of {polled} feeds read"
    if not polled:
        told = "no feed read" if followed else "no feeds are followed (tracker feeds add ADDRESS)"
    if checked.left_alone:
        told = f"{read} of {polled} feeds read, {checked.left_alone} left alone for now"
    edited = f", {checked.updated_items} edited" if checked.updated_items else ""
    return f"{told}, {checked.new_items} new items{edited}"


def _standings(context: Context, checked: Checked) -> list[Standing]:
    """The forecasts with the verdicts of a pass and the decisions that had been made by its day."""
    from tracker.report.standing import Standing

    decided = context.decisions.as_of(checked.as_of, context.zone).standing
    verdicts = {verdict.forecast: verdict for verdict in checked.verdicts}
    return [
        Standing.of(forecast, verdicts[forecast.id], decided.get(forecast.id)) for forecast in context.ledger.forecasts
    ]


def _data(context: Context, checked: Checked, *, replay: bool) -> dict[str, Any]:
    """The pass as data. A replay tells nothing of this pass's polls, so that it prints the same whenever it is made."""
    from tracker.report.data import standing_data, verdict_data
    from tracker.report.scorecard_data import summaries_data, summary_data
    from tracker.report.standing import Grouping, grouped, summary

    standings = _standings(context, checked)
    found: dict[str, Any] = {"as_of": str(checked.as_of)}
    if not replay:
        found["feeds"] = [
            {"address": poll.address, "error": poll.error or None, "unchanged": poll.unchanged}
            for poll in checked.polls
        ]
        found["new_items"], found["updated_items"] = checked.new_items, checked.updated_items
        found["changes"] = [
            {"id": after.forecast, "before": before.status.value if before else None, "after": after.status.value}
            for before, after in checked.changes
        ]
    found["forecasts"] = [
        {**standing_data(standing), "verdict": verdict_data(verdict)}
        for standing, verdict in zip(standings, checked.verdicts, strict=True)
    ]
    found["scorecard"] = {
        "all": summary_data(summary(standings, checked.as_of)),
        "forecasters": summaries_data(
            {name: summary(group, checked.as_of) for name, group in grouped(standings, Grouping.FORECASTER).items()}
        ),
    }
    return found
