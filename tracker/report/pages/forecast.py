"""What is on a forecast's page? Its quote in context, why it stands as it does, the reports, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.judging import Judgement
from tracker.model import (
    Coverage,
    Criterion,
    Decision,
    Evidence,
    Forecast,
    Item,
    ItemDecision,
    Status,
    Verdict,
    VerdictRecord,
    Window,
)
from tracker.report.pages.marking import Piece, pieces
from tracker.report.pages.quotation import in_context
from tracker.report.pages.timeline import Timeline, kind_of, timeline
from tracker.report.standing import Standing
from tracker.report.words import Told, told_of
from tracker.resolve import Findings

MOST_REPORTS = 150
"""How many reports are listed, besides those that count: nobody reads more, and a page must stay light."""
MOST_ORIGINS = 40


GapsOf = Callable[[Criterion], Sequence[Window]]


@dataclass(frozen=True, slots=True)
class Report:
    """A report, its matched words marked, what it says (one of KINDS), and whether the verdict rests on it."""

    evidence: Evidence
    says: str
    counted: bool
    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom reports come from, how many there are, and how many of them the verdict rests on."""

    name: str
    reports: int
    counted: int


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on a criterion: the reports (`left_out` of them are not shown), origins, near misses, coverage.

    `set_aside` are the reports that do not count by a person's word.
    """

    criterion: Criterion
    verdict: Verdict
    reports: tuple[Report, ...]
    set_aside: tuple[Report, ...]
    left_out: int
    origins: tuple[Origin, ...]
    near_misses: tuple[Item, ...]
    coverage: Coverage | None
    timeline: Timeline

    @property
    def counted(self) -> tuple[Report, ...]:
        """The reports that the verdict rests on."""
        return tuple(report for report in self.reports if report.counted)

    @property
    def others(self) -> tuple[Report, ...]:
        """The reports shown that it does not rest on."""
        return tuple(report for report in self.reports if not report.counted)


@dataclass(frozen=True, slots=True)
class ForecastPage:
    """Everything on a forecast's page. `condition` is what was found on what must happen first, if anything must."""

    standing: Standing
    as_of: date
    context: tuple[tuple[Piece, ...], ...]
    found: Found
    condition: Found | None
    history: tuple[Told, ...]

    @property
    def forecast(self) -> Forecast:
        """The forecast."""
        return self.standing.forecast

    @property
    def verdict(self) -> Verdict:
        """The machine's verdict."""
        return self.found.verdict

    @property
    def status(self) -> Status:
        """The person's word if there is one, else the machine's."""
        return self.standing.status

    @property
    def commands(self) -> tuple[tuple[str, str], ...]:
        """Commands that give the verdict again, and what each does."""
        return (
            (f"tracker show {self.forecast.id} --as-of {self.as_of}", "this forecast as it stands here"),
            (f"tracker check --offline --as-of {self.as_of}", "every verdict of that day"),
        )


def forecast_page(
    standing: Standing,
    judgement: Judgement,
    history: Sequence[VerdictRecord],
    decisions: Sequence[Decision | ItemDecision],
    article: str,
    gaps_of: GapsOf | None = None,
) -> ForecastPage:
    """A forecast's page. `article` is the article's text through `tracker.ledger.quotes.legible`, empty without one.

    `gaps_of` tells the stretches of a window that were not watched, where the judgement did not ask for its coverage.
    """
    forecast, verdict = standing.forecast, judgement.verdict
    condition = None
    if forecast.condition and judgement.condition and verdict.condition:
        condition = _found(forecast, forecast.condition, verdict.condition, judgement.condition, gaps_of)
    return ForecastPage(
        standing=standing,
        as_of=verdict.as_of,
        context=in_context(forecast.quote, article),
        found=_found(forecast, forecast.criterion, verdict, judgement.found, gaps_of),
        condition=condition,
        history=tuple(told_of(history, decisions)),
    )


def report_of(evidence: Evidence, *, counted: bool) -> Report:
    """A report with its matched words marked."""
    item = evidence.item
    title = pieces(item.title, evidence.spans if evidence.in_title else ())
    summary = pieces(item.summary, () if evidence.in_title else evidence.spans)
    return Report(evidence, kind_of(evidence), counted, title, summary)


def _found(
    forecast: Forecast, criterion: Criterion, verdict: Verdict, findings: Findings, gaps_of: GapsOf | None
) -> Found:
    rests_on = {(one.item.key, one.role) for one in verdict.evidence}
    every = [(one, (one.item.key, one.role) in rests_on) for one in findings.evidence]
    shown = _most_telling(every)
    reports = Counter(one.origin for one, _ in every)
    counted = Counter(one.origin for one, counts in every if counts)
    origins = sorted(reports, key=lambda origin: (-counted[origin], -reports[origin], origin))
    gaps = findings.coverage.gaps if findings.coverage else gaps_of(criterion) if gaps_of else None
    line = timeline(criterion, forecast.article.published, verdict.as_of, every, gaps, verdict.event_day)
    return Found(
        criterion=criterion,
        verdict=verdict,
        reports=tuple(report_of(one, counted=counts) for one, counts in shown),
        set_aside=tuple(report_of(one, counted=False) for one in findings.set_aside[:MOST_REPORTS]),
        left_out=len(every) - len(shown),
        origins=tuple(Origin(name, reports[name], counted[name]) for name in origins[:MOST_ORIGINS]),
        near_misses=findings.near_misses,
        coverage=findings.coverage,
        timeline=line,
    )


def _most_telling(every: Sequence[tuple[Evidence, bool]]) -> list[tuple[Evidence, bool]]:
    """The reports that count, and of the others the first ones, by day."""
    others = [one for one in every if not one[1]][:MOST_REPORTS]
    return sorted([one for one in every if one[1]] + others, key=lambda one: (one[0].item.day, one[0].item.key))
