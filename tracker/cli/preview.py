"""What does tracker make of a forecast before it is judged? Its window, its number, the stored items that match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.errors import DuplicateError, LedgerError, ManyErrors, QueryError, StoreError, TrackerError
from tracker.model import Article, Forecast, Item, Likelihood, Place

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tracker.cli.context import Context
    from tracker.ledger.layout import Value
    from tracker.query import Query
    from tracker.windows import Reading

_LATEST = 3
_DRAFT = "the draft"


@dataclass(frozen=True, slots=True)
class Matches:
    """The stored items that a query matches, by day; `of` names the query."""

    of: str
    items: tuple[Item, ...]

    @property
    def latest(self) -> tuple[Item, ...]:
        """The newest few, newest first."""
        return self.items[: -_LATEST - 1 : -1]


@dataclass(frozen=True, slots=True)
class Preview:
    """A forecast as it was read. `stored` is None, and `trouble` says why, where the database could not be read."""

    forecast: Forecast
    window: Reading
    warnings: tuple[TrackerError, ...]
    matches: tuple[Matches, ...] = ()
    stored: int | None = None
    trouble: str = ""


def read_draft(
    context: Context, article: Article, fields: Mapping[str, Value]
) -> tuple[Forecast, tuple[TrackerError, ...]]:
    """The forecast that the keys of a forecast file make, not yet written, and what is odd about it.

    ManyErrors with every mistake in it; they name keys, since there are no lines yet. DuplicateError for a taken id.
    """
    from tracker.ledger.layout import article_block, block
    from tracker.ledger.schema import read_file

    text = f"{article_block(article)}forecasts:\n  - {block(fields, 4).lstrip()}\n"
    reading = read_file(text, _DRAFT, context.workspace.root, context.concepts, context.defaults)
    errors = [*reading.errors, *(error for entry in reading.entries for error in entry.errors)]
    warnings = [*reading.warnings, *(warning for entry in reading.entries for warning in entry.warnings)]
    for one in (*errors, *warnings):
        _name_key(one, text)
    if errors or not reading.entries or reading.entries[0].forecast is None:
        raise ManyErrors(errors)
    forecast = reading.entries[0].forecast
    for other in context.ledger.forecasts:
        if other.id == forecast.id:
            raise DuplicateError(f"the id “{other.id}” is taken", mend=f"{other.place} has it; choose another")
    return forecast, (*warnings, *_repeats(context, forecast))


def _repeats(context: Context, forecast: Forecast) -> Iterator[TrackerError]:
    """Which forecasts of the ledger a new one would repeat."""
    from tracker.duplicates import like

    for other in like(forecast.forecaster, forecast.claim, forecast.window, context.ledger.forecasts):
        what = f"{other.id} claims nearly the same: “{other.claim}”"
        yield LedgerError(what, mend=f"{other.place} has it")


def article_mistakes(context: Context, article: Article) -> Sequence[TrackerError]:
    """What is wrong with an article, as the head of a file."""
    from tracker.ledger.layout import article_block
    from tracker.ledger.schema import read_file

    text = f"{article_block(article)}forecasts: [none yet]\n"
    reading = read_file(text, _DRAFT, context.workspace.root, context.concepts, context.defaults)
    for error in reading.errors:
        _name_key(error, text)
    return reading.errors


def _name_key(error: TrackerError, text: str) -> None:
    """Say the key instead of a line of a text that nobody will see; most errors say it in their words already."""
    if isinstance(error.where, Place) and error.where.file == _DRAFT:
        line = text.splitlines()[error.where.line - 1]
        error.where = line.partition(":")[0].strip(" -") if isinstance(error, QueryError) else None


def preview(context: Context, forecast: Forecast, warnings: Sequence[TrackerError]) -> Preview:
    """Read the window once more, for its words, and count the stored items that match."""
    from tracker.match import Queries
    from tracker.windows import read_window

    criterion = forecast.criterion
    window = read_window(criterion.window_phrase, forecast.article.published)
    queries = Queries.of(criterion, context.concepts)
    wanted = {"topic": queries.topic, **{role.value: whole for role, whole in queries.roles()}}
    try:
        stored, matches = stored_matches(context, queries.topic, wanted)
    except StoreError as error:
        return Preview(forecast, window, tuple(warnings), trouble=str(error))
    return Preview(forecast, window, tuple(warnings), matches, stored)


def stored_matches(context: Context, topic: Query, wanted: Mapping[str, Query]) -> tuple[int, tuple[Matches, ...]]:
    """How many items are stored, and which of them match each query; all must ask for `topic`. StoreError."""
    from tracker.query import Document, Program, index_clauses

    program = Program()
    numbers = {name: program.add(query) for name, query in wanted.items()}
    found: dict[str, list[Item]] = {name: [] for name in wanted}
    with context.store() as store:
        stored = store.count_items()
        for item in store.find(index_clauses(topic), until=date.max):
            reading = program.read(Document.of(item))
            for name, number in numbers.items():
                if reading.matches(number) is not None:
                    found[name].append(item)
    return stored, tuple(Matches(name, tuple(items)) for name, items in found.items())


def likelihood_told(likelihood: Likelihood) -> str:
    """A likelihood with its number and interval.

    >>> likelihood_told(Likelihood("quite likely", 0.75, 0.6, 0.9))
    'quite likely (75%), between 60% and 90%'
    """
    from tracker.report.terminal import likelihood_words

    low, high = likelihood.low, likelihood.high
    return likelihood_words(likelihood) + ("" if low == high else f", between {low:.0%} and {high:.0%}")


def count_told(count: int, stored: int) -> str:
    """How many of the stored items match, in words.

    >>> count_told(0, 54), count_told(1, 54), count_told(2, 0)
    ('none of the 54 stored items matches', '1 of the 54 stored items matches', 'no items are stored yet')
    """
    if not stored:
        return "no items are stored yet"
    return f"{count or 'none'} of the {stored:,} stored items match{'es' if count < 2 else ''}"


def preview_text(shown: Preview) -> list[RenderableType]:
    """The preview for a person."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    forecast = shown.forecast
    rows = {
        "id": forecast.id,
        "forecaster": forecast.forecaster,
        "claim": forecast.claim,
        "likelihood": likelihood_told(forecast.likelihood),
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

    told = count_told(len(matches.items), shown.stored or 0)
    if matches.items:
        inside = sum(shown.forecast.window.contains(item.day) for item in matches.items)
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
                "inside_window": sum(window.contains(item.day) for item in matches.items),
                "latest": [item_data(item) for item in matches.latest],
            }
            for matches in shown.matches
        },
        "warnings": [str(warning) for warning in shown.warnings],
    }
