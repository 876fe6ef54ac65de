"""Which misbehaving servers must a poller of feeds bear with, and how does a careful one end with each?"""

from __future__ import annotations

import gzip
import itertools
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import quote

import brotli
import zstandard
from odd_answers import FEED, PAGE, Answering, Asked, Oddity, Wire, answer, chunked, dripping, moving, saying

_BOMB_BYTES = 40_000_000


def _chain(status: str, hops: int) -> Answering:
    """Redirects so many times, each time to the next of its own addresses, and answers with the feed in the end."""

    async def chain(asked: Asked, wire: Wire) -> None:
        hop = int(asked.rest or 0)
        if hop < hops:
            await wire.send(
                answer(
                    b"",
                    f"Location: ./{hop + 1}" if hop else f"Location: {quote(_name(status, hops))}/1",
                    "Connection: close",
                    status=status,
                )
            )
        else:
            await wire.send(answer())

    return chain


def _name(status: str, hops: int) -> str:
    return f"{hops} redirects with {status[:3]}"


def _remembering(header: str, value: str) -> Answering:
    """Answers 304 to whoever sends back what it said of its feed, word for word, and with the feed to everyone else."""
    sent_back = "if-none-match" if header == "ETag" else "if-modified-since"

    async def remember(asked: Asked, wire: Wire) -> None:
        known = asked.headers.get(sent_back) == value
        await wire.send(
            answer(b"", status="304 Not Modified", length="") if known else answer(FEED, f"{header}: {value}")
        )

    return remember


@cache
def _bomb(coding: str) -> bytes:
    """A feed of 40 MB of white space, packed to a thousandth of it or less."""
    piece = b" " * 1_000_000
    count = _BOMB_BYTES // len(piece)
    if coding == "zstd":
        packer = zstandard.ZstdCompressor().compressobj()
        return b"".join([packer.compress(b"<rss>"), *(packer.compress(piece) for _ in range(count)), packer.flush()])
    if coding == "br":
        squeezer = brotli.Compressor(quality=1)
        return b"".join(
            [squeezer.process(b"<rss>"), *(squeezer.process(piece) for _ in range(count)), squeezer.finish()]
        )
    zipper = zlib.compressobj(1, wbits=31 if coding == "gzip" else 15)
    return b"".join([zipper.compress(b"<rss>"), *(zipper.compress(piece) for _ in range(count)), zipper.flush()])


def _packed(body: bytes | Callable[[], bytes], coding: str) -> Answering:
    return saying(lambda: answer(body if isinstance(body, bytes) else body(), f"Content-Encoding: {coding}"))


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


_GZIP = gzip.compress(FEED, mtime=0)
_TWICE = gzip.compress(_GZIP, mtime=0)
_PACKING = {
    "gzip": Oddity(_packed(_GZIP, "gzip"), read=True),
    "gzip in capitals under its old name": Oddity(_packed(_GZIP, "X-GZIP"), read=True),
    "gzip in two members": Oddity(_packed(gzip.compress(FEED[:99]) + gzip.compress(FEED[99:]), "gzip"), read=True),
    "gzip with junk after its end": Oddity(_packed(_GZIP + b"\0\0junk", "gzip")),
    "gzip that was cut off": Oddity(_packed(_GZIP[:-30], "gzip")),
    "gzip with a wrong sum": Oddity(_packed(_GZIP[:-8] + b"\0" * 8, "gzip")),
    "gzip that is none": Oddity(_packed(FEED, "gzip")),
    "gzip of nothing": Oddity(_packed(gzip.compress(b""), "gzip"), error="empty"),
    "nothing that calls itself gzip": Oddity(_packed(b"", "gzip"), error="empty|unpack"),
    "gzip twice": Oddity(_packed(_TWICE, "gzip, gzip")),
    "gzip ten times": Oddity(_packed(_TWICE, ", ".join(["gzip"] * 10)), error="."),
    "deflate": Oddity(_packed(zlib.compress(FEED), "deflate"), read=True),
    "deflate without its frame": Oddity(_packed(_raw_deflate(FEED), "deflate"), read=True),
    "br": Oddity(_packed(brotli.compress(FEED), "br"), read=True),
    "zstd": Oddity(_packed(zstandard.compress(FEED), "zstd"), read=True),
    "identity": Oddity(_packed(FEED, "identity"), read=True),
    "a packing without a name": Oddity(_packed(FEED, ""), read=True),
    "a packing that nobody knows": Oddity(_packed(FEED, "x-zip\x1b[2J"), error="pack"),
    "UTF-8 as its packing": Oddity(_packed(FEED, "utf-8")),
} | {
    f"a bomb of {coding}": Oddity(_packed(lambda coding=coding: _bomb(coding), coding), error="large")  # type: ignore[misc]
    for coding in ("gzip", "deflate", "br", "zstd")
}

