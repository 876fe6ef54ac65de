"""`tracker tune`: an event query changed by marking items that it should take, or should not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context, console, pass_context, print_json

if TYPE_CHECKING:
    from tracker.draft.tuning import Change
    from tracker.model import Forecast, Item

_SHOWN = 15


@click.command("tune")
@click.argument("id_", metavar="ID")
@click.option("--takes", multiple=True, metavar="ITEM", help="An item that the event should take; may be repeated.")
@click.option("--not", "refuses", multiple=True, metavar="ITEM", help="An item that it should not; may be repeated.")
@click.option(
    "--accept", type=click.IntRange(min=1), metavar="N", help="Write the Nth of the changes that are offered."
)
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs; asks for nothing.")
@pass_context
def tune_command(
    context: Context, id_: str, takes: tuple[str, ...], refuses: tuple[str, ...], accept: int | None, as_json: bool
) -> int:
    """Change what the event query of a forecast takes, by marking items.

    \b
    tracker tune oil-above-100
    tracker tune oil-above-100 --not https://example.org/news/1 --takes 3f2a9c0d11e8b7a4 --accept 1

    On a terminal it shows what the query takes and nearly takes, and asks which of it is wrong. It then offers changes,
    with what each would do to the stored items, and writes the one that you choose. ITEM is a key or a link, as
    `tracker explain` takes it.
    """
    from tracker.inspection import find_item

    forecast = context.forecast(id_)
    with context.store() as store:
        marked = [[find_item(store, item, context.today) for item in items] for items in (takes, refuses)]
    on_topic, taken, near = _seen(context, forecast)
    asks = sys.stdin.isatty() and not as_json
    if not takes and not refuses:
        if not asks:
            raise click.UsageError("Mark items: --takes ITEM for one that is missing, --not ITEM for a wrong one.")
        marked = _ask_marks(forecast, taken, near)
    if both := {item.key for item in marked[0]} & {item.key for item in marked[1]}:
        raise click.UsageError(f"{min(both)} is marked both ways.")
    offered = _offered(context, forecast, marked, on_topic)
    if as_json:
        print_json([_data(change) for change in offered])
    else:
        kept = {item.key for item in taken}
        done = all(item.key in kept for item in marked[0]) and not any(item.key in kept for item in marked[1])
        _tell(offered, [*on_topic, *marked[0], *marked[1]], marked, done=done)
    if accept is None and asks and offered:
        accept = _ask_change(len(offered))
    if accept is None:
        return 0 if offered else 1
    if accept > len(offered):
        raise click.UsageError(f"--accept {accept}: {len(offered) or 'no'} changes are offered.")
    return _write(context, forecast, offered[accept - 1], quiet=as_json)


def _seen(context: Context, forecast: Forecast) -> tuple[list[Item], list[Item], list[Item]]:
    """The stored items on the topic; those of them that the event takes, the newest first; and near misses."""
    from tracker.match import Queries
    from tracker.near_miss import near_misses
    from tracker.query import Document, Program, index_clauses

    queries = Queries.of(forecast.criterion, context.concepts)
    program = Program()
    topic, event = program.add(queries.topic), program.add(queries.event)
    on_topic, taken = [], []
    with context.store() as store:
        for item in store.find(index_clauses(queries.topic), until=date.max):
            reading = program.read(Document.of(item))
            if reading.matches(topic) is not None:
                on_topic.append(item)
                if reading.matches(event) is not None:
                    taken.append(item)
    near = near_misses(forecast.claim, on_topic, {item.key for item in taken}, most=_SHOWN)
    return on_topic, taken[::-1], [one.item for one in near]


def _offered(
    context: Context, forecast: Forecast, marked: Sequence[Sequence[Item]], on_topic: Sequence[Item]
) -> list[Change]:
    """The changes that do what the marks ask. UsageError for an item that only the topic could take in."""
    from tracker.draft.tuning import changes, off_topic

    topic = forecast.criterion.topic
    if outside := off_topic(topic, context.concepts, marked[0]):
        told = (
            f"The topic does not match “{outside[0].title}”: change it first, with tracker edit {forecast.id} --topic."
        )
        raise click.UsageError(told)
    return changes(
        topic, forecast.criterion.event, context.concepts, takes=marked[0], refuses=marked[1], stored=on_topic
    )


def _ask_marks(forecast: Forecast, taken: Sequence[Item], near: Sequence[Item]) -> list[list[Item]]:
    """Show what the event takes and nearly takes, and ask which of it is wrong."""
    shown = list(taken[:_SHOWN])
    click.echo(f"{forecast.id} takes {len(taken)} stored items" + (":" if shown else ""))
    for number, item in enumerate(shown, start=1):
        click.echo(f"  {number:>2}  {item.day}  {item.title}")
    refuses = _ask_numbers("Which of these are wrong (their numbers; Enter: none)", shown) if shown else []
    takes: list[Item] = []
    if near:
        click.echo("close to the claim, and not taken:")
        for number, item in enumerate(near, start=1):
            click.echo(f"  {number:>2}  {item.day}  {item.title}")
        takes = _ask_numbers("Which of these should it take (Enter: none)", near)
    return [takes, refuses]


def _ask_numbers(question: str, items: Sequence[Item]) -> list[Item]:
    from tracker.cli.guided import ask

    while True:
        words = ask(question, err=False).replace(",", " ").split()
        if all(word.isdecimal() and 1 <= int(word) <= len(items) for word in words):
            return [items[int(word) - 1] for word in dict.fromkeys(words)]
        click.echo(f"  write numbers from 1 to {len(items)}")


def _ask_change(count: int) -> int | None:
    from tracker.cli.guided import ask

    while True:
        words = ask(f"Write which change (1 to {count}; Enter: none)", err=False)
        if not words:
            return None
        if words.isdecimal() and 1 <= int(words) <= count:
            return int(words)
        click.echo(f"  write a number from 1 to {count}, or nothing")


def _tell(offered: Sequence[Change], known: Sequence[Item], marked: Sequence[Sequence[Item]], *, done: bool) -> None:
    from rich.text import Text

    from tracker.report.terminal import write

    out = console()
    if not any(marked):
        write(out, Text("nothing was marked"))
        return
    if not offered and done:
        write(out, Text("The query does all of this already."))
        return
    if not offered:
        write(out, Text("No change of a word or two does this. Change the query by hand: tracker edit."))
        return
    asked = {item.key for items in marked for item in items}
    titles = {item.key: item for item in known}
    for number, change in enumerate(offered, start=1):
        head = f"{change.does}: takes {change.after} items, {change.before} before"
        write(out, Text.assemble((f"{number}  ", "bold"), head))
        for sign, style, keys in (("+", "green", change.takes), ("-", "red", change.loses)):
            rows = sorted(keys, key=lambda key: (key not in asked, titles[key].day, key))
            for key in rows[:_SHOWN]:
                also = "  (marked)" if key in asked else ""
                write(out, Text(f"   {sign} {titles[key].day}  {titles[key].title}{also}", style=style))
            if len(rows) > _SHOWN:
                write(out, Text(f"   {sign} and {len(rows) - _SHOWN} more", style=style))


def _write(context: Context, forecast: Forecast, change: Change, *, quiet: bool) -> int:
    from tracker.ledger.edit import edit_forecast

    path = context.workspace.root / forecast.place.file
    after = edit_forecast(
        path, forecast.id, {"event": change.event}, concepts=context.concepts, defaults=context.defaults
    )
    click.echo(f"event of {after.id} in {after.place}: {change.event}", err=quiet)
    return 0


def _data(change: Change) -> dict[str, object]:
    return {
        "event": change.event,
        "does": change.does,
        "before": change.before,
        "after": change.after,
        "takes_in": sorted(change.takes),
        "throws_out": sorted(change.loses),
    }
