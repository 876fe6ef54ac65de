"""How a feed is doing, told from what its polls left behind: one thing wrong at a time, and nothing wrong at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.feeds.health import SERIOUS, Complaint, Kind, health
from tracker.model import FeedState, Subscription, Terms, Watch

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADDRESS = "https://news.example/feed?a=1&b=2"
FEED = Subscription(ADDRESS, "News")
WELL = FeedState(ADDRESS, last_polled=NOW - HOUR, last_success=NOW - HOUR, terms=Terms(lasts=3 * DAY))
EVERY_DAY = {TODAY - number * DAY: 5 for number in range(30)}
MONTHLY = {TODAY - number * 30 * DAY: 1 for number in range(1, 12)}


def watch(since: timedelta, until: timedelta) -> Watch:
    return Watch(ADDRESS, NOW - since, NOW - until)


WATCHED = (watch(20 * DAY, HOUR),)


def complaints(
    state: FeedState = WELL,
    *,
    feed: Subscription = FEED,
    watches: Sequence[Watch] = WATCHED,
    days: dict[date, int] = EVERY_DAY,
    undated: int = 0,
    every: timedelta = HOUR,
) -> list[Complaint]:
    return health(feed, state, watches=watches, days=days, undated=undated, now=NOW, every=every)


def failing(error: str, times: int = 1) -> list[Complaint]:
    return complaints(replace(WELL, failures=times, error=error))


def on_terms(**terms: object) -> list[Complaint]:
    return complaints(replace(WELL, terms=replace(WELL.terms, **terms)))  # type: ignore[arg-type]


def silent(habit: dict[date, int], days: int) -> list[Complaint]:
    """A feed that kept its habit until so many days ago."""
    return complaints(days={day - (days - 1) * DAY: items for day, items in habit.items()})


OVER_TWO_DAYS = (watch(20 * DAY, 9 * DAY), watch(7 * DAY, HOUR))
FOUND = {
    "all is well": (complaints(), []),
    "never read": (complaints(FeedState(ADDRESS)), [Kind.NEVER_READ]),
    "it failed": (failing("HTTP 500 Internal Server Error"), [Kind.FAILING]),
    "404 is not gone": (failing("HTTP 404 Not Found", 50), [Kind.FAILING]),
    "turned away as a robot": (failing("HTTP 403 Forbidden"), [Kind.BLOCKED]),
    "turned away for now": (failing("HTTP 503 Service Unavailable"), [Kind.BLOCKED]),
    "a certificate that cannot be verified": (
        failing("TLS certificate not valid: unable to get local issuer certificate"),
        [Kind.CERTIFICATE],
    ),
    "gone": (complaints(replace(WELL, failures=1, error="HTTP 410", terms=Terms(gone=True))), [Kind.GONE]),
    "a gap": (complaints(watches=OVER_TWO_DAYS), [Kind.GAP]),
    "a gap, told in any order": (complaints(watches=OVER_TWO_DAYS[::-1]), [Kind.GAP]),
    "watches that meet": (complaints(watches=(watch(9 * DAY, 2 * DAY), watch(2 * DAY, HOUR))), []),
    "a gap of long ago": (complaints(watches=(watch(80 * DAY, 50 * DAY), watch(31 * DAY, HOUR))), []),
    "items went by since the last poll": (
        complaints(replace(WELL, last_polled=NOW - 4 * DAY)),
        [Kind.TOO_SELDOM],
    ),
    "items go by while it rests": (
        complaints(replace(WELL, terms=Terms(lasts=2 * HOUR, rests_until=NOW + 5 * HOUR, rests_because="it asks"))),
        [Kind.TOO_SELDOM, Kind.RESTING],
    ),
    "it turns over faster than anybody may ask": (on_terms(lasts=timedelta(minutes=3)), [Kind.TOO_SELDOM]),
    "a fast feed that is asked often enough": (
        complaints(replace(WELL, last_polled=NOW - HOUR / 2, terms=Terms(lasts=HOUR))),
        [],
    ),
    "no item ever": (complaints(days={}, watches=()), [Kind.EMPTY]),
    "a daily feed that has been silent for a week": (silent(EVERY_DAY, 7), [Kind.STALE]),
    "a daily feed that has been silent for a weekend": (silent(EVERY_DAY, 3), []),
    "a monthly feed that has been silent for a week": (silent(MONTHLY, 7), []),
    "a monthly feed that has been silent for three months": (silent(MONTHLY, 60), [Kind.STALE]),
    "a feed without a habit that has been silent for two months": (silent({TODAY: 9}, 60), []),
    "a feed without a habit that has been silent for four months": (silent({TODAY: 9}, 120), [Kind.STALE]),
    "items without dates": (complaints(undated=7), [Kind.UNDATED]),
    "moved for good": (on_terms(moved_to="https://new.example/", moved_polls=3), [Kind.MOVED]),
    "a redirect that has not held yet": (on_terms(moved_to="https://new.example/", moved_polls=2), []),
    "left alone for a day": (on_terms(rests_until=NOW + DAY, rests_because="it asks"), [Kind.RESTING]),
    "left alone until the next pass": (on_terms(rests_until=NOW + HOUR / 2, rests_because="it asks"), []),
    "left alone until an hour ago": (on_terms(rests_until=NOW - HOUR, rests_because="it asks"), []),
}


@pytest.mark.parametrize(("found", "kinds"), FOUND.values(), ids=FOUND.keys())
def test_what_is_said_of_a_feed(found: list[Complaint], kinds: list[Kind]) -> None:
    assert [one.kind for one in found] == kinds
    assert all(one.words and one.mend and "{" not in one.mend for one in found)


def test_an_archive_is_neither_late_nor_watched() -> None:
    archive = Subscription("data/old.atom", archive=True)
    state = replace(WELL, address=archive.address, last_polled=NOW - 40 * DAY, terms=Terms(lasts=DAY))
    assert complaints(state, feed=archive, watches=OVER_TWO_DAYS, days={date(2020, 1, 1): 100}) == []
    [failed] = complaints(replace(state, failures=1, error="no such file"), feed=archive)
    assert (failed.kind, "tracker feeds remove data/old.atom" in failed.mend) == (Kind.FAILING, True)


def test_a_failing_feed_is_not_blamed_for_its_silence() -> None:
    silent_since = replace(WELL, failures=9, error="timed out after 10 s", last_success=NOW - 20 * DAY)
    found = complaints(silent_since, days={day - 20 * DAY: items for day, items in EVERY_DAY.items()})
    assert [one.kind for one in found] == [Kind.FAILING]
    assert found[0].words == "timed out after 10 s, 9 times in a row; last read 2026-11-03 12:00"


def test_the_words_say_when_and_the_mend_can_be_typed() -> None:
    [gap] = complaints(watches=(*OVER_TWO_DAYS, Watch(ADDRESS, NOW - HOUR / 2, NOW)))
    assert gap.words == (
        "items may have slipped through from 2026-11-23 11:00 to 2026-11-23 11:30, the last of 2 gaps in 30 days"
    )
    [blocked] = failing("HTTP 403 Forbidden")
    assert f"tracker feeds add '{ADDRESS}' --user-agent" in blocked.mend
    tokyo = ZoneInfo("Asia/Tokyo")
    [told] = health(FEED, WELL, watches=OVER_TWO_DAYS, days=EVERY_DAY, undated=0, now=NOW, every=HOUR, zone=tokyo)
    assert "from 2026-11-14 21:00 to 2026-11-16 21:00" in told.words


MENDS = {
    "HTTP 401 Unauthorized": "password",
    "HTTP 403 Forbidden": "--user-agent",
    "HTTP 404 Not Found": "it may come back",
    "HTTP 429 Too Many Requests": "too often",
    "HTTP 502 Bad Gateway": "out of order",
    "TLS certificate not valid: certificate has expired": "--any-certificate",
    "TLS failed: unsupported protocol": "no safe connection",
    "127.0.0.1 is a private address: private_networks in tracker.toml allows such": "private_networks",
    "too large: over 10 MB": "feed_megabytes",
    "this is an HTML page, not a feed; its address may have moved, or it asks for a login": "address of its site",
    "no internet: no feed has answered": "this machine's connection",
    "no such host, or no answer from the name server": "check the address",
    "timed out after 10 s": "slow",
    "cannot be read: no such file or directory": "put the file back",
    "not XML: it begins with 'x'": "check its address",
}


@pytest.mark.parametrize(("error", "mend"), MENDS.items(), ids=MENDS.keys())
def test_every_error_has_its_own_mend(error: str, mend: str) -> None:
    [failed] = failing(error)
    assert mend in failed.mend
    assert failed.words.startswith(error)


def test_what_a_server_says_is_shown_without_its_control_characters() -> None:
    [moved] = on_terms(moved_to="https://new.example/\x1b[31m", moved_polls=3)
    assert moved.words == "it has moved for good to https://new.example/, and is asked there"


def test_what_may_have_been_missed_is_serious_and_nothing_else() -> None:
    assert set(Kind) - SERIOUS == {
        Kind.NEVER_READ,
        Kind.TOO_SELDOM,
        Kind.EMPTY,
        Kind.STALE,
        Kind.UNDATED,
        Kind.MOVED,
        Kind.RESTING,
    }
