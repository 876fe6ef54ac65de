"""How good were the forecasters? The scores as a table and in lines, with what too few forecasts leave unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tracker.model import Status
from tracker.report.terminal import STYLES
from tracker.score import NEEDS, Agreement, CalibrationRow, Summary, Tally, printed

_HEADS = (*(status.value for status in Status), "overdue", "hits", "Brier")
_STYLES = (*(STYLES[status] for status in Status), "", "", "")
_MOST_DISAGREEMENTS = 10


def table(rows: Mapping[str, Tally], overall: Tally) -> Table:
    """Counts, hits and Brier score, a line for each name and one for all."""
    lines = [_cells(tally) for tally in (*rows.values(), overall)]
    widths = [max(map(len, column)) for column in zip(_HEADS, *lines, strict=True)]

    def aligned(cells: Iterable[str]) -> Text:
        """The figures of a line as one cell: a cell for each would take five times as long."""
        padded = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
        return Text("  ").join(Text(cell, style=style) for cell, style in zip(padded, _STYLES, strict=True))

    found = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    found.add_column("", overflow="fold")
    found.add_column(Text(aligned(_HEADS).plain), no_wrap=True)
    for name, cells in zip(rows, lines, strict=False):
        found.add_row(Text(name), aligned(cells))
    found.add_row(Text("all", style="bold"), aligned(lines[-1]))
    return found


def _cells(tally: Tally) -> tuple[str, ...]:
    """The figures of a line, as `_HEADS` names them."""
    counts = tally.counts
    hits = f"{counts.confirmed} of {counts.settled}" if tally.hit_rate is not None else "–"
    score = f"{tally.brier:.3f}" if tally.brier is not None else "–"
    numbers = counts.confirmed, counts.refuted, counts.pending, counts.void, counts.overdue
    return *map(str, numbers), hits, score


def details(summary: Summary, agreement: Agreement) -> Iterator[RenderableType]:
    """Every figure of one summary with its interval, or why it is not given; how far machine and person agree."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for title, figure, value in _scores(summary):
        grid.add_row(title, Text(value or summary.why_missing(figure), style="" if value else "dim"))
    counts = summary.counts
    left = f"{counts.share_void:.0%} void, {counts.share_overdue:.0%} still pending past the close"
    grid.add_row("not scored", Text(left))
    grid.add_row("agreement", Text(_agreement(agreement), style="" if agreement.compared else "dim"))
    for one in agreement.disagreements[:_MOST_DISAGREEMENTS]:
        grid.add_row("", Text(f"{one.forecast}: machine {one.machine.value}, person {one.person.value}"))
    if (more := len(agreement.disagreements) - _MOST_DISAGREEMENTS) > 0:
        grid.add_row("", Text(f"and {more} more, all in --json", style="dim"))
    yield grid
    if summary.calibration:
        yield Text()
        yield _calibration(summary.calibration)


def notes(summary: Summary, agreement: Agreement) -> Text:
    """What the figures of a scorecard mean and do not mean, in one paragraph."""
    told = []
    if summary.hit_rate is not None:
        told.append("A hit is a forecast that came true as expected, however cautiously it was said; the Brier score")
        told.append("(0 best, 0.25 for always saying 50%) and the log score weigh what was said.")
    if agreement.compared:
        told.append("People mostly look where the machine is in doubt: agreement says little of the other verdicts.")
    return Text(" ".join(told), style="dim")


def _scores(summary: Summary) -> Iterator[tuple[str, str, str]]:
    """Each figure's title, its field, and its value in words, empty when there is none."""
    if len({reason.why for reason in summary.missing}) == 1 and len(summary.missing) == len(NEEDS):
        yield "scores", summary.missing[0].figure, ""
        return
    hits = brier = log = skill = murphy = ""
    if summary.hit_rate is not None and summary.hit_interval is not None:
        low, high = summary.hit_interval
        hits = f"{summary.hit_rate:.0%} (95%: {low:.0%} to {high:.0%})"
    if summary.brier is not None:
        brier = f"{summary.brier:.3f}"
        if summary.brier_interval is not None:
            brier += " (95%: {:.3f} to {:.3f})".format(*summary.brier_interval)
        if summary.brier_range is not None and summary.brier_range[0] < summary.brier_range[1]:
            brier += "; with the words read at either end {:.3f} to {:.3f}".format(*summary.brier_range)
    if summary.log_score is not None:
        log = f"{summary.log_score:.3f}"
    if summary.skill is not None and summary.base_rate is not None:
        skill = f"{summary.skill:+.2f} against always saying the base rate, {summary.base_rate:.0%}"
    if summary.murphy is not None and summary.brier is not None:
        parts = printed(summary.murphy, summary.brier)
        murphy = f"reliability {parts.reliability:.3f} - resolution {parts.resolution:.3f}"
        murphy += f" + uncertainty {parts.uncertainty:.3f} = {summary.brier:.3f}"
    yield "hit rate", "hit_rate", hits
    yield "Brier score", "brier", brier
    yield "log score", "log_score", log
    yield "skill", "skill", skill
    yield "Brier in parts", "murphy", murphy
    yield "calibration", "calibration", "below" if summary.calibration else ""


def _agreement(agreement: Agreement) -> str:
    if agreement.share is None or agreement.interval is None:
        return "nothing to compare: nobody decided what the machine settled"
    low, high = agreement.interval
    told = f"machine and person agree on {agreement.agreed} of {agreement.compared}"
    return f"{told}, {agreement.share:.0%} (95%: {low:.0%} to {high:.0%})"


def _calibration(rows: Sequence[CalibrationRow]) -> Table:
    found = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("said", "forecasts", "mean said", "happened", "95%"):
        found.add_column(title, justify="right", no_wrap=True)
    for row in rows:
        found.add_row(
            f"{row.low:.0%} to {row.high:.0%}",
            str(row.count),
            f"{row.said:.0%}",
            f"{row.happened:.0%}",
            f"{row.happened_low:.0%} to {row.happened_high:.0%}",
        )
    return found
