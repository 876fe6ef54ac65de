"""How is a feed doing, and what can be done about it?

Complaints about one feed, from what earlier polls left behind: it fails, it has moved or fallen silent, something may
have slipped through. Pure: the moment is passed in, and the days are counted in the time zone that is.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from statistics import quantiles

import yaml

from tracker.feeds.clean import is_web_address, printable
from tracker.feeds.pace import GONE, LEARNT, apart, resting
from tracker.model import FeedState, Subscription, Watch
from tracker.wording import counted

RECENT = timedelta(days=30)
"""Gaps that ended longer ago are past mending; the coverage of each forecast counts them for as long as they matter."""
# A feed with fewer silences between its items has no usual rate yet; it is told after a quarter of a year.
_FEWEST_SILENCES = 5
_LONGEST_SILENCE = timedelta(days=90)
_SHORTEST_SILENCE = timedelta(days=3)
_OFTEN = "keep tracker run going, which asks often enough"
_SLOWER = "follow another feed of its publisher as well, with fewer items a day"
# What lies further beyond the third quartile than three interquartile ranges is far out (Tukey 1977).
_FAR_OUT = 3


class Kind(StrEnum):
    """What is to be said of a feed."""

    NEVER_READ = "never read"
    GONE = "gone"
    FAILING = "failing"
    BLOCKED = "blocked"
    CERTIFICATE = "certificate"
    GAP = "gap"
    TOO_SELDOM = "too seldom"
    EMPTY = "empty"
    STALE = "stale"
    UNDATED = "undated"
    MOVED = "moved"
    RESTING = "resting"


SERIOUS = frozenset({Kind.GONE, Kind.FAILING, Kind.BLOCKED, Kind.CERTIFICATE, Kind.GAP})
"""Something is, or may have been, missed."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a feed in `words`, and the `mend`; both may be long for one line."""

    kind: Kind
    words: str
    mend: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """All that is known of a feed; see `health`."""

    feed: Subscription
    state: FeedState
    watches: Sequence[Watch]
    days: Mapping[date, int]
    undated: int
    now: datetime
    every: timedelta
    zone: tzinfo

    @property
    def name(self) -> str:
        """The feed as it is written on a command line."""
        return shlex.quote(self.feed.address)

    @property
    def is_file(self) -> bool:
        return not is_web_address(self.feed.address)

    @property
    def is_asked(self) -> bool:
        """Whether it is a live feed that may still bring something."""
        return not (self.feed.archive or self.state.terms.gone)

    def moment(self, moment: datetime) -> str:
        return moment.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")


def health(
    subscription: Subscription,
    state: FeedState,
    *,
    watches: Sequence[Watch],
    days: Mapping[date, int],
    undated: int,
    now: datetime,
    every: timedelta,
    zone: tzinfo = UTC,
) -> list[Complaint]:
    """Everything that is to be said of a feed, the gravest first; nothing where all is well.

    `watches` are the stretches in which this feed was watched, `days` how many items it has carried by day, `undated`
    how many of those of the last `RECENT` had no date. `every` is the time between two passes. Days begin and moments
    are told in `zone`. An archive is about the past: it fails or is empty, but is neither late nor watched.
    """
    facts = _Facts(subscription, state, watches, days, undated, now, every, zone)
    if state.last_polled is None:
        return [Complaint(Kind.NEVER_READ, "it has not been read yet", f"tracker feeds poll {facts.name}")]
    rules = (_failure, _gap, _too_seldom, _empty, _stale, _undated, _moved, _resting)
    return [complaint for rule in rules if (complaint := rule(facts))]


def failure(
    subscription: Subscription, state: FeedState, *, now: datetime, every: timedelta, zone: tzinfo = UTC
) -> Complaint | None:
    """What keeps a feed from being read; None where it can be. The moments are told in `zone`."""
    return _failure(_Facts(subscription, state, (), {}, 0, now, every, zone))


