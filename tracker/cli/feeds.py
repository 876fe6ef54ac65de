"""`tracker feeds`: which feeds are followed, and how are they doing?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, console, pass_context, print_json
from tracker.errors import NotFoundError, UsageError
from tracker.model import FeedState, Poll, Subscription
from tracker.wording import counted

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tracker.store import Saved

_STYLES = {"ok": "green", "failing": "red", "never polled": "dim"}


@click.group("feeds")
def feeds_command() -> None:
    """Follow feeds, and see how they are doing.

    \b
    tracker feeds add https://www.aljazeera.com/xml/rss/all.xml
    """


@feeds_command.command("list", short_help="List the feeds and how they are doing.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def list_feeds(context: Context, as_json: bool) -> int:
    """List the feeds: status, how many items each has carried, when it was last read, and what went wrong.

    \b
    tracker feeds list
    """
    subscriptions, errors = context.subscriptions
    context.tell(errors)
    carried: Counter[str] = Counter()
    with context.store() as store:
        states = store.feed_states()
        for one in store.carried(date.min, date.max):
            carried[one.address] += one.items
    rows = [(one, states.get(one.address, FeedState(one.address)), carried[one.address]) for one in subscriptions]
    if as_json:
        print_json([_feed_data(*row) for row in rows])
    elif rows:
        _tell_feeds(rows, context.zone)
    else:
        click.echo("no feeds are followed: tracker feeds add ADDRESS")
    return 1 if errors else 0


@feeds_command.command("add", short_help="Follow a feed.")
@click.argument("address")
@click.option("--title", metavar="TEXT", help="What to call it (default: what it calls itself).")
@click.option("--language", metavar="CODE", help="The language of its items, where it does not say: en, ru.")
@click.option(
    "--archive", is_flag=True, help="It holds the past: what it carried proves that its sources were watched."
)
@click.option("--no-poll", "--offline", is_flag=True, help="Do not read it now.")
@pass_context
def add_feed(
    context: Context, address: str, title: str | None, language: str | None, archive: bool, no_poll: bool
) -> int:
    """Follow a feed, by its web address or as a file in the workspace, and read it once.

    \b
    tracker feeds add https://www.aljazeera.com/xml/rss/all.xml
    tracker feeds add data/history.atom --archive

    A feed that cannot be read now is followed all the same.
    """
    from tracker import check
    from tracker.feeds.opml import add_subscription
    from tracker.schedule import alone

    if language and not re.fullmatch("[A-Za-z]{2}", language):
        raise click.UsageError(f"“{language}” is not a language: write two letters (ISO 639-1), such as ru.")
    subscription = Subscription(_address(context, address), title or "", (language or "").lower(), archive)
    with alone(context.workspace.lock):
        for followed in _subscriptions(context):
            if followed.address == subscription.address:
                raise UsageError(f"{subscription.address} is followed already", mend=followed.title)
        if no_poll:
            add_subscription(context.workspace.opml, subscription)
            click.echo(f"following {subscription.title or subscription.address}")
            return 0
        with context.store() as store:
            [(poll, saved)] = check.poll_feeds(context.workspace, store, [subscription], now=context.now)
        if not title and poll.title:
            subscription = Subscription(subscription.address, poll.title, subscription.language, archive)
        add_subscription(context.workspace.opml, subscription)
    name = subscription.title or subscription.address
    if poll.error:
        click.echo(f"following {name}, though it could not be read now: {poll.error}")
        click.echo(f"(tracker feeds remove {subscription.address} if that is not a feed)")
    else:
        click.echo(f"following {name}: {counted(len(poll.items), 'item')}, {len(saved.new)} of them new")
    return 0


@feeds_command.command("remove", short_help="Stop following a feed.")
@click.argument("name", metavar="ADDRESS|TITLE")
@pass_context
def remove_feed(context: Context, name: str) -> int:
    """Stop following a feed, by its address or its title. The items that it brought stay.

    \b
    tracker feeds remove "Al Jazeera"
    """
    from tracker.feeds.opml import remove_subscription
    from tracker.schedule import alone

    with alone(context.workspace.lock):
        subscription = _named(_subscriptions(context), name)
        remove_subscription(context.workspace.opml, subscription.address)
    click.echo(f"no longer following {subscription.title or subscription.address}; its items stay")
    return 0


@feeds_command.command("poll", short_help="Read the feeds now.")
@click.argument("names", metavar="[ADDRESS|TITLE]...", nargs=-1)
@click.option("--offline", is_flag=True, help="Files only, no network.")
@pass_context
def poll_feeds(context: Context, names: tuple[str, ...], offline: bool) -> int:
    """Read all feeds now, or those that are named; a line for each.

    \b
    tracker feeds poll

    Exits with 1 when none of them could be read.
    """
    from tracker import check
    from tracker.schedule import alone

    subscriptions = _subscriptions(context)
    if names:
        subscriptions = list(dict.fromkeys(_named(subscriptions, name) for name in names))
    if not subscriptions:
        click.echo("no feeds are followed: tracker feeds add ADDRESS")
        return 0
    by_address = {one.address: one for one in subscriptions}
    out = console()

    def tell(poll: Poll, saved: Saved) -> None:
        name = by_address[poll.address].title or poll.address
        out.print(f"{name}: {_outcome(poll, saved)}", style="yellow" if poll.error else None, soft_wrap=True)

    with alone(context.workspace.lock), context.store() as store:
        polled = check.poll_feeds(
            context.workspace, store, subscriptions, now=context.now, offline=offline, on_done=tell
        )
    read = sum(not poll.error for poll, _ in polled)
    new = sum(len(saved.new) for _, saved in polled)
    left_out = len(subscriptions) - len(polled)
    rest = f"; {left_out} on the web left out" if left_out else ""
    click.echo(f"{read} of {counted(len(polled), 'feed')} read, {counted(new, 'new item')}{rest}")
    return 1 if polled and not read else 0


def _subscriptions(context: Context) -> list[Subscription]:
    """The feeds that are followed; every mistake in their list is told on standard error."""
    subscriptions, errors = context.subscriptions
    context.tell(errors)
    return subscriptions


def _address(context: Context, words: str) -> str:
    """The address as the list has it: on the web, or a file's path in the workspace. TrackerError for anything else."""
    from tracker.cli.paths import in_workspace
    from tracker.feeds.clean import is_web_address, safe_link

    if is_web_address(words):
        if not safe_link(words):
            raise UsageError(f"{words} is not an address on the web", mend="as in https://example.org/feed.xml")
        return words
    if re.match(r"[A-Za-z][\w+.-]*:", words):
        raise UsageError(f"{words} cannot be followed", mend="an http:// or https:// address, or a file")
    path = in_workspace(context, words)
    if path is None:
        mend = "feeds are files in the workspace, or web addresses that begin with https://"
        raise NotFoundError(f"no file {words} in {context.workspace.root}", mend=mend)
    return path


