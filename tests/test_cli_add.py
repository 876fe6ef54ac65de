"""`tracker init`, `add` and `edit`: what is shown, what is refused, and what is in the file afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command import environment, run
from terminal import Terminal

from tracker.workspace import create_workspace

ARTICLE = (
    "Oil will quite likely pass $100 by the end of June, says A. Writer. Opec, he adds, will not meet before summer."
)
FORECASTS = """\
# By hand.
article:
  title: A year of oil
  published: 2025-02-01
  text: seeds/oil.txt

forecasts:
  - id: oil-passes-100   # the first
    forecaster: A. Writer
    quote: Oil will quite likely pass $100 by the end of June
    claim: Oil passes $100.
    likelihood: quite likely
    window: by the end of June 2025
    expects: happens
    topic: oil
    event: oil NEAR/6 "$100"
"""
FEED = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>Oil news</title><id>urn:oil</id>
<entry><id>1</id><title>Opec meets early on oil</title><updated>2025-03-01T10:00:00Z</updated></entry>
<entry><id>2</id><title>Opec is silent on oil</title><updated>2025-07-02T10:00:00Z</updated></entry>
<entry><id>3</id><title>The tide keeps its time</title><updated>2025-03-03T10:00:00Z</updated></entry>
</feed>
"""
ANSWERS = {
    "id": "no-early-meeting",
    "forecaster": "A. Writer",
    "quote": "Opec, he adds, will not meet before summer",
    "claim": "Opec meets before summer.",
    "likelihood": "unlikely",
    "window": "by summer",
    "expects": "does not happen",
    "topic": "opec",
    "event": "meet",
}


