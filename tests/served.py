"""`tracker serve` for tests: a real server on 127.0.0.1, and a client that sends just what it is told to."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from tracker.store import open_store
from tracker.web.guard import FORM_TOKEN, Guard
from tracker.web.live import Live
from tracker.web.serving import listen, server
from tracker.workspace import find_workspace

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OIL = "oil-falls-challenge"
DECISION = {"forecast": OIL, "decision": "confirmed", "why": "I read it.", "by": "Ana", "back": "review"}


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: its status, its headers in lower case, and its body."""

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def words(self) -> str:
        """What a reader reads: the body without its tags, in one line."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.body)).split())


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers."""

    guard: Guard
    live: Live

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.guard.port}"

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Got:
        """Send a request with these headers and no others but Host (unless given) and Content-Length."""
        connection = http.client.HTTPConnection("127.0.0.1", self.guard.port, timeout=30)
        try:
            given = dict(headers or {})
            connection.putrequest(method, path, skip_host="Host" in given, skip_accept_encoding=True)
            for name, value in given.items():
                connection.putheader(name, value)
            if body or method == "POST":
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            content = answer.read().decode("utf-8", "replace")
            return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Got:
        return self.ask("GET", path, headers)

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Got:
        """Send a form of ours as a browser would, with other headers where they are given."""
        body = urlencode({FORM_TOKEN: self.guard.form_token, **fields}).encode()
        own = {
            "Origin": self.origin,
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self.ask("POST", path, own | dict(headers or {}), body)


@contextmanager
def served(
    folder: Path, *, host: str = "127.0.0.1", names: frozenset[str] = frozenset(), token: str = ""
) -> Iterator[Served]:
    """A workspace's server for as long as the block runs; `host` is only what its guard believes to listen at."""
    workspace = find_workspace(folder, folder)
    with (
        listen("127.0.0.1", 0) as socket,
        open_store(workspace.database, wait_seconds=1, zone=workspace.zone) as store,
    ):
        guard = Guard(host, socket.getsockname()[1], names, token)
        live = Live(workspace, store, lambda: NOW)
        running = server(live, guard)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [socket]})
        thread.start()
        try:
            yield Served(guard, live)
        finally:
            running.should_exit = True
            thread.join(timeout=30)
    assert not thread.is_alive()
