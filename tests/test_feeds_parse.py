"""What the documents of feeds say, whole, broken and hostile ones."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import FeedError
from tracker.feeds.clean import plain_text, printable, safe_link
from tracker.feeds.dates import item_date
from tracker.feeds.identity import item_key, publisher
from tracker.feeds.lasting import lasting
from tracker.feeds.parse import MAX_ENTRIES, ParsedFeed, parse_feed
from tracker.feeds.wishes import Wishes
from tracker.model import Item

FEEDS = Path(__file__).parent / "data" / "feeds"
NOW = datetime(2025, 7, 10, 12, tzinfo=UTC)
BAKU = timezone(timedelta(hours=4))
GRANTED_SECONDS = 20
"""What the reading process grants a document at most; none of these takes one."""


def parse(body: bytes | str, *, language: str = "", content_type: str = "", archive: bool = False) -> ParsedFeed:
    return parse_feed(
        body.encode() if isinstance(body, str) else body,
        address="https://feed.example/rss",
        now=NOW,
        zone=BAKU,
        content_type=content_type,
        language=language,
        archive=archive,
    )


def rss(*items: str) -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>T</title>{inside}</channel></rss>'


def only(document: str | bytes, *, language: str = "") -> Item:
    (item,) = parse(document, language=language).items
    return item


TEXTS = {
    "entities escaped twice": ("Oil &amp;amp; gas &amp;quot;deal&amp;quot;", 'Oil & gas "deal"'),
    "entities escaped three times": ("it&amp;amp;#x27;s", "it's"),
    "an unknown entity stays": ("AT&T; R&D &notit; &copy", "AT&T; R&D &notit; &copy"),
    "tags go, their text stays": ("<p>Hello <b>bold</b> <a href='x'>link</a></p>", "Hello bold link"),
    "escaped tags go too": ("&lt;p&gt;Hello&lt;/p&gt;", "Hello"),
    "a quoted > does not end a tag": ('<img alt="a > b" src="x"> seen', "seen"),
    "scripts, styles and comments go with their text": ("<script>x</script>a<style>y</style><!-- z -->b", "a b"),
    "what is less than is no tag": ("3 < 5 and 7 > 6", "3 < 5 and 7 > 6"),
    "a word in angle brackets is text": ("<Reuters> says", "<Reuters> says"),
    "an unfinished tag at the end stays text": ("a <b", "a <b"),
    "headlines of a list are sentences": (
        "<ul><li>Envoy recalled</li><li>Talks off</li></ul>",
        "Envoy recalled. Talks off",
    ),
    "a block that goes on is no sentence": ("<p>the envoy</p><p>left</p>", "the envoy left"),
    "paragraphs that lost their markup are sentences": (
        "Rivals meet in pollsEight candidates met on Wednesday.Good morning from BakuThe envoys left.",
        "Rivals meet in polls. Eight candidates met on Wednesday. Good morning from Baku. The envoys left.",
    ),
    "names with a capital inside stay": (
        "iPhone, eBay, YouTube, PlayStation, McDonald, DeSantis, Node.js, U.S.Army",
        "iPhone, eBay, YouTube, PlayStation, McDonald, DeSantis, Node.js, U.S.Army",
    ),
    "white space collapses": ("a \t\n\r b\xa0\u2003c\u2028d", "a b c d"),
    "terminal escapes go": ("\x1b[31mred\x1b[0m \x1b]0;title\x07x \x9b1my", "red x y"),
    "direction overrides and zero width go": ("a\u202eb\u200bc\ufeffd\u2066e", "abcde"),
    "accents in two characters become one": ("и\u0306од", "йод"),
    "half a surrogate pair goes": ("a\ud800b", "ab"),
    "emoji and combined letters stay": ("Ü ё 🎉", "Ü ё 🎉"),
}


@pytest.mark.parametrize(("markup", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_markup_becomes_plain_text(markup: str, text: str) -> None:
    assert plain_text(markup, limit=200) == text


@given(st.text(st.characters(codec=None), max_size=200), st.integers(2, 50))
def test_plain_text_is_one_printable_line_within_its_limit(markup: str, limit: int) -> None:
    text = plain_text(markup, limit=limit)
    assert len(text) <= limit
    assert printable(text) == text
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in text)
    text.encode()


LINKS = {
    "relative to the feed": ("/news/1", "https://feed.example/news/1"),
    "absolute": ("http://a.example/x?y=1", "http://a.example/x?y=1"),
    "script": ("javascript:alert(1)", ""),
    "script with a tab in it": ("java\tscript:alert(1)", ""),
    "data": ("data:text/html,x", ""),
    "file": ("file:///etc/passwd", ""),
    "broken": ("http://[::1", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("link", "safe"), LINKS.values(), ids=LINKS.keys())
def test_only_web_links_are_kept(link: str, safe: str) -> None:
    assert safe_link(link, "https://feed.example/rss") == safe


DATES = {
    "RFC 822": ("Tue, 01 Jul 2025 10:00:00 +0300", "2025-07-01T07:00Z"),
    "a year of two figures": ("Tue, 01 Jul 25 10:00:00 GMT", "2025-07-01T10:00Z"),
    "a zone with a colon": ("Tue, 01 Jul 2025 10:00:00 +03:00", "2025-07-01T07:00Z"),
    "Moscow time by name": ("Tue, 01 Jul 2025 10:00:00 MSK", "2025-07-01T07:00Z"),
    "GMT with a shift": ("Tue, 01 Jul 2025 10:00:00 GMT+3", "2025-07-01T07:00Z"),
    "no space after the weekday": ("Tue,01 Jul 2025 10:00:00 GMT", "2025-07-01T10:00Z"),
    "long month": ("Tue, 01 July 2025 10:00 EST", "2025-07-01T15:00Z"),
    "ISO with fractions": ("2025-07-01T10:00:00.123Z", "2025-07-01T10:00:00.123Z"),
    "ISO with a space before the zone": ("2025-07-01 10:00:00 +0300", "2025-07-01T07:00Z"),
    "no zone is the workspace's": ("2025-07-01 10:00", "2025-07-01T06:00Z"),
    "a day alone begins in the workspace's zone": ("2025-07-01", "2025-06-30T20:00Z"),
    "with a dash": ("13 March 2023 - 17:19", "2023-03-13T13:19Z"),
    "Russian weekday and month": ("Вт, 01 июля 2025 10:00:00 +0300", "2025-07-01T07:00Z"),
    "Turkish month": ("1 Temmuz 2025 10:00", "2025-07-01T06:00Z"),
    "figures with dots put the day first": ("01.06.2025 10:00", "2025-06-01T06:00Z"),
    "figures with AM or PM put the month first": ("6/1/2025 6:05:00 PM", "2025-06-01T14:05Z"),
    "Unix time": ("1751364000", "2025-07-01T10:00Z"),
    "some hours ahead is now": ("2025-07-11T00:00:00Z", "2025-07-10T12:00Z"),
    "far ahead is a mistake": ("2097-01-01T00:00:00Z", None),
    "1970 is a mistake": ("1970-01-01T00:00:00Z", None),
    "day or month first, nobody knows": ("7/3/2025 6:05", None),
    "zeros": ("0000-00-00", None),
    "words": ("yesterday at noon", None),
    "a year": ("2025", None),
    "no such day": ("Tue, 32 Jul 2025 10:00:00 GMT", None),
    "the first year": ("0001-01-01T00:00:00Z", None),
}


@pytest.mark.parametrize(("claim", "moment"), DATES.values(), ids=DATES.keys())
def test_dates(claim: str, moment: str | None) -> None:
    expected = None if moment is None else datetime.fromisoformat(moment)
    assert item_date([claim], now=NOW, zone=BAKU) == expected


def test_the_first_readable_claim_counts() -> None:
    assert item_date(["", "soon", "2025-07-01T00:00Z", "2025-07-02T00:00Z"], now=NOW, zone=UTC) == datetime(
        2025, 7, 1, tzinfo=UTC
    )


SAME = {
    "https and http": ("https://a.example/x", "http://a.example/x"),
    "www": ("https://www.a.example/x", "https://a.example/x"),
    "a counter of versions": ("https://a.example/x#0", "https://a.example/x#7"),
    "tracking": ("https://a.example/x?id=1&utm_source=rss&ysclid=m9&from=rss", "https://a.example/x?id=1"),
    "a slash at the end": ("https://a.example/x/", "https://a.example/x"),
}
DIFFERENT = {
    "a parameter": ("https://a.example/?p=1", "https://a.example/?p=2"),
    "host": ("https://a.example/x", "https://b.example/x"),
    "pages of an application": ("https://a.example/#!/news/1", "https://a.example/#!/news/2"),
    "fragments of a home page": ("https://a.example/#1", "https://a.example/#2"),
    "numbers": ("4711", "4712"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_one_article_has_one_key(one: str, other: str) -> None:
    assert item_key(one, "", "", "") == item_key(other, "", "", "") == item_key("", other, "", "")


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_different_articles_have_different_keys(one: str, other: str) -> None:
    assert item_key(one, "", "", "", "a.example") != item_key(other, "", "", "", "a.example")


def test_a_number_is_unique_within_its_publisher_only() -> None:
    assert item_key("4711", "", "", "", "a.example") != item_key("4711", "", "", "", "b.example")


def test_rss() -> None:
    feed = parse((FEEDS / "rss.xml").read_bytes())
    assert (feed.title, feed.language) == ("Caspian & Volga", "en")
    envoy, undated, oil = feed.items
    assert envoy.title == "Baku recalls its ambassador & consul"
    assert envoy.summary == "The envoy left Moscow on Tuesday. Photo: agency"
    assert envoy.published == datetime(2025, 7, 1, 20, 30, tzinfo=UTC)
    assert envoy.day == date(2025, 7, 2), "half past midnight in Baku"
    assert (envoy.source, envoy.feed, envoy.first_seen) == ("caspian.example", "https://feed.example/rss", NOW)
    assert (undated.published, undated.day) == (None, NOW.date())
    assert (undated.link, undated.summary) == ("https://feed.example/news/2", "Its text is in the content.")
    assert oil.source == "wire.example"


def test_atom() -> None:
    turkish, english = parse((FEEDS / "atom.xml").read_bytes()).items
    assert turkish.title == "Bakü büyükelçisini geri çağırdı"
    assert (turkish.language, turkish.link, turkish.source) == ("tr", "https://atlas.example/haber/1", "haber.example")
    assert turkish.published == datetime(2025, 7, 1, 10, tzinfo=UTC)
    assert (english.language, english.day) == ("en", date(2025, 6, 30))
    assert english.summary == "First. One thing. Another"


ENCODINGS = {
    "by the header alone": ("cp1251", "", "text/xml; charset=windows-1251"),
    "by the declaration": ("koi8-r", "koi8-r", "application/xml"),
    "declared, under a server's Latin-1": ("cp1251", "windows-1251", "text/xml; charset=ISO-8859-1"),
    "windows-1251 that nothing names": ("cp1251", "", ""),
    "koi8-r that nothing names": ("koi8-r", "", ""),
    "windows-1251 that calls itself UTF-8": ("cp1251", "utf-8", "text/xml; charset=utf-8"),
    "UTF-8 that calls itself windows-1251": ("utf-8", "windows-1251", "text/xml; charset=windows-1251"),
    "UTF-16 without its mark": ("utf-16-le", "", ""),
    "UTF-32 without its mark": ("utf-32-be", "", ""),
    "the letters of a Mac": ("mac-cyrillic", "x-mac-cyrillic", ""),
    "UTF-16 with its mark": ("utf-16", "utf-16", ""),
    "an encoding that does not exist": ("utf-8", "klingon", "text/xml; charset=rot13"),
}


@pytest.mark.parametrize(("written", "declared", "content_type"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_russian_letters_survive(written: str, declared: str, content_type: str) -> None:
    text = (FEEDS / "russian.xml").read_text("utf-8")
    text = text.replace("ENCODING", declared) if declared else text.split("\n", 1)[1]
    (item,) = parse(text.encode(written), content_type=content_type).items
    assert item.title == "Баку отозвал посла из Москвы"
    assert (item.language, item.published) == ("ru", datetime(2025, 7, 1, 17, tzinfo=UTC))


def test_one_broken_byte_does_not_cost_the_other_letters() -> None:
    body = (
        (FEEDS / "russian.xml")
        .read_text("utf-8")
        .replace("ENCODING", "utf-8")
        .encode()
        .replace(b"1</link>", b"\xd0</link>")
    )
    assert parse(body).items[0].title == "Баку отозвал посла из Москвы"


LANGUAGES = {
    "the feed's own": ("<language>de-DE</language>", "Krise", "", "de"),
    "the hint where the feed is silent": ("", "Kriz sürüyor", "tr", "tr"),
    "Russian letters are no English": ("<language>en-US</language>", "Кризис", "", "ru"),
    "the hint among Cyrillic languages": ("<language>en-US</language>", "Криза", "uk", "uk"),
    "Latin letters are no Russian": ("<language>ru</language>", "Crisis", "", "en"),
    "nonsense": ("<language>Klingon</language>", "Crisis", "", "en"),
}


@pytest.mark.parametrize(("claim", "title", "hint", "language"), LANGUAGES.values(), ids=LANGUAGES.keys())
def test_language(claim: str, title: str, hint: str, language: str) -> None:
    document = rss(f"<title>{title}</title>").replace("<item>", f"{claim}<item>")
    assert only(document, language=hint).language == language


def test_no_item_is_lost_to_a_shared_guid() -> None:
    items = parse((FEEDS / "shared-guid.xml").read_bytes()).items
    assert [item.title for item in items] == ["First", "Second", "Third", "Fourth"]
    assert len({item.key for item in items}) == 4


def test_an_article_listed_twice_is_one_item_in_its_latest_version() -> None:
    version = (
        "<title>{0}</title><guid>https://a.example/x#{1}</guid><link>https://a.example/x</link><pubDate>{2}</pubDate>"
    )
    old = version.format("Envoy may go", 0, "Tue, 01 Jul 2025 10:00:00 GMT")
    new = version.format("Envoy goes", 1, "Tue, 01 Jul 2025 12:00:00 GMT")
    assert only(rss(old, new)).title == only(rss(new, old)).title == "Envoy goes"


def test_an_undated_item_keeps_its_key_from_poll_to_poll() -> None:
    body = rss("<title>No date, no guid, no link</title>").encode()
    first, later = (
        parse_feed(body, address="a.xml", now=NOW + timedelta(days=days), zone=UTC).items[0] for days in (0, 3)
    )
    assert first.key == later.key
    assert (first.day, later.day) == (date(2025, 7, 10), date(2025, 7, 13))


def test_an_archive_has_no_undated_items() -> None:
    document = rss("<title>Undated</title>", "<title>Dated</title><pubDate>2024-01-01T00:00Z</pubDate>")
    assert [item.title for item in parse(document, archive=True).items] == ["Dated"]


def test_an_item_without_a_title_is_called_by_its_text() -> None:
    assert only(rss("<description>Just a note.</description>")).title == "Just a note."


READABLE = {
    "control characters": rss("<title>One\x0b \x00two &#11;</title>"),
    "an undeclared entity": rss("<title>One&nbsp;two</title>"),
    "a bare ampersand": rss("<title>One two</title><link>https://a.example/?a=1&b=2</link>"),
    "a blank line before the declaration": "\n\n<?xml version='1.0'?>" + rss("<title>One two</title>"),
    "a warning of the server's software before it": "<br /><b>Warning</b>: x<br />" + rss("<title>One two</title>"),
    "zeros before it": "\0\0\0" + rss("<title>One two</title>"),
    "an undeclared ampersand in an address": rss("<title>One two</title><link>https://a.example/?a=1&copy=2</link>"),
    "a comment that names a page": "<!-- <html> -->" + rss("<title>One two</title>"),
    "an end that is missing": rss("<title>One two</title>", "<title>Thr").split("Thr")[0] + "Thr",
    "a tag that is not closed": rss("<title>One two</title><b>"),
}


@pytest.mark.parametrize("document", READABLE.values(), ids=READABLE.keys())
def test_what_can_be_read_is_read(document: str) -> None:
    assert [item.title for item in parse(document).items] == ["One two"]


REFUSED = {
    "an HTML page": (
        b"\n<!DOCTYPE html><html><head><link rel='feed'></head></html>",
        "this is an HTML page, not a feed",
    ),
    "nothing": (b"", "the document is empty"),
    "white space": (b"\xef\xbb\xbf \r\n", "the document is empty"),
    "no XML": (b"Service unavailable", "not XML: it begins with 'Service unavailable'"),
    "JSON": (b'{"version": "1"}', "not XML"),
    "another kind of XML": (b"<?xml version='1.0'?><opml><head/></opml>", "its outermost element is <opml>"),
    "cut before its first item": (b"<rss version='2.0'><channel><title>T</ti", "truncated"),
    "cut within its first item": (b"<rss><channel><item><title>Half a head", "truncated"),
    "too large": (b"<rss>" + b" " * 10_000_001, "too large: over 10 MB"),
    "random bytes": (bytes(range(256)), "not XML"),
}


@pytest.mark.parametrize(("body", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_feed_is_refused_in_one_line(body: bytes, reason: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse(body)
    assert reason in caught.value.what
    assert "\n" not in str(caught.value)


def test_an_empty_feed_is_a_feed() -> None:
    assert parse(rss()).items == ()


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    items = parse((FEEDS / "bomb.xml").read_text().replace("SECRET", secret.as_uri())).items
    assert len(items) == 2
    assert all(
        len(item.title) < 100 and "aaaa" not in item.title and "secret words" not in item.title for item in items
    )


def test_nothing_of_an_item_reaches_the_terminal_as_a_command() -> None:
    item = only(rss("<title>\x1b[2Jgone \x9b31m&amp;#27;[1m\u202e</title><link>https://a.example/\x1b[2J</link>"))
    assert item.title.isprintable()
    assert item.link.isprintable()
    assert "gone" in item.title


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_feeds_end_in_items_or_one_error(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["rss.xml", "atom.xml", "russian.xml", "shared-guid.xml"]))
    body = bytearray((FEEDS / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(body)))
        end = start + data.draw(st.sampled_from([0, 1, 3, 40, 400]))
        body[start:end] = data.draw(
            st.binary(max_size=8) | st.sampled_from([b"<", b">", b"&", b"]]>", b"<!--", b'"', b"<item>"])
        )
    _readable_or_refused(bytes(body))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"<rss>", b"<feed><entry>", b"<rss><channel><item><title>"]))
def test_nonsense_ends_in_items_or_one_error(body: bytes, opening: bytes) -> None:
    _readable_or_refused(opening + body)


def _readable_or_refused(body: bytes) -> None:
    items: tuple[Item, ...] = ()
    refusal = ""
    try:
        items = parse(body).items
    except FeedError as error:
        refusal = error.what
    assert "\n" not in refusal
    assert len({item.key for item in items}) == len(items)
    for item in items:
        assert item.title or item.link
        assert item.published is None or item.published <= item.first_seen
        f"{item.title} {item.summary} {item.link}".encode()


@given(st.text(st.characters(codec=None) | st.sampled_from("\n\t \x1c\x1f\u0301\u2000\xa0aA.é"), max_size=60))
def test_the_quick_way_to_printable_text_is_the_long_one(text: str) -> None:
    text = re.sub("[\x1b\x9b\x9d]", "", text)  # what opens a command to the terminal
    assert printable(text) == " ".join("".join(map(seen, unicodedata.normalize("NFC", text))).split())


def seen(character: str) -> str:
    """What is seen of a character: white space as a space, nothing of controls, formats and what is no character."""
    if character in "\t\n\v\f\r\x85" or unicodedata.category(character).startswith("Z"):
        return " "
    unseen = unicodedata.category(character) in ("Cc", "Cf", "Cs") or ord(character) & 0xFFFE == 0xFFFE
    return "" if unseen else character


_LINK_PARTS = st.text(st.sampled_from("ab1/.-_~%?#;&=:@!+,()"), max_size=20)


@given(st.sampled_from(["http://", "https://", "HTTP://", ""]), st.text("ab.-1A:", max_size=8), _LINK_PARTS)
def test_the_quick_way_to_a_link_is_that_of_urljoin(scheme: str, host: str, rest: str) -> None:
    link, base = f"{scheme}{host}{rest}", "https://feed.example/news/rss"
    safe = safe_link(link, base)
    if safe and "@" not in urlsplit(safe).netloc + urlsplit(urljoin(base, link)).netloc:
        # Some servers tell "/x?" from "/x", so that an empty query may stay.
        assert urljoin(base, safe).rstrip("?#") == urljoin(base, link).rstrip("?#")
        assert urlsplit(safe).scheme.lower() in ("http", "https")


@given(
    st.datetimes(datetime(1991, 1, 1), datetime(2025, 7, 1)),  # noqa: DTZ001 (naive on purpose)
    st.integers(-23 * 60, 23 * 60),
    st.sampled_from(["%a, %d %b %Y %H:%M:%S", "%d %b %Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]),
)
def test_the_quick_way_to_a_date_is_the_long_one(moment: datetime, shift: int, form: str) -> None:
    zone = f"{'-' if shift < 0 else '+'}{abs(shift) // 60:02}{abs(shift) % 60:02}"
    claim = moment.strftime(form)
    expected = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=shift)))
    # A comment after the zone is read by the long way alone.
    assert (
        item_date([f"{claim} {zone}"], now=NOW, zone=BAKU)
        == item_date([f"{claim} {zone} (X)"], now=NOW, zone=BAKU)
        == expected
    )


HOSTS = ["a.b.co.uk", "co.uk", "x.kobe.jp", "city.kobe.jp", "a.city.kobe.jp", "a.b.kobe.jp", "www.ck", "a.b.ck", "ck"]
HOSTS += [
    "a.github.io",
    "github.io",
    "xn--80aswg.xn--p1ai",
    "a.xn--55qx5d.cn",
    "a.nowhere",
    "localhost",
    "10.0.0.1",
    "a.b.",
]


@pytest.mark.parametrize("host", HOSTS)
def test_publishers_are_those_of_the_public_suffix_list(host: str) -> None:
    from publicsuffixlist import PublicSuffixList

    whole = host if host == "10.0.0.1" else PublicSuffixList().privatesuffix(host) or host
    assert publisher(f"https://{host}/", "", "") == whole


def json_feed(*items: dict[str, object], **fields: object) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items, **fields}).encode()


@pytest.mark.parametrize("content_type", ["application/feed+json", "text/html", ""])
def test_json_feed(content_type: str) -> None:
    body = json_feed(
        {
            "id": 4711,
            "url": "/1",
            "title": "Oil &amp; gas",
            "content_html": "<p>Text</p>",
            "date_published": "2025-07-01T10:00:00Z",
            "language": "de",
        },
        {"id": "2", "content_text": "A note.", "external_url": "https://wire.example/2"},
        language="en-GB",
        feed_url="/feed.json",
        next_url="https://feed.example/feed.json?page=2",
    )
    feed = parse(body, content_type=content_type)
    first, second = feed.items
    assert (first.title, first.summary, first.link) == ("Oil & gas", "Text", "https://feed.example/1")
    assert (first.language, first.published) == ("de", datetime(2025, 7, 1, 10, tzinfo=UTC))
    assert (second.title, second.link, second.language) == ("A note.", "https://wire.example/2", "en")
    assert feed.links == {"self": "https://feed.example/feed.json", "next": "https://feed.example/feed.json?page=2"}


BROKEN_JSON = {
    "cut off": (json_feed({"id": "1", "title": "x"})[:-9], "it is broken at character"),
    "without items": (b'{"version": "https://jsonfeed.org/version/1"}', "without a list of items"),
    "slashes escaped": (rb'{"version": "https:\/\/jsonfeed.org\/version\/1", "items": {}}', "without a list of items"),
    "too deep": (b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000, "too deeply"),
    "other JSON": (b'{"error": "rate limit"}', "not XML but JSON"),
}


@pytest.mark.parametrize(("body", "reason"), BROKEN_JSON.values(), ids=BROKEN_JSON.keys())
def test_a_broken_json_feed_is_one_error(body: bytes, reason: str) -> None:
    with pytest.raises(FeedError, match=reason):
        parse(body)


WISHES = {
    "ttl": ("<ttl>60</ttl>", Wishes(timedelta(hours=1))),
    "in CDATA": ("<ttl><![CDATA[ 60 ]]></ttl>", Wishes(timedelta(hours=1))),
    "hours and days": (
        "<skipHours><hour>0</hour><hour>03</hour><hour>24</hour></skipHours><skipDays><day>sunday</day></skipDays>",
        Wishes(None, frozenset({0, 3}), frozenset({6})),
    ),
    "the syndication module": (
        "<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
        Wishes(timedelta(hours=6)),
    ),
    "a period alone": ("<sy:updatePeriod>hourly</sy:updatePeriod>", Wishes(timedelta(hours=1))),
    "nonsense": (
        "<ttl>soon</ttl><skipHours><hour>25</hour><hour>-1</hour></skipHours><skipDays><day>Someday</day></skipDays>",
        Wishes(),
    ),
    "never": ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", Wishes()),
    "zero": (
        "<ttl>0</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
        Wishes(),
    ),
    "a century": ("<ttl>52560000</ttl>", Wishes()),
}


@pytest.mark.parametrize(("said", "wishes"), WISHES.values(), ids=WISHES.keys())
def test_what_a_feed_asks_of_its_readers(said: str, wishes: Wishes) -> None:
    assert parse(rss("<title>x</title><ttl>5</ttl>").replace("<item>", f"{said}<item>")).wishes == wishes
    assert Wishes.from_json(wishes.as_json()) == wishes


def days(*numbers: float) -> list[datetime]:
    return [NOW - timedelta(days=number) for number in numbers]


LASTING = {
    "since the oldest": (days(0, 1, 2, 5), 5.0),
    "in any order": (days(2, 5, 0, 1), 5.0),
    "one pinned": (days(0, 1, 2, 3, 900), 3.0),
    "two pinned": (days(0, 1, 2, 3, 800, 900), 3.0),
    "two pinned on one day": (days(0, 1, 2, 900, 900), 2.0),
    "the same day but one": (days(1, 1, 1, 2), 2.0),
    "a slow feed": (days(0, 30, 60, 100), 100.0),
    "one batch": (days(1, 1, 1), 1.0),
    "silent since": (days(20, 21, 22, 25), 25.0),
    "silent since, with one pinned": (days(20, 21, 22, 900), 22.0),
    "too few": (days(0, 900), None),
}


@pytest.mark.parametrize(("dates", "span"), LASTING.values(), ids=LASTING.keys())
def test_how_long_an_item_stays(dates: list[datetime], span: float | None) -> None:
    assert lasting([None, *dates], NOW) == (None if span is None else timedelta(days=span))


def test_a_field_that_is_not_closed_ends_with_its_item() -> None:
    whole = rss("<title>One</title><guid>1</guid>", "<title>Two</title>", "<title>Three</title>")
    assert [item.title for item in parse(whole.replace("</guid>", "")).items] == ["One", "Two", "Three"]
    assert [item.title for item in parse(whole.replace("Two</title>", "Two")).items] == ["One", "Two", "Three"]
    told = "How to write it: &lt;title>T&lt;/item>"
    for text in (f"<![CDATA[{told}<title>T</item>]]>", told):
        assert "T" in only(rss(f"<title>x</title><f:y/><description>{text}</description>")).summary


def test_each_piece_of_a_document_of_two_encodings_is_read_by_its_own() -> None:
    russian = "<title>Посол вернулся в Баку</title>"
    latin = "<title>Café à la crème, déjà vu</title>"
    stray = rss(russian, russian.replace("Посол", "Второй посол"), latin).encode()
    titles = [item.title for item in parse(stray.replace(latin.encode(), latin.encode("cp1252"))).items]
    assert titles == ["Посол вернулся в Баку", "Второй посол вернулся в Баку", "Café à la crème, déjà vu"]
    # Two letters of windows-1251 that could be one of UTF-8 do not make a document UTF-8.
    fooled = rss(russian, "<title>Её</title>").encode("cp1251")
    assert [item.title for item in parse(fooled).items] == ["Посол вернулся в Баку", "Её"]


def test_the_base_of_one_item_is_not_that_of_the_next() -> None:
    items = [f"<title>{n}</title><link>{n}</link>" for n in range(3)]
    document = rss(*items).replace("<item>", '<item xml:base="https://b.example/x/">', 1)
    assert [item.link for item in parse(document).items] == [
        "https://b.example/x/0",
        "https://feed.example/1",
        "https://feed.example/2",
    ]


def test_an_item_has_other_names_for_when_its_guid_changes() -> None:
    article = "<title>Envoy</title><link>https://a.example/1</link><pubDate>2025-07-01T09:30Z</pubDate><guid>{}</guid>"
    one, other = parse(rss(article.format("v1"))), parse(rss(article.format("v2")))
    ((link, title),) = one.names.values()
    assert one.names.keys() != other.names.keys()
    assert list(other.names.values()) == [(link, title)]
    assert link == item_key("", "https://a.example/1", "", "")
    assert title == item_key("", "", "Envoy", "2025-07-01T09:30Z"), "wherever it is published"


def test_a_name_that_two_articles_share_is_none() -> None:
    shared = "<link>https://a.example/live</link>{}"
    feed = parse(rss(shared.format("<guid>1</guid><title>A</title>"), shared.format("<guid>2</guid><title>B</title>")))
    assert list(feed.names.values()) == [("", ""), ("", "")]


def test_a_name_that_makes_the_key_is_no_other_name() -> None:
    feed = parse(rss("<title>A</title><link>https://a.example/1</link>"))
    assert feed.names == {item_key("", "https://a.example/1", "", ""): ("", "")}


def test_a_guid_that_serves_all_items_is_no_link_of_theirs_either() -> None:
    items = parse(rss(*(f"<title>{n}</title><guid>https://a.example/</guid>" for n in "ABC"))).items
    assert [item.title for item in items] == ["A", "B", "C"]


PAGES = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"
 xml:base="https://b.example/blog/"><title>T</title><fh:complete/>
<link rel="self" href="feed"/><link rel="prev-archive" href="/old.atom?a=1&amp;b=2"/>
<link rel="http://www.iana.org/assignments/relation/current" href="https://c.example/"/>
<link rel="next" href="javascript:alert(1)"/><!-- <link rel="next" href="/no"/> -->
<entry><id>1</id><title>x</title><link rel="next" href="/item"/></entry></feed>"""


