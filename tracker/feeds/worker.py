"""Where are documents read? In a process of its own, which a document that never ends, or takes all memory, cannot
take others with it.

Reading runs beside fetching and storing, on a processor of its own where there is one.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime, tzinfo
from itertools import starmap
from math import inf
from operator import attrgetter
from time import monotonic
from types import TracebackType
from typing import IO, Self
from zoneinfo import ZoneInfo

from tracker.errors import FeedError
from tracker.feeds.clean import plain_text
from tracker.feeds.parse import MAX_BYTES, ParsedFeed, parse_feed
from tracker.model import Item

_SECONDS = 20.0
_WATCH_SECONDS = 0.25
_LONGEST_SECONDS = 60
_MEMORY = 1_500_000_000
PackedFeed = bytes | FeedError
"""What a document holds as it came from the process, or why it cannot be read."""
_ROW = attrgetter(*(field.name for field in fields(Item)))


@dataclass(frozen=True, slots=True)
class Document:
    """A document to read, and how; the fields are those of `parse_feed`."""

    body: bytes
    address: str
    now: datetime
    zone: tzinfo
    content_type: str = ""
    base: str = ""
    language: str = ""
    archive: bool = False
    timezone: str = ""
    size: int = MAX_BYTES


class Worker:
    """A process that reads documents one after the other, begun with the first; another one after one that was ended.

    It is given some at a time and goes on with the next ones while the caller looks at what it made of the last. For
    one thread at a time.
    """

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._given: Sequence[Document] = ()
        self._due = inf
        self._is_late = False
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closed.set()
        self._end()

    def give(self, documents: Sequence[Document]) -> None:
        """Hand over documents to read, all before having been taken."""
        self._given = documents
        self._is_late, self._due = False, monotonic() + self._seconds
        # What goes wrong here is told when the answer is missing.
        with suppress(OSError):
            _write(self._pipes()[0], documents)

    def take(self) -> list[PackedFeed]:
        """What the documents given hold, in their order, still packed: to be opened by `unpacked`."""
        documents, self._given = self._given, ()
        try:
            packed: list[PackedFeed] = pickle.loads(_read_frame(self._pipes()[1]))  # noqa: S301 (our own process)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._end()
            # One of them is to blame, and the others must not suffer for it.
            return [self._alone(one) for one in documents] if len(documents) > 1 else [self._blame()]
        finally:
            self._due = inf
        return packed

    def _alone(self, document: Document) -> PackedFeed:
        self.give([document])
        return self.take()[0]

    def _blame(self) -> FeedError:
        if self._is_late:
            return FeedError(f"reading it takes longer than {self._seconds:g} s")
        return FeedError("reading it takes more memory than it may, or breaks the reader")

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        process = self._process or self._begin()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (both are pipes)
        return process.stdin, process.stdout

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """End a process that takes too long over a document: whoever waits for it is let go by that."""
        while not self._closed.wait(_WATCH_SECONDS) and process.poll() is None:
            if monotonic() > self._due:
                self._is_late = True
                process.kill()

    def _begin(self) -> subprocess.Popen[bytes]:
        # A fresh interpreter: a copy of this process would share its threads' locks and its open database. It finds
        # its modules where this one does, and not in whatever folder it is started.
        begin = "import sys; sys.path[:] = sys.argv[1:]; from tracker.feeds.worker import serve; serve()"
        command = [sys.executable, "-P", "-c", begin, *sys.path]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        threading.Thread(target=self._watch, args=(self._process,), daemon=True, name="watch").start()
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def unpacked(packed: PackedFeed) -> ParsedFeed:
    """What a document holds; FeedError where it cannot be read."""
    if isinstance(packed, FeedError):
        raise packed
    feed, rows = pickle.loads(packed)  # noqa: S301 (our own process)
    assert isinstance(feed, ParsedFeed)  # noqa: S101 (nothing else is packed)
    return replace(feed, items=tuple(starmap(Item, rows)))


def serve() -> None:
    """Read documents from standard input, and write what they hold to standard output, until the input ends."""
    import signal

    # The one who presses Ctrl-C means the tracker, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(ImportError, ValueError, OSError):  # there is no such limit on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not get among the answers
    with suppress(EOFError, BrokenPipeError):
        while True:
            documents = pickle.loads(_read_frame(asked))  # noqa: S301 (from our own process)
            # Whoever asked ends this process when it takes too long; where he is gone himself, the system does.
            _set_alarm(_LONGEST_SECONDS)
            packed = list(map(_packed, documents))
            _set_alarm(0)
            _write(answers, packed)


def _set_alarm(seconds: int) -> None:
    import signal

    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _packed(document: Document) -> PackedFeed:
    """What a document holds, its items as rows: these are packed four times as fast."""
    try:
        feed = parse_feed(
            document.body,
            address=document.address,
            now=document.now,
            zone=document.zone,
            content_type=document.content_type,
            base=document.base,
            language=document.language,
            archive=document.archive,
            dates_in=ZoneInfo(document.timezone) if document.timezone else None,
            size=document.size,
        )
        rows = list(map(_ROW, feed.items))
        return pickle.dumps((replace(feed, items=()), rows), pickle.HIGHEST_PROTOCOL)
    except FeedError as error:
        # Its own words only: what it came from need not bear the way to another process.
        return FeedError(error.what, where=error.where, mend=error.mend)
    except MemoryError:
        return FeedError("reading it takes more memory than it may")
    except Exception as error:  # a fault of ours, met by one feed, must not cost the others their poll
        reason = f"{type(error).__name__} {plain_text(str(error), limit=80)}".rstrip()
        return FeedError(f"a fault of tracker's own, please report it: {reason}")


def _write(stream: IO[bytes], value: object) -> None:
    """Write a value with its length before it, so that it is read in one go."""
    packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(len(packed).to_bytes(8, "big") + packed)
    stream.flush()


def _read_frame(stream: IO[bytes]) -> bytes:
    """The next packed value; EOFError where the stream ends before it does."""
    length = int.from_bytes(stream.read(8), "big")
    packed = stream.read(length) if length else b""
    if not length or len(packed) < length:
        raise EOFError
    return packed
