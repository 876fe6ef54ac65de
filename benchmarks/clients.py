"""Which HTTP client asks 500 servers soonest, and what does it let us control? httpx, aiohttp, niquests and pycurl.

    python benchmarks/clients.py [NEWS] [--peers PYTHON] [--feeds 500] [--runs 3]

PYTHON is an interpreter that has the four packages (default: this one); those that it lacks are named. The feeds and
the server are those of `polling.py`. Each client, in a process of its own and in one loop with 64 requests at once,
fetches every feed and unpacks it: unconditionally, and with a condition by which nothing has changed. All must get the
same answers and as many bytes. Figures are medians, `requests` without the start of Python and the imports. The tables
are in Markdown; the last one, of what can be controlled, is written by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import selectors
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import astuple, dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from polling_measure import cost, environment
from polling_server import Server, serving

AT_ONCE = 64
NEWS = Path(__file__).parents[2] / "shared" / "data" / "news-2023.jsonl.gz"
# By the documentation and the source of httpx 0.28, aiohttp 3.14, niquests 3.21 and pycurl 7.49.
CONTROL = {
    "httpx": ("a network backend that resolves by itself", "yes", "while read", "by hand", "yes, in Python"),
    "aiohttp": ("yes: socket_factory", "yes", "while read", "by hand, or in pieces", "no"),
    "niquests": ("for names, by a resolver of one's own", "yes", "while read", "by hand, or in pieces", "yes, and 3"),
    "pycurl": ("yes: OPENSOCKETFUNCTION", "yes", "yes: MAXFILESIZE, or while read", "in pieces", "yes, and 3"),
}
CONTROLS = ("address checked before connecting", "redirects hop by hop", "limit of bytes as sent", "unpacked", "HTTP/2")

Got = list[tuple[int, int]]
"""Status and length of each answer, unpacked."""


async def with_httpx(addresses: Sequence[str], headers: dict[str, str]) -> Got:
    """Every address by httpx, HTTP/2 allowed."""
    httpx = import_module("httpx")
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=AT_ONCE)
    async with httpx.AsyncClient(http2=True, limits=limits, headers=headers) as client:

        async def get(address: str) -> tuple[int, int]:
            answer = await client.get(address)
            return answer.status_code, len(answer.content)

        return await _at_once(get, addresses)


async def with_aiohttp(addresses: Sequence[str], headers: dict[str, str]) -> Got:
    """Every address by aiohttp."""
    aiohttp = import_module("aiohttp")
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as client:

        async def get(address: str) -> tuple[int, int]:
            async with client.get(address) as answer:
                return answer.status, len(await answer.read())

        return await _at_once(get, addresses)


async def with_niquests(addresses: Sequence[str], headers: dict[str, str]) -> Got:
    """Every address by niquests."""
    niquests = import_module("niquests")
    async with niquests.AsyncSession(pool_connections=len(addresses), pool_maxsize=AT_ONCE) as client:

        async def get(address: str) -> tuple[int, int]:
            answer = await client.get(address, headers=headers)
            return answer.status_code, len(answer.content or b"")

        return await _at_once(get, addresses)


async def _at_once(get: Callable[[str], Awaitable[tuple[int, int]]], addresses: Sequence[str]) -> Got:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(address: str) -> tuple[int, int]:
        async with room:
            return await get(address)

    return list(await asyncio.gather(*map(one, addresses)))


class WithPycurl:
    """Every address by pycurl, in a loop around the system's selector."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._pycurl = import_module("pycurl")
        self._headers = [f"{name}: {value}" for name, value in headers.items()]
        self._selector = selectors.DefaultSelector()
        self._wait: float | None = None
        self._multi = self._pycurl.CurlMulti()
        self._multi.setopt(self._pycurl.M_SOCKETFUNCTION, self._on_socket)
        self._multi.setopt(self._pycurl.M_TIMERFUNCTION, self._on_timer)

    def get(self, addresses: Iterable[str]) -> Got:
        """Status and length of each."""
        found: Got = []
        left, idle = list(addresses), [self._pycurl.Curl() for _ in range(AT_ONCE)]
        while left or len(idle) < AT_ONCE:
            while left and idle:
                self._start(idle.pop(), left.pop())
            self._turn()
            for curl in self._ended():
                found.append((curl.getinfo(self._pycurl.RESPONSE_CODE), curl.received))
                self._multi.remove_handle(curl)
                idle.append(curl)
        return found

    def _start(self, curl: Any, address: str) -> None:  # noqa: ANN401
        curl.received = 0

        def on_body(data: bytes) -> None:
            curl.received += len(data)

        curl.setopt(self._pycurl.URL, address)
        curl.setopt(self._pycurl.NOSIGNAL, 1)
        curl.setopt(self._pycurl.ACCEPT_ENCODING, "")
        curl.setopt(self._pycurl.HTTPHEADER, self._headers)
        curl.setopt(self._pycurl.WRITEFUNCTION, on_body)
        self._multi.add_handle(curl)

    def _turn(self) -> None:
        """Wait for a socket or for curl's clock, and let curl go on."""
        ready = self._selector.select(self._wait)
        for key, events in ready:
            reads = self._pycurl.CSELECT_IN if events & selectors.EVENT_READ else 0
            writes = self._pycurl.CSELECT_OUT if events & selectors.EVENT_WRITE else 0
            self._multi.socket_action(key.fd, reads | writes)
        if not ready:
            self._wait = None
            self._multi.socket_action(self._pycurl.SOCKET_TIMEOUT, 0)

    def _ended(self) -> list[Any]:
        waiting, ended = 1, []
        while waiting:
            waiting, right, wrong = self._multi.info_read()
            if wrong:
                raise SystemExit(f"pycurl: {wrong[0][2]}")
            ended += right
        return ended

    def _on_timer(self, milliseconds: int) -> None:
        self._wait = None if milliseconds < 0 else milliseconds / 1000

    def _on_socket(self, event: int, number: int, *_: object) -> None:
        known = number in self._selector.get_map()
        if event == self._pycurl.POLL_REMOVE:
            if known:
                self._selector.unregister(number)
            return
        reads = selectors.EVENT_READ if event & self._pycurl.POLL_IN else 0
        writes = selectors.EVENT_WRITE if event & self._pycurl.POLL_OUT else 0
        (self._selector.modify if known else self._selector.register)(number, reads | writes)


