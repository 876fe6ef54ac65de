"""What needs a person, and what do they make of it? The queue with its evidence, decisions, undo, and the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tracker.deciding import Person, decide, decide_item, undo
from tracker.decisions import Line
from tracker.errors import TrackerError, UsageError
from tracker.gather import Watching, criteria, match_new
from tracker.inspection import find_item
from tracker.judging import Judgement, Judging
from tracker.model import Forecast, ItemDecision, Status
from tracker.report.pages.marking import Piece, pieces
from tracker.report.review import Reading, readings
from tracker.report.words import line_words
from tracker.resolve import Rule, resolve
from tracker.review import Case, tally
from tracker.web.addresses import ServedAddresses
from tracker.web.forms import Form, read_form
from tracker.web.guard import Guard
from tracker.web.live import Live, Snapshot
from tracker.web.pages import Pages
from tracker.web.paging import paging
from tracker.web.rendering import answer
from tracker.web.visitor import keep_name, name_of

CASES = 10
"""How many cases are on a page, each with its evidence."""
MOST_READINGS = 8
LINES = 100
"""How many decisions are on a page of the history."""
LONGEST_WHY, LONGEST_NAME = 2000, 100
_ON_ITEMS = {"counts": True, "does-not-count": False, "withdraw": None}


@dataclass(frozen=True, slots=True)
class Shown:
    """Something to read on a case, its matched words marked."""

    reading: Reading
    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]

    @classmethod
    def of(cls, reading: Reading) -> Shown:
        """A reading with its matched words marked."""
        item, one = reading.item, reading.evidence
        spans = one.spans if one else ()
        in_title = one is None or one.in_title
        return cls(
            reading, pieces(item.title, spans if in_title else ()), pieces(item.summary, () if in_title else spans)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A case with what there is to read on it; `left_out` of it stand on the forecast's page."""

    case: Case
    shown: tuple[Shown, ...]
    left_out: int


