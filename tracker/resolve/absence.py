"""It was not reported: does that mean that it did not happen?

Only when those who would have reported it were watched, or when enough origins report what the event would have made
impossible, late enough to speak for the whole window.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date, timedelta

from tracker.model import Assertion, Coverage, Criterion, Evidence, Role
from tracker.resolve.happened import is_ahead, reprints
from tracker.wording import counted

# What is reported in the last tenth of a window, or after it, speaks for the window of an event that lasts.
_LATE_SHARE = 0.1


def speaks_for_window(criterion: Criterion, reports: Sequence[Evidence]) -> list[Evidence]:
    """The reports that say, late enough, that a lasting event does not stand. Empty for an event that does not last."""
    if not criterion.lasts or criterion.window.open_ended:
        return []
    late = late_from(criterion)
    return [one for one in reports if says_not(one) and one.item.day >= late and one.event_day >= late]


def says_not(report: Evidence) -> bool:
    """Whether a report says that the event did not happen: it denies it, or affirms what speaks against it."""
    if report.role is Role.AGAINST:
        return report.assertion is Assertion.AFFIRMED and not is_ahead(report)
    return report.assertion is Assertion.DENIED


def late_from(criterion: Criterion) -> date:
    """The first day of the window's last tenth."""
    window = criterion.window
    return window.closes - timedelta(days=max(1, round(window.days * _LATE_SHARE)) - 1)


def lacking(coverage: Coverage, threshold: float) -> list[str]:
    """What stands between this coverage and a credible silence, in words; empty when silence is credible."""
    found = []
    if coverage.watched < threshold:
        found.append(
            f"the feeds were watched on {coverage.watched_days} of {coverage.window_days} days"
            f" ({coverage.watched:.0%}, {threshold:.0%} needed){_where(coverage)}"
        )
    if coverage.on_beat < threshold:
        found.append(
            f"the feeds carried the topic during {coverage.on_beat:.0%} of the window ({threshold:.0%} needed)"
        )
    if coverage.houses < coverage.houses_needed:
        found.append(f"{counted(coverage.houses, 'house')} carried the topic ({coverage.houses_needed} needed)")
    if not coverage.audible:
        found.append(f"nothing shows that such an event would be reported: {coverage.audible_because}")
    return found


def told_otherwise(criterion: Criterion, similar: Sequence[Evidence], known: Set[str]) -> tuple[Evidence, ...]:
    """The reports of such events on the topic by which there is no silence, by day, each without its reprints.

    Those that tell one as a fact or as planned, and were published while reports count: what was announced may have
    come, and been told in other words. Which day they name does not matter: a day is easily misread, and a doubt too
    many costs a person a look. `known` are keys of the items that the queries of the
    event find, or that a person has decided on: what these say is known, and what reprints them says no more.
    """
    told = [
        one
        for one in similar
        if one.assertion is Assertion.PLANNED or (one.assertion is Assertion.AFFIRMED and not is_ahead(one))
    ]
    originals = [report[0] for report in reprints(told) if known.isdisjoint(one.item.key for one in report)]
    found = (one for one in originals if criterion.window.opens <= one.item.day <= criterion.last_report)
    return tuple(sorted(found, key=lambda one: (one.item.day, one.item.key)))


def _where(coverage: Coverage) -> str:
    """The longest hole, to know what to look for."""
    if not coverage.gaps:
        return ""
    longest = max(coverage.gaps, key=lambda gap: (gap.days, gap.opens))
    return f"; the longest gap is {longest}"
