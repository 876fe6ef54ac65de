"""`tracker feeds poll`: read the feeds now."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, pass_context, print_json
from tracker.cli.feeds.named import chosen, followed
from tracker.model import FeedState, Subscription
from tracker.wording import counted

if TYPE_CHECKING:
    from tracker.polling import Polled


@click.command("poll", short_help="Read the feeds now.")
@click.argument("names", metavar="[ADDRESS|TITLE]...", nargs=-1)
@click.option("--offline", is_flag=True, help="Files only, no network.")
@click.option("--now", "anyway", is_flag=True, help="Also those that are to be left alone for now.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def poll_feeds(context: Context, names: tuple[str, ...], offline: bool, anyway: bool, as_json: bool) -> int:
    """Read all feeds, or those that are named; a line for each.

    \b
    tracker feeds poll

    A feed is left alone for as long as its server or its document asks for it, and after several failures: --now asks
    it all the same. Exits with 1 when none could be read of those that were asked.
    """
    from tracker.polling import poll_feeds as ask_feeds
    from tracker.schedule import alone

    subscriptions = chosen(followed(context), names)
    if not subscriptions and not as_json:
        click.echo("no feeds are followed: tracker feeds add ADDRESS")
        return 0
    by_address = {one.address: one for one in subscriptions}

    def tell(polled: Polled) -> None:
        if as_json:
            return
        address = polled.poll.address
        # Plain click, because rich takes as long to import as some hundred feeds to ask.
        colour = "yellow" if polled.poll.error and "NO_COLOR" not in os.environ else None
        click.secho(f"{by_address[address].title or address}: {_outcome(polled)}", fg=colour)

    with alone(context.workspace.lock), context.store(made=True) as store:
        now = context.now
        left_alone = {} if anyway or offline else _left_alone(subscriptions, store.feed_states(), now, context.zone)
        polled = ask_feeds(
            context.workspace, store, subscriptions, now=now, offline=offline, anyway=anyway, on_done=tell
        )
    code = 1 if polled and all(one.poll.error for one in polled) else 0
    if as_json:
        print_json([*map(_data, polled), *({"address": one, "left_alone": words} for one, words in left_alone.items())])
        return code
    if names:
        for address, words in left_alone.items():
            click.echo(f"{by_address[address].title or address}: {words}")
    read = sum(not one.poll.error for one in polled)
    new = sum(one.new for one in polled)
    told = [f"{read} of {counted(len(polled), 'feed')} read, {counted(new, 'new item')}"]
    if left_alone:
        told.append(f"{len(left_alone)} left alone for now (--now asks all the same)")
    if left_out := len(subscriptions) - len(polled) - len(left_alone):
        told.append(f"{left_out} on the web left out")
    click.echo("; ".join(told))
    return code


def _left_alone(
    subscriptions: Sequence[Subscription], states: Mapping[str, FeedState], now: datetime, zone: tzinfo
) -> dict[str, str]:
    """The feeds on the web that are not asked now, and why."""
    from tracker.feeds.clean import is_web_address
    from tracker.feeds.pace import resting

    found = {}
    for one in subscriptions:
        rest = resting(states.get(one.address, FeedState(one.address)).terms, now)
        if rest and is_web_address(one.address):
            until = f"until {rest.until.astimezone(zone):%Y-%m-%d %H:%M}" if rest.until else "for good"
            found[one.address] = f"left alone {until} because {rest.because}"
    return found


def _data(polled: Polled) -> dict[str, Any]:
    """What a poll brought, as data; the keys of a poll are those of `tracker check --json`."""
    poll = polled.poll
    counts = {"items": polled.items, "new_items": polled.new, "updated_items": polled.updated}
    return {"address": poll.address, "error": poll.error or None, "unchanged": poll.unchanged, **counts}


def _outcome(polled: Polled) -> str:
    if polled.poll.error:
        return polled.poll.error
    if polled.poll.unchanged:
        return "unchanged"
    edited = f", {polled.updated} edited" if polled.updated else ""
    return f"{polled.new} new of {counted(polled.items, 'item')}{edited}"
