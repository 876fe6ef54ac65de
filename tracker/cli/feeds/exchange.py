"""`tracker feeds import` and `export`: lists of feeds of other programs, in OPML."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.context import Context, pass_context
from tracker.cli.feeds.named import followed
from tracker.errors import OpmlError, UsageError
from tracker.feeds.clean import is_web_address
from tracker.wording import counted


@click.command("import", short_help="Follow the feeds of a list in OPML.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_context
def import_feeds(context: Context, file: Path) -> int:
    """Follow the feeds of a list in OPML, as other feed readers export it. Those that are followed already stay so.

    \b
    tracker feeds import subscriptions.opml

    None is read yet: tracker feeds poll. Exits with 1 when a line of the list is wrong; the others are followed.
    """
    from tracker.feeds.opml import add_subscriptions, read_outlines
    from tracker.schedule import alone

    found, errors = read_outlines(file)
    for one in found:
        if not is_web_address(one.address):
            mend = "copy it into the workspace, then tracker feeds add"
            errors.append(OpmlError(f"{one.address} is a file of another workspace", where=str(file), mend=mend))
    on_the_web = [one for one in found if is_web_address(one.address)]
    with alone(context.workspace.lock):
        added = add_subscriptions(context.workspace.opml, on_the_web)
    context.tell(errors)
    known = len(on_the_web) - len(added)
    also = f"; {known} of the list followed already" if known else ""
    click.echo(f"following {counted(len(added), 'feed')} more{also}")
    return 1 if errors else 0


@click.command("export", short_help="Write the list of feeds as OPML.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@pass_context
def export_feeds(context: Context, file: Path | None) -> int:
    """Write the list of the feeds on the web as OPML, for other feed readers: to a new file, or to standard output.

    \b
    tracker feeds export > subscriptions.opml
    """
    from tracker.feeds.opml import as_opml

    subscriptions = followed(context)
    on_the_web = [one for one in subscriptions if is_web_address(one.address)]
    document = as_opml(on_the_web)
    if file is None:
        click.echo(document, nl=False)
    else:
        try:
            with file.open("x", encoding="utf-8") as stream:
                stream.write(document)
        except FileExistsError as error:
            raise UsageError(f"{file} is there already", mend="nothing was written; choose a new name") from error
        except OSError as error:
            raise UsageError(f"{file} cannot be written: {(error.strerror or str(error)).lower()}") from error
        click.echo(f"{counted(len(on_the_web), 'feed')} written to {file}")
    if left_out := len(subscriptions) - len(on_the_web):
        click.echo(f"{counted(left_out, 'file')} of this workspace left out", err=True)
    return 1 if context.subscriptions[1] else 0
