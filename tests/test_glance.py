"""The quick look at the last verdicts sees what the store sees, or leaves the answer to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tracker.glance import last_verdicts
from tracker.model import Status, Strength, VerdictRecord
from tracker.store import open_store

FIRST = VerdictRecord(
    forecast="easing",
    status=Status.PENDING,
    rule="open",
    reason="the window closes on 2025-10-15; “no” report so far",
    as_of=date(2025, 8, 1),
    event_day=None,
    strength=None,
    contested=False,
    evidence=(),
    missing=("a report from 2 origins",),
    recorded_at=datetime(2025, 8, 1, 12, 30, 15, 250, UTC),
)
THEN = VerdictRecord(
    forecast="easing",
    status=Status.CONFIRMED,
    rule="happened",
    reason="2 origins report it",
    as_of=date(2025, 8, 26),
    event_day=date(2025, 8, 22),
    strength=Strength.STRONG,
    contested=True,
    evidence=("k1", "k2"),
    missing=(),
    recorded_at=datetime(2025, 8, 26, 9, tzinfo=UTC),
)


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/tracker.sqlite"
    with open_store(url) as store:
        store.save_verdicts([FIRST])
        store.save_verdicts([THEN])
        store.save_verdicts([replace(FIRST, forecast="other", asked="abc")])
    return url


def test_it_sees_what_the_store_sees(database: str) -> None:
    with open_store(database) as store:
        assert last_verdicts(database) == store.verdicts()
    found = last_verdicts(database)
    assert found is not None
    assert found["easing"] == THEN
    assert found["other"].recorded_at == FIRST.recorded_at


def test_where_there_is_no_database_there_is_no_verdict_and_none_is_made(tmp_path: Path) -> None:
    assert last_verdicts(f"sqlite:///{tmp_path}/none.sqlite") == {}
    assert not list(tmp_path.iterdir())


def test_it_leaves_the_answer_to_the_store_where_it_is_not_sure(database: str, tmp_path: Path) -> None:
    assert last_verdicts("postgresql+psycopg://someone@host/name") is None
    (tmp_path / "text.sqlite").write_text("not a database at all" * 50)
    assert last_verdicts(f"sqlite:///{tmp_path}/text.sqlite") is None
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE tracker_version SET version_num = '9999'")
    assert last_verdicts(database) is None
