"""`tracker add`: a new forecast, by options or in answer to questions."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, console, pass_context, print_json
from tracker.cli.forecast_options import forecast_options, given, option_name, text
from tracker.errors import ManyErrors, UsageError
from tracker.ledger.layout import REQUIRED

if TYPE_CHECKING:
    from tracker.cli.guided import Guide
    from tracker.ledger.layout import Value
    from tracker.model import Article

_ARTICLE_OPTIONS = {"title": "--article-title", "published": "--published", "url": "--url", "text": "--text"}


@click.command("add")
@click.option("--file", metavar="FILE", help="The article's file in forecasts/, there or new.")
@click.option("--article-title", "title", callback=text, metavar="TEXT", help="For a new file: the article's title.")
@click.option("--published", metavar="DATE", help="For a new file: the day the article was published.")
@click.option("--url", metavar="ADDRESS", help="For a new file: where the article stands.")
@click.option("--text", metavar="FILE", help="For a new file: the article's words, to check quotes against.")
@forecast_options
@click.option("--yes", is_flag=True, help="Write it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def add_command(context: Context, /, file: str | None, yes: bool, as_json: bool, **options: Any) -> int:  # noqa: ANN401
    """Add a forecast to a file: answer the questions, or say it all by options.

    \b
    tracker add
    tracker add --file oil.yaml --article-title "Oil in 2026" --published 2025-12-01 \\
      --id oil-above-100 --forecaster "A. Writer" --quote "Oil will pass $100." \\
      --claim "Brent rises above $100." --likelihood will --window "in 2026" \\
      --expects happens --topic Brent --event 'Brent NEAR/8 #>=100USD' --yes

    Before it is written you see how the window and the likelihood are read, and which stored items match.
    """
    from tracker.cli.paths import forecast_file

    context.refuse_missing_database()
    fields = given(options)
    about = {key: options[key] for key in _ARTICLE_OPTIONS if options[key] is not None}
    path = None if file is None else forecast_file(context, file)
    if not sys.stdin.isatty():
        path = _complete(path, about, fields, yes=yes)
        return _write(context, path, _article(context, path, about), fields, as_json=as_json)
    path, guide = _asked(context, path, about, fields, err=as_json)
    if not yes and not _agreed(guide, path):
        click.echo("nothing was written", err=True)
        return 1
    return _write(context, path, guide.article, guide.fields, as_json=as_json, quiet=not yes)


def _complete(path: Path | None, about: Mapping[str, str], fields: Mapping[str, Value], *, yes: bool) -> Path:
    """The file, where options say all that is needed and nobody can be asked; else every one that is missing."""
    missing = [] if path else ["--file"]
    if path and not path.exists():
        missing += [_ARTICLE_OPTIONS[key] for key in ("title", "published") if key not in about]
    missing += [option_name(key) for key in REQUIRED if key not in fields] + ([] if yes else ["--yes"])
    if missing or path is None:
        raise click.UsageError(f"Missing: {', '.join(missing)}. On a terminal, tracker add asks for what is missing.")
    return path


def _asked(
    context: Context, path: Path | None, about: Mapping[str, str], fields: dict[str, Value], *, err: bool
) -> tuple[Path, Guide]:
    """The file, and the guide with every question asked whose answer was missing."""
    from tracker.cli.guided import Guide, ask_article, ask_file
    from tracker.ledger.read import read_path

    path = path or ask_file(context, err=err)
    forecaster = ""
    if path.exists():
        article = _article(context, path, about)
        entries = read_path(path, concepts=context.concepts, defaults=context.defaults).entries
        forecaster = next((entry.forecast.forecaster for entry in reversed(entries) if entry.forecast), "")
    else:
        article = ask_article(context, about, err=err)
    guide = Guide(context, article, fields, forecaster, err)
    if any(key not in fields for key in REQUIRED):
        guide.ask_missing()
    return path, guide


def _article(context: Context, path: Path, about: Mapping[str, str]) -> Article:
    """The article of the file, which must be the one that options speak of, or of a new file by these options."""
    from tracker.cli.guided import new_article
    from tracker.ledger.read import read_path

    if not path.exists():
        return new_article(context, about)
    reading = read_path(path, concepts=context.concepts, defaults=context.defaults)
    if reading.article is None:
        raise ManyErrors(reading.errors)
    theirs = {key: str(getattr(reading.article, key)) for key in _ARTICLE_OPTIONS}
    for key, words in about.items():
        if words != theirs[key]:
            what = f"{_ARTICLE_OPTIONS[key]}: {path.name} is about “{theirs['title']}” of {theirs['published']}"
            raise UsageError(what, mend="one file holds one article: choose another file, or leave the option out")
    return reading.article


def _agreed(guide: Guide, path: Path) -> bool:
    """Show what the forecast amounts to until it is to be written, or not; any answer can be given anew."""
    from tracker.cli.guided import QUESTIONS, ask

    questions = {question.key: question for question in QUESTIONS}
    _show(guide.context, path, guide.article, guide.fields, err=guide.err)
    while True:
        answer = ask("Write it (yes, no, or what to change, such as window)", "yes", err=guide.err).casefold()
        if answer in ("y", "yes", "n", "no"):
            return answer.startswith("y")
        if answer in questions:
            guide.ask(questions[answer])
            _show(guide.context, path, guide.article, guide.fields, err=guide.err)
        else:
            click.echo(f"  {answer}: answer yes, no, or one of {', '.join(questions)}", err=guide.err)


def _show(context: Context, path: Path, article: Article, fields: Mapping[str, Value], *, err: bool) -> None:
    from rich.text import Text

    from tracker.cli.preview import preview_text
    from tracker.report.terminal import write

    shown = context.drafting.preview(*context.drafting.read(article, fields))
    heading = Text(f"{path.parent.name}/{path.name}: {article.title} ({article.published})", style="dim")
    write(console(stderr=err), Text(), heading, *preview_text(shown), Text())


def _write(
    context: Context, path: Path, article: Article, fields: Mapping[str, Value], *, as_json: bool, quiet: bool = False
) -> int:
    """Write the forecast and say where it is, with what it amounts to unless that was shown; the exit code."""
    from tracker.cli.preview import preview_data
    from tracker.ledger.edit import append_forecast

    if not as_json and not quiet:
        _show(context, path, article, fields, err=False)
    _, warnings = context.drafting.read(article, fields)
    forecast = append_forecast(path, article, fields, concepts=context.concepts, defaults=context.defaults)
    if as_json:
        print_json(preview_data(context.drafting.preview(forecast, warnings)))
    else:
        click.echo(f"{forecast.id} is in {forecast.place}")
    return 0
