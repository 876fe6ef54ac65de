"""How soon may a feed be asked again, at which address, and on which conditions?

A server is asked as seldom as it wishes and as often as nothing slips through. What it says of waiting (Retry-After,
Cache-Control, a feed's ttl and skipHours) holds for that feed alone. All of it is pure: the moment and the jitter are
passed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from tracker.feeds.clean import is_web_address
from tracker.feeds.wishes import Wishes
from tracker.model import FeedState, Terms
from tracker.wording import counted

LEARNT = 3
"""After how many successful polls in a row a permanent redirect is believed."""
GONE = "its server says that it is gone for good (410)"
NEVER = datetime.max.replace(tzinfo=UTC)
"""When a feed that is gone is due."""
_CLOSED = "it asks not to be read at these hours (skipHours, skipDays)"

LONGEST_RETRY_AFTER = timedelta(days=7)
LONGEST_FRESH = timedelta(days=1)
LONGEST_BACK_OFF = timedelta(days=1)
# skipHours and skipDays name hours of the day and days of the week: what is not open within a week never is.
_LONGEST_SKIP = timedelta(days=7)
_FIRST_BACK_OFF = timedelta(minutes=15)
_JITTER = 0.25
# A feed that asks to be read every hour must not miss each second pass of an hourly schedule by a moment.
_SLACK = timedelta(seconds=10)
_LEAST_APART = timedelta(minutes=5)
_SLOWEST = timedelta(hours=6)
# Two polls may fail between two that overlap.
_POLLS_WHILE_IT_LASTS = 3
# A feed lists some thirty items, so this part of the time that one stays is a quarter of the time between two of them.
_SLOW_PART = 120
_FULL_EVERY = timedelta(days=1)
_ASKS_TO_WAIT = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
# delta-seconds (RFC 9111, 1.2.2); what is longer than this is longer than any cap.
_SECONDS = re.compile(r"\d{1,12}")
_DIRECTIVE = re.compile(r"""([\w-]+)\s*(?:=\s*("[^"]*"|[^\s,;"]*))?""", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """What a server told in the answer that ended a poll: status (0 where none came), headers by lower-case name."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rest:
    """A feed is left alone `until` a moment, None for good, `because`: "left alone until … because …"."""

    until: datetime | None
    because: str


def rests(
    told: Told, *, now: datetime, failures: int = 0, ours: bool = False, wishes: str = "", jitter: float = 0.0
) -> tuple[datetime | None, str]:
    """Until when a feed is left alone after a poll at `now`, and why; None and no reason where it need not be.

    `failures` is how many polls in a row have failed, this one included: 0 after a success. `ours` says that it failed
    because there is no internet, which no feed is made to pay for. `wishes` is what the feed asks of its readers, as
    `Terms` keeps it. `jitter` in [0, 1) spreads the returns of feeds that failed together. Of several reasons the one
    that holds longest wins. A feed that is gone rests for good: None, `GONE`.
    """
    if is_gone(told):
        return None, GONE
    asked = Wishes.from_json(wishes)
    reasons = [(_retry_after(told, now), "its server asks for it (Retry-After)")]
    if failures:
        back_off = timedelta() if ours else _back_off(failures, jitter)
        reasons.append((back_off, f"it failed {counted(failures, 'time')} in a row"))
    else:
        reasons.append((_fresh(told, now), "its server says that it stays as it is for so long (Cache-Control)"))
        reasons.append((min(asked.every or timedelta(), LONGEST_FRESH), "it asks its readers to wait so long (ttl)"))
    longest, because = max(reasons, key=lambda reason: reason[0])
    until = _open(now + longest, asked)
    if until > now + longest:
        because = _CLOSED
    return (until, because) if until > now else (None, "")


def is_gone(told: Told) -> bool:
    """Whether a feed has been taken away for good: 410 says so (RFC 9110, 15.5.11), 404 does not."""
    return told.status == HTTPStatus.GONE


def resting(terms: Terms, now: datetime) -> Rest | None:
    """Whether a feed is to be left alone at this moment: the hours that it closes are looked up when they have come.

    A rest that no rule could have given, because a clock was wrong then or is now, is none.
    """
    if terms.gone:
        return Rest(None, GONE)
    until, because = terms.rests_until or now, terms.rests_because
    if until > now + LONGEST_RETRY_AFTER + _LONGEST_SKIP:
        until = now
    wakes = _open(max(until, now), Wishes.from_json(terms.wishes))
    if wakes > max(until, now):
        because = _CLOSED
    return Rest(wakes, because) if wakes > now + _SLACK else None


def due(state: FeedState, every: timedelta, now: datetime) -> datetime:
    """When a service that makes a pass `every` so often should ask a feed again; `NEVER` where it is gone.

    A feed whose items stay for long enough is asked at every pass, or as seldom as a quarter of the usual time between
    two of its items, and at least every 6 hours, so that news is late by little beside the feed's own rhythm. One that
    turns over faster is asked three times while an item stays on it, so that a failed poll leaves no gap, but not more
    often than every 5 minutes. It is never asked while it rests. A file costs nobody anything: it is read at every pass
    and never rests. Without a poll that lies in the past, a feed is due at once.
    """
    if state.terms.gone:
        return NEVER
    last = state.last_polled
    at = now if last is None or last > now else last + apart(state, every)
    rest = resting(state.terms, max(at, now)) if is_web_address(state.address) else None
    return at if rest is None else rest.until or NEVER


