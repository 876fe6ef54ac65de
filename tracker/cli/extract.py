"""`tracker extract`: the forecasts in an article, proposed, and those that are accepted written into a file."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.context import Context, Day, console, pass_context, print_json
from tracker.cli.forecast_options import text
from tracker.errors import FeedError, ManyErrors, NotFoundError, TrackerError, UsageError
from tracker.model import Article

if TYPE_CHECKING:
    from tracker.articles import Readable
    from tracker.cli.proposals import Accepting
    from tracker.extract import Proposal
    from tracker.ledger.layout import Value
    from tracker.model import Forecast


@click.command("extract")
@click.argument("source")
@click.option("--published", type=Day(), metavar="DATE", help="The day it was published, where it does not say.")
@click.option("--title", callback=text, metavar="TEXT", help="Its title, instead of the one that it has.")
@click.option("--accept", metavar="NUMBERS", help="Write these proposals: 1,3-5 or all.")
@click.option("--file", metavar="FILE", help="The file in forecasts/ to write to; by default one named by the title.")
@click.option("--with-doubts", is_flag=True, help="Accept also what a person should look at first.")
@click.option("--all", "show_all", is_flag=True, help="Show what was left out, and why.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def extract_command(
    context: Context,
    /,
    source: str,
    published: date | None,
    title: str | None,
    accept: str | None,
    file: str | None,
    with_doubts: bool,
    show_all: bool,
    as_json: bool,
) -> int:
    """Propose the forecasts in an article: a file, a web address, or - for what is pasted.

    \b
    tracker extract https://example.org/oil-in-2026
    tracker extract article.txt --published 2025-12-01 --accept 1,3,4

    On a terminal it asks which ones to accept, and shows the queries drafted for each before it is written. Nothing is
    written that was not accepted.
    """
    from tracker.cli.proposed import data, show
    from tracker.extract import ArticleText, extract

    context.refuse_missing_database()
    read, kept = _read(context, source)
    day = published or read.published or _ask_day(source, err=as_json)
    if day > context.today:
        raise UsageError(f"the article's day, {day}, has not come", mend="give it with --published")
    name = title or read.title or "Article"
    accepting = _accepting(context, read, kept, Article(name, day, read.url), file)
    found = extract(ArticleText(read.text, day, name, read.author, read.url))
    chosen = None if accept is None else _numbers(accept, len(found.proposals))
    if as_json and chosen is None:
        print_json(data(accepting, found, show_all=show_all))
        return 0
    if not as_json and chosen is None:
        show(context, accepting.article, found, show_all=show_all)
    if chosen is not None:
        return _write_all(accepting, [found.proposals[number - 1] for number in chosen], with_doubts, as_json=as_json)
    if found.proposals and sys.stdin.isatty() and sys.stdout.isatty():
        return _asked(accepting, found.proposals)
    if found.proposals:
        click.echo("Accept them with --accept 1,2, or all, or on a terminal.")
    return 0


# --- reading the article


def _read(context: Context, source: str) -> tuple[Readable, str]:
    """The article, and its place in the workspace where its text is kept there already, word for word."""
    from tracker.articles import MAX_BYTES, read_document
    from tracker.cli.pasting import pasted
    from tracker.cli.paths import in_workspace

    if source == "-":
        if sys.stdin.isatty():
            click.echo("Paste the article, then press Enter and Ctrl-D.", err=True)
        return read_document(pasted(MAX_BYTES + 1)), ""
    if re.match(r"[a-z][a-z0-9+.-]*://", source, re.IGNORECASE):
        return _fetched(context, source), ""
    try:
        with Path(source).open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NotFoundError(f"{source} cannot be read: {reason}", mend="name a file, an address, or -") from error
    read = read_document(body, name=source)
    # Offsets count in the file that is kept: only one that begins with this very text will do.
    as_it_is = body.startswith(read.text.strip().encode())
    return read, (in_workspace(context, source) or "") if as_it_is else ""


def _fetched(context: Context, address: str) -> Readable:
    from tracker.articles import read_document
    from tracker.feeds.answer import Request
    from tracker.feeds.fetch import fetch_one
    from tracker.polling import limits

    answer = fetch_one(Request(address), limits(context.workspace))
    if answer.error:
        raise FeedError(answer.error, where=address, mend="save the article's text in a file, and name that")
    return read_document(answer.body, address=answer.final_address or address, content_type=answer.content_type)


def _ask_day(source: str, *, err: bool) -> date:
    from tracker.cli.guided import ask, tell_mistake
    from tracker.ledger.fields import day

    if not (sys.stdin.isatty() and (err or sys.stdout.isatty())):
        raise UsageError(
            f"{source} does not say when it was published", mend="give the day with --published 2025-06-30"
        )
    while True:
        try:
            return day(ask("The day it was published, as in 2025-06-30", err=err))
        except TrackerError as error:
            tell_mistake(error, "it ", err=err)


def _accepting(context: Context, read: Readable, kept: str, article: Article, file: str | None) -> Accepting:
    from tracker.cli.paths import forecast_file
    from tracker.cli.proposals import Accepting
    from tracker.text.language import language_of

    path = forecast_file(context, file) if file else None
    return Accepting(context, article, read.text, language_of(read.text), kept, path)


def _numbers(words: str, count: int) -> list[int]:
    """The numbers that "1,3-5" or "all" names, in order, each once; UsageError for any that is not there."""
    if words.strip().casefold() == "all":
        return list(range(1, count + 1))
    chosen: list[int] = []
    for part in re.split(r"[,\s]+", words.strip()):
        match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            mend = f"numbers from 1 to {count}, such as 1,3-5, or all" if count else "nothing was proposed"
            raise UsageError(f"“{part}” is none of the {count} proposals", mend=mend)
        chosen += range(first, last + 1)
    return list(dict.fromkeys(chosen))


# --- accepting


def _write_all(accepting: Accepting, proposals: Sequence[Proposal], with_doubts: bool, *, as_json: bool) -> int:
    """Write the proposals of `--accept`; those with doubts only when that was asked for. 1 where one is not written."""
    from tracker.cli.proposals import doubts
    from tracker.cli.proposed import repeated, short

    written: list[Forecast] = []
    refused: list[TrackerError] = []
    try:
        for proposal in proposals:
            made = accepting.draft(proposal)
            condition, about = accepting.condition(proposal)
            open_questions = list(doubts(proposal, made, about))
            if open_questions and not (
                with_doubts and made.topic and made.event and (condition or not proposal.condition)
            ):
                told = "; ".join(open_questions)
                mend = "accept it on a terminal, or with tracker add" + ("" if with_doubts else ", or --with-doubts")
                refused.append(UsageError(f"not written: “{short(proposal.claim)}”: {told}", mend=mend))
                continue
            if there := repeated(accepting.context, proposal):
                refused.append(UsageError(f"not written: “{short(proposal.claim)}”", mend=f"{there.place} has it"))
                continue
            fields = accepting.fields(proposal, made) | ({"if": condition} if condition else {})
            fields.setdefault("forecaster", accepting.article.title)
            try:
                written.append(accepting.write(fields))
            except TrackerError as error:
                refused.append(error)
    finally:
        if not written:
            accepting.take_back()
    if as_json:
        from tracker.report.data import forecast_data

        print_json({"written": [forecast_data(one) for one in written], "refused": [str(one) for one in refused]})
    else:
        for one in written:
            click.echo(f"{one.id} is in {one.place}")
    accepting.context.tell(refused)
    return 1 if refused else 0


def _asked(accepting: Accepting, proposals: Sequence[Proposal]) -> int:
    """Ask which proposals to accept, and go through them one by one."""
    from tracker.cli.guided import ask, tell_mistake

    while True:
        words = ask("Accept which (1,3-5, or all; Enter: none)", err=False)
        try:
            chosen = _numbers(words, len(proposals)) if words else []
            break
        except UsageError as error:
            tell_mistake(error, err=False)
    written = 0
    try:
        for number in chosen:
            written += _settled(accepting, proposals[number - 1], number)
    finally:
        if not written:
            accepting.take_back()
    if chosen:
        click.echo(f"{written} of {len(chosen)} written" if written < len(chosen) else "tracker check settles them")
    return 0


def _settled(accepting: Accepting, proposal: Proposal, number: int) -> bool:
    """Show what one proposal amounts to until it is to be written, or not; any part can be changed. Whether it was."""
    from tracker.cli.guided import QUESTIONS, Guide, ask, tell_mistake
    from tracker.cli.proposals import doubts
    from tracker.cli.proposed import short

    made = accepting.draft(proposal)
    condition, about = accepting.condition(proposal)
    fields = accepting.fields(proposal, made) | ({"if": condition} if condition else {})
    guide = Guide(accepting.context, accepting.kept, fields, "", err=False)
    questions = {question.key: question for question in QUESTIONS}
    click.echo(f"\n{number}: “{short(proposal.sentence, 300)}”")
    for doubt in doubts(proposal, made, about):
        click.secho(f"  Look at this: {doubt}.", fg="yellow")
    for key in ("forecaster", "topic", "event"):
        if key not in fields:
            guide.ask(questions[key])
    while True:
        _show_draft(accepting, guide.fields)
        answer = ask(f"Write it (yes, no, or what to change: {', '.join(questions)})", "yes", err=False).casefold()
        if answer in ("n", "no"):
            return False
        if answer in questions:
            guide.ask(questions[answer])
        elif answer in ("y", "yes"):
            try:
                forecast = accepting.write(guide.fields)
            except TrackerError as error:
                tell_mistake(error, err=False)
            else:
                click.echo(f"{forecast.id} is in {forecast.place}")
                return True
        else:
            click.echo(f"  {answer}: answer yes, no, or one of {', '.join(questions)}")


def _show_draft(accepting: Accepting, fields: dict[str, Value]) -> None:
    from rich.text import Text

    from tracker.cli.preview import preview_text
    from tracker.report.terminal import write

    try:
        shown = accepting.context.drafting.preview(*accepting.context.drafting.read(accepting.kept, fields))
    except ManyErrors as many:
        accepting.context.tell(many.errors)
        return
    queries = [Text(f"{key:10}  {fields[key]}") for key in ("topic", "event", "against", "kind", "if") if key in fields]
    write(console(), *preview_text(shown), *queries, Text())
