"""Items out of local files and folders, well-formed and otherwise."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import zstandard
from history_server import Article, rss

from tracker.errors import FeedError
from tracker.history.files import Files
from tracker.history.source import Page, Wanted

NOW = datetime(2025, 7, 31, 12, tzinfo=UTC)
JULY = Wanted(date(2025, 7, 1), date(2025, 7, 31), UTC, NOW)
CSV = "Date,Title,Link\n2025-07-05,Envoy recalled,https://www.trend.az/1\n2025-07-06,Talks resume,https://www.trend.az/2\n"


def read(folder: Path, name: str = "", wanted: Wanted = JULY) -> tuple[list[Page], str]:
    """The pages of a file or folder in `folder`, and what ended them."""
    pages = []
    try:
        for page in Files(folder, most_unpacked=3_000_000).pages(Path(name), wanted):
            pages.append(page)
    except FeedError as error:
        return pages, str(error)
    return pages, ""


def titles(pages: list[Page]) -> list[str]:
    return [item.title for page in pages for item in page.items]


def notes(pages: list[Page]) -> list[str]:
    return [page.note for page in pages if page.note]


def jsonl(*rows: Mapping[str, object]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


FORMS = {
    "old.csv": CSV.encode(),
    "with semicolons.csv": CSV.replace(",", ";").encode(),
    "with tabs.tsv": CSV.replace(",", "\t").encode(),
    "from a spreadsheet.csv": b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n").encode(),
    "unicode text.csv": CSV.replace(",", "\t").encode("utf-16"),
    "old.jsonl": jsonl(
        {"date_published": "2025-07-05T00:00:00Z", "headline": "Envoy recalled", "url": "https://www.trend.az/1"},
        {"date_published": "2025-07-06T00:00:00Z", "headline": "Talks resume", "url": "https://www.trend.az/2"},
    ).encode(),
    "list.json": json.dumps(
        [
            {"publishedAt": 1751673600, "title": "Envoy recalled", "url": "https://www.trend.az/1"},
            {"publishedAt": "2025-07-06", "title": "Talks resume", "url": "https://www.trend.az/2"},
        ]
    ).encode(),
    "feed.json": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "News",
            "items": [
                {
                    "id": "1",
                    "url": "https://www.trend.az/1",
                    "title": "Envoy recalled",
                    "date_published": "2025-07-05T00:00:00Z",
                },
                {
                    "id": "2",
                    "url": "https://www.trend.az/2",
                    "title": "Talks resume",
                    "date_published": "2025-07-06T00:00:00Z",
                },
            ],
        }
    ).encode(),
    "old.rss": rss(
        [
            Article("Envoy recalled", datetime(2025, 7, 5, tzinfo=UTC), "www.trend.az"),
            Article("Talks resume", datetime(2025, 7, 6, tzinfo=UTC), "www.trend.az"),
        ]
    ),
    "no ending at all": CSV.encode(),
}


@pytest.mark.parametrize("name", FORMS)
def test_forms(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FORMS[name])
    pages, ended = read(tmp_path, name)
    items = [item for page in pages for item in page.items]
    assert (ended, notes(pages)) == ("", [])
    assert [(item.title, item.day.day, item.source, item.feed) for item in items] == [
        ("Envoy recalled", 5, "trend.az", name),
        ("Talks resume", 6, "trend.az", name),
    ]
    assert {page.proves for page in pages} == {None}


def zipped(data: bytes) -> bytes:
    import io

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/old.csv", data)
        archive.writestr("folder/readme.md", "# nothing")
        archive.writestr("folder/", "")
    return packed.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
    "zip": zipped,
}


@pytest.mark.parametrize("ending", PACKED)
def test_packed_files(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"old.csv.{ending}").write_bytes(PACKED[ending](CSV.encode()))
    pages, ended = read(tmp_path, f"old.csv.{ending}")
    assert (titles(pages), ended) == (["Envoy recalled", "Talks resume"], "")


@pytest.mark.parametrize("ending", PACKED)
def test_a_bomb_stops_at_the_limit(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"bomb.csv.{ending}").write_bytes(PACKED[ending](CSV.encode() + bytes(20_000_000)))
    pages, ended = read(tmp_path, f"bomb.csv.{ending}")
    assert "too large once unpacked (split the file)" in ended
    assert titles(pages) in ([], ["Envoy recalled", "Talks resume"])


@pytest.mark.parametrize("ending", PACKED)
def test_a_packed_file_that_breaks_off_says_so(tmp_path: Path, ending: str) -> None:
    whole = PACKED[ending](CSV.encode() + "\n".join(f"2025-07-07,T{n},{n * n}" for n in range(9999)).encode())
    (tmp_path / f"old.csv.{ending}").write_bytes(whole[: len(whole) // 2])
    _, ended = read(tmp_path, f"old.csv.{ending}")
    assert ended.startswith(f"old.csv.{ending}")
    assert "cannot be read" in ended or ending == "zst"
    (tmp_path / f"old.csv.{ending}").write_bytes(b"no such thing")
    assert "cannot be read" in read(tmp_path, f"old.csv.{ending}")[1]


ROWS = {
    "no date": ({"title": "A"}, "has no date"),
    "a date that cannot be read": ({"date": "yesterday", "title": "A"}, "has no readable date (yesterday)"),
    "a date to come": ({"date": "2031-01-01", "title": "A"}, "has no readable date (2031-01-01)"),
    "a date in either order": ({"date": "01/02/2025", "title": "A"}, "has no readable date (01/02/2025)"),
    "no title": ({"date": "2025-07-05", "link": "https://a.example/"}, "has no title"),
    "a title of markup": ({"date": "2025-07-05", "title": "<b></b>\x1b[0m"}, "has no title"),
    "an escape in the date": ({"date": "\x1b[31mred\x1b[0m", "title": "A"}, "has no readable date (red)"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_row_that_is_left_out_is_told(tmp_path: Path, case: str) -> None:
    row, why = ROWS[case]
    good = {"date": "2025-07-05", "title": "Good"}
    (tmp_path / "old.jsonl").write_text(jsonl(good, row, row, good | {"title": "Better"}))
    pages, ended = read(tmp_path, "old.jsonl")
    assert (titles(pages), ended) == (["Good", "Better"], "")
    assert notes(pages) == [f"2 of 4 rows left out: line 2 {why}"]


def test_nonsense_between_rows_costs_only_itself(tmp_path: Path) -> None:
    good = jsonl({"date": "2025-07-05", "title": "Good"})
    (tmp_path / "old.jsonl").write_text(f"{good}{{broken\n[1]\nnull\n\n{'[' * 9000}\n{good.replace('Good', 'Better')}")
    pages, _ = read(tmp_path, "old.jsonl")
    assert titles(pages) == ["Good", "Better"]
    assert notes(pages) == ["4 of 6 rows left out: line 2 cannot be read"]
    quoted = (
        'date,title\n2025-07-05,"two\nlines, and ""quotes"""\n2025-07-06\n2025-07-07,A,b,c,d\n2025-07-08,"never closed'
    )
    (tmp_path / "old.csv").write_text(quoted)
    pages, _ = read(tmp_path, "old.csv")
    assert titles(pages) == ['two lines, and "quotes"', "A", "never closed"]
    assert notes(pages) == ["1 of 4 rows left out: line 4 has no title"]


