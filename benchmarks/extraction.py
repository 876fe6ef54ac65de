"""Does `tracker extract` propose the forecasts that a careful reader finds? Articles against their answer sheets.

    python benchmarks/extraction.py [--articles FOLDER] [--errors]

The articles are those of tests/articles, with those of its fresh/ reported apart, and the article of
seeds/azerbaijan-cuts-ties.txt with its forecasts in forecasts/. A proposal matches an answer where their sentences
overlap by more than half of the shorter one, and each matches one of the other at most. A second proposal from an
answered sentence counts as extra, neither right nor wrong, and so does one of a sentence that is called debatable.

A field is right when
    forecaster  every word of the expected name stands in the proposed one, inflections aside
    likelihood  the probability lies in the range that the sheet accepts
    window      both ends lie in theirs, or the proposal says "default" where the sheet allows that
    expects     it is the same (a number stated without a side leaves either)
    condition   the words overlap by more than half, or neither has one

Precision is the share of the matched proposals that have the field right, recall the share of all answers; for
conditions, of those that are proposed and of those that there are. Intervals are 95% Wilson intervals. `--errors`
lists what is missed and what is wrong, without the articles of fresh/.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tracker.extract import ArticleText, Proposal, extract
from tracker.ledger import read_ledger
from tracker.model import Expects, Window
from tracker.score import wilson
from tracker.text import stem, surfaces

ROOT = Path(__file__).parents[1]
SEED = "seeds/azerbaijan-cuts-ties.txt"
FIELDS = ("forecaster", "likelihood", "window", "expects", "condition")
# The folders below that of the articles, and what their articles are to the program.
GROUPS = ((".", "development"), ("fresh", "fresh"))


@dataclass(frozen=True, slots=True)
class Answer:
    """A forecast that a reader finds, and what he would accept of each field. `opens` and `closes` are ranges of days.

    `opens` is None where the sentence names no time; `default` says whether a default window is right; `expects` is
    None where either side is.
    """

    start: int
    end: int
    quote: str
    forecaster: str
    low: float
    high: float
    opens: tuple[date, date] | None
    closes: tuple[date, date] | None
    default: bool
    expects: Expects | None
    condition: str

    def accepts(self, field: str, proposal: Proposal) -> bool:
        """Whether a proposal has this field right."""
        match field:
            case "forecaster":
                return stems(self.forecaster) <= stems(proposal.forecaster)
            case "likelihood":
                return self.low - 1e-9 <= proposal.likelihood.probability <= self.high + 1e-9
            case "window":
                return self._accepts_window(proposal.window.reading.window, proposal.window.is_default)
            case "expects":
                return self.expects in (None, proposal.expects)
            case _:
                return same_words(self.condition, proposal.condition)

    def _accepts_window(self, window: Window, is_default: bool) -> bool:
        if is_default or self.opens is None or self.closes is None:
            return is_default and self.default
        return self.opens[0] <= window.opens <= self.opens[1] and self.closes[0] <= window.closes <= self.closes[1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article, its answers, and the places of sentences on which readers may differ."""

    name: str
    language: str
    fresh: bool
    article: ArticleText
    answers: tuple[Answer, ...]
    debatable: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one article: pairs of answer and proposal, answers missed, proposals wrong and extra, seconds."""

    sheet: Sheet
    pairs: tuple[tuple[Answer, Proposal], ...]
    missed: tuple[Answer, ...]
    wrong: tuple[Proposal, ...]
    extra: tuple[Proposal, ...]
    seconds: float


def stems(words: str) -> set[str]:
    """The stems of the words of a text, those of one letter aside."""
    return {stem(word) for word in surfaces(words) if len(word) > 1}


def same_words(one: str, other: str) -> bool:
    """Whether two texts share more than half of the words of the shorter, or both are empty."""
    if not one or not other:
        return not one and not other
    shared, shorter = len(stems(one) & stems(other)), min(len(stems(one)), len(stems(other)))
    return 2 * shared > shorter


def read_sheet(path: Path, *, fresh: bool) -> Sheet:
    """The sheet of a YAML file, with its article beside it."""
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    about = content["article"]
    text = (path.parent / about["text"]).read_text("utf-8")
    article = ArticleText(text, about["published"], about["title"], about.get("author", ""))
    answers = tuple(_answer(text, entry) for entry in content["forecasts"])
    debatable = tuple(_place(text, entry["quote"]) for entry in content.get("debatable", []))
    return Sheet(path.stem, about["language"], fresh, article, answers, debatable)


def _answer(text: str, entry: dict[str, Any]) -> Answer:
    start, end = _place(text, entry["quote"])
    likelihood, window = entry["likelihood"], entry["window"]
    expects = None if entry["expects"] == "either" else Expects(entry["expects"])
    return Answer(
        start,
        end,
        entry["quote"],
        entry["forecaster"],
        likelihood["low"],
        likelihood["high"],
        tuple(window["opens"]) if "opens" in window else None,
        tuple(window["closes"]) if "closes" in window else None,
        window.get("default", False),
        expects,
        entry.get("condition", ""),
    )


def _place(text: str, quote: str) -> tuple[int, int]:
    start = text.index(quote)
    return start, start + len(quote)


def read_seed(root: Path) -> Sheet:
    """The article of the repository's own ledger; two written days there are a reader's default, not the sentence's."""
    forecasts = [one for one in read_ledger(root / "forecasts", concepts=None).forecasts if one.article.text == SEED]
    about = forecasts[0].article
    text = (root / SEED).read_text("utf-8")
    answers = []
    for forecast in forecasts:
        start, end = _place(text, forecast.quote)
        # Where the ledger has days or "open", the sentence has no phrase, and a default is right.
        phrase = forecast.criterion.window_phrase
        named = "/" not in phrase and phrase != "open"
        ends = [(day, day) for day in (forecast.window.opens, forecast.window.closes)] if named else [None, None]
        # The ledger restates a condition in its own words; here any part of the quote will do.
        condition = forecast.quote if forecast.condition else ""
        answers.append(
            Answer(
                start,
                end,
                forecast.quote,
                forecast.forecaster,
                forecast.likelihood.low,
                forecast.likelihood.high,
                ends[0],
                ends[1],
                not named,
                forecast.expects,
                condition,
            )
        )
    article = ArticleText(text, about.published, about.title)
    return Sheet("azerbaijan-cuts-ties", "en", False, article, tuple(answers), ())


