"""How is one address asked over HTTP, hop by hop?

libcurl does the work (https://curl.se/libcurl/); here is what we ask of it. Every hop is
checked before it is made, and every network address before it is connected to, whatever name led there.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
from functools import cache
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pycurl

from tracker import __version__
from tracker.errors import FeedError
from tracker.feeds.answer import Answer, Limits, Packed, Request
from tracker.feeds.clean import is_web_address, plain_text
from tracker.feeds.faults import breakdown, refusal
from tracker.feeds.unpack import ACCEPTED, too_large

USER_AGENT = f"tracker/{__version__} (forecast-tracker, a feed reader)"
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "*/*;q=0.5"
)
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
# Larger bodies wait on the disk, so that many large feeds at once do not fill the memory.
_IN_MEMORY = 250_000
_MAX_HEADERS = 200
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class Transfer:
    """One request on its way, over as many hops as it takes."""

    def __init__(self, request: Request, limits: Limits) -> None:
        self.request = request
        self.address = request.address
        self.host = host_of(self.address)  # that is asked now, with its port
        self.status = 0
        self.asked_host = ""
        self._began = 0.0
        self._spent = 0.0
        self._limits = limits
        self._hops = 0
        self._moved_to = ""
        self._only_permanent = True
        self._proxied = False
        self._body: SpooledTemporaryFile[bytes] | None = None
        self._received = 0
        self._headers: dict[str, str] = {}
        self._reason = ""
        self._sockets: list[socket.socket] = []

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
        self._began, self.asked_host = now, self.host
        left = self._limits.seconds - self._spent
        if left <= 0:
            raise FeedError(self.timed_out())
        self._received, self._headers, self._reason = 0, {}, ""
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
            return self.failed(refusal(self.status))
        return answer

    def packed(self) -> Packed | None:
        """The body as it was sent, to be let go of by whoever takes it; None for an empty one."""
        body, self._body = self._body, None
        if body is None:
            return None
        return Packed(body, self._received, self._headers.get("content-encoding", ""), self._limits.size)

    def broken(self, code: int, words: str, curl: Any) -> str:  # noqa: ANN401
        """Why libcurl gave up, as one calm line."""
        if self._reason:
            return self._reason
        if code == pycurl.E_OPERATION_TIMEDOUT:
            # Over a connection that was there already, nothing is connected to.
            connected = curl.getinfo(pycurl.PRETRANSFER_TIME) > 0
            return self.timed_out() if connected else f"no connection within {self._limits.connect_seconds:g} s"
        return breakdown(code, words, curl.getinfo(pycurl.OS_ERRNO))

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
        self.address, self.host = target, host_of(target)
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
            self._reason = f"{host} is a private address: private_networks in tracker.toml allows such"
            return pycurl.SOCKET_BAD
        # libcurl's binding works on a copy of it.
        try:
            opened = socket.socket(family, kind, protocol)
        except OSError as error:
            self._reason = f"no connection can be opened: {(error.strerror or str(error)).lower()}"
            return pycurl.SOCKET_BAD
        self._sockets.append(opened)
        return opened


def host_of(address: str) -> str:
    """The host of an address with its port, in small letters; empty where there is none."""
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


def _proxy(address: str) -> str:
    """The proxy that the environment names for an address, empty for none. One that the user set is the user's word."""
    if not any(name in os.environ for name in _PROXIES):  # asked for each request: most have no proxy to look for
        return ""
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    found = proxies.get(urlsplit(address).scheme) or proxies.get("all", "")
    return "" if not found or proxy_bypass(host_of(address)) else found


@cache
def _certificates() -> str:
    """The file of the authorities that this machine trusts, else those that certifi brings."""
    found = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    if found:
        return found
    import certifi

    return certifi.where()
