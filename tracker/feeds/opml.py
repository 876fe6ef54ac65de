"""Which feeds does the workspace follow? The list of subscriptions, an OPML file, read and edited.

OPML 2.0 (http://opml.org/spec2.opml): an `outline` with an `xmlUrl` is a feed, one without is a folder. `xmlUrl` may
also be a path relative to the workspace; `type="archive"`, or the category `archive`, marks an archive. Edits change
the lines of the outline in hand and no other byte of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from tracker.errors import LedgerError, LockedError, ManyErrors, OpmlError
from tracker.feeds.clean import is_web_address, printable, safe_link
from tracker.feeds.encoding import decode
from tracker.model import Place, Subscription

_MAX_BYTES = 10_000_000
_WAIT_SECONDS = 10
_EMPTY = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Feeds</title>
  </head>
  <body>
  </body>
</opml>
"""
_DECLARED_ENCODING = re.compile(r"""(\A<\?xml[^>]*?encoding\s*=\s*)(["'])[^"']*\2""")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Outline:
    """One outline: its attributes (names in lower case), line, and byte offsets [start, end) in the document."""

    attributes: dict[str, str]
    line: int
    start: int
    end: int
    is_folder: bool


def read_opml(path: Path) -> list[Subscription]:
    """The subscriptions of an OPML file in its order, an address that is listed twice once.

    OpmlError when the file cannot be read at all; ManyErrors, an OpmlError for each outline that is no subscription.
    """
    subscriptions, errors = read_outlines(path)
    if errors:
        raise ManyErrors(errors)
    return subscriptions


def read_outlines(path: Path) -> tuple[list[Subscription], list[OpmlError]]:
    """As `read_opml`, with what is wrong with single outlines beside the subscriptions that are right."""
    found: dict[str, Subscription] = {}
    errors = []
    for outline in _parse(_text(path), path).outlines:
        try:
            subscription = _subscription(outline, path)
        except OpmlError as error:
            errors.append(error)
            continue
        if subscription is not None:
            earlier = found.setdefault(subscription.address, subscription)
            found[subscription.address] = replace(earlier, archive=earlier.archive or subscription.archive)
    return list(found.values()), errors


def add_subscription(path: Path, subscription: Subscription) -> None:
    """Add a subscription at the end of the list, which is made if there is none; OpmlError when it is there already."""
    from xml.sax.saxutils import quoteattr  # slow to import: it brings urllib.request

    attributes = {
        "type": "archive" if subscription.archive else "rss",
        "text": subscription.title or subscription.address,
        "xmlUrl": subscription.address,
        "language": subscription.language,
    }
    line = "<outline " + " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items() if value) + "/>"
    wanted = _Outline({name.lower(): value for name, value in attributes.items()}, 0, 0, 0, is_folder=False)
    _subscription(wanted, path)
    _edit(path, lambda text: _with_line(text, subscription.address, line.encode(), path), otherwise=_EMPTY)


def _with_line(text: str, address: str, line: bytes, path: Path) -> bytes:
    parsed = _parse(text, path)
    for outline in parsed.outlines:
        if _address(outline) == address:
            raise OpmlError(f"{address} is followed already", where=Place(str(path), outline.line))
    if parsed.body_end < 0:
        raise OpmlError("the file has no <body> to add a feed to", where=str(path), mend="compare an OPML 2.0 file")
    document = text.encode()
    before, after = document[: parsed.body_end], document[parsed.body_end :]
    if parsed.body_is_empty:  # <body/>
        before, after = before[: before.rindex(b"/>")] + b">\n  ", b"</body>" + after
    # `</body>` keeps the white space before it, the new line gets the same and one step more.
    indent = before[len(before.rstrip(b" \t")) :]
    kept = before[: len(before) - len(indent)]
    step = b"" if kept.endswith(b"\n") else b"\n"
    return kept + step + indent + b"  " + line + b"\n" + indent + after


def remove_subscription(path: Path, address: str) -> None:
    """Remove every outline with the address, and the line where nothing else stands on it.

    OpmlError when there is none, or when it holds other outlines.
    """
    _edit(path, lambda text: _without(text, address, path))


def _without(text: str, address: str, path: Path) -> bytes:
    outlines = [outline for outline in _parse(text, path).outlines if _address(outline) == address]
    if not outlines:
        raise OpmlError(f"{address} is not followed", where=str(path), mend="tracker feeds list shows the addresses")
    document = text.encode()
    for outline in reversed(outlines):
        if outline.is_folder:
            where = Place(str(path), outline.line)
            raise OpmlError(f"{address} has other outlines inside", where=where, mend="remove it by hand")
        before, after = document[: outline.start], document[outline.end :]
        rest_of_line = re.match(rb"[ \t]*\r?\n", after)
        start_of_line = before.rstrip(b" \t")
        if rest_of_line and (not start_of_line or start_of_line.endswith(b"\n")):
            before, after = start_of_line, after[rest_of_line.end() :]
        document = before + after
    return document