def judge(sheet: Sheet, proposals: Sequence[Proposal], seconds: float = 0.0) -> Outcome:
    """Holds proposals against a sheet."""
    candidates = [
        (sum(answer.accepts(field, proposal) for field in FIELDS), -a, -p)
        for a, answer in enumerate(sheet.answers)
        for p, proposal in enumerate(proposals)
        if _overlaps((answer.start, answer.end), proposal)
    ]
    taken: dict[int, int] = {}
    for _, a, p in sorted(candidates, reverse=True):
        if -a not in taken and -p not in taken.values():
            taken[-a] = -p
    rest = [proposal for p, proposal in enumerate(proposals) if p not in taken.values()]
    places = [(answer.start, answer.end) for answer in sheet.answers] + list(sheet.debatable)
    extra = [proposal for proposal in rest if any(_overlaps(place, proposal) for place in places)]
    return Outcome(
        sheet,
        tuple((sheet.answers[a], proposals[p]) for a, p in sorted(taken.items())),
        tuple(answer for a, answer in enumerate(sheet.answers) if a not in taken),
        tuple(proposal for proposal in rest if proposal not in extra),
        tuple(extra),
        seconds,
    )


def _overlaps(place: tuple[int, int], proposal: Proposal) -> bool:
    shared = min(place[1], proposal.end) - max(place[0], proposal.start)
    return 2 * shared > min(place[1] - place[0], proposal.end - proposal.start)


def run(sheet: Sheet) -> Outcome:
    """Extracts the forecasts of a sheet's article, and judges them."""
    began = time.process_time()
    proposals = extract(sheet.article).proposals
    return judge(sheet, proposals, time.process_time() - began)


