"""What did a person fill in? A form's fields, read under a limit, each cleaned of what does not belong in a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request

from tracker.web.guard import FORM_TOKEN, LONGEST_FORM, Guard, Refusal, declared_length

_MOST_FIELDS = 60
_CODED = "application/x-www-form-urlencoded"


class FormError(Exception):
    """A form that is not taken, with the reason for a person."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.what)


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form by their names, each in one line of printable words; those that came empty are left out."""

    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


async def read_form(request: Request, guard: Guard) -> Form:
    """The fields of a form of ours. FormError when it is too large, none of ours, or nothing that can be read."""
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != _CODED:
        raise FormError(Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "That is not a form of this server."))
    too_large = Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is more than a form may hold.", "Nothing was changed: shorten it."
    )
    if declared_length(request.headers) > LONGEST_FORM:
        raise FormError(too_large)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_FORM:
            raise FormError(too_large)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError as error:  # not in UTF-8, or too many fields
        raise FormError(Refusal(HTTPStatus.BAD_REQUEST, "The form cannot be read.", "Nothing was changed.")) from error
    fields = {name: clean for name, value in pairs if (clean := one_line(value))}
    if not guard.is_own_form(fields.pop(FORM_TOKEN, "")):
        what = "This page is of before the server was started."
        raise FormError(
            Refusal(HTTPStatus.FORBIDDEN, what, "Nothing was changed: go back, load it again, and send it.")
        )
    return Form(fields)


def one_line(words: str) -> str:
    """The words in one line, without what a terminal would obey.

    >>> one_line("  two\\r\\nlines\\x1b[2J ")
    'two lines[2J'
    """
    shown = "".join(" " if character.isspace() else character for character in words)
    kept = (character for character in shown if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return " ".join("".join(kept).split())