ASYNCHRONOUS = {"httpx": with_httpx, "aiohttp": with_aiohttp, "niquests": with_niquests}


def fetch(client: str, file: str, condition: str) -> None:
    """Fetch the addresses of a file and print the seconds, the statuses and the bytes. Run in a process of its own."""
    addresses = Path(file).read_text().split()
    headers = {"If-None-Match": condition} if condition else {}
    import_module(client)
    started = time.perf_counter()
    if client == "pycurl":
        found = WithPycurl(headers).get(addresses)
    else:
        found = asyncio.run(ASYNCHRONOUS[client](addresses, headers))
    seconds = time.perf_counter() - started
    statuses = "+".join(str(status) for status in sorted({status for status, _ in found}))
    print(seconds, len(found), statuses, sum(length for _, length in found))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What fetching cost: seconds of the requests alone, of the process, and of its processor; megabytes."""

    alone: float
    whole: float
    processor: float
    megabytes: float


def fetched(python: str, client: str, server: Server, condition: str) -> tuple[Fetched, str]:
    """What it cost, and what was got."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "addresses")
        file.write_text("\n".join(server.addresses))
        spent = cost([python, __file__, "--fetch", client, str(file), condition], Path(name), {})
    alone, got = spent.said.split(maxsplit=1)
    return Fetched(float(alone), spent.wall, spent.processor, spent.megabytes), got.strip()


def there(python: str, package: str) -> bool:
    """Whether an interpreter has a package."""
    return not subprocess.run([python, "-c", f"import {package}"], env=environment(), capture_output=True).returncode


def compare(python: str, clients: Sequence[str], server: Server, delay: float, condition: str, runs: int) -> None:
    """Print a table of all clients. SystemExit when they did not all get the same."""
    taken: dict[str, list[Fetched]] = defaultdict(list)
    answers = set()
    for run in range(runs):
        for place in range(len(clients)):
            client = clients[(place + run) % len(clients)]
            server.begin(delay)
            figures, got = fetched(python, client, server, condition)
            taken[client].append(figures)
            answers.add(got)
    if len(answers) != 1 or not next(iter(answers)).startswith(f"{server.feeds} {304 if condition else 200} "):
        raise SystemExit(f"the clients disagree: {' / '.join(sorted(answers))}")
    medians = {client: Fetched(*map(median, zip(*map(astuple, taken[client]), strict=True))) for client in clients}
    least = min(one.alone for one in medians.values())
    what = "nothing changed" if condition else "everything new"
    print(f"**{what.capitalize()}, {f'{delay * 1000:g} ms a response' if delay else 'no delay'}**\n")
    print("| | requests, s | to the fastest | process, s | CPU, s | memory, MB |\n|---|---|---|---|---|---|")
    for client, one in medians.items():
        cells = (f"{one.alone:.2f}", f"{one.alone / least:.1f}x", f"{one.whole:.2f}", f"{one.processor:.2f}")
        print(f"| {client} | {' | '.join(cells)} | {one.megabytes:.0f} |")
    print()


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description="HTTP clients for many feeds.")
    options.add_argument("news", nargs="?", type=Path, default=NEWS if NEWS.exists() else None)
    options.add_argument(
        "--peers", default=sys.executable, metavar="PYTHON", help="the interpreter that has the clients"
    )
    options.add_argument("--feeds", type=int, default=500)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    if given.news and not given.news.is_file():
        options.error(f"no file {given.news}")
    clients = [client for client in CONTROL if there(given.peers, client)]
    if missing := sorted(CONTROL.keys() - clients):
        print(f"missing: {', '.join(missing)}\n")
    with serving(given.news, given.feeds) as server:
        for client in clients:  # compiles what is not compiled yet
            fetched(given.peers, client, server, "*")
        for delay in (0, 0.05):
            for condition in ("", "*"):
                compare(given.peers, clients, server, delay, condition, given.runs)
    print(f"| | {' | '.join(CONTROLS)} |\n|{'---|' * (len(CONTROLS) + 1)}")
    for client in clients:
        print(f"| {client} | {' | '.join(CONTROL[client])} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fetch"]:
        fetch(*sys.argv[2:])
    else:
        main()
