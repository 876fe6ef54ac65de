"""What does a person read in a terminal, or in a pipe of it? Forecasts, verdicts and evidence as styled text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tracker.model import Assertion, Evidence, Expects, Forecast, Role, Status, Verdict
from tracker.report.words import likelihood_words

if TYPE_CHECKING:
    from tracker.gather import Found
    from tracker.report.standing import Standing

STYLES = {Status.CONFIRMED: "green", Status.REFUTED: "red", Status.PENDING: "yellow", Status.VOID: "dim"}
_MARKS = {Status.CONFIRMED: "✔", Status.REFUTED: "✘", Status.PENDING: "…", Status.VOID: "∅"}
_WIDEST_ORIGIN = 18
_LEAST_NAME = 12
_LEAST_ID = 16
PIPE_WIDTH = 1000
"""How wide a listing may be where no terminal limits it."""
_ASSERTION_STYLES = {Assertion.AFFIRMED: "", Assertion.DENIED: "red"}


def status_text(status: Status) -> Text:
    """A status with its mark: the colour repeats what the word says."""
    return Text(f"{_MARKS[status]} {status.value}", style=STYLES[status])


def said(forecast: Forecast) -> str:
    """Who said what of the event, and when it should come, in one line."""
    expects = "" if forecast.expects is Expects.HAPPENS else ", expects that it does not happen"
    window = forecast.window
    when = f"from {window.opens} on" if window.open_ended else str(window)
    return f"{forecast.forecaster}: {likelihood_words(forecast.likelihood)}{expects}; {when}"


def standing_notes(standing: Standing) -> Text:
    """What else there is to say beside a status: its strength, that it is contested, or who decided."""
    notes = Text()
    if standing.decision and standing.machine:
        notes.append(f"  decided by {standing.decision.by}; tracker says {standing.machine.value}", style="bold")
        return notes
    if standing.strength:
        notes.append(f"  {standing.strength.value}", style="dim")
    if standing.contested:
        notes.append("  contested", style="yellow")
    return notes


def verdict_block(standing: Standing, verdict: Verdict, *, most: int = 3) -> Iterator[RenderableType]:
    """A forecast's verdict with its reason, what is missing, and at most `most` pieces of evidence with links."""
    forecast = standing.forecast
    head = status_text(standing.status)
    head.append(f"  {forecast.id}", style="bold")
    head.append_text(standing_notes(standing))
    yield head
    yield indented(Text(forecast.claim), Text(said(forecast), style="dim"), Text(f"Why: {verdict.reason}."))
    if forecast.condition and verdict.condition and verdict.condition.status is Status.CONFIRMED:
        met = verdict.condition
        claim = forecast.condition.claim.rstrip(".")
        yield indented(Text(f"Condition “{claim}” met on {met.event_day}: {met.reason}."))
    yield from (indented(Text(f"Missing: {missing}.")) for missing in verdict.missing)
    shown = independent(verdict.evidence)[:most]
    plain = all(one.assertion is Assertion.AFFIRMED and one.role is Role.EVENT and not one.decided_by for one in shown)
    yield from evidence_lines(shown, assertions=not plain)
    more = len(verdict.evidence) - most
    if more > 0:
        yield indented(Text(f"and {more} more: tracker show {forecast.id}", style="dim"))
    yield Text()


