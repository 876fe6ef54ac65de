"""How often are the verdicts right? Real forecasting questions, settled from a year of real news.

    python benchmarks/questions.py [--news FILE] [--answers FILE] [--forecasts DIR] [--read FILE] [--show ID]

Each question is a forecast file in benchmarks/questions/, encoded from its text alone. ANSWERS is a file of JSON lines
with `id`, `date_begin`, `date_close`, `resolved_on` and `outcome` ("yes" or "no"): resolved questions of a public
forecasting platform. Each forecast is judged at three moments: midway, three days after its resolution, and three days
after its close. Midway the truth is "open" unless the question had been resolved by then.

READ holds, for each question, a person's reading of whether the stream settles it at all, so that what was missed is
told from what there was nothing to find. `--show ID` prints everything that was made of one forecast.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from news import NEWS, SHARED, read_news
from replay import Replay

from tracker.concepts import load_concepts
from tracker.ledger import read_ledger
from tracker.model import Forecast, Status, Strength, Verdict

HERE = Path(__file__).parent
AFTER = timedelta(days=3)
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Answer:
    """How a question was resolved: `outcome` is "yes" or "no"."""

    begin: date
    close: date
    resolved: date
    outcome: str

    @property
    def moments(self) -> dict[str, date]:
        """The days on which the forecast is judged."""
        return {
            "midway": self.begin + (self.close - self.begin) / 2,
            "resolution + 3 days": self.resolved + AFTER,
            "close + 3 days": self.close + AFTER,
        }

    def truth(self, moment: str) -> str:
        """What was true at a moment: the outcome, or that it was open."""
        return OPEN if moment == "midway" and self.resolved > self.moments[moment] else self.outcome


@dataclass(frozen=True, slots=True)
class Judged:
    """A forecast at a moment: what was true, and what tracker said."""

    forecast: Forecast
    answer: Answer
    moment: str
    verdict: Verdict

    @property
    def truth(self) -> str:
        """What was true at the moment."""
        return self.answer.truth(self.moment)

    @property
    def decided(self) -> bool:
        """Whether there is a verdict."""
        return self.verdict.status in (Status.CONFIRMED, Status.REFUTED)

    @property
    def right(self) -> bool:
        """Whether the verdict is that of the outcome; an early one that proved right is right."""
        return self.verdict.status is (Status.CONFIRMED if self.answer.outcome == "yes" else Status.REFUTED)


def read_answers(path: Path) -> dict[str, Answer]:
    """The answers by the questions' numbers."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        begin, close, resolved = (date.fromisoformat(row[key]) for key in ("date_begin", "date_close", "resolved_on"))
        found[str(row["id"])] = Answer(begin, close, resolved, row["outcome"])
    return found


def number(forecast: Forecast) -> str:
    """The number of a forecast's question: the id is q17316-a-name."""
    return forecast.id.split("-")[0].removeprefix("q")


def judge_all(replay: Replay, forecasts: Sequence[Forecast], answers: dict[str, Answer]) -> list[Judged]:
    """Every forecast at every moment."""
    return [
        Judged(forecast, answer, moment, replay.verdict(forecast, day))
        for forecast in forecasts
        for answer in [answers[number(forecast)]]
        for moment, day in answer.moments.items()
    ]


def confusion(judged: Sequence[Judged]) -> Iterator[str]:
    """The 3x3 table of what was true against what was said."""
    counts = Counter((one.truth, one.verdict.status if one.decided else Status.PENDING) for one in judged)
    columns = (Status.CONFIRMED, Status.REFUTED, Status.PENDING)
    yield f"{'truth':>12}" + "".join(f"{status:>12}" for status in columns)
    for truth in ("yes", "no", OPEN):
        if any((truth, status) in counts for status in columns):
            yield f"{truth:>12}" + "".join(f"{counts[truth, status]:>12}" for status in columns)


def shares(judged: Sequence[Judged], settled: dict[str, str]) -> Iterator[str]:
    """Precision and the share decided, of all and of the strong verdicts, and of what the stream settles."""
    for name, keep in STRENGTHS.items():
        given = [one for one in judged if one.decided and keep(one.verdict)]
        right = sum(one.right for one in given)
        yield f"  {name:<7} {share(right, len(given))} right; decided {share(len(given), len(judged))}"
    if settled:
        able = [one for one in judged if settled.get(number(one.forecast)) in SETTLED]
        found = [one for one in able if one.decided and one.right]
        yield f"  of what the stream settles: decided and right {share(len(found), len(able))}"


SETTLED = ("yes", "silence")
"""What a reader says of a question that the stream settles: reported by two publishers or more, or telling silence."""
STRENGTHS: dict[str, Callable[[Verdict], bool]] = {
    "all": lambda verdict: True,
    "strong": lambda verdict: verdict.strength is Strength.STRONG,
    "fair": lambda verdict: verdict.strength is Strength.FAIR,
}


def share(part: int, whole: int) -> str:
    """A share as a fraction and in per cent."""
    return f"{part}/{whole} ({part / whole:.0%})" if whole else "0/0"


