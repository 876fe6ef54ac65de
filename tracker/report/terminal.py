"""What does a person read in a terminal, or in a pipe of it? Forecasts, verdicts and evidence as styled text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tracker.gather import Found
from tracker.model import Assertion, Evidence, Expects, Forecast, Item, Likelihood, Status, Verdict
from tracker.report.standing import Standing

STYLES = {Status.CONFIRMED: "green", Status.REFUTED: "red", Status.PENDING: "yellow", Status.VOID: "dim"}
_MARKS = {Status.CONFIRMED: "✔", Status.REFUTED: "✘", Status.PENDING: "…", Status.VOID: "∅"}
_ASSERTION_STYLES = {Assertion.AFFIRMED: "", Assertion.DENIED: "red"}


def status_text(status: Status) -> Text:
    """A status with its mark: the colour repeats what the word says."""
    return Text(f"{_MARKS[status]} {status.value}", style=STYLES[status])


def likelihood_words(likelihood: Likelihood) -> str:
    """A likelihood as it was said, with its number.

    >>> likelihood_words(Likelihood("quite likely", 0.75, 0.7, 0.8))
    'quite likely (75%)'
    """
    number = f"{likelihood.probability:.0%}"
    return number if likelihood.words == number else f"{likelihood.words} ({number})"


def said(forecast: Forecast) -> str:
    """Who said what of the event, and when it should come, in one line."""
    expects = "" if forecast.expects is Expects.HAPPENS else ", expects that it does not happen"
    window = forecast.window
    when = f"from {window.opens} on" if window.open_ended else str(window)
    return f"{forecast.forecaster}: {likelihood_words(forecast.likelihood)}{expects}; {when}"


def verdict_block(forecast: Forecast, verdict: Verdict, *, most: int = 3) -> RenderableType:
    """A forecast's verdict with its reason, what is missing, and at most `most` pieces of evidence with links."""
    head = status_text(verdict.status)
    head.append(f"  {forecast.id}", style="bold")
    if verdict.strength:
        head.append(f"  {verdict.strength.value}", style="dim")
    if verdict.contested:
        head.append("  contested", style="yellow")
    lines: list[RenderableType] = [
        Text(forecast.claim),
        Text(said(forecast), style="dim"),
        Text(f"Why: {verdict.reason}."),
    ]
    lines += [Text(f"Missing: {missing}.") for missing in verdict.missing]
    if verdict.evidence:
        lines.append(evidence_table(independent(verdict.evidence)[:most]))
        more = len(verdict.evidence) - most
        if more > 0:
            lines.append(Text(f"and {more} more: tracker show {forecast.id}", style="dim"))
    return Group(head, Padding(Group(*lines), (0, 0, 1, 2)))


def independent(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with the first report of each origin before any second one, so that a short list tells who."""
    seen: set[str] = set()
    first: list[Evidence] = []
    rest: list[Evidence] = []
    for one in evidence:
        (rest if one.origin in seen else first).append(one)
        seen.add(one.origin)
    return first + rest


def evidence_table(evidence: Iterable[Evidence], *, assertions: bool = False) -> Table:
    """Evidence by line: day, origin, title and link; with `assertions` what each says of the event, and why."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(style="cyan", no_wrap=True, max_width=22, overflow="ellipsis")
    if assertions:
        table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for one in evidence:
        told = Group(marked(one), *_notes(one, assertions=assertions))
        cells: list[RenderableType] = [str(one.item.day), Text(one.origin)]
        if assertions:
            cells.append(Text(one.assertion.value, style=_ASSERTION_STYLES.get(one.assertion, "yellow")))
        table.add_row(*cells, told)
    return table


def _notes(one: Evidence, *, assertions: bool) -> Iterator[Text]:
    if assertions and one.reason:
        yield Text(one.reason, style="dim")
    if one.event_day != one.item.day:
        yield Text(f"the event is of {one.event_day}: {one.dated_by}", style="dim")
    if one.item.link:
        yield link_text(one.item)


def link_text(item: Item) -> Text:
    """An item's link, in full so that it can be copied, and never broken by spaces."""
    return Text(item.link, style="dim underline", overflow="fold", no_wrap=False)


def marked(one: Evidence) -> Text:
    """What the item says, its matched words in bold: the title, and the summary when the words stand there."""
    if one.in_title:
        return _bold(one.item.title, one.spans)
    return Text.assemble(one.item.title, "\n", _bold(one.item.summary, one.spans))


def _bold(text: str, spans: Iterable[tuple[int, int]]) -> Text:
    found = Text(text)
    for start, end in spans:
        found.stylize("bold", start, end)
    return found


def found_block(found: Found) -> RenderableType:
    """An item that a query matched: day, source and key, then its text with the matched words in bold, and the link."""
    item = found.item
    head = Text(f"{item.day}  {item.source}  {item.key}", style="dim")
    lines: list[RenderableType] = [_bold(item.title, found.in_title)]
    if item.summary:
        lines.append(_bold(item.summary, found.in_summary))
    if item.link:
        lines.append(link_text(item))
    return Group(head, Padding(Group(*lines), (0, 0, 1, 2)))


def listing(standings: Sequence[Standing], as_of: date) -> Table:
    """Forecasts by line: status, id, when it is due, the likelihood, and who said it."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("status", no_wrap=True)
    table.add_column("id", style="bold", overflow="fold", ratio=1)
    table.add_column("due", no_wrap=True)
    table.add_column("likelihood", overflow="fold", max_width=22)
    table.add_column("forecaster", overflow="fold", max_width=20)
    for one in standings:
        status = status_text(one.status)
        if one.decision:
            status.append(" *", style="bold")
        window = one.forecast.window
        due = Text("open" if window.open_ended else str(window.closes))
        if one.overdue(as_of):
            due.stylize("red")
        likelihood = Text(likelihood_words(one.forecast.likelihood))
        table.add_row(status, Text(one.forecast.id), due, likelihood, Text(one.forecast.forecaster))
    return table


def write(console: Console, *parts: RenderableType) -> None:
    """Print parts one below the other, without the spaces that fill a line."""
    if console.is_terminal:
        console.print(*parts, sep="\n")
        return
    with console.capture() as capture:
        console.print(*parts, sep="\n")
    console.file.write("\n".join(line.rstrip() for line in capture.get().split("\n")))
