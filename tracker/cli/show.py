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

    forecast = context.forecast(id_)
    day = as_of or context.today
    with context.store() as store:
        inspection = inspect(store, forecast, context.concepts, day)
        history = store.verdict_history(forecast.id)
    decisions = context.decisions.of(forecast.id)
    if as_json:
        from tracker.report.data import criterion_data, evidence_data, forecast_data, verdict_data

        print_json(
            {
                **forecast_data(forecast),
                "criterion": criterion_data(forecast.criterion),
                "condition": criterion_data(forecast.condition) if forecast.condition else None,
                "verdict": verdict_data(inspection.verdict),
                "reports": [evidence_data(one) for one in inspection.found.evidence],
            }
        )
        return 0
    from tracker.report.forecast import forecast_page
    from tracker.report.terminal import write

    write(console(), *forecast_page(forecast, inspection, history, decisions))
    return 0
