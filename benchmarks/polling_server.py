"""What do the pollers' feeds come from? A web server in a process of its own, on every address of 127.0.0.0/8.

    with serving(NEWS, 500) as server:
        server.begin(delay_seconds=0.05)
        ...  # poll server.addresses
        print(server.counted())

It shares the machine with those who poll it, so it does next to nothing: every answer is made beforehand, packed with
gzip for those who accept that. It keeps connections open, tells ETag and Last-Modified, and answers 304 by
If-None-Match or, without one, by If-Modified-Since (RFC 9110, section 13). Every feed has an address of its own, as
most feeds have a host of their own. Linux answers on all of 127.0.0.0/8; other systems need to be told.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.utils import format_datetime, parsedate_to_datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from polling_feeds import State, made_feeds

_ASKED = re.compile(rb"\r\n(if-none-match|if-modified-since|accept-encoding|connection):[ \t]*([^\r]*)", re.IGNORECASE)
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
_CONTROL = b"/control/"


@dataclass(slots=True)
class Counted:
    """What was asked and answered since the last count; bytes as they were sent, heads included."""

    requests: int = 0
    packed: int = 0
    unchanged: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server as the benchmark knows it. `items` are published at first, `new` ones after `change`."""

    port: int
    feeds: int
    items: int
    new: int

    @property
    def addresses(self) -> list[str]:
        """The address of each feed."""
        return [f"http://127.0.{1 + n // 250}.{1 + n % 250}:{self.port}/{n}" for n in range(self.feeds)]

    def begin(self, delay_seconds: float = 0) -> None:
        """Publish every feed in its first state, with a delay before each answer, and count from zero."""
        self._tell(f"begin?delay={delay_seconds}")

    def change(self) -> None:
        """Publish a tenth of the feeds in their second state."""
        self._tell("change")

    def counted(self) -> Counted:
        """The requests since the last count."""
        return Counted(**json.loads(self._tell("count")))

    def _tell(self, what: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", f"{_CONTROL.decode()}{what}")
            return connection.getresponse().read()
        finally:
            connection.close()


@contextmanager
def serving(news: Path | None, feeds: int) -> Iterator[Server]:
    """A server with so many feeds in a process of its own, for as long as the block runs."""
    command = [sys.executable, __file__, str(feeds), *([str(news)] if news else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if not process.stdout or not process.stdin:
            raise SystemExit("the server has no pipes")
        try:
            yield Server(**json.loads(process.stdout.readline()))
        finally:
            process.stdin.close()  # it ends with its input, also when this process is killed


class _Answers:
    """The answers that a feed in one state may give, heads and all."""

    __slots__ = ("etag", "packed", "plain", "unchanged", "written")

    def __init__(self, state: State, name: str) -> None:
        self.etag = f'"{name}"'.encode()
        self.written = state.written
        kind = b"application/atom+xml" if b"<feed" in state.document[:200] else b"application/rss+xml"
        marks = b"ETag: %b\r\nLast-Modified: %b\r\n" % (self.etag, format_datetime(state.written, usegmt=True).encode())
        whole = b"HTTP/1.1 200 OK\r\nContent-Type: %b; charset=utf-8\r\nVary: Accept-Encoding\r\n%b" % (kind, marks)
        packed = gzip.compress(state.document, 6, mtime=0)
        self.plain = b"%bContent-Length: %d\r\n\r\n%b" % (whole, len(state.document), state.document)
        self.packed = b"%bContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b" % (whole, len(packed), packed)
        self.unchanged = b"HTTP/1.1 304 Not Modified\r\n%b\r\n" % marks

    def known(self, asked: Mapping[bytes, bytes]) -> bool:
        """Whether the client has this state already."""
        if tags := asked.get(b"if-none-match"):
            return tags == b"*" or self.etag in tags
        if since := asked.get(b"if-modified-since"):
            try:
                return parsedate_to_datetime(since.decode("latin-1")) >= self.written
            except ValueError:
                return False
        return False


class _Site:
    """All feeds, in the state in which they are published now, and the count of what was asked."""

    def __init__(self, news: Path | None, feeds: int) -> None:
        self.items = self.new = 0
        self._first: dict[bytes, _Answers] = {}
        self._later: dict[bytes, _Answers] = {}
        for number, (first, later, new) in enumerate(made_feeds(news, feeds)):
            path = b"/%d" % number
            self._first[path] = _Answers(first, f"{number}-first")
            if later:
                self._later[path] = _Answers(later, f"{number}-later")
            self.items += first.entries
            self.new += new
        self._begin(0)

    def _begin(self, delay: float) -> None:
        self._now = dict(self._first)
        self.delay = delay
        self._count = Counted()

    def answer(self, path: bytes, asked: Mapping[bytes, bytes]) -> bytes:
        """The answer to a request for a feed."""
        self._count.requests += 1
        answers = self._now.get(path)
        if answers is None:
            return _NOT_FOUND
        if answers.known(asked):
            self._count.unchanged += 1
            found = answers.unchanged
        elif b"gzip" in asked.get(b"accept-encoding", b""):
            self._count.packed += 1
            found = answers.packed
        else:
            found = answers.plain
        self._count.sent += len(found)
        return found

    def obey(self, path: bytes) -> bytes:
        """Do what the benchmark asks; the answer to it."""
        parts = urlsplit(path.removeprefix(_CONTROL).decode())
        body = b"{}"
        if parts.path == "begin":
            self._begin(float(parse_qs(parts.query)["delay"][0]))
        elif parts.path == "change":
            self._now |= self._later
        elif parts.path == "count":
            body = json.dumps(asdict(self._count)).encode()
            self._count = Counted()
        else:
            return _NOT_FOUND
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


class _Connection(asyncio.Protocol):
    """One client's connection."""

    def __init__(self, site: _Site) -> None:
        self._site = site
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if not transport.get_extra_info("peername")[0].startswith("127."):  # it listens on every address there is
            transport.abort()

    def data_received(self, data: bytes) -> None:
        *requests, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1]
            if path.startswith(_CONTROL):
                self._transport.write(self._site.obey(path))
                continue
            asked = {name.lower(): value for name, value in _ASKED.findall(request)}
            last = asked.get(b"connection", b"").lower() == b"close"
            answer = self._site.answer(path, asked)
            if self._site.delay:
                asyncio.get_running_loop().call_later(self._site.delay, self._send, answer, last)
            else:
                self._send(answer, last)

    def _send(self, answer: bytes, last: bool) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)
            if last:
                self._transport.close()


async def _serve(site: _Site, feeds: int) -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    server = await loop.create_server(lambda: _Connection(site), "0.0.0.0", 0, backlog=4096)
    port = server.sockets[0].getsockname()[1]
    loop.add_reader(sys.stdin, ended.set)
    print(json.dumps({"port": port, "feeds": feeds, "items": site.items, "new": site.new}), flush=True)
    await ended.wait()


if __name__ == "__main__":
    how_many = int(sys.argv[1])
    asyncio.run(_serve(_Site(Path(sys.argv[2]) if len(sys.argv) > 2 else None, how_many), how_many))
