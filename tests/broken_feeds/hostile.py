"""Which feeds are made to do harm, or are larger than anybody expects?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from broken_feeds.bases import atom, rdf, rss
from broken_feeds.case import Case, Document, cases_of

_ONE = rss("<title>One</title>")
_LOL = 'lol0 "lol lol "'
_LAUGHS = "".join(f'<!ENTITY lol{number} "{f"&lol{number - 1};" * 10}">' for number in range(1, 10))


def typed(inside: str, title: str, root: str = "rss") -> str:
    """A feed of two items, the first of which has a title made of what a document type declares."""
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{inside}]>' + rss(f"<title>{title}</title>", "<title>Two</title>")


def external(address: str) -> dict[str, str]:
    """Documents that name what lies at an address, in every way that an XML parser may follow."""
    included = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'
    return {
        "an entity": typed(f'<!ENTITY x SYSTEM "{address}">', "One &x;"),
        "a public entity": typed(f'<!ENTITY x PUBLIC "x" "{address}">', "One &x;"),
        "an entity of the document type": typed(f'<!ENTITY % x SYSTEM "{address}"> %x;', "One"),
        "an entity that makes entities": typed(
            f'<!ENTITY % f SYSTEM "{address}"><!ENTITY % e "<!ENTITY &#37; x SYSTEM \'{address}?%f;\'>">%e;%x;', "One"
        ),
        "the document type itself": f'<!DOCTYPE rss SYSTEM "{address}">{_ONE}',
        "a public document type": f'<!DOCTYPE rss PUBLIC "-//x//x" "{address}">{_ONE}',
        "XInclude in a title": rss(f"<title>One {included}</title>"),
        "XInclude as an item": _ONE.replace("</channel>", f"{included}</channel>"),
        "a style sheet": f'<?xml version="1.0"?><?xml-stylesheet href="{address}" type="text/xsl"?>{_ONE}',
        "a schema": _ONE.replace(
            "<rss ", f'<rss xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="x {address}" ', 1
        ),
        "an entity in an attribute": typed(f'<!ENTITY x SYSTEM "{address}">', 'One<a b="&x;"/>'),
        "content that lies elsewhere": atom(f'<title>One</title><content type="text/html" src="{address}"/>'),
    }


_PASSWORDS = {"absent": "root:"}
_EXTERNAL: dict[str, tuple[Document, dict[str, Any]]] = {
    f"{name} at {address}": (document, _PASSWORDS)
    for address in ("file:///etc/passwd", "/etc/passwd", "http://127.0.0.1:9/", "php://filter/resource=/etc/passwd")
    for name, document in external(address).items()
    if address.startswith("file:")
    or name in ("an entity", "an entity of the document type", "the document type itself")
}

_BOMB = {"absent": "(lol ){12}|(AAAA){200}"}
_BOMBS: dict[str, tuple[Document, dict[str, Any]]] = {
    "a billion laughs in a title": (typed(f"<!ENTITY {_LOL}>{_LAUGHS}", "One &lol9;"), _BOMB),
    "a billion laughs in an attribute": (typed(f"<!ENTITY {_LOL}>{_LAUGHS}", 'One<a b="&lol9;"/>'), _BOMB),
    "a billion laughs as parameters": (
        typed(
            "<!ENTITY % a0 'lol lol '>"
            + "".join(f"<!ENTITY % a{n} '{f'&#37;a{n - 1};' * 10}'>" for n in range(1, 10))
            + "%a9;",
            "One",
        ),
        _BOMB,
    ),
    "one long entity many times": (lambda: typed(f'<!ENTITY x "{"A" * 50_000}">', "&x;" * 50_000).encode(), _BOMB),
    "an entity that is made of itself": (typed('<!ENTITY x "&x;&x;">', "One &x;"), _BOMB),
    "two entities that are made of each other": (typed('<!ENTITY a "&b;"><!ENTITY b "&a;">', "One &a;"), _BOMB),
    "an entity that holds items": (
        typed('<!ENTITY x "<item><title>Made up</title></item>">', "One</title></item>&x;<item><title>x"),
        _BOMB,
    ),
    "100,000 entities": (lambda: typed("".join(f'<!ENTITY e{n} "x">' for n in range(100_000)), "One").encode(), _BOMB),
    "an attribute declared for every element": (
        typed('<!ATTLIST item link CDATA "javascript:alert(1)">', "One"),
        {"absent": "javascript:"},
    ),
    "a document type that is not closed": ('<!DOCTYPE rss [<!ENTITY x "' + _ONE, {}),
    "a document type full of brackets": ("<!DOCTYPE rss [" + "[" * 200_000 + "]>" + _ONE, {}),
    "references in a row": (lambda: rss(f"<title>One {'&#65;' * 400_000}</title>").encode(), {"items": 1}),
    "entities of HTML in a row": (
        lambda: rss(f"<title>One {'&CounterClockwiseContourIntegral;' * 60_000}</title>").encode(),
        {"items": 1},
    ),
}


def _deep(element: str, levels: int, closed: bool = True) -> bytes:
    nested = f"<{element}>" * levels + "x" + f"</{element}>" * levels * closed
    return rss(
        "<title>One</title>", f"<title>Two</title><description>{nested}</description>", "<title>Three</title>"
    ).encode()


_NESTING: dict[str, tuple[Document, dict[str, Any]]] = {
    "300 levels": (lambda: _deep("div", 300), {"titles": ("One", "Two", "Three")}),
    "10,000 levels": (lambda: _deep("b", 10_000), {}),
    "30,000 levels": (lambda: _deep("b", 30_000), {}),
    "30,000 levels that are not closed": (lambda: _deep("b", 30_000, closed=False), {}),
    "30,000 items within each other": (lambda: rss("<title>One</title>" + "<item>" * 30_000).encode(), {}),
    "30,000 feeds within each other": (lambda: b"<feed>" * 30_000 + _ONE.encode(), {}),
    "100,000 levels of HTML, escaped": (
        lambda: rss("<title>One</title><description>" + "&lt;div&gt;" * 100_000 + "x</description>").encode(),
        {"titles": ("One",)},
    ),
    "100,000 quotations in CDATA": (
        lambda: rss(
            "<title>One</title><description><![CDATA[" + "<blockquote>" * 100_000 + "x]]></description>"
        ).encode(),
        {"titles": ("One",)},
    ),
    "100,000 lists in JSON": (
        lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 100_000,
        {"refused": "JSON"},
    ),
    "100,000 lists in JSON that are closed": (
        lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        {},
    ),
    "100,000 objects in JSON": (
        lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":' + b'{"a":' * 100_000,
        {"refused": "JSON"},
    ),
}


def _many(number: int, item: str = "<title>Item {0}</title><link>https://a.example/{0}</link>") -> bytes:
    return rss(*(item.format(count) for count in range(number))).encode()


_LARGE: dict[str, tuple[Document, dict[str, Any]]] = {
    "100,000 attributes": (
        lambda: (
            rss("<title>One</title>")
            .replace("<item>", "<item " + " ".join(f'a{n}="x"' for n in range(100_000)) + ">")
            .encode()
        ),
        {},
    ),
    "100,000 equal attributes": (lambda: _ONE.replace("<item>", "<item " + 'a="x" ' * 100_000 + ">").encode(), {}),
    "100,000 names of namespaces": (
        lambda: _ONE.replace(
            "<rss ", "<rss " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(100_000)) + " ", 1
        ).encode(),
        {},
    ),
    "an attribute of a megabyte": (
        lambda: rss(f'<title>One</title><a b="{"x" * 1_000_000}"/>', "<title>Two</title>").encode(),
        {"titles": ("One", "Two")},
    ),
    "a title of a megabyte": (
        lambda: rss(f"<title>{'word ' * 200_000}</title>", "<title>Two</title>").encode(),
        {"items": 2, "including": ("Two",)},
    ),
    "a title of a megabyte without a space": (
        lambda: rss(f"<title>{'x' * 1_000_000}</title>", "<title>Two</title>").encode(),
        {"items": 2, "including": ("Two",)},
    ),
    "a text of five megabytes": (
        lambda: rss(f"<title>One</title><description>{'words ' * 800_000}</description>").encode(),
        {"titles": ("One",)},
    ),
    "a text of five megabytes without a space": (
        lambda: rss(f"<title>One</title><description>{'x' * 5_000_000}</description>").encode(),
        {"titles": ("One",)},
    ),
    "a text of tags alone": (
        lambda: rss(f"<title>One</title><description>{'&lt;p&gt;' * 300_000}</description>").encode(),
        {"titles": ("One",)},
    ),
    "a text of less-than signs": (
        lambda: rss(f"<title>One</title><description>{'&lt;' * 300_000}</description>").encode(),
        {"titles": ("One",)},
    ),
    "a text of unfinished comments": (
        lambda: rss(f"<title>One</title><description>{'&lt;!--' * 200_000}</description>").encode(),
        {"titles": ("One",)},
    ),
    "a text of unfinished attributes": (
        lambda: rss(f"<title>One</title><description>{'&lt;a b=&quot;' * 100_000}</description>").encode(),
        {"titles": ("One",)},
    ),
    "a picture within a text": (
        lambda: rss(
            f"<title>One</title><description>"
            f'<![CDATA[<img src="data:image/png;base64,{"A" * 3_000_000}"><p>After it</p>]]></description>'
        ).encode(),
        {"titles": ("One",)},
    ),
    "a link of a megabyte": (
        lambda: rss(f"<title>One</title><link>https://a.example/{'x' * 1_000_000}</link>").encode(),
        {"items": 1},
    ),
    "a guid of a megabyte": (
        lambda: rss(f"<title>One</title><guid>{'x' * 1_000_000}</guid>").encode(),
        {"titles": ("One",)},
    ),
    "a date of a megabyte": (
        lambda: rss(f"<title>One</title><pubDate>{'9' * 1_000_000}</pubDate>").encode(),
        {"dates": (None,)},
    ),
    "a name of an element of a megabyte": (
        lambda: rss(f"<title>One</title><{'x' * 1_000_000}/>", "<title>Two</title>").encode(),
        {},
    ),
    "a comment of five megabytes": (
        lambda: _ONE.replace("<item>", f"<!--{'- ' * 2_500_000}--><item>").encode(),
        {"titles": ("One",)},
    ),
    "a megabyte of white space between items": (
        lambda: _ONE.replace("<item>", " \n" * 500_000 + "<item>").encode(),
        {"titles": ("One",)},
    ),
    "100,000 comments": (
        lambda: _ONE.replace("<item>", "<!-- x -->" * 100_000 + "<item>").encode(),
        {"titles": ("One",)},
    ),
    "100,000 processing instructions": (
        lambda: _ONE.replace("<item>", "<?x y?>" * 100_000 + "<item>").encode(),
        {"titles": ("One",)},
    ),
    "comments before the root": (lambda: b"<!-- x -->" * 100_000 + _ONE.encode(), {"titles": ("One",)}),
    "comments that are not closed before the root": (lambda: b"<!--" * 200_000 + _ONE.encode(), {}),
    "30,000 categories in an item": (
        lambda: rss("<title>One</title>" + "<category>x</category>" * 30_000).encode(),
        {"titles": ("One",)},
    ),
    "30,000 titles in an item": (lambda: rss("<title>One</title>" * 30_000).encode(), {"items": 1}),
    "30,000 links in an entry": (
        lambda: atom("<title>One</title>" + '<link href="https://a.example/x"/>' * 30_000).encode(),
        {"titles": ("One",)},
    ),
    "2,000 items": (lambda: _many(2_000), {"items": 2_000}),
    "20,000 items": (lambda: _many(20_000), {"at_least": 1}),
    "10,000 items of one guid": (lambda: _many(10_000, "<title>Item {0}</title><guid>1</guid>"), {"at_least": 1}),
    "20,000 equal items": (
        lambda: _many(20_000, "<title>One</title><guid>1</guid><link>https://a.example/1</link>"),
        {"titles": ("One",)},
    ),
    "20,000 empty items": (lambda: _many(20_000, ""), {"items": 0}),
    "2,000 broken items": (
        lambda: _many(2_000, "<title>Item {0} & <b>x</title><link>https://a.example/{0}</link>"),
        {"at_least": 1},
    ),
    "1,000 dates that nobody can read": (
        lambda: _many(1_000, "<title>Item {0}</title><guid>{0}</guid><pubDate>the {0}th day of Brumaire</pubDate>"),
        {"at_least": 1},
    ),
    "100,000 bare ampersands": (
        lambda: rss("<title>One</title><description>" + "a & b " * 100_000 + "</description>").encode(),
        {"titles": ("One",)},
    ),
    "100,000 closing tags": (
        lambda: _ONE.replace("</channel>", "</p>" * 100_000 + "</channel>").encode(),
        {"titles": ("One",)},
    ),
    "30,000 RDF sequences": (
        lambda: rdf().replace("<rdf:Seq>", '<rdf:Seq><rdf:li rdf:resource="x"/>' + "<rdf:li/>" * 30_000).encode(),
        {"items": 12},
    ),
}


def cases() -> Iterator[Case]:
    """All of them."""
    return chain(
        cases_of("entities from outside", _EXTERNAL),
        cases_of("bombs", _BOMBS),
        cases_of("nesting", _NESTING),
        cases_of("size", _LARGE),
    )