_UNTIL_CLOSED = answer(b"", "Content-Type: text/xml", length="")
_IN_CHUNKS = answer(b"", "Transfer-Encoding: chunked", length="")
_SLOW = "timed out|time|slow"


def _endlessly(piece: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: itertools.repeat(piece)


_TIME = {
    "endless body": Oddity(dripping(_UNTIL_CLOSED + b"<rss>", _endlessly(b" " * 65_536), 0), error="large|time"),
    "endless chunks": Oddity(dripping(_IN_CHUNKS, _endlessly(chunked(b" " * 65_536)[:-5]), 0), error="large|time"),
    "endless small chunks": Oddity(dripping(_IN_CHUNKS, _endlessly(b"1\r\n \r\n" * 4_000), 0), error="large|time"),
    "endless headers": Oddity(
        dripping(b"HTTP/1.1 200 OK\r\n", lambda: (b"X-%d: y\r\n" % n * 50 for n in itertools.count()), 0), error="."
    ),
    "an endless header": Oddity(
        dripping(b"HTTP/1.1 200 OK\r\nX: ", _endlessly(b"y" * 65_536), 0), error="header|large|long"
    ),
    "an endless status line": Oddity(
        dripping(b"HTTP/1.1 200 ", _endlessly(b"y" * 65_536), 0), error="header|large|long"
    ),
    "endless continuing": Oddity(dripping(b"", _endlessly(b"HTTP/1.1 100 Continue\r\n\r\n"), 0.02), error="."),
    "a body letter by letter": Oddity(dripping(answer(b"", length=100_000), _endlessly(b"x"), 0.1), error=_SLOW),
    "headers letter by letter": Oddity(dripping(b"HTTP/1.1 200 OK\r\nX: ", _endlessly(b"x"), 0.1), error=_SLOW),
    "chunks letter by letter": Oddity(dripping(_IN_CHUNKS, _endlessly(b"1\r\nx\r\n"), 0.1), error=_SLOW),
    "silence": Oddity(saying(b"", then="stalls"), error=_SLOW),
    "silence after the headers": Oddity(saying(answer(b"", length=500), then="stalls"), error=_SLOW),
    "silence within the body": Oddity(saying(answer(FEED[:200], length=len(FEED)), then="stalls"), error=_SLOW),
    "hanging up at once": Oddity(saying(b""), error="."),
    "a reset at once": Oddity(saying(b"", then="resets"), error="."),
    "hanging up within the headers": Oddity(saying(b"HTTP/1.1 200 OK\r\nContent-"), error="."),
    "hanging up within the body": Oddity(saying(answer(FEED[:200], length=len(FEED))), error="."),
    "a reset within the body": Oddity(saying(answer(FEED[:200], length=len(FEED)), then="resets"), error="."),
}

_LENGTH = {
    "no length": Oddity(saying(answer(length="")), read=True),
    "a length too long": Oddity(saying(answer(length=len(FEED) + 500)), error="."),
    "a length too short": Oddity(saying(answer(length=len(FEED) - 50))),
    "a length of 0": Oddity(saying(answer(length=0)), error="empty"),
    "a length below 0": Oddity(saying(answer(length=-1))),
    "a length in words": Oddity(saying(answer(length="many"))),
    "a length beyond reason": Oddity(saying(answer(length=10**30))),
    "a length over the limit": Oddity(saying(answer(length=10**12), then="stalls"), error="large|time"),
    "two lengths": Oddity(saying(answer(FEED, "Content-Length: 7"))),
    "a length and chunks": Oddity(saying(answer(chunked(FEED), "Transfer-Encoding: chunked", length=7))),
    "chunks": Oddity(saying(_IN_CHUNKS + chunked(FEED[:100], FEED[100:]), then="keeps"), read=True),
    "chunks with extensions and trailers": Oddity(
        saying(_IN_CHUNKS + b"%X;a=b\r\n%s\r\n0\r\nX-Sum: 1\r\n\r\n" % (len(FEED), FEED)), read=True
    ),
    "chunks of nonsense": Oddity(saying(_IN_CHUNKS + b"zz\r\n" + FEED), error="."),
    "a chunk beyond reason": Oddity(saying(_IN_CHUNKS + b"f" * 40 + b"\r\n" + FEED), error="."),
    "a chunk below 0": Oddity(saying(_IN_CHUNKS + b"-5\r\n" + FEED), error="."),
    "chunks without an end": Oddity(saying(_IN_CHUNKS + chunked(FEED)[:-5])),
    "chunks that are none": Oddity(saying(_IN_CHUNKS + FEED), error="."),
    "more than the length says": Oddity(saying(answer() + answer(PAGE), then="keeps"), read=True),
}

_STATUS = (
    {
        f"HTTP {status}": Oddity(saying(answer(PAGE, "Content-Type: text/html", status=status)), error=status[:3])
        for status in (
            "400 Bad Request",
            "401 Unauthorized",
            "402 Payment Required",
            "403 Forbidden",
            "404 Not Found",
            "406 Not Acceptable",
            "407 Proxy Authentication Required",
            "408 Request Timeout",
            "410 Gone",
            "418 I'm a teapot",
            "429 Too Many Requests",
            "451 Unavailable For Legal Reasons",
            "500 Internal Server Error",
            "502 Bad Gateway",
            "503 Service Unavailable",
            "520 ",
            "599 ",
            "999 Request denied",
        )
    }
    | {
        f"Retry-After: {wait or 'nothing'}": Oddity(
            saying(answer(PAGE, f"Retry-After: {wait}", status="429 Too Many Requests")), error="429"
        )
        for wait in (
            "120",
            "0",
            "-5",
            "1.5",
            "99999999999999999999",
            "soon",
            "",
            "Fri, 01 May 2026 13:00:00 GMT",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Fri, 99 May 2026",
        )
    }
    | {
        "a status line of nonsense": Oddity(saying(b"NONSENSE\r\n\r\n" + FEED), error="."),
        "no status line": Oddity(saying(FEED)),
        "a greeting of SSH": Oddity(saying(b"SSH-2.0-OpenSSH_9.6\r\n", then="stalls"), error="."),
        "a greeting of SMTP": Oddity(saying(b"220 mail.example ESMTP\r\n"), error="."),
        "noise": Oddity(saying(bytes(range(256)) * 300), error="."),
        "HTTP/1.0": Oddity(saying(answer(version="HTTP/1.0", length="")), read=True),
        "HTTP/1.0 that is kept": Oddity(
            saying(answer(FEED, "Connection: keep-alive", version="HTTP/1.0"), then="keeps"), read=True
        ),
        "HTTP/1.7": Oddity(saying(answer(version="HTTP/1.7"))),
        "HTTP/3.7": Oddity(saying(answer(version="HTTP/3.7"))),
        "ICY": Oddity(saying(answer(version="ICY"))),
        "a status without words": Oddity(saying(answer(status="200")), read=True),
        "a status of five figures": Oddity(saying(answer(status="20000 OK"))),
        "a status in words": Oddity(saying(answer(status="OK")), error="."),
        "a status below 0": Oddity(saying(answer(status="-200 OK")), error="."),
        "commands to the terminal in the status": Oddity(saying(answer(status="404 \x1b[2J\u202egone")), error="404"),
        "100 before 200": Oddity(saying(b"HTTP/1.1 100 Continue\r\n\r\n" + answer()), read=True),
        "103 before 200": Oddity(saying(b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>\r\n\r\n" + answer()), read=True),
        "204": Oddity(saying(answer(b"", status="204 No Content", length="")), error="."),
        "206 that nobody asked for": Oddity(
            saying(answer(FEED[:300], "Content-Range: bytes 0-299/900", status="206 Partial Content")), error="."
        ),
        "304 that nobody asked for": Oddity(saying(answer(b"", status="304 Not Modified", length="")), error="."),
        "304 with a body": Oddity(saying(answer(FEED, status="304 Not Modified")), error="."),
        "an HTML page with 200": Oddity(saying(answer(PAGE, "Content-Type: text/html")), error="HTML"),
        "a challenge with 403": Oddity(
            saying(answer(PAGE, "Server: cloudflare", "cf-mitigated: challenge", status="403 Forbidden")), error="403"
        ),
    }
)

_HEADERS = (
    {
        "100,000 headers": Oddity(saying(answer(FEED, *(f"X-{number}: y" for number in range(100_000)))), error="."),
        "a header of a megabyte": Oddity(saying(answer(FEED, "X: " + "y" * 1_000_000))),
        "a header without a colon": Oddity(saying(answer(FEED, "nonsense"))),
        "a header without a name": Oddity(saying(answer(FEED, ": x"))),
        "a header in two lines": Oddity(saying(answer(FEED, "X: a\r\n b")), read=True),
        "a NUL in a header": Oddity(saying(answer(FEED, "X: a\0b"))),
        "headers that end in line feeds": Oddity(saying(answer().replace(b"\r\n", b"\n", 3)), read=True),
        "letters of all kinds in a header": Oddity(saying(answer(FEED, "X-Ü: Привет \udcff")), read=True),
        "20 cookies": Oddity(saying(answer(FEED, *(f"Set-Cookie: c{n}=1; Path=/" for n in range(20)))), read=True),
    }
    | {
        f"the content type {kind or 'nothing'}": Oddity(saying(answer(FEED, f"Content-Type: {kind}")), read=True)
        for kind in (
            "text/html",
            "text/plain; charset=x-klingon",
            "application/json",
            "image/png",
            "",
            ";;;",
            "text/xml; charset=",
        )
    }
    | {
        f"{header} {value[:24]}": Oddity(_remembering(header, value), read=True, again=True)
        for header, value in (
            ("ETag", '"plain"'),
            ("ETag", 'W/"weak"'),
            ("ETag", "unquoted"),
            ("ETag", '""'),
            ("ETag", "\"a, b; c='d'\""),
            ("ETag", '"' + "x" * 4_000 + '"'),
            ("Last-Modified", "Sat, 25 Apr 2026 10:00:00 GMT"),
            ("Last-Modified", "Tue, 01 Jan 2041 00:00:00 GMT"),
            ("Last-Modified", "Tue, 01 Jan 1980 00:00:00 GMT"),
            ("Last-Modified", "-1"),
            ("Last-Modified", "yesterday, or so"),
            ("Last-Modified", "2026-04-25T10:00:00Z"),
        )
    }
)

_AWAY = "redirect|address|web|private"
_REDIRECTS = (
    {
        _name(status, hops): Oddity(_chain(status, hops), read=hops <= 3, error="redirect" * (hops > 20))
        for status in ("301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect")
        for hops in (1, 3, 30)
    }
    | {
        "a redirect to itself": Oddity(moving("301 Moved", "{self}/a%20redirect%20to%20itself"), error="redirect"),
        "a redirect to itself with a query": Oddity(moving("302 Found", "?x"), error="redirect"),
        "a redirect without an address": Oddity(saying(answer(b"", status="301 Moved")), error="."),
        "a redirect to nothing": Oddity(moving("301 Moved", ""), error="."),
        "a redirect to nonsense": Oddity(moving("301 Moved", "http://[::1"), error="."),
        "a redirect of a megabyte": Oddity(moving("301 Moved", "/" + "x" * 1_000_000), error="."),
        "a redirect with commands to the terminal": Oddity(moving("301 Moved", "x\x1b[2J:y"), error="."),
        "a redirect without a host": Oddity(moving("301 Moved", "http:///feed"), error="."),
        "a redirect to an HTML page": Oddity(moving("301 Moved", "{self}/an%20HTML%20page%20with%20200"), error="HTML"),
        "a redirect to what is gone": Oddity(moving("301 Moved", "{self}/HTTP%20410%20Gone"), error="410"),
        "a redirect to silence": Oddity(moving("302 Found", "{self}/silence"), error=_SLOW + "|no connection"),
        "a redirect with a page": Oddity(moving("302 Found", "{self}/gzip", PAGE), read=True),
        "a redirect without a scheme": Oddity(moving("302 Found", "//127.0.0.1:{port}/gzip"), read=True),
        "a redirect with a fragment": Oddity(moving("302 Found", "{self}/gzip#part"), read=True),
    }
    | {
        f"a redirect to {target}": Oddity(moving("302 Found", target), error=_AWAY)
        for target in (
            "http://10.0.0.1/",
            "http://192.168.1.1/feed",
            "http://172.16.0.1:8080/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://0.0.0.0/",
            "http://167772161/",
            "http://0x0a000001/",
            "http://012.0.0.1/",
            "http://100.64.0.1/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/feed",
            "gopher://127.0.0.1:25/_HELO",
            "dict://127.0.0.1:11211/stats",
            "javascript:alert(1)",
            "data:text/xml,<rss/>",
        )
    }
)

ODDITIES: dict[str, dict[str, Oddity]] = {
    "packing": _PACKING,
    "time": _TIME,
    "length": _LENGTH,
    "status": _STATUS,
    "headers": _HEADERS,
    "redirects": _REDIRECTS,
}
"""Every oddity by its kind and name."""
