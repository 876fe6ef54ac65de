"""How does a web server misbehave? Answers down to their bytes, so that no library mends what is broken in them."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

TITLES = ("One", "Two", "Three")
FEED = (
    "<?xml version='1.0'?><rss version='2.0'><channel><title>Odd</title>"
    + "".join(f"<item><title>{title}</title><guid isPermaLink='false'>{title}</guid></item>" for title in TITLES)
    + "</channel></rss>"
).encode()
PAGE = b"<!DOCTYPE html><html><head><title>Sorry</title></head><body>Sorry</body></html>"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: what follows the oddity's name in its path, its headers by name in lower case, the server."""

    rest: str
    headers: dict[str, str]
    base: str


class Wire:
    """What an oddity writes to. After an answer that says where it ends, `keep` asks for the next request."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.keep = False

    async def send(self, data: bytes) -> None:
        """Write, at the speed at which it is read."""
        self._writer.write(data)
        await self._writer.drain()

    def reset(self) -> None:
        """Hang up so that the other side sees an error rather than an end."""
        connection = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Answering = Callable[[Asked, Wire], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Oddity:
    """How a server misbehaves, and how a poll of it ends.

    `read` says that the feed's three items are found, `error` is a regular expression that the poll's error matches;
    without either it may end in both. `again` says that a second poll is told that nothing changed.
    """

    answering: Answering
    read: bool = False
    error: str = ""
    again: bool = False


def answer(
    body: bytes = FEED,
    *headers: str,
    status: str = "200 OK",
    version: str = "HTTP/1.1",
    length: int | str | None = None,
) -> bytes:
    """The bytes of an answer; `length` is what it says of its own, "" for nothing."""
    length = len(body) if length is None else length
    lines = [f"{version} {status}".rstrip(), *headers, *([f"Content-Length: {length}"] if length != "" else [])]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def chunked(*chunks: bytes) -> bytes:
    """A body in chunks, with the last one, that is empty."""
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


async def _forever() -> None:
    await asyncio.Event().wait()


def saying(data: bytes | Callable[[], bytes], *, then: str = "closes") -> Answering:
    """Answers with these bytes and then closes, resets the connection, keeps it, or says nothing more."""

    async def say(asked: Asked, wire: Wire) -> None:
        await wire.send(data if isinstance(data, bytes) else await asyncio.to_thread(data))
        wire.keep = then == "keeps"
        if then == "resets":
            wire.reset()
        if then == "stalls":
            await _forever()

    return say


def dripping(head: bytes, drops: Callable[[], Iterator[bytes]], seconds: float) -> Answering:
    """Answers with the head, and with a drop every so many seconds, until the client has had enough."""

    async def drip(asked: Asked, wire: Wire) -> None:
        await wire.send(head)
        for drop in drops():
            await wire.send(drop)
            await asyncio.sleep(seconds)  # even of 0: writing alone does not let the others have their turn

    return drip


def moving(status: str, location: str, body: bytes = b"") -> Answering:
    """Redirects; {self} in the location is this server, {port} its port."""

    async def move(asked: Asked, wire: Wire) -> None:
        target = location.format(self=asked.base, port=asked.base.rpartition(":")[2])
        await wire.send(answer(body, f"Location: {target}", "Connection: close", status=status))

    return move
