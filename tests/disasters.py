"""What can befall a tracker, done for real: processes that die at a chosen moment, feeds that turn over meanwhile, and
what a workspace may say afterwards.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from difflib import unified_diff
from email.utils import format_datetime
from functools import cache, partial
from io import TextIOBase
from itertools import pairwise
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from pprint import pformat
from time import monotonic, sleep
from types import FrameType
from typing import Any

import pytest
from command import environment
from server import Asked, Reply, Server

from tracker.model import FeedState, Item, VerdictRecord, Watch
from tracker.store import open_store

PATIENCE_SECONDS = 60
COMMITS = frozenset({"commit"})
WRITES = frozenset({"write", "flush", "fsync", "truncate", "chmod", "replace", "unlink", "flock"})
"""The calls to the system, by Python's names for them, before which a process may be told to die."""


@cache
def _processes() -> ForkServerContext:
    """Where processes begin, as copies of one that has made a pass: in a tenth of the time of a new interpreter."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["disasters", "preloaded"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # it looks nowhere else for what it is to read
        ensure_running()
    return context


class Tracker:
    """`tracker` with some arguments in a folder, a process of its own; ended at the end of the block.

    It kills itself just before the call number `dies_at` of those in `calls` that its main thread makes, and can write
    no file beyond `file_bytes`.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        dies_at: int = 0,
        calls: frozenset[str] = COMMITS,
        file_bytes: int | None = None,
    ) -> None:
        self._output = tempfile.NamedTemporaryFile()  # noqa: SIM115 (closed below)
        how = (str(folder), arguments, self._output.name, dies_at, calls, file_bytes)
        self._process: ForkServerProcess = _processes().Process(target=_run, args=how)
        self._process.start()

    def __enter__(self) -> Tracker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._output.close()

    @property
    def number(self) -> int:
        """The process id."""
        return self._process.pid or 0

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.is_alive()

    def kill(self) -> None:
        """kill -9."""
        os.kill(self.number, signal.SIGKILL)

    def ended(self) -> int:
        """Wait for the end: the exit code, or -9 when it was killed."""
        self._process.join(PATIENCE_SECONDS)
        code = self._process.exitcode
        assert code is not None, "it does not end"
        return code

    @property
    def output(self) -> str:
        """What it has printed so far, on either stream."""
        return Path(self._output.name).read_text("utf-8")


def ran(
    folder: Path,
    *arguments: str,
    dies_at: int = 0,
    calls: frozenset[str] = COMMITS,
    file_bytes: int | None = None,
) -> tuple[int, str]:
    """Run `tracker` to its end: the exit code, and what it printed on either stream."""
    with Tracker(folder, *arguments, dies_at=dies_at, calls=calls, file_bytes=file_bytes) as process:
        return process.ended(), process.output


def _run(
    folder: str, arguments: Sequence[str], output: str, dies_at: int, calls: frozenset[str], file_bytes: int | None
) -> None:
    stream = os.open(output, os.O_WRONLY | os.O_APPEND)
    os.dup2(stream, 1)
    os.dup2(stream, 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment(Path(folder)))
    sys.argv = ["tracker", *arguments]
    if file_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    if dies_at:
        left = dies_at

        def profile(frame: FrameType, event: str, called: Any) -> None:  # noqa: ANN401
            nonlocal left
            if event == "c_call" and called.__name__ in calls and _leads_outside(called):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(profile)
    from tracker.cli import main

    main()


def _leads_outside(called: Any) -> bool:  # noqa: ANN401
    """Whether a built-in function is one of the system, a file or a database: strings have a `replace`, too.

    What is only printed is none.
    """
    return not isinstance(called.__self__, TextIOBase) and (called.__module__ or type(called.__self__).__module__) in (
        "posix",
        "fcntl",
        "_io",
        "sqlite3",
    )


