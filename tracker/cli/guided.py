"""Which questions make a forecast, in which order, and is an answer any good? The guided form of `tracker add`.

Every answer is read by the rules of the forecast files as soon as it is given; one that cannot be read is asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context
from tracker.cli.paths import forecast_file, in_workspace
from tracker.errors import LedgerError, ManyErrors, TrackerError
from tracker.ledger.layout import REQUIRED, Value
from tracker.model import Article, Expects
from tracker.preview import count_words, propose_id
from tracker.report.words import interval_words

if TYPE_CHECKING:
    from tracker.draft import Draft

_USUAL = ("sources", "times")
"""Keys that are left to the workspace's defaults where the answer is the usual one."""
_LEFT_OUT = ("against", "kind", "counts")
"""Keys that a forecast may do without."""
_DRAFTED = ("topic", "event", *_LEFT_OUT)
"""Keys that a draft proposes an answer for."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for a key of a forecast."""

    key: str
    text: str

    @property
    def optional(self) -> bool:
        """Whether Enter alone is an answer."""
        return self.key not in REQUIRED


QUESTIONS = (
    Question("forecaster", "Who says it"),
    Question("quote", "The sentence, word for word, on one line"),
    Question("claim", "What is to come true, in one sentence"),
    Question("likelihood", "How likely is the event (quite likely, 70%, 60-70%)"),
    Question("window", "When (by the end of 2025, or 2025-07-16/2025-10-15)"),
    Question("expects", "The forecaster expects that it (happens, does not happen)"),
    Question("topic", "Which items are about the right actors (topic, a query)"),
    Question("event", "Which of those report the event (event, a query)"),
    Question("against", "Which of those report what the event rules out (against, a query)"),
    Question("kind", "Which items tell of such an event, whoever it is of (kind, a query)"),
    Question("sources", "How many independent sources it takes"),
    Question("times", "How many distinct events it takes"),
    Question("counts", "What would settle it, in words"),
    Question("id", "A short name for it, such as oil-above-100"),
)


@dataclass
class Guide:
    """Asks for what is missing, of one file. `err` asks on standard error, so that standard output stays data."""

    context: Context
    article: Article
    fields: dict[str, Value]
    forecaster: str
    err: bool
    _draft: tuple[tuple[str, str], Draft] | None = None

    def ask_missing(self) -> None:
        """Ask for every key that has no good answer yet; by what silence is judged is the draft's to say."""
        for question in QUESTIONS:
            given = self.fields.pop(question.key, None)
            if given is None and question.key == "kind":
                self._take_silence(question)
            elif given is None or not self._accepts(question, str(given)):
                self.ask(question)

    def ask(self, question: Question) -> None:
        """Ask until the answer can be read. Enter takes the answer that is shown, or leaves an optional key out."""
        if question.key == "topic":
            self._tell_draft()
        while True:
            default = self._default(question)
            words = self._answer(question, default)
            if question.key in _LEFT_OUT and words in ("", "-"):
                self.fields.pop(question.key, None)
                return
            if question.key in _USUAL and words == default and question.key not in self.fields:
                return
            if not words:
                click.echo("  an answer is needed", err=self.err)
            elif self._accepts(question, words):
                return

    def _answer(self, question: Question, default: str) -> str:
        """One answer. A draft is too long for the prompt and stands above it; "-" leaves an optional key out."""
        if question.key not in _DRAFTED:
            return ask(question.text, default, err=self.err)
        nothing = question.key in _LEFT_OUT
        enter = "this" if default else "nothing" if nothing else ""
        ways = "; ".join(
            filter(None, (f"Enter: {enter}" if enter else "", "-: nothing" if default and nothing else ""))
        )
        if default:
            click.echo(f"  {question.key}: {default}", err=self.err)
        return ask(f"{question.text} ({ways})" if ways else question.text, err=self.err) or default

    def _accepts(self, question: Question, words: str) -> bool:
        """Take the answer and say how it was read; else say what is wrong with it."""
        try:
            value, told = self._read(question.key, words)
        except TrackerError as error:
            # The readers of a value leave its name to whoever knows where it stands.
            subject = f"{question.key} " if isinstance(error, LedgerError) and question.key != "id" else ""
            tell_mistake(error, subject, err=self.err)
            return False
        self.fields[question.key] = value
        if told != words and told:
            click.echo(f"  = {told}", err=self.err)
        return True

    def _default(self, question: Question) -> str:
        """What Enter stands for."""
        if question.key in self.fields:
            return str(self.fields[question.key])
        match question.key:
            case "forecaster":
                return self.forecaster
            case "expects":
                return Expects.HAPPENS.value
            case "sources":
                return str(self.context.defaults.sources)
            case "times":
                return "1"
            case "topic" | "event" | "against" | "kind" | "counts":
                made = self._drafted()
                return str(getattr(made, question.key)) if made and made.ready else ""
            case "id":
                taken = {forecast.id for forecast in self.context.ledger.forecasts}
                return propose_id(str(self.fields["claim"]), taken)
        return ""

    def _drafted(self) -> Draft | None:
        """The draft for the claim and the window, as far as they were answered."""
        from tracker.draft import draft
        from tracker.text.language import language_of
        from tracker.windows import read_window

        claim, phrase = str(self.fields.get("claim", "")), str(self.fields.get("window", ""))
        if not claim:
            return None
        published = self.article.published
        window = read_window(phrase, published).window if phrase else None
        if self._draft is None or self._draft[0] != (claim, phrase):
            made = draft(
                claim,
                sentence=str(self.fields.get("quote", "")),
                language=language_of(claim),
                published=published,
                window=window,
                concepts=self.context.concepts,
            )
            self._draft = (claim, phrase), made
        return self._draft[1]

    def _take_silence(self, kind: Question) -> None:
        """Take from the draft, and say, by what silence is judged, where its event is asked for as drafted."""
        made = self._drafted()
        if made is None or self.fields.get("event") != made.event:
            return
        if made.audible is not None and "audible" not in self.fields:
            self.fields["audible"] = made.audible
            click.echo("  audible: no, such an event may go unreported (tracker edit changes it)", err=self.err)
        if made.kind:
            click.echo(f"  kind: {made.kind}", err=self.err)
            self._accepts(kind, made.kind)
            click.echo("    (while one of them tells it as a fact, silence does not count)", err=self.err)

    def _tell_draft(self) -> None:
        """Say where a draft needs a person; and, of one that does not, that its event lasts."""
        made = self._drafted()
        if made is None:
            return
        if made.ready:
            if made.lasts and "lasts" not in self.fields:
                self.fields["lasts"] = True
                click.echo("  lasts: yes, by what the claim tells (tracker edit changes it)", err=self.err)
            return
        click.echo("  the queries need a person:", err=self.err)
        for doubt in made.doubts:
            click.echo(f"    {doubt}", err=self.err)
        for key in ("topic", "event"):
            if query := getattr(made, key):
                click.echo(f"  {key}, in part: {query}", err=self.err)

    def _read(self, key: str, words: str) -> tuple[Value, str]:
        """The value of an answer, and how it was understood where the words do not say it. TrackerError."""
        answer = self.context.drafting.answer(self.article, self.fields, key, words)
        if answer.likelihood:
            return answer.value, interval_words(answer.likelihood)
        if reading := answer.window:
            doubt = f"\n    ({reading.doubt}; that would be {reading.other})" if reading.other else ""
            return answer.value, reading.meaning + doubt
        if found := answer.matches:
            also = f" topic and {key}" if answer.stored and key != "topic" else ""
            latest = "".join(f"\n    {item.day}  {item.title}" for item in found.latest)
            return answer.value, count_words(len(found.items), answer.stored) + also + latest
        return answer.value, ""


