"""What is worth telling somebody who is not watching, and what has been told already?

Told are a verdict that turned, a window that is about to close, a forecast that closed without a verdict, a feed that
died and one that came back. Each has a key that stays the same however often it is looked at; what has its key among
those that were told is no news.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from tracker.model import FeedState, Forecast, Item, Status, Subscription, Verdict
from tracker.wording import counted

MOST = 20
"""How many alerts are sent at a time; what is left over is told in one."""

FAILING_FOR = timedelta(days=3)
# A machine that slept for a week finds every feed unread for a week: a few failures must have come since it woke.
_LEAST_FAILURES = 3
# Of a feed that was never read nobody knows since when it fails. With rests that double up to a day, as those of
# `tracker.feeds.pace` do, so many tries take about as long.
_TRIES = 11

_FIRST = "first"
_LONGEST_TITLE, _LONGEST_LINE, _LONGEST_BODY = 150, 400, 1500
# What chat services take for a mention ("@everyone", "<!channel>") or for markup must not come from a feed.
_HARMLESS = str.maketrans({"@": "＠", "<": "‹", ">": "›"})
_HARMLESS_LINK = str.maketrans({"@": "%40", "<": "%3C", ">": "%3E"})


class Urgency(StrEnum):
    """How loudly an alert is told."""

    HIGH = "high"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Alert:
    """A message in plain text, and the keys of all that it tells. `report` is the key of an item to show below it."""

    keys: tuple[str, ...]
    title: str
    body: str
    urgency: Urgency = Urgency.NORMAL
    report: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A recorded verdict that stands otherwise than the one before it (None when it is the forecast's first).

    `number` is that of its record, `evidence` holds the keys of items. `edited` says that the forecast was edited
    between the two, so that they are verdicts on different questions.
    """

    number: int
    forecast: str
    before: Status | None
    status: Status
    contested: bool
    edited: bool
    reason: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand after a pass at the moment `now`.

    `forecasts` are those of the ledger and `decided` the ids of those that a person decided, `turns` come in their
    order, `feeds` are those that are followed. A window is about to close `closing_days` days before it does.
    """

    turns: Sequence[Turn]
    forecasts: Sequence[Forecast]
    verdicts: Sequence[Verdict]
    decided: Collection[str]
    feeds: Sequence[FeedState]
    today: date
    now: datetime
    closing_days: int


def alerts(situation: Situation, told: Set[str]) -> list[Alert]:
    """What is to be told to somebody who was told the keys in `told`, the urgent first.

    Whoever was never told anything gets one message on where all forecasts stand, instead of one for each verdict that
    was ever given. More than `MOST` are told as so many, and the rest in one.
    """
    settled = [*_turned(situation), *_closed(situation)]
    if _FIRST not in told:
        settled = [_greeting(situation, settled)]
    found = [*settled, *_closing(situation), *_died(situation), *_came_back(situation, told)]
    news = [alert for alert in found if not told >= set(alert.keys)]
    news.sort(key=lambda alert: alert.urgency is not Urgency.HIGH)
    shown, rest = news[:MOST], news[MOST:]
    return [*shown, _summed_up(rest)] if rest else shown


def report_lines(item: Item) -> str:
    """The report that a verdict rests on first: its day, source, title and link.

    >>> from datetime import datetime, UTC
    >>> at = datetime(2025, 9, 1, tzinfo=UTC)
    >>> item = Item("k", "f", "a.org", "Talks <b>", "", "https://a.org/@x", "en", at, at, at.date())
    >>> print(report_lines(item))
    2025-09-01 a.org: Talks ‹b›
    https://a.org/%40x
    """
    link = item.link.translate(_HARMLESS_LINK)
    return "\n".join(filter(None, (f"{item.day} {_line(item.source)}: {_line(item.title)}", link)))


def feed_name(feed: FeedState | Subscription) -> str:
    """What to call a feed: its title, else its address without what may be secret in it.

    >>> feed_name(Subscription("https://me:pass@a.org/feed?token=1")), feed_name(Subscription("data/old.atom"))
    ('a.org/feed', 'data/old.atom')
    """
    if feed.title:
        return _line(feed.title)
    if "://" not in feed.address:
        return _line(feed.address)
    try:
        parts = urlsplit(feed.address)
    except ValueError:
        return "a feed with a broken address"
    return _line(parts.netloc.rpartition("@")[2] + parts.path)


def _turned(situation: Situation) -> Iterator[Alert]:
    forecasts = {forecast.id: forecast for forecast in situation.forecasts}
    for turn in situation.turns:
        if turn.forecast not in forecasts or not (title := _turn_title(turn)):
            continue
        yield Alert(
            (f"verdict {turn.number}",),
            _title(f"{title}: {turn.forecast}"),
            _body(*_claim(forecasts[turn.forecast]), f"Why: {turn.reason}."),
            Urgency.HIGH if _taken_back(turn) else Urgency.NORMAL,
            turn.evidence[0] if turn.evidence else "",
        )


def _taken_back(turn: Turn) -> bool:
    return turn.before not in (None, Status.PENDING, turn.status) and not turn.edited


def _turn_title(turn: Turn) -> str:
    """What happened to a forecast; empty when it is not worth a word."""
    if _taken_back(turn):
        now = "contested" if turn.contested else turn.status
        return f"reopened, was {turn.before}, now {now}"
    if turn.contested:
        return "contested"
    return "" if turn.status in (Status.PENDING, turn.before) else turn.status.value


def _closing(situation: Situation) -> Iterator[Alert]:
    for forecast, verdict in _waiting(situation):
        window = forecast.window
        left = (window.closes - situation.today).days
        if window.contains(situation.today) and left <= situation.closing_days:
            when = f"in {counted(left, 'day')}" if left else "today"
            yield Alert(
                (f"closing {forecast.id} {window.closes}",),
                _title(f"closes {when}: {forecast.id}"),
                _body(*_claim(forecast), f"Its window is {window}. So far: {verdict.reason}."),
            )


def _closed(situation: Situation) -> Iterator[Alert]:
    for forecast, verdict in _waiting(situation):
        if situation.today > forecast.criterion.last_report:
            missing = [f"Missing: {one}." for one in verdict.missing]
            yield Alert(
                (f"closed {forecast.id} {forecast.window.closes}",),
                _title(f"closed without a verdict: {forecast.id}"),
                _body(*_claim(forecast), f"Why: {verdict.reason}.", *missing),
            )


def _waiting(situation: Situation) -> Iterator[tuple[Forecast, Verdict]]:
    """The forecasts that nothing and nobody has settled."""
    verdicts = {verdict.forecast: verdict for verdict in situation.verdicts}
    for forecast in situation.forecasts:
        verdict = verdicts.get(forecast.id)
        if verdict and verdict.status is Status.PENDING and forecast.id not in situation.decided:
            yield forecast, verdict


def _died(situation: Situation) -> Iterator[Alert]:
    for feed in situation.feeds:
        name, outage = feed_name(feed), _outage(feed)
        last = f"It was last read on {feed.last_success:%Y-%m-%d}." if feed.last_success else "It was never read."
        error = f"{_line(feed.error)}." if feed.error else ""
        if feed.terms.gone:
            mend = "It is not asked any more: tracker feeds remove, or follow its new address."
            yield Alert(
                (f"gone {outage}",), _title(f"feed gone for good: {name}"), _body(error, last, mend), Urgency.HIGH
            )
        elif fails_long(feed, situation.now):
            title = f"feed fails for {FAILING_FOR.days} days or more: {name}"
            yield Alert((f"failing {outage}",), _title(title), _body(error, last), Urgency.HIGH)


def fails_long(feed: FeedState, now: datetime) -> bool:
    """Whether a feed has failed for so long, and so often, that it will hardly mend by itself."""
    if feed.last_success is None:
        return feed.failures >= _TRIES
    return feed.failures >= _LEAST_FAILURES and now - feed.last_success >= FAILING_FOR


def _outage(feed: FeedState) -> str:
    """One outage of one feed: it began after the last time that the feed was read."""
    return f"{feed.address} {feed.last_success.isoformat() if feed.last_success else 'never'}"


def _came_back(situation: Situation, told: Set[str]) -> Iterator[Alert]:
    outages: dict[str, set[str]] = {}
    for key in told:
        kind, _, outage = key.partition(" ")
        if kind in ("gone", "failing"):
            outages.setdefault(outage.rpartition(" ")[0], set()).add(f"back {outage}")
    for feed in situation.feeds:
        back = outages.get(feed.address, set()) - told
        if back and not feed.failures and not feed.terms.gone:
            yield Alert(tuple(sorted(back)), _title(f"feed came back: {feed_name(feed)}"), "It is read again.")


def _greeting(situation: Situation, old: Sequence[Alert]) -> Alert:
    """Where everything stands, for somebody who was never told anything."""
    shown = {forecast.id for forecast in situation.forecasts}
    standing = [verdict for verdict in situation.verdicts if verdict.forecast in shown]
    counts = [(status, sum(verdict.status is status for verdict in standing)) for status in Status]
    told = ", ".join(f"{count} {status}" for status, count in counts if count)
    closed = sum(alert.keys[0].startswith("closed ") for alert in old)
    lines = [f"So far: {told}." if told else "No forecast yet.", "From now on each change is told here."]
    if closed:
        lines.insert(1, f"{closed} closed without a verdict: tracker list shows them.")
    keys = (_FIRST, *(key for alert in old for key in alert.keys))
    title = f"tracker follows {counted(len(shown), 'forecast')} and {counted(len(situation.feeds), 'feed')}"
    return Alert(keys, title, _body(*lines))


def _summed_up(rest: Sequence[Alert]) -> Alert:
    keys = tuple(key for alert in rest for key in alert.keys)
    return Alert(keys, f"and {len(rest)} more", _body(*(alert.title for alert in rest)))


def _claim(forecast: Forecast) -> tuple[str, str]:
    return forecast.claim, f"{forecast.forecaster}: {forecast.likelihood.words}; {forecast.window}"


def _title(words: str) -> str:
    return _cut(_line(words), _LONGEST_TITLE)


def _body(*lines: str) -> str:
    return _cut("\n".join(_line(line) for line in lines if line), _LONGEST_BODY)


def _line(words: str) -> str:
    """One line that shows what it says and does nothing else."""
    visible = "".join(character if character.isprintable() else " " for character in words)
    return _cut(" ".join(visible.split()).translate(_HARMLESS), _LONGEST_LINE)


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
