"""`tracker feeds list` and `tracker feeds doctor`: how are the feeds doing, and what can be done about it?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, console, pass_context, print_json
from tracker.cli.feeds.named import chosen, followed, title
from tracker.model import FeedState, Subscription, Watch
from tracker.wording import counted

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tracker.feeds.health import Complaint

_OK = "ok"
_PIPE_WIDTH = 80
_LONGEST_STATUS = 12


@dataclass(frozen=True, slots=True)
class _Standing:
    """A feed with what is known of it, how many items it has carried, and what is to be said of it."""

    subscription: Subscription
    state: FeedState
    items: int
    complaints: tuple[Complaint, ...]

    @property
    def name(self) -> str:
        return title(self.subscription, self.state)

    @property
    def status(self) -> str:
        """The gravest complaint in a word or two."""
        return self.complaints[0].kind.value if self.complaints else _OK


@click.command("list", short_help="List the feeds and how they are doing.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def list_feeds(context: Context, as_json: bool) -> int:
    """List the feeds: status, how many items each has carried, when it was last read, and what is the matter with it.

    \b
    tracker feeds list

    tracker feeds doctor says what can be done about it.
    """
    rows = _standings(context, followed(context))
    if as_json:
        print_json([_feed_data(row) for row in rows])
    elif rows:
        _tell_feeds(rows, context.zone)
    else:
        click.echo("no feeds are followed: tracker feeds add ADDRESS")
    return 1 if context.subscriptions[1] else 0


@click.command("doctor", short_help="Say what is wrong with the feeds, and how to mend it.")
@click.argument("names", metavar="[ADDRESS|TITLE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def doctor(context: Context, names: tuple[str, ...], as_json: bool) -> int:
    """Say what is wrong with the feeds, or with those that are named, and how to mend it.

    \b
    tracker feeds doctor

    It asks no feed; it goes by what earlier polls have left behind. Exits with 1 when a feed fails, or when items of it
    may have been missed in the last 30 days.
    """
    rows = _standings(context, chosen(followed(context), names), closely=True)
    if as_json:
        print_json([_complaint_data(row) for row in rows])
    else:
        _tell_complaints(rows)
    from tracker.feeds.health import SERIOUS

    serious = any(complaint.kind in SERIOUS for row in rows for complaint in row.complaints)
    return 1 if serious or context.subscriptions[1] else 0


def _standings(context: Context, subscriptions: Sequence[Subscription], *, closely: bool = False) -> list[_Standing]:
    """How each feed stands; `closely` also looks for undated items, for which every item of a month is read."""
    from tracker.feeds.health import RECENT, health

    if not subscriptions:
        return []
    days: dict[str, Counter[date]] = defaultdict(Counter)
    watches: dict[str, list[Watch]] = defaultdict(list)
    undated: Counter[str] = Counter()
    now, today = context.now, context.today
    with context.store() as store:
        states = store.feed_states()
        for one in store.carried(date.min, date.max):
            days[one.address][one.day] += one.items
        for watch in store.watches(today):
            watches[watch.address].append(watch)
        if closely:
            undated.update(item.feed for item in store.items(since=today - RECENT, until=today) if not item.published)
    found = []
    for subscription in subscriptions:
        address = subscription.address
        state = states.get(address, FeedState(address))
        complaints = health(
            subscription,
            state,
            watches=watches[address],
            days=days[address],
            undated=undated[address],
            now=now,
            every=context.workspace.settings.every,
            zone=context.zone,
        )
        found.append(_Standing(subscription, state, days[address].total(), tuple(complaints)))
    return found


def _feed_data(row: _Standing) -> dict[str, Any]:
    subscription, state, terms = row.subscription, row.state, row.state.terms
    return {
        "address": subscription.address,
        "title": row.name,
        "language": subscription.language or None,
        "archive": subscription.archive,
        "any_certificate": subscription.any_certificate,
        "status": row.status,
        "items": row.items,
        "last_polled": state.last_polled.isoformat() if state.last_polled else None,
        "last_success": state.last_success.isoformat() if state.last_success else None,
        "failures": state.failures,
        "error": state.error or None,
        "rests_until": terms.rests_until.isoformat() if terms.rests_until else None,
        "moved_to": terms.moved_to or None,
        "lasts_seconds": int(terms.lasts.total_seconds()) if terms.lasts else None,
    }


def _complaint_data(row: _Standing) -> dict[str, Any]:
    from tracker.feeds.health import SERIOUS

    complaints = [
        {"kind": one.kind.value, "serious": one.kind in SERIOUS, "words": one.words, "mend": one.mend}
        for one in row.complaints
    ]
    return {"address": row.subscription.address, "title": row.name, "complaints": complaints}


def _tell_feeds(rows: Sequence[_Standing], zone: ZoneInfo) -> None:
    """Two lines for each feed, so that an address stays in one piece, and further ones for what is the matter."""
    from rich.text import Text

    out = console()
    width = out.width if out.is_terminal else _PIPE_WIDTH
    heads = f"{'status':<{_LONGEST_STATUS}}  {'items':>7}  {'last read':<16}  feed"
    out.print(Text(heads, style="dim"), soft_wrap=True)
    for row in rows:
        last = row.state.last_success
        read = last.astimezone(zone).strftime("%Y-%m-%d %H:%M") if last else "never"
        text = Text.assemble(_status(row), f"  {row.items:>7,}  {read:<16}  ")
        text.append(row.name, style="bold")
        if row.subscription.archive:
            text.append("  archive", style="cyan")
        if row.subscription.any_certificate:
            text.append("  any certificate", style="yellow")
        text.append(f"\n  {row.subscription.address}", style="dim")
        if row.state.last_polled:
            for complaint in row.complaints:
                text.append("\n" + _folded(complaint.words, width, "  "), style=_style(complaint))
        out.print(text, soft_wrap=True)
    counts = Counter(row.status for row in rows)
    told = ", ".join(f"{number} {status}" for status, number in sorted(counts.items(), key=_ok_first))
    out.print(Text(f"\n{counted(len(rows), 'feed')}: {told}"), soft_wrap=True)
    if any(row.state.last_polled and row.complaints for row in rows):
        out.print(Text("tracker feeds doctor says what can be done about it", style="dim"), soft_wrap=True)


def _tell_complaints(rows: Sequence[_Standing]) -> None:
    """Each feed that is not well, each complaint with its mend below."""
    from rich.text import Text

    out = console()
    width = out.width if out.is_terminal else _PIPE_WIDTH
    unread = [row for row in rows if not row.state.last_polled]
    ill = [row for row in rows if row.complaints and row.state.last_polled]
    for row in ill:
        text = Text.assemble((row.name, "bold"), (f"\n  {row.subscription.address}", "dim"))
        for complaint in row.complaints:
            text.append("\n" + _folded(f"{complaint.kind.value}: {complaint.words}", width, "  "), _style(complaint))
            text.append("\n" + _folded(f"→ {complaint.mend}", width, "    "))
        out.print(text, "", sep="\n", soft_wrap=True)
    if unread:
        names = ", ".join(row.subscription.title or row.subscription.address for row in unread)
        told = _folded(f"Not read yet: {names}", width, "")
        out.print(f"{told}\n    → tracker feeds poll\n", soft_wrap=True)
    if not rows:
        out.print("no feeds are followed: tracker feeds add ADDRESS")
    elif not (ill or unread):
        out.print(f"{counted(len(rows), 'feed')}, nothing to complain of")
    else:
        out.print(f"{len(ill) + len(unread)} of {counted(len(rows), 'feed')} with something to look at")


def _status(row: _Standing) -> tuple[str, str]:
    return f"{row.status:<{_LONGEST_STATUS}}", _style(row.complaints[0]) if row.complaints else "green"


def _style(complaint: Complaint) -> str:
    from tracker.feeds.health import SERIOUS, Kind

    if complaint.kind in (Kind.NEVER_READ, Kind.RESTING, Kind.MOVED):
        return "dim"
    return "red" if complaint.kind in SERIOUS else "yellow"


def _ok_first(entry: tuple[str, int]) -> tuple[bool, int, str]:
    status, number = entry
    return status != _OK, -number, status


def _folded(words: str, width: int, indent: str) -> str:
    """Words in lines of at most `width`; an address stays in one piece."""
    from textwrap import fill

    return fill(
        words,
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
