"""`tracker export`: the forecasts and where each stands, for a spreadsheet, a page or another program."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tracker.cli.context import Context, pass_context
from tracker.cli.listing import recorded_standings
from tracker.cli.selection import selection_options
from tracker.errors import LedgerError
from tracker.report.standing import Selection, selected
from tracker.wording import counted


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(["csv", "json", "markdown", "schema"]))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a file instead."
)
@selection_options
@pass_context
def export_command(context: Context, form: str, output: Path | None, selection: Selection) -> int:
    """Write the forecasts with where each stands: as csv, json (with the scorecard), or a markdown table.

    \b
    tracker export csv --output forecasts.csv
    tracker export json --forecaster Averin --since 2025-01-01

    Verdicts are those of the last check, a person's decisions go first. In CSV an apostrophe stands before what a
    spreadsheet would take for a formula. tracker export schema writes the JSON Schema of the JSON. A file is replaced
    in one piece.
    """
    from tracker.report.export import as_csv, as_json, as_markdown, schema

    if form == "schema":
        _write(schema(), output)
        return 0
    mistakes = context.tell_mistakes(context.listed)
    standings = selected(recorded_standings(context), selection)
    if form == "csv":
        _write(as_csv(standings, context.today), output, mark=True)
    elif form == "json":
        _write(as_json(standings, context.today, selection), output)
    else:
        _write(as_markdown(standings, context.today), output)
    if output:
        click.echo(f"{counted(len(standings), 'forecast')} written to {output}")
    return 1 if mistakes else 0


def _write(text: str, output: Path | None, *, mark: bool = False) -> None:
    """Write UTF-8 to standard output, or in place of a file; `mark` lets spreadsheets know the encoding of a file."""
    if output is None:
        # Bytes: the encoding and the line ends are those of the format, whatever the terminal's are.
        sys.stdout.buffer.write(text.encode())
        return
    from tracker.ledger.replace import replace_file

    content = text.encode("utf-8-sig" if mark else "utf-8")
    try:
        if output.exists() and not output.is_file():  # a pipe, a device: there is nothing to replace
            output.write_bytes(content)
            return
        before = output.read_bytes() if output.exists() else None
    except OSError as error:
        raise LedgerError(f"cannot be written: {error.strerror}", where=str(output)) from error
    replace_file(output, before, content)
