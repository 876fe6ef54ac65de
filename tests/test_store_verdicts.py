"""What does the store remember of verdicts?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker.model import Status, Strength, VerdictRecord
from tracker.store import Store

NOON = datetime(2025, 9, 1, 12, tzinfo=UTC)
DAY = NOON.date()


def record(forecast: str = "f", **other: Any) -> VerdictRecord:  # noqa: ANN401
    fields: dict[str, Any] = {
        "status": Status.PENDING,
        "rule": "open",
        "reason": "the window is open",
        "as_of": DAY,
        "event_day": None,
        "strength": None,
        "contested": False,
        "evidence": (),
        "missing": ("a second origin",),
        "recorded_at": NOON,
    }
    return VerdictRecord(forecast=forecast, **(fields | other))


def test_a_verdict_is_read_back_whole(store: Store) -> None:
    full = record(
        status=Status.CONFIRMED,
        strength=Strength.FAIR,
        event_day=date(2025, 8, 30),
        contested=True,
        evidence=("k1", "k²"),
        reason="два источника",
    )
    assert store.save_verdicts([full, record("g")]) == [(None, full), (None, record("g"))]
    assert store.verdicts() == {"f": full, "g": record("g")}
    assert store.verdict_history("f") == [full]
    assert store.verdict_history("nobody's") == []


def test_only_a_change_is_a_new_row(store: Store) -> None:
    store.save_verdicts([record()])
    again = record(as_of=date(2025, 9, 2), recorded_at=NOON + timedelta(days=1))
    assert store.save_verdicts([again]) == []
    settled = replace(again, status=Status.REFUTED, missing=())
    assert store.save_verdicts([settled, record("g")]) == [(record(), settled), (None, record("g"))]
    reopened = replace(again, recorded_at=NOON + timedelta(days=2))
    assert store.save_verdicts([reopened]) == [(settled, reopened)]
    assert store.verdict_history("f") == [record(), settled, reopened]
    assert store.verdicts()["f"] == reopened


def test_nothing_saved_is_nothing_changed(store: Store) -> None:
    assert store.save_verdicts([]) == []
    assert store.verdicts() == {}


def test_odd_characters_are_no_change(store: Store) -> None:
    odd = record(reason="nul\x00", evidence=("\ud800k",))
    assert len(store.save_verdicts([odd])) == 1
    assert store.save_verdicts([odd]) == []