def test_a_field_without_end_costs_only_what_it_swallows(tmp_path: Path) -> None:
    rows = "".join(f"2025-07-05,Title {number}\n" for number in range(20_000))
    (tmp_path / "old.csv").write_text(f'date,title\n2025-07-05,First\n2025-07-05,"open\n{rows}')
    pages, ended = read(tmp_path, "old.csv")
    assert ended == ""
    assert titles(pages)[0] == "First"
    assert titles(pages)[-1] == "Title 19999"
    assert "cannot be read" in notes(pages)[0]


def test_lines_in_several_encodings(tmp_path: Path) -> None:
    lines = ["date,title\n", "2025-07-05,Посол отозван из Баку\n", "2025-07-06,Переговоры продолжаются\n"]
    (tmp_path / "old.csv").write_bytes(lines[0].encode() + lines[1].encode("cp1251") + lines[2].encode())
    pages, _ = read(tmp_path, "old.csv")
    assert titles(pages) == ["Посол отозван из Баку", "Переговоры продолжаются"]
    assert {item.language for item in pages[0].items} == {"ru"}


PUBLISHERS: dict[str, tuple[dict[str, object], str]] = {
    "its host": ({"source": "www.reuters.com"}, "reuters.com"),
    "its address": ({"publisher": "https://www.reuters.com/world"}, "reuters.com"),
    "its host before the link's, which may lead through another's": (
        {"source": "reuters.com", "link": "https://news.google.com/rss/articles/CBMi"},
        "reuters.com",
    ),
    "the link's where only a name is given": (
        {"source": "Reuters", "link": "https://www.reuters.com/1"},
        "reuters.com",
    ),
    "the feed's where there is no link": ({"feed": "https://www.reuters.com/rss", "source": "Reuters"}, "reuters.com"),
    "its name where there is nothing else": ({"source": "РИА  Новости"}, "риа новости"),
    "as news services write it": ({"source": {"id": None, "name": "reuters.com"}}, "reuters.com"),
    "the file where nothing is said": ({"link": "javascript:alert(1)"}, "old.jsonl"),
}


