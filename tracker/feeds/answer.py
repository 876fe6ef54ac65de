"""What is asked of a web server, how much it may take of us, and what comes back?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile

from tracker.feeds.addresses import PUBLIC, Reachable
from tracker.feeds.unpack import unpack


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one poll may take. Seconds and bytes are for each feed, redirects included; bytes count twice: as they
    come over the wire and unpacked.
    """

    seconds: float = 10.0
    connect_seconds: float = 5.0
    size: int = 10_000_000
    redirects: int = 5
    # A feed mostly waits for its server: with so many, a list of hundreds is through in some tenths of a second.
    at_once: int = 200
    at_once_per_host: int = 2
    reachable: Reachable = PUBLIC


@dataclass(frozen=True, slots=True)
class Request:
    """A feed to ask for at `address`, with what its server said of it last time, word for word.

    `name` is what the answer is known by, the address unless it is given: a feed that moved is asked elsewhere.
    `answered_by` is the address that said it, at which redirects had ended, empty for `address`: no other knows it.
    """

    address: str
    etag: str = ""
    last_modified: str = ""
    user_agent: str = ""
    any_certificate: bool = False
    name: str = ""
    answered_by: str = ""


class Packed:
    """A body as it was sent, in memory or on the disk."""

    def __init__(self, sent: SpooledTemporaryFile[bytes], size: int, coding: str, most: int) -> None:
        self.size = size
        self._sent = sent
        self._coding = coding
        self._most = most

    def close(self) -> None:
        """Let go of it unread."""
        self._sent.close()

    def unpack(self) -> bytes:
        """The body, once. FeedError when it cannot be unpacked, or has too many bytes."""
        with self._sent as sent:
            sent.seek(0)
            return unpack(sent.read(), self._coding, self._most)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: an error in words, or a body, or the word that nothing changed since.

    `address` is the request's name, `final_address` where the redirects led, and `moved_to` the last address that was
    reached by permanent redirects alone (empty when the first was none); `led_away` says that one was temporary. A body
    as it was sent is in `packed`, to be unpacked by whoever reads it; `body` is one that is unpacked. `status` is 0,
    and `headers` (names in lower case) are empty, where nobody answered; `ours` says that the fault is this machine's:
    there is no net.
    """

    address: str
    final_address: str = ""
    error: str = ""
    unchanged: bool = False
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str = ""
    led_away: bool = False
    ours: bool = False
    packed: Packed | None = None
