"""What does a visitor call themselves? The name of their last decision, kept by their own browser."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from tracker.web.forms import one_line

_COOKIE = "tracker_name"
_LONGEST = 100
_YEAR = 365 * 24 * 3600


def name_of(request: Request) -> str:
    """The name that a visitor gave last; empty at first."""
    return one_line(unquote(request.cookies.get(_COOKIE, ""), errors="replace"))[:_LONGEST]


def keep_name(answer: Response, name: str) -> None:
    """Have the visitor's browser keep a name."""
    answer.set_cookie(_COOKIE, quote(name[:_LONGEST]), max_age=_YEAR, httponly=True, samesite="strict")
