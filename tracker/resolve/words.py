"""How is it put in words what was reported so far, and what more is needed?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.model import Assertion, Criterion, Evidence, Role
from tracker.resolve.happened import Occurrence, is_ahead


def heard(
    criterion: Criterion, events: Sequence[Occurrence], standing: Sequence[Occurrence], reports: Sequence[Evidence]
) -> str:
    """What was reported so far."""
    if standing:
        return f"it is established {counted(len(standing), 'time')} of the {criterion.times} needed"
    if events:
        best = max(events, key=lambda event: len(event.origins))
        return (
            f"{counted(len(best.origins), 'origin')} of the {criterion.sources} needed"
            f" ({listed(sorted(best.origins))}) reported it of {best.day}"
        )
    others = [one for one in reports if one.role is Role.EVENT]
    if not others:
        return "no report of it so far"
    kinds = sorted({_kind(one) for one in others})
    return f"{counted(len(others), 'report', 'mention')} it, none as a fact inside the window ({', '.join(kinds)})"


def _kind(report: Evidence) -> str:
    """Why a report does not affirm an event inside the window, in a few words."""
    if report.assertion is not Assertion.AFFIRMED:
        return report.assertion.value
    return "dated ahead" if is_ahead(report) else "dated outside it"


def needed(criterion: Criterion, events: Sequence[Occurrence], standing: Sequence[Occurrence]) -> tuple[str, ...]:
    """What more would establish it."""
    if standing:
        more = counted(criterion.times - len(standing), "more event")
        return (f"{more}, each from {criterion.sources} independent origins",)
    if events:
        best = max(events, key=lambda event: len(event.origins))
        return (f"a report from {counted(criterion.sources - len(best.origins), 'more independent origin')}",)
    return (f"reports of it from {counted(criterion.sources, 'independent origin')}",)


def counted(number: int, noun: str, verb: str = "") -> str:
    """A number of things, and what they do.

    >>> counted(1, "origin", "report"), counted(2, "origin", "report"), counted(2, "event")
    ('1 origin reports', '2 origins report', '2 events')
    """
    if verb:
        verb = f" {verb}s" if number == 1 else f" {verb}"
    return f"{number} {noun}{'' if number == 1 else 's'}{verb}"


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names in words, the rest as a number."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
