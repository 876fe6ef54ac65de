"""Which files make up the folder of pages? One for each forecast and forecaster, the list, the feed, and the style.

Everything is worked out from the store as it stands on a day, in one pass over all forecasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from tracker.coverage import unwatched
from tracker.decisions import Decisions
from tracker.errors import LedgerError
from tracker.gather import Watching
from tracker.judging import Judgement
from tracker.ledger.articles import article_text
from tracker.ledger.quotes import legible
from tracker.model import Article, Decision, Forecast, ItemDecision, VerdictRecord
from tracker.report.pages.addresses import FEED, INDEX, FolderAddresses, forecast_file, forecaster_file, slugs_of
from tracker.report.pages.feed import Change, changes, feed
from tracker.report.pages.forecast import GapsOf, forecast_page
from tracker.report.pages.forecaster import forecaster_page
from tracker.report.pages.index import index_page
from tracker.report.pages.render import Page, Site, render
from tracker.report.pages.workers import side_by_side
from tracker.report.standing import Grouping, Selection, Standing, grouped
from tracker.store import Store
from tracker.workspace import Workspace

File = tuple[str, bytes]
"""A file's path in the folder, and what is in it."""


@dataclass(frozen=True, slots=True)
class Material:
    """What the pages are made of, besides the forecasts and the judgements on them, as it stood on a day.

    What tracker and people said of each forecast, by its id; the decisions that stand; the articles' texts, legible;
    the stretches of windows that were not watched.
    """

    as_of: date
    history: Mapping[str, Sequence[VerdictRecord]]
    decisions: Mapping[str, Sequence[Decision | ItemDecision]]
    standing: Mapping[str, Decision]
    article: Callable[[Article], str]
    gaps_of: GapsOf


def material(workspace: Workspace, store: Store, decided: Decisions, as_of: date, watched: Watching) -> Material:
    """What the pages are made of; `decided` are the decisions that had been made by that day."""

    @lru_cache(maxsize=100)
    def text_of(path: str) -> str:
        try:
            return legible(article_text(path, workspace.root)) if path else ""
        except LedgerError:  # told when the ledger was read; the page shows the quote alone
            return ""

    press = watched.press  # worked out here, once for all who make pages
    decisions: dict[str, list[Decision | ItemDecision]] = {}
    for line in decided.lines:
        decisions.setdefault(line.forecast, []).append(line)
    return Material(
        as_of=as_of,
        history={
            name: [one for one in records if one.recorded_at.astimezone(workspace.zone).date() <= as_of]
            for name, records in store.verdict_histories().items()
        },
        decisions=decisions,
        standing=decided.standing,
        article=lambda article: text_of(article.text),
        gaps_of=lambda criterion: unwatched(criterion, as_of=as_of, press=press),
    )


def site_files(
    judged: Iterable[tuple[Forecast, Judgement]],
    forecasters: Iterable[str],
    made_of: Material,
    site: Site,
    selection: Selection,
    count: int,
) -> Iterator[File]:
    """Every file of the folder. `forecasters` are the names of all that may come; a selection leaves forecasts out.

    `count` is about how many forecasts come: where they are many, several processes make the pages.
    """
    slugs = slugs_of(forecasters)
    standings: list[Standing] = []
    changed: list[Change] = []

    def page(template: str, path: str, shown: Page) -> File:
        addresses = FolderAddresses(slugs, "../" * path.count("/"))
        url = f"{site.url}{path}" if site.url else ""
        return path, render(template, shown, addresses, site, url).encode("utf-8")

    def selected() -> Iterator[tuple[Standing, Judgement]]:
        for forecast, judgement in judged:
            standing = Standing.of(forecast, judgement.verdict, made_of.standing.get(forecast.id))
            if selection.takes(standing):
                standings.append(standing)
                yield standing, judgement

    def made(asked: tuple[Standing, Judgement]) -> tuple[File, list[Change]]:
        standing, judgement = asked
        forecast = standing.forecast
        history, decided = made_of.history.get(forecast.id, ()), made_of.decisions.get(forecast.id, ())
        shown = forecast_page(standing, judgement, history, decided, made_of.article(forecast.article), made_of.gaps_of)
        return page("forecast.html", forecast_file(forecast.id), shown), changes(forecast, shown.history)

    for file, of_forecast in side_by_side(made, selected(), count):
        changed += of_forecast
        yield file
    for name, group in grouped(standings, Grouping.FORECASTER).items():
        about = forecaster_page(name, group, made_of.as_of, by_outcome=selection.by_outcome)
        yield page("forecaster.html", forecaster_file(slugs[name]), about)
    yield page("index.html", INDEX, index_page(standings, made_of.as_of, by_outcome=selection.by_outcome))
    yield FEED, feed(changed, FolderAddresses(slugs), site)
    yield from static_files()


def static_files() -> Iterator[File]:
    """The files that all pages share: style, script, icon."""
    for entry in sorted((files("tracker.report.pages") / "static").iterdir(), key=lambda entry: entry.name):
        yield f"static/{entry.name}", entry.read_bytes()
