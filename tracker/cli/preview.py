"""How is a draft shown before it is written? Its window, its number, the stored items that match, as text and data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.preview import Matches, Preview, count_words

if TYPE_CHECKING:
    from rich.console import RenderableType


def preview_text(shown: Preview) -> list[RenderableType]:
    """The preview for a person."""
    from rich.table import Table
    from rich.text import Text

    from tracker.report.words import interval_words

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    forecast = shown.forecast
    rows = {
        "id": forecast.id,
        "forecaster": forecast.forecaster,
        "claim": forecast.claim,
        "likelihood": interval_words(forecast.likelihood),
        "window": shown.window.meaning,
        "expects": forecast.expects.value,
    }
    for name, words in rows.items():
        table.add_row(name, Text(words, style="bold" if name == "id" else ""))
    if shown.stored == 0:
        table.add_row("topic", Text("no items are stored yet: tracker feeds poll"))
    for matches in shown.matches if shown.stored else ():
        label = matches.of if matches.of == "topic" else f"+ {matches.of}"
        table.add_row(label, _matches_text(matches, shown))
    if shown.trouble:
        table.add_row("topic", Text(f"not tried: {shown.trouble}", style="yellow"))
    notes = [Text(f"Note: {warning}", style="yellow") for warning in shown.warnings]
    return [table, *notes]


def _matches_text(matches: Matches, shown: Preview) -> RenderableType:
    from rich.text import Text

    told = count_words(len(matches.items), shown.stored or 0)
    if matches.items:
        inside = matches.inside(shown.forecast.window)
        told += f", {inside or 'none'} inside the window"
    text = Text(told)
    for item in matches.latest:
        text.append(f"\n{item.day}  {item.title}", style="dim")
    return text


def preview_data(shown: Preview) -> dict[str, Any]:
    """The preview for other programs."""
    from tracker.report.data import forecast_data, item_data, window_data

    forecast, reading = shown.forecast, shown.window
    window = forecast.window
    return {
        "forecast": forecast_data(forecast),
        "window": {
            "meaning": reading.meaning,
            "other": window_data(reading.other) if reading.other else None,
            "doubt": reading.doubt or None,
        },
        "stored_items": shown.stored,
        "matches": {
            matches.of: {
                "items": len(matches.items),
                "inside_window": matches.inside(window),
                "latest": [item_data(item) for item in matches.latest],
            }
            for matches in shown.matches
        },
        "warnings": [str(warning) for warning in shown.warnings],
    }
