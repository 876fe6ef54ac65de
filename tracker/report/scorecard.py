"""How good were the forecasters? The scores as a table, with what too few forecasts leave unsaid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tracker.model import Status
from tracker.report.terminal import STYLES
from tracker.score import Summary


def table(summaries: Mapping[str, Summary]) -> RenderableType:
    """Counts, hits and Brier score by line; a line's name is a forecaster or “all”."""
    found = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    found.add_column("", overflow="fold")
    for status in Status:
        found.add_column(status.value, justify="right", style=STYLES[status], no_wrap=True)
    found.add_column("overdue", justify="right", no_wrap=True)
    found.add_column("hits", justify="right", no_wrap=True)
    found.add_column("Brier", justify="right", no_wrap=True)
    for name, summary in summaries.items():
        counts = summary.counts
        numbers = [counts.confirmed, counts.refuted, counts.pending, counts.void, counts.overdue]
        hits = f"{counts.confirmed} of {counts.settled}" if counts.settled else "–"
        score = f"{summary.brier:.3f}" if summary.brier is not None else "–"
        style = "bold" if name == "all" else ""
        found.add_row(Text(name, style=style), *map(str, numbers), hits, score)
    return found


def details(summary: Summary) -> RenderableType:
    """Every figure of one summary with its interval, or why it is not given."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    for name, figure, value in _figures(summary):
        grid.add_row(name, Text(value or summary.why_missing(figure), style="" if value else "dim"))
    counts = summary.counts
    grid.add_row(
        "not scored", Text(f"{counts.share_void:.0%} void, {counts.share_overdue:.0%} still pending past the close")
    )
    if counts.settled:
        note = "A hit is a forecast that came true as expected, however cautiously it was said; the Brier score and the"
        grid.add_row("", Text(f"{note} log score weigh what was said.", style="dim"))
    if not summary.calibration:
        return grid
    return Group(grid, Text(), _calibration(summary))


def _figures(summary: Summary) -> Sequence[tuple[str, str, str]]:
    """Each figure's title, its field, and its value in words, empty when there is none."""
    hits = brier = log = skill = murphy = ""
    if summary.hit_rate is not None and summary.hit_interval is not None:
        low, high = summary.hit_interval
        hits = f"{summary.hit_rate:.0%} (95%: {low:.0%} to {high:.0%})"
    if summary.brier is not None:
        brier = f"{summary.brier:.3f}"
        if summary.brier_interval is not None:
            brier += " (95%: {:.3f} to {:.3f})".format(*summary.brier_interval)
        if summary.brier_range is not None:
            brier += "; with the words read at either end {:.3f} to {:.3f}".format(*summary.brier_range)
    if summary.log_score is not None:
        log = f"{summary.log_score:.3f}"
    if summary.skill is not None:
        skill = f"{summary.skill:+.2f} against always saying the base rate"
    if summary.murphy is not None:
        parts = summary.murphy
        murphy = f"reliability {parts.reliability:.3f} - resolution {parts.resolution:.3f}"
        murphy += f" + uncertainty {parts.uncertainty:.3f}"
    return (
        ("hit rate", "hit_rate", hits),
        ("Brier score", "brier", brier),
        ("log score", "log_score", log),
        ("skill", "skill", skill),
        ("Brier in parts", "murphy", murphy),
        ("calibration", "calibration", "below" if summary.calibration else ""),
    )


def _calibration(summary: Summary) -> Table:
    found = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("said", "forecasts", "mean said", "happened", "95%"):
        found.add_column(title, justify="right", no_wrap=True)
    for row in summary.calibration or ():
        found.add_row(
            f"{row.low:.0%} to {row.high:.0%}",
            str(row.count),
            f"{row.said:.0%}",
            f"{row.happened:.0%}",
            f"{row.happened_low:.0%} to {row.happened_high:.0%}",
        )
    return found
