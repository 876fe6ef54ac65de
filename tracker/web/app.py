"""Which address leads where? The routes of the server, and a calm page for whatever goes wrong."""

from __future__ import annotations

from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from tracker.errors import LockedError, ManyErrors, NotFoundError, StoreError, TrackerError
from tracker.web.adding import Adding
from tracker.web.forms import FormError
from tracker.web.guard import Guard, GuardMiddleware, Refusal
from tracker.web.live import Live
from tracker.web.pages import Pages
from tracker.web.rendering import answer
from tracker.web.review import Review

_KNOWN = {
    404: ("There is no such page.", "It may have been renamed: look for it on the list."),
    405: ("That is not done here.", ""),
}


def make_app(live: Live, guard: Guard) -> ASGIApp:
    """The server of a workspace, behind its guard."""
    pages = Pages(live, guard)
    review = Review(live, guard, pages)
    adding = Adding(live, guard)
    refusals = _Refusals(live)
    app = Starlette(
        routes=[
            Route("/", pages.index),
            Route("/forecasts/{name}", pages.forecast),
            Route("/forecasters/{slug}", pages.forecaster),
            Route("/changes.atom", pages.feed),
            Route("/static/{name}", pages.static),
            Route("/review", review.queue),
            Route("/decide", review.decide, methods=["POST"]),
            Route("/undo", review.undo, methods=["POST"]),
            Route("/history", review.history),
            Route("/add", adding.form, methods=["GET"]),
            Route("/add", adding.add, methods=["POST"]),
            Route("/add/preview", adding.preview, methods=["POST"]),
        ],
        exception_handlers={
            FormError: refusals.of_form,
            HTTPException: refusals.of_http,
            TrackerError: refusals.of_tracker,
            Exception: refusals.of_fault,
        },
    )
    # Outermost, so that every answer has its headers.
    return GuardMiddleware(app, guard, refusals.page)


class _Refusals:
    """Pages that say why something was not done. They need no ledger: it may be what is wrong."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def page(self, request: Request, refusal: Refusal) -> Response:
        """The page of a refusal."""
        shown = {"what": refusal.what, "mend": refusal.mend, "code": int(refusal.status)}
        return answer("refusal.html", self._live.today, {}, status=int(refusal.status), **shown)

    def of_form(self, request: Request, error: Exception) -> Response:
        """The page of a form that is not taken."""
        assert isinstance(error, FormError)  # noqa: S101 - Starlette calls it with no other
        return self.page(request, error.refusal)

    def of_http(self, request: Request, error: Exception) -> Response:
        """The page of an address that leads nowhere."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        what, mend = _KNOWN.get(status, ("That is not done here.", ""))
        return self.page(request, Refusal(HTTPStatus(status), what, mend))

    def of_tracker(self, request: Request, error: Exception) -> Response:
        """The page of something that the user can mend."""
        first = error.errors[0] if isinstance(error, ManyErrors) and error.errors else error
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        mend = ""
        if isinstance(first, NotFoundError):
            status = HTTPStatus.NOT_FOUND
        elif isinstance(first, StoreError | LockedError):
            status = HTTPStatus.SERVICE_UNAVAILABLE
            mend = "Nothing was lost: go back, and try again in a moment."
        return self.page(request, Refusal(status, str(first), mend))

    def of_fault(self, request: Request, error: Exception) -> Response:
        """The page of a fault of tracker's own; what it was stands in the server's log."""
        what = "Something went wrong in tracker itself."
        mend = "Nothing was changed that you were not told of. The server’s own output says more."
        return self.page(request, Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, what, mend))
