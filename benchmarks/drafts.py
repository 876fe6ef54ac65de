"""How far do drafted queries get with no hand on them? Real questions, drafted from their text alone and replayed.

    python benchmarks/drafts.py [--beside DIR ...] [--show ID] [--ids ID,ID]

Each question is drafted from its one sentence, without its background and its criteria; its window is what the sentence
says, or else the question's own dates. A draft that asks for a person is never replayed: it decides nothing. DIR holds
encodings by hand, to be measured beside them. The other options are those of questions.py.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from news import NEWS, SHARED, read_news
from questions import OPEN, SETTLED, Answer, Judged, judge_all, number, read_answers, share, show
from replay import Replay

from tracker.concepts import Concepts, load_concepts
from tracker.draft import Draft, draft
from tracker.draft.claim import apart_from_time
from tracker.ledger import read_ledger
from tracker.model import Article, Criterion, Expects, Forecast, Likelihood, Place, Status, Strength, Window

HERE = Path(__file__).parent
_LATER = timedelta(days=31)


def window_of(question: str, answer: Answer) -> Window:
    """The window that a question's sentence names, or else its dates."""
    for found in reversed(apart_from_time(question, answer.begin, "en")[1]):
        window = found.reading.window if found.reading else None
        if window and answer.begin <= window.closes <= answer.close + _LATER:
            return Window(max(window.opens, answer.begin), window.closes)
    return Window(answer.begin, answer.close)


def drafted(question: str, answer: Answer, concepts: Concepts) -> tuple[Draft, Window]:
    """The draft of a question from its sentence, and its window."""
    window = window_of(question, answer)
    return draft(question, language="en", published=answer.begin, window=window, concepts=concepts), window


def forecast_of(name: str, question: str, made: Draft, window: Window, begin: date) -> Forecast:
    """A draft as the forecast that it would be."""
    criterion = Criterion(
        claim=question,
        topic=made.topic,
        event=made.event,
        window=window,
        against=made.against,
        sources=made.sources,
        lasts=made.lasts,
        audible=made.audible,
        kind=made.kind,
    )
    likelihood = Likelihood("50%", 0.5, 0.5, 0.5)
    article = Article("a question", begin)
    return Forecast(f"q{name}-draft", "", "", likelihood, Expects.HAPPENS, criterion, article, Place("", 0))


def row(title: str, judged: Sequence[Judged], asked: int, settled: dict[str, str]) -> Iterator[str]:
    """What one kind of encoding gives at the two moments, of all questions that were asked."""
    able = sum(kind in SETTLED for kind in settled.values())
    for moment in ("resolution + 3 days", "close + 3 days"):
        given = [one for one in judged if one.moment == moment and one.decided]
        right = [one for one in given if one.right]
        found = sum(settled.get(number(one.forecast)) in SETTLED for one in right)
        wrong = [f"{one.forecast.id} {one.verdict.status}" for one in given if not one.right]
        confirmed = sum(one.verdict.status is Status.CONFIRMED for one in given)
        strong = [one for one in given if one.verdict.strength is Strength.STRONG]
        sure = f"{sum(one.right for one in strong)}/{len(strong)}"
        told = share(len(right), len(given))
        yield (
            f"{title:<10} {moment:<20} right {told:<14} decided {share(len(given), asked):<13}"
            f" of what the news settle {share(found, able):<14} "
            f"confirmed {confirmed}, strong {sure}; wrong: {', '.join(wrong) or '-'}"
        )
    early = [one for one in judged if one.moment == "midway" and one.decided and not one.right and one.truth == OPEN]
    yield f"{title:<10} {'midway':<20} wrong: {', '.join(one.forecast.id for one in early) or 'none'}"


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description="Verdicts by drafted queries, from a year of real news.")
    options.add_argument("--news", type=Path, default=NEWS)
    options.add_argument("--answers", type=Path, default=SHARED / "questions-dev.jsonl")
    options.add_argument("--questions", type=Path, help="Forecast files whose quotes are the questions' sentences.")
    options.add_argument("--read", type=Path, default=HERE / "questions.tsv")
    options.add_argument("--beside", type=Path, action="append", default=[])
    options.add_argument("--ids", default="")
    options.add_argument("--show", metavar="ID")
    options.add_argument("--drafts", action="store_true", help="Print the drafts and replay nothing.")
    given = options.parse_args()
    concepts = load_concepts()
    answers = read_answers(given.answers)
    sentences = _sentences(given.answers, given.questions, concepts)
    only = set(filter(None, (given.show or given.ids).split(",")))
    sentences = {name: sentence for name, sentence in sentences.items() if not only or name in only}
    made = {name: drafted(sentence, answers[name], concepts) for name, sentence in sentences.items()}
    ready = {name: one for name, one in made.items() if one[0].ready}
    print(f"{len(made)} questions; {len(ready)} drafts ask for nobody, {len(made) - len(ready)} for a person")
    if given.drafts:
        print(*(line for name, one in made.items() for line in _told(name, sentences[name], *one)), sep="\n")
        return
    drafts = [forecast_of(name, sentences[name], *one, answers[name].begin) for name, one in ready.items()]
    groups = {"drafts": drafts}
    for folder in given.beside:
        ledger = read_ledger(folder, concepts=concepts)
        groups[folder.name] = [forecast for forecast in ledger.forecasts if number(forecast) in made]
    every = [forecast for group in groups.values() for forecast in group]
    replay = Replay(every, concepts, read_news(given.news))
    if given.show:
        print(*(line for name, one in made.items() for line in _told(name, sentences[name], *one)), sep="\n")
        print(*(line for forecast in drafts for line in show(replay, forecast, answers[number(forecast)])), sep="\n")
        return
    with given.read.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        settled = {line["question"]: line["settles"] for line in rows if line["question"] in made}
    for title, group in groups.items():
        judged = judge_all(replay, group, answers)
        print(*row(title, judged, len(made), settled), sep="\n")
        if title == "drafts":
            for one in judged:
                if one.moment == "close + 3 days":
                    print(f"  {one.forecast.id}: {one.verdict.status}, {one.answer.outcome}, {one.verdict.rule}")


def _sentences(answers: Path, questions: Path | None, concepts: Concepts) -> dict[str, str]:
    """The questions by their numbers: of the answers, or of the quotes of forecast files."""
    if questions is not None:
        return {number(one): one.quote for one in read_ledger(questions, concepts=concepts).forecasts}
    rows = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    return {str(line["id"]): line["question"] for line in rows}


def _told(name: str, sentence: str, made: Draft, window: Window) -> Iterator[str]:
    yield f"\n{name} {sentence}\n  window   {window}\n  topic    {made.topic}\n  event    {made.event}"
    if made.against:
        yield f"  against  {made.against}"
    yield f"  lasts {made.lasts}, audible {made.audible}, kind {made.kind or '-'}; {'; '.join(made.reasons)}"
    yield from (f"  a person: {doubt}" for doubt in made.doubts)


if __name__ == "__main__":
    main()
