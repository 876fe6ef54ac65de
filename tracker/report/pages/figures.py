"""What do the figures of a summary say? Each by its name, with its interval, or why it is not given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.score import Summary


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words, with a note on how to read it; without a value the note says why there is none."""

    name: str
    value: str
    note: str


def figures_of(summary: Summary) -> tuple[Figure, ...]:
    """Hit rate, Brier score, log score and skill of a set of forecasts."""

    def figure(name: str, field: str, value: str, note: str) -> Figure:
        return Figure(name, value, note) if value else Figure(name, "", summary.why_missing(field))

    counts = summary.counts
    hits = hits_note = brier = brier_note = ""
    if summary.hit_rate is not None and summary.hit_interval is not None:
        hits = f"{summary.hit_rate:.0%}"
        low, high = summary.hit_interval
        hits_note = f"{counts.confirmed} of {counts.settled} came true as expected; 95%: {low:.0%} to {high:.0%}"
    if summary.brier is not None:
        brier = f"{summary.brier:.3f}"
        notes = ["0 is best, 0.25 always saying one half"]
        if summary.brier_interval is not None:
            notes.append("95%: {:.3f} to {:.3f}".format(*summary.brier_interval))
        if summary.brier_range is not None:
            notes.append("words read at either end {:.3f} to {:.3f}".format(*summary.brier_range))
        brier_note = "; ".join(notes)
    log = "" if summary.log_score is None else f"{summary.log_score:.3f}"
    skill = "" if summary.skill is None else f"{summary.skill:+.2f}"
    return (
        figure("Hit rate", "hit_rate", hits, hits_note),
        figure("Brier score", "brier", brier, brier_note),
        figure("Log score", "log_score", log, "0.693 is always saying one half; lower is better"),
        figure("Skill", "skill", skill, "against always saying the base rate; 0 is no better"),
    )
