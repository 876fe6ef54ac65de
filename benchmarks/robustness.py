"""How do broken and odd feeds end: in items, in one clear error, or in a failure?

    python benchmarks/robustness.py [--feeds ../shared/data/feeds] [--seeds 2] [--no-rivals] [--no-odd-servers]

Every case of tests/broken_feeds, and every file of the folder broken by chance, is served by a web server on 127.0.0.1
and goes through a whole poll into an SQLite database; so do the misbehaving servers of tests/oddities.py. A failure is
whatever a careful reader would complain of: no clear error, items lost or made up, text that is not fit to print, a
link that is not fit to follow. Beside it stands what feedparser and fastfeedparser alone make of the same documents,
each in a process that is ended after 20 s: for them only the number of entries is compared, where it is known.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from broken_feeds import ADDRESS, NOW, ZONE, Case, cases, mutated  # noqa: E402
from broken_feeds.judging import complaints  # noqa: E402
from odd_answers import Oddity  # noqa: E402
from odd_servers import OddServer  # noqa: E402
from oddities import ODDITIES  # noqa: E402
from server import Reply, Server  # noqa: E402

from tracker.feeds.addresses import Reachable  # noqa: E402
from tracker.feeds.answer import Limits  # noqa: E402
from tracker.feeds.parse import parse_feed  # noqa: E402
from tracker.feeds.poll import poll  # noqa: E402
from tracker.model import Poll, Subscription  # noqa: E402
from tracker.store import Store, open_store  # noqa: E402

SECONDS = 20.0
LOCAL = Reachable.of(["127.0.0.0/8"])
HOSTS = 250


def by_tracker(body: bytes) -> int:
    """How many items tracker finds."""
    return len(parse_feed(body, address=ADDRESS, now=NOW, zone=ZONE).items)


def by_feedparser(body: bytes) -> int:
    """How many entries feedparser finds."""
    import io

    import feedparser

    return len(feedparser.parse(io.BytesIO(body)).entries)


def by_fastfeedparser(body: bytes) -> int:
    """How many entries fastfeedparser finds."""
    import fastfeedparser

    return len(fastfeedparser.parse(body).entries)


READERS: dict[str, Callable[[bytes], int]] = {
    "tracker": by_tracker,
    "feedparser": by_feedparser,
    "fastfeedparser": by_fastfeedparser,
}


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of a document: the number of its items, None where it refused, and how long it took."""

    items: int | None = None
    seconds: float = 0.0
    broke: bool = False


