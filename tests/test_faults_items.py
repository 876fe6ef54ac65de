"""Which item is this? The faults that users of feed pollers report most about items that come again or are lost.

Each is met the way that users meet it: a real server, a poll that is stored, and what the user is told afterwards.
"""

from datetime import UTC, datetime

from follower import BASE, DAY, FEED, HOUR, MAIL, NOW, Follower, entry, rss
from server import Reply, Server

GUIDS = {
    "its guid moves to https": ("http://a.example/?p=1", "https://a.example/?p=1", "https://a.example/one"),
    "its guid moves to another host": ("http://a.example/?p=2", "https://b.example/?p=2", "https://a.example/two"),
    "its guid is counted up": ("https://a.example/three#1", "https://a.example/three#2", "https://a.example/three"),
    "its guid is drawn anew": ("8b1f7c", "02d9aa", "https://a.example/four"),
}


def test_an_item_whose_guid_changes_does_not_come_again(follower: Follower, server: Server) -> None:
    later = entry("New tide", "https://a.example/new", "new", MAIL)
    moved = entry("It all moves to another host", "https://{0}.a.example/5", "https://{0}.a.example/?p=5", MAIL)
    feeds = [
        rss(
            *(
                entry(title, link, guids[time], f"Mon, 02 Mar 2026 08:0{number}:00 GMT")
                for number, (title, (*guids, link)) in enumerate(GUIDS.items())
            ),
            moved.format(["old", "new"][time]),
            entry(["Edited once", "Edited for good"][time], "", f"{['http', 'https'][time]}://a.example/?p=6", MAIL),
            *([later] * time),
        )
        for time in (0, 1)
    ]
    server.replies["/feed"] = Reply(feeds[0])
    follower.follow(server.url("/feed"))
    assert follower.poll()["/feed"].new == len(GUIDS) + 2
    server.replies["/feed"] = Reply(feeds[1])
    follower.poll(HOUR)
    titles = [item.title for item in follower.items()]
    assert sorted(titles) == sorted([*GUIDS, "It all moves to another host", "Edited for good", "New tide"])
    assert follower.titled("New tide").first_seen == NOW + HOUR


def test_an_item_that_is_known_is_not_taken_for_another_one_of_its_date(follower: Follower, server: Server) -> None:
    moving_on = entry("Moves on", "https://{0}.a.example/1", "https://{0}.a.example/1", MAIL)
    stays = entry("Stays", "https://a.example/2", "stays", MAIL)
    server.replies["/feed"] = Reply(rss(stays, moving_on.format("old")))
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = Reply(rss(stays, moving_on.format("new")))
    polled = follower.poll(HOUR)["/feed"]
    assert (polled.new, polled.updated) == (0, 0)
    assert sorted(item.title for item in follower.items()) == ["Moves on", "Stays"]


def test_items_do_not_come_again_when_the_whole_feed_moves_to_another_domain(
    follower: Follower, server: Server
) -> None:
    server.replies["/feed"] = Reply(rss(BASE))
    follower.follow(server.url("/feed"))
    follower.poll()
    server.replies["/feed"] = Reply(
        rss(BASE).replace(b"gazette.example", b"gazette-news.example").replace(b">tide<", b">4<")
    )
    assert follower.poll(HOUR)["/feed"].new == 0


def test_a_story_that_is_issued_again_at_each_edit_is_one_item_with_versions(
    follower: Follower, server: Server
) -> None:
    story = "https://www.bbc.example/news/articles/c8d1"
    titles = ["Baku weighs recall of envoy", "Baku recalls envoy", "Baku recalls envoy from Moscow"]
    follower.follow(server.url("/feed"))
    for number, title in enumerate(titles):
        guid, date = f"{story}#{number}", f"Mon, 02 Mar 2026 {9 + number:02}:00:00 GMT"
        server.replies["/feed"] = Reply(rss(entry(title, f"{story}?at_medium=RSS", guid, date)))
        follower.poll(number * HOUR)
    [item] = follower.items()
    versions = follower.store.versions(item.key)
    assert [(one.version, one.title) for one in versions] == list(enumerate(titles, start=1))
    assert {one.published for one in versions} == {datetime(2026, 3, 2, 9, tzinfo=UTC)}, "an edit makes it no younger"


def test_items_that_share_one_guid_are_all_kept(follower: Follower, server: Server) -> None:
    shared = [
        entry("One, told by its link", "https://a.example/1", "same", MAIL),
        entry("Two, told by its link", "https://a.example/2", "same", MAIL),
        entry("Three, told by its title", "", "same", MAIL),
        entry("Four, told by its title", "", "same", MAIL),
    ]
    server.replies["/feed"] = Reply(rss(*shared))
    follower.follow(server.url("/feed"))
    assert follower.poll()["/feed"].new == 4
    server.replies["/feed"] = Reply(rss(BASE, *shared[::-1]))
    assert follower.poll(HOUR)["/feed"].new == 1
    assert len({item.title for item in follower.items()}) == len(follower.items()) == 5


def test_items_without_a_guid_come_once(follower: Follower, server: Server) -> None:
    bare = [
        entry("By its link", "https://a.example/1"),
        entry("By its link, without a date", "https://a.example/2?utm_source=rss"),
        entry("By title and date", date=MAIL),
        entry("By title and date", date="Sun, 01 Mar 2026 09:00:00 GMT"),
        entry("By its title"),
    ]
    server.replies["/feed"] = FEED
    follower.follow(server.url("/feed"))
    follower.poll()
    new = []
    for hour in (1, 2, 3):
        server.replies["/feed"] = Reply(rss(BASE, *bare, head=f"<lastBuildDate>{MAIL[:17]}0{hour}:00</lastBuildDate>"))
        new.append(follower.poll(hour * HOUR)["/feed"].new)
    assert new == [len(bare), 0, 0]


def test_items_that_have_left_the_feed_do_not_come_back_as_new(follower: Follower, server: Server) -> None:
    number = iter(range(100))
    undated = entry("Left out, undated", "https://a.example/undated")

    def shows(*letters: str, more: str = "") -> tuple[int, int]:
        items = [entry(f"Story {letter}", f"https://a.example/{letter}", letter, MAIL) for letter in letters]
        server.replies["/feed"] = Reply(rss(*items, more))
        polled = follower.poll(next(number) * DAY, anyway=True)["/feed"]
        return polled.new, polled.updated

    follower.follow(server.url("/feed"))
    assert shows("a", "b", more=undated) == (2, 0)
    assert shows("c", "d") == (2, 0)
    assert shows("e") == (1, 0)
    assert shows("e", "a", "b", "c", more=undated) == (0, 0)
    assert follower.titled("Story a").first_seen == NOW
