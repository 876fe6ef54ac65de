"""A real web server on 127.0.0.1 that misbehaves on request: `with OddServer() as server`, `server.url("silence")`.

What each oddity is, and how a careful poller ends with it, stands in `oddities.ODDITIES`.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import quote, unquote

from odd_answers import PAGE, Asked, Wire, answer
from oddities import ODDITIES

_NUMBERS = {name: number for number, name in enumerate(itertools.chain(*ODDITIES.values()))}


@dataclass
class OddServer:
    """The server, in a thread of its own; `asked` counts the requests by the oddity's name.

    With more `hosts` than one it also listens on 127.0.0.2 and so on (on Linux), and spreads its oddities over them, so
    that a client that spares a host may ask for many of them at once.
    """

    hosts: int = 1
    asked: Counter[str] = field(default_factory=Counter)
    base: str = ""
    port: int = 0

    def url(self, name: str) -> str:
        """The address of an oddity; KeyError when there is none of that name."""
        host = 1 + _NUMBERS[name] % self.hosts
        return f"http://127.0.0.{host}:{self.port}/{quote(name, safe='')}"

    def __enter__(self) -> OddServer:
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        connections: set[asyncio.Task[None]] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            connections.add(task)
            with contextlib.suppress(ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
                await self._converse(reader, writer)
            connections.discard(task)
            writer.close()

        first = await asyncio.start_server(connected, "127.0.0.1", 0, limit=1_000_000)
        port = first.sockets[0].getsockname()[1]
        others = [
            await asyncio.start_server(connected, f"127.0.0.{host}", port, limit=1_000_000)
            for host in range(2, self.hosts + 1)
        ]
        self.port, self.base = port, f"http://127.0.0.1:{port}"
        ready.set()
        await self._closing.wait()
        for server in (first, *others):
            server.close()
        for task in list(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async for head in _requests(reader):
            lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            target = lines[0].split(" ")[1].split("?")[0]
            name, _, rest = target.lstrip("/").partition("/")
            name = unquote(name)
            self.asked[name] += 1
            oddity = next((oddities[name] for oddities in ODDITIES.values() if name in oddities), None)
            wire = Wire(writer)
            if oddity:
                await oddity.answering(Asked(rest, headers, self.base), wire)
            else:
                await wire.send(answer(PAGE, status="404 Not Found"))
            if not wire.keep:
                return


async def _requests(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    with contextlib.suppress(asyncio.IncompleteReadError):
        while True:
            yield await reader.readuntil(b"\r\n\r\n")
