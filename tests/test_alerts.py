"""What is worth telling: verdicts that turn, windows that close, feeds that die; each once, a large ledger in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from builders import day, forecast, item, moment

from tracker.alerts import MOST, Alert, Situation, Turn, Urgency, alerts, feed_name, report_lines
from tracker.model import FeedState, Status, Subscription, Terms, Verdict

GREETED = frozenset({"first"})


def pending(**other: Any) -> Verdict:  # noqa: ANN401
    found = Verdict("envoys-meet", Status.PENDING, "absence", "no report of it yet", day(1), ("watched on 3 days",))
    return replace(found, **other)


def situation(on: int = 10, **other: Any) -> Situation:  # noqa: ANN401
    """One pending forecast on September, whose reports may trail until the 7th of October."""
    fields: dict[str, Any] = {
        "turns": [],
        "forecasts": [forecast()],
        "verdicts": [pending()],
        "decided": set(),
        "feeds": [],
        "today": day(on),
        "now": moment(on),
        "closing_days": 7,
    }
    return Situation(**(fields | other))


def turn(before: Status | None, now: Status, *, contested: bool = False, edited: bool = False) -> Turn:
    return Turn(7, "envoys-meet", before, now, contested, edited, "2 origins report it", ("a.org/1/Envoys talk",))


def told_by(about: Situation, told: frozenset[str] = GREETED) -> list[str]:
    return [alert.title for alert in alerts(about, told)]


CONFIRMED, REFUTED, PENDING, VOID = Status.CONFIRMED, Status.REFUTED, Status.PENDING, Status.VOID
TURNS = {
    "a first verdict that settles": (turn(None, CONFIRMED), "confirmed"),
    "a forecast that is confirmed": (turn(PENDING, CONFIRMED), "confirmed"),
    "a forecast that is refuted": (turn(PENDING, REFUTED), "refuted"),
    "a forecast that is void": (turn(PENDING, VOID), "void"),
    "a forecast that is contested": (turn(PENDING, PENDING, contested=True), "contested"),
    "a verdict that is taken back": (turn(CONFIRMED, PENDING), "reopened, was confirmed, now pending"),
    "a verdict that is contested": (turn(CONFIRMED, PENDING, contested=True), "reopened, was confirmed, now contested"),
    "a verdict that is turned round": (turn(REFUTED, CONFIRMED), "reopened, was refuted, now confirmed"),
    "another verdict on another question": (turn(REFUTED, CONFIRMED, edited=True), "confirmed"),
}
NO_NEWS = {
    "a new forecast that is pending": turn(None, PENDING),
    "an edited forecast that is pending again": turn(CONFIRMED, PENDING, edited=True),
    "a forecast that is not contested any more": turn(PENDING, PENDING),
    "a forecast that was taken out of the ledger": replace(turn(PENDING, CONFIRMED), forecast="another"),
}


@pytest.mark.parametrize("case", TURNS)
def test_a_verdict_that_turns_is_told(case: str) -> None:
    turned, title = TURNS[case]
    [alert] = alerts(situation(turns=[turned]), GREETED)
    assert alert.title == f"{title}: envoys-meet"
    assert (alert.urgency is Urgency.HIGH) == title.startswith("reopened")
    assert alert.body.splitlines() == [
        "The envoys of Freedonia and Sylvania meet.",
        "Ambassador Trentino: likely; 2025-09-01 to 2025-09-30",
        "Why: 2 origins report it.",
    ]
    assert alert.report == "a.org/1/Envoys talk"


@pytest.mark.parametrize("case", NO_NEWS)
def test_what_is_no_news_is_not_told(case: str) -> None:
    assert alerts(situation(turns=[NO_NEWS[case]]), GREETED) == []


def test_each_turn_is_told_once_and_the_next_one_again() -> None:
    first = turn(PENDING, CONFIRMED)
    told = GREETED | set(alerts(situation(turns=[first]), GREETED)[0].keys)
    assert told_by(situation(turns=[first]), told) == []
    turned = [first, replace(turn(CONFIRMED, PENDING), number=9), replace(turn(PENDING, CONFIRMED), number=12)]
    assert told_by(situation(turns=turned), told) == [
        "reopened, was confirmed, now pending: envoys-meet",
        "confirmed: envoys-meet",
    ]


CLOSINGS = {
    "eight days before its close": (22, 7, []),
    "seven days before its close": (23, 7, ["closes in 7 days: envoys-meet"]),
    "on the day before": (29, 7, ["closes in 1 day: envoys-meet"]),
    "on its last day": (30, 7, ["closes today: envoys-meet"]),
    "on its last day, where one is told of that day alone": (30, 0, ["closes today: envoys-meet"]),
    "before it has opened": (0, 30, []),
    "while reports may still trail": (37, 7, []),
    "when nothing can settle it any more": (38, 7, ["closed without a verdict: envoys-meet"]),
}


@pytest.mark.parametrize("case", CLOSINGS)
def test_a_window_that_closes_is_told(case: str) -> None:
    on, closing_days, titles = CLOSINGS[case]
    assert told_by(situation(on, closing_days=closing_days)) == titles


def test_a_closing_is_told_once_for_each_close() -> None:
    told = GREETED | set(alerts(situation(25), GREETED)[0].keys)
    assert told_by(situation(26), told) == []
    later = forecast()
    later = replace(later, criterion=replace(later.criterion, window=replace(later.window, closes=day(33))))
    assert told_by(situation(27, forecasts=[later]), told) == ["closes in 6 days: envoys-meet"]


def test_what_is_missing_is_told_with_the_close() -> None:
    [alert] = alerts(situation(60), GREETED)
    assert "Missing: watched on 3 days." in alert.body


@pytest.mark.parametrize("on", [25, 60])
def test_settled_forecasts_close_in_silence(on: int) -> None:
    assert told_by(situation(on, decided={"envoys-meet"})) == []
    assert told_by(situation(on, verdicts=[pending(status=CONFIRMED)])) == []


def feed(*, read: datetime | None, failures: int = 0, gone: bool = False) -> FeedState:
    address = "https://a.org/feed?token=s3cret"
    return FeedState(address, last_success=read, failures=failures, error="no such host", terms=Terms(gone=gone))


FEEDS = {
    "one that is read": (feed(read=moment(10)), []),
    "one that is gone": (feed(read=moment(10), failures=1, gone=True), ["feed gone for good: a.org/feed"]),
    "one that fails since today": (feed(read=moment(10, 1), failures=9), []),
    "one that fails for three days": (feed(read=moment(7), failures=9), ["feed fails for 3 days or more: a.org/feed"]),
    "one that failed once when the machine woke": (feed(read=moment(1), failures=1), []),
    "one that was never read, since today": (feed(read=None, failures=2), []),
    "one that was never read, for days": (feed(read=None, failures=12), ["feed fails for 3 days or more: a.org/feed"]),
    "one that was never asked": (feed(read=None), []),
}


@pytest.mark.parametrize("case", FEEDS)
def test_a_feed_that_died_is_told(case: str) -> None:
    state, titles = FEEDS[case]
    found = alerts(situation(feeds=[state]), GREETED)
    assert [alert.title for alert in found] == titles
    assert "s3cret" not in "".join(alert.title + alert.body for alert in found)


def test_an_outage_is_told_once_and_so_is_its_end() -> None:
    told = set(GREETED)

    def titles(state: FeedState, on: int) -> list[str]:
        found = alerts(situation(on, feeds=[state]), told)
        told.update(key for alert in found for key in alert.keys)
        return [alert.title.partition(":")[0] for alert in found]

    assert titles(feed(read=moment(1), failures=5), 4) == ["feed fails for 3 days or more"]
    assert titles(feed(read=moment(1), failures=6), 5) == []
    assert titles(feed(read=moment(1), failures=7, gone=True), 6) == ["feed gone for good"]
    assert titles(feed(read=moment(7)), 7) == ["feed came back"]
    assert titles(feed(read=moment(8)), 8) == []
    assert titles(feed(read=moment(8), failures=1), 9) == [], "a new outage is told after its own three days"
    assert titles(feed(read=moment(8), failures=5), 12) == ["feed fails for 3 days or more"]
    assert titles(feed(read=moment(13)), 13) == ["feed came back"]


def test_whoever_was_never_told_anything_gets_one_message_on_all_verdicts() -> None:
    many = [replace(forecast(), id=f"f{number}") for number in range(100)]
    verdicts = [replace(pending(), forecast=one.id, status=CONFIRMED if one.id > "f5" else PENDING) for one in many]
    turns = [
        replace(turn(PENDING, CONFIRMED), forecast=one.forecast, number=number)
        for number, one in enumerate(verdicts)
        if one.status is CONFIRMED
    ]
    about = situation(60, forecasts=many, verdicts=verdicts, turns=turns, feeds=[feed(read=moment(1), failures=9)])
    greeting, outage = sorted(alerts(about, frozenset()), key=lambda alert: alert.title, reverse=True)
    assert greeting.title == "tracker follows 100 forecasts and 1 feed"
    assert greeting.body.splitlines() == [
        "So far: 54 confirmed, 46 pending.",
        "46 closed without a verdict: tracker list shows them.",
        "From now on each change is told here.",
    ]
    assert outage.title.startswith("feed fails")
    assert told_by(about, frozenset(greeting.keys + outage.keys)) == []


def test_more_than_a_pass_should_send_are_summed_up_the_urgent_told_first() -> None:
    turns = [replace(turn(PENDING, CONFIRMED), number=number) for number in range(50)]
    about = situation(turns=[*turns, replace(turn(CONFIRMED, REFUTED), number=99)])
    found = alerts(about, GREETED)
    assert len(found) == MOST + 1
    assert found[0].urgency is Urgency.HIGH
    assert found[-1].title == "and 31 more"
    assert told_by(about, GREETED | {key for alert in found for key in alert.keys}) == []


def test_nothing_that_a_feed_says_is_markup_or_calls_anybody() -> None:
    nasty = "<!channel> @everyone \x1b[31m<b>red</b>\n\n" + "x" * 5000
    reason = replace(turn(PENDING, CONFIRMED), reason=nasty)
    [alert] = alerts(situation(turns=[reason]), GREETED)
    lines = report_lines(item(nasty, link="https://a.org/@here/<x>"))
    for words in (alert.body, lines):
        assert not set("<>@\x1b") & set(words)
        assert len(words) < 2000
    assert lines.splitlines()[1] == "https://a.org/%40here/%3Cx%3E"


def test_a_broken_address_has_a_name_too() -> None:
    assert feed_name(Subscription("http://[broken")) == "a feed with a broken address"
    assert feed_name(Subscription("https://a.org/feed", title="A")) == "A"


def test_keys_do_not_depend_on_the_moment() -> None:
    feeds = [feed(read=moment(1), failures=5), feed(read=None, failures=20)]
    about = situation(25, turns=[turn(PENDING, CONFIRMED)], feeds=feeds)
    later = replace(about, today=day(26), now=about.now + timedelta(hours=30))

    def keys(found: list[Alert]) -> list[tuple[str, ...]]:
        return [alert.keys for alert in found]

    assert keys(alerts(about, GREETED)) == keys(alerts(later, GREETED))
    assert len(keys(alerts(about, GREETED))) == 4