class CutServer(Server):
    """A server that can be cut off from the network, and come back at the same address."""

    def stop_listening(self) -> None:
        """Refuse connections from now on."""
        self._server.shutdown()
        self._server.server_close()

    def listen_again(self) -> None:
        """Answer again."""
        self._thread.join()
        self._server = type(self._server)(self._server.server_address, self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()


class World:
    """Feeds whose items come, are edited and go; `generation` says how far they have come.

    In generation g each feed shows four items: 2g + 3 and 2g + 2, which are new, and the two before them, edited since.
    So polls of one generation and of the next overlap and others do not, and who leaves out two in a row misses items.
    `on_request` is told the number of each request, counted from `begin`, before it is answered.
    """

    def __init__(self, server: Server, feeds: int = 6) -> None:
        self.generation = 0
        self.addresses = [server.url(f"/{number}") for number in range(feeds)]
        self.requests = 0
        self.headers: dict[str, str] = {}
        self._on_request: Callable[[int], None] = lambda number: None
        self._counting = threading.Lock()
        for address in self.addresses:
            server.replies[f"/{address.rpartition('/')[2]}"] = partial(self._reply, address)

    def begin(self, on_request: Callable[[int], None] = lambda number: None) -> None:
        """Count requests from here."""
        self.requests, self._on_request = 0, on_request

    def shown(self, address: str, generation: int) -> dict[str, str]:
        """The summaries of a feed's items in a generation, the newest first, by their links."""
        newest = 2 * generation + 3
        words = ("as told", "as told", "as corrected", "as corrected")
        return {f"{address}/{newest - place}": f"Told {summary}." for place, summary in enumerate(words)}

    def _reply(self, address: str, asked: Asked) -> Reply:
        with self._counting:
            self.requests += 1
            number = self.requests
        self._on_request(number)
        headers = self.headers | {"ETag": f'"{self.generation}"'}
        if asked.headers.get("if-none-match") == headers["ETag"]:
            return Reply(status=304, headers=headers)
        return Reply(self._document(address).encode(), headers=headers)

    def _document(self, address: str) -> str:
        entries = []
        for link, summary in self.shown(address, self.generation).items():
            number = int(link.rpartition("/")[2])
            what = "Crane falls in Westhaven harbour" if number == CRANE_ITEM else f"Ship {number} sails"
            title = f"{what}, line {address.rpartition('/')[2]} hears"
            published = format_datetime(datetime(2025, 6, 1, tzinfo=UTC) + timedelta(minutes=number))
            entries.append(
                f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
                f"<description>{summary}</description><pubDate>{published}</pubDate></item>"
            )
        return f"<rss version='2.0'><channel><title>Lines</title>{''.join(entries)}</channel></rss>"


CRANE_ITEM = 9
_FORECAST = """
article: {title: Cranes, published: 2025-05-01}
forecasts:
  - id: crane-falls
    forecaster: A. Smith
    quote: "A crane will fall."
    claim: A crane falls in the harbour of Westhaven.
    likelihood: 60%
    window: 2025-05-01/2025-06-30
    expects: happens
    topic: harbour
    event: crane NEAR/2 fall
    sources: 1
    audible: yes
"""


def follow(folder: Path, world: World) -> None:
    """A workspace with an archive and the feeds of a world, and a forecast that the ninth item of each settles."""
    from tracker.workspace import create_workspace

    create_workspace(folder)
    addresses = "".join(
        f'<outline text="{number}" type="rss" xmlUrl="{one}"/>' for number, one in enumerate(world.addresses)
    )
    archive = '<outline text="Archive" type="archive" xmlUrl="data/example.atom"/>'
    opml = f'<opml version="2.0"><head/><body>{addresses}{archive}</body></opml>'
    (folder / "data" / "feeds.opml").write_text(opml, "utf-8")
    (folder / "tracker.toml").write_text('private_networks = ["127.0.0.0/8"]\n', "utf-8")
    (folder / "forecasts" / "cranes.yaml").write_text(_FORECAST, "utf-8")


def added(name: str) -> list[str]:
    """The arguments of `tracker add` for a forecast in the file of cranes."""
    fields = {
        "file": "cranes.yaml",
        "id": name,
        "forecaster": "A. Smith",
        "quote": "A ship will sail.",
        "claim": "A ship sails.",
        "likelihood": "will",
        "window": "2025-05-01/2025-06-30",
        "expects": "happens",
        "topic": "ship",
        "event": "sail",
    }
    return ["add", "--yes", *(word for key, value in fields.items() for word in (f"--{key}", value))]


def database(folder: Path) -> str:
    """The URL of a workspace's own database."""
    return f"sqlite:///{folder}/data/tracker.sqlite"


def states(url: str) -> dict[str, FeedState]:
    """What a database says of the feeds."""
    with open_store(url) as store:
        return store.feed_states()


def wait_until(come: Callable[[], bool], what: str) -> None:
    """Look again and again until it has come."""
    until = monotonic() + PATIENCE_SECONDS
    while not come():
        assert monotonic() < until, f"it never came: {what}"
        sleep(0.01)


@dataclass
class Proof:
    """What the polls that were stored prove, worked out without tracker: the items, their wordings and the watches."""

    world: World
    polls: dict[str, list[tuple[datetime, int]]] = field(default_factory=lambda: defaultdict(list))

    def note(self, known: Mapping[str, FeedState]) -> None:
        """Note the polls of the world's present generation that have been stored since this was called last."""
        for address in self.world.addresses:
            at = known[address].last_success if address in known else None
            if at is not None and (not self.polls[address] or self.polls[address][-1][0] != at):
                self.polls[address].append((at, self.world.generation))

    def copy(self) -> Proof:
        """The same, to be noted in on its own."""
        return Proof(self.world, defaultdict(list, {address: list(polls) for address, polls in self.polls.items()}))

    def watches(self) -> list[Watch]:
        """The stretches in which nothing can have slipped through, by feed."""
        found = []
        for address in sorted(self.world.addresses):
            before = None
            for at, generation in self.polls[address]:
                if before is not None and generation - before <= 1:
                    found[-1] = Watch(address, found[-1].since, at)
                else:
                    found.append(Watch(address, at, at))
                before = generation
        return found

    def wordings(self) -> dict[str, list[str]]:
        """The summaries that each item was seen with, in that order, by its link."""
        found: dict[str, list[str]] = {}
        for address, polls in self.polls.items():
            for _, generation in polls:
                for link, summary in self.world.shown(address, generation).items():
                    told = found.setdefault(link, [])
                    if told[-1:] != [summary]:
                        told.append(summary)
        return found

    def missed(self) -> int:
        """How many items came and went unseen."""
        seen = self.wordings()
        last = [polls[-1][1] for polls in self.polls.values()]
        return sum(2 * generation + 4 for generation in last) - len(seen)


def check_sound(url: str, proof: Proof, scratch: Path) -> None:
    """Compare what a database holds with what its polls prove, each item, wording and watch once and no other.

    An SQLite file is looked at in a copy, as the last process left it: what is to be mended is left to tracker.
    """
    with _looked_at(url, scratch) as (copy, whole):
        whole()
        proof.note(states(copy))
        with open_store(copy) as store:
            wordings: dict[str, list[str]] = defaultdict(list)
            for item in store.items_after(0):
                if item.feed in proof.world.addresses:
                    wordings[item.link].append(item.summary)
            _same(dict(wordings), proof.wordings())
            watches = [watch for watch in store.watches(date.max) if watch.address in proof.world.addresses]
            _same(watches, proof.watches())
            check_index(list(store.items_after(0)), lambda term: list(store.find_versions([frozenset({term})])))
            for forecast in store.verdicts():
                rows = [_saying(record) for record in store.verdict_history(forecast)]
                assert all(before != after for before, after in pairwise(rows)), "a verdict twice"
        whole()


def _same(found: object, expected: object) -> None:
    """Compare two things, and show both line by line where they differ."""
    if found != expected:
        proved, said = (pformat(one, width=110).splitlines() for one in (expected, found))
        raise AssertionError(
            "\n".join(unified_diff(proved, said, "proved by the polls", "said by tracker", lineterm=""))
        )


def check_index(versions: Sequence[Item], find: Callable[[str], Sequence[Item]]) -> None:
    """Look up some terms in the full-text index, which must have each version that holds them once, and no other."""
    from tracker.text import index_terms

    holding: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for item in versions:
        for term in set(index_terms(f"{item.title}\n{item.summary}")):
            holding[term].append((item.key, item.version))
    for term in sorted(holding)[:: max(1, len(holding) // 12)]:
        assert [(item.key, item.version) for item in find(term)] == holding[term], term


Saying = tuple[Any, ...]
"""A verdict without the moment at which it was given: its status, then all else."""


def verdicts(url: str) -> dict[str, list[Saying]]:
    """The verdicts on each forecast, oldest first."""
    with open_store(url) as store:
        return {name: [_saying(one) for one in store.verdict_history(name)] for name in store.verdicts()}


def _saying(record: VerdictRecord) -> Saying:
    return (record.status, record.rule, record.reason, record.evidence, record.missing, record.contested, record.asked)


@contextmanager
def _looked_at(url: str, scratch: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The URL of a database that may be looked at, and a check that its file is whole."""
    if not url.startswith("sqlite"):
        yield url, lambda: None
        return
    path = Path(url.removeprefix("sqlite:///"))
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        for suffix in ("", "-wal"):
            if Path(f"{path}{suffix}").exists():
                shutil.copy(f"{path}{suffix}", folder)
        copy = Path(folder) / path.name

        def whole() -> None:
            with closing(sqlite3.connect(copy)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
                if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'version_terms'").fetchone():
                    connection.execute("INSERT INTO version_terms (version_terms) VALUES ('integrity-check')")
                connection.rollback()

        yield f"sqlite:///{copy}", whole


def children(number: int) -> list[int]:
    """The processes that a process has begun, on Linux; none elsewhere."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            rest = stat.read_text().rpartition(") ")[2]
            if int(rest.split()[1]) == number:
                found.append(int(stat.parent.name))
    return found


def is_running(number: int) -> bool:
    """Whether a process is at work: one that nobody has taken note of the end of is not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False
