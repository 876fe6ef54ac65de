"""What are the readable words of an article, its title and its date? HTML, Markdown and plain text, read as data.

Nothing is fetched here, and nothing of an article is trusted: sizes are limited, control characters and terminal escape
codes are taken out, links are http(s) or none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from tracker.errors import LedgerError
from tracker.extract.article import paragraphs
from tracker.feeds.clean import is_web_address, printable, safe_link, without_commands
from tracker.feeds.encoding import decode
from tracker.text.language import language_of
from tracker.windows import find_windows

MAX_BYTES = 10_000_000
MAX_CHARACTERS = 400_000  # of the readable text: a long book chapter

_HTML = re.compile(r"<(?:!doctype html|html|head|body|article|main|p|div)\b", re.IGNORECASE)
_HEAD = 4000  # characters among which markup must begin
_LONGEST_TITLE = 200
_DATED_AMONG, _LONGEST_DATE_LINE = 8, 15  # paragraphs at the head of a plain text; words of one that gives its date
_FULL_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MARKDOWN = (
    (re.compile(r"\A---\n.*?\n---\n", re.DOTALL), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"^#{1,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class Readable:
    """An article's readable words and what its document says of it; `published` is None where it does not say."""

    text: str
    title: str
    author: str
    url: str
    published: date | None


def read_document(body: bytes, *, address: str = "", name: str = "", content_type: str = "") -> Readable:
    """The article of a document that came from `address`, or from a file called `name`.

    LedgerError when it holds none: too large, a PDF, or no readable text.
    """
    where = address or name or "standard input"
    if len(body) > MAX_BYTES:
        raise LedgerError(f"larger than {MAX_BYTES // 1_000_000} MB", where=where, mend="save the article's text alone")
    if body.startswith(b"%PDF"):
        raise LedgerError("this is a PDF", where=where, mend="save its text in a file first: pdftotext article.pdf")
    content = decode(body, content_type)
    if "\x00" in content[:_HEAD]:
        raise LedgerError("this is no text", where=where, mend="name an article's page, or a file with its text")
    if "html" in content_type or _HTML.search(content[:_HEAD]):
        read = _from_html(content, address)
    else:
        read = _from_text(content, is_markdown=name.endswith((".md", ".markdown")) or "markdown" in content_type)
    if not read.text:
        mend = "save the article's text in a file, and name that"
        raise LedgerError("no article was found in it", where=where, mend=mend)
    if len(read.text) > MAX_CHARACTERS:
        raise LedgerError(f"longer than {MAX_CHARACTERS:,} characters", where=where, mend="cut it into articles")
    return read


def _from_html(content: str, address: str) -> Readable:
    # trafilatura takes half a second to import, and only a page needs it.
    from trafilatura import bare_extraction

    document = bare_extraction(
        content,
        url=address or None,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if document is None:
        return Readable("", "", "", "", None)
    told = document.as_dict() if not isinstance(document, dict) else document
    link = safe_link(told.get("url") or "") or (address if is_web_address(address) else "")
    return Readable(
        text=clean_text(told.get("text") or ""),
        title=printable(told.get("title") or "")[:_LONGEST_TITLE],
        author=_one_author(printable(told.get("author") or "")),
        url=link,
        published=_day(told.get("date") or ""),
    )


def _one_author(names: str) -> str:
    return names.split(";")[0].strip()[:_LONGEST_TITLE]


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None


def _from_text(content: str, *, is_markdown: bool) -> Readable:
    text = clean_text(content)
    for pattern, replacement in _MARKDOWN if is_markdown else ():
        text = pattern.sub(replacement, text)
    text = text.strip()
    if text:
        text += "\n"
    first = next((span.of(text) for span in paragraphs(text)), "")
    return Readable(text, printable(first)[:_LONGEST_TITLE].rstrip("."), "", "", _dated(text))


def _dated(text: str) -> date | None:
    """The day that a line of its own near the head gives: "12 January 2026", "Published 2025-11-05"."""
    for span in paragraphs(text)[:_DATED_AMONG]:
        line = span.of(text)
        if len(line.split()) > _LONGEST_DATE_LINE or not _FULL_YEAR.search(line):
            continue
        for found in find_windows(line, date(1900, 1, 1), language_of(line)):
            if found.reading and found.reading.window.days == 1 and _FULL_YEAR.search(found.phrase):
                return found.reading.window.opens
    return None


def clean_text(text: str) -> str:
    """A text as it is kept: line breaks are \\n, without control, invisible and direction-changing characters.

    >>> clean_text("red \\x1b[31malert\\x1b[0m\\r\\n\\tnow\\u202e  \\n")
    'red alert\\nnow'
    """
    text = unicodedata.normalize("NFC", without_commands(text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = ("".join(map(_kept, line)).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _kept(character: str) -> str:
    if character.isprintable():
        return character
    # A tab or a hard space parts words; whatever else is not printable is not seen either.
    return " " if character.isspace() or unicodedata.category(character) == "Zs" else ""
