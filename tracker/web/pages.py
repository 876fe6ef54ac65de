"""What is read on the server? The list, a forecast, a forecaster and the feed: those of the folder of pages, live."""

from __future__ import annotations

from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tracker.errors import LedgerError
from tracker.inspection import inspect
from tracker.ledger.articles import article_text
from tracker.ledger.quotes import legible
from tracker.model import Article
from tracker.report.pages.feed import changes, feed
from tracker.report.pages.forecast import ForecastPage, forecast_page
from tracker.report.pages.forecaster import forecaster_page
from tracker.report.standing import Grouping, Standing, grouped
from tracker.report.words import told_of
from tracker.web.addresses import ServedAddresses
from tracker.web.forms import one_line
from tracker.web.guard import Guard
from tracker.web.listing import KEYS, SORTS, listing
from tracker.web.live import Live
from tracker.web.rendering import SITE, answer
from tracker.web.visitor import name_of

_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PLACES = (files("tracker.web") / "static", files("tracker.report.pages") / "static")


class Pages:
    """The pages of a workspace, for readers."""

    def __init__(self, live: Live, guard: Guard) -> None:
        self._live = live
        self._guard = guard

    def index(self, request: Request) -> HTMLResponse:
        """A page of the list of forecasts, by what was asked for in the address."""
        now = self._live.snapshot()
        asked = {key: one_line(request.query_params.get(key, "")) for key in KEYS}
        found = listing(now.index, asked, request.query_params.get("page", ""))
        return answer(
            "served_index.html",
            now.today,
            now.slugs,
            page=now.index,
            listing=found,
            sorts=SORTS,
            mistakes=list(now.mistakes),
        )

    def forecast(self, request: Request) -> HTMLResponse:
        """A forecast's page, with the form to decide it."""
        return self.forecast_answer(request.path_params["name"], request)

    def forecast_answer(
        self, name: str, request: Request, *, filled: object = None, trouble: str = "", status: int = 200
    ) -> HTMLResponse:
        """The page of the forecast with this id; `filled` is a form that was not taken, `trouble` says why."""
        now = self._live.snapshot()
        forecast = now.forecasts.get(name)
        if forecast is None:
            raise HTTPException(404)
        inspection = inspect(self._live.store, forecast, now.concepts, now.today, now.decisions.on_items)
        history = self._live.store.verdict_history(forecast.id)
        standing = Standing.of(forecast, inspection.verdict, now.decisions.standing.get(forecast.id))
        about, words = now.decisions.about(forecast.id), now.decisions.on_items.get(forecast.id, ())
        shown = forecast_page(standing, inspection, history, about, self._text_of(forecast.article))
        return answer(
            "served_forecast.html",
            now.today,
            now.slugs,
            status=status,
            page=shown,
            on_items={(word.item, word.condition): word for word in words},
            elsewhere=[word for word in words if (word.item, word.condition) not in _shown(shown)],
            form_token=self._guard.form_token,
            visitor=name_of(request),
            filled=filled or {},
            trouble=trouble,
        )

    def forecaster(self, request: Request) -> HTMLResponse:
        """A forecaster's page."""
        now = self._live.snapshot()
        name = next((name for name, slug in now.slugs.items() if slug == request.path_params["slug"]), None)
        if name is None:
            raise HTTPException(404)
        theirs = grouped(now.standings, Grouping.FORECASTER)[name]
        return answer("served_forecaster.html", now.today, now.slugs, page=forecaster_page(name, theirs, now.today))

    def feed(self, request: Request) -> Response:
        """The feed of what changed."""
        now = self._live.snapshot()
        histories = self._live.store.verdict_histories()
        changed = [
            change
            for forecast in now.ledger.forecasts
            for change in changes(forecast, told_of(histories.get(forecast.id, ()), now.decisions.about(forecast.id)))
        ]
        return Response(feed(changed, ServedAddresses(now.slugs), SITE), media_type="application/atom+xml")

    def static(self, request: Request) -> Response:
        """A file of static/."""
        name = request.path_params["name"]
        for place in _PLACES:
            for entry in place.iterdir():
                if entry.name == name and (kind := _KINDS.get(name[name.rfind(".") :])):
                    headers = {"Cache-Control": "no-cache"}
                    return Response(entry.read_bytes(), media_type=kind, headers=headers)
        raise HTTPException(404)

    def _text_of(self, article: Article) -> str:
        try:
            return legible(article_text(article.text, self._live.workspace.root)) if article.text else ""
        except LedgerError:  # told when the ledger was read; the page shows the quote alone
            return ""


def _shown(page: ForecastPage) -> set[tuple[str, bool]]:
    """The items that stand on a page, by their keys, and whether they do so for the forecast's condition."""
    parts = [(page.found, False)] + ([(page.condition, True)] if page.condition else [])
    return {
        (key, condition)
        for found, condition in parts
        for key in (
            *(one.evidence.item.key for one in (*found.reports, *found.set_aside)),
            *(item.key for item in found.near_misses),
        )
    }
