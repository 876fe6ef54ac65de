"""Did it happen? Affirmed reports without reprints, from enough independent origins, of an event inside the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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


def origins(reports: Sequence[Evidence]) -> frozenset[str]:
    """Whom the reports really come from, each once."""
    return frozenset(report.origin for report in reports)


def is_ahead(report: Evidence) -> bool:
    """Whether a report dates its event after itself: what is still to come settles nothing, however it is put."""
    return report.event_day > report.item.day


def in_time(criterion: Criterion, evidence: Sequence[Evidence], as_of: date) -> list[Evidence]:
    """The reports published while reports count, and by `as_of`, without reprints.

    Reprints are told first: what repeats a report of before the opening is no report of the window.
    """
    last = min(criterion.last_report, as_of)
    reports = collapse_reprints([one for one in evidence if one.item.day <= last])
    return [one for one in reports if one.item.day >= criterion.window.opens]


def collapse_reprints(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without reprints: of each cluster the original, in the order of days."""
    originals = {cluster[0].key for cluster in clusters([one.item for one in evidence])}
    return sorted(
        (one for one in evidence if one.item.key in originals), key=lambda one: (one.item.day, one.item.key, one.role)
    )


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
    )
