"""Does the worked example of docs/scoring.md reckon right, and does the program come to its figures?

Each step on the page stands between backticks as an equation, and each is reckoned here; the figures that the steps
end in are read from the page and held against the program's.
"""

from __future__ import annotations

import io
import math
import re
from datetime import UTC, date, datetime

import pytest
from builders import criterion, forecast
from command import REPOSITORY
from rich.console import Console
from rich.text import Text

from tracker.model import Criterion, Decision, Expects, Likelihood, Status, Window
from tracker.report.scorecard import details, table
from tracker.report.standing import Standing, agreement, summary, tally
from tracker.report.terminal import write

PAGE = (REPOSITORY / "docs" / "scoring.md").read_text("utf-8")
EXAMPLE = PAGE[PAGE.index("## A worked example") : PAGE.index("## What the scores cannot say")]
EQUATIONS = [found for found in re.findall(r"`([^`\n]+)`", EXAMPLE) if " = " in found]
LONG_AFTER = date(2026, 1, 1)


def value(expression: str) -> float:
    """What an expression of the page comes to."""
    for sign, word in {"×": "*", "²": "**2", "√": "sqrt"}.items():
        expression = expression.replace(sign, word)
    expression = re.sub(r"sqrt(\d+)", r"sqrt(\1)", expression)
    return float(eval(expression, {"__builtins__": {}, "sqrt": math.sqrt, "ln": math.log}))


@pytest.mark.parametrize("equation", EQUATIONS)
def test_each_step_is_right(equation: str) -> None:
    *steps, result = equation.split(" = ")
    half_a_unit = 0.5 * 10.0 ** -len(result.partition(".")[2])
    for step in steps:
        assert value(step) == pytest.approx(value(result), abs=half_a_unit + 1e-9)


def result(steps: str) -> float:
    """What the one equation comes to that has these steps."""
    (found,) = [one for one in EQUATIONS if steps in one]
    return value(found.rpartition(" = ")[2])


def forecasts() -> list[Standing]:
    """The forecasts of the page's table, and those that it names beside."""
    rows = re.findall(
        r"^\| (\D+) \| ([\d.]+) \| ([\d.]+) to ([\d.]+) \| (\D+) \| (\d+) \| (\d+) \|$", EXAMPLE, re.MULTILINE
    )
    assert len(rows) == 4
    found: list[Standing] = []
    for words, p, low, high, expects, happened, did_not in rows:
        likelihood = Likelihood(words, float(p), float(low), float(high))
        for came, times in ((True, int(happened)), (False, int(did_not))):
            status = Status.CONFIRMED if came == (expects == "happens") else Status.REFUTED
            for _ in range(times):
                said = forecast(id=f"f{len(found)}", likelihood=likelihood, expects=Expects(expects))
                found.append(Standing(said, status))
    for number in (0, 1, 2):  # the machine said otherwise of the last of them
        standing = found[number]
        decision = Decision(
            standing.forecast.id, standing.status, "I was there", "Eve", datetime(2025, 10, 1, tzinfo=UTC)
        )
        machine = Status.REFUTED if number == 2 else standing.status
        found[number] = Standing(standing.forecast, machine, decision=decision)
    return [
        *found,
        Standing(forecast(id="overdue"), Status.PENDING),
        *(Standing(forecast(id=f"open{number}", about=open_ended()), Status.PENDING) for number in (1, 2)),
        Standing(forecast(id="void"), Status.VOID),
    ]


def open_ended() -> Criterion:
    return criterion(window=Window(date(2025, 9, 1), date.max))


def test_the_program_comes_to_the_figures_of_the_page() -> None:
    found = summary(forecasts(), LONG_AFTER)
    assert (found.counts.confirmed, found.counts.refuted) == (result("3 + 4 + 1 + 6"), result("1 + 2 + 1 + 2"))
    assert found.hit_rate == result("14 / 20")
    assert found.hit_interval == pytest.approx((result("0.6678 - 0.1868"), result("0.6678 + 0.1868")), abs=1e-3)
    assert found.brier == pytest.approx(result("4.2 / 20"))
    assert found.brier_range == pytest.approx((result("3.3763 / 20"), result("5.2189 / 20")), abs=5e-4)
    assert found.log_score == pytest.approx(result("12.397 / 20"), abs=5e-4)
    assert found.base_rate == result("10 / 20")
    assert found.skill == pytest.approx(result("1 - 0.21 / 0.25"))
    assert found.murphy is not None
    assert found.murphy.reliability == pytest.approx(result("(0.9 - 0.75)²"), abs=5e-6)
    assert found.murphy.resolution == pytest.approx(result("(0.75 - 0.5)²"), abs=5e-6)
    assert found.murphy.uncertainty == result("0.5 × (1 - 0.5)")
    assert found.calibration is not None
    (row,) = [row for row in found.calibration if row.low == 0.6]
    assert (row.happened_low, row.happened_high) == pytest.approx(
        (result("0.6016 - 0.3016"), result("0.6016 + 0.3016")), abs=1e-3
    )
    assert found.counts.total == result("20 + 3 + 1")
    assert found.counts.share_void == found.counts.share_overdue == pytest.approx(result("1 / 24"), abs=5e-3)


def test_the_bootstrap_interval_leans_as_the_page_says() -> None:
    interval = summary(forecasts(), LONG_AFTER).brier_interval
    assert interval is not None
    told = re.search(r"leans\s+towards them: ([\d.]+) to ([\d.]+)\.", EXAMPLE)
    assert told
    assert interval == pytest.approx(tuple(map(float, told.groups())), abs=5e-4)
    assert interval[0] > result("0.21 - 1.96")
    assert interval[1] > result("0.21 + 1.96")


def test_agreement_is_as_the_page_says() -> None:
    found = agreement(forecasts())
    middle, reach = result("(0.6667 + 1.96² / 6)"), result("(0.6667 × 0.3333 / 3")
    assert found.share == pytest.approx(result("2 / 3"), abs=5e-5)
    assert found.interval == pytest.approx((middle - reach, middle + reach), abs=1e-3)


def test_the_page_shows_what_is_printed() -> None:
    stream = io.StringIO()
    console = Console(file=stream, width=80, highlight=False, emoji=False, markup=False)
    standings = forecasts()
    overall = tally(standings, LONG_AFTER)
    write(console, table({"Ambassador Trentino": overall}, overall), Text())
    write(console, *details(summary(standings, LONG_AFTER), agreement(standings)))
    shown = re.search(r"<!-- scorecard of the example -->\n```\n(.*?)```", EXAMPLE, re.DOTALL)
    assert shown
    assert stream.getvalue() == shown[1], "the output has changed: copy it anew into docs/scoring.md"
