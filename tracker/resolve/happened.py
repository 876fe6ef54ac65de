"""Did it happen? Affirmed reports without reprints, from enough independent origins, of an event inside the window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from tracker.copies import clusters
from tracker.model import Assertion, Criterion, Evidence, Role

# Reports of one event are dated a day or two apart, by time zones, by morning papers and by agencies that follow up.
SAME_EVENT = timedelta(days=3)
# A correction comes within days; a denial of much later is about something else.
DENIAL = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event as reported: its day, the reports that affirm it, and the denials that followed."""

    day: date
    reports: tuple[Evidence, ...]
    denials: tuple[Evidence, ...]

    @property
    def origins(self) -> frozenset[str]:
        """Whom the reports really come from."""
        return origins(self.reports)

    def stands(self, sources: int) -> bool:
        """Whether enough independent origins report it."""
        return len(self.origins) >= sources

    def contested(self, sources: int) -> bool:
        """Whether as many independent origins as are needed to establish it deny it."""
        return len(origins(self.denials)) >= sources


@dataclass(frozen=True, slots=True)
class Reported:
    """What was reported of a criterion: the `reports` that are `in_time`, and the events that they affirm.

    With a condition, `since` is the day on which it was met; `too_early` are affirmed reports of days before it, which
    are not among the reports.
    """

    criterion: Criterion
    reports: tuple[Evidence, ...]
    events: tuple[Occurrence, ...]
    since: date | None = None
    too_early: tuple[Evidence, ...] = ()

    @classmethod
    def of(cls, criterion: Criterion, evidence: Sequence[Evidence], as_of: date, since: date | None) -> Reported:
        """What the evidence until `as_of` tells; with `since`, of that day or later ones."""
        reports = in_time(criterion, evidence, as_of)
        if since is None:
            return cls(criterion, tuple(reports), tuple(occurrences(criterion, reports)))
        early = tuple(one for one in reports if one.event_day < since and _affirms(criterion, one))
        reports = [one for one in reports if one.event_day >= since]
        return cls(criterion, tuple(reports), tuple(occurrences(criterion, reports)), since, early)

    @property
    def standing(self) -> list[Occurrence]:
        """The events that enough independent origins report."""
        return [event for event in self.events if event.stands(self.criterion.sources)]

    @property
    def affirming(self) -> tuple[Evidence, ...]:
        """The reports of all events."""
        return tuple(report for event in self.events for report in event.reports)


def origins(reports: Sequence[Evidence]) -> frozenset[str]:
    """Whom the reports really come from, each once."""
    return frozenset(report.origin for report in reports)


def is_ahead(report: Evidence) -> bool:
    """Whether a report dates its event after itself: what is still to come settles nothing, however it is put."""
    return report.event_day > report.item.day


def in_time(criterion: Criterion, evidence: Sequence[Evidence], as_of: date) -> list[Evidence]:
    """The reports published while reports count, and by `as_of`, without reprints, in the order of days.

    Reprints are told first: what repeats a report of before the opening is no report of the window.
    """
    last = min(criterion.last_report, as_of)
    originals = [cluster[0] for cluster in reprints([one for one in evidence if one.item.day <= last])]
    return sorted(
        (one for one in originals if one.item.day >= criterion.window.opens),
        key=lambda one: (one.item.day, one.item.key, one.role),
    )


def reprints(evidence: Sequence[Evidence]) -> list[tuple[Evidence, ...]]:
    """The evidence in clusters of one report each, by time, the original first.

    Texts that differ in a word may say the opposite ("recalls", "denies it recalls", "to recall"): only evidence of one
    role and one assertion about one day is one report.
    """
    alike: defaultdict[tuple[Role, Assertion, bool], dict[str, Evidence]] = defaultdict(dict)
    for one in evidence:
        alike[one.role, one.assertion, is_ahead(one)][one.item.key] = one
    return [
        part
        for group in alike.values()
        for cluster in clusters([one.item for one in group.values()])
        for part in _by_day([group[item.key] for item in cluster])
    ]


