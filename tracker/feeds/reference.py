"""What does a document say, read by feedparser?

It is the reference: slow, but it reads nearly anything, whole or broken, in every version of RSS, RDF and Atom.
"""

from __future__ import annotations

import io
import re
from html import escape, unescape

from tracker.errors import FeedError
from tracker.feeds.clean import is_web_address, safe_link, without_commands
from tracker.feeds.entry import Document, Entry

# What XML 1.0 (section 2.2) forbids, as a character or by its number; one of them would cost us the whole document.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:(\d+)|[xX]([0-9a-fA-F]+));")
# An ampersand that begins no entity, as in an address; in CDATA it needs no mending.
_BARE_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d+|#[xX][0-9a-fA-F]+);)", re.DOTALL
)
# A field whose item ends, or whose successor begins, before it does: nothing but text stands in it.
_UNCLOSED = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|<(?P<name>title|link|guid|id|description|summary|pubDate|published|updated|category)(?:\s[^<>]*)?(?<!/)>[^<]*"
    r"(?=</(?:item|entry)\s*>|<(?:item|entry)(?:\s[^<>]*)?>\s*<)",
    re.DOTALL,
)
_ROOT = re.compile(r"(?P<name><[\w:-]+)[^<>]*>")
_BASE = re.compile(r"""\sxml:base\s*=\s*["'](?P<base>[^"'<>]*)["']""")
_LONG_TAG = re.compile(r"<([A-Za-z][\w:.-]*)\s[^<>]{2000,}>")
_MAX_ATTRIBUTES = 100

# A feed, an entry or a part of one, as feedparser gives it.
Fields = dict[str, object]


def read_reference(document: str, address: str, *, limit: int, base: str = "") -> Document:
    """The feed and its first `limit` entries; FeedError where feedparser gives up on the document of `address`.

    `base` is where its relative links start, as far as it does not say so itself.
    """
    import feedparser

    document = _based(_mended(document), base)
    try:
        # HTML as it came, because we strip it ourselves; links inside it are of no use.
        parsed = feedparser.parse(
            io.BytesIO(document.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # its lenient parser raises nearly anything on nonsense
        raise FeedError(f"cannot be read as a feed: {type(error).__name__}", where=address) from error
    entries = [_entry(fields) for fields in parsed.entries[:limit]]
    return Document(_text(parsed.feed, "title"), _text(parsed.feed, "language"), entries)


def _mended(document: str) -> str:
    """The document without what would cost feedparser the whole of it, or hours."""
    document = without_commands(_REFERENCE.sub(_allowed_reference, document))
    document = _UNCLOSED.sub(lambda match: match[0] + (f"</{match['name']}>" if match["name"] else ""), document)
    document = _BARE_AMPERSAND.sub(lambda match: "&amp;" if match[0] == "&" else match[0], document)
    return _FORBIDDEN.sub("", _LONG_TAG.sub(_few_attributes, document))


def _based(document: str, base: str) -> str:
    """The document with a whole address for its root's base, where that is relative or an element inside has one.

    feedparser goes back from an element's base to the one outside of it, but not to none, and loses the steps upwards
    of one that is relative to nothing.
    """
    root = _ROOT.match(document)
    if not root or not is_web_address(base) or not _BASE.search(document):
        return document
    rest = document[root.end() :]
    stated = _BASE.search(root[0])
    if stated is None:
        return f'{root["name"]} xml:base="{escape(base)}"{root[0][len(root["name"]) :]}{rest}'
    absolute = safe_link(unescape(stated["base"]), base)
    if not absolute:
        return document
    return f'{root[0][: stated.start()]} xml:base="{escape(absolute)}"{root[0][stated.end() :]}{rest}'


def _few_attributes(match: re.Match[str]) -> str:
    """A tag without its attributes where they are very many, because feedparser takes the square of their number."""
    if match[0].count("=") <= _MAX_ATTRIBUTES:
        return match[0]
    return f"<{match[1]}/>" if match[0].endswith("/>") else f"<{match[1]}>"


def _entry(fields: Fields) -> Entry:
    origin, original = _fields(fields, "source"), _text(fields, "feedburner_origlink")
    links = dict.get(fields, "links")
    stated = isinstance(links, list) and any(_text(link, "rel") == "alternate" for link in links)
    derived = dict.get(fields, "guidislink") is True and not stated
    return Entry(
        guid=_text(fields, "id"),
        link=original if is_web_address(original) else _text(fields, "link") if not derived else "",
        permalink=_text(fields, "link") if derived else "",
        title=_text(fields, "title") or _text(fields, "itunes_title"),
        summary=_text(fields, "summary") or _content(fields),
        published=_text(fields, "published"),
        updated=_text(fields, "updated"),
        created=_text(fields, "created"),
        language=_text(_fields(fields, "title_detail"), "language"),
        sources=tuple(_text(origin, name) for name in ("href", "link", "id")) if origin else (),
    )


def _allowed_reference(match: re.Match[str]) -> str:
    """A reference to a character that XML allows as it is, one to a control character as that character."""
    digits = (match[1] or match[2]).lstrip("0") or "0"
    number = int(digits, 10 if match[1] else 16) if len(digits) < 8 else 0x110000
    if number > 0x10FFFF:
        return ""
    return chr(number) if _FORBIDDEN.match(chr(number)) else match[0]


def _content(fields: Fields) -> str:
    """An Atom entry's content, or RSS's content:encoded: the whole article, where the feed has it."""
    parts = dict.get(fields, "content")
    return (
        next((_text(part, "value") for part in parts if isinstance(part, dict)), "") if isinstance(parts, list) else ""
    )


def _text(fields: Fields, name: str) -> str:
    # dict.get: feedparser's own lookup answers "updated" with "published", and warns.
    value = dict.get(fields, name)
    return value if isinstance(value, str) else ""


def _fields(fields: Fields, name: str) -> Fields:
    value = dict.get(fields, name)
    return value if isinstance(value, dict) else {}
