"""`tracker review`: what needs a person, and what they make of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context, console, pass_context, print_json
from tracker.cli.decide import taken_back, user

if TYPE_CHECKING:
    from tracker.review import Case
    from tracker.store import Store


@click.command("review")
@click.option("--by", metavar="NAME", default=user, help="Who reviews (default: this account's name).")
@click.option("--undo", is_flag=True, help="Take back your last decision that still stands.")
@click.option("--history", is_flag=True, help="List every decision, the latest first.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def review_command(context: Context, by: str, undo: bool, history: bool, as_json: bool) -> int:
    """List what needs a person, and on a terminal take decisions one by one.

    \b
    tracker review
    tracker review --undo

    Contested forecasts, verdicts by a silence that something came near, forecasts that closed without being settled,
    and feeds that stay away, by the last check. Decisions are those of tracker decide.
    """
    from tracker.report.review import case_data, queue_text
    from tracker.report.terminal import write

    if undo and (history or as_json):
        raise click.UsageError("--undo stands alone.")
    if undo:
        with context.store() as store:
            click.echo(taken_back(context, store, by))
        return 0
    if history:
        return _history(context, as_json=as_json)
    mistakes = context.tell_mistakes(context.listed) + context.tell(context.subscriptions[1])
    with context.store() as store:
        cases = _queue(context, store)
    if as_json:
        print_json([case_data(case) for case in cases])
        return 1 if mistakes else 0
    write(console(), *queue_text(cases))
    on_forecasts = [case for case in cases if case.forecast]
    if on_forecasts and sys.stdin.isatty() and click.confirm("Decide them one by one?", default=False):
        from tracker.cli.reviewing import Reviewing

        with context.store() as store:
            Reviewing(context, store, by).go_through(on_forecasts)
    return 1 if mistakes else 0


def _queue(context: Context, store: Store) -> list[Case]:
    from tracker.model import FeedState
    from tracker.review import Clock, current, queue

    states = store.feed_states()
    feeds = [(feed, states.get(feed.address, FeedState(feed.address))) for feed in context.subscriptions[0]]
    clock = Clock(context.now, context.today, context.zone, context.workspace.settings.every)
    forecasts = context.listed.forecasts
    return queue(forecasts, current(forecasts, store.verdicts()), context.decisions.standing, feeds, clock)


def _history(context: Context, *, as_json: bool) -> int:
    """Print every decision that was made, the latest first."""
    from tracker.report.data import decision_data
    from tracker.report.words import line_words

    mistakes = context.tell(context.decisions.errors)
    lines = context.decisions.lines[::-1]
    if as_json:
        print_json([decision_data(line) for line in lines])
        return 1 if mistakes else 0
    for line in lines:
        at = line.at.astimezone(context.zone)
        click.echo(f"{at:%Y-%m-%d %H:%M}  {line.by}: {line_words(line)}, {line.why}")
    if not lines:
        click.echo("nothing was decided yet")
    return 1 if mistakes else 0
