"""Can what is exported be opened, read back, and trusted not to do anything?"""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import criterion, forecast
from command import run, tracker
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from tracker.model import Article, Decision, Expects, Likelihood, Status, Strength, Window
from tracker.report.export import as_csv, as_json, as_markdown, safe_cell, schema
from tracker.report.standing import Selection, Standing

TODAY = date(2026, 1, 1)


def standing(status: Status | None = Status.CONFIRMED, *, decided: Status | None = None, **other: Any) -> Standing:  # noqa: ANN401
    decision = Decision("x", decided, "She said so", "Eve", datetime(2025, 10, 1, tzinfo=UTC)) if decided else None
    return Standing(forecast(**other), status, "two origins", Strength.STRONG, date(2025, 9, 3), True, decision)


def many() -> list[Standing]:
    """Enough settled forecasts for every figure, with a disagreement, open ends and what was never checked."""
    settled = [
        standing(status, id=f"f{number}", likelihood=Likelihood("words", p, p / 2, p), tags=("oil", "война"))
        for number, (status, p) in enumerate(
            [(Status.CONFIRMED, 0.7), (Status.REFUTED, 0.2), (Status.CONFIRMED, 0.9)] * 8
        )
    ]
    return [
        *settled,
        standing(decided=Status.VOID, id="void"),
        standing(None, id="open", about=criterion(window=Window(date(2025, 1, 1), date.max)), counts="a vote"),
        standing(Status.PENDING, id="overdue", expects=Expects.DOES_NOT_HAPPEN, forecaster="Мария Пошлова"),
    ]


def check(document: str) -> dict[str, Any]:
    """The data of a document that fits the schema, formats included."""
    data: dict[str, Any] = json.loads(document)
    Draft202012Validator(json.loads(schema()), format_checker=FormatChecker()).validate(data)
    return data


SETS = {
    "none": [],
    "one that was never checked": [standing(None)],
    "every figure": many(),
}


@pytest.mark.parametrize("standings", SETS.values(), ids=SETS)
def test_the_json_is_as_its_schema_says(standings: list[Standing]) -> None:
    data = check(as_json(standings, TODAY, Selection()))
    assert [one["id"] for one in data["forecasts"]] == [one.forecast.id for one in standings]


def test_every_key_that_the_schema_has_is_written() -> None:
    """A key that a figure needs is required, so that the schema cannot promise what is never there."""
    data = check(as_json(many(), TODAY, Selection()))
    assert data["all"]["missing"] == {}
    assert all(value is not None for value in data["all"].values())
    assert data["all"]["agreement"]["disagreements"] == [{"id": "void", "machine": "confirmed", "person": "void"}]
    assert [one["overdue"] for one in data["forecasts"][-2:]] == [False, True]
    assert data["forecasts"][-2]["window"]["closes"] is None


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json.loads(schema()))


def test_a_key_that_the_schema_does_not_have_is_noticed() -> None:
    data = json.loads(as_json(many(), TODAY, Selection()))
    data["forecasts"][0]["shoe_size"] = 44
    assert not Draft202012Validator(json.loads(schema())).is_valid(data)


def test_the_choice_is_told_and_its_scores_are_withheld() -> None:
    data = check(as_json([standing()], TODAY, Selection(statuses=frozenset({Status.CONFIRMED}))))
    assert data["chosen"] == "confirmed"
    assert data["all"]["hit_rate"] is None
    assert "chosen by how they came out" in data["all"]["missing"]["hit_rate"]


def read(document: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(document)))


def test_the_csv_tells_every_forecast() -> None:
    rows = read(as_csv(many(), TODAY))
    assert len(rows) == 27
    assert rows[0]["probability"] == "0.7"
    assert rows[0]["tags"] == "oil, война"
    assert (rows[24]["status"], rows[24]["machine"], rows[24]["decided_by"]) == ("void", "confirmed", "Eve")
    assert (rows[25]["status"], rows[25]["machine"], rows[25]["closes"]) == ("pending", "", "")
    assert (rows[26]["overdue"], rows[26]["forecaster"]) == ("yes", "Мария Пошлова")


