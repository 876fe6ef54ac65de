"""Do the benchmarks that judge real questions run, and say what is so? On a stream, questions and answers made here."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from contextlib import redirect_stdout
from datetime import UTC, date, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from builders import remember

from tracker.check import judge
from tracker.concepts import load_concepts
from tracker.ledger import read_ledger
from tracker.model import Poll
from tracker.store import open_store

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
HOUSES = ("bbc.co.uk", "theguardian.com", "nytimes.com", "aljazeera.com", "npr.org")
MET = (
    "Envoys of Freedonia and Sylvania meet",
    "Freedonia greets its neighbour as envoys have met",
    "Envoys meet, says Freedonia",
)
FORECAST = """
article:
  title: Freedonia
  published: 2023-03-01
forecasts:
  - id: q{number}-{name}
    forecaster: Nobody
    quote: Will it happen?
    claim: It happens.
    likelihood: 50%
    window: 2023-03-01/2023-03-31
    expects: happens
    topic: freedonia
    event: {event}
    audible: yes
"""


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
    """The options of a run: a quarter of news by five houses, in which the envoys meet and nobody resigns."""
    news = []
    for number in range(90):
        day = f"2023-{2 + number // 28:02}-{1 + number % 28:02}"
        for house in HOUSES:
            news.append((day, house, f"Freedonia: weather of day {number} at {house}"))
        if day == "2023-03-10":
            news += [(day, house, title) for house, title in zip(HOUSES, MET, strict=False)]
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as lines:
        for number, (day, house, title) in enumerate(news):
            row = {"date_published": f"{day} 12:00:00+00:00", "feed": f"https://{house}/rss", "title": title}
            lines.write(json.dumps(row | {"description": "", "link": f"https://{house}/{number}"}) + "\n")
    forecasts = tmp_path / "questions"
    forecasts.mkdir()
    answers = []
    for number, name, event, outcome in (
        (1, "meet", "envoy NEAR/6 meet", "yes"),
        (2, "resign", "envoy NEAR/3 resign", "no"),
        (3, "part", "envoy NEAR/3 part", "yes"),
    ):
        (forecasts / f"{number}.yaml").write_text(FORECAST.format(number=number, name=name, event=event))
        dates = {"date_begin": "2023-03-01", "date_close": "2023-03-31", "resolved_on": "2023-03-20"}
        answers.append(json.dumps({"id": number, "outcome": outcome} | dates))
    (tmp_path / "answers.jsonl").write_text("\n".join(answers))
    read = "question\tsettles\thow\titems\tnote\n1\tyes\t\t\t\n2\tsilence\t\t\t\n3\tno\t\t\t\n"
    (tmp_path / "read.tsv").write_text(read)
    options = {"news": "news.jsonl.gz", "answers": "answers.jsonl", "forecasts": "questions", "read": "read.tsv"}
    return [part for name, file in options.items() for part in (f"--{name}", str(tmp_path / file))]


def add_news(folder: Path, news: list[tuple[str, str]]) -> None:
    """Add headlines of the 12th of March, each by a house."""
    with gzip.open(folder / "news.jsonl.gz", "at", encoding="utf-8") as lines:
        for house, title in news:
            row = {"date_published": "2023-03-12 12:00:00+00:00", "feed": f"https://{house}/rss", "title": title}
            lines.write(json.dumps(row | {"description": "", "link": f"https://{house}/{title}"}) + "\n")


def run(script: str, *options: str) -> str:
    """What a benchmark prints, made in this process: a new one each time would take most of the time."""
    told = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(told):
        patch.syspath_prepend(str(BENCHMARKS))
        patch.setattr(sys, "argv", [script, *options])
        import_module(script.removesuffix(".py")).main()
    return told.getvalue()


def test_a_process_of_its_own_says_the_same(given: list[str]) -> None:
    command = [sys.executable, str(BENCHMARKS / "absence.py"), *given[:6]]
    own = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    assert own == run("absence.py", *given[:6])


def test_questions_tells_right_from_wrong_and_what_could_be_found(given: list[str]) -> None:
    told = run("questions.py", *given)
    close = told[told.index("close + 3 days: 3 questions") :]
    assert (
        "         yes           1           1           0\n          no           0           1           0\n" in close
    )
    assert "  all     2/3 (67%) right; decided 3/3 (100%)\n" in close
    assert "  of what the stream settles: decided and right 2/2 (100%)\n" in close
    assert "lag from event to verdict: median 0 days, longest 0 (1 verdicts)" in told
    assert "false refutations: 2\n  q3-part, resolution + 3 days" not in told
    assert "false refutations: 1\n  q3-part, close + 3 days: absence" in told


def test_questions_shows_what_was_made_of_one(given: list[str]) -> None:
    told = run("questions.py", *given, "--show", "q1")
    assert "resolution + 3 days (2023-03-23): confirmed strong by happened: 3 origins report it" in told
    assert told.count("event affirmed of 2023-03-10 (its publication)") == len(MET)


def test_absence_tells_how_often_silence_deceives(given: list[str]) -> None:
    told = run("absence.py", *given[:6])
    assert "2 of 3 forecasts are left to silence; 1 of their events happened" in told
    assert f"{'houses that carry the topic':<30}{'4':>14}{1:>18}{1:>10}" in told
    assert f"{'houses that carry the topic':<30}{'6':>14}{0:>18}{0:>10}" in told


def test_drafts_are_made_from_the_sentence_and_one_that_needs_a_person_decides_nothing(
    given: list[str], tmp_path: Path
) -> None:
    questions = {
        1: "Will Freedonia hold a summit in March 2023?",
        2: "Will the leader of Freedonia resign by the end of March 2023?",
        3: "Will Freedonia not resign?",
    }
    rows = [json.loads(line) for line in (tmp_path / "answers.jsonl").read_text("utf-8").splitlines()]
    told = [json.dumps(row | {"question": questions[row["id"]]}) for row in rows]
    (tmp_path / "answers.jsonl").write_text("\n".join(told))
    news, answers, read = given[:2], given[2:4], given[6:]
    told_of = run("drafts.py", *news, *answers, *read, "--beside", str(tmp_path / "questions"))
    assert told_of.startswith("3 questions; 2 drafts ask for nobody, 1 for a person\n")
    assert "drafts     close + 3 days       right 0/0" in told_of
    assert "questions  close + 3 days       right 2/3 (67%)" in told_of
    # That others resign shows that it would be told; a report of it in other words is a matter for a person.
    lands = ("Ruritania", "Borduria", "Syldavia")
    add_news(tmp_path, [(house, f"Minister of {land} resigns") for house, land in zip(HOUSES, lands, strict=False)])
    told_of = run("drafts.py", *news, *answers, *read)
    assert "q2-draft: refuted, no, absence\n" in told_of
    assert "drafts     close + 3 days       right 1/1 (100%)     decided 1/3 (33%)" in told_of
    add_news(tmp_path, [(HOUSES[0], "In Freedonia crowds cheer: a resignation ends weeks of turmoil")])
    assert "q2-draft: pending, no, not covered\n" in run("drafts.py", *news, *answers, *read)
    assert "2023-03-01 to 2023-03-31" in run("drafts.py", *answers, "--drafts")


def test_a_replay_gives_the_verdicts_of_a_check(
    given: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    news, replay = import_module("news"), import_module("replay")
    concepts = load_concepts()
    file = tmp_path / "questions" / "2.yaml"
    file.write_text(file.read_text("utf-8") + "    kind: resign OR greet\n")
    forecasts = read_ledger(tmp_path / "questions", concepts=concepts).forecasts
    items = list(news.read_news(Path(given[1])))
    replayed = replay.Replay(forecasts, concepts, items)
    with open_store(f"sqlite:///{tmp_path}/tracker.sqlite") as store:
        for feed in {item.feed for item in items}:
            mine = tuple(item for item in items if item.feed == feed)
            remember(store, Poll(feed, datetime(2024, 1, 1, tzinfo=UTC), items=mine, archive=True))
        for day in (date(2023, 3, 5), date(2023, 3, 12), date(2023, 4, 1), date(2023, 4, 20)):
            verdicts = judge(store, forecasts, concepts, day)
            assert [replayed.verdict(one, day) for one in forecasts] == verdicts
    assert [one.rule for one in verdicts] == ["happened", "not covered", "absence"]


@pytest.mark.parametrize("folder", ["questions", "questions/blind", "held-out"])
def test_every_encoded_question_can_be_read(folder: str) -> None:
    ledger = read_ledger(BENCHMARKS / folder, concepts=load_concepts())
    assert [str(error) for error in ledger.errors] == []
    assert len(ledger.forecasts) >= 40