def original_of(evidence: Sequence[Evidence], one: Evidence) -> Evidence:
    """The report that `one` of the evidence reprints; `one` itself when it is an original."""
    return next(cluster[0] for cluster in reprints(evidence) if one in cluster)


def _by_day(cluster: Sequence[Evidence]) -> list[tuple[Evidence, ...]]:
    """A cluster of texts, by time, parted where they are about different days."""
    parts: list[list[Evidence]] = []
    for one in cluster:
        part = next((part for part in parts if _of_one_day(part[0], one)), None)
        if part is None:
            parts.append([one])
        else:
            part.append(one)
    return [tuple(part) for part in parts]


def _of_one_day(original: Evidence, copy: Evidence) -> bool:
    """Whether nothing in two like texts tells that they are about different days.

    A text that names no day goes by that of its publication, and each reprint of it by its own.
    """
    if original.event_day == copy.event_day or original.dated_by == copy.dated_by:
        return True
    if copy.event_day == copy.item.day:
        return True
    # The copy names a day. An original that names none may mean that day, unless it was still to come.
    return original.event_day == original.item.day and copy.event_day <= original.item.day


def occurrences(criterion: Criterion, reports: Sequence[Evidence]) -> list[Occurrence]:
    """The events inside the window that the reports affirm, earliest first, however few origins each has.

    `reports` are those `in_time`. Of an event that lasts, all of them tell of one state: what one origin reports on the
    1st still stands when another reports it on the 12th. Other reports are of one event when dated close together.
    """
    affirmed = sorted(
        (one for one in reports if _affirms(criterion, one)),
        key=lambda one: (one.event_day, one.item.day, one.item.key),
    )
    groups = (
        [affirmed] if criterion.lasts and affirmed else sorted(_events(affirmed, criterion.sources), key=_first_day)
    )
    return [Occurrence(_first_day(group), tuple(group), _denials(group, reports)) for group in groups]


def _affirms(criterion: Criterion, report: Evidence) -> bool:
    """Whether a report states as a fact an event inside the window."""
    return (
        report.role is Role.EVENT
        and report.assertion is Assertion.AFFIRMED
        and criterion.window.contains(report.event_day)
        and not is_ahead(report)
    )


def _events(affirmed: Sequence[Evidence], sources: int) -> Iterator[list[Evidence]]:
    """The reports, sorted by the day of the event, parted by event.

    First the events that enough origins report, then what is left over: a forerunner by one of the origins must not
    draw its second report away from the event, so that a further report never unmakes one.
    """
    left, index = [], 0
    while index < len(affirmed):
        group = _close(affirmed[index:])
        if len(origins(group)) >= sources:
            yield group
            index += len(group)
        else:
            left.append(affirmed[index])
            index += 1
    while left:
        group = _close(left)
        yield group
        left = left[len(group) :]


def _close(reports: Sequence[Evidence]) -> list[Evidence]:
    """Those of the sorted reports that are dated close to the first."""
    return list(takewhile(lambda one: one.event_day - reports[0].event_day <= SAME_EVENT, reports))


def _first_day(group: Sequence[Evidence]) -> date:
    return group[0].event_day


def _denials(group: Sequence[Evidence], reports: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The denials that follow an event and are about it: of the days from it to shortly after its last report."""
    first, last = _first_day(group), max(one.item.day for one in group)
    return tuple(
        one
        for one in reports
        if one.role is Role.EVENT
        and one.assertion is Assertion.DENIED
        and first <= one.item.day <= last + DENIAL
        and one.event_day >= first
        and not _overtaken(one, group)
    )


def _overtaken(denial: Evidence, group: Sequence[Evidence]) -> bool:
    """Whether a denial came hours before the first report of the event, on the day of that report."""
    first = min(group, key=_moment)
    if denial.item.published is None or first.item.published is None:
        return False
    return denial.item.day == first.item.day and denial.item.published < first.item.published


def _moment(report: Evidence) -> tuple[date, datetime]:
    """When a report came; one without an hour before all others of its day."""
    return report.item.day, report.item.published or datetime.min.replace(tzinfo=UTC)