def test_a_feed_links_to_its_other_pages() -> None:
    feed = parse(PAGES)
    assert feed.complete
    assert feed.links == {
        "self": "https://b.example/blog/feed",
        "prev-archive": "https://b.example/old.atom?a=1&b=2",
        "current": "https://c.example/",
    }
    borrowed = '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="?paged=2" /><item>'
    old = parse(rss("<title>x</title>").replace("<item>", borrowed))
    assert (old.links, old.complete) == ({"next": "https://feed.example/rss?paged=2"}, False)


def test_of_very_many_entries_the_first_are_kept() -> None:
    items = parse(
        rss(*(f"<title>{n}</title><link>https://a.example/{n}</link>" for n in range(MAX_ENTRIES + 10)))
    ).items
    assert (len(items), items[0].title, items[-1].title) == (MAX_ENTRIES, "0", str(MAX_ENTRIES - 1))


def test_links_start_at_xml_base_and_then_at_the_final_address() -> None:
    document = rss("<title>x</title><link>/1</link>")
    moved = parse_feed(
        document.encode(), address="https://feed.example/", base="https://new.example/rss", now=NOW, zone=UTC
    )
    assert moved.items[0].link == "https://new.example/1"
    assert only(document.replace("<rss ", '<rss xml:base="https://b.example/x/" ')).link == "https://b.example/1"


