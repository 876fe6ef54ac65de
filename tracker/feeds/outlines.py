"""Where in an OPML document does each outline stand, and what does it say?

Elements are found by bytes, so that an edit may change one and leave every other byte of the file as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from tracker.errors import OpmlError
from tracker.feeds.clean import printable
from tracker.model import Place


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline: its attributes (names in lower case), line, and byte offsets [start, end) in the document."""

    attributes: dict[str, str]
    line: int
    start: int
    end: int
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Outlines:
    """All outlines in their order, the byte at which `</body>` begins (-1 for none), and whether it is `<body/>`."""

    outlines: tuple[Outline, ...]
    body_end: int
    body_is_empty: bool


class _Places:
    """Notes each outline and its place while a parser runs; what ElementTree calls a target."""

    def __init__(self, document: bytes) -> None:
        self.outlines: list[Outline] = []
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
            outline = Outline(element.attributes, element.line, element.start, end, element.has_outlines)
            self.outlines.append(outline)
            if self._open:
                self._open[-1].has_outlines = True
        elif tag == "body":
            self.body_end, self.body_is_empty = reached, is_empty

    def data(self, _: str) -> None:
        self._note_content()

    def comment(self, _: str) -> None:
        self._note_content()

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


def parse_outlines(text: str, path: Path) -> Outlines:
    """All outlines and their places; OpmlError for what is not OPML, or declares entities of its own."""
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
    in_order = sorted(places.outlines, key=lambda outline: outline.start)
    return Outlines(tuple(in_order), places.body_end, places.body_is_empty)
