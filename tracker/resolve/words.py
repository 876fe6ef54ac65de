"""How is it put in words what was reported so far, and what more is needed?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.model import Assertion, Evidence, Role
from tracker.resolve.happened import Reported, is_ahead, origins
from tracker.wording import counted


def heard(told: Reported) -> str:
    """What was reported so far."""
    criterion = told.criterion
    if told.standing:
        return f"it is established {counted(len(told.standing), 'time')} of the {criterion.times} needed"
    if told.events:
        best = max(told.events, key=lambda event: len(event.origins))
        every = len(frozenset[str]().union(*(event.origins for event in told.events)))
        apart = ""
        if len(best.origins) >= criterion.sources:
            return f"{counted(len(best.origins), 'origin', 'report')} it of {best.day}, none of them in its title"
        if every >= criterion.sources:
            apart = f"; the {every} origins in all date it too far apart to be one event"
        return (
            f"{counted(len(best.origins), 'origin')} of the {criterion.sources} needed"
            f" ({listed(sorted(best.origins))}) reported it of {best.day}{apart}"
        )
    if told.too_early:
        return f"what was reported of it came before its condition was met on {told.since}"
    others = [one for one in told.reports if one.role is Role.EVENT]
    if not others:
        return "no report of it so far"
    kinds = sorted({_kind(one) for one in others})
    return f"{counted(len(others), 'report', 'mention')} it, none as a fact inside the window ({', '.join(kinds)})"


def _kind(report: Evidence) -> str:
    """Why a report does not affirm an event inside the window, in a few words."""
    if report.assertion is not Assertion.AFFIRMED:
        return report.assertion.value
    return "dated ahead" if is_ahead(report) else "dated outside it"


def needed(told: Reported) -> tuple[str, ...]:
    """What more would establish it."""
    criterion = told.criterion
    if told.standing:
        more = counted(criterion.times - len(told.standing), "more event")
        return (f"{more}, each from {criterion.sources} independent origins",)
    if told.events:
        best = max(told.events, key=lambda event: len(event.origins))
        if len(best.origins) >= criterion.sources:
            return ("a report that tells it in its title",)
        return (f"a report from {counted(criterion.sources - len(best.origins), 'more independent origin')}",)
    return (f"reports of it from {counted(criterion.sources, 'independent origin')}",)


def similar_words(similar: Sequence[Evidence]) -> str:
    """What keeps a silence from counting where reports on the topic tell of such an event in other words."""
    reports = counted(len(similar), "report", "tell")
    names = listed(sorted(origins(similar)))
    return f"{reports} of such an event in other words ({names}): see the near misses, and say whether they count"


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names in words, the rest as a number."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
