"""A real web server in a thread on 127.0.0.1, whose answers a test writes down beforehand."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass(frozen=True)
class Asked:
    """A request as it came: its path, and its headers by name in lower case."""

    path: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """What to answer. A stalling reply sends its body and then nothing more, without hanging up."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stalls: bool = False


class _Quiet(ThreadingHTTPServer):
    # A poll hands in dozens of requests at once.
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a client that hangs up is what many a test is about
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Server:
    """`with Server() as server:` then `server.replies["/feed"] = Reply(...)` and `server.url("/feed")`.

    A reply may also be a function of the request. Paths without a reply are answered with 404; `asked` is what came.
    """

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[Asked], Reply]] = {}
        self.asked: list[Asked] = []
        self._closing = threading.Event()
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def url(self, path: str) -> str:
        """The address of a path on this server."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        reply = self.replies.get(asked.path, Reply(b"not here", 404))
        return reply(asked) if callable(reply) else reply

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                reply = server._reply(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
                self.send_response(reply.status)
                if reply.status != 304 and not reply.stalls:
                    self.send_header("Content-Length", str(len(reply.body)))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                try:
                    self.end_headers()
                    self.wfile.write(reply.body)
                    self.wfile.flush()
                except ConnectionError:  # the client had enough
                    self.close_connection = True
                if reply.stalls:
                    server._closing.wait()
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
