"""What does a packed answer hold? Unpacked under a limit: a kilobyte may unpack to a gigabyte."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tracker.errors import FeedError
from tracker.feeds.clean import plain_text

ACCEPTED = "gzip, deflate, br, zstd"
"""What to ask a server for."""

_MOST_CODINGS = 3


def unpack(body: bytes, coding: str, size: int) -> bytes:
    """The body without its content coding (RFC 9110, section 8.4), several of them undone from the last to the first.

    FeedError when it cannot be unpacked, was packed in a way that nobody asked for, or has more than `size` bytes.
    """
    names = [name for part in coding.split(",") if (name := part.strip().lower())]
    if len(names) > _MOST_CODINGS:
        raise FeedError("packed over and over")
    for name in reversed(names):
        if name == "identity":
            continue
        if name not in _UNPACK:
            raise FeedError(f"packed as {plain_text(name, limit=20)}, which was not asked for")
        body = _unpacked(body, name, size)
    if len(body) > size:
        raise too_large(size)
    return body


def too_large(size: int) -> FeedError:
    """The error for what is over a limit of so many bytes."""
    return FeedError(f"too large: over {size / 1_000_000:g} MB", mend="feed_megabytes in tracker.toml sets the limit")


def _unpacked(body: bytes, name: str, size: int) -> bytes:
    try:
        found = _UNPACK[name](body, size + 1)
    except Exception as error:  # each library has an error of its own
        raise FeedError(f"the answer cannot be unpacked as {name}") from error
    if len(found) > size:
        raise too_large(size)
    return found


def _gzip(body: bytes, room: int) -> bytes:
    """gzip (RFC 1952) and deflate (RFC 1950), also in several members, and deflate without its header (RFC 1951)."""
    found = bytearray()
    # 32 + 15 reads the headers of gzip and zlib alike; some servers send deflate without one.
    stream = zlib.decompressobj(32 + zlib.MAX_WBITS)
    try:
        found += stream.decompress(body, room)
    except zlib.error:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        found += stream.decompress(body, room)
    # Another member follows, or what some servers leave behind the last.
    while stream.eof and len(found) < room and stream.unused_data.startswith(b"\x1f\x8b"):
        rest, stream = stream.unused_data, zlib.decompressobj(32 + zlib.MAX_WBITS)
        found += stream.decompress(rest, room - len(found))
    return bytes(found)


def _brotli(body: bytes, room: int) -> bytes:
    """Brotli (RFC 7932)."""
    import brotli

    stream = brotli.Decompressor()
    found = bytearray(stream.process(body, output_buffer_limit=room))
    while not stream.can_accept_more_data() and len(found) < room:
        found += stream.process(b"", output_buffer_limit=room - len(found))
    return bytes(found)


def _zstandard(body: bytes, room: int) -> bytes:
    """Zstandard (RFC 8878), with a window of 8 MB at most, as RFC 9659 has it for the web."""
    import zstandard

    reader = zstandard.ZstdDecompressor(max_window_size=1 << 23).stream_reader(body, read_across_frames=True)
    return reader.read(room)


_UNPACK: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _gzip,
    "br": _brotli,
    "zstd": _zstandard,
}
