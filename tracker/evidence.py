"""What does a matched item tell us? Its assertion, its origin, and the day of what it reports, in one piece."""

from __future__ import annotations

from tracker.assess import Assessment, assess
from tracker.match import Matched
from tracker.model import UNDATED, Assertion, Evidence
from tracker.occurred import occurred
from tracker.origins import is_satire, origin


def evidence(matched: Matched) -> Evidence:
    """The evidence that a matched item is."""
    item = matched.item
    judged = assess(item.title, item.summary, matched.spans, in_title=matched.in_title, published=item.day)
    if judged.assertion is Assertion.AFFIRMED and is_satire(item.source):
        judged = Assessment(Assertion.HEDGED, item.source, f"{item.source} prints satire", (0, 0))
    when = occurred(item.title, item.summary, matched.spans, in_title=matched.in_title, published=item.day)
    return Evidence(
        item=item,
        role=matched.role,
        assertion=judged.assertion,
        origin=origin(item).name,
        event_day=when.day,
        dated_by=f"the text says “{when.said}”" if when.said else UNDATED,
        matched=matched.words,
        cue=judged.cue,
        reason=judged.reason,
        spans=matched.spans,
        in_title=matched.in_title,
    )
