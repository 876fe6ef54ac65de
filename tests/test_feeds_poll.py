"""Polling real servers on this machine, well-behaved and otherwise."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from zoneinfo import ZoneInfo

import brotli
import pytest
import zstandard
from server import Asked, Reply, Server

from tracker import __version__
from tracker.feeds.addresses import Reachable
from tracker.feeds.answer import Limits
from tracker.feeds.opml import read_opml
from tracker.feeds.poll import poll
from tracker.model import FeedState, Poll, Subscription, Terms

FEEDS = Path(__file__).parent / "data" / "feeds"
ROOT = Path(__file__).parent.parent
NOW = datetime(2025, 7, 10, 12, tzinfo=UTC)
RSS = (FEEDS / "rss.xml").read_bytes()
TITLE = "Caspian & Volga"
LOCAL = Reachable.of(["127.0.0.0/8"])
PATIENT = Limits(seconds=30, connect_seconds=30, size=100_000, reachable=LOCAL)
HASTY = replace(PATIENT, seconds=0.5)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Server() as running:
        yield running


def polled(
    subscriptions: Sequence[Subscription],
    states: Mapping[str, FeedState] | None = None,
    *,
    now: datetime = NOW,
    zone: tzinfo = UTC,
    root: Path = ROOT,
    limits: Limits = PATIENT,
    **how: Any,  # noqa: ANN401
) -> list[Poll]:
    batches = poll(subscriptions, states or {}, now=now, zone=zone, root=root, limits=limits, **how)
    found = {outcome.address: outcome for batch in batches for outcome in batch}
    return [found[one.address] for one in subscriptions if one.address in found]


def poll_all(*addresses: str, states: dict[str, FeedState] | None = None, **how: Any) -> list[Poll]:  # noqa: ANN401
    return polled([Subscription(address) for address in addresses], states, **how)


def poll_one(address: str, state: FeedState | None = None, limits: Limits = PATIENT) -> Poll:
    (outcome,) = poll_all(address, states={address: state} if state else {}, limits=limits)
    return outcome


def test_a_feed_is_fetched_under_our_name(server: Server) -> None:
    server.replies["/feed"] = Reply(RSS, headers={"ETag": '"v1"', "Last-Modified": "yesterday, or so"})
    outcome = poll_one(server.url("/feed"))
    assert (outcome.error, outcome.title, len(outcome.items)) == ("", TITLE, 3)
    assert (outcome.etag, outcome.last_modified, outcome.at) == ('"v1"', "yesterday, or so", NOW)
    assert outcome.items[1].link == server.url("/news/2"), "relative links start at the feed"
    (asked,) = server.asked
    assert asked.headers["user-agent"].startswith(f"tracker/{__version__} (")
    assert "if-none-match" not in asked.headers


def test_the_server_s_own_words_are_sent_back_and_304_is_no_change(server: Server) -> None:
    server.replies["/feed"] = Reply(RSS)
    body_hash = poll_one(server.url("/feed")).body_hash
    server.replies["/feed"] = Reply(status=304)
    state = FeedState(
        server.url("/feed"),
        TITLE,
        etag='W/"é 1"',
        last_modified="gestern",
        body_hash=body_hash,
        terms=Terms(last_full=NOW - timedelta(hours=1)),
    )
    outcome = poll_one(state.address, state)
    assert (outcome.error, outcome.unchanged, outcome.items) == ("", True, ())
    assert (outcome.title, outcome.etag, outcome.last_modified, outcome.body_hash) == (
        TITLE,
        'W/"é 1"',
        "gestern",
        body_hash,
    )
    headers = server.asked[1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('W/"é 1"', "gestern")
    server.replies["/feed"] = Reply(RSS)
    poll_one(state.address, replace(state, terms=Terms(last_full=NOW - timedelta(hours=25))))
    assert "if-none-match" not in server.asked[2].headers, "once a day a server is not believed that nothing changed"


def test_the_same_bytes_are_no_change(server: Server) -> None:
    server.replies["/feed"] = Reply(RSS)
    first = poll_one(server.url("/feed"))
    second = poll_one(first.address, FeedState(first.address, TITLE, body_hash=first.body_hash))
    assert not first.unchanged
    assert second.unchanged
    assert second.body_hash == first.body_hash


ANEW = {
    "in another time zone": {"zone": ZoneInfo("Asia/Baku")},
    "with another hint of the language": {"language": "ru"},
    "as an archive": {"archive": True},
}


@pytest.mark.parametrize("how", ANEW.values(), ids=ANEW.keys())
def test_the_same_bytes_are_read_again_when_they_are_to_be_read_otherwise(server: Server, how: dict[str, Any]) -> None:
    server.replies["/feed"] = Reply(RSS)
    first = poll_one(server.url("/feed"))
    state = FeedState(first.address, TITLE, etag='"v1"', body_hash=first.body_hash)
    zone = how.get("zone", UTC)
    subscription = Subscription(first.address, **{name: value for name, value in how.items() if name != "zone"})
    (again,) = polled([subscription], {first.address: state}, zone=zone)
    assert (again.unchanged, len(again.items) > 0) == (False, True)
    assert "if-none-match" not in server.asked[-1].headers, "304 would tell nothing"


def test_an_archive_with_entries_of_tomorrow_is_read_again_although_it_is_the_same(tmp_path: Path) -> None:
    entry = "<item><title>{0}</title><link>https://a.example/{0}</link><pubDate>{0}</pubDate></item>"
    days = ["2025-07-09T00:00:00Z", "2025-07-10T15:00:00Z", "2025-07-13T00:00:00Z"]
    (tmp_path / "old.xml").write_text(f"<rss><channel>{''.join(map(entry.format, days))}</channel></rss>")
    state, found = FeedState("old.xml"), []
    for ahead in range(6):
        now = NOW + timedelta(days=ahead)
        (outcome,) = polled([Subscription("old.xml", archive=True)], {"old.xml": state}, now=now, root=tmp_path)
        state = FeedState("old.xml", body_hash=outcome.body_hash)
        found.append(len(outcome.items))
    assert found == [2, 2, 3, 3, 0, 0]
    assert outcome.unchanged


def test_redirects_are_followed(server: Server) -> None:
    server.replies["/old"] = Reply(b"moved", 301, {"Location": "/new/feed"})
    server.replies["/new/feed"] = Reply(RSS)
    outcome = poll_one(server.url("/old"))
    assert (outcome.address, outcome.title) == (server.url("/old"), TITLE)
    assert outcome.items[0].feed == server.url("/old")


def test_the_letters_are_those_of_the_header(server: Server) -> None:
    text = (FEEDS / "russian.xml").read_text("utf-8").split("\n", 1)[1]
    server.replies["/feed"] = Reply(text.encode("koi8-r"), headers={"Content-Type": "text/xml; charset=koi8-r"})
    assert poll_one(server.url("/feed")).items[0].title == "Баку отозвал посла из Москвы"


RAW_DEFLATE = zlib.compressobj(wbits=-15)
PACKED = {
    "gzip": ("gzip", gzip.compress(RSS)),
    "gzip in two members": ("gzip", gzip.compress(RSS[:500]) + gzip.compress(RSS[500:])),
    "deflate": ("deflate", zlib.compress(RSS)),
    "deflate without a header": ("deflate", RAW_DEFLATE.compress(RSS) + RAW_DEFLATE.flush()),
    "brotli": ("br", brotli.compress(RSS)),
    "zstandard": ("zstd", zstandard.compress(RSS)),
    "twice": ("br, gzip", gzip.compress(brotli.compress(RSS))),
    "plain": ("identity", RSS),
}


@pytest.mark.parametrize(("coding", "body"), PACKED.values(), ids=PACKED.keys())
def test_packed_answers_are_unpacked(server: Server, coding: str, body: bytes) -> None:
    server.replies["/feed"] = Reply(body, headers={"Content-Encoding": coding})
    assert poll_one(server.url("/feed")).title == TITLE


BOMB = gzip.compress(b"<rss>" + b" " * 50_000_000)
PACKED_OVER = gzip.compress(gzip.compress(gzip.compress(gzip.compress(RSS))))
FAILURES = {
    "not found": (Reply(b"no", 404), "HTTP 404 Not Found"),
    "server error": (Reply(RSS, 500), "HTTP 500 Internal Server Error"),
    "a status that nobody knows": (Reply(b"", 799), "HTTP 799"),
    "304 unasked": (Reply(status=304), "HTTP 304 Not Modified"),
    "stalls within the body": (Reply(b"<rss>", stalls=True), "timed out after 0.5 s"),
    "redirects for ever": (Reply(b"", 302, {"Location": "/feed"}), "redirected more than 5 times"),
    "redirects to a file": (Reply(b"", 302, {"Location": "file:///etc/passwd"}), "not on the web (file:)"),
    "redirects nowhere": (Reply(b"", 302), "HTTP 302 Found"),
    "too large": (Reply(b"<rss>" + b" " * 100_001), "too large: over 0.1 MB"),
    "too large once unpacked": (Reply(BOMB, headers={"Content-Encoding": "gzip"}), "too large: over 0.1 MB"),
    "packed wrongly": (Reply(b"\xff\xff\xff\xff", headers={"Content-Encoding": "gzip"}), "cannot be unpacked as gzip"),
    "packed in another way": (Reply(b"x", headers={"Content-Encoding": "x"}), "packed as x, which was not asked for"),
    "packed over and over": (Reply(PACKED_OVER, headers={"Content-Encoding": "gzip,gzip,gzip,gzip"}), "over and over"),
    "an HTML page": (Reply(b"<!doctype html><title>Log in</title>"), "this is an HTML page, not a feed"),
    "empty": (Reply(b""), "the document is empty"),
    "truncated": (Reply(RSS[:250]), "truncated"),
}


@pytest.mark.parametrize(("reply", "error"), FAILURES.values(), ids=FAILURES.keys())
def test_what_goes_wrong_is_one_calm_line(server: Server, reply: Reply, error: str) -> None:
    server.replies["/feed"] = reply
    state = FeedState(server.url("/feed"), TITLE, body_hash="abc")
    outcome = poll_one(state.address, state, HASTY if reply.stalls else PATIENT)
    assert error in outcome.error
    assert len(outcome.error) < 120
    assert outcome.error.isprintable()
    assert (outcome.items, outcome.unchanged, outcome.etag) == ((), False, "")


ADDRESSES = {
    "a host whose name cannot be one": (f"http://{'a' * 70}.example/feed", "no such host"),
    "a host without a name": ("http://", "not an address that can be asked"),
    "an address that is none": ("http://[::1/feed", "not an address that can be asked"),
    "a port out of range": ("http://127.0.0.1:99999/feed", "not an address that can be asked"),
}


@pytest.mark.parametrize(("address", "error"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_addresses_that_lead_nowhere(address: str, error: str) -> None:
    outcome = poll_one(address)
    assert outcome.error.startswith(error)
    assert len(outcome.error) < 120


def test_nothing_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert poll_one(f"http://127.0.0.1:{taken.getsockname()[1]}/").error == "refused: nothing listens there"


def test_no_exception_from_a_proxy_leads_to_a_private_server(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """libcurl knows networks in no_proxy, which nothing else does that reads it."""
    server.replies["/feed"] = Reply(RSS)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.delenv("NO_PROXY")
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{taken.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "127.0.0.0/8")
        outcome = poll_one(server.url("/feed"), limits=Limits())
    assert (outcome.error, server.asked) == ("refused: nothing listens there", [])


def test_one_bad_feed_costs_the_others_nothing(server: Server) -> None:
    server.replies |= {f"/good/{n}": Reply(RSS.replace(TITLE[:7].encode(), b"G%d" % n)) for n in range(5)}
    server.replies["/slow"] = Reply(b"<rss>", stalls=True)
    server.replies["/page"] = Reply(b"<html></html>")
    paths = ["/slow", "/good/0", "/page", "/good/1", "/good/2", "/missing", "/good/3", "/good/4"]
    outcomes = poll_all(*map(server.url, paths), "no/such/file.xml", limits=replace(PATIENT, seconds=2))
    assert [len(outcome.items) for outcome in outcomes] == [0, 3, 0, 3, 3, 0, 3, 3, 0]
    assert [outcome.address for outcome in outcomes][:-1] == list(map(server.url, paths)), "in the order asked"


def test_a_host_is_asked_for_two_feeds_at_once_and_no_more(server: Server) -> None:
    going: set[str] = set()
    most = 0
    # Each request waits for another one to be there with it.
    pair = threading.Barrier(2, timeout=5)

    def count(asked: Asked) -> Reply:
        nonlocal most
        going.add(asked.path)
        most = max(most, len(going))
        pair.wait()
        going.discard(asked.path)
        return Reply(RSS)

    server.replies |= {f"/{n}": count for n in range(12)}
    outcomes = poll_all(*(server.url(f"/{n}") for n in range(12)))
    assert [outcome.error for outcome in outcomes] == [""] * 12
    assert most == 2


def test_polls_come_as_they_end_and_whoever_takes_no_more_ends_them(server: Server) -> None:
    server.replies["/feed"] = Reply(RSS)
    server.replies["/slow"] = Reply(b"<rss>", stalls=True)
    subscriptions = [Subscription(server.url("/slow")), Subscription(server.url("/feed"))]
    running = poll(subscriptions, {}, now=NOW, zone=UTC, root=ROOT, limits=PATIENT)
    assert [outcome.title for outcome in next(running)] == [TITLE]
    running.close()


def test_the_others_go_on_while_large_feeds_are_read(server: Server) -> None:
    words = "&lt;p&gt;Words and &lt;b&gt;words&lt;/b&gt; &amp;nbsp; " * 40
    entry = "<item><title>{0}</title><link>https://a.example/{0}</link><description>{1}</description></item>"
    items = "".join(entry.format(number, words) for number in range(4000))
    large = gzip.compress(f"<rss><channel>{' ' * 31_000_000}{items}</channel></rss>".encode(), 1)
    moments: list[float] = []

    def slow(asked: Asked) -> Reply:
        sleep(0.5)
        return Reply(b"", 302, {"Location": "/next"})

    def following(asked: Asked) -> Reply:
        moments.append(monotonic())
        return Reply(RSS)

    server.replies |= {f"/large/{n}": Reply(large, headers={"Content-Encoding": "gzip"}) for n in range(5)}
    subscriptions = [Subscription(server.url(path)) for path in (*server.replies, "/slow")]
    server.replies |= {"/slow": slow, "/next": following}
    limits = replace(PATIENT, size=50_000_000, at_once_per_host=6)
    began = monotonic()
    with closing(poll(subscriptions, {}, now=NOW, zone=UTC, root=ROOT, limits=limits)) as running:
        assert {len(outcome.items) for outcome in next(running)} == {4000}
        is_read = monotonic()
        asked = moments[0] if moments else is_read
    assert asked - began < (is_read - began) * 0.75, "it does not wait until the first of them is read"


def test_while_nobody_takes_polls_a_host_is_asked_for_some_hundred_feeds_and_no_more(server: Server) -> None:
    entry = "<item><title>News {0}</title><link>https://a.example/{0}</link></item>"
    long = Reply(f"<rss><channel>{''.join(entry.format(n) for n in range(40))}</channel></rss>".encode())
    server.replies |= {f"/{n}": long for n in range(800)}
    subscriptions = [Subscription(server.url(path)) for path in server.replies]
    with closing(poll(subscriptions, {}, now=NOW, zone=UTC, root=ROOT, limits=PATIENT)) as running:
        taken = len(next(running))
        asked = -1
        while asked < len(server.asked):  # until no other request comes within half a second
            asked = len(server.asked)
            sleep(0.5)
    assert taken < 100
    assert taken <= asked <= 400


def test_offline_reads_files_and_asks_nobody(server: Server) -> None:
    subscriptions = [Subscription(server.url("/feed")), Subscription("tests/data/feeds/atom.xml", archive=True)]
    outcomes = polled(subscriptions, offline=True)
    assert [(outcome.address, len(outcome.items), outcome.archive) for outcome in outcomes] == [
        ("tests/data/feeds/atom.xml", 2, True)
    ]
    assert server.asked == []


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    root.mkdir()
    (tmp_path / "outside.xml").write_bytes(RSS)
    (root / "link.xml").symlink_to(tmp_path / "outside.xml")
    (root / "folder").mkdir()
    absolute = str(tmp_path / "outside.xml")
    addresses = ["../outside.xml", "link.xml", "folder", "missing.xml", "/dev/zero", "a\0b", absolute]
    errors = dict(zip(addresses, (outcome.error for outcome in poll_all(*addresses, root=root)), strict=True))
    assert (
        errors["../outside.xml"] == errors["link.xml"] == "the path leads out of the workspace (write the whole path)"
    )
    assert errors["folder"] == "this is a folder, not a file"
    assert errors["missing.xml"].startswith("no such file")
    assert errors["/dev/zero"] == "not a regular file"
    assert errors["a\0b"].startswith("cannot be read")
    assert errors[absolute] == "", "a whole path is the user's own word"


def test_a_file_that_has_not_changed_is_not_read_again() -> None:
    first = poll_one("tests/data/feeds/rss.xml")
    second = poll_one(first.address, FeedState(first.address, TITLE, body_hash=first.body_hash))
    assert (len(first.items), second.unchanged, second.items) == (3, True, ())


def test_the_feeds_of_this_workspace() -> None:
    archive, *live = read_opml(ROOT / "data" / "feeds.opml")
    assert archive.archive
    assert len(live) >= 40
    assert {feed.language for feed in live} == {"en", "ru"}
    assert all(feed.address.startswith(("http://", "https://")) and feed.title for feed in live)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    (outcome,) = polled([archive], now=now, limits=Limits())
    entries = (ROOT / archive.address).read_text("utf-8").count("<entry")
    assert len(outcome.items) == len({item.key for item in outcome.items}) == entries > 300
    assert all(item.published and item.link and item.summary for item in outcome.items)
    assert {item.language for item in outcome.items} >= {"en", "ru", "tr", "az"}


def test_without_a_net_the_fault_is_ours_and_nobody_waits_long() -> None:
    addresses = [f"http://host{number}.invalid/feed" for number in range(30)]
    outcomes = poll_all(*addresses, limits=replace(PATIENT, seconds=8))
    assert {outcome.error for outcome in outcomes} <= {
        "no such host, or no answer from the name server",
        "no internet: no feed has answered",
    }
    states = {one.address: FeedState(one.address, failures=5) for one in outcomes}
    again = poll_all(*addresses, states=states, limits=replace(PATIENT, seconds=8))
    assert all(outcome.ours and outcome.terms.rests_until is None for outcome in again), "no feed pays for it"


def test_a_host_without_a_name_is_that_feed_s_own_fault_where_others_answer(server: Server) -> None:
    server.replies["/feed"] = Reply(RSS)
    states = {"http://host.invalid/": FeedState("http://host.invalid/", failures=5)}
    good, bad = poll_all(server.url("/feed"), "http://host.invalid/", states=states)
    assert (good.error, bad.error) == ("", "no such host, or no answer from the name server")
    assert bad.terms.rests_because == "it failed 6 times in a row"
