"""When, where and how is a feed asked? The faults that users of feed pollers report most about manners.

Each is met the way that users meet it: a real server, a poll that is stored, and what the user is told afterwards.
"""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from time import monotonic

from follower import BASE, DAY, FEED, GONE, HOUR, MAIL, MINUTE, NOW, PAGE, Follower, asked_for, entry, moving, rss
from server import Asked, Reply, Server

from tracker.feeds.opml import read_opml
from tracker.feeds.pace import NEVER, due


def test_a_server_that_asks_to_wait_is_left_alone_so_long_and_its_other_feeds_are_not(
    follower: Follower, server: Server
) -> None:
    # The server writes the date of this day into its answers, by which its Retry-After is read.
    server.replies |= {
        "/well": FEED,
        "/seconds": Reply(b"", 429, {"Retry-After": "7200"}),
        "/date": Reply(b"", 503, {"Retry-After": format_datetime(datetime.now(UTC) + 3 * HOUR, usegmt=True)}),
        "/for-ever": Reply(b"", 429, {"Retry-After": "999999999"}),
    }
    follower.follow(*map(server.url, server.replies))
    assert set(follower.poll()) == set(server.replies)
    until = {path: follower.state(server.url(path)).terms.rests_until for path in server.replies}
    assert until["/well"] is None
    assert until["/seconds"] == NOW + 2 * HOUR
    assert until["/date"] is not None
    assert abs(until["/date"] - (NOW + 3 * HOUR)) < MINUTE
    assert until["/for-ever"] == NOW + 7 * DAY, "no server has a feed left alone for years"
    words, _ = follower.complaints("/seconds")["resting"]
    assert words == "it is left alone until 2026-03-02 14:00 because its server asks for it (Retry-After)"
    told = follower.says("feeds", "list").stdout
    assert "left alone until 2026-03-02 14:00" in told
    asked_for(server)
    assert set(follower.poll(HOUR)) == set(asked_for(server)) == {"/well"}
    assert set(follower.poll(2 * HOUR)) == set(asked_for(server)) == {"/well", "/seconds"}


def test_a_server_that_has_had_enough_is_asked_for_one_feed_after_the_other(follower: Follower, server: Server) -> None:
    times: list[float] = []

    def enough(asked: Asked) -> Reply:
        times.append(monotonic())
        return Reply(b"", 429)

    server.replies |= dict.fromkeys(("/1", "/2", "/3"), enough)
    follower.follow(*map(server.url, server.replies))
    follower.poll()
    assert len(times) == 3
    assert times[2] - times[1] > 0.9, "the first two were under way"


def test_a_host_is_asked_for_two_feeds_at_once_for_each_once_and_for_news_alone(
    follower: Follower, server: Server
) -> None:
    going: set[str] = set()
    most = []
    more = threading.Condition()

    def count(asked: Asked) -> Reply:
        with more:
            going.add(asked.path)
            most.append(len(going))
            more.notify_all()
            more.wait_for(lambda: len(going) > 2, timeout=0.2)  # would a third one come?
            going.discard(asked.path)
        known = asked.headers.get("if-none-match") == f'"{asked.path}"'
        return Reply(status=304) if known else Reply(rss(BASE), headers={"ETag": f'"{asked.path}"'})

    server.replies |= {f"/{number}": count for number in range(6)}
    follower.follow(*map(server.url, server.replies))
    opml = follower.workspace.opml
    once = opml.read_text("utf-8")
    twice = re.sub(r"(<outline[^>]*/>)", r"\1\1", once)
    assert twice.count("<outline") == 2 * once.count("<outline") == 12
    opml.write_text(twice, "utf-8")
    for unchanged in (False, True):
        polled = follower.poll(HOUR if unchanged else None)
        assert {one.poll.unchanged for one in polled.values()} == {unchanged}
        assert {"if-none-match" in asked.headers for asked in server.asked} == {unchanged}
        assert sorted(asked_for(server)) == sorted(server.replies), "one request a feed, though it is listed twice"
    assert max(most) == 2


