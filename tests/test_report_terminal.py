"""The list of forecasts fits the terminal that it is shown on, and names each forecast so that it can be asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builders import forecast
from hypothesis import given
from hypothesis import strategies as st

from tracker.report.standing import Standing
from tracker.report.terminal import PIPE_WIDTH, listing

IDS = st.lists(st.from_regex(r"[a-z](-?[a-z0-9]){0,70}", fullmatch=True), min_size=1, max_size=8, unique=True)


def lines(ids: list[str], forecaster: str, width: int) -> list[str]:
    standings = [Standing.of(replace(forecast(), id=name, forecaster=forecaster), None, None) for name in ids]
    return listing(standings, date(2025, 7, 1), width).text.plain.splitlines()[1:]


@given(IDS, st.text("abc def", min_size=1, max_size=60), st.integers(61, 200))
def test_it_fits_the_terminal_unless_a_short_id_would_be_that_of_several(
    ids: list[str], forecaster: str, width: int
) -> None:
    for name, line in zip(ids, lines(ids, forecaster, width), strict=True):
        shown = line.split()[2]
        if shown != name:
            assert [one for one in ids if one.startswith(shown.rstrip("…"))] == [name]
            assert len(line) <= width
    if len({name[:15] for name in ids}) == len(ids):
        assert all(len(line) <= width for line in lines(ids, forecaster, width))


def test_ids_that_begin_alike_stay_whole() -> None:
    ids = [f"the-price-of-oil-rises-above-100-dollars-by-the-end-of-{year}" for year in (2026, 2027)]
    assert [line.split()[2] for line in lines(ids, "A. Writer", 80)] == ids
    assert lines([ids[0]], "A. Writer", 80) == [
        "… pending    the-price-of-oil-rises-above-100-doll…  2025-09-30   70%  A. Writer"
    ]


@given(IDS, st.text("abc", min_size=1, max_size=60))
def test_in_a_pipe_all_is_whole(ids: list[str], forecaster: str) -> None:
    assert [(line.split()[2], line.split()[-1]) for line in lines(ids, forecaster, PIPE_WIDTH)] == [
        (name, forecaster) for name in ids
    ]
