"""The article's own forecasts, settled from the archive as they stood on three days."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from command import run

# Read by hand from public reports. What the archive cannot prove stays pending: it is thin after March 2026.
STATUSES = {
    "tensions-last-some-time": ("confirmed", "confirmed"),
    "no-diplomatic-break": ("pending", "pending"),
    "yekaterinburg-no-such-backlash": ("refuted", "refuted"),
    "concessions-then-ankara": ("pending", "pending"),
    "influence-restored-only-after-victory": ("pending", "pending"),
    "baku-responds-publicly": ("confirmed", "confirmed"),
    "other-cases-less-intense": ("pending", "pending"),
    "israel-strikes-iran-h2-2025": ("pending", "refuted"),
    "oil-falls-challenge": ("pending", "pending"),
    "ambassadors-recalled": ("pending", "refuted"),
    "no-long-term-degradation-or-break": ("pending", "pending"),
    "both-sides-ease-after-peak": ("confirmed", "confirmed"),
    "sanctions-on-russia-increase": ("confirmed", "confirmed"),
    "easing-by-early-autumn-2025": ("confirmed", "confirmed"),
}


Replay = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def replay(checked_article: Path) -> Replay:
    """The forecasts as they stood on a day, by their ids; each day is replayed once."""

    @cache
    def forecasts(day: str) -> dict[str, Any]:
        done = run(checked_article, "check", "--as-of", day, "--offline", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        return {forecast["id"]: forecast for forecast in json.loads(done.stdout)["forecasts"]}

    return forecasts


@pytest.mark.parametrize(("day", "column"), [("2025-10-31", 0), ("2026-07-08", 1)])
def test_the_forecasts_stand_as_a_careful_reader_found(replay: Replay, day: str, column: int) -> None:
    found = {name: forecast["status"] for name, forecast in replay(day).items()}
    assert found == {name: statuses[column] for name, statuses in STATUSES.items()}


def test_before_the_first_window_nothing_is_settled(replay: Replay) -> None:
    assert {forecast["status"] for forecast in replay("2025-06-29").values()} == {"pending"}


def test_the_hard_cases_stand_for_the_right_reason(replay: Replay) -> None:
    found = replay("2026-07-08")
    silent = found["ambassadors-recalled"]["verdict"]
    assert (silent["rule"], silent["evidence"]) == (
        "absence",
        [one for one in silent["evidence"] if one["assertion"] == "denied"],
    )
    assert found["israel-strikes-iran-h2-2025"]["verdict"]["rule"] == "absence"
    assert all(one["assertion"] != "affirmed" for one in found["israel-strikes-iran-h2-2025"]["verdict"]["evidence"])
    broken = found["no-diplomatic-break"]["verdict"]
    assert broken["rule"] == "not covered"
    assert any("watched on" in missing for missing in broken["missing"])
    oil = found["oil-falls-challenge"]["verdict"]
    assert (oil["rule"], oil["condition"]["rule"]) == ("condition", "contested")
    assert oil["condition"]["evidence"][0]["event_day"].startswith("2025-12")
    assert oil["condition"]["contrary"][0]["event_day"] >= "2026-03"


def test_every_settled_forecast_has_dated_linked_evidence_or_a_counted_silence(replay: Replay) -> None:
    for forecast in replay("2026-07-08").values():
        verdict = forecast["verdict"]
        if verdict["rule"] == "happened":
            assert verdict["event_day"]
            assert all(one["day"] and one["link"].startswith("http") and one["origin"] for one in verdict["evidence"])
            assert len({one["origin"] for one in verdict["evidence"]}) >= 2
        if verdict["rule"] == "absence":
            assert verdict["coverage"]["watched_days"] / verdict["coverage"]["window_days"] >= 0.8
