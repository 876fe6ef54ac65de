"""What is remembered of earlier judgements is what judging anew gives, whatever came into the store in between."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from builders import criterion, day, forecast, item, moment, remember, window

from tracker import judgements as module
from tracker.concepts import load_concepts
from tracker.judgements import judgements
from tracker.judging import Judgement, Judging, OnItems
from tracker.model import Forecast, Item, ItemDecision, Poll, Window
from tracker.store import Store, open_store

CONCEPTS = load_concepts()
HOUSES = ("a.org", "b.org", "c.org", "d.org")
WINDOWS = (window(1, 12), window(5, 40), window(20, 60), window(1, 200), Window(day(150), day(160)))
FORECASTS = [
    replace(forecast(about), id=f"forecast-{number}", condition=condition)
    for number, about in enumerate(
        criterion(topic="freedonia", event=event, window=days, audible=audible, kind=kind)
        for days in WINDOWS
        for event in ("envoy NEAR/4 meet", "war")
        for audible, kind in ((True, "talks NEAR/3 envoys"), (None, ""))
    )
    for condition in [criterion(topic="sylvania", event="talks", window=about.window) if number % 5 == 0 else None]
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/tracker.sqlite") as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "FEWEST", 1)
    return tmp_path / ".cache" / "judgements.sqlite"


def judged(
    store: Store, file: Path | None, as_of: int, said: OnItems | None = None, these: list[Forecast] | None = None
) -> list[Judgement]:
    return list(judgements(store, these or FORECASTS, CONCEPTS, day(as_of), said, file))


def anew(monkeypatch: pytest.MonkeyPatch, store: Store, file: Path, as_of: int, said: OnItems | None = None) -> int:
    """How many forecasts are judged although something is remembered."""
    count = 0
    real = Judging.judgement

    def counted(self: Judging, about: Forecast) -> Judgement:
        nonlocal count
        count += 1
        return real(self, about)

    with monkeypatch.context() as patched:
        patched.setattr(Judging, "judgement", counted)
        judged(store, file, as_of, said)
    return count


def some_items(chance: Random, number: int, until: int) -> list[Item]:
    words = ["Freedonia", "Sylvania", "envoys", "meet", "met", "talks", "war", "wheat", "no"]
    return [
        item(
            " ".join(chance.choices(words, k=6)),
            on=chance.randint(1, until),
            key=f"{chance.randint(0, 400):03}",
            source=chance.choice(HOUSES),
        )
        for _ in range(number)
    ]


def save(store: Store, items: list[Item], at: int, *, archive: bool) -> None:
    for feed in dict.fromkeys(one.feed for one in items):
        mine = tuple({one.key: one for one in items if one.feed == feed}.values())
        remember(store, Poll(feed, moment(at), items=mine, archive=archive))


def test_whatever_happens_the_answer_is_that_of_judging_anew(store: Store, file: Path) -> None:
    chance = Random(11)
    said: dict[str, list[ItemDecision]] = {}
    as_of = 10
    archive = {
        house: [item("Freedonia trades", on=number, source=house) for number in range(1, 10)] for house in HOUSES
    }
    for step in range(16):
        match chance.randrange(5):
            case 0:
                save(store, some_items(chance, 20, as_of), as_of, archive=False)
            case 1:
                house = chance.choice(HOUSES)
                some = [replace(one, feed=f"archive {house}") for one in some_items(chance, 15, as_of)]
                save(store, [*archive[house], *some][chance.randrange(4) :], as_of, archive=True)
            case 2:
                past = tuple(some_items(chance, 5, as_of))
                proves = (moment(chance.randint(1, as_of)), moment(as_of))
                store.save_past(Poll(past[0].feed, moment(as_of), items=past[:1]), proves)
            case 3:
                as_of += chance.choice((1, 1, 5, 30))
            case 4 if keys := [one.key for one in store.items(until=day(as_of))]:
                about, key = chance.choice(FORECASTS).id, chance.choice(keys)
                word = ItemDecision(
                    about, key, chance.random() < 0.5, "Read it.", "Ana", datetime(2025, 9, 1, tzinfo=UTC)
                )
                said = {**said, about: [*said.get(about, ()), word]}
        these = FORECASTS[step % 2 :: 2]
        assert judged(store, file, as_of, said, these) == judged(store, None, as_of, said, these), step


def test_nothing_new_means_that_nothing_is_judged(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(store, some_items(Random(1), 200, 60), 61, archive=True)
    assert anew(monkeypatch, store, file, 70) == len(FORECASTS)
    assert anew(monkeypatch, store, file, 70) == 0


def test_only_what_later_days_can_change_is_judged_again(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, some_items(Random(1), 200, 60), 61, archive=True)
    judged(store, file, 120)
    open_still = sum(one.window.closes > day(80) for one in FORECASTS)
    assert anew(monkeypatch, store, file, 121) == open_still
    save(store, [item("Freedonia trades", on=118, feed="new")], 121, archive=True)
    assert anew(monkeypatch, store, file, 121) == open_still
    save(store, [item("Freedonia trades", on=2, key="late", feed="late")], 121, archive=True)
    assert anew(monkeypatch, store, file, 121) == len(FORECASTS)


def test_a_forecast_that_asks_something_else_is_judged_again(store: Store, file: Path) -> None:
    save(store, some_items(Random(1), 200, 60), 61, archive=True)
    judged(store, file, 120)
    changed = [replace(FORECASTS[0], coverage=0.1), replace(FORECASTS[1], criterion=FORECASTS[2].criterion)]
    changed += FORECASTS[2:]
    assert judged(store, file, 120, these=changed) == judged(store, None, 120, these=changed)


def test_a_persons_word_is_heeded_at_once(store: Store, file: Path) -> None:
    save(store, some_items(Random(1), 200, 60), 61, archive=True)
    before = judged(store, file, 120)
    about = next(one for one in before if one.verdict.evidence)
    key = about.verdict.evidence[0].item.key
    word = ItemDecision(about.verdict.forecast, key, False, "Of another year.", "Ana", datetime(2025, 9, 1, tzinfo=UTC))
    said = {word.forecast: [word]}
    after = judged(store, file, 120, said)
    assert after == judged(store, None, 120, said)
    assert after != before


def test_a_poll_that_only_proves_that_nothing_slipped_through_counts(store: Store, file: Path) -> None:
    some = [item("Freedonia trades", on=number, source=house) for house in HOUSES for number in (1, 2)]
    save(store, some, 2, archive=False)
    before = judged(store, file, 60)
    save(store, some, 59, archive=False)
    after = judged(store, file, 60)
    assert after == judged(store, None, 60)
    assert after != before


@pytest.mark.parametrize("content", [b"", b"not a database" * 100], ids=["empty", "something else"])
def test_a_broken_file_is_no_memory_and_is_made_anew(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    save(store, some_items(Random(1), 100, 60), 61, archive=True)
    expected = judged(store, file, 70)
    file.write_bytes(content)
    assert judged(store, file, 70) == expected
    assert anew(monkeypatch, store, file, 70) == 0


def test_a_broken_judgement_is_made_anew(store: Store, file: Path) -> None:
    save(store, some_items(Random(1), 100, 60), 61, archive=True)
    expected = judged(store, file, 70)
    for broken in (b"", b"x\x9c", b"[1, 2]"):
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("UPDATE judgements_1 SET judgement = ?", [broken])
        assert judged(store, file, 70) == expected


def test_every_part_of_the_program_that_judges_is_known_to_matter() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, tracker.judgements; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    parts = {name.split(".")[1] for name in told.stdout.split() if name.startswith("tracker.")}
    # These look after files, and decide nothing.
    assert parts - {"release", "cache_folder", "database_file"} <= {name.partition(".")[0] for name in module._PROGRAM}
    assert all((Path(module.__file__).parent / name).exists() for name in module._PROGRAM)


def test_a_pass_that_is_broken_off_is_not_lost(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(store, some_items(Random(1), 100, 60), 61, archive=True)
    monkeypatch.setattr(module, "_AT_ONCE", 3)
    passing = judgements(store, FORECASTS, CONCEPTS, day(70), None, file)
    for _ in range(8):
        next(passing)
    assert anew(monkeypatch, store, file, 70) == len(FORECASTS) - 6


def test_few_forecasts_are_judged_without_leaving_anything_behind(store: Store, tmp_path: Path) -> None:
    judged(store, tmp_path / ".cache" / "judgements.sqlite", 70)
    assert not (tmp_path / ".cache").exists()
