"""How is a forecast added in a browser? A form that shows, while it is filled in, how each answer is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tracker.errors import LedgerError, ManyErrors, QueryError, TrackerError, UsageError
from tracker.ledger.edit import append_forecast
from tracker.ledger.files import file_name
from tracker.ledger.layout import REQUIRED, Value
from tracker.ledger.read import read_path
from tracker.model import Article, Item
from tracker.preview import Answer, Drafting, count_words, propose_id
from tracker.report.words import interval_words
from tracker.web.addresses import ServedAddresses
from tracker.web.forms import Form, read_form
from tracker.web.guard import Guard
from tracker.web.live import Live, Snapshot
from tracker.web.rendering import answer

_QUERIES = ("topic", "event", "against", "kind")
_READ = ("quote", "likelihood", "window", *_QUERIES, "sources", "times")
"""What is read as it is typed, in this order: the other queries need the topic."""
_TEXTS = ("forecaster", "quote", "claim", "likelihood", "window", "expects", *_QUERIES, "counts")
_LONGEST = 2000
_FILE = re.compile(r"[\w][\w. -]{0,80}")


@dataclass(frozen=True, slots=True)
class Told:
    """What was made of an answer, or what is wrong with it; `items` are the newest that match."""

    key: str
    words: str
    wrong: bool = False
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What tracker makes of a form: each answer, what is missing, and what is wrong with or odd about the whole."""

    told: tuple[Told, ...]
    missing: tuple[str, ...]
    mistakes: tuple[str, ...]
    notes: tuple[str, ...]
    id: str


class Adding:
    """The form to add forecasts to a workspace."""

    def __init__(self, live: Live, guard: Guard) -> None:
        self._live = live
        self._guard = guard

    def form(self, request: Request) -> HTMLResponse:
        """The empty form."""
        return self._form(Form({}))

    async def add(self, request: Request) -> Response:
        """Write what was filled in, or show what it amounts to where that was asked."""
        form = await read_form(request, self._guard)
        return await run_in_threadpool(self._add, form)

    async def preview(self, request: Request) -> Response:
        """What it amounts to so far, as the part of the page that shows it."""
        form = await read_form(request, self._guard)
        return await run_in_threadpool(self._preview, form)

    def _add(self, form: Form) -> Response:
        now = self._live.snapshot()
        if form["action"] != "write":
            return self._form(form, look=self._look(now, form))
        look = self._look(now, form)
        if look.missing:
            trouble = [f"still empty: {', '.join(look.missing)}"]
            return self._form(form, look=look, trouble=trouble, status=422)
        try:
            path = self._file(form["file"])
            drafting = self._live.drafting(now)
            article = _article(drafting, path, form)
            fields = dict(_fields(drafting, form))
            drafting.read(article, fields)
            given = None if path.exists() else article
            forecast = append_forecast(path, given, fields, concepts=now.concepts, defaults=self._live.defaults)
        except TrackerError as error:
            return self._form(form, look=look, trouble=_listed(error), status=422)
        return RedirectResponse(ServedAddresses(now.slugs).forecast(forecast.id), 303)

    def _preview(self, form: Form) -> HTMLResponse:
        now = self._live.snapshot()
        return answer("preview.html", now.today, now.slugs, look=self._look(now, form))

    def _form(
        self, form: Form, *, look: Look | None = None, trouble: Sequence[str] = (), status: int = 200
    ) -> HTMLResponse:
        now = self._live.snapshot()
        articles = {Path(one.place.file).name: one.article for one in now.ledger.forecasts}
        return answer(
            "add.html",
            now.today,
            now.slugs,
            status=status,
            form=form,
            look=look,
            trouble=trouble,
            articles=sorted(articles.items()),
            forecasters=sorted({one.forecaster for one in now.ledger.forecasts}),
            form_token=self._guard.form_token,
        )

    def _look(self, now: Snapshot, form: Form) -> Look:
        drafting = self._live.drafting(now)
        mistakes: list[str] = []
        notes: Sequence[TrackerError] = ()
        article: Article | None = None
        try:
            article = _article(drafting, self._file(form["file"]), form)
        except TrackerError as error:
            if form["file"]:
                mistakes += _listed(error)
        told = tuple(_told(drafting, article, form))
        fields = dict(_fields(drafting, form))
        missing = [key for key in REQUIRED if key not in fields and not (key == "id" and "claim" not in fields)]
        if not form["file"]:
            missing.insert(0, "file")
        if article and not missing and not any(one.wrong for one in told):
            try:
                _, notes = drafting.read(article, fields)
            except TrackerError as error:
                mistakes += _listed(error)
        return Look(told, tuple(missing), tuple(mistakes), tuple(map(str, notes)), str(fields.get("id", "")))

    def _file(self, words: str) -> Path:
        """The forecast file of that name, there or not. UsageError when a forecast file cannot be called so."""
        name = words if Path(words).suffix in (".yaml", ".yml") else f"{words}.yaml"
        if not words or not _FILE.fullmatch(name) or name.startswith("concepts."):
            raise UsageError(f"“{words}” is not the name of a forecast file", mend="choose a name such as oil.yaml")
        return self._live.workspace.forecasts / name