def test_the_csv_of_nothing_has_its_heads() -> None:
    assert as_csv([], TODAY).startswith('"id","status",')


FORMULAS = {
    "=1+1": "'=1+1",
    "+79161234567": "'+79161234567",
    "-2+3": "'-2+3",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t'=1",
    "\r=1": "'\r'=1",
    "＝1+1": "'＝1+1",
    "well;=1+1": "well;'=1+1",
    "well\n=1+1": "well\n'=1+1",
    "a = b": "a = b",
    "0.7": "0.7",
    "2025-01-01": "2025-01-01",
    "": "",
}


@pytest.mark.parametrize(("text", "cell"), FORMULAS.items())
def test_a_cell_is_no_formula(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@settings(deadline=None)
@given(st.text(alphabet="=+-@\t\r\n;,\"'aя ＝"))
def test_no_text_begins_a_formula_wherever_a_spreadsheet_cuts(text: str) -> None:
    document = as_csv([standing(quote=text)], TODAY)
    (row,) = csv.DictReader(io.StringIO(document, newline=""))
    assert row["quote"].replace("'", "") == text.replace("'", "")  # nothing else is changed
    for begin in [row["quote"], *row["quote"].split(";"), *row["quote"].splitlines()]:
        assert not begin.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_the_markdown_table_keeps_its_columns_whatever_the_words() -> None:
    title = "A | b <script> [x](http://evil)\n`code` *bold*"
    page = as_markdown([standing(article=Article(title, date(2025, 6, 1), "https://a.org/x_(1)|2 ?a=b"))], TODAY)
    row = page.splitlines()[2]
    assert row.replace("\\|", "").count("|") == 7
    assert r"\<script\>" in row
    assert (
        r"[A \| b \<script\> \[x\](http://evil) \`code\` \*bold\*](https://a.org/x_%281%29%7C2%20?a=b), 2025-06-01"
        in row
    )
    assert page.endswith("\n1 forecast, as of 2026-01-01.\n")


def test_no_link_but_to_the_web() -> None:
    page = as_markdown([standing(article=Article("Ties", date(2025, 6, 1), "javascript:alert(1)"))], TODAY)
    assert "| Ties, 2025-06-01 |" in page


def test_a_persons_word_stands_beside_the_status() -> None:
    assert as_markdown([standing(decided=Status.VOID)], TODAY).splitlines()[2].startswith("| void, by Eve |")


def test_a_file_is_replaced_and_known_as_utf8(workspace: Path) -> None:
    output = workspace / "out.csv"
    output.write_text("old", "utf-8")
    told = run(workspace, "export", "csv", "--output", str(output))
    assert (told.returncode, told.stdout) == (0, f"14 forecasts written to {output}\n")
    assert output.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(read(output.read_text("utf-8-sig"))) == 14
    assert [path.name for path in workspace.glob(".out*")] == []


def test_standard_output_is_the_document_alone(checked_article: Path) -> None:
    data = check(run(checked_article, "export", "json", "--status", "confirmed", "--status", "refuted").stdout)
    assert {one["status"] for one in data["forecasts"]} == {"confirmed", "refuted"}
    assert json.loads(run(checked_article, "export", "schema").stdout) == json.loads(schema())
    rows = run(checked_article, "export", "csv").stdout
    assert rows.startswith('"id"')
    assert "| status |" in run(checked_article, "export", "markdown", "--tag", "none-such").stdout


@pytest.mark.parametrize(("device", "code"), [("/dev/stdout", 0), ("/dev/full", 2)])
def test_what_is_no_file_is_written_to_and_not_replaced(checked_article: Path, device: str, code: int) -> None:
    told = tracker(checked_article, "export", "markdown", "--output", device)
    assert told.returncode == code
    assert ("| status |" in told.stdout) == (code == 0)
    assert ("/dev/full: cannot be written: No space left on device" in told.stderr) == (code == 2)


def test_a_folder_that_is_not_there_is_told(checked_article: Path, tmp_path: Path) -> None:
    told = run(checked_article, "export", "csv", "--output", str(tmp_path / "nowhere" / "out.csv"))
    assert told.returncode != 0
    assert "cannot be written" in told.stderr
    assert "Traceback" not in told.stderr
