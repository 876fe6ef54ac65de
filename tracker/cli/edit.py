"""`tracker edit`: a forecast changed, by options or in an editor."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.context import Context, console, pass_context
from tracker.cli.forecast_options import OPTIONAL, forecast_options, given

if TYPE_CHECKING:
    from rich.table import Table

    from tracker.ledger.entries import Entry, FileReading
    from tracker.ledger.layout import Value
    from tracker.model import Forecast

_TAKE_A_LINE = {"vi", "vim", "nvim", "nano", "emacs"}
"""Editors that open a file at a line when they are called as EDITOR +LINE FILE."""


@click.command("edit")
@click.argument("name", metavar="ID")
@forecast_options
@click.option("--unset", type=click.Choice(OPTIONAL), multiple=True, help="Take an optional key out; may be repeated.")
@pass_context
def edit_command(context: Context, /, name: str, unset: tuple[str, ...], **options: Any) -> int:  # noqa: ANN401
    """Change what the options say of a forecast; without options, open its file in your editor.

    \b
    tracker edit oil-above-100 --window "by the end of 2026" --unset against

    Comments and order in the file stay as they are. --tag replaces all tags.
    """
    changes: dict[str, Value | None] = dict(given(options))
    if both := [key for key in unset if key in changes]:
        raise click.UsageError(f"{both[0]} is both set and unset.")
    changes |= dict.fromkeys(unset)
    path, entry = _find(context, name)
    if changes:
        return _change(context, path, entry, changes)
    return _open(context, path, entry)


def _find(context: Context, name: str) -> tuple[Path, Entry]:
    """The file and entry of an id, of a forecast with mistakes too; or of the one id that begins so. NotFoundError."""
    from tracker.ledger.files import forecast_files

    found: dict[str, tuple[Path, Entry]] = {}
    for path in forecast_files(context.workspace.forecasts):
        for entry in _read(context, path).entries:
            if entry.id:
                found.setdefault(entry.id, (path, entry))
    return found.get(name) or found[context.forecast(name).id]


def _read(context: Context, path: Path) -> FileReading:
    from tracker.ledger.read import read_path

    return read_path(path, concepts=context.concepts, defaults=context.defaults)


def _change(context: Context, path: Path, entry: Entry, changes: dict[str, Value | None]) -> int:
    """Set and take out keys; show what that changed, and what the forecast now amounts to."""
    from tracker.ledger.edit import edit_forecast

    after = edit_forecast(path, entry.id, changes, concepts=context.concepts, defaults=context.defaults)
    _tell(context, path, entry.forecast, after)
    if after.id != entry.id and entry.id in context.decisions.standing:
        click.echo(f"warning: the decision on {entry.id} does not follow the new id", err=True)
    return 0


def _open(context: Context, path: Path, entry: Entry) -> int:
    """Let a person edit the file, then read it again and tell every mistake in it."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor and not sys.stdin.isatty():
        raise click.UsageError("Say what to change: --claim, --window …; or set EDITOR.")
    before = path.read_bytes()
    takes_a_line = editor and Path(shlex.split(editor)[0]).name in _TAKE_A_LINE
    click.edit(editor=f"{editor} +{entry.place.line}" if takes_a_line else editor, filename=str(path))
    if path.exists() and path.read_bytes() == before:
        click.echo("nothing was changed")
        return 0
    fresh = Context(context.folder, context.options)
    mistakes = fresh.tell_mistakes()
    after = next((forecast for forecast in fresh.ledger.forecasts if forecast.id == entry.id), None)
    if after:
        _tell(fresh, path, entry.forecast, after)
    elif not mistakes:
        click.echo(f"no mistakes; there is no {entry.id} any more")
    return 1 if mistakes else 0


def _tell(context: Context, path: Path, before: Forecast | None, after: Forecast) -> None:
    from rich.text import Text

    from tracker.cli.preview import preview_text
    from tracker.report.terminal import write

    entries = _read(context, path).entries
    warnings = next(entry.warnings for entry in entries if entry.id == after.id)
    out = console()
    write(out, Text.assemble((after.id, "bold"), f" in {after.place}"))
    changed = [] if before is None else _changed(_written(before), _written(after))
    if before is not None:
        write(out, _table(changed) if changed else Text("nothing was changed: it says so already"))
    write(out, Text(), *preview_text(context.drafting.preview(after, warnings)))


def _written(forecast: Forecast) -> dict[str, str]:
    """What a forecast says, by the keys of its file."""
    criterion = forecast.criterion
    return {
        "id": forecast.id,
        "forecaster": forecast.forecaster,
        "quote": forecast.quote,
        "claim": forecast.claim,
        "likelihood": forecast.likelihood.words,
        "window": criterion.window_phrase,
        "expects": forecast.expects.value,
        "topic": criterion.topic,
        "event": criterion.event,
        "against": criterion.against,
        "sources": str(criterion.sources),
        "times": str(criterion.times),
        "lag": str(criterion.lag_days),
        "lasts": "yes" if criterion.lasts else "no",
        "audible": "" if criterion.audible is None else "yes" if criterion.audible else "no",
        "kind": criterion.kind,
        "coverage": f"{forecast.coverage:g}",
        "counts": forecast.counts,
        "tags": ", ".join(forecast.tags),
        "if": forecast.condition.claim if forecast.condition else "",
    }


def _changed(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(key, before[key], after[key]) for key in before if before[key] != after[key]]


def _table(changed: Sequence[tuple[str, str, str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for key, before, after in changed:
        table.add_row(key, Text(before or "nothing", style="red"))
        table.add_row(Text("→", justify="right"), Text(after or "nothing", style="green"))
    return table
