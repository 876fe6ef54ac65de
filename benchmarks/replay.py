"""A stream of news replayed against forecasts: what was known of each of them on any day.

The stream is read once. What matters to a forecast is kept (its reports, the items on its topic, such events of others)
and everything else let go, so that a year of news needs little memory. Each of the stream's feeds counts as an archive.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain, islice

from tracker.evidence import evidence
from tracker.gather import Watching, around, covered, reporting
from tracker.judging import verdict
from tracker.match import Matched, Matcher, Queries
from tracker.model import Assertion, Carried, Criterion, Evidence, Forecast, Item, Verdict
from tracker.query import ConceptLookup
from tracker.resolve import Findings

# So many items tell the matcher rare words from common ones.
_SAMPLE = 2_000


class Replay:
    """What a stream tells of some forecasts. `items` are read to the end, in any order."""

    def __init__(self, forecasts: Sequence[Forecast], concepts: ConceptLookup, items: Iterable[Item]) -> None:
        criteria = {
            criterion
            for forecast in forecasts
            for criterion in (forecast.criterion, forecast.condition)
            if criterion is not None
        }
        names = {criterion: str(number) for number, criterion in enumerate(criteria)}
        queries: dict[str, Queries] = {}
        for criterion, name in names.items():
            asked = Queries.of(criterion, concepts)
            queries[name] = asked
            queries[f"topic {name}"] = Queries(asked.topic, asked.topic, None)
            queries[f"elsewhere {name}"] = asked.elsewhere
            if asked.similar is not None:
                queries[f"similar {name}"] = asked.similar
        self._names = names
        self._matched: defaultdict[str, list[Matched]] = defaultdict(list)
        self._evidence = cache(evidence)
        counts: Counter[tuple[str, str, date]] = Counter()
        arriving = iter(items)
        first = list(islice(arriving, _SAMPLE))
        matcher = Matcher(queries, first)
        self.items = 0
        for item in chain(first, arriving):
            self.items += 1
            counts[item.feed, item.source, item.day] += 1
            for matched in matcher.match(item):
                self._matched[matched.criterion].append(matched)
        self._carried = [Carried(*row, items=number, archive=True) for row, number in counts.items()]

    def verdict(self, forecast: Forecast, as_of: date) -> Verdict:
        """The verdict on a forecast, from what the stream had brought by the end of a day."""
        return verdict(forecast, _OnDay(self, as_of), as_of)

    def reports(self, criterion: Criterion, since: date, until: date) -> list[Evidence]:
        """All evidence on a criterion from since to until."""
        return [self._evidence(one) for one in self.matched(self._names[criterion], since, until)]

    def on_topic(self, criterion: Criterion, since: date, until: date) -> list[Item]:
        """All items on a criterion's topic from since to until."""
        return [one.item for one in self.matched(f"topic {self._names[criterion]}", since, until)]

    def similar(self, criterion: Criterion, since: date, until: date) -> list[Evidence]:
        """All reports of such events on a criterion's topic from since to until."""
        return [self._evidence(one) for one in self.matched(f"similar {self._names[criterion]}", since, until)]

    def elsewhere(self, criterion: Criterion, since: date, until: date) -> Iterator[Evidence]:
        """Affirmed reports of such events of others."""
        reports = map(self._evidence, self.matched(f"elsewhere {self._names[criterion]}", since, until))
        return (report for report in reports if report.assertion is Assertion.AFFIRMED)

    def matched(self, name: str, since: date, until: date) -> list[Matched]:
        """What the queries of a name matched from since to until."""
        return [one for one in self._matched[name] if since <= one.item.day <= until]

    def watching(self, as_of: date) -> Watching:
        """What the stream's feeds had carried by a day."""
        return Watching([row for row in self._carried if row.day <= as_of], ())


class _OnDay:
    """What a replayed stream had told by the end of a day."""

    def __init__(self, replay: Replay, as_of: date) -> None:
        self._replay = replay
        self._as_of = as_of

    def findings(self, criterion: Criterion) -> Findings:
        return Findings(tuple(self._replay.reports(criterion, *reporting(criterion, self._as_of))))

    def covered(self, criterion: Criterion, found: Findings) -> Findings:
        on_topic = self._replay.on_topic(criterion, *around(criterion.window, self._as_of))
        elsewhere = self._replay.elsewhere(criterion, *around(criterion.window, self._as_of))
        similar = self._replay.similar(criterion, *reporting(criterion, self._as_of))
        watching = self._replay.watching(self._as_of)
        return covered(criterion, found, watching, on_topic, elsewhere, similar, self._as_of)
