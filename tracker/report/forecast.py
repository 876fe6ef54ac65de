"""What is there to know about one forecast? Its page, and the explanation of one item, as styled text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tracker.inspection import Explanation
from tracker.judging import Judgement
from tracker.model import (
    Coverage,
    Decision,
    Evidence,
    Forecast,
    Item,
    ItemDecision,
    Verdict,
    VerdictRecord,
)
from tracker.report.standing import Standing
from tracker.report.terminal import Link, evidence_lines, indented, standing_notes, status_text
from tracker.report.words import (
    condition_words,
    coverage_words,
    expects_words,
    interval_words,
    strength_words,
    told_of,
    window_words,
)
from tracker.wording import counted


def forecast_page(
    standing: Standing,
    inspection: Judgement,
    history: Sequence[VerdictRecord],
    decisions: Sequence[Decision | ItemDecision],
) -> Iterator[RenderableType]:
    """A forecast from its quote to its history."""
    forecast, verdict = standing.forecast, inspection.verdict
    head = Text(forecast.id, style="bold")
    head.append("  ")
    head.append_text(status_text(standing.status))
    head.append_text(standing_notes(standing))
    yield head
    yield indented(Text(forecast.claim))
    yield _section("Said")
    yield indented(Text(f"“{forecast.quote}”", style="italic"), _facts(forecast))
    yield _section("Why")
    yield indented(*_why(verdict, inspection.found.coverage))
    if forecast.condition and inspection.condition and verdict.condition:
        yield _section(f"Condition: {forecast.condition.claim}")
        yield indented(*_condition(verdict.condition))
        yield from _reports(inspection.condition.evidence, verdict.condition)
        yield from _near_misses(inspection.condition.near_misses)
    yield _section("Reports, those that counted marked •")
    yield from _reports(inspection.found.evidence, verdict)
    if inspection.found.set_aside:
        yield _section("Reports that a person says do not count")
        yield from evidence_lines(inspection.found.set_aside, assertions=True)
    yield from _near_misses(inspection.found.near_misses)
    if decisions or len(history) > 1:
        yield _section("History")
        yield indented(*_history(history, decisions))


def _section(title: str) -> Text:
    return Text(f"\n{title}", style="bold")


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(ratio=1)
    return grid


def _facts(forecast: Forecast) -> Table:
    grid = _grid()
    article = f"{forecast.article.title}, {forecast.article.published}"
    grid.add_row("forecaster", Text(forecast.forecaster))
    grid.add_row("article", Text(article))
    if forecast.article.url:
        grid.add_row("", Text(forecast.article.url, style="dim", overflow="fold"))
    grid.add_row("likelihood", Text(interval_words(forecast.likelihood)))
    grid.add_row("expects", Text(expects_words(forecast.expects)))
    grid.add_row("window", Text(window_words(forecast.criterion)))
    if forecast.counts:
        grid.add_row("counts", Text(forecast.counts))
    for name, query in (
        ("topic", forecast.criterion.topic),
        ("event", forecast.criterion.event),
        ("against", forecast.criterion.against),
        ("kind", forecast.criterion.kind),
    ):
        if query:
            grid.add_row(name, Text(query))
    grid.add_row("file", Text(str(forecast.place)))
    return grid


def _why(verdict: Verdict, coverage: Coverage | None) -> Iterator[RenderableType]:
    yield Text(f"As of {verdict.as_of}: {verdict.reason}.")
    if verdict.strength:
        yield Text(strength_words(verdict), style="dim")
    for missing in verdict.missing:
        yield Text(f"Missing: {missing}.")
    if coverage:
        yield Text(coverage_words(coverage), style="dim")
        for gap in coverage.gaps[:5]:
            yield Text(f"  not watched: {gap}", style="dim")
        more = len(coverage.gaps) - 5
        if more > 0:
            yield Text(f"  and {counted(more, 'more gap')}", style="dim")


def _condition(verdict: Verdict) -> Iterator[RenderableType]:
    yield Text(condition_words(verdict))
    yield from (Text(f"Missing: {missing}.") for missing in verdict.missing)


def _near_misses(items: Sequence[Item]) -> Iterator[RenderableType]:
    if items:
        yield _section("Near misses: on the topic and close to the claim, but not what the event query asks")
        yield indented(*map(_item_line, items))


def _reports(evidence: Sequence[Evidence], verdict: Verdict) -> Iterator[RenderableType]:
    """Every report that matched, those that the verdict rests on marked."""
    if not evidence:
        yield indented(Text("none", style="dim"))
        return
    counted = {(one.item.key, one.role) for one in verdict.evidence}
    yield from evidence_lines(evidence, assertions=True, counted=counted)


def _item_line(item: Item) -> Text:
    line = Text(f"{item.day}  {item.source}  ")
    line.append(item.title)
    return line


def _history(history: Sequence[VerdictRecord], decisions: Sequence[Decision | ItemDecision]) -> Iterator[Text]:
    for told in told_of(history, decisions):
        yield Text(f"{told.at:%Y-%m-%d %H:%M}  {told}")


def explanation_page(
    forecast: Forecast, item: Item, versions: Sequence[Item], explanations: Sequence[Explanation]
) -> Iterator[RenderableType]:
    """An item against a forecast, and against its condition if it has one; `versions` are all that it ever said."""
    yield Text(f"{item.day}  {item.source}  {item.key}", style="dim")
    if item.claimed:
        yield Text(f"dated {item.claimed:%Y-%m-%d %H:%M} UTC, after it was seen: not believed", style="dim")
    yield Text(item.title)
    if item.summary:
        yield Text(item.summary)
    if item.link:
        yield Link(item.link, indent=0)
    for earlier in versions:
        if earlier.version != item.version:
            words = f"version {earlier.version}: {earlier.title} {earlier.summary}".rstrip()
            yield indented(Text(words, style="dim"))
    for one in explanations:
        about = forecast.id if one.criterion is forecast.criterion else f"the condition of {forecast.id}"
        yield _section(f"For {about}: {'it counts' if one.counts else 'it does not count'}")
        yield indented(*(Text(f"because {objection}") for objection in one.objections), _explained(one))


def _explained(explanation: Explanation) -> Table:
    grid = _grid()
    for part in explanation.parts:
        if part.matched is None:
            told = Text("no match: ", style="red")
            told.append(" and ".join(part.lacks), style="dim")
        else:
            told = Text("\n".join(part.matched) or "matched by what is absent")
        grid.add_row(part.name, told)
    for report in explanation.reports:
        one = report.evidence
        cue = f", by the cue “{one.cue}”" if one.cue else ""
        reason = f": {one.reason}" if one.reason else ""
        grid.add_row(f"{one.role.value} says", Text(f"{one.assertion.value}{cue}{reason}"))
        if one.matched:
            grid.add_row("", Text(f"in “{one.matched}”, {'title' if one.in_title else 'summary'}", style="dim"))
        if report.governed:
            grid.add_row("", Text(f"the cue reaches over “{report.governed}”", style="dim"))
        credited = f"credited by “{report.credited}”" if report.credited else "the publisher"
        grid.add_row("origin", Text(f"{one.origin}, {credited}"))
        grid.add_row("event day", Text(f"{one.event_day}, by {one.dated_by}"))
    return grid
