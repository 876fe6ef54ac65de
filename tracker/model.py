"""What do we talk about? One frozen type for each word of the project; plain data, no behaviour that decides.

Days are calendar days in the workspace's time zone; moments are aware datetimes in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256


class Status(StrEnum):
    """Where a forecast stands."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    PENDING = "pending"
    VOID = "void"


class Expects(StrEnum):
    """What the forecaster says of the event."""

    HAPPENS = "happens"
    DOES_NOT_HAPPEN = "does not happen"


class Assertion(StrEnum):
    """What a report says of the event that it mentions."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    PLANNED = "planned"
    HEDGED = "hedged"
    ASKED = "asked"
    RECALLED = "recalled"


class Role(StrEnum):
    """Which query of a criterion a report matched, its topic aside."""

    EVENT = "event"
    AGAINST = "against"


class Strength(StrEnum):
    """How far a verdict would stand up to a critic."""

    STRONG = "strong"
    FAIR = "fair"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands; `line` counts from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The days on which an event counts, `opens` and `closes` both included.

    A window without an end closes on `date.max`. ValueError when it closes before it opens.
    """

    opens: date
    closes: date

    def __post_init__(self) -> None:
        if self.closes < self.opens:
            raise ValueError(f"the window closes on {self.closes}, before it opens on {self.opens}")

    @property
    def open_ended(self) -> bool:
        """Whether no day closes the window."""
        return self.closes == date.max

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.closes - self.opens).days + 1

    def contains(self, day: date) -> bool:
        """Whether `day` lies inside, both ends included."""
        return self.opens <= day <= self.closes

    def __str__(self) -> str:
        return f"{self.opens} and after" if self.open_ended else f"{self.opens} to {self.closes}"


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A forecaster's probability in [0, 1], with the interval [low, high] that the words leave open.

    `words` is what the forecaster said; a stated number has low == probability == high.
    """

    words: str
    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Article:
    """Where a forecast was published. `text` is a path relative to the workspace, or empty."""

    title: str
    published: date
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What must be seen in the news, and when, for a claim to have come true.

    `topic`, `event` and `against` are queries in the query language; `against` may be empty. `sources` is the number of
    independent origins needed, `times` the number of distinct events, `lag_days` how long reports may trail the close.
    `lasts` marks an event that, once begun, stands until something ends it (a break of relations, a price level).
    `audible` is the analyst's word on whether such an event would make news in the followed feeds; None leaves it to be
    measured. `kind` is a query for such events whoever they are of, in more words than `event`: by it that is measured,
    and while a report on the topic tells of one, silence does not count. Without it `event` is the measure.
    """

    claim: str
    topic: str
    event: str
    window: Window
    against: str = ""
    window_phrase: str = ""
    sources: int = 2
    times: int = 1
    lag_days: int = 2
    lasts: bool = False
    audible: bool | None = None
    # Not part of what is written of a criterion without one, so that `asked` stays what it was.
    kind: str = field(default="", repr=False)

    @property
    def last_report(self) -> date:
        """The last day on which a report still counts: reports trail events, so it lies `lag_days` after the close."""
        left = (date.max - self.window.closes).days
        return self.window.closes + timedelta(days=min(self.lag_days, left))


@dataclass(frozen=True, slots=True)
class Forecast:
    """A dated, checkable claim about the future by a named forecaster, quoted from an article.

    `condition` is what must happen first for the forecast to be judged at all. `counts` says in words what would settle
    it. `coverage` in [0, 1] is how much of the window must be vouched for before silence counts.
    """

    id: str
    forecaster: str
    quote: str
    likelihood: Likelihood
    expects: Expects
    criterion: Criterion
    article: Article
    place: Place
    condition: Criterion | None = None
    counts: str = ""
    tags: tuple[str, ...] = ()
    coverage: float = 0.8

    @property
    def asked(self) -> str:
        """Identifies all that a verdict rests on: one on a forecast that asked something else is none on this."""
        rests_on = repr((self.expects, self.criterion, self.condition, self.coverage))
        kinds = [one.kind if one is not None else "" for one in (self.criterion, self.condition)]
        return sha256(f"{rests_on}{kinds if any(kinds) else ''}".encode()).hexdigest()[:16]

    @property
    def claim(self) -> str:
        """The claim in one sentence."""
        return self.criterion.claim

    @property
    def window(self) -> Window:
        """The window of the forecast itself (a condition has its own)."""
        return self.criterion.window


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed, as plain text.

    `key` identifies it without a database, the same after a rebuild. `feed` is the subscription's address, `source` the
    publisher's registrable domain. `published` is what the feed claims, never later than `first_seen`; None when it
    claims nothing readable. `day` is the day that it counts for. `version` counts edits from 1. `claimed` is the moment
    that a live feed claimed where that lay ahead of `first_seen`, and so was not believed.
    """

    key: str
    feed: str
    source: str
    title: str
    summary: str
    link: str
    language: str
    published: datetime | None
    first_seen: datetime
    day: date
    version: int = 1
    claimed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that the workspace follows: an http(s) address, or a file's path relative to the workspace.

    An archive vouches for the past: its items prove that its publisher was watched on the days that they cover.
    `language` is a hint (ISO 639-1), empty when unknown. `timezone` (IANA) is the one of its dates that name none, and
    `user_agent` the name under which it is asked; empty for the workspace's and tracker's own. `any_certificate` lets
    its server show a certificate that cannot be verified.
    """

    address: str
    title: str = ""
    language: str = ""
    archive: bool = False
    timezone: str = ""
    user_agent: str = ""
    any_certificate: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a feed is asked: when again, where, and how.

    It is left alone until `rests_until`, for the reason in `rests_because`; a `gone` feed for good. `moved_to` is where
    permanent redirects alone led in the last `moved_polls` successful polls in a row. `last_full` is when its whole
    document came last, and `answered_by` the address that sent it. `wishes` is what it asks of its readers, as
    `tracker.feeds.wishes` writes it, and `lasts` how long an item stays on it.
    """

    rests_until: datetime | None = None
    rests_because: str = ""
    gone: bool = False
    moved_to: str = ""
    moved_polls: int = 0
    last_full: datetime | None = None
    answered_by: str = ""
    wishes: str = ""
    lasts: timedelta | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed from earlier polls. `failures` counts failed polls in a row."""

    address: str
    title: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    last_polled: datetime | None = None
    last_success: datetime | None = None
    failures: int = 0
    error: str = ""
    terms: Terms = Terms()


