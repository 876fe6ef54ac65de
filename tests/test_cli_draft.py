"""`tracker draft` and `tracker tune`: what is proposed, what it finds, and what is written."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from command import run
from terminal import Terminal

from tracker.workspace import create_workspace

FORECASTS = """\
article:
  title: A year of oil
  published: 2025-02-01

forecasts:
  - id: opec-meets   # the first
    forecaster: A. Writer
    quote: Opec will meet
    claim: Opec ministers meet in Vienna.
    likelihood: quite likely
    window: by the end of June 2025
    expects: happens
    topic: opec
    event: meet      # by hand
    sources: 2
"""
ENTRY = (
    "<entry><id>{key}</id><title>{title}</title><updated>2025-03-0{key}T10:00:00Z</updated>"
    '<link href="{link}"/></entry>'
)
TITLES = (
    "Opec meets in Vienna",
    "Opec ministers gather in Vienna",
    "Opec film meets its critics",
    "Opec is quiet\x1b[31m",
    "Venezuela invades Guyana",
    "The tide keeps its time",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with a forecast and an archive of six items, read."""
    create_workspace(tmp_path)
    (tmp_path / "forecasts" / "example.yaml").unlink()
    (tmp_path / "forecasts" / "oil.yaml").write_text(FORECASTS, "utf-8")
    entries = "".join(
        ENTRY.format(key=key, title=title.replace("\x1b", ""), link=f"https://example.org/{key}")
        for key, title in enumerate(TITLES, start=1)
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Oil</title><id>urn:oil</id>{entries}</feed>'
    (tmp_path / "data" / "oil.atom").write_text(feed, "utf-8")
    outline = '<outline text="Oil news" xmlUrl="data/oil.atom"/>'
    (tmp_path / "data" / "feeds.opml").write_text(f'<opml version="2.0"><head/><body>{outline}</body></opml>', "utf-8")
    assert run(tmp_path, "feeds", "poll").returncode == 0
    return tmp_path


def test_a_draft_is_shown_with_what_its_queries_find(workspace: Path) -> None:
    done = run(workspace, "draft", "Venezuela invades Guyana by the end of 2025", "--published", "2025-02-01")
    assert (done.returncode, done.stderr) == (0, "")
    for told in (
        "by the end of 2025: 1 February to 31 December 2025",
        "topic    @venezuela\n",
        "1 of the 6 stored items matches",
        "2025-03-05  Venezuela invades Guyana",
        "“invades” is told as invade",
        "kind     @invade",
    ):
        assert told in done.stdout
    assert "For a person" not in done.stdout


def test_the_examples_of_the_help_are_drafts_that_may_stand(workspace: Path) -> None:
    examples = [
        line.strip() for line in run(workspace, "draft", "--help").stdout.splitlines() if "tracker draft" in line
    ]
    assert examples
    for example in examples:
        assert "For a person" not in run(workspace, *shlex.split(example)[1:]).stdout


def test_a_draft_as_data_says_what_a_person_must_look_at(workspace: Path) -> None:
    time = ("--published", "2025-02-01", "--window", "in 2026")
    done = run(workspace, "draft", "Opec ministers do not gather in Vienna", *time, "--json")
    told = json.loads(done.stdout)
    assert told["ready"] is False
    assert any("denies" in doubt for doubt in told["doubts"])
    assert told["window"] == {"opens": "2026-01-01", "closes": "2026-12-31"}
    assert told["matches"]["topic"]["items"] == 4
    assert run(workspace, "draft", "Opec\x07 meets").returncode == 2
    assert run(workspace, "draft", "Opec meets", "--window", "purple").returncode == 2


def test_tune_offers_changes_and_writes_the_one_that_is_accepted(workspace: Path) -> None:
    marks = ("--takes", "https://example.org/2", "--not", "https://example.org/3")
    offered = run(workspace, "tune", "opec-meets", *marks)
    assert offered.returncode == 0
    assert "+ 2025-03-02  Opec ministers gather in Vienna  (marked)" in offered.stdout
    assert "- 2025-03-03  Opec film meets its critics  (marked)" in offered.stdout
    assert (workspace / "forecasts" / "oil.yaml").read_text("utf-8") == FORECASTS
    data = json.loads(run(workspace, "tune", "opec-meets", *marks, "--json").stdout)
    assert [(one["before"], one["after"]) for one in data] == [(2, 2)] * len(data)
    done = run(workspace, "tune", "opec-meets", *marks, "--accept", "1")
    assert done.returncode == 0
    text = (workspace / "forecasts" / "oil.yaml").read_text("utf-8")
    assert "# the first" in text
    assert data[0]["event"].split()[0] in text
    assert "event: meet " not in text
    again = run(workspace, "tune", "opec-meets", *marks)
    assert again.returncode == 1
    assert "does all of this already" in again.stdout


def test_tune_refuses_what_it_cannot_do(workspace: Path) -> None:
    for arguments, told in (
        ((), "Mark items"),
        (("--takes", "https://example.org/5"), "The topic does not match"),
        (("--takes", "https://example.org/1", "--not", "https://example.org/1"), "marked both ways"),
        (("--not", "https://example.org/3", "--accept", "99"), "changes are offered"),
        (("--not", "nothing"), "nothing"),
    ):
        done = run(workspace, "tune", "opec-meets", *arguments)
        assert done.returncode == 2, done
        assert told in done.stderr
    assert (workspace / "forecasts" / "oil.yaml").read_text("utf-8") == FORECASTS


def test_on_a_terminal_add_proposes_the_draft_and_enter_takes_it(workspace: Path) -> None:
    terminal = Terminal(workspace, "add", "--file", "oil")
    for question, words in (
        ("Who says it", ""),
        ("The sentence, word for word", "Venezuela will invade Guyana this year"),
        ("What is to come true", "Venezuela invades Guyana."),
        ("How likely", "unlikely"),
        ("When", "by the end of 2025"),
        ("[happens]", ""),
        ("topic: @venezuela", ""),
        ("event: ((@venezuela ONEAR/5 @invade", ""),
        ("what the event rules out", ""),
        ("independent sources it takes", ""),
        ("distinct events it takes", ""),
        ("What would settle it", "-"),
        ("[venezuela-invades-guyana]", ""),
        ("Write it", "kind"),
        ("whoever it is of (kind, a query)", "@invade OR"),
        ("a word is missing at the end", "-"),
        ("Write it", "kind"),
        ("whoever it is of (kind, a query)", ""),
        ("Write it", ""),
    ):
        terminal.answer(question, words)
    assert terminal.end() == 0, terminal.said
    assert "1 of the 6 stored items matches topic and kind" in terminal.said
    assert "while one of them tells it as a fact, silence does not count" in terminal.said
    added = (workspace / "forecasts" / "oil.yaml").read_text("utf-8").removeprefix(FORECASTS)
    assert "kind: '@invade'" in added or 'kind: "@invade"' in added
    assert "audible" not in added, "that is a person's word to give"
    assert "counts" not in added
    assert run(workspace, "lint").returncode == 0


def test_on_a_terminal_add_takes_no_query_from_a_draft_that_needs_a_person(workspace: Path) -> None:
    terminal = Terminal(workspace, "add", "--file", "oil")
    for question, words in (
        ("Who says it", ""),
        ("The sentence, word for word", "Opec will not cut its output"),
        ("What is to come true", "Opec does not cut its output."),
        ("How likely", "likely"),
        ("When", "by the end of 2025"),
        ("[happens]", ""),
        ("(topic, a query", ""),
        ("an answer is needed", "\x04"),  # the end of what is typed
    ):
        terminal.answer(question, words)
    assert terminal.end() == 130
    assert "it denies (“not”)" in terminal.said
    assert "topic, in part: @opec" in terminal.said


def test_on_a_terminal_tune_asks_what_is_wrong_and_which_change_to_write(workspace: Path) -> None:
    terminal = Terminal(workspace, "tune", "opec-meets")
    for question, words in (
        ("Which of these are wrong", "9"),
        ("Which of these are wrong", "1"),
        ("Which of these should it take", ""),
        ("Write which change", "0"),
        ("Write which change", "1"),
    ):
        terminal.answer(question, words)
    assert terminal.end() == 0, terminal.said
    assert "write numbers from 1 to 2" in terminal.said
    assert "2025-03-03  Opec film meets its critics  (marked)" in terminal.said
    assert "NOT" in (workspace / "forecasts" / "oil.yaml").read_text("utf-8")
