"""What does the user type? The commands, each in a file of its own, read only when it is called.

A mistake is told in one line on standard error, with where and how to mend it, and never as a traceback.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

import click

from tracker import __version__
from tracker.errors import ManyErrors, TrackerError

# In the order of the help page. A command that lives elsewhere than in the file of its name says so after the colon.
_COMMANDS = (
    "init",
    "check",
    "run",
    "notify",
    "list:listing",
    "show",
    "scorecard",
    "export",
    "extract",
    "add",
    "draft",
    "tune",
    "edit",
    "lint",
    "decide",
    "review",
    "search",
    "explain",
    "serve",
    "feeds",
    "backfill",
)


class _Commands(click.Group):
    """The commands by name, imported one at a time: `tracker list` must not wait for what `tracker check` needs."""

    def list_commands(self, context: click.Context) -> list[str]:
        return [name.partition(":")[0] for name in _COMMANDS]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        for entry in _COMMANDS:
            command, _, module = entry.partition(":")
            if command == name:
                found = getattr(import_module(f"tracker.cli.{module or command}"), f"{command}_command")
                return found if isinstance(found, click.Command) else None
        return None

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(context, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(context), n=1)
            if near and not getattr(error, "possibilities", None):
                told = f"{error.message.rstrip('.')}. Did you mean {near[0]}?"
                raise click.UsageError(told, context) from error
            raise


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with “tracker init DIR”, then “tracker check” in it.",
)
@click.version_option(__version__, "-V", "--version", message="tracker %(version)s")
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="TRACKER_WORKSPACE",
    help="The folder that holds forecasts/; by default this one or the nearest above.",
)
@click.option(
    "--database", metavar="URL", envvar="TRACKER_DATABASE", help="A SQLAlchemy URL instead of data/tracker.sqlite."
)
@click.option("--timezone", metavar="NAME", help="The time zone of days, such as Europe/London (default UTC).")
@click.option("--coverage", type=float, metavar="SHARE", help="How much must be watched before silence counts (0.8).")
@click.option("--lag-days", type=int, metavar="DAYS", help="How long reports may trail a window's close (2).")
@click.option("--sources", type=int, metavar="COUNT", help="How many independent origins an event needs (2).")
@click.option(
    "--private-networks",
    multiple=True,
    default=None,
    metavar="NETWORK",
    help="A network that is not public and that feeds may lead to, such as 127.0.0.0/8; can be repeated.",
)
@click.option("--feed-megabytes", type=int, metavar="SIZE", help="How large a feed may be once unpacked (10).")
@click.option(
    "--alerts",
    multiple=True,
    default=None,
    metavar="ADDRESS",
    envvar="TRACKER_ALERTS",
    help="Where alerts go, as an Apprise address; can be repeated. Better in TRACKER_ALERTS: it holds secrets.",
)
@click.option("--closing-days", type=int, metavar="DAYS", help="How long before its close to tell of a window (7).")
@click.pass_context
def tracker(context: click.Context, /, workspace: Path | None, **settings: object) -> None:
    """Hold public forecasts to account: settle them from the news, with the evidence, and score the forecaster."""
    from tracker.cli.context import Context

    context.obj = Context(workspace, settings)


def _tell_once(words: str) -> None:
    """Tell that the output cannot be written, and keep Python from telling it again when it closes the output."""
    with suppress(OSError):
        click.echo(words, err=True)
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a question mark, not a crash; a closed stream is None.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = tracker(standalone_mode=False, prog_name="tracker")
        if sys.stdout is not None:
            sys.stdout.flush()
    except ManyErrors as many:
        for error in many.errors:
            click.echo(f"error: {error}", err=True)
        sys.exit(many.exit_code)
    except TrackerError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read the output has seen enough (tracker list | head).
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        _tell_once(f"error: the output cannot be written: {error.strerror}")
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
