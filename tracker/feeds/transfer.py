"""How is one address asked over HTTP, hop by hop, and what went wrong in words?

libcurl does the work (https://curl.se/libcurl/); here is what we ask of it and how its answer reads. Every hop is
checked before it is made, and every network address before it is connected to, whatever name led there.
"""

from __future__ import annotations

import errno
import os
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pycurl

from tracker import __version__
from tracker.errors import FeedError
from tracker.feeds.addresses import PUBLIC, Reachable
from tracker.feeds.clean import is_web_address, plain_text
from tracker.feeds.unpack import ACCEPTED, too_large, unpack

USER_AGENT = f"tracker/{__version__} (forecast-tracker, a feed reader)"
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "*/*;q=0.5"
)
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
# Larger bodies wait on the disk, so that many large feeds at once do not fill the memory.
_IN_MEMORY = 250_000
# OpenSSL's number of an error, behind its words.
_NUMBERED = re.compile(r" \(\d+\)$")
_MAX_HEADERS = 200
# CURLE_TOO_LARGE, which the binding has no name for.
_HEAD_TOO_LARGE = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one poll may take. Seconds and bytes are for each feed, redirects included; bytes count twice: as they
    come over the wire and unpacked.
    """

    seconds: float = 10.0
    connect_seconds: float = 5.0
    size: int = 10_000_000
    redirects: int = 5
    # A feed mostly waits for its server: with so many, a list of hundreds is through in some tenths of a second.
    at_once: int = 200
    at_once_per_host: int = 2
    reachable: Reachable = PUBLIC


@dataclass(frozen=True, slots=True)
class Request:
    """A feed to ask for at `address`, with what its server said of it last time, word for word.

    `name` is what the answer is known by, the address unless it is given: a feed that moved is asked elsewhere.
    `answered_by` is the address that said it, at which redirects had ended, empty for `address`: no other knows it.
    """

    address: str
    etag: str = ""
    last_modified: str = ""
    user_agent: str = ""
    any_certificate: bool = False
    name: str = ""
    answered_by: str = ""


class Packed:
    """A body as it was sent, in memory or on the disk."""

    def __init__(self, sent: SpooledTemporaryFile[bytes], size: int, coding: str, most: int) -> None:
        self.size = size
        self._sent = sent
        self._coding = coding
        self._most = most

    def close(self) -> None:
        """Let go of it unread."""
        self._sent.close()

    def unpack(self) -> bytes:
        """The body, once. FeedError when it cannot be unpacked, or has too many bytes."""
        with self._sent as sent:
            sent.seek(0)
            return unpack(sent.read(), self._coding, self._most)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: an error in words, or a body, or the word that nothing changed since.

    `address` is the request's name, `final_address` where the redirects led, and `moved_to` the last address that was
    reached by permanent redirects alone (empty when the first was none); `led_away` says that one was temporary. A body
    as it was sent is in `packed`, to be unpacked by whoever reads it; `body` is one that is unpacked. `status` is 0,
    and `headers` (names in lower case) are empty, where nobody answered; `ours` says that the fault is this machine's:
    there is no net.
    """

    address: str
    final_address: str = ""
    error: str = ""
    unchanged: bool = False
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str = ""
    led_away: bool = False
    ours: bool = False
    packed: Packed | None = None