def ask(text: str, default: str = "", *, err: bool) -> str:
    """One answer in one line, without the spaces around it; Enter alone gives `default`."""
    with suppress(ImportError):
        import readline  # noqa: F401 (lets a person move about in the line)
    try:
        words = click.prompt(text, default=default, show_default=bool(default), err=err)
    except click.Abort:
        click.echo(err=err)  # the question still stands in the line
        raise
    # What a terminal sends for a key that moves about would not be accepted in a file.
    return " ".join("".join(filter(str.isprintable, " ".join(str(words).split()))).split())


def tell_mistake(error: TrackerError, subject: str = "", *, err: bool) -> None:
    """Say what is wrong with an answer, before it is asked again."""
    for one in error.errors if isinstance(error, ManyErrors) else (error,):
        click.echo(f"  {subject}{one}", err=err)


def ask_file(context: Context, *, err: bool) -> Path:
    """Which file the forecast goes to: one of those that are there, by its number, or a new one by its name."""
    from tracker.ledger.files import forecast_files
    from tracker.ledger.read import read_path

    files = forecast_files(context.workspace.forecasts)
    for number, path in enumerate(files, start=1):
        article = read_path(path, concepts=context.concepts, defaults=context.defaults).article
        about = f"  {article.title} ({article.published})" if article else ""
        click.echo(f"  {number}  {path.name}{about}", err=err)
    text = "Which article's file (its number, or a name for a new one)" if files else "A name for the article's file"
    while True:
        words = ask(text, err=err)
        if words.isdecimal() and 1 <= int(words) <= len(files):
            return files[int(words) - 1]
        if words.isdecimal() and files:
            click.echo(f"  there is no file {words}; choose from 1 to {len(files)}, or write a name", err=err)
            continue
        try:
            if words:
                return forecast_file(context, words)
        except TrackerError as error:
            tell_mistake(error, err=err)


def ask_article(context: Context, known: Mapping[str, str], *, err: bool) -> Article:
    """The article of a new file; `known` is what options said of it."""
    parts: dict[str, str] = {}
    asked = {
        "title": "The article's title",
        "published": "The day it was published, as in 2025-06-30",
        "url": "Its address (Enter: none)",
        "text": "A file with its words, to check quotes against (Enter: none)",
    }
    for key, text in asked.items():
        words = known.get(key, "")
        while True:
            words = words or ask(text, err=err)
            if not words and key in ("url", "text"):
                break
            try:
                if words:
                    new_article(context, {"title": "-", "published": "2000-01-01", key: words})
                    parts[key] = words
                    break
            except TrackerError as error:
                tell_mistake(error, err=err)
            words = ""
    return new_article(context, parts)


def new_article(context: Context, parts: Mapping[str, str]) -> Article:
    """The article of these keys of a forecast file. ManyErrors with every mistake in them."""
    text = parts.get("text", "")
    return context.drafting.article({**parts, "text": in_workspace(context, text) or text})