def options(**changes: str | None) -> list[str]:
    """The options of a good forecast, with changes; None leaves one out."""
    said = {**ANSWERS, **changes}
    return [part for key, value in said.items() if value is not None for part in (f"--{key.replace('_', '-')}", value)]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with one forecast, and one feed that nobody has read yet."""
    create_workspace(tmp_path)
    (tmp_path / "forecasts" / "example.yaml").unlink()
    (tmp_path / "forecasts" / "oil.yaml").write_text(FORECASTS, "utf-8")
    (tmp_path / "seeds" / "oil.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "data" / "oil.atom").write_text(FEED, "utf-8")
    outline = '<outline text="Oil news" xmlUrl="data/oil.atom"/>'
    (tmp_path / "data" / "feeds.opml").write_text(f'<opml version="2.0"><head/><body>{outline}</body></opml>', "utf-8")
    return tmp_path


def test_init_makes_a_workspace_without_mistakes_and_says_what_comes_next(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "my demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "forecasts/example.yaml" in done.stdout
    assert "cd 'my demo'\n  tracker check" in done.stdout
    linted = run(tmp_path / "my demo", "lint")
    assert (linted.returncode, linted.stdout) == (0, "3 forecasts in 1 file, no mistakes\n")
    again = run(tmp_path, "init", "my demo")
    assert again.returncode == 2
    assert "is there already (nothing was written" in again.stderr


def test_add_shows_what_it_understood_and_appends_without_touching_the_rest(workspace: Path) -> None:
    run(workspace, "feeds", "poll")
    done = run(
        workspace, "add", "--file", "oil", *options(against="silent", kind="gather OR meets"), "--sources", "1", "--yes"
    )
    assert (done.returncode, done.stderr) == (0, "")
    for told in (
        "likelihood  unlikely (20%), between",
        "window      by summer 2025: 1 February to 31 May 2025",
        "topic       2 of the 3 stored items match, 1 inside the window\n            2025-07-02  Opec is silent",
        "+ event     1 of the 3 stored items matches, 1 inside the window\n            2025-03-01  Opec meets early",
        "+ against   1 of the 3 stored items matches, none inside the window",
        "+ kind      1 of the 3 stored items matches, 1 inside the window\n            2025-03-01  Opec meets early",
        "some take “by” a season",
        "with sources: 1 a single report settles it",
        "no-early-meeting is in forecasts/oil.yaml:18\n",
    ):
        assert told in done.stdout
    text = (workspace / "forecasts" / "oil.yaml").read_text("utf-8")
    assert text.startswith(FORECASTS)
    assert "    against: silent\n    sources: 1\n    kind: gather OR meets\n" in text
    edited = run(workspace, "edit", "no-early-meeting", "--kind", "meets")
    assert (edited.returncode, edited.stderr) == (0, "")
    assert "gather OR meets" in edited.stdout
    assert run(workspace, "edit", "no-early-meeting", "--unset", "kind").returncode == 0
    assert "kind" not in (workspace / "forecasts" / "oil.yaml").read_text("utf-8")
    broken = run(workspace, "edit", "no-early-meeting", "--kind", "meets OR")
    assert broken.returncode == 2
    assert "a word is missing at the end" in broken.stderr


def test_add_makes_a_file_for_a_new_article_and_prints_data(workspace: Path) -> None:
    article = [
        "--article-title",
        "Opec: a year",
        "--published",
        "2025-02-01",
        "--text",
        str(workspace / "seeds/oil.txt"),
    ]
    done = run(workspace, "add", "--file", "forecasts/opec.yaml", *article, *options(), "--yes", "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert data["forecast"]["file"] == "forecasts/opec.yaml:6"
    assert data["forecast"]["likelihood"]["probability"] == 0.2
    assert data["window"]["other"] == {"opens": "2025-02-01", "closes": "2025-08-31"}
    assert (data["stored_items"], data["matches"]["event"]["items"]) == (0, 0)
    assert 'title: "Opec: a year"' in (workspace / "forecasts" / "opec.yaml").read_text("utf-8")


def test_where_nobody_can_be_asked_every_missing_option_is_named_at_once(workspace: Path) -> None:
    done = run(workspace, "add", "--claim", "Oil falls.", "--topic", "oil")
    assert done.returncode == 2
    named = "--file, --id, --forecaster, --quote, --likelihood, --window, --expects, --event, --yes."
    assert f"Missing: {named}" in done.stderr
    new = run(workspace, "add", "--file", "new", *options(), "--yes")
    assert (new.returncode, "Missing: --article-title, --published." in new.stderr) == (2, True)


MISTAKES = {
    "every mistake is told at once, by its key": (
        options(id="Bad_Id", quote="Opec will dance", likelihood="purple", window="soonish", event="meet NEAR/x oil"),
        [
            "id must be short and in kebab-case, not “Bad_Id”",
            "quote does not stand in seeds/oil.txt",
            "likelihood: «purple»",
            "window: ",
            "event, column 6 of «meet NEAR/x oil»",
        ],
    ),
    "an id that is taken": (options(id="oil-passes-100"), ["oil.yaml:8 has it; choose another"]),
    "another article than the file's": (
        [*options(), "--article-title", "A year of gas"],
        ["--article-title: oil.yaml is about “A year of oil” of 2025-02-01"],
    ),
    "a file outside forecasts/": ([*options(), "--file", "seeds/oil.yaml"], ["seeds/oil.yaml is not in forecasts/"]),
    "the file of concepts": ([*options(), "--file", "concepts.yaml"], ["is not the name of a forecast file"]),
    "an empty claim": (options(claim=" "), ["Invalid value for '--claim': it is empty"]),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_in_the_options_writes_nothing(workspace: Path, case: str) -> None:
    arguments, told = MISTAKES[case]
    done = run(workspace, "add", "--file", "oil.yaml", *arguments, "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    for words in told:
        assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert (workspace / "forecasts" / "oil.yaml").read_text("utf-8") == FORECASTS


def test_on_a_terminal_add_asks_checks_each_answer_and_asks_again(workspace: Path) -> None:
    terminal = Terminal(workspace, "add")
    for question, words in (
        ("its number, or a name", "2"),
        ("its number, or a name", "1"),
        ("Who says it [A. Writer]", ""),
        ("The sentence, word for word", "Opec never meets"),
        ("The sentence, word for word", ANSWERS["quote"]),
        ("What is to come true", ""),
        ("What is to come true", "Opec meets before the summer."),
        ("How likely", "purple"),
        ("How likely", "unlikely"),
        ("When", "before summer"),
        ("[happens]", "perhaps"),
        ("[happens]", "does not happen"),
        ("(topic, a query)", "(opec"),
        ("(topic, a query)", "opec"),
        ("(event, a query)", "meet"),
        ("(against, a query", ""),
        ("independent sources it takes [2]", "0"),
        ("independent sources it takes [2]", ""),
        ("distinct events it takes [1]", "2"),
        ("What would settle it", ""),
        ("[opec-meets-before-summer]", "oil-passes-100"),
        ("[opec-meets-before-summer]", ""),
        ("Write it", "nonsense"),
        ("Write it", "times"),
        ("distinct events it takes [2]", "3"),
        ("Write it", ""),
    ):
        terminal.answer(question, words)
    assert terminal.end() == 0, terminal.said
    for told in (
        "there is no file 2",
        "quote does not stand in seeds/oil.txt (it parts from the article after “Opec”, before “never”)",
        "an answer is needed",
        "«purple» is not in the scale",
        "= unlikely (20%)",
        "= before summer 2025: 1 February to 31 May 2025",
        "expects must be “happens” or “does not happen”",
        "column 1 of «(opec»",
        "= no items are stored yet",
        "sources must be a whole number from 1 to 100, not “0”",
        "the id “oil-passes-100” is taken",
        "answer yes, no, or one of forecaster, quote",
        "opec-meets-before-summer is in forecasts/oil.yaml:18",
    ):
        assert told in terminal.said
    added = (workspace / "forecasts" / "oil.yaml").read_text("utf-8").removeprefix(FORECASTS)
    assert added == (
        "\n  - id: opec-meets-before-summer\n    forecaster: A. Writer\n"
        "    quote: Opec, he adds, will not meet before summer\n    claim: Opec meets before the summer.\n"
        "    likelihood: unlikely\n    window: before summer\n    expects: does not happen\n"
        "    topic: opec\n    event: meet\n    times: 3\n    counts: >-\n"
        "      It is reported as a fact that this came true within the window: “Opec meets before the summer.” Plans,\n"
        "      demands and rumours do not count.\n"
    )


def test_on_a_terminal_a_no_writes_nothing(workspace: Path) -> None:
    terminal = Terminal(workspace, "add", "--file", "oil", *options())
    terminal.answer("Write it", "no")
    assert terminal.end() == 1
    assert "nothing was written" in terminal.said
    assert (workspace / "forecasts" / "oil.yaml").read_text("utf-8") == FORECASTS


def test_edit_shows_before_and_after_and_keeps_the_rest(workspace: Path) -> None:
    done = run(workspace, "edit", "oil-p", "--likelihood", "70%", "--against", "oil NEAR/3 fall")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "likelihood  quite likely\n         →  70%\nagainst     nothing\n         →  oil NEAR/3 fall\n" in done.stdout
    )
    assert "window      by the end of June 2025" in done.stdout
    changed = FORECASTS.replace("likelihood: quite likely", "likelihood: 70%") + "    against: oil NEAR/3 fall\n"
    path = workspace / "forecasts" / "oil.yaml"
    assert path.read_text("utf-8") == changed
    run(workspace, "edit", "oil-passes-100", "--unset", "against", "--likelihood", "quite likely")
    assert path.read_text("utf-8") == FORECASTS
    wrong = run(workspace, "edit", "oil-passes-100", "--window", "soonish", "--event", "(oil")
    assert (wrong.returncode, wrong.stderr.count("error: ")) == (2, 2)
    assert path.read_text("utf-8") == FORECASTS


def test_edit_mends_a_forecast_that_cannot_be_read(workspace: Path) -> None:
    path = workspace / "forecasts" / "oil.yaml"
    path.write_text(FORECASTS.replace("by the end of June 2025", "soonish"), "utf-8")
    done = run(workspace, "edit", "oil-passes-100", "--window", "by the end of June 2025")
    assert (done.returncode, path.read_text("utf-8")) == (0, FORECASTS), done.stderr


def test_edit_without_options_opens_the_editor_at_the_line_and_tells_the_mistakes_made_in_it(workspace: Path) -> None:
    nobody = run(workspace, "edit", "oil-passes-100")
    assert (nobody.returncode, "or set EDITOR" in nobody.stderr) == (2, True)
    editor = workspace / "bin" / "vim"
    editor.parent.mkdir()
    editor.write_text('#!/bin/sh\nsed -i "${1#+}s/$/ at this line/; s/end of June 2025/dark/" "$2"\n', "utf-8")
    editor.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "edit", "oil-passes-100"],
        cwd=workspace,
        env={**environment(workspace), "EDITOR": str(editor)},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: forecasts/oil.yaml:13: window: ")
    assert "# the first at this line\n" in (workspace / "forecasts" / "oil.yaml").read_text("utf-8")
