"""What do other programs read? Forecasts, verdicts, evidence as plain data for JSON, keys in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tracker.model import Coverage, Criterion, Decision, Evidence, Forecast, Item, ItemDecision, Verdict, Window
from tracker.report.standing import Standing

if TYPE_CHECKING:
    from tracker.inspection import Explanation

Data = dict[str, Any]


def window_data(window: Window) -> Data:
    """A window; `closes` is null when nothing closes it."""
    return {"opens": str(window.opens), "closes": None if window.open_ended else str(window.closes)}


def criterion_data(criterion: Criterion) -> Data:
    """A criterion with its queries."""
    return {
        "claim": criterion.claim,
        "window": window_data(criterion.window),
        "topic": criterion.topic,
        "event": criterion.event,
        "against": criterion.against or None,
        "kind": criterion.kind or None,
        "sources": criterion.sources,
        "times": criterion.times,
        "lag_days": criterion.lag_days,
        "lasts": criterion.lasts,
        "audible": criterion.audible,
    }


def forecast_data(forecast: Forecast) -> Data:
    """A forecast as its file has it."""
    return {
        "id": forecast.id,
        "forecaster": forecast.forecaster,
        "claim": forecast.claim,
        "quote": forecast.quote,
        "expects": forecast.expects.value,
        "likelihood": asdict(forecast.likelihood),
        "window": window_data(forecast.window),
        "counts": forecast.counts or None,
        "tags": list(forecast.tags),
        "article": {
            "title": forecast.article.title,
            "published": str(forecast.article.published),
            "url": forecast.article.url or None,
        },
        "file": str(forecast.place),
    }


def item_data(item: Item) -> Data:
    """An item as a reader finds it again."""
    return {
        "key": item.key,
        "day": str(item.day),
        "source": item.source,
        "title": item.title,
        "summary": item.summary,
        "link": item.link or None,
        "language": item.language or None,
        "version": item.version,
        "claimed": item.claimed.isoformat() if item.claimed else None,
    }


def evidence_data(evidence: Evidence) -> Data:
    """Evidence: the item, and what was made of it."""
    return {
        **item_data(evidence.item),
        "origin": evidence.origin,
        "role": evidence.role.value,
        "assertion": evidence.assertion.value,
        "matched": evidence.matched,
        "cue": evidence.cue or None,
        "reason": evidence.reason or None,
        "decided_by": evidence.decided_by or None,
        "event_day": str(evidence.event_day),
        "dated_by": evidence.dated_by,
    }


def coverage_data(coverage: Coverage) -> Data:
    """Coverage with its parts."""
    return {
        "watched_days": coverage.watched_days,
        "window_days": coverage.window_days,
        "on_beat": round(coverage.on_beat, 4),
        "houses": coverage.houses,
        "houses_needed": coverage.houses_needed,
        "audible": coverage.audible,
        "audible_because": coverage.audible_because,
        "gaps": [window_data(gap) for gap in coverage.gaps],
    }


def verdict_data(verdict: Verdict) -> Data:
    """A verdict with all that it rests on."""
    return {
        "status": verdict.status.value,
        "rule": str(verdict.rule),
        "reason": verdict.reason,
        "missing": list(verdict.missing),
        "event_day": str(verdict.event_day) if verdict.event_day else None,
        "strength": verdict.strength.value if verdict.strength else None,
        "contested": verdict.contested,
        "as_of": str(verdict.as_of),
        "evidence": [evidence_data(one) for one in verdict.evidence],
        "contrary": [evidence_data(one) for one in verdict.contrary],
        "near_misses": [item_data(item) for item in verdict.near_misses],
        "set_aside": [evidence_data(one) for one in verdict.set_aside],
        "coverage": coverage_data(verdict.coverage) if verdict.coverage else None,
        "condition": verdict_data(verdict.condition) if verdict.condition else None,
    }


def explanation_data(
    forecast: Forecast, item: Item, versions: Sequence[Item], explanations: Sequence[Explanation]
) -> Data:
    """An item against a forecast, and against its condition if it has one; `versions` are all that it ever said."""
    return {
        "id": forecast.id,
        "item": item_data(item),
        "versions": [item_data(one) for one in versions],
        "criteria": [
            {
                "of": "forecast" if one.criterion is forecast.criterion else "condition",
                "claim": one.criterion.claim,
                "counts": one.counts,
                "objections": list(one.objections),
                "queries": [
                    {
                        "name": part.name,
                        "query": part.query,
                        "matched": None if part.matched is None else list(part.matched),
                        "lacks": list(part.lacks),
                    }
                    for part in one.parts
                ],
                "reports": [
                    {
                        **evidence_data(report.evidence),
                        "cue_reaches": report.governed or None,
                        "credited_by": report.credited or None,
                    }
                    for report in one.reports
                ],
            }
            for one in explanations
        ],
    }


def decision_data(decision: Decision | ItemDecision) -> Data:
    """A person's word on a forecast, or on an item for it, as its line in data/decisions.jsonl has it."""
    about: Data = {"forecast": decision.forecast}
    if isinstance(decision, ItemDecision):
        about |= {"item": decision.item, "counts": decision.counts, "condition": decision.condition}
    else:
        settled_on = str(decision.settled_on) if decision.settled_on else None
        about |= {"status": decision.status.value if decision.status else None, "settled_on": settled_on}
    return {**about, "why": decision.why, "by": decision.by, "at": decision.at.isoformat()}


def standing_data(standing: Standing) -> Data:
    """A forecast's line in a listing."""
    decision = standing.decision
    return {
        "id": standing.forecast.id,
        "status": standing.status.value,
        "machine": standing.machine.value if standing.machine else None,
        "strength": standing.strength.value if standing.strength else None,
        "contested": standing.contested,
        "event_day": str(standing.event_day) if standing.event_day else None,
        "reason": standing.reason,
        "decision": {
            "status": decision.status.value if decision.status else None,
            "why": decision.why,
            "by": decision.by,
            "at": decision.at.isoformat(),
        }
        if decision
        else None,
        **{key: value for key, value in forecast_data(standing.forecast).items() if key != "id"},
    }
