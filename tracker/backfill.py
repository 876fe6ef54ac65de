"""What was reported before the feeds were followed? History from every source that has some, stored as it comes.

A source that fails ends with what it had, and the next one goes on. What a document of the past proves is taken for
watched, and no more; what a search finds is evidence, and proves nothing about what it did not find.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from tracker.concepts import Concepts
from tracker.errors import FeedError
from tracker.feeds.answer import Answer
from tracker.feeds.clean import is_web_address
from tracker.feeds.fetch import NAMELESS
from tracker.feeds.pace import resting
from tracker.history.bing_news import BingNews
from tracker.history.files import Files
from tracker.history.gdelt import Gdelt
from tracker.history.google_news import GoogleNews
from tracker.history.rfc5005 import LinkedArchive
from tracker.history.search_words import search_words
from tracker.history.source import Ask, FeedHistory, Page, SearchHistory, Wanted
from tracker.history.wayback import Wayback
from tracker.history.wordpress import WordPress
from tracker.model import Criterion, FeedState, Forecast, Poll, Subscription
from tracker.store import Store
from tracker.workspace import Workspace

FEED_HISTORIES: dict[str, FeedHistory] = {
    "archive": LinkedArchive(),
    "wordpress": WordPress(),
    "wayback": Wayback(),
}
SEARCH_HISTORIES: dict[str, SearchHistory] = {
    "google": GoogleNews(),
    "bing": BingNews(),
    "gdelt": Gdelt(),
}
"""The sources by the names under which they are chosen."""
FILES = "files"
"""What files are called as a source."""

# A server that fails so often in a row is not asked again. A guess: a service that is overloaded recovers in between.
_PATIENCE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """What a source gave: its name, of what it gave it, the items and how many of them are new, and what went wrong.

    `proved` is how many days' worth of watching it proves. `error` is what ended it early, empty when nothing did.
    """

    source: str
    subject: str
    items: int = 0
    new: int = 0
    proved: float = 0.0
    notes: tuple[str, ...] = ()
    error: str = ""


def wanted_days(forecasts: Sequence[Forecast], since: date | None, today: date) -> tuple[date, date] | None:
    """The days of which the forecasts need history: of all their windows and lags, as far as they have come.

    None when no window has opened yet. `since` is taken for the first day instead.
    """
    needed = [
        criterion
        for forecast in forecasts
        for criterion in (forecast.criterion, forecast.condition)
        if criterion is not None and criterion.window.opens <= today
    ]
    if not needed:
        return None
    first = since or min(criterion.window.opens for criterion in needed)
    return first, min(max(criterion.last_report for criterion in needed), today)


class Asking:
    """Asks servers on behalf of all sources: each slowly, and none again that has had enough.

    `answer` asks one address and answers with an error in words. A server that says 429, or fails three times in a row
    (it is down, or answers with 5xx), is left alone for the rest of the run.
    """

    def __init__(
        self,
        answer: Callable[[str], Answer],
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answer = answer
        self._sleep = sleep
        self._clock = clock
        self._asked: dict[str, float] = {}
        self._failures: Counter[str] = Counter()
        self._had_enough: dict[str, str] = {}
        self._answered = False

    def every(self, pause: float) -> Ask:
        """What asks an address, so many seconds after its server was asked before; FeedError when it has nothing."""

        def ask(address: str) -> Answer:
            host = urlsplit(address).netloc
            if host in self._had_enough:
                raise FeedError(f"{host} is not asked any more: {self._had_enough[host]}")
            if not self._answered and len(self._failures) >= NAMELESS:
                raise FeedError("no internet: no server has answered")
            if host in self._asked and (left := self._asked[host] + pause - self._clock()) > 0:
                self._sleep(left)
            answer = self._answer(address)
            self._asked[host] = self._clock()
            self._note(host, answer)
            if answer.error:
                raise FeedError(answer.error)
            return answer

        return ask

    def _note(self, host: str, answer: Answer) -> None:
        self._answered = self._answered or bool(answer.status)
        too_many = answer.status == HTTPStatus.TOO_MANY_REQUESTS
        if not (too_many or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or (answer.error and not answer.status)):
            del self._failures[host]
            return
        self._failures[host] += 1
        if too_many or self._failures[host] >= _PATIENCE:
            self._had_enough[host] = answer.error


def backfill(
    store: Store,
    forecasts: Sequence[Forecast],
    subscriptions: Sequence[Subscription],
    concepts: Concepts,
    wanted: Wanted,
    asking: Asking,
    *,
    feeds: Sequence[FeedHistory] = tuple(FEED_HISTORIES.values()),
    searches: Sequence[SearchHistory] = tuple(SEARCH_HISTORIES.values()),
    on_page: Callable[[Found], None] = lambda found: None,
) -> Iterator[Found]:
    """Ask every source for what the forecasts seek, and for the past of every subscription; what each gave, as it ends.

    The searches come first: they are few, where the copies of a feed may be hundreds. `on_page` is told of each search
    and feed as it is begun, and of what it has given so far. StoreError when the database cannot be written.
    """
    for search in searches:
        ask = asking.every(search.pause)
        for forecast in forecasts:
            for subject, pages in _searches(search, forecast, concepts, wanted, ask):
                yield _kept(store, pages, Found(search.name, subject), wanted.now, on_page)
    live = [one for one in subscriptions if is_web_address(one.address) and not one.archive]
    states = store.feed_states() if feeds else {}
    for one in list(live):
        rest = resting(states.get(one.address, FeedState(one.address)).terms, wanted.now)
        if rest is not None:
            live.remove(one)
            yield Found("feeds", one.title or one.address, notes=(f"not asked: {rest.because}",))
    for history in feeds:
        ask = asking.every(history.pause)
        for one in live:
            found = Found(history.name, one.title or one.address)
            yield _kept(store, history.pages(one, wanted, ask), found, wanted.now, on_page)


def _searches(
    search: SearchHistory, forecast: Forecast, concepts: Concepts, wanted: Wanted, ask: Ask
) -> Iterator[tuple[str, Iterator[Page]]]:
    """The searches for a forecast, each under a name of its own."""
    asked: Counter[str] = Counter()
    for criterion in filter(None, (forecast.criterion, forecast.condition)):
        if days := _days_of(criterion, wanted):
            for words in search_words(criterion, concepts):
                asked[words.language] += 1
                number = f" {asked[words.language]}" if asked[words.language] > 1 else ""
                yield f"{forecast.id}, {words.language}{number}", search.pages(words, days, ask)


def backfill_files(
    store: Store,
    workspace: Workspace,
    paths: Sequence[Path],
    wanted: Wanted,
    *,
    on_page: Callable[[Found], None] = lambda found: None,
) -> Iterator[Found]:
    """Store the items of files and folders as archives: at their usual rate, they vouch for the days they cover."""
    for path in paths:
        pages = Files(workspace.root).pages(path, wanted)
        yield _kept(store, pages, Found(FILES, str(path)), wanted.now, on_page, archive=True)


def _days_of(criterion: Criterion, wanted: Wanted) -> Wanted | None:
    """The wanted days that a criterion's window and lag reach; None when there are none."""
    since, until = max(wanted.since, criterion.window.opens), min(wanted.until, criterion.last_report)
    return replace(wanted, since=since, until=until) if since <= until else None


def _kept(
    store: Store,
    pages: Iterator[Page],
    found: Found,
    now: datetime,
    on_page: Callable[[Found], None],
    *,
    archive: bool = False,
) -> Found:
    """What came of one source, its pages stored one by one, so that nothing is lost where it breaks off."""
    on_page(found)
    try:
        for page in pages:
            at = max((item.first_seen for item in page.items), default=now)
            poll = Poll(page.feed, at, title=page.title, items=page.items, names=page.names, archive=archive)
            saved = store.save_past(poll, page.proves)
            proved = (page.proves[1] - page.proves[0]).total_seconds() / 86_400 if page.proves else 0.0
            found = replace(
                found,
                items=found.items + len(page.items),
                new=found.new + len(saved.new),
                proved=found.proved + proved,
                notes=(*found.notes, page.note) if page.note else found.notes,
            )
            on_page(found)
    except FeedError as error:
        return replace(found, error=str(error))
    return found