def _subscription(outline: _Outline, path: Path) -> Subscription | None:
    """What an outline subscribes to, None for a folder."""
    where = Place(str(path), outline.line)
    attributes = outline.attributes
    address = _address(outline)
    kind = attributes.get("type", "").strip().lower()
    title = printable(attributes.get("title") or attributes.get("text", ""))
    if not address:
        if not outline.is_folder and kind in ("rss", "atom", "archive"):
            raise OpmlError(
                f"the feed {title!r} has no xmlUrl", where=where, mend="add its address, or remove the line"
            )
        return None
    if printable(address) != address:
        raise OpmlError(f"the address of {title!r} has control characters or gaps", where=where, mend="write it anew")
    if ":" in address.split("/")[0] and not (is_web_address(address) and safe_link(address)):
        mend = "write an http:// or https:// address, or a path relative to the workspace"
        raise OpmlError(f"{address} is not an address on the web", where=where, mend=mend)
    language = attributes.get("language", "").strip()
    if language and not _LANGUAGE.fullmatch(language):
        raise OpmlError(
            f"{language!r} is not a language", where=where, mend="write two letters (ISO 639-1), such as ru"
        )
    archive = kind == "archive" or "archive" in re.split(r"[,/\s]+", attributes.get("category", "").lower())
    return Subscription(address, title, language[:2].lower(), archive)


def _address(outline: _Outline) -> str:
    return outline.attributes.get("xmlurl", "").strip()


class _Places:
    """Notes each outline and its place while a parser runs; what ElementTree calls a target."""

    def __init__(self, document: bytes) -> None:
        self.outlines: list[_Outline] = []
        self.root = ""
        self.body_end = -1
        self.body_is_empty = False
        self.expat: Any = None  # the parser beneath, which knows how far it has come
        self._document = document
        self._open: list[_Element] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.root = self.root or tag
        self._note_content()
        lowered = {name.lower(): value for name, value in attributes.items()}
        self._open.append(_Element(lowered, self.expat.CurrentLineNumber, self.expat.CurrentByteIndex))

    def end(self, tag: str) -> None:
        element, reached = self._open.pop(), self.expat.CurrentByteIndex
        # expat stands behind `<outline/>`, but before `</outline>`.
        is_empty = not element.has_content and self._document[:reached].endswith(b"/>")
        if tag == "outline":
            end = reached if is_empty else self._document.index(b">", reached) + 1
            outline = _Outline(element.attributes, element.line, element.start, end, element.has_outlines)
            self.outlines.append(outline)
            if self._open:
                self._open[-1].has_outlines = True
        elif tag == "body":
            self.body_end, self.body_is_empty = reached, is_empty

    def data(self, _: str) -> None:
        self._note_content()

    def comment(self, _: str) -> None:
        self._note_content()

    def close(self) -> None:
        self.outlines.sort(key=lambda outline: outline.start)

    def _note_content(self) -> None:
        if self._open:
            self._open[-1].has_content = True


@dataclass(slots=True)
class _Element:
    attributes: dict[str, str]
    line: int
    start: int
    has_content: bool = False
    has_outlines: bool = False


def _parse(text: str, path: Path) -> _Places:
    """The places of all outlines; OpmlError for what is not OPML, or declares entities of its own."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    document = text.encode()
    places = _Places(document)
    parser = DefusedXMLParser(target=places, encoding="utf-8")
    places.expat = parser.parser
    try:
        parser.feed(document)
        parser.close()
    except DefusedXmlException as error:
        mend = "remove the document type at the top"
        raise OpmlError("the file declares entities, which are refused", where=str(path), mend=mend) from error
    except ParseError as error:
        line, what = error.position[0], str(error).partition(":")[0]
        mend = "mend that line, or export the list anew"
        raise OpmlError(f"not XML: {what}", where=Place(str(path), line), mend=mend) from error
    if places.root.lower() != "opml":
        what = f"not a list of feeds: its outermost element is <{printable(places.root)[:40]}>, not <opml>"
        raise OpmlError(what, where=str(path), mend="name an OPML file")
    return places


def _text(path: Path) -> str:
    return _decoded(_content(path))


def _decoded(content: bytes) -> str:
    return decode(content).removeprefix("\ufeff")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise OpmlError(f"too large: over {_MAX_BYTES // 1_000_000} MB", where=str(path), mend="split the list")
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OpmlError(f"cannot be read: {reason}", where=str(path), mend="tracker feeds add starts a list") from error


def _edit(path: Path, change: Callable[[str], bytes], *, otherwise: str | None = None) -> None:
    """Replace the file by what `change` makes of it (of `otherwise` if there is none), in UTF-8, and declared so.

    In one step, so that no reader ever sees half of it, and one tracker after the other, so that no edit is lost; what
    another program writes meanwhile is not written over. LockedError when another tracker keeps writing.
    """
    from filelock import FileLock, Timeout

    from tracker.ledger.replace import replace_file

    try:
        with FileLock(path.resolve().with_suffix(".lock"), timeout=_WAIT_SECONDS):
            before = None if otherwise is not None and not path.exists() else _content(path)
            after = change(_decoded(before) if before is not None else otherwise or "")
            replace_file(path, before, _DECLARED_ENCODING.sub(r"\1\2UTF-8\2", after.decode()).encode())
    except Timeout as error:
        raise LockedError("another tracker is editing the list", where=str(path), mend="try again") from error
    except LedgerError as error:
        raise OpmlError(error.what, where=error.where, mend=error.mend or "nothing was changed") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OpmlError(f"cannot be written: {reason}", where=str(path), mend="nothing was changed") from error
