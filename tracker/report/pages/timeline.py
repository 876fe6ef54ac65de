"""What lies where on a forecast's time line? Its window, the reports by what they say, the days that were watched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.coverage import shifted
from tracker.model import Assertion, Criterion, Evidence, Role, Window

AGAINST = "against"
"""What a report says that speaks against the event by telling what it would have made impossible."""
KINDS = (*(assertion.value for assertion in Assertion), AGAINST)
"""Everything that a report can say, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Dot:
    """How many reports of one day say the same, and on how many of them the verdict rests."""

    day: date
    reports: int
    counted: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The dots of the reports that say the same, by day; `kind` is one of KINDS."""

    kind: str
    dots: tuple[Dot, ...]

    @property
    def reports(self) -> int:
        """How many reports say so."""
        return sum(dot.reports for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, both ends included, that were all watched or all not."""

    days: Window
    watched: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that has its place between two days, `first` and `last`, both included.

    `said` is the day of the article, `reports_until` the last day on which reports count. `closes` is None where
    nothing closes the window, `watch` empty where nothing is known of it.
    """

    first: date
    last: date
    said: date
    opens: date
    closes: date | None
    reports_until: date
    as_of: date
    event_day: date | None
    lanes: tuple[Lane, ...]
    watch: tuple[Stretch, ...]


def kind_of(evidence: Evidence) -> str:
    """What a report says, one of KINDS."""
    if evidence.role is Role.AGAINST and evidence.assertion is Assertion.AFFIRMED:
        return AGAINST
    return evidence.assertion.value


def timeline(
    criterion: Criterion,
    said: date,
    as_of: date,
    reports: Iterable[tuple[Evidence, bool]],
    gaps: Sequence[Window] | None,
    event_day: date | None = None,
) -> Timeline:
    """The time line of a criterion: from what was said to the last day on which reports of it count, or to `as_of`.

    Each report comes with whether the verdict rests on it. `gaps` are the stretches that were not watched, None where
    nobody asked.
    """
    window = criterion.window
    found: dict[str, dict[date, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for evidence, counted in reports:
        found[kind_of(evidence)][evidence.item.day].append(counted)
    lanes = tuple(
        Lane(kind, tuple(Dot(day, len(rests), sum(rests)) for day, rests in sorted(found[kind].items())))
        for kind in KINDS
        if kind in found
    )
    days = [dot.day for lane in lanes for dot in lane.dots]
    last = max(as_of, window.opens) if window.open_ended else criterion.last_report
    return Timeline(
        first=min([said, window.opens, *days]),
        last=max([last, said, *days]),
        said=said,
        opens=window.opens,
        closes=None if window.open_ended else window.closes,
        reports_until=criterion.last_report,
        as_of=as_of,
        event_day=event_day,
        lanes=lanes,
        watch=() if gaps is None else tuple(stretches(window, gaps, as_of)),
    )


def stretches(window: Window, gaps: Sequence[Window], as_of: date) -> list[Stretch]:
    """The window's days until `as_of`, in stretches that were watched and stretches, the gaps, that were not.

    >>> gap = Window(date(2025, 9, 2), date(2025, 9, 3))
    >>> [(str(one.days), one.watched) for one in stretches(Window(date(2025, 9, 1), date(2025, 9, 3)), [gap], date.max)]
    [('2025-09-01 to 2025-09-01', True), ('2025-09-02 to 2025-09-03', False)]
    """
    last = min(window.closes, as_of)
    found = []
    day = window.opens
    for gap in gaps:
        if day < gap.opens:
            found.append(Stretch(Window(day, gap.opens - timedelta(days=1)), watched=True))
        found.append(Stretch(gap, watched=False))
        day = shifted(gap.closes, timedelta(days=1))
    if day <= last and (not gaps or gaps[-1].closes < last):
        found.append(Stretch(Window(day, last), watched=True))
    return found
