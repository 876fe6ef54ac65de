"""`tracker lint`: every mistake in the workspace's files at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, console, pass_context, print_json
from tracker.errors import ConceptError, ConfigError, LedgerError, OpmlError, QueryError, TrackerError
from tracker.model import Place
from tracker.wording import counted

if TYPE_CHECKING:
    from tracker.concepts import Concepts, Definition
    from tracker.workspace import Workspace


@dataclass
class _Found:
    """What is wrong, and what is odd; how many forecasts stand in how many files."""

    errors: list[TrackerError] = field(default_factory=list)
    warnings: list[TrackerError] = field(default_factory=list)
    forecasts: int = 0
    files: int = 0


@click.command("lint")
@click.option("--json", "as_json", is_flag=True, help="Print data for other programs.")
@pass_context
def lint_command(context: Context, as_json: bool) -> int:
    """Tell every mistake in the forecasts, concepts, decisions, list of feeds and settings, each with file and line.

    \b
    tracker lint

    Exits with 1 when there is a mistake; a warning is only told.
    """
    found = _Found()
    workspace = _workspace(context, found)
    concepts, all_read = _check_concepts(workspace, found)
    _check_forecasts(workspace, concepts, found, told=not all_read)
    _check_feeds(workspace, found)
    for error in (*found.errors, *found.warnings):
        error.where = _in(workspace.root, error.where)
    if as_json:
        data: dict[str, Any] = {"forecasts": found.forecasts, "files": found.files}
        print_json(data | {"errors": _data(found.errors), "warnings": _data(found.warnings)})
    else:
        _tell(found)
    return 1 if found.errors else 0


def _workspace(context: Context, found: _Found) -> Workspace:
    """The workspace; with default settings where its own are broken, so that the rest can be looked at."""
    from tracker.workspace import Settings, Workspace

    try:
        return context.workspace
    except ConfigError as error:
        found.errors.append(error)
        base = (context.folder or Path.cwd()).absolute()
        root = next(folder for folder in (base, *base.parents) if (folder / "forecasts").is_dir())
        return Workspace(root, Settings())


def _check_concepts(workspace: Workspace, found: _Found) -> tuple[Concepts, bool]:
    """The concepts, and whether the workspace's own are among them: their queries are read, their examples tried."""
    from tracker.concepts import load_concepts, read_definitions

    path = workspace.concepts_file
    try:
        concepts = load_concepts(path)
    except ConceptError as error:
        found.errors.append(error)
        return load_concepts(), False
    own = read_definitions(path.read_text("utf-8"), f"{path.parent.name}/{path.name}") if path.is_file() else {}
    for definition in own.values():
        try:
            found.warnings += _examples(concepts, definition)
        except ConceptError as error:
            found.errors.append(error)
    return concepts, True


def _examples(concepts: Concepts, definition: Definition) -> Iterator[TrackerError]:
    """The headlines that a concept says it has, and has not, or the other way round."""
    from tracker.query import Document, Program

    program = Program()
    number = program.add(concepts(definition.name))
    for headlines, wanted in ((definition.hit, True), (definition.miss, False)):
        for headline in headlines:
            if (program.read(Document(headline, "", "")).matches(number) is not None) is not wanted:
                told = "does not match its hit" if wanted else "matches its miss"
                what = f"@{definition.name} {told} “{headline}”"
                yield ConceptError(what, where=definition.place, mend="change its queries, or the example")


def _check_forecasts(workspace: Workspace, concepts: Concepts, found: _Found, *, told: bool) -> None:
    """The forecasts, and the decisions on them; `told` when concepts are missing for a reason that was told."""
    from tracker.decisions import read_decisions
    from tracker.duplicates import duplicates
    from tracker.ledger import Defaults, read_ledger
    from tracker.ledger.files import forecast_files

    settings = workspace.settings
    defaults = Defaults(settings.coverage, settings.lag_days, settings.sources)
    ledger = read_ledger(workspace.forecasts, concepts=concepts, defaults=defaults)
    for error in ledger.errors:
        # A concept that is broken, or lost with its file, was told; each query that uses it would tell it again.
        cause = error.__cause__
        if not (isinstance(cause, ConceptError) and (told or cause.where)):
            found.errors.append(error)
    found.warnings += ledger.warnings
    for forecast, other in duplicates(ledger.forecasts):
        what = f"{forecast.id} claims what {other.id} does: one forecaster, nearly the same claim and window"
        found.warnings.append(LedgerError(what, where=forecast.place, mend=f"{other.place} has it; keep one of them"))
    found.forecasts, found.files = len(ledger.forecasts), len(forecast_files(workspace.forecasts))
    decisions = read_decisions(workspace.decisions)
    found.errors += decisions.errors
    known = {forecast.id for forecast in ledger.forecasts}
    if not ledger.errors:
        found.warnings += [
            LedgerError(f"a decision on “{name}”, which is no forecast", where="data/decisions.jsonl")
            for name in decisions.standing.keys() - known
        ]


def _check_feeds(workspace: Workspace, found: _Found) -> None:
    """The list of feeds, and whether the files among them are there."""
    from tracker.errors import FeedError
    from tracker.feeds.clean import is_web_address
    from tracker.feeds.local import read_file
    from tracker.feeds.opml import read_outlines

    if not workspace.opml.is_file():
        mend = "tracker feeds add ADDRESS"
        found.warnings.append(OpmlError("no feeds are followed", where=str(workspace.opml), mend=mend))
        return
    try:
        subscriptions, errors = read_outlines(workspace.opml)
    except OpmlError as error:
        found.errors.append(error)
        return
    found.errors += errors
    for subscription in subscriptions:
        if not is_web_address(subscription.address):
            try:
                read_file(subscription.address, workspace.root, workspace.settings.feed_megabytes * 1_000_000)
            except FeedError as error:
                error.what, error.where = f"{subscription.address}: {error.what}", str(workspace.opml)
                found.errors.append(error)


def _in(root: Path, where: Place | str | None) -> Place | str | None:
    """The place as seen from the workspace."""
    if isinstance(where, Place):
        return Place(where.file.removeprefix(f"{root}/"), where.line)
    return where and where.removeprefix(f"{root}/")


def _data(errors: list[TrackerError]) -> list[dict[str, Any]]:
    return [
        {
            "file": error.where.file if isinstance(error.where, Place) else error.where,
            "line": error.where.line if isinstance(error.where, Place) else None,
            "column": error.column if isinstance(error, QueryError) else None,
            "what": error.what,
            "mend": error.mend or None,
        }
        for error in errors
    ]


def _tell(found: _Found) -> None:
    from rich.text import Text

    out = console()
    for name, style, errors in (("error", "red", found.errors), ("warning", "yellow", found.warnings)):
        for error in errors:
            # One line each, however long, so that other programs can read them by the line.
            out.print(Text.assemble((name, style), f": {error}"), soft_wrap=True)
    told = f"{counted(found.forecasts, 'forecast')} in {counted(found.files, 'file')}, "
    told += counted(len(found.errors), "mistake") if found.errors else "no mistakes"
    if found.warnings:
        told += f", {counted(len(found.warnings), 'warning')}"
    out.print(Text(told), soft_wrap=True)