@pytest.mark.parametrize("case", PUBLISHERS)
def test_publishers(tmp_path: Path, case: str) -> None:
    said, expected = PUBLISHERS[case]
    (tmp_path / "old.jsonl").write_text(jsonl({"date": "2025-07-05", "title": "A"} | said))
    pages, _ = read(tmp_path, "old.jsonl")
    assert [item.source for item in pages[0].items] == [expected]


def test_nothing_from_outside_reaches_an_item_as_it_came(tmp_path: Path) -> None:
    row = {
        "date": "2025-07-05",
        "title": "<b>Envoy</b>\x1b[31m &amp;amp; co\u202e",
        "text": "x" * 99_999,
        "url": "//[",
        "lang": "EN-us",
    }
    (tmp_path / "old.jsonl").write_text(jsonl(row))
    (item,) = read(tmp_path, "old.jsonl")[0][0].items
    assert (item.title, item.link, item.language, len(item.summary)) == ("Envoy & co", "", "en", 4000)


def test_the_same_row_has_the_same_key_as_in_a_feed(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes(FORMS["old.csv"])
    (tmp_path / "old.rss").write_bytes(FORMS["old.rss"].replace(b"envoy-recalled", b"1").replace(b"talks-resume", b"2"))
    table, feed = read(tmp_path, "old.csv")[0], read(tmp_path, "old.rss")[0]
    assert [item.key for item in table[0].items] == [item.key for item in feed[0].items]


def test_some_days_around_those_wanted_are_read(tmp_path: Path) -> None:
    """The rate of a day is judged with its week."""
    rows = (f"{datetime(2025, 7, 1, tzinfo=UTC) + timedelta(days=day):%Y-%m-%d},Day {day}\n" for day in range(-40, 60))
    (tmp_path / "old.csv").write_text("date,title\n" + "".join(rows))
    wanted = Wanted(date(2025, 7, 1), date(2025, 7, 10), UTC, datetime(2026, 1, 1, tzinfo=UTC))
    assert titles(read(tmp_path, "old.csv", wanted)[0]) == [f"Day {day}" for day in range(-7, 17)]


def test_a_folder_is_one_archive_and_a_bad_file_in_it_is_told(tmp_path: Path) -> None:
    news = tmp_path / "news"
    for name in (
        "2024/a.csv",
        "2025/b.csv.gz",
        "2025/.hidden.csv",
        ".git/c.csv",
        "bad.csv",
        "notes.txt",
        "picture.png",
    ):
        (news / name).parent.mkdir(parents=True, exist_ok=True)
        (news / name).write_bytes(
            b"a,b\n1,2\n" if name == "bad.csv" else b"date,title\n2025-07-05,From %b" % name.encode()
        )
    (news / "2025/b.csv.gz").write_bytes(gzip.compress(b"date,title\n2025-07-06,Packed"))
    pages, ended = read(tmp_path, "news")
    assert (titles(pages), ended) == (["From 2024/a.csv", "Packed"], "")
    assert notes(pages) == [
        "news/bad.csv: no column for the date: the first line says a, b (call it date_published, published or pub_date)"
    ]
    assert {page.feed for page in pages} == {"news"}


REFUSED: dict[str, tuple[bytes | None, str]] = {
    "missing.csv": (None, "no such file"),
    "empty.csv": (b"", "the file is empty"),
    "blank.csv": (b" \n\n", "the file is empty"),
    "page.html": (b"<!doctype html><html></html>", "HTML page"),
    "columns.csv": (b"date,price\n2025-07-05,3", "no column for the title: the first line says date, price"),
    "bytes.csv": (bytes(range(1, 256)) * 50, "no column for the date"),
    "broken.json": (b'[{"title": "A"', "breaks off, or is no JSON"),
    "escape.csv": (b"\x1b[31m\x07red", "the first line says red"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_news_says_why(tmp_path: Path, name: str) -> None:
    content, why = REFUSED[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    pages, ended = read(tmp_path, name)
    assert titles(pages) == []
    assert name in ended
    assert why in ended
    assert ended.isprintable()


def test_json_feeds_are_told_from_json_lines_whatever_stands_first(tmp_path: Path) -> None:
    feed = json.loads(FORMS["feed.json"])
    (tmp_path / "late.json").write_text(json.dumps({"items": feed.pop("items"), "note": "x" * 9000, **feed}))
    (tmp_path / "lines.json").write_text(
        jsonl({"date": "2025-07-05", "title": "A"}, {"date": "2025-07-06", "title": "B"})
    )
    (tmp_path / "other.json").write_text('{"articles": []}')
    assert titles(read(tmp_path, "late.json")[0]) == ["Envoy recalled", "Talks resume"]
    assert titles(read(tmp_path, "lines.json")[0]) == ["A", "B"]
    (tmp_path / "list.json").write_text('[{"date": "2025-07-05", "title": "A"}, 5]')
    assert notes(read(tmp_path, "list.json")[0]) == ["1 of 2 rows left out: article 2 cannot be read"]
    assert notes(read(tmp_path, "other.json")[0]) == ["1 of 1 row left out: line 1 has no title"]


def test_an_empty_folder_and_a_pipe_say_what_they_are(tmp_path: Path) -> None:
    import os

    assert "no feed, CSV or JSON Lines file in this folder" in read(tmp_path)[1]
    os.mkfifo(tmp_path / "pipe.csv")
    assert "not a regular file" in read(tmp_path, "pipe.csv")[1]
    assert "no feed" in read(tmp_path)[1], "nor is it waited for in a folder"


def test_a_large_table_comes_in_pages(tmp_path: Path) -> None:
    rows = "".join(f"2025-07-05,Title {number},https://a.example/{number}\n" for number in range(6_000))
    (tmp_path / "old.csv").write_text(f"date,title,link\n{rows}")
    pages, _ = read(tmp_path, "old.csv")
    assert [len(page.items) for page in pages] == [5_000, 1_000]
    assert len({item.key for page in pages for item in page.items}) == 6_000