def test_a_failing_feed_is_asked_less_and_less_but_never_given_up(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = Reply(b"", 500)
    follower.follow(server.url("/feed"))
    moments = [timedelta()]
    for _ in range(14):
        assert follower.poll(moments[-1])["/feed"].poll.error == "HTTP 500 Internal Server Error"
        moments.append(due(follower.state(server.url("/feed")), 5 * MINUTE, follower.now) - NOW)
    waits = [after - before for before, after in pairwise(moments)]
    assert waits[0] == 5 * MINUTE, "one failure is no habit"
    assert waits[3] > 3 * waits[1], "a quarter of an hour, half an hour, an hour"
    assert max(waits) <= DAY, "asked once a day at the least"
    assert min(waits[-4:]) >= DAY * 3 / 4
    assert follower.poll(moments[-2] + HOUR) == {}, "left alone in between"
    listed = follower.listed()["/feed"]
    assert (listed["status"], listed["failures"]) == ("failing", 14)
    words, _ = follower.complaints("/feed")["failing"]
    assert words == "HTTP 500 Internal Server Error, 14 times in a row; never read"
    assert follower.says("feeds", "doctor").returncode == 1
    server.replies["/feed"] = FEED
    assert follower.poll(moments[-1])["/feed"].new == 1
    assert follower.listed()["/feed"]["status"] == "ok"
    assert follower.state(server.url("/feed")).terms.rests_until is None


def test_a_feed_that_is_not_found_for_hours_is_not_gone(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = Reply(b"not here", 404)
    for hour in range(1, 10):
        follower.poll(hour * HOUR)
    assert len(asked_for(server)) > 4
    words, mend = follower.complaints("/feed")["failing"]
    assert words.startswith("HTTP 404 Not Found")
    assert "it may come back" in mend
    assert follower.listed()["/feed"]["status"] == "failing"
    server.replies["/feed"] = Reply(rss(BASE, entry("Back again", "https://a.example/back", "back", MAIL)))
    assert follower.poll(DAY)["/feed"].new == 1
    assert follower.listed()["/feed"]["status"] == "ok"


def test_a_feed_that_is_gone_is_asked_no_more_and_said_to_be_gone(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = GONE
    assert "it is gone for good, and not asked again" in follower.poll(HOUR)["/feed"].poll.error
    assert due(follower.state(server.url("/feed")), HOUR, follower.now) == NEVER
    asked_for(server)
    assert [follower.poll(days * DAY) for days in (1, 30, 300)] == [{}, {}, {}]
    assert asked_for(server) == []
    words, mend = follower.complaints("/feed")["gone"]
    assert words == "its server says that it is gone for good (410); it is not asked any more"
    assert f"tracker feeds remove {server.url('/feed')}" in mend
    assert follower.says("feeds", "list").stdout.splitlines()[1].startswith("gone ")
    assert follower.titled("Tide tables")


def test_a_feed_is_not_gone_when_what_it_leads_to_for_now_is(follower: Follower, server: Server) -> None:
    server.replies |= {"/feed": moving(302, "/landing"), "/landing": GONE}
    follower.follow(server.url("/feed"))
    assert follower.poll()["/feed"].poll.error.startswith("HTTP 410 Gone")
    assert follower.listed()["/feed"]["status"] == "failing"
    server.replies["/landing"] = FEED
    assert follower.poll(DAY)["/feed"].new == 1
    server.replies["/feed"] = GONE
    follower.poll(2 * DAY)
    assert follower.listed()["/feed"]["status"] == "gone", "at its own address it is"
    assert follower.poll(30 * DAY) == {}


def test_a_permanent_redirect_is_learnt_when_it_has_held_and_unlearnt_when_it_has_not(
    follower: Follower, server: Server
) -> None:
    server.replies |= {
        "/moved": moving(301, "/new"),
        "/moved-308": moving(308, "/step"),
        "/step": moving(302, "/there"),
        "/for-now": moving(302, "/there"),
        "/for-now-307": moving(307, "/there"),
    } | dict.fromkeys(("/new", "/there"), FEED)
    follower.follow(*map(server.url, ("/moved", "/moved-308", "/for-now", "/for-now-307")))
    for hour in range(3):
        asked_for(server)
        follower.poll(hour * HOUR)
        assert "/moved" in asked_for(server), "it has not held often enough"
    follower.poll(4 * HOUR)
    assert sorted(asked_for(server)) == [*["/for-now", "/for-now-307", "/new", "/step"], *["/there"] * 3]
    listed = follower.listed()
    assert (listed["/moved"]["moved_to"], listed["/for-now"]["moved_to"]) == (server.url("/new"), None)
    words, _ = follower.complaints("/moved")["moved"]
    assert words == f"it has moved for good to {server.url('/new')}, and is asked there"
    assert read_opml(follower.workspace.opml)[0].address == server.url("/moved"), "it keeps its name"
    server.replies |= {"/new": Reply(b"", 404), "/moved": FEED}
    follower.poll(5 * HOUR)
    assert "/moved" not in asked_for(server)
    assert follower.poll(6 * HOUR)["/moved"].poll.error == "", "where it failed, its old address is tried"
    assert "/moved" in asked_for(server)
    follower.poll(7 * HOUR)
    assert "/new" not in asked_for(server)
    assert follower.listed()["/moved"]["moved_to"] is None


def test_a_redirect_to_a_page_never_becomes_the_address_of_a_feed(follower: Follower, server: Server) -> None:
    server.replies |= {"/feed": moving(301, "/elsewhere"), "/elsewhere": FEED, "/login": PAGE}
    follower.follow(server.url("/feed"))
    before = follower.workspace.opml.read_bytes()
    for hour in range(2):
        follower.poll(hour * HOUR)
    asked_for(server)
    server.replies["/elsewhere"] = moving(308, "/login")
    for hour in range(2, 8):
        follower.poll(hour * HOUR, anyway=True)
    words, _ = follower.complaints("/feed")["failing"]
    assert words.startswith("this is an HTML page, not a feed")
    assert follower.listed()["/feed"]["moved_to"] != server.url("/login")
    asked = asked_for(server)
    assert asked.count("/feed") >= 3
    assert asked.count("/login") == asked.count("/elsewhere") == 6, "it is met on the way only"
    server.replies["/feed"] = FEED
    errors = [follower.poll(hour * HOUR, anyway=True)["/feed"].poll.error for hour in (9, 10, 11)]
    assert errors[1:] == ["", ""]
    assert asked_for(server)[-1] == "/feed"
    assert follower.listed()["/feed"]["moved_to"] is None
    assert follower.workspace.opml.read_bytes() == before


def test_a_feed_that_turns_robots_away_is_blocked_until_it_is_asked_under_another_name(
    follower: Follower, server: Server
) -> None:
    def guarded(status: int) -> Callable[[Asked], Reply]:
        return lambda asked: FEED if "Mozilla" in asked.headers["user-agent"] else Reply(b"<html>Checking", status)

    server.replies |= {"/403": guarded(403), "/503": guarded(503), "/open": guarded(403)}
    follower.follow(server.url("/403"), server.url("/503"))
    follower.follow(server.url("/open"), user_agent="Mozilla/5.0")
    polled = follower.poll()
    assert {path: one.new for path, one in polled.items()} == {"/403": 0, "/503": 0, "/open": 1}
    names = {asked.path: asked.headers["user-agent"].partition("/")[0] for asked in server.asked}
    assert names == {"/403": "tracker", "/503": "tracker", "/open": "Mozilla"}
    listed = follower.listed()
    assert {path: row["status"] for path, row in listed.items()} == {
        "/403": "blocked",
        "/503": "blocked",
        "/open": "ok",
    }
    words, mend = follower.complaints("/403")["blocked"]
    assert words == "HTTP 403 Forbidden; never read"
    assert "no sign that there is no news" in mend
    assert f'tracker feeds add {server.url("/403")} --user-agent "Mozilla/5.0"' in mend


def test_a_page_where_the_feed_was_is_called_a_page_and_the_feed_counts_as_down(
    follower: Follower, server: Server
) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    follower.poll(HOUR)
    server.replies["/feed"] = PAGE
    [error] = [one.poll.error for one in follower.poll(2 * HOUR).values()]
    assert error == "this is an HTML page, not a feed; its address may have moved, or it asks for a login"
    listed = follower.listed()["/feed"]
    assert (listed["status"], listed["failures"], listed["items"]) == ("failing", 1, 1)
    told = follower.says("feeds", "list").stdout
    assert "  this is an HTML page, not a feed;" in told
    [watch] = follower.store.watches(follower.now.date())
    assert (watch.since, watch.until) == (NOW, NOW + HOUR), "it was not watched while there was a page"


def test_what_one_address_said_of_its_news_is_sent_to_no_other(follower: Follower, server: Server) -> None:
    said = {"ETag": '"1"', "Last-Modified": MAIL}

    def answer(asked: Asked) -> Reply:
        return Reply(status=304) if "if-none-match" in asked.headers else Reply(rss(BASE), 200, said)

    server.replies |= {"/feed": moving(302, "/b"), "/b": answer, "/c": answer}
    follower.follow(server.url("/feed"))
    for hour, path in enumerate(["/b", "/b", "/c", "/c"]):
        server.replies["/feed"] = moving(302, path)
        follower.poll(hour * HOUR)
    words = ("if-none-match", "if-modified-since")
    sent = [(asked.path, *(asked.headers.get(name) for name in words)) for asked in server.asked]
    alone, known = (None, None), tuple(said.values())
    asked = [("/b", alone), ("/b", known), ("/c", alone), ("/c", known)]
    assert sent == [each for path, told in asked for each in (("/feed", *alone), (path, *told))]


def test_a_server_that_says_for_ever_that_nothing_changed_is_asked_for_everything_once_a_day(
    follower: Follower, server: Server
) -> None:
    said = {"/etag": {"ETag": 'W/"é 1"'}, "/2041": {"Last-Modified": "Tue, 01 Jan 2041 00:00:00 GMT"}}
    sent_back = {"/etag": "if-none-match", "/2041": "if-modified-since"}

    def frozen(asked: Asked) -> Reply:
        [told] = said[asked.path].values()
        if asked.headers.get(sent_back[asked.path]) == told:
            return Reply(status=304)
        return Reply(
            rss(BASE, *([entry("Fresh", "https://a.example/fresh", "fresh", MAIL)] * news)), 200, said[asked.path]
        )

    news = 0
    server.replies |= dict.fromkeys(said, frozen)
    follower.follow(*map(server.url, said))
    follower.poll()
    news = 1
    for hour in (1, 12, 24):
        polled = follower.poll(hour * HOUR)
        assert {path: one.poll.unchanged for path, one in polled.items()} == dict.fromkeys(said, True), "word for word"
    polled = follower.poll(25 * HOUR)
    assert {path: one.items for path, one in polled.items()} == dict.fromkeys(said, 2)
    assert follower.titled("Fresh").first_seen == NOW + 25 * HOUR
    said["/etag"]["ETag"] = '"2"'
    follower.poll(26 * HOUR)
    follower.poll(27 * HOUR)
    assert [asked for asked in server.asked if asked.path == "/etag"][-1].headers["if-none-match"] == '"2"', "renewed"