def lag(replay: Replay, judged: Judged) -> int | None:
    """Days from the event to the first day of the verdict, for a verdict that an event's reports gave."""
    day = judged.verdict.event_day
    while day is not None and day < judged.verdict.as_of:
        if replay.verdict(judged.forecast, day).status is judged.verdict.status:
            break
        day += timedelta(days=1)
    return (day - judged.verdict.event_day).days if day and judged.verdict.event_day else None


def tell(replay: Replay, judged: Sequence[Judged], settled: dict[str, str]) -> Iterator[str]:
    """The tables and lists about one group of questions."""
    for moment in ("midway", "resolution + 3 days", "close + 3 days"):
        here = [one for one in judged if one.moment == moment]
        yield f"\n{moment}: {len(here)} questions"
        yield from confusion(here)
        yield from shares(here, settled)
    last = [one for one in judged if one.moment == "close + 3 days"]
    lags = [found for one in last if one.decided and (found := lag(replay, one)) is not None]
    if lags:
        yield f"\nlag from event to verdict: median {median(lags):g} days, longest {max(lags)} ({len(lags)} verdicts)"
    for title, status in (("false confirmations", Status.CONFIRMED), ("false refutations", Status.REFUTED)):
        wrong = [one for one in judged if one.verdict.status is status and not one.right]
        yield f"\n{title}: {len(wrong) or 'none'}"
        for one in wrong:
            yield f"  {one.forecast.id}, {one.moment}: {one.verdict.rule}, {one.verdict.reason}"
    early = [one for one in judged if one.truth == OPEN and one.decided]
    yield f"\nverdicts before the question was resolved: {len(early) or 'none'}"
    for one in early:
        yield f"  {one.forecast.id}: {one.verdict.status}, {'right' if one.right else 'wrong'}, {one.verdict.rule}"
    yield "\nverdicts at close + 3 days"
    for one in sorted(last, key=lambda one: (one.decided, one.forecast.id)):
        verdict = one.verdict
        able = f" [{settled[number(one.forecast)]}]" if settled else ""
        yield (
            f"  {one.forecast.id}{able}: {one.answer.outcome}; {verdict.status}"
            f"{f' ({verdict.strength})' if verdict.strength else ''}, {verdict.rule}: {verdict.reason}"
        )
        yield from (f"      missing: {missing}" for missing in verdict.missing)


def show(replay: Replay, forecast: Forecast, answer: Answer) -> Iterator[str]:
    """Everything that was made of one forecast."""
    yield f"{forecast.id}: {forecast.claim} {forecast.window}; {answer.outcome}, resolved {answer.resolved}"
    for moment, day in answer.moments.items():
        verdict = replay.verdict(forecast, day)
        yield f"{moment} ({day}): {verdict.status} {verdict.strength or ''} by {verdict.rule}: {verdict.reason}"
        yield from (f"    missing: {missing}" for missing in verdict.missing)
        yield from (f"    near miss: {near.day} {near.title}" for near in verdict.near_misses)
        if verdict.coverage:
            cover = verdict.coverage
            yield f"    watched {cover.watched:.0%}, beat {cover.on_beat:.0%}, audible {cover.audible_because}"
    window = forecast.window
    for one in replay.reports(forecast.criterion, window.opens - AFTER, window.closes + timedelta(days=10)):
        yield (
            f"{one.item.day} {one.role} {one.assertion} of {one.event_day} ({one.dated_by}) {one.origin}"
            f"  #{one.item.key}\n    {one.item.title} // {one.item.summary[:300]}\n    [{one.matched}] {one.reason}"
        )


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description="Verdicts on real questions, from a year of real news.")
    options.add_argument("--news", type=Path, default=NEWS)
    options.add_argument("--answers", type=Path, default=SHARED / "questions-dev.jsonl")
    options.add_argument("--forecasts", type=Path, default=HERE / "questions")
    options.add_argument("--read", type=Path, default=HERE / "questions.tsv")
    options.add_argument("--show", metavar="ID")
    given = options.parse_args()
    started = time.perf_counter()
    concepts = load_concepts()
    ledger = read_ledger(given.forecasts, concepts=concepts)
    for error in ledger.errors:
        print(f"not judged: {error}")
    answers = read_answers(given.answers)
    forecasts = [forecast for forecast in ledger.forecasts if number(forecast) in answers]
    if given.show:
        forecasts = [forecast for forecast in forecasts if number(forecast) == given.show.removeprefix("q")]
    replay = Replay(forecasts, concepts, read_news(given.news))
    if given.show:
        for forecast in forecasts:
            print(*show(replay, forecast, answers[number(forecast)]), sep="\n")
        return
    judged = judge_all(replay, forecasts, answers)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(forecasts)} forecasts, {replay.items:,} items: {seconds:.0f} s on one core, {memory:.0f} MB at most")
    settled: dict[str, str] = {}
    if given.read.exists():
        with given.read.open(encoding="utf-8", newline="") as lines:
            settled = {row["question"]: row["settles"] for row in csv.DictReader(lines, delimiter="\t")}
    last = max(row.day for row in replay.watching(date.max).carried)
    for title, group in (
        (f"resolved by {last}, the stream's last day", [one for one in judged if one.answer.resolved <= last]),
        ("resolved later", [one for one in judged if one.answer.resolved > last]),
    ):
        if group:
            print(f"\n== {title} ==", *tell(replay, group, settled), sep="\n")


if __name__ == "__main__":
    main()
