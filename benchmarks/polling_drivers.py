"""What does a poll alone take, without the start of Python and the imports? Each Python poller, called as a library.

    python polling_drivers.py tracker|reader|feedparser FOLDER prepare|poll [THREADS]

Run by `polling.py`, each time in a process of its own, by the interpreter that has the library. FOLDER holds
`addresses.txt` and what the poller keeps. `poll` prints the seconds.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

Entries = list[tuple[str, str, str, str, str, str]]


def poll_tracker(folder: Path, _: int) -> float:
    """tracker's poll of a prepared workspace. Modules that it imports late are loaded by a poll of one feed before."""
    polling, store, workspace, opml = map(
        import_module, ("tracker.polling", "tracker.store", "tracker.workspace", "tracker.feeds.opml")
    )
    here = workspace.find_workspace(folder, folder)
    subscriptions, _ = opml.read_outlines(here.opml)
    with store.open_store(f"sqlite:///{folder}/warm.sqlite") as database:
        polling.poll_feeds(here, database, subscriptions[:1], now=datetime.now(UTC))
    Path(folder, "warm.sqlite").unlink()
    with store.open_store(here.database, zone=here.zone) as database:
        started = time.perf_counter()
        polling.poll_feeds(here, database, subscriptions, now=datetime.now(UTC))
        return time.perf_counter() - started


def prepare_reader(folder: Path) -> None:
    """A database of `reader` that follows the addresses."""
    with import_module("reader").make_reader(str(folder / "reader.sqlite")) as reader:
        for address in _addresses(folder):
            reader.add_feed(address)


def poll_reader(folder: Path, threads: int) -> float:
    """`reader`'s update of all feeds, due or not."""
    for late in ("reader._parser.feedparser", "reader._parser.http", "reader._parser.jsonfeed", "xml.sax.expatreader"):
        import_module(late)
    with import_module("reader").make_reader(str(folder / "reader.sqlite")) as reader:
        started = time.perf_counter()
        reader.update_feeds(workers=threads, scheduled=False)
        return time.perf_counter() - started


def prepare_feedparser(folder: Path) -> None:
    """A database for entries as feedparser reads them, and for what each server said of its feed."""
    with sqlite3.connect(folder / "feedparser.sqlite") as database:
        database.executescript(
            """PRAGMA journal_mode = WAL;
            CREATE TABLE feeds (address TEXT PRIMARY KEY, etag TEXT, modified TEXT);
            CREATE TABLE entries (
                feed TEXT, id TEXT, title TEXT, link TEXT, published TEXT, summary TEXT, PRIMARY KEY (feed, id)
            );"""
        )
        database.executemany("INSERT INTO feeds VALUES (?, NULL, NULL)", [(one,) for one in _addresses(folder)])
    database.close()


def poll_feedparser(folder: Path, threads: int) -> float:
    """What a short script would do: `feedparser.parse` in threads, the entries written by one of them at the end."""
    feedparser = import_module("feedparser")
    import_module("xml.sax.expatreader")

    def read(address: str, etag: str | None, modified: str | None) -> tuple[str, str | None, str | None, Entries]:
        found = feedparser.parse(address, etag=etag, modified=modified)
        entries = [
            (address, *(entry.get(name, "") for name in ("id", "title", "link", "published", "summary")))
            for entry in found.entries
        ]
        return address, found.get("etag", etag), found.get("modified", modified), entries

    started = time.perf_counter()
    with sqlite3.connect(folder / "feedparser.sqlite") as database, ThreadPoolExecutor(threads) as pool:
        feeds = database.execute("SELECT address, etag, modified FROM feeds").fetchall()
        for done in as_completed([pool.submit(read, *feed) for feed in feeds]):
            address, etag, modified, entries = done.result()
            database.execute("UPDATE feeds SET etag = ?, modified = ? WHERE address = ?", (etag, modified, address))
            database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?)", entries)
    database.close()
    return time.perf_counter() - started


def _addresses(folder: Path) -> list[str]:
    return (folder / "addresses.txt").read_text().split()


PREPARE: dict[str, Callable[[Path], None]] = {"reader": prepare_reader, "feedparser": prepare_feedparser}
POLL = {"tracker": poll_tracker, "reader": poll_reader, "feedparser": poll_feedparser}


def main(name: str, folder: str, what: str, threads: str = "1") -> None:
    """Do what the command line says."""
    if what == "prepare":
        PREPARE[name](Path(folder))
    else:
        print(POLL[name](Path(folder), int(threads)))


if __name__ == "__main__":
    main(*sys.argv[1:])
