"""`tracker explain`: why did an item count for a forecast, or why not?"""

from __future__ import annotations

from datetime import date

import click

from tracker.cli.context import Context, Day, console, pass_context, print_json


@click.command("explain")
@click.argument("id_", metavar="ID")
@click.argument("item")
@click.option("--as-of", type=Day(), metavar="DATE", help="As it stood on a day.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def explain_command(context: Context, id_: str, item: str, as_of: date | None, as_json: bool) -> int:
    """Say why an item counted for a forecast or did not: which words matched, which cue decided, whose report it is.

    \b
    tracker explain ambassadors-recalled 3f2a9c0d11e8b7a4
    tracker explain ambassadors-recalled https://example.org/news/1

    ITEM is a key, as `tracker search` and `tracker show --json` tell it, or the item's link.
    """
    from tracker.inspection import explain, find_item, inspect
    from tracker.report.data import explanation_data
    from tracker.report.forecast import explanation_page
    from tracker.report.terminal import write

    context.refuse_future(as_of)
    forecast = context.forecast(id_)
    day = as_of or context.today
    with context.store() as store:
        found = find_item(store, item, day)
        versions = store.versions(found.key)
        on_items = context.decisions.as_of(day, context.zone).on_items
        inspection = inspect(store, forecast, context.concepts, day, on_items)
    met = inspection.verdict.condition
    told = [explain(forecast.criterion, context.concepts, found, inspection.found, day, condition=met)]
    if forecast.condition and inspection.condition:
        told.append(explain(forecast.condition, context.concepts, found, inspection.condition, day))
    if as_json:
        print_json(explanation_data(forecast, found, versions, told))
        return 0
    write(console(), *explanation_page(forecast, found, versions, told))
    return 0
