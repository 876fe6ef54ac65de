"""Did it happen? Affirmed reports without reprints, from enough independent origins, of an event inside the window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from tracker.copies import clusters
from tracker.model import Assertion, Criterion, Evidence, Role

# Reports of one event are dated a day or two apart, by time zones, by morning papers and by agencies that follow up.
SAME_EVENT = timedelta(days=3)
RETOLD = "reports of before the opening"
"""How a report is dated that names no day and follows an event of before the opening."""
# A morning paper names no day for what the evening news told.
NEXT_DAY = timedelta(days=1)
# A correction comes within days; a denial of much later is about something else.
DENIAL = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event as reported: the first day given to it, the reports that affirm it, and the denials that followed."""

    day: date
    reports: tuple[Evidence, ...]
    denials: tuple[Evidence, ...]

    @property
    def origins(self) -> frozenset[str]:
        """Whom the reports really come from."""
        return origins(self.reports)

    @property
    def headlined(self) -> bool:
        """Whether a report tells it in its title: what decides a forecast is news, and not mentioned in passing."""
        return any(report.in_title for report in self.reports)

    def stands(self, sources: int) -> bool:
        """Whether enough independent origins report it, and one of them as its news."""
        return len(self.origins) >= sources and self.headlined

    def dated(self, sources: int) -> date:
        """The first day that enough origins give it, a day more or less; one of them alone may have run ahead.

        Where they never agree so closely it is the first day of all.
        """
        days = sorted({report.event_day for report in self.reports})
        around = ([one for one in self.reports if timedelta() <= one.event_day - day <= NEXT_DAY] for day in days)
        return next((day for day, told in zip(days, around, strict=True) if len(origins(told)) >= sources), self.day)

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
        originals = _originals(criterion, evidence, as_of)
        reports = in_time(criterion, originals)
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

    @property
    def of_unknown_day(self) -> tuple[Evidence, ...]:
        """Reports that affirm the event without its day, which may have been in the window though they are not counted.

        Those of the days after the close may tell of the last; those that follow an event of before the opening may
        tell of another.
        """
        closes = self.criterion.window.closes
        return tuple(
            one
            for one in self.reports
            if one.role is Role.EVENT
            and one.assertion is Assertion.AFFIRMED
            and (one.dated_by == RETOLD or (not one.names_day and timedelta() < one.event_day - closes <= SAME_EVENT))
        )

    @property
    def ruled_out(self) -> list[Occurrence]:
        """What enough independent origins report that leaves no room for the event, and as many do not deny.

        Of an event that lasts, what speaks against it tells of its end, and of no more than the day.
        """
        if self.criterion.lasts:
            return []
        sources = self.criterion.sources
        facts = occurrences(self.criterion, self.reports, Role.AGAINST)
        return [fact for fact in facts if fact.stands(sources) and not fact.contested(sources)]


def origins(reports: Sequence[Evidence]) -> frozenset[str]:
    """Whom the reports really come from, each once."""
    return frozenset(report.origin for report in reports)


def is_ahead(report: Evidence) -> bool:
    """Whether a report dates its event after itself: what is still to come settles nothing, however it is put."""
    return report.event_day > report.item.day


def is_hint(report: Evidence) -> bool:
    """Whether a report says that the event may come or have come: no proof, but not silence either."""
    return report.role is Role.EVENT and (
        report.assertion in (Assertion.HEDGED, Assertion.PLANNED)
        or (report.assertion is Assertion.AFFIRMED and is_ahead(report))
    )


def _originals(criterion: Criterion, evidence: Sequence[Evidence], as_of: date) -> list[Evidence]:
    """The reports published by `as_of` and while reports count, also those of before the opening, without reprints."""
    last = min(criterion.last_report, as_of)
    originals = [cluster[0] for cluster in reprints([one for one in evidence if one.item.day <= last])]
    return sorted(originals, key=lambda one: (one.item.day, one.item.key, one.role))


def in_time(criterion: Criterion, originals: Sequence[Evidence]) -> list[Evidence]:
    """The reports published while reports count, in the order of days; none is a reprint.

    What is told again of an event of before the opening is dated by it: reports that name no day are of one event with
    those of the days before, and "the strike began yesterday" must not be a strike of the opening day.
    """
    opens = criterion.window.opens
    reports = [one for one in originals if one.item.day >= opens]
    if criterion.lasts:
        return reports
    before = {role: _known_before(criterion, originals, role) for role in Role}
    return [_retold(one, before[one.role]) for one in reports]


def _retold(report: Evidence, before: Sequence[date]) -> Evidence:
    """The report; where it names no day and follows an event of before the opening, dated by that."""
    if report.names_day or report.assertion is not Assertion.AFFIRMED:
        return report
    known = next((day for day in before if report.event_day - day <= SAME_EVENT), None)
    return report if known is None else replace(report, event_day=known, dated_by=RETOLD)


def _known_before(criterion: Criterion, originals: Sequence[Evidence], role: Role) -> list[date]:
    """The days of the events shortly before the opening that enough origins had reported when the window opened."""
    opens = criterion.window.opens
    told = sorted(
        (
            one
            for one in originals
            if one.item.day < opens
            and one.role is role
            and one.assertion is Assertion.AFFIRMED
            and opens - SAME_EVENT <= one.event_day <= one.item.day
        ),
        key=lambda one: one.event_day,
    )
    return [
        _first_day(group)
        for group in _events(told, criterion.sources)
        if len(origins(group)) >= criterion.sources
        and len(origins(_denials(group, originals, role))) < criterion.sources
    ]


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


def occurrences(criterion: Criterion, reports: Sequence[Evidence], role: Role = Role.EVENT) -> list[Occurrence]:
    """The events inside the window that the reports of a role affirm, earliest first, however few origins each has.

    `reports` are those `in_time`. Of an event that lasts, all of them tell of one state: what one origin reports on the
    1st still stands when another reports it on the 12th. Other reports are of one event when dated close together.
    """
    affirmed = sorted(
        (one for one in reports if _affirms(criterion, one, role)),
        key=lambda one: (one.event_day, one.item.day, one.item.key),
    )
    groups = (
        [affirmed] if criterion.lasts and affirmed else sorted(_events(affirmed, criterion.sources), key=_first_day)
    )
    return [Occurrence(_first_day(group), tuple(group), _denials(group, reports, role)) for group in groups]


def _affirms(criterion: Criterion, report: Evidence, role: Role = Role.EVENT) -> bool:
    """Whether a report states as a fact an event inside the window."""
    return (
        report.role is role
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


def _denials(group: Sequence[Evidence], reports: Sequence[Evidence], role: Role) -> tuple[Evidence, ...]:
    """The denials that follow an event and are about it: of the days from it to shortly after its last report."""
    first, last = _first_day(group), max(one.item.day for one in group)
    return tuple(
        one
        for one in reports
        if one.role is role
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