def share(right: int, of: int) -> str:
    """A share with its 95% Wilson interval, in per cent."""
    if not of:
        return f"{'—':>22}"
    low, high = wilson(right, of)
    return f"{right:>4}/{of:<4}{right / of:>5.0%} ({low:>3.0%}–{high:.0%})".ljust(26)


def table(title: str, outcomes: Sequence[Outcome]) -> str:
    """Precision and recall of proposals and of each field over some articles."""
    pairs = [pair for outcome in outcomes for pair in outcome.pairs]
    wrong, extra, missed = (sum(len(getattr(one, name)) for one in outcomes) for name in ("wrong", "extra", "missed"))
    answers = len(pairs) + missed
    lines = [
        f"{title}: {len(outcomes)} articles, {answers} forecasts, {len(pairs) + wrong} proposals and {extra} extra",
        f"  {'':<12}{'precision':<26}  recall",
        f"  {'proposals':<12}{share(len(pairs), len(pairs) + wrong)}  {share(len(pairs), answers)}",
    ]
    for field in FIELDS[:-1]:
        right = sum(answer.accepts(field, proposal) for answer, proposal in pairs)
        lines.append(f"  {field:<12}{share(right, len(pairs))}  {share(right, answers)}")
    stated = [answer for outcome in outcomes for answer in outcome.sheet.answers if answer.condition]
    proposed = [(answer, proposal) for answer, proposal in pairs if proposal.condition]
    right = sum(bool(answer.condition) and answer.accepts("condition", proposal) for answer, proposal in proposed)
    lines.append(f"  {'condition':<12}{share(right, len(proposed))}  {share(right, len(stated))}")
    return "\n".join(lines)


def errors(outcome: Outcome) -> str:
    """What one article was read wrongly in."""
    lines = [f"\n{outcome.sheet.name}"]
    lines += [f"  missed: {answer.quote}" for answer in outcome.missed]
    lines += [f"  wrong: {proposal.sentence}\n         {proposal.reason}" for proposal in outcome.wrong]
    shown: dict[str, Callable[[Proposal], object]] = {
        "forecaster": lambda p: p.forecaster,
        "likelihood": lambda p: p.likelihood,
        "window": lambda p: f"{p.window.phrase!r} {p.window.reading.window}{' (default)' * p.window.is_default}",
        "expects": lambda p: p.expects,
        "condition": lambda p: p.condition or "none",
    }
    for answer, proposal in outcome.pairs:
        for field in FIELDS:
            if not answer.accepts(field, proposal):
                lines.append(f"  {field} {shown[field](proposal)}: {answer.quote}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=Path, default=ROOT / "tests" / "articles")
    parser.add_argument("--errors", action="store_true", help="list what is missed and wrong, fresh articles aside")
    options = parser.parse_args(arguments)
    sheets = {
        name: [read_sheet(path, fresh=folder != ".") for path in sorted((options.articles / folder).glob("*.yaml"))]
        for folder, name in GROUPS
    }
    run(next(iter(sheets.values()))[0])  # what is read once, the tables, is no part of an article's time
    outcomes: list[Outcome] = []
    for name, group_sheets in sheets.items():
        if not group_sheets:
            continue
        group = [run(sheet) for sheet in group_sheets]
        outcomes += group
        for language in ("en", "ru"):
            print(table(f"{name}, {language}", [one for one in group if one.sheet.language == language]), end="\n\n")
        print(table(f"{name}, both", group), end="\n\n")
    seed = run(read_seed(ROOT))
    print(table("the seed article", [seed]), end="\n\n")
    words = sum(len(surfaces(outcome.sheet.article.text)) for outcome in outcomes)
    seconds = sum(outcome.seconds for outcome in outcomes)
    print(f"{words} words in {seconds:.2f} s of the processor, {3000 * seconds / words:.2f} s for 3,000 words")
    if options.errors:
        for outcome in [*(one for one in outcomes if not one.sheet.fresh), seed]:
            print(errors(outcome))


if __name__ == "__main__":
    main()