def _article(drafting: Drafting, path: Path, form: Form) -> Article:
    """The article of a file that is there, or of a new one by what the form says of it. TrackerError."""
    if path.exists():
        reading = read_path(path, concepts=drafting.concepts, defaults=drafting.defaults)
        if reading.article is None:
            raise ManyErrors(reading.errors)
        return reading.article
    if not form["title"] or not form["published"]:
        raise LedgerError(f"{file_name(path)} is new", mend="give its article's title, and the day it was published")
    return drafting.article({key: form[key] for key in ("title", "published", "url", "text")})


def _fields(drafting: Drafting, form: Form) -> Iterator[tuple[str, Value]]:
    """The keys of a forecast file that the form fills in; the name is made of the claim unless it is given."""
    name = form["id"] or propose_id(form["claim"], {forecast.id for forecast in drafting.forecasts})
    if name:
        yield "id", name
    for key in _TEXTS:
        if words := form[key][:_LONGEST]:
            yield key, words
    for key in ("sources", "times"):
        if words := form[key]:
            yield key, int(words) if words.isdecimal() and len(words) < 6 else words
    if form["lasts"]:
        yield "lasts", True
    if form["audible"] in ("yes", "no"):
        yield "audible", form["audible"] == "yes"
    if tags := [tag for part in form["tags"].split(",") if (tag := part.strip())]:
        yield "tags", tags


def _told(drafting: Drafting, article: Article | None, form: Form) -> Iterator[Told]:
    """What is made of each answer that is given."""
    about = article or Article("", date.min)
    fields: dict[str, Value] = {}
    for key in _READ:
        words = form[key][:_LONGEST]
        if not words or (key in _QUERIES[1:] and "topic" not in fields):
            continue
        if article is None and key == "window":
            yield Told(key, "read from the day of the article: choose its file first")
            continue
        try:
            read = drafting.answer(about, fields, key, words)
        except TrackerError as error:
            yield Told(key, _mistake(error), wrong=True)
            continue
        fields[key] = read.value
        if made := _made_of(key, read):
            yield Told(key, made, items=read.matches.latest if read.matches else ())


def _made_of(key: str, read: Answer) -> str:
    """How an answer was read, where its words do not say it."""
    if read.likelihood:
        return interval_words(read.likelihood)
    if window := read.window:
        return f"{window.meaning}; {window.doubt}: that would be {window.other}" if window.other else window.meaning
    if found := read.matches:
        also = f" topic and {key}" if read.stored and key != "topic" else ""
        return count_words(len(found.items), read.stored, whole=found.whole) + also
    return ""


def _mistake(error: TrackerError) -> str:
    """A mistake in an answer, without the place that its field tells already."""
    if isinstance(error, QueryError):
        return f"column {error.column}: {error.what}" + (f" ({error.mend})" if error.mend else "")
    return f"{error.what} ({error.mend})" if error.mend else error.what


def _listed(error: TrackerError) -> list[str]:
    return [str(one) for one in (error.errors if isinstance(error, ManyErrors) else (error,))]
