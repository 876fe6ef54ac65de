"""Something was reported that leaves no room for the event: is it settled by that?"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.model import Evidence, Strength
from tracker.resolve.happened import Occurrence, Reported, is_hint, origins
from tracker.resolve.judged import Judged, Outcome, Rule
from tracker.resolve.words import listed
from tracker.wording import counted


def clashing(events: Sequence[Occurrence], facts: Sequence[Occurrence]) -> Judged:
    """The event is reported, and so is what would have made it impossible: one of the two reports is misread."""
    return Judged(
        Outcome.UNSETTLED,
        Rule.CONTESTED,
        f"reported of {events[0].day}, and so is what rules it out, of {facts[0].day}, by"
        f" {listed(sorted(facts[0].origins))}",
        ("a person's decision: tracker decide",),
        evidence=tuple(report for event in events for report in event.reports),
        contrary=tuple(report for fact in facts for report in fact.reports),
    )


def outweighs(facts: Sequence[Occurrence], affirming: Sequence[Evidence], sources: int) -> bool:
    """Whether what rules an event out stands against the reports of it that are too few to establish it.

    Reports of earlier days are overtaken by it. Reports of that day or later say the opposite: of more origins than are
    needed, and twice as many as theirs, it is believed.
    """
    doubts = origins([one for one in affirming if one.event_day >= facts[0].day])
    behind = frozenset[str]().union(*(fact.origins for fact in facts))
    return not doubts or (len(behind) > sources and len(behind) >= 2 * len(doubts))


def still_expected(told: Reported, fact: Occurrence) -> bool:
    """Whether enough origins still speak of the event as ahead after what was to rule it out: then time must tell."""
    hints = [one for one in told.reports if is_hint(one) and one.item.day > fact.day]
    return len(origins(hints)) >= told.criterion.sources


def ruled_out_by(told: Reported, facts: Sequence[Occurrence]) -> Judged:
    """What leaves no room for the event was reported: it need not be waited for."""
    first = facts[0]
    names = sorted(first.origins)
    strong = len(names) > told.criterion.sources and not first.denials and not told.affirming
    return Judged(
        Outcome.DID_NOT,
        Rule.AGAINST,
        f"{counted(len(names), 'independent origin', 'report')} what rules it out, of {first.day}: {listed(names)}",
        evidence=first.reports,
        contrary=(*told.affirming, *first.denials),
        strength=Strength.STRONG if strong else Strength.FAIR,
    )
