"""What does a web server answer when it is asked for a feed?

One loop asks for all of them. Each has its own limits of time, bytes and redirects, so that none delays the others, and
whatever goes wrong with one is a line of words in its answer.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import threading
import zlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tracker import __version__
from tracker.errors import FeedError
from tracker.feeds.clean import is_web_address, plain_text
from tracker.feeds.parse import MAX_BYTES
from tracker.feeds.reach import Reach

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"tracker/{__version__} (forecast-tracker, a feed reader)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.5",
    # Only what can be unpacked bit by bit under a limit.
    "Accept-Encoding": "gzip, deflate",
}
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one poll may take. Seconds and bytes are for each feed, redirects included; bytes count twice: as they
    come over the wire and unpacked.
    """

    seconds: float = 10.0
    connect_seconds: float = 5.0
    size: int = MAX_BYTES
    redirects: int = 5
    # A feed mostly waits for its server; with this many, a list of some dozens fails together when nothing answers.
    at_once: int = 64
    at_once_per_host: int = 2


@dataclass(frozen=True, slots=True)
class Request:
    """A feed to ask for, with what its server said of it last time, word for word."""

    address: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: an error in words, or a body, or the word that nothing changed since.

    `address` is the one asked for, `final_address` where the redirects led.
    """

    address: str
    final_address: str = ""
    error: str = ""
    unchanged: bool = False
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


async def fetch_all(
    requests: Iterable[Request], limits: Limits, on_answer: Callable[[Answer], Awaitable[None]]
) -> None:
    """Ask for every feed and hand over each answer as it comes, in no particular order. Raises nothing for a feed."""
    import httpx

    loop = asyncio.get_running_loop()
    loop.set_default_executor(_DaemonThreads())
    reach = Reach()
    everywhere = asyncio.Semaphore(limits.at_once)
    by_host: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(limits.at_once_per_host))

    async def one(request: Request, client: httpx.AsyncClient) -> None:
        async with by_host[_host(request.address)], everywhere:
            # Handed over within the limit, so that no more bodies than that wait in memory.
            await on_answer(await _answer(request, client, limits, reach))

    timeout = httpx.Timeout(limits.seconds, connect=limits.connect_seconds)
    connections = httpx.Limits(max_connections=None, max_keepalive_connections=limits.at_once)
    async with (
        httpx.AsyncClient(http2=True, headers=_HEADERS, timeout=timeout, limits=connections) as client,
        asyncio.TaskGroup() as group,
    ):
        for request in requests:
            group.create_task(one(request, client))


async def _answer(request: Request, client: httpx.AsyncClient, limits: Limits, reach: Reach) -> Answer:
    import httpx

    try:
        async with reach.limit(limits.seconds):
            return await _ask(request, client, limits, reach)
    except FeedError as error:
        problem = error.what
    except (TimeoutError, httpx.TimeoutException) as error:
        problem = f"timed out after {limits.seconds:g} s"
        if reach.lost:
            problem = "no internet: no feed has answered"
        elif isinstance(error, httpx.ConnectTimeout):
            problem = f"no connection within {limits.connect_seconds:g} s"
    except Exception as error:  # the layers beneath raise nearly anything, groups of errors included
        problem = _in_words(error)
        if any(isinstance(cause, socket.gaierror) for cause in _causes(error)):
            reach.nameless(_host(request.address))
    return Answer(request.address, error=problem)


async def _ask(request: Request, client: httpx.AsyncClient, limits: Limits, reach: Reach) -> Answer:
    # As bytes: a server's own words go back unchanged, whatever letters they are in.
    conditions = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    headers = [(name.encode(), value.encode("latin-1", "ignore")) for name, value in conditions.items() if value]
    query = client.build_request("GET", _checked(request.address), headers=headers)
    for _ in range(limits.redirects + 1):
        response = await client.send(query, stream=True)
        reach.answered()
        try:
            if response.status_code in _REDIRECTS and response.next_request is not None:
                query = response.next_request
                if not is_web_address(str(query.url)):
                    raise FeedError(f"redirected to something that is not on the web ({query.url.scheme}:)")
                _checked(str(query.url))
                continue
            return await _read(request, response, limits, conditional=bool(headers))
        finally:
            await response.aclose()
    raise FeedError(f"redirected more than {limits.redirects} times")


async def _read(request: Request, response: httpx.Response, limits: Limits, *, conditional: bool) -> Answer:
    status = response.status_code
    answer = Answer(
        request.address,
        final_address=str(response.url),
        content_type=response.headers.get("content-type", ""),
        etag=_raw_header(response, b"etag"),
        last_modified=_raw_header(response, b"last-modified"),
    )
    if status == HTTPStatus.NOT_MODIFIED and conditional:
        kept = replace(answer, etag=answer.etag or request.etag, unchanged=True)
        return replace(kept, last_modified=kept.last_modified or request.last_modified)
    if status != HTTPStatus.OK:
        raise FeedError(f"HTTP {status} {_phrase(status)}".rstrip())
    if response.headers.get("content-length", "").isdigit() and int(response.headers["content-length"]) > limits.size:
        raise _too_large(limits.size)
    return replace(answer, body=await _body(response, limits.size))


async def _body(response: httpx.Response, size: int) -> bytes:
    """The body unpacked, at most `size` bytes before and after: a kilobyte may unpack to a gigabyte."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise FeedError(f"packed as {plain_text(coding, limit=20)}, which was not asked for")
    unpack = _unpacker() if coding.endswith(("gzip", "deflate")) else lambda data, _: data
    body, received = bytearray(), 0
    async for data in response.aiter_raw():
        received += len(data)
        try:
            body += unpack(data, size + 1 - len(body))
        except zlib.error as error:
            raise FeedError(f"the answer cannot be unpacked as {coding}") from error
        if max(received, len(body)) > size:
            raise _too_large(size)
    return bytes(body)


