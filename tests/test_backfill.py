"""Do forecasts get their verdicts from history? Real sources over HTTP, a real database, and the judge.

Days are numbered as in `builders`: 1 is the 1st of September 2025, whose window has long closed when history is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from builders import criterion, day, forecast, moment, window
from history_server import MISSING, TOO_MANY, Article, HistoryServer, Reply, rss
from server import Reply as Answered
from server import Server

from tracker.backfill import Asking, Found, backfill, backfill_files, wanted_days
from tracker.check import judge
from tracker.concepts import Concepts, load_concepts
from tracker.errors import FeedError
from tracker.feeds.addresses import Reachable
from tracker.feeds.answer import Answer, Limits, Request
from tracker.feeds.fetch import fetch_one
from tracker.feeds.health import Complaint, Kind, health
from tracker.history.bing_news import BingNews
from tracker.history.gdelt import Gdelt
from tracker.history.google_news import GoogleNews
from tracker.history.rfc5005 import LinkedArchive
from tracker.history.source import FeedHistory, SearchHistory, Wanted
from tracker.history.wayback import Wayback
from tracker.history.wordpress import WordPress
from tracker.model import Coverage, FeedState, Forecast, Item, Status, Subscription, Verdict
from tracker.polling import poll_feeds
from tracker.store import Store, open_store
from tracker.workspace import Workspace, create_workspace, find_workspace

NOW = moment(60)
HERE = Limits(reachable=Reachable.of(["127.0.0.0/8"]))
ANY_DAY = day(400)

MET = forecast(criterion(event="envoys NEAR/3 met"))
"""Two origins must report that the envoys met in September."""
SILENCE = forecast(criterion(event="envoys NEAR/3 met", sources=1, audible=True))
"""One origin is enough, and where two houses were watched, their silence says that the envoys did not meet."""


@pytest.fixture
def server() -> Iterator[HistoryServer]:
    with HistoryServer() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/tracker.sqlite") as opened:
        yield opened


@cache
def concepts() -> Concepts:
    return load_concepts(None)


def answer(address: str) -> Answer:
    """Ask an address as the command does."""
    return fetch_one(Request(address), HERE)


def wanted(*forecasts: Forecast, now: datetime = NOW) -> Wanted:
    days = wanted_days(forecasts, None, now.date())
    assert days is not None
    return Wanted(*days, zone=UTC, now=now)


def google(server: HistoryServer) -> GoogleNews:
    return GoogleNews(base=server.url("/rss/search"))


def gdelt(server: HistoryServer) -> Gdelt:
    return Gdelt(base=server.url("/api/v2/doc/doc"))


def wayback(server: HistoryServer) -> Wayback:
    return Wayback(base=server.url())


def followed(*servers: HistoryServer) -> list[Subscription]:
    return [Subscription(server.url("/feed/"), f"Feed {number}") for number, server in enumerate(servers, 1)]


def fill(
    store: Store,
    about: Forecast,
    *,
    searches: Sequence[SearchHistory] = (),
    feeds: Sequence[FeedHistory] = (),
    subscriptions: Sequence[Subscription] = (),
    asking: Asking | None = None,
    now: datetime = NOW,
) -> list[Found]:
    """A backfill for one forecast, with no time lost between requests."""
    ask = asking or Asking(answer, sleep=lambda seconds: None)
    wants = wanted(about, now=now)
    return list(backfill(store, [about], subscriptions, concepts(), wants, ask, searches=searches, feeds=feeds))


def verdict(store: Store, about: Forecast, as_of: int = 60) -> Verdict:
    [found] = judge(store, [about], concepts(), day(as_of))
    return found


def vouched(store: Store, about: Forecast = SILENCE) -> Coverage:
    coverage = verdict(store, about).coverage
    assert coverage is not None
    return coverage


def stored(store: Store) -> list[Item]:
    return list(store.items(until=ANY_DAY))


def everything(store: Store) -> tuple[object, ...]:
    """All that is known of items, their versions, what carried them and what was watched."""
    items = stored(store)
    versions = [store.versions(one.key) for one in items]
    return items, versions, store.carried(day(-400), ANY_DAY), store.watches(ANY_DAY)


def met(on: float, host: str = "www.herald.com", publisher: str = "The Herald") -> Article:
    said = {"The Herald": "Envoys met: Freedonia and Sylvania in Klopstokia"}
    return Article(said.get(publisher, "At last, envoys of Sylvania met those of Freedonia"), at(on), host, publisher)


def talk(on: float, host: str = "www.herald.com") -> Article:
    return Article(f"Freedonia and Sylvania talk, report {on}", at(on), host)


def at(on: float) -> datetime:
    """The moment so many days after the first of September began, 1.5 being its noon."""
    return moment(1, 0) + timedelta(days=on - 1)


def talks(first: int, last: int, host: str = "www.herald.com") -> list[Article]:
    """A report on the topic each noon, the newest first."""
    return [talk(number + 0.5, host) for number in range(last, first - 1, -1)]


def copies(
    articles: Sequence[Article], first: float, last: float, *, hours: float = 12, shown: int = 5
) -> dict[datetime, Reply]:
    """The copies of a feed that shows its newest articles, taken every so many hours from one moment to another."""
    taken, found = at(first), {}
    while taken <= at(last):
        showing = [one for one in articles if one.published and one.published <= taken][:shown]
        found[taken] = Reply(rss(showing))
        taken += timedelta(hours=hours)
    return found


# Evidence


SEARCHES = {"Google News": google, "GDELT": gdelt}


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_a_forecast_of_the_past_is_settled_by_what_a_search_finds(
    server: HistoryServer, store: Store, search: Callable[[HistoryServer], SearchHistory]
) -> None:
    assert verdict(store, MET).status is Status.PENDING
    server.articles = [met(9), met(10, "www.gazette.org", "The Gazette")]
    found = fill(store, MET, searches=[search(server)])
    assert [(one.items, one.new, one.proved, one.error) for one in found] == [(2, 2, 0.0, "")]
    settled = verdict(store, MET)
    assert (settled.status, settled.rule) == (Status.CONFIRMED, "happened")
    assert {one.item.source for one in settled.evidence} == {"herald.com", "gazette.org"}
    assert [verdict(store, MET, as_of).status for as_of in (8, 9, 10)] == [
        Status.PENDING,
        Status.PENDING,
        Status.CONFIRMED,
    ], "a replay knows what had been published by then"


def test_what_a_search_does_not_find_proves_nothing(server: HistoryServer, store: Store) -> None:
    server.articles = [*talks(-5, 45), *talks(-5, 45, "www.gazette.org")]
    fill(store, SILENCE, searches=[google(server), gdelt(server)])
    assert len(stored(store)) >= 2 * 30
    assert vouched(store).watched_days == 0
    assert verdict(store, SILENCE).status is Status.PENDING


# Absence


def test_the_archives_of_two_houses_prove_a_silence(server: HistoryServer, store: Store) -> None:
    with HistoryServer(talks(-5, 45, "www.gazette.org")) as other:
        server.articles = talks(-5, 45)
        found = fill(store, SILENCE, feeds=[WordPress()], subscriptions=followed(server, other))
    assert [one.error for one in found] == ["", ""]
    assert vouched(store).watched_days == 30
    settled = verdict(store, SILENCE)
    assert (settled.status, settled.rule) == (Status.REFUTED, "absence")


def test_coverage_counts_the_whole_days_that_copies_prove_and_no_more(server: HistoryServer, store: Store) -> None:
    """Copies from the morning of the 5th to the evening of the 10th prove the 6th to the 9th, and none by itself."""
    server.copies = copies(talks(-5, 45), 5.25, 10.75)
    [found] = fill(store, SILENCE, feeds=[wayback(server)], subscriptions=followed(server))
    assert found.proved == pytest.approx(5.5)
    coverage = vouched(store)
    assert coverage.watched_days == 4
    assert [(str(gap.opens), str(gap.closes)) for gap in coverage.gaps] == [
        ("2025-09-01", "2025-09-05"),
        ("2025-09-10", "2025-09-30"),
    ]
    assert verdict(store, SILENCE).status is Status.PENDING


def test_copies_too_far_apart_for_each_other_leave_a_gap(server: HistoryServer, store: Store) -> None:
    """A feed that shows five items of a day each has dropped all of them a week later."""
    server.copies = copies(talks(-5, 45), 1, 6) | copies(talks(-5, 45), 14, 20)
    fill(store, SILENCE, feeds=[wayback(server)], subscriptions=followed(server))
    assert vouched(store).watched_days == (6 - 1) + (20 - 14)


def test_a_file_vouches_for_the_days_on_which_it_is_at_its_usual_rate(store: Store, tmp_path: Path) -> None:
    create_workspace(tmp_path / "w")
    workspace = find_workspace(tmp_path / "w")
    for host in ("herald.com", "gazette.org"):
        days = [number for number in range(-6, 38) if not 15 <= number <= 20]
        rows = [
            f"{day(n)}T{hour}:00Z,Freedonia and Sylvania talk {n} {hour},https://{host}/{n}/{hour}"
            for n in days
            for hour in (10, 14)
        ]
        (tmp_path / "w" / "data" / f"{host}.csv").write_text("\n".join(["date,title,url", *rows]), "utf-8")
    paths = [Path(f"data/{host}.csv") for host in ("herald.com", "gazette.org")]
    found = list(backfill_files(store, workspace, paths, wanted(SILENCE)))
    assert [(one.new, one.error) for one in found] == [(76, "")] * 2
    assert 20 <= vouched(store).watched_days <= 24, "but for the six days on which both held nothing"
    before = everything(store)
    assert [one.new for one in backfill_files(store, workspace, paths, wanted(SILENCE))] == [0, 0]
    assert everything(store) == before


# Again, and in any order


def test_a_second_backfill_changes_nothing(server: HistoryServer, store: Store) -> None:
    server.articles = [met(9), *talks(-5, 45)]
    server.copies = copies(server.articles[1:], 5.25, 10.75)

    def read(now: datetime) -> list[Found]:
        searches: list[SearchHistory] = [google(server), gdelt(server)]
        feeds: list[FeedHistory] = [WordPress(), LinkedArchive(), wayback(server)]
        return fill(store, MET, searches=searches, feeds=feeds, subscriptions=followed(server), now=now)

    first = read(NOW)
    assert sum(one.new for one in first) > 0
    before = everything(store)
    again = read(NOW + timedelta(hours=3))
    assert sum(one.new for one in again) == 0
    assert [one.items for one in again] == [one.items for one in first]
    assert everything(store) == before


def test_the_order_in_which_sources_are_asked_changes_no_verdict(server: HistoryServer, tmp_path: Path) -> None:
    server.articles = sorted(
        [met(9), met(10, "www.gazette.org", "The Gazette"), *talks(-5, 45)],
        key=lambda one: one.published or NOW,
        reverse=True,
    )
    server.copies = copies(server.articles, 5.25, 10.75)
    searches: dict[str, SearchHistory] = {"google": google(server), "gdelt": gdelt(server)}
    feeds: dict[str, FeedHistory] = {"wordpress": WordPress(), "wayback": wayback(server)}
    numbers = count()

    def settled(*order: str) -> list[tuple[object, ...]]:
        with open_store(f"sqlite:///{tmp_path}/{next(numbers)}.sqlite") as store:
            for name in order:
                fill(
                    store,
                    MET,
                    searches=[searches[name]] if name in searches else [],
                    feeds=[feeds[name]] if name in feeds else [],
                    subscriptions=followed(server),
                )
            verdicts = [verdict(store, about, as_of) for about in (MET, SILENCE) for as_of in (9, 20, 60)]
            return [(one.status, one.rule, one.reason, one.event_day, one.coverage) for one in verdicts]

    names = ["google", "gdelt", "wordpress", "wayback"]
    first = settled(*names)
    assert {Status.CONFIRMED, Status.PENDING} <= {status for status, *_ in first}
    for order in (
        reversed(names),
        ["wordpress", "wayback", "google", "gdelt"],
        ["wayback", "google", "wordpress", "gdelt"],
    ):
        assert settled(*order) == first


# With the live feed


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    create_workspace(tmp_path / "live")
    (tmp_path / "live" / "tracker.toml").write_text('private_networks = ["127.0.0.0/8"]\n', "utf-8")
    return find_workspace(tmp_path / "live")


def live(workspace: Workspace, store: Store, server: HistoryServer, now: datetime) -> None:
    [polled] = poll_feeds(workspace, store, followed(server), now=now, anyway=True)
    assert not polled.poll.error


def test_what_the_live_feed_carried_is_not_doubled_and_its_watch_goes_on(
    server: HistoryServer, store: Store, workspace: Workspace
) -> None:
    server.articles = talks(20, 30)
    live(workspace, store, server, at(31))
    carried = {one.key for one in stored(store)}
    assert len(carried) == 10
    server.copies = copies(talks(1, 30), 10, 30.75)
    fill(store, SILENCE, feeds=[wayback(server)], subscriptions=followed(server), now=at(31.1))
    titles = [one.title for one in stored(store)]
    assert len(titles) == len(set(titles))
    assert all(one.first_seen < at(31) for one in stored(store) if one.published and one.published < at(30.5))
    server.articles = talks(20, 31)
    live(workspace, store, server, at(32))
    watched = sorted((one.since, one.until) for one in store.watches(ANY_DAY))
    assert watched == [(at(10), at(30.5)), (at(31), at(32))]
    [gap] = [one for one in complaints(store, server, at(32)) if one.kind is Kind.GAP]
    assert "from 2025-09-30 12:00 to 2025-10-01 00:00" in gap.words


def complaints(store: Store, server: HistoryServer, now: datetime) -> list[Complaint]:
    [subscription] = followed(server)
    state = store.feed_states().get(subscription.address, FeedState(subscription.address))
    return health(
        subscription, state, watches=store.watches(ANY_DAY), days={}, undated=0, now=now, every=timedelta(hours=1)
    )


def test_an_edit_between_two_copies_is_a_version_and_a_replay_shows_what_stood(
    server: HistoryServer, store: Store
) -> None:
    def shown(title: str) -> Reply:
        entry = f"<guid>a1</guid><title>{title}</title><link>https://www.herald.com/1</link>"
        return Reply(rss([talk(4)], entry=lambda one: f"{entry}<pubDate>Thu, 04 Sep 2025 08:00:00 GMT</pubDate>"))

    server.copies = {
        at(4.5): shown("Envoys met: Freedonia and Sylvania"),
        at(5.5): shown("Envoys met: Freedonia and Sylvania"),
        at(7.5): shown("Freedonia and Sylvania: envoys did not meet"),
    }
    one_is_enough = forecast(criterion(event="envoys NEAR/3 met", sources=1))
    fill(store, one_is_enough, feeds=[wayback(server)], subscriptions=followed(server))
    [key] = {one.key for one in stored(store)}
    assert [(one.version, one.title) for one in store.versions(key)] == [
        (1, "Envoys met: Freedonia and Sylvania"),
        (2, "Freedonia and Sylvania: envoys did not meet"),
    ]
    assert verdict(store, one_is_enough, as_of=6).status is Status.CONFIRMED
    assert verdict(store, one_is_enough, as_of=8).status is Status.PENDING


def test_an_undated_item_counts_for_the_day_of_the_copy_that_shows_it_first(
    server: HistoryServer, store: Store
) -> None:
    undated = Article("Freedonia undated", None)
    older = [talk(3), talk(2)]
    server.copies = {at(4): Reply(rss(older)), at(5): Reply(rss([undated, *older])), at(6): Reply(rss([undated]))}
    fill(store, SILENCE, feeds=[wayback(server)], subscriptions=followed(server))
    assert [(one.title, one.day) for one in stored(store)][-1] == ("Freedonia undated", day(5))


# Faults


def test_a_source_that_fails_leaves_the_others_and_what_it_gave_before(server: HistoryServer, store: Store) -> None:
    server.articles = talks(-5, 45)
    server.fixed["/feed/?paged=3"] = Reply(b"", 500)
    server.fixed["/news/search"] = MISSING
    found = fill(
        store,
        SILENCE,
        searches=[BingNews(base=server.url("/nowhere")), google(server)],
        feeds=[WordPress(), wayback(server)],
        subscriptions=followed(server),
    )
    assert [(one.source, bool(one.items), one.error.partition(" (")[0]) for one in found] == [
        ("Bing News", False, "HTTP 404 Not Found"),
        ("Google News", True, ""),
        ("WordPress's older pages", True, "HTTP 500 Internal Server Error"),
        ("the Wayback Machine", False, ""),
    ]


def replies(*statuses: int) -> tuple[list[str], Asking]:
    """What was asked of servers that answer so, one after the other, and what asks them."""
    asked: list[str] = []
    left = iter(statuses)

    def answer(address: str) -> Answer:
        asked.append(address)
        status = next(left)
        error = f"HTTP {status}" if status else "no such host"
        return Answer(address, status=status, error="" if status == 200 else error)

    return asked, Asking(answer, sleep=lambda seconds: None)


PATIENCE = {
    "who says 429 is not asked again": ([429], False),
    "nor who fails three times in a row": ([500, 0, 503], False),
    "but who answers in between": ([500, 500, 200, 500, 500, 404, 500], True),
    "a page that is missing or refused is no sign of weakness": ([404, 403, 410, 404], True),
}


@pytest.mark.parametrize(("statuses", "goes_on"), PATIENCE.values(), ids=PATIENCE)
def test_a_server_that_has_had_enough_is_left_alone(statuses: list[int], goes_on: bool) -> None:
    requests, asking = replies(*statuses, 200, 200)
    ask = asking.every(0)
    for status in statuses:
        with nullcontext() if status == 200 else pytest.raises(FeedError, match=r"HTTP|no such host"):
            ask("https://a.example/feed")
    assert len(requests) == len(statuses)
    with nullcontext() if goes_on else pytest.raises(FeedError, match=r"^a\.example is not asked any more: HTTP"):
        ask("https://a.example/other")
    assert len(requests) == len(statuses) + goes_on
    ask("https://b.example/feed")
    assert requests[-1] == "https://b.example/feed", "another one is"


def test_no_server_is_asked_more_often_than_its_source_says() -> None:
    slept: list[float] = []
    moments = iter([0.0, 1.0, 1.0, 5.0, 5.0, 9.0])  # before and after requests
    asking = Asking(lambda address: Answer(address, status=200), sleep=slept.append, clock=lambda: next(moments))
    ask = asking.every(2.5)
    ask("https://a.example/1")
    ask("https://a.example/2")
    ask("https://b.example/1")
    ask("https://a.example/3")
    assert slept == [pytest.approx(1.5)]


def test_a_machine_without_a_net_gives_up_soon() -> None:
    requests, asking = replies(*[0] * 50)
    ended = []
    for number in range(50):
        with pytest.raises(FeedError) as error:
            asking.every(1)(f"https://{number}.example/feed")
        ended.append(str(error.value))
    assert len(requests) == 12
    assert ended[-1] == "no internet: no server has answered"


def test_an_archive_that_has_had_enough_is_not_asked_for_the_other_feeds(server: HistoryServer, store: Store) -> None:
    subscriptions = [Subscription(f"https://{number}.example/feed") for number in range(20)]
    server.copies = {at(3): TOO_MANY}
    found = fill(store, SILENCE, feeds=[wayback(server)], subscriptions=subscriptions)
    assert len(server.asked) == 2, "the index and one copy"
    assert len(found) == 20
    assert all("429" in one.error for one in found)


def test_a_feed_that_is_gone_or_resting_is_not_asked_for_its_past_either(
    server: HistoryServer, store: Store, workspace: Workspace
) -> None:
    server.fixed["/feed/"] = Reply(b"", 410)
    with Server() as busy:
        busy.replies["/feed/"] = Answered(b"", 503, {"Retry-After": "3600"})
        subscriptions = [*followed(server), Subscription(busy.url("/feed/"), "Feed 2")]
        assert all(one.poll.error for one in poll_feeds(workspace, store, subscriptions, now=NOW))
        feeds: list[FeedHistory] = [LinkedArchive(), WordPress()]
        now = NOW + timedelta(minutes=5)
        found = fill(store, SILENCE, feeds=feeds, subscriptions=subscriptions, now=now)
        assert (len(server.asked), len(busy.asked)) == (1, 1)
    assert [(one.subject, one.items, one.notes) for one in found] == [
        ("Feed 1", 0, ("not asked: its server says that it is gone for good (410)",)),
        ("Feed 2", 0, ("not asked: its server asks for it (Retry-After)",)),
    ]


def test_a_feed_of_which_only_the_past_is_known_was_never_read(server: HistoryServer, store: Store) -> None:
    server.copies = copies(talks(-5, 45), 5.25, 10.75)
    [found] = fill(store, SILENCE, feeds=[wayback(server)], subscriptions=followed(server))
    assert found.new > 0
    [state] = store.feed_states().values()
    assert (state.last_polled, state.last_success, state.failures) == (None, None, 0)
    assert [one.words for one in complaints(store, server, NOW)] == ["it has not been read yet"]


# The days that are asked for


def test_the_days_wanted_are_those_of_windows_and_lags_as_far_as_they_have_come() -> None:
    early, late = forecast(criterion(window=window(1, 5))), forecast(criterion(window=window(20, 90)))
    conditional = replace(early, condition=criterion(window=window(-20, -10)))
    assert wanted_days([early], None, day(60)) == (day(1), day(12))
    assert wanted_days([early, late], None, day(60)) == (day(1), day(60))
    assert wanted_days([conditional], None, day(60)) == (day(-20), day(12))
    assert wanted_days([early, late], day(3), day(60)) == (day(3), day(60))
    assert wanted_days([late], None, day(10)) is None
    assert wanted_days([], None, day(10)) is None
