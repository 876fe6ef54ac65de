"""`tracker review` as a user runs it: the queue in a pipe, and a person who goes through it on a terminal."""

from __future__ import annotations

import json
from pathlib import Path

from command import run
from terminal import Terminal


def said(folder: Path, *arguments: str) -> str:
    done = run(folder, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def lines(workspace: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (workspace / "data" / "decisions.jsonl").read_text("utf-8").splitlines()]


def test_the_queue_tells_each_case_with_its_reason_and_what_can_be_done(checked_article: Path) -> None:
    told = said(checked_article, "review")
    assert told.startswith("contested  oil-falls-challenge\n")
    assert "near miss  ambassadors-recalled" in told
    assert "→ fetch what was reported then: tracker backfill no-diplomatic-break" in told
    assert "cases for a person: 1 contested, " in told.splitlines()[-1]
    data = json.loads(said(checked_article, "review", "--json"))
    assert [one["need"] for one in data] == sorted(
        (one["need"] for one in data), key=["contested", "near miss", "closed, not settled"].index
    )
    assert all(one["near_misses"] for one in data if one["need"] == "near miss")


def test_nothing_needs_a_person_where_nothing_was_checked(tmp_path: Path) -> None:
    said(tmp_path, "init", "demo")
    assert said(tmp_path / "demo", "review") == "nothing needs a person\n"
    assert said(tmp_path / "demo", "review", "--history") == "nothing was decided yet\n"


def test_on_a_terminal_decisions_are_taken_one_by_one(workspace: Path) -> None:
    terminal = Terminal(workspace, "review", "--by", "Ana")
    for question, words in (
        ("Decide them one by one", "y"),
        ("1 of 6, what is it", "what?"),
        ("1 of 6, what is it", "not 999"),
        ("1 of 6, what is it", "not 1"),
        ("why", "Of another price."),
        ("1 of 6, what is it", "confirm"),
        ("why", ""),
        ("1 of 6, what is it", "undo"),
        ("1 of 6, what is it", "confirm"),
        ("why", "It did."),
        ("2 of 6, what is it", "skip"),
        ("3 of 6, what is it", "quit"),
    ):
        terminal.answer(question, words)
    assert terminal.end() == 0, terminal.said
    for told in (
        "counts N, not N",
        "  oil-falls-challenge is pending by it: ",
        "no reason is given",
        "taken back: item ",
        "  oil-falls-challenge is confirmed, by Ana",
    ):
        assert told in terminal.said
    first, taken_back, confirmed = lines(workspace)
    assert (first["counts"], first["condition"], first["by"]) == (False, True, "Ana")
    assert (taken_back["item"], taken_back["counts"]) == (first["item"], None)
    assert (confirmed["status"], confirmed["why"]) == ("confirmed", "It did.")
    assert "oil-falls-challenge" not in said(workspace, "review")


def test_undo_takes_back_ones_own_last_decision_and_history_keeps_all(workspace: Path) -> None:
    for status, by in (("confirmed", "Ana"), ("refuted", "Bob")):
        said(workspace, "decide", "no-diplomatic-break", status, "--why", "So.", "--by", by)
    said(workspace, "decide", "ambassadors-recalled", "void", "--why", "So.", "--by", "Ana")
    assert said(workspace, "review", "--undo", "--by", "Ana") == "taken back: ambassadors-recalled is void\n"
    done = run(workspace, "review", "--undo", "--by", "Ana")
    assert (done.returncode, done.stderr) == (2, "error: no decision by Ana stands (there is nothing to take back)\n")
    history = said(workspace, "review", "--history").splitlines()
    assert [line.split("  ", 1)[1] for line in history] == [
        "Ana: the decision on ambassadors-recalled is withdrawn, taken back",
        "Ana: ambassadors-recalled is void, So.",
        "Bob: no-diplomatic-break is refuted, So.",
        "Ana: no-diplomatic-break is confirmed, So.",
    ]
    assert [one["by"] for one in json.loads(said(workspace, "review", "--history", "--json"))][:2] == ["Ana", "Ana"]
