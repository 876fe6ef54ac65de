"""What does a JSON Feed say? Versions 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from tracker.errors import FeedError
from tracker.feeds.entry import Document, Entry

_VERSION = re.compile(r"jsonfeed\.org\\?/version\\?/1")
_LINKS = {"feed_url": "self", "next_url": "next"}


def is_json_feed(text: str) -> bool:
    """Whether a text calls itself a JSON Feed, whatever type it was served with; it may be broken all the same."""
    return text.lstrip("\ufeff \t\r\n").startswith("{") and _VERSION.search(text) is not None


def read_json_feed(text: str, address: str, *, limit: int) -> tuple[Document, Mapping[str, str]]:
    """The feed with its first `limit` entries, and its links by relation as they stand there.

    FeedError, with `address` for its place, for what is no JSON or holds no list of items.
    """
    try:
        feed = json.loads(text.lstrip("\ufeff \t\r\n"), strict=False)
    except ValueError as error:
        where = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise FeedError(f"a JSON Feed that is no JSON: it is broken{where}", where=address) from error
    except RecursionError as error:
        raise FeedError("a JSON Feed that is nested too deeply", where=address) from error
    items = feed.get("items")
    if not isinstance(items, list):
        raise FeedError("a JSON Feed without a list of items", where=address)
    entries = [_entry(item) for item in items[:limit] if isinstance(item, dict)]
    links = {relation: link for name, relation in _LINKS.items() if (link := _text(feed, name))}
    return Document(_text(feed, "title"), _text(feed, "language"), entries), links


def _entry(item: dict[str, object]) -> Entry:
    return Entry(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        summary=_text(item, "summary") or _text(item, "content_html") or _text(item, "content_text"),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        language=_text(item, "language"),
    )


def _text(fields: dict[str, object], name: str) -> str:
    """A field's text; a number, as some write ids, in figures. Halves of surrogate pairs are no text."""
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**30 else ""
    return value.encode("utf-8", "replace").decode().strip() if isinstance(value, str) else ""
