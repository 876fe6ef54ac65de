"""Items, reports, criteria and forecasts in a few words, for tests that say only what they are about.

Days are counted from 1 September 2025: `day(1)` is the 1st, `day(31)` the 1st of October, `day(0)` the 31st of August.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tracker.model import (
    Article,
    Assertion,
    Carried,
    Coverage,
    Criterion,
    Evidence,
    Expects,
    Forecast,
    Item,
    Likelihood,
    Place,
    Poll,
    Role,
    Verdict,
    Watch,
    Window,
)
from tracker.resolve import Findings, resolve

if TYPE_CHECKING:
    from tracker.store import Saved, Store

SEPTEMBER = Window(date(2025, 9, 1), date(2025, 9, 30))
AFTER_ALL = 60
"""A day on which the window of September and its lag are long over."""


def day(number: int) -> date:
    """The day of that number, 1 being the 1st of September 2025."""
    return date(2025, 8, 31) + timedelta(days=number)


def moment(number: int, hour: int = 12) -> datetime:
    """An hour of the day of that number."""
    return datetime.combine(day(number), time(hour), UTC)


def window(opens: int, closes: int) -> Window:
    """The window from one day to another, both numbered."""
    return Window(day(opens), day(closes))


def item(title: str = "Envoys talk", summary: str = "", *, on: int = 1, source: str = "a.org", **other: Any) -> Item:  # noqa: ANN401
    """An item of a source's feed, published on the day `on`."""
    fields: dict[str, Any] = {
        "key": f"{source}/{on}/{title}",
        "feed": f"https://{source}/feed",
        "link": f"https://{source}/{on}",
        "language": "en",
        "published": moment(on),
        "first_seen": moment(on),
    }
    return Item(title=title, summary=summary, source=source, day=day(on), **(fields | other))


def report(origin: str, on: int, says: Assertion, *, of: int | None = None, role: Role = Role.EVENT) -> Evidence:
    """What an origin says on the day `on` of an event of the day `of` (the same day, unless told)."""
    # Words, not numbers: "-1" and "1" would be one.
    told = item(f"{origin} {role} {says} {day(on):%d%b} {of}", on=on, source=f"{origin.lower()}.org")
    return Evidence(
        item=told,
        role=role,
        assertion=says,
        origin=origin,
        event_day=day(on if of is None else of),
        dated_by="its publication",
        matched=str(role),
    )


def affirmed(origin: str, on: int, *, of: int | None = None) -> Evidence:
    """A report that the event took place."""
    return report(origin, on, Assertion.AFFIRMED, of=of)


def denied(origin: str, on: int, *, of: int | None = None) -> Evidence:
    """A report that the event did not take place."""
    return report(origin, on, Assertion.DENIED, of=of)


def against(origin: str, on: int, *, of: int | None = None) -> Evidence:
    """A report of what the event would have made impossible."""
    return report(origin, on, Assertion.AFFIRMED, of=of, role=Role.AGAINST)


def reprint(original: Evidence, on: int, *, by: str = "Copyist") -> Evidence:
    """The same report, printed again on the day `on` by another publisher, who dates it by its publication."""
    same = replace(original.item, key=f"{by}/{on}", source=f"{by.lower()}.org", day=day(on), published=moment(on))
    return replace(original, item=same, origin=by, event_day=day(on))


def criterion(**other: Any) -> Criterion:  # noqa: ANN401
    """A criterion that needs two origins in September, unless told otherwise."""
    fields: dict[str, Any] = {
        "claim": "The envoys of Freedonia and Sylvania meet.",
        "topic": "freedonia AND sylvania",
        "event": "envoy NEAR/3 meet",
        "window": SEPTEMBER,
        "lag_days": 7,
    }
    return Criterion(**(fields | other))


def forecast(
    about: Criterion | None = None,
    *,
    expects: Expects = Expects.HAPPENS,
    condition: Criterion | None = None,
    **other: Any,  # noqa: ANN401
) -> Forecast:
    """A forecast that the criterion's event happens, unless told otherwise."""
    fields: dict[str, Any] = {
        "id": "envoys-meet",
        "forecaster": "Ambassador Trentino",
        "quote": "The envoys will meet.",
        "likelihood": Likelihood("likely", 0.7, 0.6, 0.8),
        "article": Article("Envoys", day(0)),
        "place": Place("forecasts/envoys.yaml", 1),
    }
    return Forecast(criterion=about or criterion(), expects=expects, condition=condition, **(fields | other))


def judged(
    reports: list[Evidence],
    about: Criterion | None = None,
    *,
    as_of: int = AFTER_ALL,
    coverage: Coverage | None = None,
    expects: Expects = Expects.HAPPENS,
) -> Verdict:
    """The verdict on a forecast about a criterion (two origins in September, unless told otherwise)."""
    return resolve(forecast(about, expects=expects), Findings(tuple(reports), coverage), day(as_of))


def covered(watched: int = 30, *, of: int = 30, on_beat: float = 1.0, audible: bool = True) -> Coverage:
    """Coverage of a window of `of` days, whole unless told otherwise."""
    return Coverage(of, watched, on_beat, audible, "the analyst says so", houses=10, houses_needed=4)


def carried(source: str, on: Iterable[int], *, items: int = 1, archive: bool = True, feed: str = "") -> list[Carried]:
    """What a source's archive (or feed) carried, day by day."""
    address = feed or f"https://{source}/feed"
    return [Carried(address, source, day(number), items, archive) for number in on]


def watch(source: str, since: int, until: int, *, feed: str = "") -> Watch:
    """A stretch in which a source's feed was watched, from the beginning of one day to the end of another."""
    begin, end = moment(since, 0), moment(until + 1, 0)
    return Watch(feed or f"https://{source}/feed", begin, end)


def remember(store: Store, poll: Poll) -> Saved:
    """Have a store remember what one poll brought; what came of it."""
    return store.save_polls([poll])[0]
