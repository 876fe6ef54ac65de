"""What can be read? The faults that users of feed pollers report most about broken documents.

Each is met the way that users meet it: a real server, a poll that is stored, and what the user is told afterwards.
What a damaged document holds is tried more closely in test_feeds_parse.py and test_broken_feeds.py.
"""

import gzip
import json
from collections.abc import Mapping

from follower import HOUR, LOOPBACK, MAIL, Follower, atom, entry, moving, path_of, rss
from server import Reply, Server


def read(follower: Follower, server: Server, documents: Mapping[str, Reply]) -> dict[str, list[str]]:
    """The titles of the items that are stored of each of these documents, in their order."""
    paths = {f"/{number}": name for number, name in enumerate(documents)}
    server.replies |= {path: documents[name] for path, name in paths.items()}
    follower.follow(*map(server.url, paths))
    polled = follower.poll()
    assert {paths[path]: one.poll.error for path, one in polled.items()} == dict.fromkeys(documents, "")
    found: dict[str, list[str]] = {name: [] for name in documents}
    for item in sorted(follower.items(), key=lambda item: item.link):
        found[paths[path_of(item.feed)]].append(item.title)
    return found


def pair(title: str, host: str) -> bytes:
    """Two items, the second of which says as much as the first leaves of it; `title` is markup."""
    first = f"<item><title>{title}</title><link>https://{host}.example/1</link><pubDate>{MAIL}</pubDate></item>"
    return rss(first, entry("The second", f"https://{host}.example/2", "", MAIL))


def test_one_wrong_character_does_not_cost_a_feed(follower: Follower, server: Server) -> None:
    documents = {
        "a control character": Reply(pair("One\x0b two", "a")),
        "a control character by its number": Reply(pair("One &#11;two", "b")),
        "an entity that is not declared": Reply(pair("One&nbsp;two", "c")),
    }
    found = read(follower, server, documents)
    assert all(titles[1:] == ["The second"] for titles in found.values())
    assert {titles[0] for titles in found.values()} == {"One two"}


def test_what_stands_before_the_declaration_does_not_cost_a_feed(follower: Follower, server: Server) -> None:
    documents = {
        "a blank line": Reply(b"\n" + pair("One", "a")),
        "several, and a mark of the byte order": Reply(b"\xef\xbb\xbf\r\n \r\n" + pair("One", "b")),
        "a mark after the blank line": Reply(b"\n\xef\xbb\xbf" + pair("One", "c")),
        "a warning": Reply(b"<br />\n<b>Warning</b>: include(): failed<br />\n" + pair("One", "d")),
    }
    found = read(follower, server, documents)
    assert [name for name, titles in found.items() if titles != ["One", "The second"]] == []


def test_russian_letters_are_read_by_header_declaration_or_look(follower: Follower, server: Server) -> None:
    title = "Баку отозвал посла из Москвы"

    def written(host: str, encoding: str, declared: str, header: str = "") -> Reply:
        text = pair(title, host).decode().split("\n", 1)[1]
        head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
        return Reply((head + text).encode(encoding), headers={"Content-Type": header} if header else {})

    documents = {
        "windows-1251 by the header": written("a", "cp1251", "", "text/xml; charset=windows-1251"),
        "windows-1251 by the declaration": written("b", "cp1251", "windows-1251", "text/xml"),
        "windows-1251 by its look": written("c", "cp1251", "", "application/rss+xml"),
        "koi8-r by the header": written("d", "koi8-r", "", "text/xml; charset=koi8-r"),
        "koi8-r by the declaration": written("e", "koi8-r", "koi8-r"),
        "iso-8859-5 by the declaration": written("h", "iso-8859-5", "iso-8859-5"),
        "koi8-r by its look": written("f", "koi8-r", ""),
        "the header before the declaration": written("g", "koi8-r", "windows-1251", "text/xml; charset=koi8-r"),
    }
    found = read(follower, server, documents)
    assert [name for name, titles in found.items() if titles != [title, "The second"]] == []
    assert len(json.loads(follower.says("search", "отозвал NEAR/2 посла", "--json").stdout)) == len(documents)


def test_entities_that_were_escaped_twice_are_plain_text_to_a_query(follower: Follower, server: Server) -> None:
    documents = {
        "once": Reply(pair("Baku &quot;recalls&quot; its envoy &amp; more", "a")),
        "twice": Reply(pair("Baku &amp;quot;recalls&amp;quot; its envoy &amp;amp; more", "b")),
        "three times": Reply(pair("Baku &amp;amp;#x22;recalls&amp;amp;#x22; its envoy &amp;amp;amp; more", "c")),
    }
    title = 'Baku "recalls" its envoy & more'
    found = read(follower, server, documents)
    assert [name for name, titles in found.items() if titles != [title, "The second"]] == []
    assert len(json.loads(follower.says("search", '"Baku recalls its envoy"', "--json").stdout)) == len(documents)


def test_relative_links_begin_where_the_document_says_else_where_it_was_found(
    follower: Follower, server: Server
) -> None:
    item = '<entry><id>{0}</id><title>{0}</title><link href="news/1"/><updated>2026-03-02T09:00:00Z</updated></entry>'
    server.replies |= {
        "/blog/feed": Reply(atom(item.format("by the feed"), feed='xml:base="https://a.example/blog/"')),
        "/entry": Reply(
            atom(item.format("by the entry").replace("<entry>", '<entry xml:base="https://b.example/deep/">'))
        ),
        "/relative/feed": Reply(atom(item.format("by a base without a host"), feed='xml:base="/other/"')),
        "/old": moving(302, "/moved/here/feed"),
        "/moved/here/feed": Reply(atom(item.format("where it led"))),
    }
    follower.follow(*map(server.url, ("/blog/feed", "/entry", "/relative/feed", "/old")))
    follower.poll()
    assert {item.title: item.link for item in follower.items()} == {
        "by the feed": "https://a.example/blog/news/1",
        "by the entry": "https://b.example/deep/news/1",
        "by a base without a host": server.url("/other/news/1"),
        "where it led": server.url("/moved/here/news/1"),
    }


def test_a_base_may_lead_upwards_from_where_the_document_was_found(follower: Follower, server: Server) -> None:
    item = '<entry><id>1</id><title>One</title><link href="news/1"/><updated>2026-03-02T09:00:00Z</updated></entry>'
    server.replies["/deep/feed"] = Reply(atom(item, feed='xml:base="../other/"'))
    follower.follow(server.url("/deep/feed"))
    follower.poll()
    assert follower.titled("One").link == server.url("/other/news/1")


def test_a_giant_feed_is_refused_with_the_setting_that_lets_it_in(follower: Follower, server: Server) -> None:
    body = rss(
        f"<item><title>A giant</title><description>{'tide ' * 300_000}</description><pubDate>{MAIL}</pubDate></item>"
    )
    server.replies |= {"/plain": Reply(body), "/packed": Reply(gzip.compress(body), 200, {"Content-Encoding": "gzip"})}
    follower.settings(f"{LOOPBACK}feed_megabytes = 1\n")
    follower.follow(*map(server.url, server.replies))
    polled = follower.poll()
    for path in server.replies:
        assert polled[path].poll.error.startswith("too large: over 1 MB")
        assert follower.complaints(path)["failing"][1] == "allow larger feeds with feed_megabytes in tracker.toml"
    follower.settings(f"{LOOPBACK}feed_megabytes = 2\n")
    assert {path: one.poll.error for path, one in follower.poll(HOUR).items()} == dict.fromkeys(server.replies, "")
    assert {item.title for item in follower.items()} == {"A giant"}
