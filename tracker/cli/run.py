"""`tracker run`: the same pass, again and again."""

from __future__ import annotations

import traceback

import click

from tracker.cli.context import Context, pass_context
from tracker.errors import TrackerError


@click.command("run")
@click.option("--every", metavar="SPAN", help="Time between passes: 30m, 1h, 1d (default 1h, or that of tracker.toml).")
@pass_context
def run_command(context: Context, every: str | None) -> int:
    """Check now and then at an interval, one pass at a time, until stopped by Ctrl-C or SIGTERM.

    \b
    tracker run --every 30m

    The pass in hand is finished first. A second tracker in the same workspace is refused.
    """
    from tracker.cli.check import check_once
    from tracker.schedule import alone, repeat
    from tracker.workspace import interval_words

    workspace = context.workspace.with_options(every=every)

    def one_pass() -> None:
        # Read anew each time: forecasts and feeds may have been edited since the last pass.
        try:
            check_once(Context(context.folder, context.options))
        except TrackerError as error:
            click.echo(f"error: {error}", err=True)
        except Exception:
            click.echo(traceback.format_exc(), err=True)

    with alone(workspace.lock):
        every_words = interval_words(workspace.settings.every)
        click.echo(f"checking every {every_words}; Ctrl-C stops after the pass in hand", err=True)
        repeat(one_pass, workspace.settings.every)
    click.echo("stopped", err=True)
    return 0