def independent(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence with the first report of each origin before any second one, so that a short list tells who."""
    seen: set[str] = set()
    first: list[Evidence] = []
    rest: list[Evidence] = []
    for one in evidence:
        (rest if one.origin in seen else first).append(one)
        seen.add(one.origin)
    return first + rest


def evidence_lines(
    evidence: Sequence[Evidence], *, assertions: bool = False, counted: Container[tuple[str, Role]] | None = None
) -> Iterator[RenderableType]:
    """Evidence by day, origin and title, each with its link below; with `assertions` what each says and why.

    Those whose item and role are in `counted` are marked.
    """
    widest = max((len(one.origin) for one in evidence), default=0)
    for one in evidence:
        row = Table.grid(padding=(0, 2, 0, 0))
        if counted is not None:
            row.add_column(width=1)
        row.add_column(width=10)
        row.add_column(width=min(widest, _WIDEST_ORIGIN), no_wrap=True, overflow="ellipsis", style="cyan")
        cells = [Text(str(one.item.day)), Text(one.origin)]
        if counted is not None:
            cells.insert(0, Text("•" if (one.item.key, one.role) in counted else " "))
        if assertions:
            row.add_column(width=8)
            against = one.role is Role.AGAINST and one.assertion is Assertion.AFFIRMED
            word = "against" if against else one.assertion.value
            cells.append(Text(word, style="red" if against else _ASSERTION_STYLES.get(one.assertion, "yellow")))
        row.add_column()
        notes = [one.reason] if assertions and (one.cue or one.decided_by) else []
        if one.event_day != one.item.day:
            notes.append(f"the event is of {one.event_day}: {one.dated_by}")
        row.add_row(*cells, Group(marked(one), *(Text(note, style="dim") for note in notes)))
        yield indented(row)
        if one.item.link:
            yield Link(one.item.link, indent=14)


def indented(*parts: RenderableType) -> RenderableType:
    """Parts set in by two columns."""
    return Padding(Group(*parts), (0, 0, 0, 2))


@dataclass(frozen=True, slots=True)
class Link:
    """An address on a line of its own, never broken, so that it can be clicked and copied."""

    address: str
    indent: int = 2

    def __rich__(self) -> Text:
        """The line."""
        return Text(" " * self.indent + self.address, style="dim")


def marked(one: Evidence) -> Text:
    """What the item says, its matched words in bold: the title, and the summary when the words stand there."""
    if one.in_title:
        return _bold(one.item.title, one.spans)
    return Text.assemble(one.item.title, " | ", _bold(one.item.summary, one.spans))


def _bold(text: str, spans: Iterable[tuple[int, int]]) -> Text:
    found = Text(text)
    for start, end in spans:
        found.stylize("bold", start, end)
    return found


def found_block(found: Found) -> Iterator[RenderableType]:
    """An item that a query matched: day, source and key, then its text with the matched words in bold, and the link."""
    item = found.item
    yield Text(f"{item.day}  {item.source}  {item.key}", style="dim")
    yield indented(_bold(item.title, found.in_title))
    if item.summary:
        yield indented(_bold(item.summary, found.in_summary))
    if item.link:
        yield Link(item.link)
    yield Text()


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that are as wide as they are, never broken."""

    text: Text

    def __rich__(self) -> Text:
        """The lines."""
        return self.text


def listing(standings: Sequence[Standing], as_of: date, width: int) -> Lines:
    """Forecasts by line: status, id, when it is due, the likelihood, and who said it, in `width` columns.

    Where that is too little, names are cut short, and then ids; but an id stays whole whose beginning is that of others
    too. Made without rich's tables, which take a second for every thousand lines.
    """
    rows = [_row(one, as_of) for one in standings]
    statuses = max(11, *(row[0].cell_len for row in rows))
    room = width - statuses - 10 - 4 - 2 * 4
    people = min(_LEAST_NAME, max(row[4].cell_len for row in rows))
    ids = [one.forecast.id for one in standings]
    names = min(max(map(len, ids)), max(_LEAST_ID, room - people))
    told_apart = Counter(name[: names - 1] for name in ids)
    room = max(people, room - names)
    found = Text()
    head = f"{'status':{statuses}}  {'id':{names}}  {'due':10}  said  forecaster"
    found.append(head + "\n", style="dim")
    for status, name, due, likelihood, forecaster in rows:
        status.pad_right(statuses - status.cell_len)
        if len(name) > names and told_apart[name.plain[: names - 1]] == 1:
            name.truncate(names, overflow="ellipsis")
        name.pad_right(names - len(name))
        due.pad_right(10 - len(due))
        forecaster.truncate(room, overflow="ellipsis")
        for part in (status, "  ", name, "  ", due, f"  {likelihood:>4}  ", forecaster, "\n"):
            found.append(part)
    found.right_crop()
    return Lines(found)


def _row(one: Standing, as_of: date) -> tuple[Text, Text, Text, str, Text]:
    status = status_text(one.status)
    if one.decision:
        status.append("*", style="bold")
    window = one.forecast.window
    overdue = "red" if one.overdue(as_of) else ""
    due = Text("open" if window.open_ended else str(window.closes), style=overdue)
    likelihood = f"{one.forecast.likelihood.probability:.0%}"
    return status, Text(one.forecast.id, style="bold"), due, likelihood, Text(one.forecast.forecaster)


def write(console: Console, *parts: RenderableType) -> None:
    """Print parts one below the other; in a pipe tables are as wide as they need, and no spaces fill a line."""
    for part in parts:
        if console.is_terminal:
            console.print(part, soft_wrap=isinstance(part, Link | Lines))
            continue
        width = console.width
        console.width = PIPE_WIDTH if isinstance(part, Table) else width
        with console.capture() as capture:
            console.print(part, soft_wrap=isinstance(part, Link | Lines))
        console.width = width
        console.file.write("\n".join(line.rstrip() for line in capture.get().split("\n")))
