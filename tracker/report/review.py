"""What does a person see who reviews? The queue by line, and one case with everything there is to read, numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.console import RenderableType
from rich.text import Text

from tracker.judging import Judgement
from tracker.model import Assertion, Evidence, Item, Role, Verdict
from tracker.report.data import Data
from tracker.report.terminal import Link, indented, marked, said
from tracker.resolve import Findings, Rule
from tracker.review import Case, Need, tally
from tracker.wording import counted

_AGAINST = "speaks against it"
_STYLES = {Need.CONTESTED: "yellow", Need.NEAR_MISS: "cyan", Need.OVERDUE: "red", Need.FEED: "dim"}


@dataclass(frozen=True, slots=True)
class Reading:
    """Something to read on a case: an item, what was made of it (None for a near miss), and what part it has.

    `condition` says that it is read for the forecast's condition.
    """

    item: Item
    evidence: Evidence | None
    part: str
    condition: bool = False

    @property
    def words(self) -> str:
        """The part that it has and what it says, in a few words."""
        about = f"condition, {self.part}" if self.condition else self.part
        if self.evidence is None:
            return about
        if self.evidence.role is Role.AGAINST and self.evidence.assertion is Assertion.AFFIRMED:
            return about if self.part == _AGAINST else f"{about}, against it"
        return f"{about}, {self.evidence.assertion.value}"


def readings(inspection: Judgement) -> list[Reading]:
    """All that there is to read on a forecast, each item once for its claim and once for its condition.

    What the verdict rests on comes first, then what speaks against it, near misses, and all other reports; those of the
    condition first where the verdict waits for it.
    """
    verdict, met = inspection.verdict, inspection.verdict.condition
    if inspection.condition is None or met is None:
        return list(_parts(inspection.found, verdict, condition=False))
    of_condition = list(_parts(inspection.condition, met, condition=True))
    if verdict.rule == Rule.CONDITION:  # it rests on what its condition rests on
        others = replace(verdict, evidence=(), contrary=())
        return [*of_condition, *_parts(inspection.found, others, condition=False)]
    return [*_parts(inspection.found, verdict, condition=False), *of_condition]


def _parts(found: Findings, verdict: Verdict, *, condition: bool) -> Iterator[Reading]:
    every: list[tuple[Item, Evidence | None, str]] = [
        *((one.item, one, "the verdict rests on it") for one in verdict.evidence),
        *((one.item, one, _AGAINST) for one in verdict.contrary),
        *((item, None, "near miss") for item in found.near_misses),
        *((one.item, one, "report") for one in found.evidence),
        *((one.item, one, "does not count") for one in found.set_aside),
    ]
    seen: set[str] = set()
    for item, evidence, part in every:
        if item.key not in seen:
            seen.add(item.key)
            yield Reading(item, evidence, part, condition)


def queue_text(cases: Sequence[Case]) -> Iterator[RenderableType]:
    """The queue for a person: each case with its reason and what can be done about it."""
    if not cases:
        yield Text("nothing needs a person")
        return
    for case in cases:
        yield Text.assemble((case.need.value, _STYLES[case.need]), "  ", (_title(case), "bold"))
        if case.forecast:
            yield indented(Text(case.forecast.claim), Text(said(case.forecast), style="dim"))
        yield indented(Text(f"Why: {case.reason}."), *(Text(f"→ {remedy}") for remedy in case.remedies))
        yield Text()
    told = ", ".join(f"{count} {need.value}" for need, count in tally(cases).items())
    yield Text(f"{counted(len(cases), 'case')} for a person: {told}", style="dim")


def _title(case: Case) -> str:
    return case.forecast.id if case.forecast else case.feed_title or case.feed


def case_text(case: Case, found: Sequence[Reading]) -> Iterator[RenderableType]:
    """One case, and all there is to read on it, numbered from 1."""
    yield from list(queue_text([case]))[:-2]
    for number, one in enumerate(found, start=1):
        line = Text(f"{number:>3}  {one.item.day}  ")
        line.append(one.evidence.origin if one.evidence else one.item.source, style="cyan")
        line.append(f"  {one.words}", style="dim")
        yield line
        text = (
            marked(one.evidence) if one.evidence else Text(" | ".join(filter(None, (one.item.title, one.item.summary))))
        )
        yield indented(indented(text))
        if one.item.link:
            yield Link(one.item.link, indent=4)


def case_data(case: Case) -> Data:
    """A case for other programs."""
    verdict = case.verdict
    return {
        "need": case.need.value,
        "forecast": case.forecast.id if case.forecast else None,
        "feed": case.feed or None,
        "reason": case.reason,
        "remedies": list(case.remedies),
        "status": verdict.status.value if verdict else None,
        "rule": verdict.rule if verdict else None,
        "evidence": list(verdict.evidence) if verdict else [],
        "near_misses": list(verdict.near_misses) if verdict else [],
    }
