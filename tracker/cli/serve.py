"""`tracker serve`: the workspace in a browser."""

from __future__ import annotations

import os
import secrets

import click

from tracker.cli.context import Context, pass_context

_TOKEN = "TRACKER_TOKEN"  # noqa: S105 - the name of a variable
_WAIT_SECONDS = 10.0  # for a check to finish its writing, before a page says that it is at work


@click.command("serve")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; anything but this machine needs a token."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8477, show_default=True, help="On which port.")
@click.option(
    "--name", "names", multiple=True, metavar="NAME", help="A further name of this server, as behind a proxy."
)
@pass_context
def serve_command(context: Context, host: str, port: int, names: tuple[str, ...]) -> int:
    """Look at the forecasts in a browser, review what needs a person, and add forecasts.

    \b
    tracker serve
    TRACKER_TOKEN=a-long-secret tracker serve --host 0.0.0.0

    It is for this machine alone unless --host or --name says otherwise: then visitors need the token in TRACKER_TOKEN
    or tracker.toml, or one that is made up and printed at the start. Stop it with Ctrl-C.
    """
    from tracker.web.guard import Guard, is_loopback
    from tracker.web.live import Live
    from tracker.web.serving import listen, serve

    open_to_others = not is_loopback(host) or bool(names)
    given = os.environ.get(_TOKEN)
    workspace = context.workspace.with_options(serve_token=given) if given else context.workspace
    token = workspace.settings.serve_token
    if open_to_others and not token:
        token = secrets.token_urlsafe(24)
    context.refuse_missing_database()
    with listen(host, port) as socket, context.store(made=True, wait_seconds=_WAIT_SECONDS) as store:
        guard = Guard(host, socket.getsockname()[1], frozenset(name.casefold() for name in names), token)
        live = Live(context.workspace, store, lambda: context.now)
        live.snapshot().index  # noqa: B018 - worked out now, so that the first visitor need not wait
        context.tell(list(live.snapshot().mistakes))
        click.echo(f"serving {context.workspace.root} at {guard.address} (Ctrl-C stops it)")
        serve(live, guard, socket)
    return 0