def span_words(span: timedelta) -> str:
    """About how long a time is, in its largest unit that it has twice, else the next one.

    >>> [span_words(timedelta(minutes=minutes)) for minutes in (0.5, 1, 100, 150, 3000)]
    ['30 seconds', '60 seconds', '100 minutes', '2 hours', '2 days']
    """
    seconds = max(0, int(span.total_seconds()))
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return counted(seconds // size, unit)
    return counted(seconds, "second")


def _failure(facts: _Facts) -> Complaint | None:
    """What a failed poll is a sign of."""
    state = facts.state
    if state.terms.gone:
        return Complaint(
            Kind.GONE, f"{GONE}; it is not asked any more", f"tracker feeds remove {facts.name}; its items stay"
        )
    if not state.error:
        return None
    since = f"last read {facts.moment(state.last_success)}" if state.last_success else "never read"
    times = "" if state.failures <= 1 else f", {state.failures} times in a row"
    words = f"{state.error}{times}; {since}"
    for pattern, kind, mend in _mends():
        if pattern.search(state.error):
            return Complaint(kind, words, mend.format(name=facts.name))
    otherwise = "mend the file" if facts.is_file else "it is asked again; if it never answers, check its address"
    return Complaint(Kind.FAILING, words, otherwise)


def _gap(facts: _Facts) -> Complaint | None:
    """Stretches between two watches that ended in the last `RECENT`, told as one."""
    ordered = sorted(facts.watches, key=lambda watch: watch.since)
    gaps = [(before.until, after.since) for before, after in pairwise(ordered) if after.since > before.until]
    recent = [(since, until) for since, until in gaps if until >= facts.now - RECENT]
    if facts.feed.archive or not recent:
        return None
    since, until = recent[-1]
    words = f"items may have slipped through from {facts.moment(since)} to {facts.moment(until)}"
    if len(recent) > 1:
        words += f", the last of {len(recent)} gaps in {RECENT.days} days"
    lasts = facts.state.terms.lasts
    often = f" (an item stays on it for about {span_words(lasts)})" if lasts else ""
    return Complaint(Kind.GAP, words, f"{_OFTEN}{often}")


def _too_seldom(facts: _Facts) -> Complaint | None:
    """Whether more time passes between two polls than an item stays on the feed."""
    state, terms = facts.state, facts.state.terms
    if not (facts.is_asked and terms.lasts and state.last_polled) or state.error or facts.is_file:
        return None
    stays = f"an item stays on it for about {span_words(terms.lasts)}"
    rests, least = (terms.rests_until or state.last_polled) - state.last_polled, apart(state, facts.every)
    if rests > terms.lasts:
        words = f"{stays}, but it is left alone for {span_words(rests)} because {terms.rests_because}"
        return Complaint(Kind.TOO_SELDOM, words, _SLOWER)
    if least > terms.lasts:
        words = f"{stays}, and no feed is asked more often than every {span_words(least)}"
        return Complaint(Kind.TOO_SELDOM, words, _SLOWER)
    if facts.now - state.last_polled > terms.lasts:
        words = f"{stays}, but it was last asked {span_words(facts.now - state.last_polled)} ago"
        return Complaint(Kind.TOO_SELDOM, words, _OFTEN)
    return None


def _empty(facts: _Facts) -> Complaint | None:
    if facts.days or not facts.state.last_success:
        return None
    words = "it has brought no item that counts: it has none, or only such without a date"
    mend = "look at it in a browser; items without a date count if they come while it is watched: tracker run"
    return Complaint(Kind.EMPTY, words, mend)


def _stale(facts: _Facts) -> Complaint | None:
    """Whether nothing new has come for longer than the feed's own habit explains, up to the last successful poll."""
    if not (facts.is_asked and facts.state.last_success):
        return None
    until = facts.state.last_success.astimezone(facts.zone).date()
    active = sorted(day for day, items in facts.days.items() if items and day <= until)
    if not active:
        return None
    silences = [(later - earlier).days for earlier, later in pairwise(active)]
    longest: float = _LONGEST_SILENCE.days
    usual = ""
    if len(silences) >= _FEWEST_SILENCES:
        low, middle, high = quantiles(silences, method="inclusive")
        longest = max(high + _FAR_OUT * (high - low), 2 * high, *silences, _SHORTEST_SILENCE.days)
        usual = f"; it usually brings something every {'day' if middle < 2 else f'{middle:.0f} days'}"
    silent = (until - active[-1]).days
    if silent <= longest:
        return None
    words = f"nothing new since {active[-1]}, for {counted(silent, 'day')}{usual}"
    return Complaint(Kind.STALE, words, "look at its site: it may have moved to another address, or ended")


def _undated(facts: _Facts) -> Complaint | None:
    if not facts.undated:
        return None
    words = f"{counted(facts.undated, 'item')} of the last {RECENT.days} days came without a date that can be read"
    mend = "such an item counts for the day on which it was first seen: poll often, tracker run"
    return Complaint(Kind.UNDATED, words, mend)


def _moved(facts: _Facts) -> Complaint | None:
    terms = facts.state.terms
    if not terms.moved_to or terms.moved_polls < LEARNT:
        return None
    words = f"it has moved for good to {printable(terms.moved_to)}, and is asked there"
    return Complaint(Kind.MOVED, words, "nothing: it keeps its old address as its name")


def _resting(facts: _Facts) -> Complaint | None:
    """Whether a feed is left alone beyond the next pass; what is over before then is no news."""
    rest = None if facts.is_file else resting(facts.state.terms, facts.now)
    if rest is None or rest.until is None or rest.until <= facts.now + facts.every:
        return None
    words = f"it is left alone until {facts.moment(rest.until)} because {rest.because}"
    mend = f"it is asked again then; tracker feeds poll --now {facts.name} asks all the same"
    return Complaint(Kind.RESTING, words, mend)


@cache
def _mends() -> list[tuple[re.Pattern[str], Kind, str]]:
    """What an error looks like, its kind and its mend, from mends.yaml; ValueError for a row that says more."""
    rows = yaml.load(files("tracker.feeds").joinpath("mends.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    found = []
    for row in rows:
        if set(row) != {"error", "kind", "mend"}:
            raise ValueError(f"mends.yaml: {', '.join(row)} where error, kind and mend are known")
        found.append((re.compile(row["error"], re.IGNORECASE), Kind(row["kind"]), row["mend"]))
    return found
