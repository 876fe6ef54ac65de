"""When does silence mean that it did not happen? Thresholds of coverage, and how well known holes are found.

    python benchmarks/absence.py [--news FILE] [--answers FILE] [--forecasts DIR]

First table: of the questions that no report settles once window and lag are over, how many would be refuted rightly
and falsely at each value of each threshold, the others as they are by default. A question whose outcome is that
nothing happened is one that silence may settle.

Second table: whole days taken out of the stream at random; how many of them are found to be unwatched, and how many
other days are called so besides.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from news import NEWS, SHARED, read_news
from questions import HERE, number, read_answers
from replay import Replay

from tracker.concepts import load_concepts
from tracker.ledger import read_ledger
from tracker.model import Carried, Coverage, Expects, Forecast
from tracker.origins import publisher
from tracker.resolve import Rule
from tracker.rhythm import days_between, usual_days

SHARE = 0.8
HOUSES = 4
DRAWS = 20


@dataclass(frozen=True, slots=True)
class Silent:
    """A forecast that no report settled, how its window was covered, and whether the event had happened after all."""

    forecast: Forecast
    coverage: Coverage
    happened: bool


def silent_forecasts(replay: Replay, forecasts: Sequence[Forecast], outcomes: Mapping[str, str]) -> Iterator[Silent]:
    """The forecasts that are left to silence when window and lag are over."""
    for forecast in forecasts:
        as_of = forecast.criterion.last_report + timedelta(days=1)
        verdict = replay.verdict(forecast, as_of)
        if verdict.rule in (Rule.ABSENCE, Rule.NOT_COVERED) and verdict.coverage:
            as_expected = outcomes[number(forecast)] == "yes"
            yield Silent(forecast, verdict.coverage, as_expected == (forecast.expects is Expects.HAPPENS))


Test = Callable[[Coverage], bool]


def thresholds() -> Iterator[tuple[str, dict[str, Test]]]:
    """Each threshold's name, and what it asks at each of its values; all others ask as by default."""

    def asked(
        *, watched: float = SHARE, beat: float = SHARE, houses: int = HOUSES, word: str = "either"
    ) -> Callable[[Coverage], bool]:
        def credible(coverage: Coverage) -> bool:
            by_word = coverage.audible_because.startswith("the analyst")
            audible = coverage.audible if word == "either" else coverage.audible and by_word == (word == "the analyst")
            enough = coverage.watched >= watched and coverage.on_beat >= beat and coverage.houses >= houses
            return enough and (audible or word == "nobody")

        return credible

    shares = (0.0, 0.5, 0.8, 0.9, 0.95)
    yield "watched, share of days", {f"{share:.0%}": asked(watched=share) for share in shares}
    yield "on the beat, share of days", {f"{share:.0%}": asked(beat=share) for share in shares}
    yield "houses that carry the topic", {str(houses): asked(houses=houses) for houses in (0, 1, 2, 4, 6, 8, 10)}
    yield (
        "audible by the word of",
        {word: asked(word=word) for word in ("either", "the analyst", "the feeds", "nobody")},
    )


def watched_days(carried: Sequence[Carried]) -> dict[date, int]:
    """How many houses were watched on each day, as coverage counts them."""
    by_feed: defaultdict[str, Counter[date]] = defaultdict(Counter)
    houses: defaultdict[str, set[str]] = defaultdict(set)
    for row in carried:
        by_feed[row.address][row.day] += row.items
        houses[row.address].add(publisher(row.source))
    found: defaultdict[date, set[str]] = defaultdict(set)
    for address, counts in by_feed.items():
        for day in usual_days(counts):
            found[day] |= houses[address]
    return {day: len(names) for day, names in found.items()}


def holes(carried: Sequence[Carried], length: int, draw: random.Random) -> tuple[float, float]:
    """Days of a hole of some length that are found, and other days called unwatched because of it, as shares."""
    first, last = min(row.day for row in carried), max(row.day for row in carried)
    days = list(days_between(first, last))
    before = watched_days(carried)
    watched = {day for day in days if before.get(day, 0) >= HOUSES}
    found = others = 0
    for _ in range(DRAWS):
        begin = draw.randrange(30, len(days) - 30 - length)
        hole = set(days[begin : begin + length])
        after = watched_days([row for row in carried if row.day not in hole])
        lost = {day for day in watched if after.get(day, 0) < HOUSES}
        found += len(lost & hole)
        others += len(lost - hole)
    return found / (DRAWS * length), others / (DRAWS * length)


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description="Thresholds of coverage, measured.")
    options.add_argument("--news", type=Path, default=NEWS)
    options.add_argument("--answers", type=Path, default=SHARED / "questions-dev.jsonl")
    options.add_argument("--forecasts", type=Path, default=HERE / "questions")
    given = options.parse_args()
    concepts = load_concepts()
    answers = read_answers(given.answers)
    forecasts = [one for one in read_ledger(given.forecasts, concepts=concepts).forecasts if number(one) in answers]
    replay = Replay(forecasts, concepts, read_news(given.news))
    outcomes = {name: answer.outcome for name, answer in answers.items()}
    silent = list(silent_forecasts(replay, forecasts, outcomes))
    happened = sum(one.happened for one in silent)
    print(f"{len(silent)} of {len(forecasts)} forecasts are left to silence; {happened} of their events happened\n")
    print(f"{'threshold':<30}{'value':>14}{'refuted rightly':>18}{'falsely':>10}")
    for name, values in thresholds():
        for value, credible in values.items():
            kept = [one for one in silent if credible(one.coverage)]
            false = sum(one.happened for one in kept)
            print(f"{name:<30}{value:>14}{len(kept) - false:>18}{false:>10}")
    carried = replay.watching(date.max).carried
    watched = watched_days(carried)
    span = days_between(min(row.day for row in carried), max(row.day for row in carried))
    unwatched = [day for day in span if watched.get(day, 0) < HOUSES]
    print(f"\ndays with fewer than {HOUSES} watched houses: {', '.join(map(str, unwatched)) or 'none'}")
    print(f"\n{'days taken out':<30}{'found':>14}{'others called unwatched, per day':>36}")
    for length in (1, 2, 3, 5, 7, 14):
        found, others = holes(carried, length, random.Random(length))
        print(f"{length:<30}{found:>14.0%}{others:>36.2f}")


if __name__ == "__main__":
    main()
