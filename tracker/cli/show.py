"""`tracker show`: one forecast, and why it stands as it does."""

from __future__ import annotations

from datetime import date

import click

from tracker.cli.context import Context, Day, console, pass_context, print_json


@click.command("show")
@click.argument("id_", metavar="ID")
@click.option("--as-of", type=Day(), metavar="DATE", help="As it stood on a day.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def show_command(context: Context, id_: str, as_of: date | None, as_json: bool) -> int:
    """Show a forecast: its quote, every report that matched, why it stands as it does, and what is missing.

    \b
    tracker show easing-by-early-autumn-2025

    The beginning of an id is enough. Nothing is polled.
    """
    from tracker.inspection import inspect
    from tracker.report.standing import Standing

    context.refuse_future(as_of)
    forecast = context.forecast(id_)
    day = as_of or context.today
    decided = context.decisions.as_of(day, context.zone)
    with context.store() as store:
        inspection = inspect(store, forecast, context.concepts, day, decided.on_items)
        history = [
            one for one in store.verdict_history(forecast.id) if one.recorded_at.astimezone(context.zone).date() <= day
        ]
    standing = Standing.of(forecast, inspection.verdict, decided.standing.get(forecast.id))
    if as_json:
        from tracker.report.data import (
            coverage_data,
            criterion_data,
            decision_data,
            evidence_data,
            item_data,
            standing_data,
            verdict_data,
        )

        print_json(
            {
                **standing_data(standing),
                "criterion": criterion_data(forecast.criterion),
                "condition": criterion_data(forecast.condition) if forecast.condition else None,
                "verdict": verdict_data(inspection.verdict),
                "coverage": coverage_data(inspection.found.coverage) if inspection.found.coverage else None,
                "near_misses": [item_data(one) for one in inspection.found.near_misses],
                "reports": [evidence_data(one) for one in inspection.found.evidence],
                "set_aside": [evidence_data(one) for one in inspection.found.set_aside],
                "decisions": [decision_data(one) for one in decided.about(forecast.id)],
            }
        )
        return 0
    from tracker.report.forecast import forecast_page
    from tracker.report.terminal import write

    write(console(), *forecast_page(standing, inspection, history, decided.about(forecast.id)))
    return 0
