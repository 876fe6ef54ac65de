"""What is decided and added in a browser: by the same rules as on the command line, and nothing is lost."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from command import run
from served import DECISION, NOW, OIL, Served, served

from tracker.decisions import append_decision, read_decisions
from tracker.model import Decision, ItemDecision, Status
from tracker.store import open_store

BREAK = "no-diplomatic-break"
EASING = "easing-by-early-autumn-2025"


def lines(workspace: Path) -> tuple[Decision | ItemDecision, ...]:
    return read_decisions(workspace / "data" / "decisions.jsonl").lines


def test_a_decision_is_taken_shown_and_taken_back(writing: Served, workspace: Path) -> None:
    got = writing.post("/decide", {**DECISION, "by": "Ána «К»"})
    assert (got.status, got.headers["location"]) == (303, "/review")
    assert lines(workspace) == (Decision(OIL, Status.CONFIRMED, "I read it.", "Ána «К»", NOW),)
    queue = writing.ask("GET", "/review", {"Cookie": got.headers["set-cookie"].partition(";")[0]})
    assert "5 cases for a person" in queue.words
    assert "Ána «К»: oil-falls-challenge is confirmed, “I read it.”" in queue.words
    assert 'value="Ána «К»"' in queue.body
    assert "confirmed" in writing.get(f"/forecasts/{OIL}").words
    assert writing.post("/undo", {"by": "Ána «К»"}).status == 303
    assert lines(workspace)[-1] == Decision(OIL, None, "taken back", "Ána «К»", NOW)
    assert "6 cases for a person" in writing.get("/review").words
    history = writing.get("/history").words
    assert "the decision on oil-falls-challenge is withdrawn" in history
    assert "oil-falls-challenge is confirmed" in history
    again = writing.post("/undo", {"by": "Ána «К»"})
    assert again.status == 422
    assert "No decision by Ána «К» stands" in again.words


def test_a_word_on_an_item_is_taken_judged_by_and_withdrawn(writing: Served, workspace: Path) -> None:
    where = f"/forecasts/{EASING}"
    before = json.loads(run(workspace, "show", EASING, "--json").stdout)
    keys = [one["key"] for one in before["verdict"]["evidence"]][:1]
    assert all(f'value="does-not-count:claim:{key}"' in writing.get(where).body for key in keys)
    form = {"forecast": EASING, "why": "Of 2024.", "by": "Ana", "back": "forecast"}
    for key in keys:
        got = writing.post("/decide", {**form, "decision": f"does-not-count:claim:{key}"})
        assert (got.status, got.headers["location"]) == (303, where)
    assert "Ana says it does not count: Of 2024" in writing.get(where).words
    after = json.loads(run(workspace, "show", EASING, "--json").stdout)
    assert not {one["key"] for one in after["verdict"]["evidence"]} & set(keys)
    for key in keys:
        assert writing.post("/decide", {**form, "decision": f"withdraw:claim:{key}"}).status == 303
    assert json.loads(run(workspace, "show", EASING, "--json").stdout)["verdict"] == before["verdict"]
    assert len(lines(workspace)) == 2 * len(keys)


WRONG = {
    "nothing chosen": ({"decision": ""}, 422, "Nothing was chosen"),
    "something else chosen": ({"decision": "won"}, 422, "Nothing was chosen"),
    "no reason": ({"why": " \t"}, 422, "No reason is given"),
    "no name": ({"by": ""}, 422, "Nobody is named"),
    "a reason too long": ({"why": "x" * 2001}, 422, "longer than 2,000 characters"),
    "an item that is not there": ({"decision": "counts:claim:none"}, 422, "No item “none”"),
    "no condition": ({"forecast": BREAK, "decision": "counts:condition:KEY"}, 422, "has no condition"),
    "nothing to withdraw": ({"decision": "withdraw"}, 422, "there is no decision on"),
    "a day that is none": ({"settled_on": "soon"}, 422, "“soon” is not a day"),
    "a day to come": ({"settled_on": "2027-01-01"}, 422, "lies in the future"),
    "no such forecast": ({"forecast": "none"}, 404, "There is no such page"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_decided_is_told_and_the_words_are_kept(reading: Served, case: str) -> None:
    changed, status, told = WRONG[case]
    if changed.get("decision", "").endswith("KEY"):
        key = re.search(r'value="counts:claim:([^"]+)"', reading.get("/review").body)
        assert key
        changed = changed | {"decision": f"counts:condition:{key[1]}"}
    got = reading.post("/decide", DECISION | {"why": "A reason <b>", "back": "forecast"} | changed)
    assert got.status == status
    assert told.casefold() in got.words.casefold()
    if status == 422 and "why" not in changed:
        assert "A reason &lt;b&gt;" in got.body


CONDITION = """\
    if:
      claim: The dockers of Westhaven strike.
      topic: Westhaven AND (port OR dockers)
      event: dockers NEAR/3 strike
      audible: yes
      kind: resume OR strike
