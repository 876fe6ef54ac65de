"""Does the benchmark of the extraction count what is right, and do the answer sheets fit their articles?"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from tracker.extract import Proposal, Timing
from tracker.likelihood import read_likelihood
from tracker.model import Expects
from tracker.windows import read_window

ROOT = Path(__file__).parents[1]
SHEETS = sorted((ROOT / "tests" / "articles").rglob("*.yaml"))
PUBLISHED = date(2026, 1, 12)
TEXT = """By Ann Lee

"Rates will fall by June," said Bo Ek. "If they do, a deal could follow." Would it? A deal is unlikely in 2027, he said.
"""
SHEET = """
article: {title: Rates, published: 2026-01-12, language: en, kind: market outlook, text: rates.txt}
forecasts:
  - quote: Rates will fall by June,
    forecaster: Bo Ek
    likelihood: {words: will, low: 0.8, high: 1.0}
    window: {phrase: by June, opens: [2026-01-12, 2026-01-12], closes: [2026-05-31, 2026-06-30]}
    expects: happens
  - quote: If they do, a deal could follow.
    forecaster: Bo Ek
    likelihood: {words: could, low: 0.2, high: 0.5}
    window: {default: true}
    expects: happens
    condition: If they do
  - quote: A deal is unlikely in 2027, he said.
    forecaster: Bo Ek
    likelihood: {words: unlikely, low: 0.1, high: 0.3}
    window: {phrase: in 2027, opens: [2027-01-01, 2027-01-01], closes: [2027-12-31, 2027-12-31]}
    expects: does not happen
not_forecasts:
  - {quote: "Would it?", why: question}
"""


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return import_module("extraction")


def proposal(quote: str, said: str, phrase: str = "", condition: str = "", forecaster: str = "Bo Ek") -> Proposal:
    likelihood = read_likelihood(said)
    timing = Timing(read_window(phrase or "within 12 months", PUBLISHED), phrase, is_default=not phrase)
    expects = Expects.HAPPENS if likelihood.probability > 0.3 else Expects.DOES_NOT_HAPPEN
    start = TEXT.index(quote)
    return Proposal(
        quote, start, start + len(quote), forecaster, likelihood, timing, expects, condition, "It happens.", "", ""
    )


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_quotes_its_article_word_for_word(path: Path) -> None:
    sheet = yaml.safe_load(path.read_text("utf-8"))
    text = (path.parent / sheet["article"]["text"]).read_text("utf-8")
    for kind in ("forecasts", "not_forecasts", "debatable"):
        assert [entry["quote"] for entry in sheet.get(kind, []) if entry["quote"] not in text] == []
    for answer in sheet["forecasts"]:
        assert answer.get("condition", "") in answer["quote"]
        assert 0 <= answer["likelihood"]["low"] <= answer["likelihood"]["high"] <= 1
        window = answer["window"]
        start = text.index(answer["quote"])
        asked = text[max(0, start - 200) : start]  # the time of a short answer may stand in the question before it
        assert window.get("phrase", "").casefold() in f"{asked}{answer['quote']}".casefold()
        assert ("opens" in window) == ("closes" in window) == ("phrase" in window)
        assert all(first <= last for first, last in (window.get("opens", (0, 0)), window.get("closes", (0, 0))))


def test_right_missed_and_wrong_proposals_are_told_apart(tmp_path: Path, benchmark: object) -> None:
    (tmp_path / "rates.txt").write_text(TEXT, "utf-8")
    (tmp_path / "rates.yaml").write_text(SHEET, "utf-8")
    sheet = benchmark.read_sheet(tmp_path / "rates.yaml", fresh=False)  # type: ignore[attr-defined]
    first = proposal("Rates will fall by June", "will", "by June")
    proposals = [
        first,
        replace(first, forecaster="Ann Lee"),
        proposal("If they do, a deal could follow.", "could", condition="they do", forecaster="Ann Lee"),
        proposal("Would it?", "could"),
    ]
    outcome = benchmark.judge(sheet, proposals)  # type: ignore[attr-defined]
    assert [(answer.quote[:5], found.sentence[:5]) for answer, found in outcome.pairs] == [
        ("Rates", "Rates"),
        ("If th", "If th"),
    ]
    assert outcome.pairs[0][1] is first
    assert [answer.quote for answer in outcome.missed] == ["A deal is unlikely in 2027, he said."]
    assert [wrong.sentence for wrong in outcome.wrong] == ["Would it?"]
    assert outcome.extra == (proposals[1],)
    fields = {
        field: [answer.accepts(field, found) for answer, found in outcome.pairs]
        for field in ("forecaster", "likelihood", "window", "expects", "condition")
    }
    assert fields == {
        "forecaster": [True, False],
        "likelihood": [True, True],
        "window": [True, True],
        "expects": [True, True],
        "condition": [True, True],
    }


def test_it_runs_on_an_article_and_on_the_seed(tmp_path: Path) -> None:
    (tmp_path / "fresh").mkdir()
    for folder in (tmp_path, tmp_path / "fresh"):
        (folder / "rates.txt").write_text(TEXT, "utf-8")
        (folder / "rates.yaml").write_text(SHEET, "utf-8")
    command = [sys.executable, str(ROOT / "benchmarks" / "extraction.py"), "--articles", str(tmp_path), "--errors"]
    shown = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert "fresh, en: 1 articles, 3 forecasts" in shown
    assert "the seed article: 1 articles, 14 forecasts" in shown
