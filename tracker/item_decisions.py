"""What becomes of the evidence when a person says that an item counts, or that it does not? Pure.

A report that does not count is set aside, and its reprints with it: they say the same in the same words. An item that
counts states as a fact what it is about: the event, unless it matched only what speaks against it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.model import UNDATED, Assertion, Evidence, Item, ItemDecision, Role
from tracker.occurred import occurred
from tracker.origins import origin
from tracker.resolve import Findings
from tracker.resolve.happened import reprints


def with_decisions(found: Findings, decisions: Sequence[ItemDecision], items: Mapping[str, Item]) -> Findings:
    """The findings about a criterion by what people say of its items.

    `decisions` are those that stand, about this criterion; `items` those that are said to count, by their keys, as they
    stood on the last day on which reports count. One that was not published by then is no evidence.
    """
    out = {decision.item: decision for decision in decisions if not decision.counts}
    counted = {decision.item: decision for decision in decisions if decision.counts}
    kept: list[Evidence] = []
    set_aside: list[Evidence] = []
    for report in reprints(found.evidence):
        word = next((out[one.item.key] for one in report if one.item.key in out), None)
        for one in report:
            if one.item.key in counted:
                continue
            if word is None:
                kept.append(one)
            else:
                set_aside.append(replace(one, cue="", reason=said(word), decided_by=word.by))
    matched: dict[str, list[Evidence]] = {}
    for one in found.evidence:
        matched.setdefault(one.item.key, []).append(one)
    told = [_affirmed(items[key], matched.get(key, []), decision) for key, decision in counted.items() if key in items]
    evidence = sorted([*kept, *told], key=_order)
    return replace(
        found,
        evidence=tuple(evidence),
        set_aside=tuple(sorted(set_aside, key=_order)),
        decisions=tuple(decisions),
        near_misses=tuple(item for item in found.near_misses if item.key not in out and item.key not in counted),
    )


def said(decision: ItemDecision) -> str:
    """A person's word on an item, as a reason.

    >>> from datetime import UTC, datetime
    >>> said(ItemDecision("oil", "3f2a", False, "Of another year.", "Ana", datetime(2025, 9, 1, tzinfo=UTC)))
    'Ana says it does not count: Of another year'
    """
    return f"{decision.by} says it {'counts' if decision.counts else 'does not count'}: {decision.why.rstrip('.')}"


def _affirmed(item: Item, matched: Sequence[Evidence], decision: ItemDecision) -> Evidence:
    """The item as evidence that states its event as a fact; the event's day is what the text says, as ever."""
    best = next((one for one in matched if one.role is Role.EVENT), matched[0] if matched else None)
    if best is not None:
        return replace(best, assertion=Assertion.AFFIRMED, cue="", reason=said(decision), decided_by=decision.by)
    in_title = bool(item.title)
    when = occurred(item.title, item.summary, (), in_title=in_title, published=item.day)
    return Evidence(
        item=item,
        role=Role.EVENT,
        assertion=Assertion.AFFIRMED,
        origin=origin(item).name,
        event_day=when.day,
        dated_by=f"the text says “{when.said}”" if when.said else UNDATED,
        matched="",
        reason=said(decision),
        in_title=in_title,
        decided_by=decision.by,
    )


def _order(one: Evidence) -> tuple[object, ...]:
    return one.item.day, one.item.key, one.role