def apart(state: FeedState, every: timedelta) -> timedelta:
    """The time between two polls of a feed that does not rest; see `due`."""
    if not is_web_address(state.address):
        return every
    step = every
    if lasts := state.terms.lasts:
        step = max(step, min(lasts / _SLOW_PART, _SLOWEST))
        step = min(step, lasts / _POLLS_WHILE_IT_LASTS)
    return max(step, _LEAST_APART)


def address_to_ask(state: FeedState) -> str:
    """The address at which a feed is asked: its own, or the one to which it has moved, once that is learnt.

    While it fails, the two take turns: either may be the one that still answers.
    """
    addresses = [state.address, state.terms.moved_to or state.address]
    learnt = state.terms.moved_polls >= LEARNT
    return addresses[(learnt + state.failures) % 2]


def moved(state: FeedState, target: str) -> tuple[str, int]:
    """Where a feed has moved to, and in how many successful polls in a row: `moved_to` and `moved_polls` of its terms.

    `state` is as it was before the poll, which was asked at `address_to_ask(state)` and read as a feed: what is none,
    such as a page for logging in, teaches nothing. `target` is where its permanent redirects alone led (301 and 308,
    RFC 9110, 15.4), up to the first temporary one; empty where there was none.
    """
    terms, asked = state.terms, address_to_ask(state)
    reached = target or asked
    if reached == state.address:
        return "", 0
    return reached, min(terms.moved_polls + 1, LEARNT) if reached == terms.moved_to else 1


def conditions(state: FeedState, now: datetime) -> bool:
    """Whether to ask only for what is new, with the ETag and Last-Modified of the last answer (RFC 9110, 13.1)."""
    # Once a day the whole document is asked for: some servers never change their ETag, or say Last-Modified: 2041, and
    # would answer for ever that nothing is new.
    last_full = state.terms.last_full
    return last_full is not None and timedelta() <= now - last_full <= _FULL_EVERY


def _back_off(failures: int, jitter: float) -> timedelta:
    """None after the first failure, then a quarter of an hour, doubled each time up to a day, less up to a quarter."""
    if failures < 2:
        return timedelta()
    doubled = _FIRST_BACK_OFF * (1 << min(failures - 2, 16))
    return min(doubled, LONGEST_BACK_OFF) * (1 - _JITTER * jitter)


def _retry_after(told: Told, now: datetime) -> timedelta:
    """What the server asks for by Retry-After (RFC 9110, 10.2.3), where the status gives it a meaning."""
    if told.status not in _ASKS_TO_WAIT and not 300 <= told.status < 400:
        return timedelta()
    words = told.headers.get("retry-after", "").strip()
    wait = _seconds(words)
    if wait is None:
        wait = _from_its_now(words, told, now)
    return _between(wait, LONGEST_RETRY_AFTER)


def _fresh(told: Told, now: datetime) -> timedelta:
    """How long the answer stays fresh (RFC 9111, 4.2): max-age, else Expires, less the age that it came with.

    must-revalidate speaks of what an answer may be used for once it is stale, and changes nothing here.
    """
    directives: dict[str, str] = {}
    for name, value in _directives(told.headers.get("cache-control", "")):
        directives.setdefault(name, value)
    # no-cache with a list of headers is about those headers alone (RFC 9111, 5.2.2.4).
    if "no-store" in directives or directives.get("no-cache") == "":
        return timedelta()
    if "max-age" in directives:
        lifetime = _seconds(directives["max-age"])
    else:
        lifetime = _from_its_now(told.headers.get("expires", ""), told, now)
    age = _seconds(told.headers.get("age", "").strip()) or timedelta()
    return _between((lifetime or timedelta()) - age, LONGEST_FRESH)


def _directives(words: str) -> Iterator[tuple[str, str]]:
    """Name and value of each directive of Cache-Control, the value without its quotes."""
    for match in _DIRECTIVE.finditer(words[:1000]):
        yield match[1].lower(), (match[2] or "").strip('"')


def _seconds(words: str) -> timedelta | None:
    """A number of seconds; None for anything else."""
    if not words.isascii() or not words.isdigit():
        return None
    return timedelta(seconds=int(words)) if _SECONDS.fullmatch(words) else LONGEST_RETRY_AFTER * 2


def _from_its_now(words: str, told: Told, now: datetime) -> timedelta:
    """How far off an HTTP-date is, by the server's own clock where it shows it: clocks disagree."""
    moment = _http_date(words)
    return timedelta() if moment is None else moment - (_http_date(told.headers.get("date", "")) or now)


def _http_date(words: str) -> datetime | None:
    """An HTTP-date in any of its three forms (RFC 9110, 5.6.7); None for nonsense."""
    if not any(map(str.isdigit, words)) or len(words) > 80:
        return None
    try:
        moment = parsedate_to_datetime(words)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _between(wait: timedelta, longest: timedelta) -> timedelta:
    return max(timedelta(), min(wait, longest))


def _open(moment: datetime, wishes: Wishes) -> datetime:
    """The first moment from this one on that lies in no hour or day on which the feed asks not to be read (GMT).

    A feed that closes every hour of the week is taken for one that closes none.
    """
    if not (wishes.skip_hours or wishes.skip_days):
        return moment
    found = moment.astimezone(UTC)
    for _ in range(int(_LONGEST_SKIP / timedelta(hours=1)) + 1):
        if found.hour not in wishes.skip_hours and found.weekday() not in wishes.skip_days:
            return found
        found = found.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment
