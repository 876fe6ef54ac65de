"""Who may ask for what? The name that is asked for, the token of those from elsewhere, and where a form comes from.

A page of another site can make a browser send a request here, but neither read the answer nor forge where it comes
from. So a change is made only by a POST that the browser says is of the same origin and that carries a token from a
form of ours. A name that leads here by DNS rebinding is refused, since the browser sends it along.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field
LONGEST_FORM = 64 * 1024
"""Bytes of a form: a quote, a claim and some queries, with room to spare."""
_LOOPBACK_NAMES = frozenset({"localhost"})
_SAFE = frozenset({"GET", "HEAD"})
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not “no-referrer”: with it a browser would not say of which origin a form is.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered, in words for a person, and what can be done."""

    status: HTTPStatus
    what: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """What a server lets through. `host` is the address that it listens at, `names` the other names that it has.

    `token` is asked of every visitor, unless it is empty: only a server that this machine alone can reach needs none.
    `form_token` is in every form of ours.
    """

    host: str
    port: int
    names: frozenset[str] = frozenset()
    token: str = field(default="", repr=False)
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def address(self) -> str:
        """The address for a person, with the token where one is needed."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/" + (f"?token={self.token}" if self.token else "")

    @property
    def cookie(self) -> str:
        """The name of the cookie that a visitor with the token has; browsers share cookies between ports."""
        return f"tracker_{self.port}"

    @property
    def pass_word(self) -> str:
        """What that cookie holds: made of the token, which does not lie about in the browser."""
        return sha256(f"tracker visitor {self.token}".encode()).hexdigest()

    def refusal(self, request: Request) -> Refusal | None:
        """Why a request is refused; None when it is let through."""
        if not self._is_ours(request.headers.get("host", "")):
            what = "This server does not answer to that name."
            return Refusal(HTTPStatus.MISDIRECTED_REQUEST, what, "Start it with --name NAME if the name is its own.")
        # What looks the same for everybody is no secret, and the page that refuses needs its style.
        if self.token and not request.url.path.startswith("/static/") and not self._has_token(request):
            what = "This page is for those who have its address with the token."
            return Refusal(HTTPStatus.UNAUTHORIZED, what, "Open the address that tracker serve printed.")
        if request.method in _SAFE:
            return None
        if request.method != "POST":
            return Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "That is not done here.")
        if not _of_same_origin(request):
            return Refusal(
                HTTPStatus.FORBIDDEN, "This was not sent from a page of this server.", "Nothing was changed."
            )
        return None

    def welcomes(self, request: Request) -> bool:
        """Whether a visitor comes with the right token in the address."""
        given = request.query_params.get("token", "")
        return bool(self.token and given) and secrets.compare_digest(given.encode(), self.token.encode())

    def is_own_form(self, given: str) -> bool:
        """Whether the token that came with a form is that of our forms."""
        return secrets.compare_digest(given.encode(), self.form_token.encode())

    def _is_ours(self, host: str) -> bool:
        name = _name_of(host)
        if name in _LOOPBACK_NAMES or name == self.host.casefold() or name in self.names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        # A name can be made to lead here, an address cannot. Where all may come, each comes with the token.
        return address.is_loopback or bool(self.token)

    def _has_token(self, request: Request) -> bool:
        given = request.cookies.get(self.cookie, "")
        return secrets.compare_digest(given.encode(), self.pass_word.encode())


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens at a host.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() in _LOOPBACK_NAMES


def _name_of(host: str) -> str:
    """A Host header without its port and brackets, in lower case."""
    host = host.strip().casefold()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def _of_same_origin(request: Request) -> bool:
    """Whether the browser says that a request comes from a page of this very server."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is None and origin is None:
        return False
    # A proxy may speak https before us, so the scheme is not looked at.
    host = request.headers.get("host", "")
    return site in (None, "same-origin") and origin in (None, f"http://{host}", f"https://{host}")


class GuardMiddleware:
    """Refuses what the guard refuses, limits what is sent here, and adds the headers that tie a browser's hands."""

    def __init__(self, app: ASGIApp, guard: Guard, refused: Callable[[Request, Refusal], Response]) -> None:
        self._app = app
        self._guard = guard
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no page of ours opens a web socket
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        send = _with_headers(send)
        refusal = self._guard.refusal(request)
        if refusal is not None and refusal.status is HTTPStatus.UNAUTHORIZED and self._guard.welcomes(request):
            await self._welcome(request)(scope, receive, send)
        elif refusal is not None:
            await self._refused(request, refusal)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _welcome(self, request: Request) -> Response:
        """Give a visitor the cookie, and lead on to the same page without the token in its address.

        By a page of its own: a browser that followed a link of another site would not send the cookie along with a
        redirection.
        """
        there = request.url.remove_query_params("token")
        path = f"/{there.path.lstrip('/')}" + (f"?{there.query}" if there.query else "")
        answer = self._refused(request, Refusal(HTTPStatus.OK, "You are in.", path))
        answer.headers["Refresh"] = f"0; url={path}"
        answer.set_cookie(self._guard.cookie, self._guard.pass_word, httponly=True, samesite="strict")
        return answer


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def declared_length(headers: Headers) -> int:
    """How long a body says that it is; 0 when it does not say, or not in a number."""
    given = headers.get("content-length", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 20 else 0