"""


def test_a_report_by_which_a_condition_is_waited_for_is_decided_of_the_condition(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "demo").returncode == 0
    folder = tmp_path / "demo"
    file = folder / "forecasts" / "example.yaml"
    counts = "    counts: At least one regular service"
    file.write_text(file.read_text("utf-8").replace(counts, CONDITION + counts), "utf-8")
    assert run(folder, "check", "--offline").returncode == 0
    with served(folder) as at:
        queue = at.get("/review")
        assert "waits for its condition" in queue.words
        case = queue.body[queue.body.index("Talks resume at Westhaven port") :]
        word = re.search(r'value="(does-not-count:condition:\w+)"', case)
        assert word
        said = {"forecast": "line-moves-to-eastmouth", "decision": word[1], "why": "Of talks.", "by": "Ana"}
        assert at.post("/decide", said).status == 303
        assert "does-not-count:condition" not in at.get("/review").body
    shown = json.loads(run(folder, "show", "line-moves", "--json").stdout)
    assert (shown["status"], shown["verdict"]["rule"]) == ("void", "condition")


def test_what_cannot_be_decided_in_the_queue_is_told_there(reading: Served) -> None:
    got = reading.post("/decide", DECISION | {"why": "A reason <b>", "by": ""})
    assert got.status == 422
    assert "6 cases for a person" in got.words
    assert "Nobody is named" in got.words
    assert "A reason &lt;b&gt;" in got.body


def test_control_characters_are_taken_out_before_anything_is_written(writing: Served, workspace: Path) -> None:
    assert writing.post("/decide", DECISION | {"why": "one\r\ntwo\x1b[2J\u202e", "by": "A\x00na"}).status == 303
    (line,) = lines(workspace)
    assert (line.why, line.by) == ("one two[2J", "Ana")


def test_while_another_tracker_writes_to_the_store_a_word_on_an_item_is_kept_all_the_same(
    writing: Served, workspace: Path
) -> None:
    key = re.search(r'value="counts:claim:([^"]+)"', writing.get(f"/forecasts/{BREAK}").body)
    assert key
    with open_store(f"sqlite:///{workspace}/data/tracker.sqlite") as other, other._write():
        got = writing.post("/decide", {**DECISION, "forecast": BREAK, "decision": f"does-not-count:claim:{key[1]}"})
        assert got.status == 303
    (line,) = lines(workspace)
    assert isinstance(line, ItemDecision)
    assert writing.get("/review").status == 200


def test_a_decision_that_another_tracker_made_is_seen_at_once(writing: Served, workspace: Path) -> None:
    assert "6 cases" in writing.get("/review").words
    append_decision(
        workspace / "data" / "decisions.jsonl", Decision(OIL, Status.VOID, "So.", "Bob", datetime.now(NOW.tzinfo))
    )
    assert "5 cases" in writing.get("/review").words
    path = workspace / "forecasts" / "azerbaijan-cuts-ties.yaml"
    path.write_text(path.read_text("utf-8").replace("Cheaper oil strains", "Dearer oil strains"), "utf-8")
    assert "Dearer oil strains" in writing.get("/").words
    path.write_text("article: [", "utf-8")
    broken = writing.get("/")
    assert broken.status == 200
    assert "in the workspace’s files" in broken.words


def test_a_database_that_cannot_be_read_is_told_calmly(workspace: Path) -> None:
    with served(workspace) as at:
        at.live.store.close()
        for path in (workspace / "data").glob("tracker.sqlite*"):
            path.unlink()
        (workspace / "data" / "tracker.sqlite").write_bytes(b"no database" * 1000)
        got = at.get("/review")
        assert got.status == 503
        assert "not an SQLite database" in got.words
        assert "Traceback" not in got.body


# Adding.

FILE = "azerbaijan-cuts-ties.yaml"
NEW = {
    "action": "write",
    "file": "oil",
    "title": "A year of oil",
    "published": "2025-02-01",
    "forecaster": "A. Writer",
    "quote": "Oil will quite likely pass $100.",
    "claim": "Oil passes $100.",
    "likelihood": "quite likely",
    "window": "by the end of June 2025",
    "expects": "happens",
    "topic": "oil",
    "event": "oil NEAR/8 #>=100USD",
}


def test_a_preview_tells_how_each_answer_is_read(reading: Served) -> None:
    got = reading.post("/add/preview", NEW | {"topic": "@russia AND @azerbaijan", "event": "ambassador OR"})
    assert got.status == 200
    assert "quite likely (75%), between 60% and 90%" in got.words
    assert "by the end of June 2025: 1 February to 30 June 2025" in got.words
    assert "of the 329 stored items match" in got.words
    assert "Not read: column" in got.words
    assert "oil-passes-100" in got.words
    assert "It can be written." not in got.words
    kind = reading.post("/add/preview", NEW | {"topic": "@azerbaijan", "kind": "ambassador OR envoy"})
    assert re.search(r"Kind \d+ of the 329 stored items match topic and kind", kind.words)
    whole = reading.post("/add/preview", NEW)
    assert "It can be written." in whole.words
    partly = reading.post("/add/preview", {"window": "late summer"})
    assert "Still empty: file, forecaster, quote, claim, likelihood, expects, topic, event." in partly.words
    assert "choose its file first" in partly.words


def test_without_script_the_preview_button_shows_the_same(reading: Served) -> None:
    got = reading.post("/add", NEW | {"action": "preview"})
    assert got.status == 200
    assert "quite likely (75%)" in got.words
    assert 'value="by the end of June 2025"' in got.body


def test_a_forecast_is_written_to_a_new_file_and_to_one_that_is_there(writing: Served, workspace: Path) -> None:
    got = writing.post("/add", NEW)
    assert (got.status, got.headers["location"]) == (303, "/forecasts/oil-passes-100")
    assert "Oil passes $100." in writing.get("/forecasts/oil-passes-100").words
    before = (workspace / "forecasts" / FILE).read_bytes()
    said = "Of course, decisions such as temporarily recalling ambassadors for consultations are not excluded,"
    more = {
        "file": FILE,
        "quote": said,
        "claim": "Ambassadors go home.",
        "sources": "3",
        "tags": "a, b",
        "lasts": "yes",
        "kind": "recall OR expel",
    }
    assert writing.post("/add", NEW | more).status == 303
    after = (workspace / "forecasts" / FILE).read_bytes()
    above, _, below = before.partition(b"\nleft_out:")
    assert after.startswith(above.rstrip())
    assert after.endswith(below)
    assert b"lasts: yes\n    kind: recall OR expel\n    tags: [a, b]\n" in after
    assert run(workspace, "lint").returncode == 0


REFUSED = {
    "a quote that is not there": ({"file": FILE, "quote": "He never said so."}, "does not stand in"),
    "an id that is taken": ({"id": OIL}, "is taken"),
    "no window": ({"window": "purple"}, "no dates in “purple”"),
    "a broken query": ({"event": "(oil"}, "column"),
    "a broken kind": ({"kind": "oil OR"}, "column"),
    "nothing": ({"claim": "", "quote": ""}, "Still empty: quote, claim."),
    "a file outside": ({"file": "../../etc/passwd"}, "is not the name of a forecast file"),
    "a hidden file": ({"file": ".oil.yaml"}, "is not the name of a forecast file"),
    "the concepts": ({"file": "concepts.yaml"}, "is not the name of a forecast file"),
    "a path": ({"file": "a/b.yaml"}, "is not the name of a forecast file"),
    "a new file without its article": ({"title": ""}, "is new"),
    "an article's words outside": ({"text": "../secret.txt"}, "outside the workspace"),
    "an address that is none": ({"url": "javascript:alert(1)"}, "must be a web address"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_written_is_told_and_stays_in_the_form(
    reading: Served, checked_article: Path, case: str
) -> None:
    changed, told = REFUSED[case]
    before = {path.name: path.read_bytes() for path in (checked_article / "forecasts").iterdir()}
    got = reading.post("/add", NEW | changed)
    assert got.status == 422
    assert told in got.words
    assert "A. Writer" in got.body
    assert {path.name: path.read_bytes() for path in (checked_article / "forecasts").iterdir()} == before


def test_what_is_typed_is_never_markup(reading: Served) -> None:
    evil = '"><script>alert(1)</script>'
    for got in (
        reading.post("/add", NEW | {"claim": evil, "forecaster": evil, "file": evil, "topic": evil}),
        reading.post("/decide", DECISION | {"why": evil, "by": evil, "decision": evil}),
        reading.get(f"/?text={quote(evil)}"),
    ):
        assert "<script>alert" not in got.body
        assert "&lt;script&gt;" in got.body
