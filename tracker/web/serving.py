"""How is the server run? On a socket of its own, until it is asked to stop."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tracker.errors import UsageError
from tracker.web.app import make_app
from tracker.web.guard import Guard
from tracker.web.live import Live

_MOST_AT_ONCE = 100
_BACKLOG = 128


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens, for as long as the block runs; port 0 is any that is free. UsageError where it cannot."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UsageError(
            f"--host {host} is no address of this machine", mend="127.0.0.1, or 0.0.0.0 for all"
        ) from error
    with opened:
        try:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.bind(address)
            opened.listen(_BACKLOG)
        except OSError as error:
            raise UsageError(
                f"cannot listen at {host}:{port}: {error.strerror}", mend="choose another --port"
            ) from error
        yield opened


def server(live: Live, guard: Guard) -> uvicorn.Server:
    """The server of a workspace, not started yet."""
    config = uvicorn.Config(
        make_app(live, guard),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


def serve(live: Live, guard: Guard, at: socket.socket) -> None:
    """Answer until SIGINT or SIGTERM."""
    server(live, guard).run(sockets=[at])
