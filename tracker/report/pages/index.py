"""What is on the list of all forecasts? A row for each, what can be chosen by, and the figures of all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.model import Status
from tracker.report.standing import Grouping, Standing, grouped, summary, tally

if TYPE_CHECKING:
    from tracker.score import Summary, Tally


@dataclass(frozen=True, slots=True)
class Row:
    """A forecast's line: what can be told of it at a glance."""

    id: str
    claim: str
    forecaster: str
    status: Status
    note: str
    likelihood: float
    happens: bool
    closes: date | None
    overdue: bool
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that rows can be chosen by, and how many have it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ForecasterLine:
    """A forecaster with the few figures of all that this one said that a line shows."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Everything on the list of all forecasts; rows by the day on which they close, those that stay open last."""

    as_of: date
    summary: Summary
    rows: tuple[Row, ...]
    statuses: tuple[Choice, ...]
    forecasters: tuple[ForecasterLine, ...]
    tags: tuple[Choice, ...]


def index_page(standings: Sequence[Standing], as_of: date, *, by_outcome: bool = False) -> IndexPage:
    """The list of all forecasts as they stand on a day; `by_outcome` if they were chosen by how they came out."""
    rows = tuple(rows_of(standings, as_of))
    statuses = Counter(row.status for row in rows)
    tags = Counter(tag for row in rows for tag in row.tags)
    return IndexPage(
        as_of=as_of,
        summary=summary(standings, as_of, by_outcome=by_outcome),
        rows=rows,
        statuses=tuple(Choice(status.value, statuses[status]) for status in Status),
        forecasters=tuple(
            ForecasterLine(name, tally(group, as_of, by_outcome=by_outcome))
            for name, group in grouped(standings, Grouping.FORECASTER).items()
        ),
        tags=tuple(Choice(tag, tags[tag]) for tag in sorted(tags)),
    )


def rows_of(standings: Iterable[Standing], as_of: date) -> list[Row]:
    """A row for each forecast, by the day on which it closes."""
    found = [row_of(standing, as_of) for standing in standings]
    return sorted(found, key=lambda row: (row.closes or date.max, row.id))


def row_of(standing: Standing, as_of: date) -> Row:
    """A forecast's row as it stands on a day."""
    forecast = standing.forecast
    overdue = standing.overdue(as_of)
    note = "decided by a person" if standing.decided else standing.strength.value if standing.strength else ""
    if standing.contested and not standing.decided:
        note = "contested"
    elif overdue:
        note = "overdue"
    return Row(
        id=forecast.id,
        claim=forecast.claim,
        forecaster=forecast.forecaster,
        status=standing.status,
        note=note,
        likelihood=forecast.likelihood.probability,
        happens=forecast.expects.value == "happens",
        closes=None if forecast.window.open_ended else forecast.window.closes,
        overdue=overdue,
        tags=forecast.tags,
    )
