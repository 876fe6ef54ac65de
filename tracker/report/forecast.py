"""What is there to know about one forecast? Its page, and the explanation of one item, as styled text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tracker.inspection import Explanation, Inspection
from tracker.model import (
    Coverage,
    Criterion,
    Decision,
    Evidence,
    Forecast,
    Item,
    Status,
    Strength,
    Verdict,
    VerdictRecord,
)
from tracker.report.standing import Standing
from tracker.report.terminal import Link, evidence_lines, indented, likelihood_words, standing_notes, status_text
from tracker.resolve import Rule
from tracker.wording import counted

_STRENGTHS: dict[tuple[str, Strength], str] = {
    (Rule.HAPPENED, Strength.STRONG): "Strong: more origins than needed, in headlines, and nobody contradicts.",
    (Rule.HAPPENED, Strength.FAIR): "Fair: no more origins than needed, or somebody contradicts.",
    (Rule.ABSENCE, Strength.STRONG): "Strong: many houses were watched nearly throughout, and nothing came near it.",
    (Rule.ABSENCE, Strength.FAIR): "Fair: the watch has gaps or few houses, or something came near it.",
    (Rule.AGAINST, Strength.STRONG): "Strong: more origins than needed, and nothing speaks for it.",
    (Rule.AGAINST, Strength.FAIR): "Fair: no more origins than needed, or something speaks for it.",
}


def forecast_page(
    standing: Standing, inspection: Inspection, history: Sequence[VerdictRecord], decisions: Sequence[Decision]
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
    yield _section("Reports, those that counted marked •")
    yield from _reports(inspection.found.evidence, verdict)
    if inspection.found.near_misses:
        yield _section("Near misses: on the topic and close to the claim, but not what the event query asks")
        yield indented(*(_item_line(item) for item in inspection.found.near_misses))
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
    likelihood = forecast.likelihood
    interval = f", between {likelihood.low:.0%} and {likelihood.high:.0%}" if likelihood.low < likelihood.high else ""
    grid.add_row("forecaster", Text(forecast.forecaster))
    grid.add_row("article", Text(article))
    if forecast.article.url:
        grid.add_row("", Text(forecast.article.url, style="dim", overflow="fold"))
    grid.add_row("likelihood", Text(likelihood_words(likelihood) + interval))
    grid.add_row("expects", Text(f"the event {forecast.expects.value}"))
    grid.add_row("window", Text(_window_words(forecast.criterion)))
    if forecast.counts:
        grid.add_row("counts", Text(forecast.counts))
    for name, query in (
        ("topic", forecast.criterion.topic),
        ("event", forecast.criterion.event),
        ("against", forecast.criterion.against),
    ):
        if query:
            grid.add_row(name, Text(query))
    grid.add_row("file", Text(str(forecast.place)))
    return grid


def _window_words(criterion: Criterion) -> str:
    window = criterion.window
    phrase = criterion.window_phrase
    said = f" (“{phrase}”)" if phrase and phrase != f"{window.opens}/{window.closes}" else ""
    reports = "" if window.open_ended else f", reports count until {criterion.last_report}"
    return f"{window}{said}{reports}"


def _why(verdict: Verdict, coverage: Coverage | None) -> Iterator[RenderableType]:
    yield Text(f"As of {verdict.as_of}: {verdict.reason}.")
    if verdict.strength:
        yield Text(_STRENGTHS[verdict.rule, verdict.strength], style="dim")
    for missing in verdict.missing:
        yield Text(f"Missing: {missing}.")
    if coverage:
        yield Text(_coverage_words(coverage), style="dim")
        for gap in coverage.gaps[:5]:
            yield Text(f"  not watched: {gap}", style="dim")
        more = len(coverage.gaps) - 5
        if more > 0:
            yield Text(f"  and {counted(more, 'more gap')}", style="dim")


def _coverage_words(coverage: Coverage) -> str:
    audible = "audible" if coverage.audible else "not shown to be audible"
    return (
        f"Coverage: watched on {coverage.watched_days} of {coverage.window_days} days; the topic was carried during"
        f" {coverage.on_beat:.0%} of them, by {counted(coverage.houses, 'house')}; {audible}"
        f" ({coverage.audible_because})"
    )


def _condition(verdict: Verdict) -> Iterator[RenderableType]:
    words = {Status.CONFIRMED: "It was met", Status.REFUTED: "It was not met", Status.PENDING: "It is not settled"}
    since = f" on {verdict.event_day}" if verdict.event_day else ""
    yield Text(f"{words.get(verdict.status, verdict.status.value)}{since}: {verdict.reason}.")
    yield from (Text(f"Missing: {missing}.") for missing in verdict.missing)


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


def _history(history: Sequence[VerdictRecord], decisions: Sequence[Decision]) -> Iterator[Text]:
    lines = []
    for one in history:
        strength = f" ({one.strength.value})" if one.strength else ""
        lines.append((one.recorded_at, f"tracker: {one.status.value}{strength}, {one.reason}"))
    for decision in decisions:
        said = decision.status.value if decision.status else "withdrew the decision"
        lines.append((decision.at, f"{decision.by}: {said}, {decision.why}"))
    for moment, told in sorted(lines, key=lambda line: line[0]):
        yield Text(f"{moment:%Y-%m-%d %H:%M}  {told}")


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
        grid.add_row("", Text(f"in “{one.matched}”, {'title' if one.in_title else 'summary'}", style="dim"))
        if report.governed:
            grid.add_row("", Text(f"the cue reaches over “{report.governed}”", style="dim"))
        credited = f"credited by “{report.credited}”" if report.credited else "the publisher"
        grid.add_row("origin", Text(f"{one.origin}, {credited}"))
        grid.add_row("event day", Text(f"{one.event_day}, by {one.dated_by}"))
    return grid
