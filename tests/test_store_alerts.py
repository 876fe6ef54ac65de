"""What does the store remember of alerts, and which of its verdicts does it take for turns?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tracker.alerts import Turn
from tracker.model import Status, VerdictRecord
from tracker.store import Store

NOON = datetime(2025, 9, 1, 12, tzinfo=UTC)
CONFIRMED, PENDING = Status.CONFIRMED, Status.PENDING


def record(
    status: Status, reason: str, *, forecast: str = "f", contested: bool = False, asked: str = "q"
) -> VerdictRecord:
    return VerdictRecord(
        forecast, status, "rule", reason, NOON.date(), None, None, contested, ("k1", "k2"), (), NOON, asked
    )


def test_turns_are_the_verdicts_that_stand_otherwise_than_those_before(store: Store) -> None:
    for one in (
        record(PENDING, "open"),
        record(CONFIRMED, "reported", forecast="g"),
        record(PENDING, "still open"),
        record(CONFIRMED, "two report it"),
        record(CONFIRMED, "three report it"),
        record(CONFIRMED, "four report it", asked="another question"),
        record(PENDING, "disputed", asked="another question", contested=True),
        record(PENDING, "settled down", asked="another question"),
        record(CONFIRMED, "so it is", asked="a third question"),
    ):
        store.save_verdicts([one])
    keys = ("k1", "k2")
    assert store.turns() == [
        Turn(1, "f", None, PENDING, False, False, "open", keys),
        Turn(2, "g", None, CONFIRMED, False, False, "reported", keys),
        Turn(4, "f", PENDING, CONFIRMED, False, False, "two report it", keys),
        Turn(7, "f", CONFIRMED, PENDING, True, False, "disputed", keys),
        Turn(8, "f", PENDING, PENDING, False, False, "settled down", keys),
        Turn(9, "f", PENDING, CONFIRMED, False, True, "so it is", keys),
    ]


def test_what_was_told_stays_told(store: Store) -> None:
    assert store.alerts_sent() == set()
    store.save_alerts(["b", "a"], NOON)
    store.save_alerts(["a", "c", "c"], NOON + timedelta(days=1))
    store.save_alerts([], NOON)
    assert store.alerts_sent() == {"a", "b", "c"}


def test_thousands_are_written_down_at_once(store: Store) -> None:
    keys = {f"closed forecast-{number} 2025-09-30" for number in range(3000)}
    store.save_alerts(keys, NOON)
    assert store.alerts_sent() == keys
