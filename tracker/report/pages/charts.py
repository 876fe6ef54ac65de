"""How are a time line, a calibration and a score over time drawn? As SVG for a page's style sheet, each with its words.

Across, everything is placed in per cent of the width, so that a drawing fits a phone without its letters shrinking. No
style stands in the drawing: shapes and classes do, so that it can be read without colour and in the dark.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import svg
from markupsafe import Markup

from tracker.report.pages.forecaster import ScorePoint
from tracker.report.pages.timeline import AGAINST, Dot, Timeline
from tracker.score import CalibrationRow
from tracker.wording import counted

_LANE, _TOP, _STRIP, _AXIS = 38, 46, 40, 28  # heights in pixels
_SPAN = 34  # where the window begins, below the names of moments
_EDGE = 1.5  # per cent of the width that stay free at either side
_BINS = 90  # dots closer than a 90th of the width are drawn as one
_MOST_TICKS = 5
_PLOT = 320
_SCORE_HEIGHT = 180


def timeline(line: Timeline) -> Markup:
    """A window with the reports, a lane for each thing that they say, and the days that were watched."""
    place = _places(line.first, line.last)
    lanes_end = _TOP + _LANE * len(line.lanes)
    strip_end = lanes_end + (_STRIP if line.watch else 0)
    drawn: list[svg.Element] = []
    opens, closes = place(line.opens, 0), place(line.closes or line.last, 1)
    drawn.append(_bar("window", opens, closes, _SPAN, strip_end - _SPAN))
    drawn.append(_line("span", opens, closes, _SPAN, _SPAN))
    drawn.append(_text("moment", (opens + closes) / 2, _SPAN - 6, "window"))
    drawn += _moment("said", place(line.said, 0.5), _SPAN, "said")
    if line.first <= line.as_of < line.last:
        drawn += _moment("today", place(line.as_of, 0.5), strip_end, "as of")
    if line.event_day and line.first <= line.event_day <= line.last:
        drawn += _moment("event", place(line.event_day, 0.5), strip_end, "event")
    for number, lane in enumerate(line.lanes):
        middle = _TOP + _LANE * number + 25
        drawn.append(_text("lane", 0, middle - 13, f"{lane.kind} · {lane.reports}"))
        drawn.append(_line("rule", 0, 100, middle, middle))
        drawn += [_dot(lane.kind, dot, place(dot.day, 0.5), middle) for dot in _apart(lane.dots, place)]
    if line.watch:
        drawn.append(_text("lane", 0, lanes_end + 15, "feeds watched"))
        drawn += [
            _bar(
                "watched" if stretch.watched else "unwatched",
                place(stretch.days.opens, 0),
                place(stretch.days.closes, 1),
                lanes_end + 22,
                10,
            )
            for stretch in line.watch
        ]
    drawn.append(_line("axis", 0, 100, strip_end + 4, strip_end + 4))
    drawn += _ticks(line.first, line.last, place, strip_end + 4)
    return _drawing("timeline", drawn, strip_end + _AXIS, timeline_words(line))


def timeline_words(line: Timeline) -> str:
    """What a time line shows, in words."""
    closes = f"{line.opens} to {line.closes}" if line.closes else f"{line.opens} and after"
    words = [f"Window {closes}"]
    said = [
        f"{lane.kind} {lane.reports}" + (f" ({count} counted)" if (count := _counted(lane.dots)) else "")
        for lane in line.lanes
    ]
    words.append(f"reports by what they say: {', '.join(said)}" if said else "no reports")
    if line.watch:
        days = sum(stretch.days.days for stretch in line.watch)
        watched = sum(stretch.days.days for stretch in line.watch if stretch.watched)
        words.append(f"feeds watched on {watched} of {counted(days, 'day')}")
    return "; ".join(words) + "."


def calibration(rows: Sequence[CalibrationRow]) -> Markup:
    """What was said against what happened, each group with its interval and how many forecasts it holds."""
    drawn: list[svg.Element] = []
    for tenth in range(0, 11, 2):
        share = tenth / 10
        drawn += [
            svg.Line(class_=["grid"], x1=_across(0), x2=_across(1), y1=_up(share), y2=_up(share)),
            svg.Line(class_=["grid"], x1=_across(share), x2=_across(share), y1=_up(0), y2=_up(1)),
            svg.Text(class_=["tick"], x=_across(0) - 6, y=_up(share) + 4, text_anchor="end", text=f"{share:.0%}"),
            svg.Text(class_=["tick"], x=_across(share), y=_up(0) + 18, text_anchor="middle", text=f"{share:.0%}"),
        ]
    drawn.append(svg.Line(class_=["ideal"], x1=_across(0), x2=_across(1), y1=_up(0), y2=_up(1)))
    for row in rows:
        x, low, high, happened = _across(row.said), _up(row.happened_low), _up(row.happened_high), _up(row.happened)
        drawn += [
            svg.Line(class_=["interval"], x1=x, x2=x, y1=low, y2=high),
            svg.Line(class_=["interval"], x1=x - 5, x2=x + 5, y1=low, y2=low),
            svg.Line(class_=["interval"], x1=x - 5, x2=x + 5, y1=high, y2=high),
            svg.Circle(class_=["group"], cx=x, cy=happened, r=5),
            svg.Text(class_=["count"], x=x + 9, y=happened + 4, text=str(row.count)),
        ]
    drawn += [
        svg.Text(class_=["label"], x=_across(0.5), y=_up(0) + 36, text_anchor="middle", text="said"),
        svg.Text(class_=["label"], x=_across(0), y=_up(1) - 10, text_anchor="middle", text="happened"),
    ]
    box = svg.ViewBoxSpec(0, 0, _PLOT + 70, _PLOT + 70)
    return _as_markup(svg.SVG(viewBox=box, class_=["chart", "calibration"], elements=drawn), calibration_words(rows))


def calibration_words(rows: Sequence[CalibrationRow]) -> str:
    """What a calibration shows, in words."""
    said = [f"said {row.said:.0%}, happened {row.happened:.0%} of {row.count}" for row in rows]
    return f"Of what was said and what happened: {'; '.join(said)}."


def score_over_time(points: Sequence[ScorePoint]) -> Markup:
    """The Brier score of all forecasts settled until each day; a dashed line where saying one half would lie."""
    place = _places(points[0].day, points[-1].day)
    top, bottom = 14, _SCORE_HEIGHT - 30
    most = max(0.5, math.ceil(max(point.brier for point in points) * 10) / 10)

    def height(score: float) -> float:
        return round(bottom - (bottom - top) * score / most, 1)

    drawn: list[svg.Element] = []
    for tenth in range(0, round(most * 10) + 1, 1 if most <= 0.5 else 2):
        drawn.append(_line("grid", 0, 100, height(tenth / 10), height(tenth / 10)))
        drawn.append(_text("tick", 0, height(tenth / 10) - 3, f"{tenth / 10:.1f}"))
    drawn.append(_line("ideal", 0, 100, height(0.25), height(0.25)))
    kept = {round(place(point.day, 0.5)): point for point in points}  # of those on one spot the last
    steps = [(place(point.day, 0.5), height(point.brier)) for point in kept.values()]
    for (x, y), (next_x, next_y) in pairwise(steps):
        drawn += [_line("score", x, next_x, y, y), _line("score", next_x, next_x, y, next_y)]
    drawn += [svg.Circle(class_=["group"], cx=_percent(x), cy=y, r=3) for x, y in steps]
    drawn += _ticks(points[0].day, points[-1].day, place, bottom)
    return _drawing("scores", drawn, _SCORE_HEIGHT, score_words(points))


def score_words(points: Sequence[ScorePoint]) -> str:
    """What a score over time shows, in words."""
    first, last = points[0], points[-1]
    if first == last:
        return f"Brier score {last.brier:.3f} over {last.settled} forecasts, all settled by {last.day}."
    return (
        f"Brier score {first.brier:.3f} over the first {first.settled} settled forecasts, on {first.day}, and"
        f" {last.brier:.3f} over {last.settled} on {last.day}. Lower is better; always saying one half scores 0.250."
    )


def _places(first: date, last: date) -> Callable[[date, float], float]:
    """Where a day lies, in per cent of the width; with 0 where it begins, 1 where it ends."""
    days = (last - first).days + 1

    def place(day: date, part: float) -> float:
        share = min(max(((day - first).days + part) / days, 0.0), 1.0)
        return round(_EDGE + share * (100 - 2 * _EDGE), 2)

    return place


def _apart(dots: Sequence[Dot], place: Callable[[date, float], float]) -> list[Dot]:
    """The dots, those that would lie on each other made one."""
    near: dict[int, list[Dot]] = defaultdict(list)
    for dot in dots:
        near[int(place(dot.day, 0.5) * _BINS / 100)].append(dot)
    return [
        Dot(group[len(group) // 2].day, sum(dot.reports for dot in group), sum(dot.counted for dot in group))
        for group in near.values()
    ]


def _counted(dots: Sequence[Dot]) -> int:
    return sum(dot.counted for dot in dots)


def _dot(kind: str, dot: Dot, x: float, y: float) -> svg.Element:
    """A mark whose shape tells what the reports say, larger where there are more, with a ring where some count."""
    size = round(4 + min(5.0, 1.3 * math.sqrt(dot.reports - 1)), 1)
    ring: list[svg.Element] = [svg.Circle(class_=["ring"], r=size + 3)] if dot.counted else []
    told = f"{dot.day}: {counted(dot.reports, 'report')}, {kind}{f', {dot.counted} counted' if dot.counted else ''}"
    return svg.SVG(
        xmlns=None,
        x=_percent(x),
        y=y,
        overflow="visible",
        class_=["dot", kind],
        elements=[svg.Title(text=told), *ring, _shape(kind, size)],
    )


def _shape(kind: str, size: float) -> svg.Element:
    half = round(size * 0.85, 1)
    match kind:
        case "affirmed" | "hedged":
            return svg.Circle(r=size)
        case "denied":
            ends: list[svg.PathData] = [svg.M(-half, -half), svg.L(half, half), svg.M(-half, half), svg.L(half, -half)]
        case "planned":
            ends = [svg.M(-half, -size), svg.L(size, 0), svg.L(-half, size), svg.Z()]
        case "recalled":
            ends = [svg.M(half, -size), svg.L(-size, 0), svg.L(half, size), svg.Z()]
        case _ if kind == AGAINST:
            ends = [svg.M(0, -size - 1), svg.L(size + 1, 0), svg.L(0, size + 1), svg.L(-size - 1, 0), svg.Z()]
        case _:
            ends = [svg.M(-half, -half), svg.L(half, -half), svg.L(half, half), svg.L(-half, half), svg.Z()]
    return svg.Path(d=ends)


def _moment(name: str, x: float, height: float, label: str) -> list[svg.Element]:
    return [_line(name, x, x, 16, height), _text("moment", x, 11, label)]


def _ticks(first: date, last: date, place: Callable[[date, float], float], y: float) -> Iterator[svg.Element]:
    for day, label in _tick_days(first, last):
        x = place(day, 0)
        yield _line("axis", x, x, y, y + 5)
        yield _text("tick", x, y + 18, label)


def _tick_days(first: date, last: date) -> list[tuple[date, str]]:
    """The days that the axis names, five at most: the first ones of years or months, or some days apart."""
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    for step in (1, 2, 3, 6):
        found = [day for day in months if (day.month - 1) % step == 0]
        if 2 <= len(found) <= _MOST_TICKS:
            return [(day, f"{day:%b} {day.year}") for day in found]
    if len(months) > _MOST_TICKS:
        years = [day for day in months if day.month == 1]
        step = math.ceil(len(years) / _MOST_TICKS)
        return [(day, str(day.year)) for day in years if day.year % step == 0]
    step = max(1, math.ceil(((last - first).days + 1) / _MOST_TICKS))
    days = [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]
    return [(day, f"{day.day} {day:%b}") for day in days]


def _percent(x: float) -> svg.Length:
    return svg.Length(x, "%")


def _line(name: str, x1: float, x2: float, y1: float, y2: float) -> svg.Line:
    return svg.Line(class_=[name], x1=_percent(x1), x2=_percent(x2), y1=y1, y2=y2)


def _bar(name: str, x1: float, x2: float, y: float, height: float) -> svg.Rect:
    return svg.Rect(class_=[name], x=_percent(x1), width=_percent(round(x2 - x1, 2)), y=y, height=height)


def _text(name: str, x: float, y: float, text: str) -> svg.Text:
    """A label that keeps inside the drawing."""
    anchor: Literal["start", "middle", "end"] = "start" if x < 8 else "end" if x > 92 else "middle"
    return svg.Text(class_=[name], x=_percent(round(x, 2)), y=y, text_anchor=anchor, text=svg.escape(text))


def _across(share: float) -> float:
    return round(40 + _PLOT * share, 1)


def _up(share: float) -> float:
    return round(26 + _PLOT * (1 - share), 1)


def _drawing(name: str, drawn: list[svg.Element], height: float, words: str) -> Markup:
    drawing = svg.SVG(class_=["chart", name], width=_percent(100), height=height, elements=drawn)
    return _as_markup(drawing, words)


def _as_markup(drawing: svg.SVG, words: str) -> Markup:
    drawing.extra = {"role": "img", "aria-label": str(Markup.escape(words)), "focusable": "false"}
    return Markup(drawing.as_str())  # noqa: S704 - numbers, names of ours, and what was escaped
