"""When was it published? The faults that users of feed pollers report most about dates.

Each is met the way that users meet it: a real server, a poll that is stored, and what the user is told afterwards.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from follower import BASE, DAY, FEED, HOUR, NOW, Follower, atom, entry, path_of, rss
from server import Reply, Server

UNREADABLE = {
    "words": "the day before yesterday",
    "a day or a month first, nobody knows": "3/2/2026 6:05",
    "zeros": "0000-00-00 00:00:00",
    "a month that is none": "Mon, 02 Brumaire 2026 09:00:00 GMT",
    "the first second of 1970": "Thu, 01 Jan 1970 00:00:00 GMT",
    "seventy years ahead": "Sat, 02 Mar 2097 09:00:00 GMT",
}
READABLE = {
    "a long month": "Sunday, 01 February 2026 10:00:00 GMT",
    "a year of two figures": "Sun, 1 Feb 26 10:00:00 GMT",
    "the American order, by its AM": "2/1/2026 10:00:00 AM GMT",
}


def dated(dates: Mapping[str, str]) -> list[str]:
    return [entry(title, f"https://a.example/{len(title)}", title, date) for title, date in dates.items()]


def test_a_date_that_cannot_be_read_stays_unknown(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = Reply(rss(BASE, *dated(UNREADABLE | READABLE)))
    follower.poll(HOUR)
    found = {item.title: item for item in follower.items()}
    assert {title: found[title].published for title in UNREADABLE} == dict.fromkeys(UNREADABLE)
    assert {found[title].published for title in READABLE} == {datetime(2026, 2, 1, 10, tzinfo=UTC)}
    assert {found[title].first_seen for title in UNREADABLE | READABLE} == {NOW + HOUR}
    told, _ = follower.complaints("/feed")["undated"]
    assert told.startswith(f"{len(UNREADABLE)} items of the last 30 days came without a date that can be read")


def test_an_undated_item_is_not_dated_anew_at_each_poll(follower: Follower, server: Server) -> None:
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    for day in (1, 2, 3):
        title = "Ferry sails" if day < 3 else "Ferry sails again"
        undated = entry(title, "https://a.example/ferry", "ferry")
        server.replies["/feed"] = Reply(rss(BASE, undated, head=f"<ttl>{day}</ttl>"))
        follower.poll(day * DAY)
    item = follower.titled("Ferry sails again")
    assert (item.version, item.first_seen, item.day, item.published) == (2, NOW + DAY, (NOW + DAY).date(), None)


def test_a_date_without_a_zone_is_read_in_the_zone_of_its_feed(follower: Follower, server: Server) -> None:
    body = rss(
        entry("In the morning", "https://a.example/1", "1", "2026-03-02 06:00:00"),
        entry("Within the hours between", "https://a.example/2", "2", "2026-03-02 14:30:00"),
    )
    server.replies |= {"/baku": Reply(body), "/here": Reply(body.replace(b"a.example", b"b.example"))}
    follower.follow(server.url("/baku"), timezone="Asia/Baku")
    follower.follow(server.url("/here"))
    follower.poll()
    found = {(path_of(item.feed), item.title): item.published for item in follower.items()}
    assert found == {
        ("/baku", "In the morning"): datetime(2026, 3, 2, 2, tzinfo=UTC),
        ("/baku", "Within the hours between"): datetime(2026, 3, 2, 10, 30, tzinfo=UTC),
        ("/here", "In the morning"): datetime(2026, 3, 2, 6, tzinfo=UTC),
        ("/here", "Within the hours between"): NOW,
    }, "and never later than it was first seen"


def test_an_item_from_the_future_counts_for_the_day_on_which_it_was_seen(follower: Follower, server: Server) -> None:
    scheduled = entry("Scheduled", "https://a.example/scheduled", "scheduled", "Tue, 03 Mar 2026 07:00:00 GMT")
    server.replies["/feed"] = Reply(rss(scheduled, BASE))
    follower.follow(server.url("/feed"))
    follower.poll()
    after = entry("Comes after it", "https://a.example/after", "after", "Mon, 02 Mar 2026 12:30:00 GMT")
    server.replies["/feed"] = Reply(rss(scheduled, after, BASE))
    assert follower.poll(HOUR)["/feed"].new == 1, "it hides nothing that comes after it"
    follower.poll(2 * DAY)
    item = follower.titled("Scheduled")
    assert (item.published, item.first_seen, item.day) == (NOW, NOW, NOW.date())
    assert item.claimed == datetime(2026, 3, 3, 7, tzinfo=UTC), "what it claimed is kept"
    assert follower.titled("Comes after it").claimed is None
    newest = max(follower.items(), key=lambda item: item.published or NOW)
    assert newest.title == "Comes after it", "it does not stay at the top"


def test_items_newer_than_the_feed_calls_itself_are_read(follower: Follower, server: Server) -> None:
    old = "Mon, 01 Jan 2001 00:00:00 GMT"
    stale = {
        "/rss": (rss, f"<lastBuildDate>{old}</lastBuildDate><pubDate>{old}</pubDate>", BASE),
        "/atom": (
            atom,
            "<updated>2001-01-01T00:00:00Z</updated>",
            '<entry><id>1</id><title>Tide</title><link href="https://b.example/1"/><updated>2026-03-02T09:00:00Z</updated>'
            "</entry>",
        ),
    }
    same = {"Last-Modified": old}
    for path, (feed, head, item) in stale.items():
        server.replies[path] = Reply(feed(item, head=head), headers=same)
        follower.follow(server.url(path))
    assert {path: one.new for path, one in follower.poll().items()} == {"/rss": 1, "/atom": 1}
    for path, (feed, head, item) in stale.items():
        second = item.replace("Tide", "Ebb").replace("<guid>tide", "<guid>ebb").replace("<id>1", "<id>2")
        second = second.replace("example/1", "example/2").replace("example/tide", "example/ebb")
        server.replies[path] = Reply(feed(second, item, head=head), headers=same)
    assert {path: one.new for path, one in follower.poll(HOUR).items()} == {"/rss": 1, "/atom": 1}
