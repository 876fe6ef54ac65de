"""Which documents can be read the fast way without being fooled, and what do they say?

The standard library's parser is some twenty times faster than feedparser, but knows nothing of feeds. On a plain
document there is little to know. feedparser repairs and guesses on others, so a document is read here only if nothing
about its structure gives cause for doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.feeds.entry import Document, Entry

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_XML = "{http://www.w3.org/XML/1998/namespace}"

# Fields of an entry that everybody reads alike where they stand once, with nothing but text inside.
_RSS_FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "description": "summary",
    f"{_CONTENT}encoded": "content",
    "pubDate": "published",
    f"{_DUBLIN_CORE}date": "updated",
}
_ATOM_FIELDS = {
    f"{_ATOM}title": "title",
    f"{_ATOM}id": "guid",
    f"{_ATOM}summary": "summary",
    f"{_ATOM}content": "content",
    f"{_ATOM}published": "published",
    f"{_ATOM}updated": "updated",
}
# With attributes that change nothing. Everything else about a field's tag is cause for doubt.
_ATTRIBUTES = {
    "guid": ({"isPermaLink": "true"}, {"isPermaLink": "false"}),
    **{f"{_ATOM}{name}": ({"type": "text"}, {"type": "html"}) for name in ("title", "summary", "content")},
}
# Elements that somebody takes for a field of the entry, or for where another begins, whatever their namespace.
_FIELD_NAMES = frozenset(
    "title link guid id description summary subtitle tagline abstract info content encoded body fullitem pubdate date"  # noqa: SIM905
    " published issued updated modified created lastbuilddate source origlink item entry image textinput language"
    " newlocation browserfriendly".split()
)
_HARMLESS = ("{http://search.yahoo.com/mrss/}content", "{http://www.itunes.com/dtds/podcast-1.0.dtd}image")
_LANGUAGES = ("language", f"{_ATOM}language", f"{_DUBLIN_CORE}language")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
# feedparser takes such a thing in an RSS link for a parameter whose "&" was escaped wrongly.
_ENTITY = re.compile(r"&\w+;")
_CONTROLS = re.compile("[\x80-\x9f]")
# The control characters of Latin-1 are what windows-1252 has instead of them (WHATWG Encoding, section 4.2).
_WINDOWS = {
    number: bytes([number]).decode("cp1252") for number in range(0x80, 0xA0) if number not in (129, 141, 143, 144, 157)
}


class _DoubtError(Exception):
    """Something that not every reader would understand alike."""


def read_fast(document: str, *, limit: int) -> Document | None:
    """The feed and its first `limit` entries; None where anything gives cause for doubt.

    Plain is a well-formed RSS or Atom 1.0 document without xml:base, in which every entry has a link and each field at
    most once, with text and no elements inside, under its usual name.
    """
    if not document.startswith(("<rss", "<feed")):
        return None
    from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser

    # Comments are kept, because what stands around one within a text is not one text to everybody.
    # A document that begins with its root has no document type, and with it no entities to expand.
    parser = XMLParser(target=TreeBuilder(insert_comments=True, insert_pis=True))  # noqa: S314
    with suppress(ParseError, UnicodeError, _DoubtError):
        parser.feed(document)
        root = parser.close()
        if root.tag == "rss":
            return _read(root, _channel(root), "item", _RSS_FIELDS, limit)
        if root.tag == f"{_ATOM}feed":
            return _read(root, root, f"{_ATOM}entry", _ATOM_FIELDS, limit)
    return None


def _channel(root: Element) -> Element:
    """The only element of an RSS document's root."""
    elements = [element for element in root if isinstance(element.tag, str)]
    if [element.tag for element in elements] != ["channel"] or _is_redefined(elements[0]):
        raise _DoubtError
    return elements[0]


