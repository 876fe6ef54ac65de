"""Are an article's words, title and day read from what people have: pages, Markdown, plain text, in any encoding?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.articles import MAX_BYTES, clean_text, read_document
from tracker.errors import LedgerError

WORDS = "Brent will quite likely rise above $100 by the end of June, said John Brown, an analyst at Opec Watch."
PAGE = (
    '<!doctype html><html><head><title>Oil in 2026 | Daily</title><meta name="author" content="Jane Doe; Max Roe">'
    '<meta property="article:published_time" content="2025-12-01T10:00:00Z">{head}</head><body>'
    "<nav><ul><li>Home</li><li>Subscribe now</li></ul></nav><article><h1>Oil in 2026</h1>{body}</article>"
    '<footer>All rights reserved</footer><script>alert("x")</script></body></html>'
)


def page(*paragraphs: str, head: str = "") -> str:
    return PAGE.format(head=head, body="".join(f"<p>{words}</p>" for words in paragraphs))


def test_a_page_gives_its_text_title_author_day_and_address() -> None:
    body = page(WORDS, *(f"{number}. {WORDS}" for number in range(4)))
    read = read_document(body.encode(), address="https://example.org/oil", content_type="text/html; charset=utf-8")
    assert read.text.splitlines()[1] == WORDS
    assert (read.title, read.author, read.published) == ("Oil in 2026", "Jane Doe", date(2025, 12, 1))
    assert read.url == "https://example.org/oil"
    assert not {"Home", "Subscribe now", "All rights reserved"} & set(read.text.splitlines())
    assert "alert" not in read.text


RUSSIAN = "Цена нефти, скорее всего, вырастет до 100 долларов к концу июня, считает аналитик Иван Петров."


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "utf-16"])
def test_russian_is_read_in_every_encoding_of_it(encoding: str) -> None:
    text = "\n".join([RUSSIAN] * 5)
    assert read_document(text.encode(encoding)).text.splitlines()[0] == RUSSIAN
    body = page(*[f"{RUSSIAN} {number}" for number in range(5)])
    assert RUSSIAN in read_document(body.encode(encoding), address="https://example.org/").text


def test_links_and_names_of_a_page_are_not_trusted() -> None:
    head = (
        '<link rel="canonical" href="javascript:steal()"><meta property="og:title" content="Red \x1b[31malert\u202e">'
    )
    read = read_document(page(*[WORDS] * 4, head=head).encode(), address="https://example.org/oil")
    assert read.url in ("", "https://example.org/oil")
    assert read.title.isprintable()


DATES = {
    "By Jane Doe\n12 January 2026": date(2026, 1, 12),
    "Published 5 November 2025": date(2025, 11, 5),
    "20 января 2026, 11:40": date(2026, 1, 20),
    "2025-06-30": date(2025, 6, 30),
    "January 2026": None,
    "On 5 November 2025 the ministers met in Vienna and spoke of many things, none of them new to anybody.": None,
}


@pytest.mark.parametrize(("line", "day"), DATES.items())
def test_a_plain_text_says_its_day_in_a_line_of_its_own(line: str, day: date | None) -> None:
    read = read_document(f"Oil in 2026\n\n{line}\n\n{WORDS}\n".encode())
    assert (read.title, read.published) == ("Oil in 2026", day)


def test_markdown_is_read_without_its_marks() -> None:
    text = f"---\nlayout: post\n---\n# Oil in 2026\n\n> **{WORDS}** See [the report](https://example.org), *now*.\n"
    read = read_document(text.encode(), name="oil.md")
    assert read.text == f"Oil in 2026\n\n{WORDS} See the report, now.\n"


REFUSED = {
    "nothing": (b"", "no article was found in it"),
    "white space": (b" \n\t \r\n", "no article was found in it"),
    "an empty page": (b"<html><body></body></html>", "no article was found in it"),
    "a PDF": (b"%PDF-1.7\n...", "this is a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "this is no text"),
    "too many bytes": (b"a" * (MAX_BYTES + 1), "larger than 10 MB"),
    "too long": (b"Oil will rise. " * 40_000, "longer than 400,000 characters"),
}


@pytest.mark.parametrize(("body", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_article_is_refused_in_a_line(body: bytes, says: str) -> None:
    with pytest.raises(LedgerError, match=says):
        read_document(body, name="it")


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_what_is_kept_has_no_character_that_a_terminal_obeys_and_stays_as_it_is(text: str) -> None:
    kept = clean_text(text)
    assert all(line.isprintable() for line in kept.split("\n"))
    assert clean_text(kept) == kept


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from([b"", b"<html><body><p>", b"<!doctype html><article>"]))
def test_any_bytes_are_read_or_refused(body: bytes, start: bytes) -> None:
    try:
        read = read_document(start + body)
    except LedgerError:
        return
    assert read.text.strip()
