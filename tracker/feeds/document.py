"""Where in a text does the feed begin and end, and what stands outside of its items?

What stands before the root element is left out, the document type with its entities first of all: nothing in it is ever
expanded or fetched.
"""

from __future__ import annotations

import json
import re

from tracker.errors import FeedError
from tracker.feeds.clean import plain_text

# The first of these decides whether a document is a feed or a page; comments are passed over.
_START = re.compile(
    r"<!--.*?(?:-->|\Z)|(?P<page><(?:!doctype\s+html|html)\b)"
    r"|(?P<root><(?P<name>rss|(?:[\w-]+:)?(?:rdf|feed)|channel)(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
_EMPTY_ROOT = re.compile(r"<[^<>]*/>\s*")
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)")
_ENTRY_OPENS = re.compile(r"<(?:[\w-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_CLOSES = re.compile(r"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
# Parts of a document in which a "<" begins no tag, and how each of them ends.
_APART = re.compile(r"<(?:!\[CDATA\[|!--|\?)")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_LONGEST_INLINE = 200
_LONGEST_HEAD = 200_000
HIDDEN = "\0"
"""Stands in a skeleton where a longer text was; XML allows it nowhere."""


def feed_part(text: str, address: str) -> str:
    """The document from its root element on, without a last entry that was cut off.

    FeedError, with `address` for its place, for what is no feed: nothing, a page, another kind of document, or one that
    breaks off before its first item ends.
    """
    if not text.strip("\0 \t\r\n\ufeff"):
        raise FeedError("the document is empty", where=address)
    start = next((match for match in _START.finditer(text) if match["page"] or match["root"]), None)
    if start is None:
        raise FeedError(_stranger(text), where=address)
    if start["page"]:
        what = "this is an HTML page, not a feed; its address may have moved, or it asks for a login"
        raise FeedError(what, where=address)
    document = text[start.start() :]
    if f"</{start['name']}" in document or _EMPTY_ROOT.fullmatch(document):
        return document
    last_close = max((match.end() for match in _ENTRY_CLOSES.finditer(document)), default=0)
    if not last_close:
        raise FeedError("truncated: the document breaks off before the end of its first item", where=address)
    return document[:last_close]


def outside_items(document: str) -> str:
    """The skeleton of what stands before a document's first item and after its last, at most some 100,000 characters
    of each.
    """
    first = _ENTRY_OPENS.search(document)
    if first is None:
        return skeleton(document[:_LONGEST_HEAD])
    head = document[: min(first.start(), _LONGEST_HEAD // 2)]
    tail = document[max(first.end(), len(document) - _LONGEST_HEAD // 2) :]
    # Nearly all feeds write it so; where one does not, what is left of its items is no great harm.
    last_close = max(tail.rfind("</item>"), tail.rfind("</entry>"))
    if last_close < 0:
        last_close = max((match.start() for match in _ENTRY_CLOSES.finditer(tail)), default=len(tail))
    return skeleton(head) + skeleton(tail[last_close:])


def skeleton(document: str) -> str:
    """A document in which every "<" begins a tag: comments and instructions are empty, CDATA is plain text.

    Where CDATA holds markup, or is long, HIDDEN stands for it.

    >>> skeleton("<a><![CDATA[Tue]]></a><!-- <a> --><b><![CDATA[<p>Text]]></b>").replace(HIDDEN, "…")
    '<a>Tue</a><!----><b>…</b>'
    """
    if "![CDATA[" not in document and "!--" not in document and "?>" not in document:
        return document
    pieces = []
    at = 0
    while opening := _APART.search(document, at):
        pieces.append(document[at : opening.start()])
        closing = _ENDS[opening[0]]
        end = document.find(closing, opening.end())
        if end < 0:
            return "".join(pieces)
        pieces.append(_inline(document[opening.end() : end]) if closing == "]]>" else "<!---->")
        at = end + len(closing)
    pieces.append(document[at:])
    return "".join(pieces)


def _inline(text: str) -> str:
    if len(text) > _LONGEST_INLINE or "<" in text or "&" in text:
        return HIDDEN if text.strip() else ""
    return text


def _stranger(text: str) -> str:
    """What a document is that is neither a feed nor a page."""
    element = _ELEMENT.search(text)
    begins = f"it begins with {plain_text(text[:200], limit=30)!r}"
    if text.lstrip("\ufeff \t\r\n").startswith("<") and element:
        return f"not a feed: its outermost element is <{plain_text(element[1], limit=40)}>"
    return f"not XML but JSON, and no JSON Feed: {begins}" if _is_json(text) else f"not XML: {begins}"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