def _named(subscriptions: Sequence[Subscription], name: str) -> Subscription:
    """The feed of an address or a title. NotFoundError with what is near; UsageError when several have the title."""
    found = [one for one in subscriptions if one.address == name]
    found = found or [one for one in subscriptions if one.title.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{len(found)} feeds are called “{name}”", mend=", ".join(one.address for one in found) + "?")
    near = _near([text for one in subscriptions for text in (one.title, one.address) if text], name)
    mend = f"did you mean {' or '.join(near)}?" if near else "tracker feeds list shows them"
    raise NotFoundError(f"no feed “{name}” is followed", mend=mend)


def _near(known: Sequence[str], name: str) -> list[str]:
    from difflib import get_close_matches

    parts = [text for text in known if name.strip() and name.casefold() in text.casefold()]
    return list(dict.fromkeys([*parts, *get_close_matches(name, known)]))[:3]


def _outcome(poll: Poll, saved: Saved) -> str:
    if poll.error:
        return poll.error
    if poll.unchanged:
        return "unchanged"
    edited = f", {len(saved.updated)} edited" if saved.updated else ""
    return f"{len(saved.new)} new of {counted(len(poll.items), 'item')}{edited}"


def _status(state: FeedState) -> str:
    if state.last_polled is None:
        return "never polled"
    return "failing" if state.failures else "ok"


def _feed_data(subscription: Subscription, state: FeedState, carried: int) -> dict[str, Any]:
    return {
        "address": subscription.address,
        "title": _title(subscription, state),
        "language": subscription.language or None,
        "archive": subscription.archive,
        "status": _status(state),
        "items": carried,
        "last_polled": state.last_polled.isoformat() if state.last_polled else None,
        "last_success": state.last_success.isoformat() if state.last_success else None,
        "failures": state.failures,
        "error": state.error or None,
    }


def _tell_feeds(rows: Sequence[tuple[Subscription, FeedState, int]], zone: ZoneInfo) -> None:
    """Two lines for each feed, so that an address stays in one piece, and a third for what went wrong."""
    from rich.text import Text

    out = console()
    out.print(Text(f"{'status':<12}  {'items':>7}  {'last read':<16}  feed", style="dim"), soft_wrap=True)
    for subscription, state, carried in rows:
        status = _status(state)
        text = Text.assemble((f"{status:<12}", _STYLES[status]), f"  {carried:>7,}  {_moment(state, zone):<16}  ")
        text.append(_title(subscription, state), style="bold")
        if subscription.archive:
            text.append("  archive", style="cyan")
        text.append(f"\n  {subscription.address}", style="dim")
        if state.failures:
            times = "" if state.failures == 1 else f" ({state.failures} times)"
            text.append(f"\n  {state.error}{times}", style="yellow")
        out.print(text, soft_wrap=True)
    counts = Counter(_status(state) for _, state, _ in rows)
    told = ", ".join(f"{counts[status]} {status}" for status in _STYLES if counts[status])
    out.print(Text(f"\n{counted(len(rows), 'feed')}: {told}"))


def _title(subscription: Subscription, state: FeedState) -> str:
    """What to call a feed; one that was added unread is listed under its address until it says its name."""
    given = subscription.title if subscription.title != subscription.address else ""
    return given or state.title or "no title yet"


def _moment(state: FeedState, zone: ZoneInfo) -> str:
    return state.last_success.astimezone(zone).strftime("%Y-%m-%d %H:%M") if state.last_success else "never"