class Review:
    """The reviews of a workspace."""

    def __init__(self, live: Live, guard: Guard, pages: Pages) -> None:
        self._live = live
        self._guard = guard
        self._pages = pages

    def queue(self, request: Request) -> HTMLResponse:
        """A page of what needs a person."""
        return self._queue(request)

    def _queue(
        self, request: Request, *, filled: Mapping[str, object] | None = None, trouble: str = "", status: int = 200
    ) -> HTMLResponse:
        now = self._live.snapshot()
        cases = self._live.queue(now)
        shown = paging(request.query_params.get("page", ""), len(cases), CASES)
        return answer(
            "review.html",
            now.today,
            now.slugs,
            status=status,
            rows=self._rows(now, cases[shown.part]),
            tally={need.value: count for need, count in tally(cases).items()},
            total=len(cases),
            paging=shown,
            latest=now.decisions.lines[-1] if now.decisions.lines else None,
            line_words=self._line_words,
            form_token=self._guard.form_token,
            visitor=name_of(request),
            filled=filled or {},
            trouble=trouble,
        )

    def _rows(self, now: Snapshot, cases: Sequence[Case]) -> list[Row]:
        match_new(self._live.store, criteria([case.forecast for case in cases if case.forecast], now.concepts))
        return [self._row(now, case) for case in cases]

    def _row(self, now: Snapshot, case: Case) -> Row:
        if case.forecast is None:
            return Row(case, (), 0)
        found = readings(self._quickly(now, case, case.forecast))
        return Row(case, tuple(map(Shown.of, found[:MOST_READINGS])), max(0, len(found) - MOST_READINGS))

    def _quickly(self, now: Snapshot, case: Case, forecast: Forecast) -> Judgement:
        """The reports on a forecast, and the near misses of the last check, without the coverage that takes long."""
        store, on_items = self._live.store, now.decisions.on_items
        judging = Judging(store, now.concepts, Watching((), (), self._live.workspace.zone), now.today, on_items)
        known = judging.known_of(forecast)
        found = known.findings(forecast.criterion)
        condition = known.findings(forecast.condition) if forecast.condition else None
        waits = case.verdict is not None and case.verdict.rule == Rule.CONDITION
        decided = {one.item for one in on_items.get(forecast.id, ()) if one.condition is waits}
        keys = case.verdict.near_misses if case.verdict else ()
        near = tuple(item for key in keys if key not in decided and (item := store.item(key, now.today)))
        verdict = resolve(forecast, found, now.today, condition=condition)
        if condition is not None and waits:
            return Judgement(verdict, found, replace(condition, near_misses=near))
        return Judgement(verdict, replace(found, near_misses=near), condition)

    def history(self, request: Request) -> HTMLResponse:
        """A page of every decision, the latest first."""
        now = self._live.snapshot()
        lines = now.decisions.lines[::-1]
        shown = paging(request.query_params.get("page", ""), len(lines), LINES)
        return answer(
            "history.html",
            now.today,
            now.slugs,
            lines=lines[shown.part],
            line_words=self._line_words,
            zone=self._live.workspace.zone,
            forecasts=now.forecasts,
            paging=shown,
            total=len(lines),
            form_token=self._guard.form_token,
            visitor=name_of(request),
        )

    def _line_words(self, line: Line) -> str:
        """A decision in words, an item by its title."""
        item = self._live.store.item(line.item) if isinstance(line, ItemDecision) else None
        return line_words(line, item.title if item else "")

    async def decide(self, request: Request) -> Response:
        """Take a decision on a forecast, or on an item for it."""
        form = await read_form(request, self._guard)
        return await run_in_threadpool(self._decide, request, form)

    def _decide(self, request: Request, form: Form) -> Response:
        now = self._live.snapshot()
        forecast = now.forecasts.get(form["forecast"])
        if forecast is None:
            raise HTTPException(404)
        try:
            self._taken(now, forecast, form)
        except TrackerError as error:
            return self._again(request, forecast, form, str(error))
        addresses = ServedAddresses(now.slugs)
        back = addresses.forecast(forecast.id) if form["back"] == "forecast" else "/review"
        done = RedirectResponse(back, 303)
        keep_name(done, form["by"])
        return done

    def _taken(self, now: Snapshot, forecast: Forecast, form: Form) -> None:
        path, person, why = self._live.workspace.decisions, self._person(form), form["why"]
        if len(why) > LONGEST_WHY:
            raise UsageError(f"the reason is longer than {LONGEST_WHY:,} characters", mend="nothing was decided")
        word, _, about = form["decision"].partition(":")
        if about and word in _ON_ITEMS:
            part, _, key = about.partition(":")
            item = find_item(self._live.store, key, now.today)
            decide_item(
                path,
                self._live.store,
                now.concepts,
                forecast,
                item,
                _ON_ITEMS[word],
                why,
                person,
                condition=part == "condition",
            )
        elif word == "withdraw" or word in list(Status):
            status = None if word == "withdraw" else Status(word)
            decide(path, forecast, status, why, person, settled_on=_day(form["settled_on"]))
        else:
            raise UsageError("nothing was chosen", mend="choose what it is")

    def _again(self, request: Request, forecast: Forecast, form: Form, trouble: str) -> HTMLResponse:
        """The page that the form came from, with what was filled in and what kept it from being taken."""
        filled = {forecast.id: form}
        if form["back"] == "forecast":
            return self._pages.forecast_answer(forecast.id, request, filled=filled, trouble=trouble, status=422)
        return self._queue(request, filled=filled, trouble=trouble, status=422)

    async def undo(self, request: Request) -> Response:
        """Take back a person's last decision."""
        form = await read_form(request, self._guard)
        return await run_in_threadpool(self._undo, request, form)

    def _undo(self, request: Request, form: Form) -> Response:
        now = self._live.snapshot()
        try:
            person = self._person(form)
            undo(self._live.workspace.decisions, self._live.store, now.concepts, now.ledger.forecasts, person)
        except TrackerError as error:
            return self._queue(request, trouble=str(error), status=422)
        done = RedirectResponse("/review", 303)
        keep_name(done, form["by"])
        return done

    def _person(self, form: Form) -> Person:
        if len(form["by"]) > LONGEST_NAME:
            raise UsageError(f"the name is longer than {LONGEST_NAME} characters", mend="nothing was decided")
        return Person(form["by"], self._live.now, self._live.today)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise UsageError(f"“{words}” is not a day", mend="as in 2025-06-30") from error
