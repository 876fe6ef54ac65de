"""The list of subscriptions: read, edited, refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tracker.errors import ManyErrors, OpmlError
from tracker.feeds.opml import (
    add_subscription,
    add_subscriptions,
    as_opml,
    check_subscription,
    read_opml,
    read_outlines,
    remove_subscription,
)
from tracker.model import Subscription

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>Mine</title></head>
  <body>
    <!-- the first & the best -->
    <outline text='World'>
      <outline type="rss" text="A &amp; B"
               xmlUrl="https://a.example/feed?x=1&amp;y=2" language="en-GB"/>
      <outline text="Б" title="Бета" xmlUrl="https://b.example/" language="ru" category="/news,/archive"></outline>
    </outline>
    <outline type="archive" text="Old" xmlUrl="data/old.atom"/> <!-- keep me -->
    <outline text="An empty folder"/>
  </body>
</opml>
"""
A = Subscription("https://a.example/feed?x=1&y=2", "A & B", "en")
B = Subscription("https://b.example/", "Бета", "ru", archive=True)
OLD = Subscription("data/old.atom", "Old", archive=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.opml"
    path.write_text(LIST, "utf-8")
    return path


def body(inside: str) -> str:
    return f"<opml><body>\n{inside}\n</body></opml>"


def test_read(path: Path) -> None:
    assert read_opml(path) == [A, B, OLD]


def test_an_address_listed_twice_is_one_subscription(path: Path) -> None:
    path.write_text(body('<outline text="X" xmlUrl="x.xml"/><outline text="Y" xmlUrl="x.xml" type="archive"/>'))
    assert read_opml(path) == [Subscription("x.xml", "X", archive=True)]


def test_another_encoding(path: Path) -> None:
    path.write_bytes(LIST.replace("UTF-8", "windows-1251").encode("cp1251"))
    assert read_opml(path) == [A, B, OLD]
    add_subscription(path, Subscription("https://c.example/"))
    assert path.read_text("utf-8").startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert read_opml(path)[:3] == [A, B, OLD]


def test_what_is_added_is_the_only_change(path: Path) -> None:
    new = Subscription("https://c.ex/?q&r=<2>", 'The "C" & Co', "tr")
    add_subscription(path, new)
    assert read_opml(path) == [A, B, OLD, new]
    added = path.read_text("utf-8").splitlines()
    assert [line for line in added if line not in LIST.splitlines()] == [
        '    <outline type="rss" text=\'The "C" &amp; Co\' xmlUrl="https://c.ex/?q&amp;r=&lt;2&gt;" language="tr"/>'
    ]
    remove_subscription(path, new.address)
    assert path.read_text("utf-8") == LIST


def test_what_is_removed_is_the_only_change(path: Path) -> None:
    remove_subscription(path, A.address)
    remove_subscription(path, B.address)
    kept = LIST.splitlines()
    assert path.read_text("utf-8").splitlines() == kept[:6] + kept[9:]
    remove_subscription(path, OLD.address)
    assert "     <!-- keep me -->\n" in path.read_text("utf-8"), "what else stands on the line stays"
    assert read_opml(path) == []


@pytest.mark.parametrize("start", [None, "<opml><body/></opml>", "<opml><body></body></opml>"])
def test_add_to_a_list_that_is_missing_or_empty(tmp_path: Path, start: str | None) -> None:
    path = tmp_path / "new.opml"
    if start is not None:
        path.write_text(start)
    add_subscription(path, A)
    add_subscription(path, B)
    assert read_opml(path) == [A, B]
    left = {file.name for file in tmp_path.iterdir()} - {"new.lock"}
    assert left == {"new.opml"}, "no temporary file stays behind"


EDITOR = """
import sys
from pathlib import Path
from tracker.feeds.opml import add_subscription, remove_subscription
from tracker.model import Subscription
path, mine = Path(sys.argv[1]), sys.argv[2]
for number in range(8):
    add_subscription(path, Subscription(f"https://{mine}.example/{number}"))
    remove_subscription(path, f"https://old.example/{mine}{number}")
"""


def test_editors_at_the_same_time_lose_nothing(path: Path) -> None:
    old = (f'<outline text="X" xmlUrl="https://old.example/{name}{number}"/>' for name in "abcd" for number in range(8))
    path.write_text(body("\n".join(old)))
    editors = [subprocess.Popen([sys.executable, "-c", EDITOR, str(path), name]) for name in "abcd"]
    assert [editor.wait(60) for editor in editors] == [0] * 4
    found = sorted(subscription.address for subscription in read_opml(path))
    assert found == [f"https://{name}.example/{number}" for name in "abcd" for number in range(8)]


ASKED_OTHERWISE = Subscription(
    "https://d.example/feed", "D", timezone="Asia/Baku", user_agent='Mozilla/5.0 ("X" & Y)', any_certificate=True
)


def test_how_a_feed_is_asked_is_written_and_read_back(path: Path) -> None:
    add_subscription(path, ASKED_OTHERWISE)
    assert read_opml(path)[-1] == ASKED_OTHERWISE
    line = path.read_text("utf-8").splitlines()[-3]
    assert 'timezone="Asia/Baku" userAgent=\'Mozilla/5.0 ("X" &amp; Y)\' certificate="any"' in line


def test_many_are_added_in_one_step_and_none_twice(path: Path) -> None:
    new = [Subscription(f"https://e.example/{number}", f"E {number}") for number in range(300)]
    assert add_subscriptions(path, [A, *new, new[0], B]) == new
    assert read_opml(path) == [A, B, OLD, *new]
    before = path.read_bytes()
    assert add_subscriptions(path, [*new, A]) == []
    with pytest.raises(OpmlError, match="is not an address on the web"):
        add_subscriptions(path, [Subscription("https://f.example/"), Subscription("ftp://f.example/")])
    assert path.read_bytes() == before


def test_a_list_for_other_programs_says_the_same(path: Path) -> None:
    every = [A, B, OLD, ASKED_OTHERWISE]
    path.write_text(as_opml(every), "utf-8")
    assert read_opml(path) == every
    path.write_text(as_opml([]), "utf-8")
    assert read_opml(path) == []


def test_a_link_to_the_list_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.opml"
    link.symlink_to(path)
    path.chmod(0o600)
    add_subscription(link, Subscription("https://c.example/"))
    assert link.is_symlink()
    assert len(read_opml(path)) == 4
    assert path.stat().st_mode & 0o777 == 0o600


UNREADABLE = {
    "not XML": ("feeds:\n  - x", "not XML", ":1"),
    "cut off": (LIST[:300], "not XML", ":9"),
    "a feed": ("<rss/>", "its outermost element is <rss>, not <opml>", ""),
    "entities of its own": (f'<!DOCTYPE opml [<!ENTITY a "b">]>{body("")}', "the file declares entities", ""),
    "an external entity": (
        f'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///x">]>{body("&a;")}',
        "the file declares entities",
        "",
    ),
    "empty": ("", "not XML", ":1"),
}


@pytest.mark.parametrize(("text", "what", "line"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_list_that_cannot_be_read(path: Path, text: str, what: str, line: str) -> None:
    path.write_text(text)
    with pytest.raises(OpmlError) as caught:
        read_opml(path)
    assert what in caught.value.what
    assert str(caught.value).startswith(f"{path}{line}")
    assert caught.value.mend


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OpmlError, match="no such file"):
        read_opml(tmp_path / "none.opml")


def test_every_wrong_outline_is_named_with_its_line_and_the_others_are_read(path: Path) -> None:
    path.write_text(
        body(
            '<outline type="rss" text="No address"/>\n<outline text="X" xmlUrl="ftp://x.example/"/>\n'
            '<outline text="Y" xmlUrl="javascript:alert(1)"/>\n<outline text="Z" xmlUrl="z.xml" language="russian1"/>\n'
            '<outline text="Q" xmlUrl="http://"/>\n<outline text="R" xmlUrl="r.xml" timezone="Europe"/>\n'
            '<outline text="S" xmlUrl="s.xml" userAgent="a&#10;b"/>\n<outline xmlUrl="t.xml" certificate="yes"/>\n'
            '<outline text="Good" xmlUrl="good.xml"/>'
        )
    )
    subscriptions, errors = read_outlines(path)
    assert subscriptions == [Subscription("good.xml", "Good")]
    assert [str(error.where).removeprefix(str(path)) for error in errors] == [f":{line}" for line in range(2, 10)]
    assert all(error.mend for error in errors)
    with pytest.raises(ManyErrors, match="No address"):
        read_opml(path)


REFUSED = {
    "a feed that is there": A,
    "another kind of address": Subscription("ftp://x.example/"),
    "an address with a line break": Subscription("https://x.example/\nx"),
    "nothing": Subscription(""),
    "a time zone of nowhere": Subscription("https://x.example/", timezone="Europe/Nowhere"),
    "a name with another header in it": Subscription("https://x.example/", user_agent="a\r\nCookie: b"),
    "a name that is no header": Subscription("https://x.example/", user_agent="Обозреватель"),
}


@pytest.mark.parametrize("subscription", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_added(path: Path, subscription: Subscription) -> None:
    with pytest.raises(OpmlError):
        add_subscription(path, subscription)
    assert path.read_text("utf-8") == LIST


def test_what_stands_nowhere_yet_is_refused_without_a_place() -> None:
    with pytest.raises(OpmlError) as caught:
        check_subscription(Subscription("https://x.example/", timezone="Nowhere"))
    assert str(caught.value) == "“Nowhere” is not a time zone (write a name such as Europe/London or UTC)"


def test_what_is_not_there_is_not_removed(path: Path) -> None:
    with pytest.raises(OpmlError, match="is not followed"):
        remove_subscription(path, "https://unknown.example/")
    path.write_text(body('<outline text="X" xmlUrl="x.xml"><outline text="Y" xmlUrl="y.xml"/></outline>'))
    with pytest.raises(OpmlError, match="other outlines inside"):
        remove_subscription(path, "x.xml")
    assert len(read_opml(path)) == 2