def _read(root: Element, channel: Element, kind: str, fields: Mapping[str, str], limit: int) -> Document:
    """What a feed says whose entries are the elements of a `kind` with `fields` in them."""
    if any(name.endswith("base") for name in root.attrib):
        raise _DoubtError
    spoken = root.get(f"{_XML}lang", root.get("lang", ""))
    titles, languages, entries = [], [], []
    # What the tags of this document mean that are no fields, so that each is judged once.
    judged: dict[str, bool] = {}
    for element in channel:
        if element.tag == kind:
            entries.append(_entry(element, fields, spoken, judged))
            continue
        titles += [_text(element)] if _local_name(element) == "title" else []
        for part in element.iter():
            if _local_name(part) in ("item", "entry") or _is_redefined(part):
                raise _DoubtError
            languages += [_text(part)] if part.tag in _LANGUAGES else []
    if len(titles) > 1:
        raise _DoubtError
    return Document("".join(titles), "".join(languages[:1]) or spoken, entries[:limit])


def _entry(entry: Element, fields: Mapping[str, str], language: str, judged: dict[str, bool]) -> Entry:
    said: dict[str, str] = {}
    if entry.attrib:
        raise _DoubtError
    for element in entry:
        tag = element.tag
        if field := fields.get(tag):
            if field in said or len(element) or (element.attrib and element.attrib not in _ATTRIBUTES.get(tag, ())):
                raise _DoubtError
            text = element.text
            said[field] = (text.strip() if text.isascii() else _repaired(text.strip())) if text else ""
        elif tag == f"{_ATOM}link" and fields is _ATOM_FIELDS:
            if _is_page_link(element):
                if "link" in said:
                    raise _DoubtError
                said["link"] = _repaired(element.get("href", ""))
        elif isinstance(tag, str):
            known = judged.get(tag)
            if known is None:
                known = judged[tag] = _is_harmless(element)
            if not known or (element.attrib and _is_redefined(element)) or (len(element) and not _is_apart(element)):
                raise _DoubtError
    get = said.get
    link = get("link")
    if not link or ("&" in link and fields is _RSS_FIELDS and _ENTITY.search(link)):
        raise _DoubtError
    return Entry(
        get("guid", ""),
        link,
        get("title", ""),
        get("summary") or get("content", ""),
        get("published", ""),
        get("updated", ""),
        # A title has a language, and where there is none, nothing has.
        language=language if "title" in said else "",
    )


def _is_page_link(link: Element) -> bool:
    """Whether a link of an Atom entry is to the article's page, as far as that can be told."""
    if _is_redefined(link) or len(link) or link.text or not link.get("href"):
        raise _DoubtError
    if link.get("rel", "alternate") != "alternate":
        return False
    if link.get("type", "text/html") not in _PAGE_TYPES:
        raise _DoubtError
    return True


def _is_harmless(element: Element) -> bool:
    """Whether an element that is none of the plain fields is by its name nothing that anybody could take for one."""
    return element.tag in _HARMLESS or _local_name(element) not in _FIELD_NAMES


def _is_apart(element: Element) -> bool:
    """Whether what stands inside of a harmless element is harmless too."""
    return not any(_is_redefined(part) or not _is_harmless(part) for part in element.iter())


def _is_redefined(element: Element) -> bool:
    """Whether an element gives its own meaning to what is inside: feedparser is not particular about the namespace."""
    for name in element.attrib:  # noqa: SIM110 (any() takes three times as long, and this is asked of most tags)
        if name.endswith(("base", "lang")):
            return True
    return False


def _local_name(element: Element) -> str:
    """An element's name without its namespace, in small letters; empty for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    if len(element) or (element.attrib and element.attrib not in _ATTRIBUTES.get(element.tag, ())):
        raise _DoubtError
    return _repaired(element.text.strip()) if element.text else ""


def _repaired(text: str) -> str:
    """A text that was taken for Latin-1 and encoded a second time, as it was before; feedparser does the same.

    >>> _repaired("cafÃ© \\x93noir\\x94"), _repaired("café")
    ('cafÃ© “noir”', 'café')
    """
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return text.translate(_WINDOWS) if _CONTROLS.search(text) else text