def _unpacker() -> Callable[[bytes, int], bytes]:
    """A function that unpacks the next bytes of a gzip or deflate stream into at most so many, or raises zlib.error."""
    # 32 + 15 reads the headers of gzip and zlib alike; some servers send deflate without one.
    stream = zlib.decompressobj(32 + zlib.MAX_WBITS)
    started = False

    def unpack(data: bytes, room: int) -> bytes:
        nonlocal stream, started
        found = bytearray()
        while data and len(found) < room:
            if stream.eof:  # a second member, or what some servers leave behind the last
                if not data.startswith(b"\x1f\x8b"):
                    break
                stream = zlib.decompressobj(32 + zlib.MAX_WBITS)
            try:
                found += stream.decompress(data, room - len(found))
            except zlib.error:
                if started:
                    raise
                stream = zlib.decompressobj(-zlib.MAX_WBITS)
                found += stream.decompress(data, room - len(found))
            started = True
            data = stream.unconsumed_tail or stream.unused_data
        return bytes(found)

    return unpack


def _too_large(size: int) -> FeedError:
    return FeedError(f"too large: over {size / 1_000_000:g} MB")


def _raw_header(response: httpx.Response, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in response.headers.raw if key.lower() == name), "")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _checked(address: str) -> str:
    """The address, or FeedError when it cannot be asked: no host, or a port that does not exist."""
    try:
        parts = urlsplit(address)
        if parts.hostname and parts.port != 0:
            return address
    except ValueError:
        pass
    raise FeedError(f"not an address that can be asked: {plain_text(address, limit=60)}")


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _in_words(error: BaseException) -> str:
    """One calm line for what went wrong on the way, by the innermost cause that we know."""
    for cause in _causes(error):
        match cause:
            case socket.gaierror():
                # Only "no such name" is the address's fault; without internet, name servers are what fails first.
                gone = cause.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None))
                return "no such host" if gone else "no answer from the name server"
            case ssl.SSLCertVerificationError():
                return f"TLS certificate not valid: {plain_text(cause.verify_message, limit=80)}"
            case ssl.SSLError():
                reason = (cause.reason or str(cause)).lower().replace("_", " ")
                return f"TLS failed: {plain_text(reason, limit=80)}"
            case ConnectionRefusedError():
                return "refused: nothing listens there"
            case ConnectionResetError() | BrokenPipeError():
                return "the server broke off the connection"
            case OSError() if cause.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
                return "no way to the host: the network is unreachable"
            case UnicodeError():
                return "not an address that can be asked: the host's name is too long, or no name"
            case _:
                pass
    words = plain_text(str(error), limit=80).rstrip(".")
    return f"{words[:1].lower()}{words[1:]}" or type(error).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything that led to it, groups opened, each once."""
    waiting, seen = [error], set()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = cause.exceptions if isinstance(cause, BaseExceptionGroup) else ()
        waiting += [linked for linked in (cause.__cause__, cause.__context__, *inner) if linked is not None]


class _DaemonThreads(ThreadPoolExecutor):
    """A thread for each call, which nobody waits for at the end.

    The loop looks up names in its executor. A look-up cannot be cancelled and may hang for half a minute where name
    servers do not answer: a pool of a few threads would queue the others behind it, and the process could not end.
    """

    def submit(self, call: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401
        """Run `call` in a thread of its own."""
        future: Future[Any] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(call(*arguments, **named))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=run, daemon=True, name="look-up").start()
        return future