@dataclass(frozen=True, slots=True)
class Poll:
    """One attempt to read one feed. `error` is empty on success; an unchanged feed has no items and `unchanged` set.
    `ours` says that the fault is this machine's, which has no net, so that it does not count against the feed.

    `body_hash` identifies the bytes and the way in which they were read, so that the same need not be parsed again; it
    is empty where they must be, because an archive has entries dated after the poll. `names` are further names of
    items, by their keys: digests of the link, and of title and date, each empty where it does not tell items apart.
    `terms` are those on which the feed is asked from now on.
    """

    address: str
    at: datetime
    error: str = ""
    unchanged: bool = False
    title: str = ""
    items: tuple[Item, ...] = ()
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    archive: bool = False
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    ours: bool = False
    terms: Terms = Terms()


@dataclass(frozen=True, slots=True)
class Watch:
    """A stretch of time in which nothing that a feed carried can have slipped through: its polls overlapped."""

    address: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """How many items a feed carried from one source on one day."""

    address: str
    source: str
    day: date
    items: int
    archive: bool


UNDATED = "its publication"
"""How a report that names no day is dated."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An item that matched a criterion, and what we made of it.

    `matched` holds the matched words as they stand in the item. `cue` is the wording that decided the assertion (empty
    when nothing spoke against plain affirmation) and `reason` says so in words. `event_day` is the day on which, the
    item says, the event took place, `dated_by` how that is known. `origin` is whom the report really comes from.
    `spans` are character offsets (start, end) of the matched words, into the title when `in_title`, else the summary.
    Where a person said whether it counts, `decided_by` is the name, and the reason theirs.
    """

    item: Item
    role: Role
    assertion: Assertion
    origin: str
    event_day: date
    dated_by: str
    matched: str
    cue: str = ""
    reason: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    in_title: bool = True
    decided_by: str = ""

    @property
    def names_day(self) -> bool:
        """Whether the item itself says when the event was."""
        return self.dated_by != UNDATED


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a window we can vouch for, up to a day; each share lies in [0, 1].

    `watched_days` of `window_days` had enough independent sources provably watched; `on_beat` is the share of the
    window in which those sources carried the topic; `audible` says whether an event of this kind would have been
    reported, and `audible_because` why we think so. `houses` is how many publishers carried the topic at all.
    """

    window_days: int
    watched_days: int
    on_beat: float
    audible: bool
    audible_because: str
    gaps: tuple[Window, ...] = ()
    houses: int = 0
    houses_needed: int = 0

    @property
    def watched(self) -> float:
        """Share of the window's days that were watched."""
        return self.watched_days / self.window_days if self.window_days else 0.0

    @property
    def share(self) -> float:
        """The weakest of the three parts: silence means no more than it."""
        return min(self.watched, self.on_beat, 1.0 if self.audible else 0.0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a forecast stands on `as_of`, by which rule, and why.

    `rule` names the rule that decided (see `tracker.resolve`); `missing` says what would settle a pending forecast.
    `evidence` is what the verdict rests on, `contrary` what speaks against it; `near_misses` are shown, never counted.
    `set_aside` are reports that a person says do not count.
    """

    forecast: str
    status: Status
    rule: str
    reason: str
    as_of: date
    missing: tuple[str, ...] = ()
    event_day: date | None = None
    strength: Strength | None = None
    evidence: tuple[Evidence, ...] = ()
    contrary: tuple[Evidence, ...] = ()
    near_misses: tuple[Item, ...] = ()
    coverage: Coverage | None = None
    condition: Verdict | None = None
    contested: bool = False
    set_aside: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictRecord:
    """A verdict as it is remembered: `evidence` and `near_misses` hold keys of items, `recorded_at` is in UTC.

    `as_of` is the first day for which the verdict was given in just this form, `asked` the forecast's `asked` then.
    """

    forecast: str
    status: Status
    rule: str
    reason: str
    as_of: date
    event_day: date | None
    strength: Strength | None
    contested: bool
    evidence: tuple[str, ...]
    missing: tuple[str, ...]
    recorded_at: datetime
    asked: str = ""
    near_misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's override of a verdict; `status` None withdraws an earlier one."""

    forecast: str
    status: Status | None
    why: str
    by: str
    at: datetime
    settled_on: date | None = field(default=None)


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """A person's word on the item with the key `item`: whether it counts for a forecast.

    It is about the forecast's own claim, or about its condition where `condition` is set. `counts` None withdraws an
    earlier word.
    """

    forecast: str
    item: str
    counts: bool | None
    why: str
    by: str
    at: datetime
    condition: bool = False
