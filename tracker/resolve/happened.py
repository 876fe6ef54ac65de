"""Did it happen? Affirmed reports without reprints, from enough independent origins, of an event inside the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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
        return frozenset(report.origin for report in self.reports)

    def stands(self, sources: int) -> bool:
        """Whether enough independent origins report it."""
        return len(self.origins) >= sources

    def contested(self, sources: int) -> bool:
        """Whether as many independent origins as are needed to establish it deny it."""
        return len({denial.origin for denial in self.denials}) >= sources


def collapse_reprints(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without reprints: of each cluster the original, in the order of days."""
    originals = {cluster[0].key for cluster in clusters([one.item for one in evidence])}
    return sorted(
        (one for one in evidence if one.item.key in originals), key=lambda one: (one.item.day, one.item.key, one.role)
    )


def in_time(criterion: Criterion, evidence: Sequence[Evidence], as_of: date) -> list[Evidence]:
    """The evidence published while reports count, and by `as_of`."""
    last = min(criterion.last_report, as_of)
    return [one for one in evidence if criterion.window.opens <= one.item.day <= last]


def occurrences(criterion: Criterion, reports: Sequence[Evidence]) -> list[Occurrence]:
    """The events inside the window that the reports affirm, earliest first, however few origins each has.

    `reports` have reprints collapsed and are in time.
    """
    affirmed = sorted(
        (
            one
            for one in reports
            if one.role is Role.EVENT
            and one.assertion is Assertion.AFFIRMED
            and criterion.window.contains(one.event_day)
        ),
        key=lambda one: (one.event_day, one.item.day, one.item.key),
    )
    groups: list[list[Evidence]] = []
    for one in affirmed:
        if groups and one.event_day - groups[-1][0].event_day <= SAME_EVENT:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [Occurrence(group[0].event_day, tuple(group), _denials(group, reports)) for group in groups]


def _denials(group: Sequence[Evidence], reports: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The denials that follow an event and are about it: of the days from it to shortly after its last report."""
    first, last = group[0].event_day, max(one.item.day for one in group)
    return tuple(
        one
        for one in reports
        if one.role is Role.EVENT
        and one.assertion is Assertion.DENIED
        and first <= one.item.day <= last + DENIAL
        and one.event_day >= first
    )
