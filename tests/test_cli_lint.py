"""`tracker lint`: everything that is wrong with a workspace at once, each with its file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import run
from test_cli_add import FORECASTS

from tracker.workspace import create_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with something wrong in each of its files."""
    create_workspace(tmp_path)
    forecasts = tmp_path / "forecasts"
    (forecasts / "example.yaml").unlink()
    (tmp_path / "seeds" / "oil.txt").write_text("Oil will quite likely pass $100 by the end of June.", "utf-8")
    (forecasts / "oil.yaml").write_text(FORECASTS, "utf-8")
    broken = FORECASTS.replace("oil-passes-100", "gas").replace("topic: oil", 'topic: "@fuel"')
    broken = broken.replace("quote: Oil will", "quote: Oil may").replace(
        'event: oil NEAR/6 "$100"', "event: '@nothing'"
    )
    (forecasts / "gas.yaml").write_text(broken, "utf-8")
    concepts = "fuel:\n  any: ['(oil']\nboat:\n  any: [ship]\n  hit: [A boat]\n"
    (forecasts / "concepts.yaml").write_text(concepts, "utf-8")
    (tmp_path / "tracker.toml").write_text('\ntimezone = "Mars"\n', "utf-8")
    (tmp_path / "data" / "decisions.jsonl").write_text('{"forecast": "gas"}\n', "utf-8")
    outlines = '<outline text="a" xmlUrl="gopher://a"/>\n<outline text="b" xmlUrl="data/none.atom"/>'
    (tmp_path / "data" / "feeds.opml").write_text(f'<opml version="2.0"><body>\n{outlines}</body></opml>', "utf-8")
    return tmp_path


def test_every_mistake_of_every_file_is_told_in_a_line_of_its_own(workspace: Path) -> None:
    done = run(workspace, "lint")
    assert (done.returncode, done.stderr) == (1, "")
    *lines, summary = done.stdout.splitlines()
    for line, start in zip(
        lines,
        (
            "error: tracker.toml:2: “Mars” is not a time zone",
            "error: forecasts/concepts.yaml:1: the concept @fuel has a query that cannot be read",
            "error: forecasts/gas.yaml:10: quote does not stand in seeds/oil.txt",
            "error: forecasts/gas.yaml:16, column 1 of «@nothing»: there is no concept @nothing",
            "error: data/decisions.jsonl:1: ",
            "error: data/feeds.opml:2: gopher://a is not an address on the web",
            "error: data/feeds.opml: data/none.atom: no such file",
            "warning: forecasts/concepts.yaml:3: @boat does not match its hit “A boat”",
        ),
        strict=True,
    ):
        assert line.startswith(start)
    assert summary == "1 forecast in 2 files, 7 mistakes, 1 warning"


def test_the_same_as_data(workspace: Path) -> None:
    done = run(workspace, "lint", "--json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert (data["forecasts"], data["files"], len(data["errors"]), len(data["warnings"])) == (1, 2, 7, 1)
    query = data["errors"][3]
    assert (query["file"], query["line"], query["column"]) == ("forecasts/gas.yaml", 16, 1)


def test_a_lost_file_of_concepts_is_one_mistake_and_not_one_for_each_query(workspace: Path) -> None:
    (workspace / "forecasts" / "concepts.yaml").write_text("fuel: [", "utf-8")
    done = run(workspace, "lint")
    assert "forecasts/concepts.yaml:2: not YAML" in done.stdout
    assert "there is no concept" not in done.stdout


def test_a_warning_alone_is_no_failure(tmp_path: Path) -> None:
    create_workspace(tmp_path)
    (tmp_path / "data" / "feeds.opml").unlink()
    done = run(tmp_path, "lint")
    assert done.returncode == 0
    assert done.stdout == (
        "warning: data/feeds.opml: no feeds are followed (tracker feeds add ADDRESS)\n"
        "3 forecasts in 1 file, no mistakes, 1 warning\n"
    )
