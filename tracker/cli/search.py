"""`tracker search`: try a query on the stored items."""

from __future__ import annotations

from datetime import date

import click

from tracker.cli.context import Context, Day, console, pass_context, print_json


@click.command("search")
@click.argument("query")
@click.option("--since", type=Day(), metavar="DATE", help="Only items from this day on.")
@click.option("--until", type=Day(), metavar="DATE", help="Only items up to this day.")
@click.option(
    "--most", type=click.IntRange(min=1), default=20, show_default=True, help="Show so many, the newest first."
)
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def search_command(
    context: Context, query: str, since: date | None, until: date | None, most: int, as_json: bool
) -> int:
    """Show the stored items that a query matches, the matched words marked.

    \b
    tracker search '@russia AND @azerbaijan AND recall NEAR/4 ambassador'

    This is the place to try a query before it goes into a forecast.
    """
    from tracker.gather import search
    from tracker.query import parse

    parsed = parse(query, context.concepts)
    with context.store() as store:
        stored = store.count_items()
        found = list(search(store, parsed, since=since, until=until or date.max))
    shown = found[: -most - 1 : -1]
    if as_json:
        from tracker.report.data import item_data

        print_json([item_data(one.item) for one in shown])
        return 0
    from rich.text import Text

    from tracker.report.terminal import found_block, write

    out = console()
    for one in shown:
        write(out, *found_block(one))
    if not stored:
        write(out, Text("nothing is stored yet: tracker check"))
        return 0
    latest = f", the newest {most} are shown" if len(found) > most else ""
    write(out, Text(f"{len(found)} of {stored} stored items match{latest}."))
    return 0
