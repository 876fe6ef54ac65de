"""Does the scorecard say in a terminal and in a pipe what it should, of the forecasts that were asked for?"""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from command import run
from terminal import Terminal

SAMPLE = """\
  - id: {id}
    forecaster: {forecaster}
    quote: "{id} will happen."
    claim: "{id} happens."
    likelihood: {likelihood}
    window: {year}
    expects: happens
    topic: freedonia AND sylvania
    event: envoy NEAR/3 meet
    tags: [{tags}]
"""
LONG = "Международный валютный фонд, департамент исследований мировой экономики"


def decided(workspace: Path, id_: str, **what: object) -> None:
    line = {"forecast": id_, **what, "why": "Seen", "by": "Eve", "at": "2025-01-01T00:00:00Z"}
    with (workspace / "data" / "decisions.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-four forecasts of two articles, all but four decided by a person."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "forecasts").mkdir()
    (folder / "data").mkdir()
    for year in (2023, 2024):
        text = f"article: {{title: Outlook, published: {year}-01-01}}\nforecasts:\n"
        for number in range(12):
            text += SAMPLE.format(
                id=f"f{year}-{number}",
                forecaster=LONG if number % 2 else "Ambassador Trentino",
                likelihood="likely" if number < 8 else "unlikely",
                year=year,
                tags=("oil, war", "oil", "")[number % 3],
            )
        (folder / "forecasts" / f"{year}.yaml").write_text(text, "utf-8")
        for number in range(10):
            decided(folder, f"f{year}-{number}", status="confirmed" if number < 6 else "refuted")
    return folder


def said(workspace: Path, *arguments: str) -> str:
    told = run(workspace, "scorecard", *arguments)
    assert (told.returncode, told.stderr) == (0, "")
    return told.stdout


def data(workspace: Path, *arguments: str) -> Any:  # noqa: ANN401
    return json.loads(said(workspace, *arguments, "--json"))


def test_every_figure_has_its_interval(workspace: Path) -> None:
    card = said(workspace)
    assert "hit rate        60% (95%: 39% to 78%)" in card
    assert "Brier score     0.160 (95%:" in card
    assert "= 0.160" in card
    assert "against always saying the base rate, 60%" in card
    assert "60% to 80%         16" in card
    assert "nobody decided what the machine settled" in card


def test_a_pipe_has_whole_names_and_no_trailing_spaces(workspace: Path) -> None:
    lines = said(workspace).splitlines()
    assert any(line.startswith(LONG) for line in lines)
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("by", ["forecaster", "article", "tag", "year"])
def test_a_terminal_of_80_columns_is_not_overrun(workspace: Path, by: str) -> None:
    terminal = Terminal(workspace, "scorecard", "--by", by, columns=80)
    assert terminal.end() == 0
    lines = terminal.said.splitlines()
    assert max(map(len, lines)) <= 80
    (heads,) = [line for line in lines if "confirmed" in line]
    assert heads.split() == ["confirmed", "refuted", "pending", "void", "overdue", "hits", "Brier"]


def test_lines_by_article_tag_and_year(workspace: Path) -> None:
    assert list(data(workspace)["forecasters"]) == ["Ambassador Trentino", LONG]
    assert list(data(workspace, "--by", "article")["articles"]) == ["2023-01-01 Outlook", "2024-01-01 Outlook"]
    assert list(data(workspace, "--by", "year")["years"]) == ["2023", "2024"]
    tags = data(workspace, "--by", "tag")["tags"]
    assert {name: sum(one["counts"].values()) - one["counts"]["overdue"] for name, one in tags.items()} == {
        "oil": 16,
        "war": 8,
        "(no tag)": 8,
    }
    assert "a forecast with several tags counts in the line of each" in said(workspace, "--by", "tag")
    by_year = said(workspace, "--by", "year")
    assert "several tags" not in by_year
    assert "the year is that in which the article was published" in by_year


def test_days_are_those_of_the_article(workspace: Path) -> None:
    found = data(workspace, "--since", "2024-01-01", "--until", "2024-01-01")
    assert found["chosen"] == "published since 2024-01-01, published until 2024-01-01"
    assert found["all"]["counts"]["confirmed"] == 6
    assert "12 of 24 forecasts: published since 2024-01-01" in said(workspace, "--since", "2024-01-01")


def test_what_was_chosen_by_outcome_is_counted_and_not_scored(workspace: Path) -> None:
    card = said(workspace, "--status", "confirmed")
    assert "12 of 12" not in card
    assert "scores      not given: these were chosen by how they came out" in card
    both = data(workspace, "--status", "confirmed", "--status", "refuted")["all"]
    assert both["hit_rate"] == 0.6


def test_nothing_that_was_asked_for_is_said(workspace: Path) -> None:
    assert said(workspace, "--tag", "none-such") == "no forecast is like that\n"
    assert said(workspace, "--strength", "strong") == "no forecast is like that\n"  # a person decided them


def test_days_in_the_wrong_order_are_refused(workspace: Path) -> None:
    told = run(workspace, "scorecard", "--since", "2024-01-02", "--until", "2024-01-01")
    assert told.returncode == 2
    assert "--until 2024-01-01 lies before --since 2024-01-02." in told.stderr


def test_list_chooses_in_the_same_way(workspace: Path) -> None:
    listed = json.loads(run(workspace, "list", "--json", "--status", "refuted", "--until", "2023-12-31").stdout)
    assert [one["id"] for one in listed] == [f"f2023-{number}" for number in range(6, 10)]


def test_machine_and_person_are_compared_until_the_person_steers(checked_article: Path, tmp_path: Path) -> None:
    workspace = Path(copytree(checked_article, tmp_path / "workspace"))
    listed = json.loads(run(workspace, "list", "--json").stdout)
    first, second, *_ = [one for one in listed if one["machine"] in ("confirmed", "refuted")]
    decided(workspace, first["id"], status=first["machine"])
    decided(workspace, second["id"], status="void")
    card = said(workspace)
    assert "agreement       machine and person agree on 1 of 2, 50% (95%: 9% to 91%)" in card
    assert f"                {second['id']}: machine {second['machine']}, person void\n" in card
    decided(workspace, second["id"], item="3f2a9c0d11e8b7a4", counts=False)
    assert data(workspace)["all"]["agreement"]["compared"] == 1
