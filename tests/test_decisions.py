"""What people decided: kept as lines of text, added and never changed."""

import json
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.decisions import append_decision, read_decisions
from tracker.errors import LedgerError
from tracker.model import Decision, Place, Status

NOON = datetime(2025, 9, 1, 12, tzinfo=UTC)
MOSCOW = timezone(timedelta(hours=3))


def decision(
    status: Status | None = Status.CONFIRMED, *, forecast: str = "oil", hours: int = 0, why: str = "They met."
) -> Decision:
    return Decision(forecast, status, why, "ana", NOON + timedelta(hours=hours))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "decisions.jsonl"


def test_a_decision_is_one_readable_line(path: Path) -> None:
    append_decision(path, Decision("oil", Status.VOID, "«Да»\nso", "ana", NOON.astimezone(MOSCOW), date(2025, 8, 30)))
    assert path.read_text("utf-8") == (
        '{"forecast": "oil", "status": "void", "why": "«Да»\\nso", "by": "ana", "at": "2025-09-01T12:00:00Z",'
        ' "settled_on": "2025-08-30"}\n'
    )
    assert read_decisions(path).history == (Decision("oil", Status.VOID, "«Да»\nso", "ana", NOON, date(2025, 8, 30)),)


def test_without_a_file_nothing_is_decided(path: Path) -> None:
    assert read_decisions(path).history == ()
    assert read_decisions(path).errors == ()


def test_the_latest_decision_stands_and_the_history_stays(path: Path) -> None:
    made = [decision(), decision(Status.REFUTED, hours=2), decision(forecast="gas"), decision(Status.VOID, hours=1)]
    for one in made:
        append_decision(path, one)
    decisions = read_decisions(path)
    assert decisions.standing == {"oil": made[1], "gas": made[2]}
    assert decisions.history == tuple(made)
    assert decisions.of("oil") == (made[0], made[1], made[3])


def test_of_decisions_in_one_second_the_lower_stands(path: Path) -> None:
    append_decision(path, decision(Status.CONFIRMED))
    append_decision(path, decision(Status.REFUTED))
    assert read_decisions(path).standing["oil"].status is Status.REFUTED


def test_a_withdrawn_decision_stands_no_more(path: Path) -> None:
    append_decision(path, decision())
    append_decision(path, decision(None, hours=1, why="Wrong meeting."))
    assert read_decisions(path).standing == {}
    assert len(read_decisions(path).history) == 2
    append_decision(path, decision(Status.REFUTED, hours=2))
    assert read_decisions(path).standing["oil"].status is Status.REFUTED


GOOD = {"forecast": "oil", "status": "confirmed", "why": "They met.", "by": "ana", "at": "2025-09-01T12:00:00Z"}
BROKEN = {
    "half a line": ('{"forecast": "oil", "sta', "not a decision: the line is not one JSON object"),
    "a merge left open": ("<<<<<<< HEAD", "not a decision: the line is not one JSON object"),
    "a list": ("[1]", "not a decision: the line is not one JSON object"),
    "brackets without end": ("[" * 90_000, "not a decision: the line is not one JSON object"),
    "a line that is far too long": (json.dumps({**GOOD, "why": "x" * 200_000}), "not a decision"),
    "an unknown key": (json.dumps({**GOOD, "note": "x"}), "unknown key “note”"),
    "keys missing": ('{"forecast": "oil", "status": null}', "at is missing, by is missing, why is missing"),
    "an unknown status": (json.dumps({**GOOD, "status": "won"}), "“won” is not a status"),
    "a status that is no text": (json.dumps({**GOOD, "status": ["void"]}), "“['void']” is not a status"),
    "no reason": (json.dumps({**GOOD, "why": "  "}), "why is empty"),
    "a name that is no text": (json.dumps({**GOOD, "by": 7}), "by is empty"),
    "a moment without its zone": (json.dumps({**GOOD, "at": "2025-09-01T12:00:00"}), "is not a moment"),
    "a moment that is none": (json.dumps({**GOOD, "at": 1}), "“1” is not a moment"),
    "a day that is none": (json.dumps({**GOOD, "settled_on": "soon"}), "“soon” is not a day"),
    "an escape for the terminal": (json.dumps({**GOOD, "why": "\x1b[2J"}), "why holds a control character"),
    "half a character": (json.dumps({**GOOD, "by": "\ud83d"}), "by holds a control character"),
}


@pytest.mark.parametrize(("line", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_line_is_an_error_and_the_others_count(line: str, says: str, path: Path) -> None:
    append_decision(path, decision(Status.VOID))
    path.write_bytes(path.read_bytes() + line.encode() + b"\n")
    append_decision(path, decision(forecast="gas"))
    decisions = read_decisions(path)
    (error,) = decisions.errors
    assert error.where == Place("data/decisions.jsonl", 2)
    assert says in error.what
    assert error.mend
    assert set(decisions.standing) == {"oil", "gas"}


def test_a_line_cut_short_by_a_crash_does_not_swallow_the_next(path: Path) -> None:
    append_decision(path, decision())
    path.write_bytes(path.read_bytes() + b'{"forecast": "oi')
    append_decision(path, decision(forecast="gas"))
    decisions = read_decisions(path)
    assert [str(error.where) for error in decisions.errors] == ["data/decisions.jsonl:2"]
    assert set(decisions.standing) == {"oil", "gas"}


@pytest.mark.parametrize(
    "bad",
    [
        Decision("oil", Status.VOID, " ", "ana", NOON),
        Decision("oil", Status.VOID, "because", "", NOON),
        Decision("oil", Status.VOID, "\x1b[2J", "ana", NOON),
        Decision("oil", Status.VOID, "\udc80", "ana", NOON),
    ],
    ids=["no reason", "no name", "an escape for the terminal", "half a character"],
)
def test_a_decision_that_would_not_read_back_is_not_written(bad: Decision, path: Path) -> None:
    with pytest.raises(LedgerError):
        append_decision(path, bad)
    assert not path.exists()


def test_what_cannot_be_read_or_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.jsonl").mkdir()
    assert str(read_decisions(tmp_path / "folder.jsonl").errors[0]).endswith("cannot be read: Is a directory")
    for path in (tmp_path / "file" / "decisions.jsonl", tmp_path / "folder.jsonl"):
        with pytest.raises(LedgerError, match="cannot be written"):
            append_decision(path, decision())


def test_decisions_made_at_once_are_all_kept(path: Path) -> None:
    threads = [threading.Thread(target=append_decision, args=(path, decision(forecast=f"f{n}"))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    decisions = read_decisions(path)
    assert set(decisions.standing) == {f"f{n}" for n in range(12)}
    assert decisions.errors == ()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(), st.text().map(str.encode)))
def test_no_bytes_raise_and_none_is_lost(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(content)
    lines = [line for line in content.split(b"\n") if line.strip()]
    assert len(read_decisions(path).errors) == len(lines)
    append_decision(path, decision())
    assert set(read_decisions(path).standing) == {"oil"}