class Transfer:
    """One request on its way, over as many hops as it takes."""

    def __init__(self, request: Request, limits: Limits) -> None:
        self.request = request
        self.address = request.address
        self.status = 0
        self.left = ""
        self._began = 0.0
        self._spent = 0.0
        self._limits = limits
        self._hops = 0
        self._moved_to = ""
        self._only_permanent = True
        self._refused = ""
        self._proxied = False
        self._body: SpooledTemporaryFile[bytes] | None = None
        self._received = 0
        self._headers: dict[str, str] = {}
        self._reason = ""
        self._sockets: list[socket.socket] = []

    @property
    def host(self) -> str:
        """The host that is asked now, with its port."""
        return _host(self.address)

    @property
    def conditional(self) -> bool:
        """Whether only news is asked for: where the words are known that make it so."""
        request = self.request
        knows = self.address == (request.answered_by or request.address)
        return knows and bool(request.etag or request.last_modified)

    def prepare(self, curl: Any, now: float) -> None:  # noqa: ANN401
        """Make a handle of libcurl ready for the next hop, in seconds of any clock; FeedError when it must not be made.

        Time counts from here to `pause`: a hop that waits for its host's turn spends none of its own.
        """
        address = _askable(self.address)
        self._began, self.left = now, self.host
        left = self._limits.seconds - self._spent
        if left <= 0:
            raise FeedError(self.timed_out())
        self._received, self._headers, self._refused = 0, {}, ""
        self.close()
        proxy = _proxy(address)
        self._proxied = bool(proxy)
        curl.reset()
        for option, value in (
            (pycurl.URL, address),
            (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
            (pycurl.PROXY, proxy),
            # Else libcurl would read the environment by itself, and might go past the proxy where we think it does not.
            (pycurl.NOPROXY, ""),
            (pycurl.NOSIGNAL, 1),
            (pycurl.HTTP_CONTENT_DECODING, 0),
            (pycurl.TIMEOUT_MS, max(1, int(left * 1000))),
            (pycurl.CONNECTTIMEOUT_MS, int(self._limits.connect_seconds * 1000)),
            (pycurl.USERAGENT, (self.request.user_agent or USER_AGENT).encode()),
            (pycurl.HTTPHEADER, self._request_headers()),
            (pycurl.HEADERFUNCTION, self._on_header),
            (pycurl.WRITEFUNCTION, self._on_body),
            (pycurl.OPENSOCKETFUNCTION, self._on_socket),
        ):
            curl.setopt(option, value)
        if self.request.any_certificate:
            curl.setopt(pycurl.SSL_VERIFYPEER, 0)
            curl.setopt(pycurl.SSL_VERIFYHOST, 0)
        elif address.startswith("https:"):
            curl.setopt(pycurl.CAINFO, _certificates())

    def pause(self, now: float) -> None:
        """Note that a hop is over."""
        self._spent += now - self._began
        self._close_sockets()

    def answer(self, curl: Any) -> Answer | None:  # noqa: ANN401
        """What a hop that ended well amounts to: the answer, or None when another hop is to be made."""
        self.status = curl.getinfo(pycurl.RESPONSE_CODE)
        location = self._headers.get("location", "")
        if self.status in _REDIRECTS and location:
            self._redirect(location)
            return None
        answer = self._begun()
        if self.status == HTTPStatus.NOT_MODIFIED and self.conditional:
            return answer
        if self.status != HTTPStatus.OK:
            return self.failed(f"HTTP {self.status} {_phrase(self.status)}".rstrip())
        return answer

    def packed(self) -> Packed | None:
        """The body as it was sent, to be let go of by whoever takes it; None for an empty one."""
        body, self._body = self._body, None
        if body is None:
            return None
        return Packed(body, self._received, self._headers.get("content-encoding", ""), self._limits.size)

    def broken(self, code: int, words: str, curl: Any) -> str:  # noqa: ANN401
        """Why libcurl gave up, as one calm line."""
        if self._refused:
            return self._refused
        if self._reason:
            return self._reason
        if code == pycurl.E_OPERATION_TIMEDOUT:
            # Over a connection that was there already, nothing is connected to.
            connected = curl.getinfo(pycurl.PRETRANSFER_TIME) > 0
            return self.timed_out() if connected else f"no connection within {self._limits.connect_seconds:g} s"
        return _in_words(code, words, curl.getinfo(pycurl.OS_ERRNO))

    def timed_out(self) -> str:
        """How it is said that the time is up."""
        return f"timed out after {self._limits.seconds:g} s"

    def failed(self, error: str, *, ours: bool = False) -> Answer:
        """The answer that says so."""
        return Answer(
            self.request.name or self.request.address,
            error=error,
            status=self.status,
            headers=self._headers,
            led_away=not self._only_permanent,
            ours=ours,
        )

    def close(self) -> None:
        """Let go of the body, and of what is left of a hop that was broken off."""
        self._close_sockets()
        if self._body is not None:
            self._body.close()
            self._body = None

    def _close_sockets(self) -> None:
        for opened in self._sockets:
            opened.close()
        self._sockets.clear()

    def _begun(self) -> Answer:
        request, headers = self.request, self._headers
        unchanged = self.status == HTTPStatus.NOT_MODIFIED
        return Answer(
            request.name or request.address,
            final_address=self.address,
            unchanged=unchanged,
            content_type=headers.get("content-type", ""),
            etag=headers.get("etag", "") or (request.etag if unchanged else ""),
            last_modified=headers.get("last-modified", "") or (request.last_modified if unchanged else ""),
            status=self.status,
            headers=headers,
            moved_to=self._moved_to,
        )

    def _redirect(self, location: str) -> None:
        self._hops += 1
        if self._hops > self._limits.redirects:
            raise FeedError(f"redirected more than {self._limits.redirects} times")
        try:
            target = urljoin(self.address, location.strip())
            scheme = urlsplit(target).scheme
        except ValueError:
            raise FeedError("redirected to something that is no address") from None
        if not is_web_address(target):
            raise FeedError(f"redirected to something that is not on the web ({plain_text(scheme, limit=20)}:)")
        self._only_permanent = self._only_permanent and self.status in _PERMANENT
        self.address = target
        if self._only_permanent:
            self._moved_to = target

    def _request_headers(self) -> list[bytes]:
        # As bytes: a server's own words go back unchanged, whatever letters they are in.
        said = {"If-None-Match": self.request.etag, "If-Modified-Since": self.request.last_modified}
        if not self.conditional:
            said = {}
        lines = [f"Accept: {_ACCEPT}".encode(), f"Accept-Encoding: {ACCEPTED}".encode()]
        return lines + [
            name.encode() + b": " + re.sub(rb"[\r\n\0]", b"", value.encode("latin-1", "ignore"))
            for name, value in said.items()
            if value
        ]

    def _on_header(self, line: bytes) -> int:
        name, colon, value = line.decode("latin-1").partition(":")
        if line.startswith(b"HTTP/"):  # another answer begins: what came was a "100 Continue" or so
            self._headers = {}
        elif colon:
            name, value = name.strip().lower(), value.strip()
            if name == "cache-control" and name in self._headers:  # several lines are one list (RFC 9110, 5.3)
                value = f"{self._headers[name]}, {value}"
            elif name in self._headers:
                return len(line)
            self._headers[name] = value
            if len(self._headers) > _MAX_HEADERS:
                self._reason = "the answer has too many headers"
                return -1
        return len(line)

    def _on_body(self, data: bytes) -> int:
        self._received += len(data)
        declared = self._headers.get("content-length", "")
        if self._received > self._limits.size or (declared.isdigit() and int(declared[:15]) > self._limits.size):
            self._reason = str(too_large(self._limits.size))
            return -1
        if self._body is None:
            self._body = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed in close)
        try:
            self._body.write(data)
        except OSError as error:
            self._reason = f"no room for a large answer: {(error.strerror or str(error)).lower()}"
            return -1
        return len(data)

    def _on_socket(self, purpose: int, address: Any) -> Any:  # noqa: ANN401
        family, kind, protocol, place = address
        host = place[0].decode() if isinstance(place[0], bytes) else place[0]
        if not self._proxied and not self._limits.reachable.allows(host):
            self._refused = f"{host} is a private address: private_networks in tracker.toml allows such"
            return pycurl.SOCKET_BAD
        # libcurl's binding works on a copy of it.
        try:
            opened = socket.socket(family, kind, protocol)
        except OSError as error:
            self._refused = f"no connection can be opened: {(error.strerror or str(error)).lower()}"
            return pycurl.SOCKET_BAD
        self._sockets.append(opened)
        return opened


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _askable(address: str) -> str:
    """The address in ASCII (RFC 3987, section 3.1), or FeedError when it cannot be asked."""
    try:
        parts = urlsplit(address)
        if parts.hostname and parts.port != 0:
            if address.isascii() and address.isprintable() and " " not in address:
                return address
            place = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
            path = quote(parts.path, safe="/%:@!$&'()*+,;=~")
            return parts._replace(netloc=place, path=path, query=quote(parts.query, safe="/%:@!$&'()*+,;=?~")).geturl()
    except ValueError:  # UnicodeError is one
        pass
    raise FeedError(f"not an address that can be asked: {plain_text(address, limit=60)}")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _in_words(code: int, words: str, system: int) -> str:
    match code:
        case _ if code == _HEAD_TOO_LARGE:
            return "the head of the answer is too large"
        case pycurl.E_COULDNT_RESOLVE_HOST | pycurl.E_COULDNT_RESOLVE_PROXY:
            return "no such host, or no answer from the name server"
        case pycurl.E_COULDNT_CONNECT if system in (errno.ENETUNREACH, errno.EHOSTUNREACH):
            return "no way to the host: the network is unreachable"
        case pycurl.E_COULDNT_CONNECT:
            return "refused: nothing listens there"
        case pycurl.E_PEER_FAILED_VERIFICATION | pycurl.E_SSL_CACERT_BADFILE:
            return f"TLS certificate not valid: {_said(words.rpartition(': ')[2])}"
        case pycurl.E_SSL_CONNECT_ERROR:
            return f"TLS failed: {_said(words.rpartition(': ')[2])}"
        case pycurl.E_RECV_ERROR | pycurl.E_SEND_ERROR | pycurl.E_GOT_NOTHING | pycurl.E_PARTIAL_FILE:
            return "the server broke off the connection"
        case pycurl.E_URL_MALFORMAT | pycurl.E_UNSUPPORTED_PROTOCOL:
            return "not an address that can be asked"
    return _said(words) or f"libcurl's error {code}"


def _said(words: str) -> str:
    words = _NUMBERED.sub("", plain_text(words, limit=80)).rstrip(".")
    return f"{words[:1].lower()}{words[1:]}"


def _proxy(address: str) -> str:
    """The proxy that the environment names for an address, empty for none. One that the user set is the user's word."""
    if not any(name.lower().endswith("_proxy") for name in os.environ):
        return ""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(address)
    proxies = getproxies()
    found = proxies.get(parts.scheme) or proxies.get("all", "")
    return "" if not found or proxy_bypass(parts.netloc.rpartition("@")[2]) else found


@cache
def _certificates() -> str:
    """The file of the authorities that this machine trusts, else those that certifi brings."""
    found = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    if found:
        return found
    import certifi

    return certifi.where()
