"""`tracker extract`: the forecasts in an article, proposed, and those that are accepted written into a file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, Day, console, pass_context, print_json
from tracker.cli.forecast_options import text
from tracker.errors import FeedError, ManyErrors, NotFoundError, TrackerError, UsageError
from tracker.model import Article

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tracker.articles import Readable
    from tracker.cli.proposals import Accepting
    from tracker.extract import Extraction, LeftOut, Proposal
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
    from tracker.extract import ArticleText, extract

    read, kept = _read(context, source)
    day = published or read.published or _ask_day(source, err=as_json)
    if day > context.today:
        raise UsageError(f"the article's day, {day}, has not come", mend="give it with --published")
    name = title or read.title or "Article"
    accepting = _accepting(context, read, kept, Article(name, day, read.url), file)
    found = extract(ArticleText(read.text, day, name, read.author, read.url))
    chosen = None if accept is None else _numbers(accept, len(found.proposals))
    if as_json and chosen is None:
        print_json(_data(accepting, found, show_all=show_all))
        return 0
    if not as_json:
        _show(context, accepting.article, found, show_all=show_all, brief=chosen is not None)
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
    from tracker.extract.article import language_of

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

    written: list[Forecast] = []
    refused: list[TrackerError] = []
    try:
        for proposal in proposals:
            made = accepting.draft(proposal)
            condition, about = accepting.condition(proposal)
            open_questions = list(doubts(made, about))
            if open_questions and not (
                with_doubts and made.topic and made.event and (condition or not proposal.condition)
            ):
                told = "; ".join(open_questions)
                mend = "accept it on a terminal, or with tracker add" + ("" if with_doubts else ", or --with-doubts")
                refused.append(UsageError(f"not written: “{_short(proposal.claim)}”: {told}", mend=mend))
                continue
            if there := _repeated(accepting.context, proposal):
                refused.append(UsageError(f"not written: “{_short(proposal.claim)}”", mend=f"{there.place} has it"))
                continue
            fields = accepting.fields(proposal, made) | ({"if": condition} if condition else {})
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

    made = accepting.draft(proposal)
    condition, about = accepting.condition(proposal)
    fields = accepting.fields(proposal, made) | ({"if": condition} if condition else {})
    guide = Guide(accepting.context, accepting.kept, fields, "", err=False)
    questions = {question.key: question for question in QUESTIONS}
    click.echo(f"\n{number}: “{_short(proposal.sentence, 300)}”")
    for doubt in doubts(made, about):
        click.secho(f"  Look at this: {doubt}.", fg="yellow")
    for key in ("topic", "event"):
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
    queries = [Text(f"{key:10}  {fields[key]}") for key in ("topic", "event", "against", "if") if key in fields]
    write(console(), *preview_text(shown), *queries, Text())


# --- showing


def _show(context: Context, article: Article, found: Extraction, *, show_all: bool, brief: bool) -> None:
    from rich.text import Text

    from tracker.report.terminal import write
    from tracker.wording import counted

    if brief:
        return
    out = console()
    address = f", {article.url}" if article.url else ""
    write(out, Text(f"{article.title} ({article.published}{address})", style="bold"))
    for number, proposal in enumerate(found.proposals, start=1):
        write(out, Text(), *_proposal_text(context, number, proposal))
    left = counted(len(found.left_out), "sentence") if found.left_out else "none"
    told = f"{counted(len(found.proposals), 'forecast')} proposed; {left} about the future left out"
    write(out, Text(), Text(told + ("" if show_all or not found.left_out else " (--all shows them)"), style="dim"))
    if show_all:
        write(out, *(_left_text(one) for one in found.left_out))


def _proposal_text(context: Context, number: int, proposal: Proposal) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    from tracker.report.words import interval_words

    who = proposal.forecaster or "the author, who is not named"
    default = " (a default: it names no time)" if proposal.window.is_default else ""
    window = f"{proposal.window.phrase}: {proposal.window.reading.window}{default}"
    lines = [
        f"“{' '.join(proposal.sentence.split())}”",
        f"claim    {proposal.claim} ({proposal.expects.value})",
        f"window   {window}",
        *([f"given    {proposal.condition}"] if proposal.condition else []),
        *([f"or       {proposal.window.reading.other}: {proposal.window.reading.doubt}"] if _doubted(proposal) else []),
        f"because  {proposal.reason}; {proposal.attribution}",
        *(f"already  {told}" for told in _already(context, proposal)),
    ]
    head = Text(f"{number:3}  {who}: {interval_words(proposal.likelihood)}", style="bold")
    return [head, *(Padding(Text(line), (0, 0, 0, 5)) for line in lines)]


def _doubted(proposal: Proposal) -> bool:
    return proposal.window.reading.other is not None and not proposal.window.is_default


def _already(context: Context, proposal: Proposal) -> Iterator[str]:
    """Which forecasts of the ledger a proposal would repeat."""
    from tracker.duplicates import like, quoting

    forecasts = context.ledger.forecasts
    quoted = quoting(proposal.sentence, forecasts)
    window = proposal.window.reading.window
    alike = [one for one in like(proposal.forecaster, proposal.claim, window, forecasts) if one not in quoted]
    yield from (f"quoted by {one.id} ({one.place})" for one in quoted)
    yield from (f"like {one.id} ({one.place}): {one.claim}" for one in alike)


def _repeated(context: Context, proposal: Proposal) -> Forecast | None:
    """The forecast of the ledger that is this very proposal: like it, and of the same sentence."""
    from tracker.duplicates import like, quoting

    forecasts = context.ledger.forecasts
    quoted = quoting(proposal.sentence, forecasts)
    alike = like(proposal.forecaster, proposal.claim, proposal.window.reading.window, forecasts)
    return next((one for one in alike if one in quoted), None)


def _left_text(left: LeftOut) -> RenderableType:
    from rich.text import Text

    return Text.assemble((f"  –  “{' '.join(left.sentence.split())}”\n", ""), (f"     {left.why.value}", "dim"))


def _short(words: str, most: int = 80) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _data(accepting: Accepting, found: Extraction, *, show_all: bool) -> dict[str, Any]:
    from tracker.cli.proposals import doubts
    from tracker.report.data import window_data

    article = accepting.article
    proposals = []
    for number, proposal in enumerate(found.proposals, start=1):
        made = accepting.draft(proposal)
        condition, about = accepting.condition(proposal)
        reading = proposal.window.reading
        proposals.append(
            {
                "number": number,
                "quote": proposal.sentence,
                "at": proposal.start,
                "forecaster": proposal.forecaster or None,
                "attribution": proposal.attribution,
                "likelihood": {
                    "words": proposal.likelihood.words,
                    "probability": proposal.likelihood.probability,
                    "low": proposal.likelihood.low,
                    "high": proposal.likelihood.high,
                },
                "window": {
                    "phrase": proposal.window.phrase,
                    **window_data(reading.window),
                    "is_default": proposal.window.is_default,
                    "other": window_data(reading.other) if reading.other else None,
                    "doubt": reading.doubt or None,
                },
                "expects": proposal.expects.value,
                "condition": proposal.condition or None,
                "claim": proposal.claim,
                "reason": proposal.reason,
                "already": list(_already(accepting.context, proposal)),
                "draft": {"topic": made.topic, "event": made.event, "against": made.against, "if": condition or None},
                "doubts": list(doubts(made, about)),
            }
        )
    data: dict[str, Any] = {
        "article": {"title": article.title, "published": str(article.published), "url": article.url or None},
        "language": found.language,
        "proposals": proposals,
    }
    if show_all:
        data["left_out"] = [{"quote": one.sentence, "at": one.start, "why": one.why.value} for one in found.left_out]
        data["other_sentences"] = found.others
    return data