def test_an_episode_may_have_its_title_for_players_alone() -> None:
    namespace = '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    document = rss("<itunes:title>Episode 1</itunes:title><description>Long notes</description>")
    assert only(document.replace("<rss ", namespace)).title == "Episode 1"


def test_no_entry_is_left_out_for_being_newer_than_its_feed() -> None:
    document = rss("<title>New</title><pubDate>2025-07-09T00:00Z</pubDate>")
    document = document.replace("<item>", "<lastBuildDate>Mon, 01 Jan 2024 00:00:00 GMT</lastBuildDate><item>")
    assert only(document).published == datetime(2025, 7, 9, tzinfo=UTC)


def test_a_command_to_the_terminal_goes_whole() -> None:
    for written in ("\x1b[31m", "&#27;[31m", "&amp;#27;[31m", "&#x1B;[31m"):
        assert only(rss(f"<title>{written}Red alert</title>")).title == "Red alert"


def test_a_name_before_an_at_sign_is_no_publisher() -> None:
    item = only(rss("<title>x</title><link>https://www.bbc.com@a.example/1</link>"))
    assert (item.link, item.source) == ("https://a.example/1", "a.example")


HOSTILE = {
    "nested": "<b>" * 20_000,
    "items in items": "<item>" * 20_000,
    "attributes": "<item " + " ".join(f'a{n}="1"' for n in range(20_000)) + "><title>x</title></item>",
    "comments that do not end": "<item><!--" * 20_000,
    "sections that do not end": "<item><![CDATA[" * 20_000,
    "ampersands": "<item><title>" + "&" * 200_000 + "</title></item>",
    "angle brackets": "<item><title>" + "<" * 50_000 + "</title></item>",
    "a number beyond reason": "<item><title>&#" + "9" * 5_000 + ";</title></item>",
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_grows_with_the_square_of_a_document_is_cut(inside: str) -> None:
    began = time.process_time()
    _readable_or_refused(f"<rss><channel><title>T</title>{inside}</channel></rss>".encode())
    assert time.process_time() - began < GRANTED_SECONDS


def test_dates_that_nobody_can_read_do_not_hold_up_a_document() -> None:
    began = time.process_time()
    items = parse(rss(*(f"<title>{n}</title><pubDate>the {n}th of nevermore</pubDate>" for n in range(3000)))).items
    assert (len(items), {item.published for item in items}) == (3000, {None})
    assert time.process_time() - began < GRANTED_SECONDS
