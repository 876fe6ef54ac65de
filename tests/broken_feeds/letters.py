"""Which feeds are broken in their letters: encodings, characters, entities?"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import chain
from typing import Any

from broken_feeds.bases import RUSSIAN, RUSSIAN_TITLES, STORIES, TITLES, json_feed, rss, rss20
from broken_feeds.case import Case, Document, cases_of

_ALL = {"titles": TITLES}


def _russian(written: str, declared: str, header: str = "", mark: bytes = b"") -> tuple[bytes, dict[str, Any]]:
    """The Russian feed in one encoding, calling itself another, under a header that may name a third."""
    text = rss20(RUSSIAN, encoding=declared)
    text = text if declared else text.split("\n", 1)[1]
    return mark + text.encode(written, "xmlcharrefreplace"), {"titles": RUSSIAN_TITLES, "content_type": header}


_ENCODINGS: dict[str, tuple[Document, dict[str, Any]]] = {
    "UTF-8 with its mark": _russian("utf-8", "utf-8", mark=codecs.BOM_UTF8),
    "UTF-8 that nothing names": _russian("utf-8", ""),
    "UTF-8 that calls itself windows-1251": _russian("utf-8", "windows-1251"),
    "UTF-8 under a header of windows-1251": _russian("utf-8", "utf-8", "text/xml; charset=windows-1251"),
    "UTF-8 under a header of Latin-1": _russian("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
    "UTF-8 under text/xml, which means ASCII by RFC 3023": _russian("utf-8", "", "text/xml"),
    "UTF-8 that calls itself UTF-16": _russian("utf-8", "utf-16"),
    "UTF-8 that calls itself an encoding that does not exist": _russian("utf-8", "utf8mb4_general_ci"),
    "UTF-8 that calls itself nothing": (
        rss20(RUSSIAN).replace('encoding="UTF-8"', 'encoding=""'),
        {"titles": RUSSIAN_TITLES},
    ),
    "UTF-8 that calls itself a codec that is none": _russian("utf-8", "rot13", "text/xml; charset=zip"),
    "UTF-8 with its mark that calls itself koi8-r": _russian("utf-8", "koi8-r", mark=codecs.BOM_UTF8),
    "windows-1251 by the declaration": _russian("cp1251", "windows-1251"),
    "windows-1251 by the declaration in another spelling": _russian("cp1251", "CP-1251"),
    "windows-1251 in single quotation marks": (
        rss20(RUSSIAN, encoding="windows-1251")
        .replace('encoding="windows-1251"', "encoding='windows-1251'")
        .encode("cp1251"),
        {"titles": RUSSIAN_TITLES},
    ),
    "windows-1251 by the header": _russian("cp1251", "", "application/rss+xml; charset=windows-1251"),
    "windows-1251 by a header in quotation marks": _russian("cp1251", "", 'text/xml; charset="Windows-1251"'),
    "windows-1251 that nothing names": _russian("cp1251", ""),
    "windows-1251 that calls itself UTF-8": _russian("cp1251", "utf-8"),
    "windows-1251 that both call UTF-8": _russian("cp1251", "utf-8", "text/xml; charset=utf-8"),
    "windows-1251 declared, under a header of UTF-8": _russian("cp1251", "windows-1251", "text/xml; charset=UTF-8"),
    "windows-1251 declared, under a header of Latin-1": _russian(
        "cp1251", "windows-1251", "text/xml; charset=ISO-8859-1"
    ),
    # What a document says of itself goes before what its letters look like, even where it is wrong.
    "windows-1251 that calls itself Latin-1": (_russian("cp1251", "iso-8859-1")[0], {"items": 6}),
    "windows-1251 that calls itself koi8-r, under a right header": _russian(
        "cp1251", "koi8-r", "text/xml; charset=windows-1251"
    ),
    "koi8-r by the declaration": _russian("koi8-r", "koi8-r"),
    "koi8-r by the header": _russian("koi8-r", "", "text/xml; charset=koi8-r"),
    "koi8-r that nothing names": _russian("koi8-r", ""),
    "koi8-r that calls itself UTF-8": _russian("koi8-r", "utf-8"),
    "koi8-u by the declaration": _russian("koi8-u", "koi8-u"),
    "ISO 8859-5 by the declaration": _russian("iso8859-5", "ISO-8859-5"),
    "the letters of DOS by the declaration": _russian("cp866", "cp866"),
    "the letters of a Mac by the declaration": _russian("mac-cyrillic", "x-mac-cyrillic"),
    "references instead of letters": (rss20(RUSSIAN).encode("ascii", "xmlcharrefreplace"), {"titles": RUSSIAN_TITLES}),
    "UTF-16 with its mark, little end first": _russian("utf-16-le", "utf-16", mark=codecs.BOM_UTF16_LE),
    "UTF-16 with its mark, big end first": _russian("utf-16-be", "utf-16", mark=codecs.BOM_UTF16_BE),
    "UTF-16 without a mark, little end first": _russian("utf-16-le", "utf-16"),
    "UTF-16 without a mark, big end first": _russian("utf-16-be", "utf-16"),
    "UTF-16 without a mark and declaration": _russian("utf-16-le", ""),
    "UTF-16 that calls itself UTF-8": _russian("utf-16-le", "utf-8", "text/xml; charset=utf-8", codecs.BOM_UTF16_LE),
    "UTF-16 with an odd byte at its end": (
        _russian("utf-16-le", "utf-16", mark=codecs.BOM_UTF16_LE)[0] + b"\0",
        {"titles": RUSSIAN_TITLES},
    ),
    "UTF-16 by the header alone": _russian("utf-16-be", "", "text/xml; charset=utf-16"),
    "UTF-32 with its mark, little end first": _russian("utf-32-le", "utf-32", mark=codecs.BOM_UTF32_LE),
    "UTF-32 with its mark, big end first": _russian("utf-32-be", "utf-32", mark=codecs.BOM_UTF32_BE),
    "UTF-32 without a mark": _russian("utf-32-le", "utf-32"),
    "UTF-32 without a mark, big end first": _russian("utf-32-be", "utf-32"),
    "UTF-7, which browsers no longer read": (
        b"<?xml version='1.0' encoding='utf-7'?>" + rss("<title>+ADw-script+AD4-</title>").encode(),
        {"absent": "<script"},
    ),
    "JSON in windows-1251": (
        json_feed(RUSSIAN).encode("cp1251"),
        {"titles": RUSSIAN_TITLES, "content_type": "application/feed+json; charset=windows-1251"},
    ),
    "JSON in UTF-16": (json_feed(RUSSIAN).encode("utf-16"), {"titles": RUSSIAN_TITLES}),
    "Japanese in Shift JIS": (
        rss("<title>大使を召還</title>").join(["<?xml version='1.0' encoding='Shift_JIS'?>", ""]).encode("shift_jis"),
        {"titles": ("大使を召還",)},
    ),
    "Chinese in GB2312 with letters of GBK": (
        rss("<title>总理朱镕基访问巴库</title>").join(["<?xml version='1.0' encoding='gb2312'?>", ""]).encode("gbk"),
        {"titles": ("总理朱镕基访问巴库",)},
    ),
    "Latin-1 with the signs of Windows": (
        rss("<title>“Über” – 5 €</title>").join(["<?xml version='1.0' encoding='iso-8859-1'?>", ""]).encode("cp1252"),
        {"titles": ("“Über” – 5 €",)},
    ),
    "Turkish in windows-1254": (
        rss("<title>Büyükelçi geri çağrıldı, İğdır</title>")
        .join(["<?xml version='1.0' encoding='windows-1254'?>", ""])
        .encode("cp1254"),
        {"titles": ("Büyükelçi geri çağrıldı, İğdır",)},
    ),
    "one broken byte in UTF-8": (
        rss20(RUSSIAN).encode().replace(b"page 3", b"page \xd0 3"),
        {"titles": RUSSIAN_TITLES},
    ),
    "a letter cut in half in each text": (
        rss20(RUSSIAN).encode().replace(b"</p>]]>", b"\xd0</p>]]>"),
        {"titles": RUSSIAN_TITLES},
    ),
    "an item of windows-1251 in UTF-8": (
        rss20(RUSSIAN).encode().replace(RUSSIAN_TITLES[2].encode(), RUSSIAN_TITLES[2].encode("cp1251")),
        {"items": 6, "including": RUSSIAN_TITLES[:2] + RUSSIAN_TITLES[3:]},
    ),
    "an item of UTF-8 in windows-1251": (
        rss20(RUSSIAN, encoding="windows-1251")
        .encode("cp1251")
        .replace(RUSSIAN_TITLES[2].encode("cp1251"), RUSSIAN_TITLES[2].encode()),
        {"titles": RUSSIAN_TITLES},
    ),
    "UTF-8 with letters of surrogates as in CESU-8": (
        rss("<title>One \xed\xa0\xbd\xed\xb8\x80</title>").encode("latin-1"),
        {"items": 1},
    ),
    "UTF-8 with overlong letters": (
        rss("<title>One</title>").encode().replace(b"One", b"One\xc0\xbcscript>"),
        {"items": 1, "absent": "<script"},
    ),
}


def _titled(title: str | bytes, expected: str, **other: object) -> tuple[bytes, dict[str, Any]]:
    raw = title.encode("utf-8", "surrogatepass") if isinstance(title, str) else title
    body = rss("<title>TITLE</title><link>https://a.example/1</link>").encode().replace(b"TITLE", raw)
    return body, {"titles": (expected,)} | other


_CHARACTERS: dict[str, tuple[Document, dict[str, Any]]] = {
    "a control character": _titled("One \x0btwo", "One two"),
    "every control character": _titled("One " + "".join(map(chr, range(1, 32))).replace("<", "") + "two", "One two"),
    "a NUL": _titled("One \0two", "One two"),
    "a NUL in a tag": (rss("<title>One</title>").replace("<title>One", "<ti\0tle>One").encode(), {}),
    "control characters of the upper half": (_titled("One \x80\x9btwo", "")[0], {"items": 1, "absent": "[\x80-\x9f]"}),
    "a control character by number": _titled("One &#11;two", "One two"),
    "a NUL by number": _titled("One &#0;two", "One two"),
    "a control character by hexadecimal number": _titled("One &#x1b;&#X0B;two", "One two"),
    "half a surrogate pair by number": _titled("One &#xD83D;two", "One two"),
    "a whole surrogate pair by numbers": (_titled("One &#55357;&#56832;", "")[0], {"items": 1}),
    "half a surrogate pair as bytes": (_titled("One \ud83dtwo", "")[0], {"items": 1}),
    "a number beyond Unicode": (_titled("One &#x110000;two", "")[0], {"items": 1}),
    "a number beyond reason": (_titled("One &#99999999999999999999;two", "")[0], {"items": 1}),
    "a reference that is no number": (_titled("One &#xyz;two", "")[0], {"items": 1}),
    "a reference without its end": (_titled("One &#8212 two", "")[0], {"items": 1}),
    "what is no character": _titled("One \ufffe\uffff\U0001fffetwo", "One two"),
    "the signs of Windows by number": _titled("Talks &#150; &#147;over&#148;", "Talks – “over”"),
    "a byte order mark in the middle": _titled("One \ufefftwo", "One two"),
    "a soft hyphen": _titled("Am\xadbas\xadsador", "Ambassador"),
    "the separator of lines": _titled("One\u2028two\u2029three", "One two three"),
    "a form feed in every text": (rss20().replace("</p>", "\f</p>"), _ALL),
    "private characters": (_titled("One \ue000", "")[0], {"items": 1}),
}
_ENTITIES: dict[str, tuple[Document, dict[str, Any]]] = {
    "a space that does not break": _titled("One&nbsp;two", "One two"),
    "a dash": _titled("One &mdash; two&hellip;", "One — two…"),
    "French quotation marks": _titled("&laquo;Один&raquo;", "«Один»"),
    "an apostrophe": _titled("It&rsquo;s &lsquo;over&rsquo;", "It’s ‘over’"),
    "accents": _titled("Caf&eacute; &Uuml;ber", "Café Über"),
    "an entity that nobody knows": _titled("One &wibble; two", "One &wibble; two"),
    "a bare ampersand": _titled("One & two", "One & two"),
    "a firm with an ampersand": _titled("AT&T and R&D", "AT&T and R&D"),
    "an ampersand and a semicolon": _titled("This & that; more", "This & that; more"),
    "an ampersand at the end": _titled("One &", "One &"),
    "ampersands in a row": _titled("One &&& two", "One &&& two"),
    "ampersands in every text": (rss20().replace("?utm_source=rss&amp;", "?utm_source=rss&"), _ALL),
    "an entity of the document itself": (
        '<!DOCTYPE rss [<!ENTITY house "Gazette">]>' + rss("<title>One</title><author>&house;</author>"),
        {"titles": ("One",)},
    ),
    "entities of a document type that is elsewhere": (
        (
            '<!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES'
            ' Latin 1 for XHTML//EN" "xhtml-lat1.ent">%HTMLlat1;]>'
        )
        + rss("<title>Caf&eacute;</title>"),
        {"titles": ("Café",)},
    ),
    "an entity without its semicolon": (_titled("One &amp two", "")[0], {"items": 1}),
    "ampersands in an attribute": (
        rss('<title>One</title><enclosure url="https://a.example/?a=1&b=2"/>'),
        {"titles": ("One",)},
    ),
}


def flipped() -> Iterator[Case]:
    """A letter of one text changed into markup, or into what is no letter: the other items stay."""
    body = rss20().encode()
    for number, wrong in enumerate(
        (b"<", b"&", b"\0", b"\x0b", b"\xff", b"\xd0", b"]]>", b"'", b"&#x0;", b"\xed\xa0\x80")
    ):
        place = f"page {number + 2}".encode()
        others = tuple(one.title for index, one in enumerate(STORIES) if index != number + 1)
        yield Case("a letter changed", f"in a text to {wrong!r}", body.replace(place, wrong + place), including=others)
        at = body.index(f"story-{4100 + number}</guid>".encode())
        changed = body[:at] + wrong + body[at + 1 :]
        others = tuple(one.title for index, one in enumerate(STORIES) if index != number)
        yield Case("a letter changed", f"in a guid to {wrong!r}", changed, including=others)


def cases() -> Iterator[Case]:
    """All of them."""
    return chain(
        cases_of("encodings", _ENCODINGS),
        cases_of("characters", _CHARACTERS),
        cases_of("entities", _ENTITIES),
        flipped(),
    )