class Reader:
    """A reader in a process of its own, which is ended and begun anew when a document is too much for it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._start()

    def read(self, body: bytes) -> Read:
        """What it makes of a document."""
        began = time.perf_counter()
        self._pipe.send_bytes(body)
        try:
            if self._pipe.poll(SECONDS):
                items, seconds = self._pipe.recv()
                return Read(items, seconds)
        except (EOFError, ConnectionError):
            pass
        self.close()
        self._start()
        return Read(seconds=time.perf_counter() - began, broke=True)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _start(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(
            target=_serve, args=(self._name, theirs), daemon=True
        )
        self._process.start()
        theirs.close()


def _serve(name: str, pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
    read = READERS[name]
    while True:
        body = pipe.recv_bytes()
        began = time.process_time()
        try:
            items: int | None = read(body)
        except Exception:  # a document refused is what we count
            items = None
        pipe.send((items, time.process_time() - began))


@dataclass
class Row:
    """What became of the cases of one kind."""

    cases: int = 0
    with_items: int = 0
    refused: int = 0
    empty: int = 0
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    known: int = 0
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    broke: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, error: str, items: int, failures: Iterable[str]) -> None:
        """Count one case."""
        self.cases += 1
        self.refused += bool(error)
        self.with_items += not error and items > 0
        self.empty += not error and items == 0
        self.failures += failures


def is_right(case: Case, read: Read) -> bool | None:
    """Whether the number of items is what it should be; None where that is left open, or is a matter of identity."""
    if case.kind == "identity":  # only tracker tells which entries are the same
        return None
    if case.expected_items is not None:
        return (read.items or 0) == case.expected_items and not read.broke
    least = max(case.at_least, len(case.including))
    return (read.items or 0) >= least if least else None


def poll_cases(corpus: Mapping[str, Case], server: Server, store: Store) -> dict[str, Row]:
    """What became of one poll of every case into the store, by the kind of the cases."""
    for path, case in corpus.items():
        kind = "".join(filter(str.isprintable, case.content_type))
        headers = {"Content-Type": kind} if kind else {}
        server.replies[path] = lambda _, case=case, headers=headers: Reply(case.body, headers=headers)  # type: ignore[misc]
    paths = {server.url(path): path for path in corpus}
    limits = Limits(seconds=120, connect_seconds=120, reachable=LOCAL)
    found: dict[str, Poll] = {}
    unstored: list[str] = []
    for polls in poll([Subscription(address) for address in paths], {}, now=NOW, zone=ZONE, root=ROOT, limits=limits):
        unstored += save(store, polls)
        found.update((paths[one.address], one) for one in polls)
    rows = judge(corpus, found, server)
    rows["the store"].failures += unstored
    return rows


def save(store: Store, polls: Sequence[Poll]) -> list[str]:
    """Store polls; what the store cannot take is a failure, and the others go on."""
    try:
        store.save_polls(polls)
    except Exception as error:  # whatever it is, it is to be counted
        return [f"{len(polls)} polls were not stored: {type(error).__name__} {error}"]
    return []


def judge(corpus: Mapping[str, Case], polls: Mapping[str, Poll], server: Server) -> dict[str, Row]:
    """What became of the polls, by the kind of their cases."""
    rows: dict[str, Row] = defaultdict(Row)
    for path, case in corpus.items():
        if path not in polls:
            rows[case.kind].add("", 0, [f"{case}: was not polled"])
            continue
        one = polls[path]
        found = complaints(case, error=one.error, title=one.title, items=one.items, address=server.url(path))
        rows[case.kind].add(one.error, len(one.items), [f"{case}: {complaint}" for complaint in found[:1]])
    return rows


def compare(corpus: Mapping[str, Case], rows: Mapping[str, Row], readers: Iterable[str]) -> None:
    """Let each reader read every document on its own, and note how often it found the right number of items."""
    for name in readers:
        reader = Reader(name)
        reader.read(b"<rss><channel/></rss>")  # so that imports do not count
        for case in corpus.values():
            read = reader.read(case.body)
            row, right = rows[case.kind], is_right(case, read)
            row.broke[name] += read.broke
            if right is not None:
                row.known += name == "tracker"
                row.right[name] += right
            if name == "tracker":
                row.slowest = max(row.slowest, read.seconds)
        reader.close()


def poll_oddities(store: Store) -> dict[str, Row]:
    """What became of two polls of each misbehaving server, by the kind of its oddity."""
    rows: dict[str, Row] = defaultdict(Row)
    limits = Limits(seconds=8, connect_seconds=8, reachable=LOCAL)
    with OddServer(hosts=HOSTS) as server:
        by_address = {
            server.url(name): (kind, name, oddity)
            for kind, oddities in ODDITIES.items()
            for name, oddity in oddities.items()
        }
        subscriptions = [Subscription(address) for address in by_address]
        for polls in poll(subscriptions, {}, now=NOW, zone=ZONE, root=ROOT, limits=limits):
            rows["the store, of servers"].failures += save(store, polls)
            for one in polls:
                kind, name, oddity = by_address[one.address]
                rows[f"server: {kind}"].add(one.error, len(one.items), _amiss(name, oddity, one))
        again = [Subscription(address) for address, (*_, oddity) in by_address.items() if oddity.again]
        states = store.feed_states()
        for polls in poll(again, states, now=NOW, zone=ZONE, root=ROOT, anyway=True, limits=limits):
            for one in polls:
                kind, name, _ = by_address[one.address]
                failed = [] if one.unchanged else [f"{name}: was not told that nothing changed: {one.error}"]
                rows[f"server: {kind}"].failures += failed
    return rows


def _amiss(name: str, oddity: Oddity, one: Poll) -> list[str]:
    case = Case("", "", b"", refused=oddity.error, items=3 if oddity.read else None)
    return [
        f"{name}: {complaint}" for complaint in complaints(case, error=one.error, title=one.title, items=one.items)[:1]
    ]


def total(rows: Iterable[Row]) -> Row:
    """All of them together."""
    found = Row()
    for row in rows:
        for figure in ("cases", "with_items", "refused", "empty", "known"):
            setattr(found, figure, getattr(found, figure) + getattr(row, figure))
        found.failures += row.failures
        found.slowest = max(found.slowest, row.slowest)
        for name in READERS:
            found.right[name] += row.right[name]
            found.broke[name] += row.broke[name]
    return found


def report(rows: Mapping[str, Row], readers: Sequence[str]) -> None:
    """Print the table."""
    head = f"{'kind':<24}{'cases':>6}{'items':>7}{'error':>7}{'empty':>7}{'failed':>8}"
    beside = f"{'slowest':>9}{'known':>7}" + "".join(f"{name:>16}" for name in readers)
    print(head + beside * bool(readers))
    for kind, row in [*rows.items(), ("all", total(rows.values()))]:
        ended = f"{row.cases:>6}{row.with_items:>7}{row.refused:>7}{row.empty:>7}{len(row.failures):>8}"
        right = "".join(f"{row.right[name]:>11} ({row.broke[name]:>2})" for name in readers)
        print(f"{kind:<24}{ended}" + f"{row.slowest:>8.2f}s{row.known:>7}{right}" * bool(readers))
    if readers:
        print(
            "slowest: processor time of reading alone; known: documents with a known number of items;\n"
            f"under a reader: how often it finds that many (in brackets: over {SECONDS:g} s, or broken)"
        )


def main() -> None:
    """Poll the whole corpus and print the table."""
    options = argparse.ArgumentParser(description="How broken and odd feeds end.")
    options.add_argument("--feeds", type=Path, default=ROOT.parent / "shared" / "data" / "feeds")
    options.add_argument("--seeds", type=int, default=2, help="how often each real feed is broken in each way")
    options.add_argument("--rivals", action=argparse.BooleanOptionalAction, default=True)
    options.add_argument("--odd-servers", action=argparse.BooleanOptionalAction, default=True)
    given = options.parse_args()
    real = {path.name: path.read_bytes() for path in sorted(given.feeds.iterdir())} if given.feeds.is_dir() else {}
    broken = mutated(real, kind="real ones broken", seeds=range(given.seeds))
    corpus = {f"/news/{number}.xml": case for number, case in enumerate([*cases(), *broken])}
    readers = list(READERS) if given.rivals else []
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/tracker.sqlite") as store:
        began = time.perf_counter()
        with Server() as server:
            rows = poll_cases(corpus, server, store)
        taken = time.perf_counter() - began
        compare(corpus, rows, readers)
        if given.odd_servers:
            rows |= poll_oddities(store)
        report(rows, readers)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
        stored = sum(1 for _ in store.items(until=date.max))
        print(
            f"{len(corpus)} documents polled in {taken:.0f} s;"
            f" {stored} items stored; peak memory with the server {memory:.0f} MB"
        )
    for failure in total(rows.values()).failures:
        print(f"  {re.sub('[^ -~]', '?', failure)[:200]}")
    sys.exit(any(row.failures for row in rows.values()))


if __name__ == "__main__":
    main()
