"""Which documents does a local file hold, packed or not? Read bit by bit under a limit: a kilobyte may unpack to a
gigabyte.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from tracker.errors import FeedError
from tracker.feeds.clean import printable

MOST_UNPACKED = 1_000_000_000
"""Bytes of one file, unpacked. A year of a hundred feeds is a tenth of it."""
_MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class Document:
    """An unpacked document: its name without the endings of packing, and its bytes, to be read once."""

    name: str
    content: io.BufferedReader


def documents(path: Path, *, most: int = MOST_UNPACKED) -> Iterator[Document]:
    """The documents of a file: one, or those of a .zip. Each is to be read before the next is asked for.

    FeedError (without the file's name), also while one is being read, when the file cannot be read or unpacked or holds
    more than `most` bytes.
    """
    if not path.is_file():  # a pipe or a device would be read for ever
        what = "no such file" if not path.exists() else "not a regular file"
        raise FeedError(what)
    with ExitStack() as stack:
        try:
            if path.suffix.lower() == ".zip":
                yield from _members(path, stack, most)
                return
            opened = stack.enter_context(_OPEN.get(path.suffix.lower(), _plain)(path))
        except FeedError:
            raise
        except Exception as error:  # each library has errors of its own
            raise _unreadable(error) from error
        yield Document(unpacked_name(path), _limited(opened, [most]))


def unpacked_name(path: Path) -> str:
    """A file's name without the ending of its packing."""
    return path.stem if path.suffix.lower() in _OPEN else path.name


def _members(path: Path, stack: ExitStack, most: int) -> Iterator[Document]:
    import zipfile

    archive = stack.enter_context(zipfile.ZipFile(path))
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > _MOST_MEMBERS:
        raise FeedError(f"holds more than {_MOST_MEMBERS:,} files")
    left = [most]
    for member in members:
        try:
            opened = archive.open(member)
        except Exception as error:  # each library has errors of its own
            raise _unreadable(error, printable(member.filename)) from error
        with opened:
            yield Document(printable(member.filename), _limited(opened, left))


class _Limited(io.RawIOBase):
    """Bytes from somewhere, as long as there are some left of those allowed."""

    def __init__(self, opened: IO[bytes], left: list[int]) -> None:
        self._opened = opened
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._opened.read(len(buffer))
        except Exception as error:  # each library has errors of its own
            raise _unreadable(error) from error
        self._left[0] -= len(data)
        if self._left[0] < 0:
            raise FeedError("too large once unpacked", mend="split the file")
        buffer[: len(data)] = data
        return len(data)


def _limited(opened: IO[bytes], left: list[int]) -> io.BufferedReader:
    return io.BufferedReader(_Limited(opened, left), buffer_size=1 << 16)


def _unreadable(error: Exception, where: str = "") -> FeedError:
    reason = (error.strerror if isinstance(error, OSError) else None) or printable(str(error)) or type(error).__name__
    return FeedError(f"cannot be read: {reason[:1].lower()}{reason[1:100]}", where=where)


def _plain(path: Path) -> IO[bytes]:
    return path.open("rb")


def _gzip(path: Path) -> IO[bytes]:
    import gzip

    return cast("IO[bytes]", gzip.open(path, "rb"))


def _bzip2(path: Path) -> IO[bytes]:
    import bz2

    return bz2.open(path, "rb")


def _xz(path: Path) -> IO[bytes]:
    import lzma

    return lzma.open(path, "rb")


def _zstandard(path: Path) -> IO[bytes]:
    import zstandard

    unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    return cast("IO[bytes]", unpacker.stream_reader(path.open("rb"), read_across_frames=True, closefd=True))


_OPEN: dict[str, Callable[[Path], IO[bytes]]] = {
    ".gz": _gzip,
    ".bz2": _bzip2,
    ".xz": _xz,
    ".lzma": _xz,
    ".zst": _zstandard,
}
