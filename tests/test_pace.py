"""On what terms a feed is asked again: what it asks for, how often it fails, how fast it turns over, where it moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.feeds.pace import (
    GONE,
    LEARNT,
    LONGEST_BACK_OFF,
    LONGEST_FRESH,
    LONGEST_RETRY_AFTER,
    NEVER,
    Told,
    address_to_ask,
    conditions,
    due,
    is_gone,
    moved,
    resting,
    rests,
)
from tracker.feeds.wishes import Wishes
from tracker.model import FeedState, Terms

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
OLD, NEW, OTHER = "https://old.example/feed", "https://new.example/feed", "https://other.example/feed"
NOON_IN_AN_HOUR = "Mon, 23 Nov 2026 13:00:00 GMT"


def told(status: int = 200, **headers: str) -> Told:
    return Told(status, {name.replace("_", "-"): value for name, value in headers.items()})


ASKED = {
    "nothing is said": (told(), None),
    "429 with seconds": (told(429, retry_after="3600"), HOUR),
    "503 with a date": (told(503, retry_after=NOON_IN_AN_HOUR), HOUR),
    "503 with a date in the form of RFC 850": (told(503, retry_after="Monday, 23-Nov-26 13:00:00 GMT"), HOUR),
    "503 with a date in the form of C": (told(503, retry_after="Mon Nov 23 13:00:00 2026"), HOUR),
    "a date by a clock that is an hour fast": (
        told(503, retry_after="Mon, 23 Nov 2026 14:00:00 GMT", date=NOON_IN_AN_HOUR),
        HOUR,
    ),
    "301 with seconds": (told(301, retry_after="60"), MINUTE),
    "Retry-After where it means nothing": (told(200, retry_after="3600"), None),
    "Retry-After of a month": (told(429, retry_after="2592000"), LONGEST_RETRY_AFTER),
    "Retry-After of more digits than fit": (told(429, retry_after="9" * 400), LONGEST_RETRY_AFTER),
    "Retry-After below nothing": (told(429, retry_after="-60"), None),
    "Retry-After that is past": (told(503, retry_after="Mon, 23 Nov 2026 11:00:00 GMT"), None),
    "Retry-After in words": (told(429, retry_after="in 3 hours, please"), None),
    "Retry-After in other digits": (told(429, retry_after="٣٦٠٠"), None),
    "max-age": (told(cache_control="public, max-age=3600"), HOUR),
    "max-age in quotes and capitals": (told(cache_control='Max-Age="3600"'), HOUR),
    "max-age less the age": (told(cache_control="max-age=3600", age="3000"), 10 * MINUTE),
    "max-age that is over": (told(cache_control="max-age=60", age="3000"), None),
    "max-age beats Expires": (told(cache_control="max-age=60", expires=NOON_IN_AN_HOUR), MINUTE),
    "max-age of a year": (told(cache_control="max-age=31536000"), LONGEST_FRESH),
    "max-age with must-revalidate, which is about stale answers": (
        told(cache_control="max-age=3600, must-revalidate"),
        HOUR,
    ),
    "max-age in words, beside Expires": (told(cache_control="max-age=long", expires=NOON_IN_AN_HOUR), None),
    "s-maxage is for shared caches": (told(cache_control="s-maxage=3600"), None),
    "no-cache": (told(cache_control="no-cache, max-age=3600"), None),
    "no-cache about one header": (told(cache_control='no-cache="set-cookie", max-age=3600'), HOUR),
    "no-store": (told(cache_control="max-age=3600, no-store"), None),
    "max-age said twice": (told(cache_control="max-age=3600, max-age=7200"), HOUR),
    "304 with max-age": (told(304, cache_control="max-age=3600"), HOUR),
    "Expires": (told(expires=NOON_IN_AN_HOUR), HOUR),
    "Expires by the server's clock": (told(expires=NOON_IN_AN_HOUR, date="Mon, 23 Nov 2026 12:30:00 GMT"), 30 * MINUTE),
    "Expires: 0": (told(expires="0"), None),
    "Expires in the year 0": (told(expires="Mon, 01 Jan 0000 00:00:00 GMT"), None),
    "Expires: -1": (told(expires="-1"), None),
}


@pytest.mark.parametrize(("answer", "wait"), ASKED.values(), ids=ASKED.keys())
def test_what_a_server_asks_for(answer: Told, wait: timedelta | None) -> None:
    until, because = rests(answer, now=NOW)
    assert until == (None if wait is None else NOW + wait)
    assert bool(because) == (wait is not None)


def test_a_failed_answer_is_not_kept_fresh() -> None:
    assert rests(told(404, cache_control="max-age=3600"), now=NOW, failures=1) == (None, "")


def wishes(every: timedelta | None = None, hours: Any = (), days: Any = ()) -> str:  # noqa: ANN401
    return Wishes(every, frozenset(hours), frozenset(days)).as_json()


def test_the_latest_of_all_wishes_holds() -> None:
    both = told(cache_control="max-age=1800")
    assert rests(both, now=NOW, wishes=wishes(HOUR)) == (NOW + HOUR, "it asks its readers to wait so long (ttl)")
    assert rests(both, now=NOW, wishes=wishes(10 * MINUTE))[0] == NOW + 30 * MINUTE
    assert rests(told(), now=NOW, wishes=wishes(30 * DAY))[0] == NOW + LONGEST_FRESH


CLOSED = {
    "an open hour": (wishes(hours={3}), NOW, None),
    "this hour and the next": (wishes(hours={12, 13}), NOW + 5 * MINUTE, NOW + 2 * HOUR),
    "over midnight": (wishes(hours={22, 23, 0}), NOW + 10 * HOUR, NOW + 13 * HOUR),
    "this day": (wishes(days={0}), NOW, NOW + 12 * HOUR),
    "the weekend": (wishes(days={5, 6}), NOW + 5 * DAY, NOW + 6 * DAY + 12 * HOUR),
    "all days but one": (wishes(days=set(range(7)) - {6}), NOW, NOW + 5 * DAY + 12 * HOUR),
    "every day": (wishes(days=range(7)), NOW, None),
    "every hour": (wishes(hours=range(24)), NOW, None),
}


@pytest.mark.parametrize(("asked", "now", "until"), CLOSED.values(), ids=CLOSED.keys())
def test_hours_and_days_on_which_a_feed_is_closed(asked: str, now: datetime, until: datetime | None) -> None:
    assert rests(told(), now=now, wishes=asked)[0] == until
    rest = resting(Terms(wishes=asked), now)
    assert (rest.until if rest else None) == until


def test_closed_hours_are_looked_up_when_they_have_come() -> None:
    terms = Terms(rests_until=NOW + HOUR, rests_because="its server asks for it", wishes=wishes(hours={13, 14}))
    rest = resting(terms, NOW)
    assert rest is not None
    assert (rest.until, "skipHours" in rest.because) == (NOW + 3 * HOUR, True)
    assert due(FeedState(OLD, last_polled=NOW, terms=replace(terms, rests_until=None)), HOUR, NOW) == NOW + 3 * HOUR


def test_a_failing_feed_is_asked_less_and_less_and_never_dropped() -> None:
    waits = [(rests(told(500), now=NOW, failures=times)[0] or NOW) - NOW for times in range(1, 12)]
    minutes = [wait / MINUTE for wait in waits]
    assert minutes == [0, 15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    assert rests(told(500), now=NOW, failures=4)[1] == "it failed 4 times in a row"
    assert rests(told(404), now=NOW, failures=10**9)[0] == NOW + LONGEST_BACK_OFF


def test_of_back_off_and_what_the_server_asks_for_the_longer_holds() -> None:
    asks = "its server asks for it (Retry-After)"
    assert rests(told(503, retry_after="60"), now=NOW, failures=4) == (NOW + HOUR, "it failed 4 times in a row")
    assert rests(told(503, retry_after="7200"), now=NOW, failures=4) == (NOW + 2 * HOUR, asks)
    assert rests(told(500, retry_after="7200"), now=NOW, failures=1) == (None, "")


def test_our_own_failures_are_not_held_against_a_feed() -> None:
    assert rests(Told(), now=NOW, failures=9, ours=True) == (None, "")


def test_only_410_is_gone() -> None:
    assert rests(told(410, retry_after="60"), now=NOW, failures=1) == (None, GONE)
    assert not is_gone(told(404))
    rest = resting(Terms(gone=True), NOW)
    assert rest is not None
    assert rest.until is None
    assert due(FeedState(OLD, last_polled=NOW, terms=Terms(gone=True)), HOUR, NOW) == NEVER


HEADERS = st.dictionaries(
    st.sampled_from(["retry-after", "cache-control", "expires", "age", "date"]),
    st.one_of(
        st.text(max_size=60),
        st.integers().map(str),
        st.integers().map(lambda number: f"max-age={number}"),
        st.from_regex(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]?[A-Z0-9]{3,4}", fullmatch=True),
        st.datetimes().map(lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S GMT")),
    ),
)
WISHES = st.builds(
    wishes,
    st.one_of(st.none(), st.integers(60, 10**8).map(lambda seconds: timedelta(seconds=seconds))),
    st.sets(st.integers(0, 23)),
    st.sets(st.integers(0, 6)),
)
JITTER = st.floats(0, 1, exclude_max=True)


@given(
    status=st.integers(0, 599),
    headers=HEADERS,
    failures=st.integers(0, 10**6),
    ours=st.booleans(),
    asked=WISHES,
    jitter=JITTER,
)
def test_nonsense_never_raises_and_no_rest_is_longer_than_its_cap(
    status: int, headers: dict[str, str], failures: int, ours: bool, asked: str, jitter: float
) -> None:
    until, because = rests(Told(status, headers), now=NOW, failures=failures, ours=ours, wishes=asked, jitter=jitter)
    assert bool(because) == (until is not None or status == 410)
    if until is not None:
        # A closed week comes on top of what is asked for.
        assert NOW < until <= NOW + LONGEST_RETRY_AFTER + 7 * DAY
        assert resting(Terms(rests_until=until, rests_because=because, wishes=asked), NOW) is not None or (
            until <= NOW + MINUTE
        )


@given(st.integers(1, 60), JITTER)
def test_no_failure_shortens_the_rest(failures: int, jitter: float) -> None:
    now, later = (
        rests(told(500), now=NOW, failures=times, jitter=jitter)[0] or NOW for times in (failures, failures + 1)
    )
    assert now <= later <= NOW + LONGEST_BACK_OFF


def test_a_rest_that_no_rule_gives_is_none() -> None:
    wrong_clock = Terms(rests_until=NOW + 365 * DAY, rests_because="it failed 9 times in a row")
    assert resting(wrong_clock, NOW) is None
    assert due(FeedState(OLD, last_polled=NOW + 365 * DAY, terms=wrong_clock), HOUR, NOW) == NOW


TURNOVERS = {
    "nothing is known of it": (None, HOUR, HOUR),
    "all its items have one date, which says nothing": (timedelta(), HOUR, HOUR),
    "an item stays for two hours": (2 * HOUR, HOUR, 40 * MINUTE),
    "an item stays for two minutes": (2 * MINUTE, HOUR, 5 * MINUTE),
    "an item stays for two days": (2 * DAY, HOUR, HOUR),
    "an item stays for twenty days": (20 * DAY, HOUR, 4 * HOUR),
    "an item stays for ten years": (3650 * DAY, HOUR, 6 * HOUR),
    "two days, with a pass a day": (2 * DAY, DAY, 16 * HOUR),
    "ten years, with a pass a day": (3650 * DAY, DAY, DAY),
    "a pass a second": (None, timedelta(seconds=1), 5 * MINUTE),
}


@pytest.mark.parametrize(("lasts", "every", "after"), TURNOVERS.values(), ids=TURNOVERS.keys())
def test_a_feed_is_asked_as_often_as_it_turns_over(lasts: timedelta | None, every: timedelta, after: timedelta) -> None:
    state = FeedState(OLD, last_polled=NOW, terms=Terms(lasts=lasts))
    assert due(state, every, NOW + MINUTE) == NOW + after


def test_a_file_is_read_at_every_pass_and_a_new_feed_at_once() -> None:
    terms = Terms(lasts=365 * DAY, rests_until=NOW + HOUR, rests_because="it asks its readers to wait so long (ttl)")
    state = FeedState("data/old.atom", last_polled=NOW, terms=terms)
    assert due(state, timedelta(seconds=1), NOW) == NOW + timedelta(seconds=1)
    assert due(FeedState(OLD), HOUR, NOW) == NOW


@given(
    st.integers(1, 10**9),
    st.integers(1, 10**6),
    st.one_of(st.none(), st.integers(1, 14 * 86_400)),
    st.integers(0, 10**6),
)
def test_a_feed_is_due_before_its_items_are_gone_and_not_while_it_rests(
    lasts: int, every: int, rest: int | None, later: int
) -> None:
    until = None if rest is None else NOW + timedelta(seconds=rest)
    terms = Terms(rests_until=until, rests_because="it asks", lasts=timedelta(seconds=lasts))
    now = NOW + timedelta(seconds=later)
    at = due(FeedState(OLD, last_polled=NOW, terms=terms), timedelta(seconds=every), now)
    assert at >= NOW + 5 * MINUTE
    if until:
        assert max(at, now) >= until - timedelta(seconds=10)
    else:
        assert at <= NOW + max(5 * MINUTE, timedelta(seconds=lasts) / 3)


def after(*targets: str) -> FeedState:
    """A feed after polls that ended so: where permanent redirects led, empty for none, or a dash for a failed poll."""
    state = FeedState(OLD)
    for target in targets:
        if target == "-":
            state = replace(state, failures=state.failures + 1)
        else:
            to, polls = moved(state, target)
            state = replace(state, failures=0, terms=replace(state.terms, moved_to=to, moved_polls=polls))
    return state


MOVES = {
    "it never moved": (("", "", ""), OLD),
    "it moved, but not often enough": ((NEW, NEW), OLD),
    "it moved": ((NEW,) * LEARNT, NEW),
    "it answers at its new address": ((*[NEW] * LEARNT, "", ""), NEW),
    "it came back in between": ((NEW, NEW, "", NEW, NEW), OLD),
    "it moves elsewhere each time": ((NEW, OTHER, NEW, OTHER), OLD),
    "a failed poll in between says nothing": ((NEW, NEW, "-", ""), NEW),
    "its new address sends back to the old one": ((*[NEW] * LEARNT, OLD), OLD),
    "its new address fails once": ((*[NEW] * LEARNT, "-"), OLD),
    "its new address fails twice": ((*[NEW] * LEARNT, "-", "-"), NEW),
    "its new address fails and the old one answers": ((*[NEW] * LEARNT, "-", ""), OLD),
    "it moves on": ((*[NEW] * LEARNT, OTHER, OTHER, OTHER), OTHER),
    "it moves on and its old address is gone": ((*[NEW] * LEARNT, OTHER, "-", "", "-", ""), OTHER),
}


@pytest.mark.parametrize(("targets", "asked"), MOVES.values(), ids=MOVES.keys())
def test_a_permanent_redirect_is_learnt_once_it_has_held(targets: tuple[str, ...], asked: str) -> None:
    assert address_to_ask(after(*targets)) == asked


def test_the_whole_document_is_asked_for_once_a_day() -> None:
    state = FeedState(OLD)
    ages = {None: False, HOUR: True, DAY: True, DAY + MINUTE: False, -HOUR: False}
    for age, expected in ages.items():
        last_full = None if age is None else NOW - age
        assert conditions(replace(state, terms=Terms(last_full=last_full)), NOW) is expected, age
