"""What is remembered of a large ledger is what reading it anew gives, whatever happens to files and memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from test_ledger_read import GOOD, TEXT, workspace

from tracker.concepts import load_concepts
from tracker.ledger import Defaults, Ledger, memory, read_ledger
from tracker.ledger.memory import FEWEST_BYTES
from tracker.ledger.nodes import compose

LARGE = GOOD + "#" * FEWEST_BYTES + "\n"
SMALL = GOOD.replace("oil-rises", "oil-falls").replace("text: seeds/oil.txt", "url: https://example.org/oil")
SMALL = SMALL.replace("  url: https://example.org/oil\n", "", 1).replace(
    "2025-02-01/2025-12-31", "2025-01-01/2025-12-31"
)
"""Without its article's text, and with a window that opens before it: two warnings."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return workspace(tmp_path, oil=LARGE, small=SMALL)


def remembered(folder: Path) -> Path:
    return folder.parent / "data" / ".cache" / "ledger.jsonl"


def read(folder: Path, *, queries: bool = False, defaults: Defaults | None = None, anew: bool = False) -> Ledger:
    concepts = load_concepts(folder / "concepts.yaml") if queries else None
    return read_ledger(folder, concepts=concepts, defaults=defaults, remembered=None if anew else remembered(folder))


def told(ledger: Ledger) -> tuple[object, list[str], list[str]]:
    return ledger.forecasts, [str(one) for one in ledger.errors], [str(one) for one in ledger.warnings]


def read_as_yaml(monkeypatch: pytest.MonkeyPatch, folder: Path, *, queries: bool = False) -> list[str]:
    """The names of the files that a reading takes anew."""
    found: list[str] = []

    def composed(text: str, file: str) -> object:
        found.append(file)
        return compose(text, file)

    with monkeypatch.context() as patched:
        patched.setattr("tracker.ledger.schema.compose", composed)
        read(folder, queries=queries)
    return found


def test_an_unchanged_file_is_not_read_again_and_says_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(folder)
    assert len(first.forecasts) == 2
    assert len(first.warnings) == 2
    assert read_as_yaml(monkeypatch, folder) == []
    assert told(read(folder)) == told(first) == told(read(folder, anew=True))
    assert (remembered(folder).parent / ".gitignore").read_text() == "*\n"


def test_a_kind_is_remembered_and_one_that_is_edited_is_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = LARGE.replace("audible: yes", "kind: soar*").replace("event: cut*", 'event: cut*\n      kind: "@russia"')
    (folder / "oil.yaml").write_text(kinds)
    first = read(folder)
    assert read_as_yaml(monkeypatch, folder) == []
    assert told(read(folder)) == told(first)
    remembered_of = read(folder).forecasts[0]
    assert remembered_of.condition is not None
    assert (remembered_of.criterion.kind, remembered_of.condition.kind) == ("soar*", "@russia")
    (folder / "oil.yaml").write_text(kinds.replace("soar*", "jump*"))
    assert read(folder).forecasts[0].criterion.kind == "jump*"


def test_only_what_has_changed_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(folder)
    (folder / "small.yaml").write_text(SMALL.replace("10%", "20%"))
    os.utime(folder / "oil.yaml", ns=(0, 0))
    assert read_as_yaml(monkeypatch, folder) == ["forecasts/small.yaml"]
    assert read(folder).forecasts[1].likelihood.probability == 0.2


def test_an_edit_that_keeps_size_and_date_is_seen(folder: Path) -> None:
    read(folder)
    before = (folder / "small.yaml").stat()
    (folder / "small.yaml").write_text(SMALL.replace("10%", "30%"))
    os.utime(folder / "small.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read(folder).forecasts[1].likelihood.probability == 0.3


def test_a_quote_is_held_against_the_article_as_it_is_now(folder: Path) -> None:
    read(folder)
    text = folder.parent / "seeds" / "oil.txt"
    text.write_text(TEXT.replace("not rise", "rise"))
    assert told(read(folder)) == told(read(folder, anew=True))
    assert "quote does not stand in seeds/oil.txt" in str(read(folder).errors[0])
    text.unlink()
    assert "text names no file" in str(read(folder).errors[0])


def test_a_mistake_is_told_with_its_line_each_time(folder: Path) -> None:
    read(folder)
    (folder / "small.yaml").write_text(SMALL.replace("likelihood: 10%", "likelihood: soonish"))
    for _ in range(2):
        (error,) = read(folder).errors
        assert str(error).startswith("forecasts/small.yaml:10: likelihood: ")


def test_defaults_that_change_change_the_forecasts(folder: Path) -> None:
    bare = GOOD.replace("    lag: 10\n", "").replace("oil-rises", "bare")
    (folder / "bare.yaml").write_text(bare)
    assert read(folder).forecasts[0].criterion.lag_days == 2
    assert read(folder, defaults=Defaults(lag_days=5)).forecasts[0].criterion.lag_days == 5


def test_queries_are_read_where_they_matter_and_with_the_concepts_of_now(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "concepts.yaml").write_text("dear:\n  means: x\n  any: [dear]\n  hit: [dear oil]\n  miss: [cheap oil]\n")
    (folder / "small.yaml").write_text(SMALL.replace("topic: oil", 'topic: "@dear"'))
    assert read(folder).errors == ()
    assert len(read_as_yaml(monkeypatch, folder, queries=True)) == 2, "a listing says nothing of the queries"
    assert read_as_yaml(monkeypatch, folder, queries=True) == []
    assert read_as_yaml(monkeypatch, folder) == [], "a full reading will do for a listing"
    (folder / "concepts.yaml").write_text("cheap:\n  means: x\n  any: [cheap]\n  hit: [cheap oil]\n  miss: [oil]\n")
    assert read(folder).errors == ()
    (error,) = read(folder, queries=True).errors
    assert "there is no concept @dear" in str(error)


@pytest.mark.parametrize(
    "broken",
    {
        "empty": lambda whole: b"",
        "cut short": lambda whole: whole[: len(whole) // 2],
        "one letter changed": lambda whole: whole.replace(b"A. Writer", b"B. Writer"),
        "not text": lambda whole: b"\xff\x00" * 500,
        "another shape": lambda whole: b"\n".join(line[:50] + b"{}" for line in whole.splitlines()),
        "a digest over another shape": lambda whole: b"".join(
            b"%s %s []\n" % (line.split()[0], memory._checked(b"[]")) for line in whole.splitlines()
        ),
    }.values(),
)
def test_broken_memory_is_no_memory(folder: Path, broken: Callable[[bytes], bytes]) -> None:
    expected = told(read(folder))
    remembered(folder).write_bytes(broken(remembered(folder).read_bytes()))
    assert told(read(folder)) == expected
    remembered(folder).unlink()
    remembered(folder).mkdir()
    assert told(read(folder)) == expected


def test_another_program_reads_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(folder)
    monkeypatch.setattr(memory, "fingerprint", lambda *parts: "another")
    assert len(read_as_yaml(monkeypatch, folder)) == 2


def test_what_would_come_back_otherwise_is_not_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = memory._criterion_data
    monkeypatch.setattr(memory, "_criterion_data", lambda criterion: [*real(criterion)[:-1], None])
    read(folder)
    assert len(read_as_yaml(monkeypatch, folder)) == 2


def test_several_may_read_and_remember_at_once(folder: Path) -> None:
    expected = told(read(folder, anew=True))
    for _ in range(3):
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda queries: told(read(folder, queries=queries)), [True, False] * 8))
        assert found == [expected] * 16
    assert [path.name for path in sorted(remembered(folder).parent.iterdir())] == [".gitignore", "ledger.jsonl"]


def test_a_small_ledger_and_a_workspace_without_data_leave_nothing_behind(tmp_path: Path) -> None:
    for name, content in (("small", SMALL), ("bare", LARGE)):
        (tmp_path / name).mkdir()
        folder = workspace(tmp_path / name, oil=content)
        if name == "small":
            (tmp_path / name / "data").mkdir()
        assert read(folder).forecasts
        assert not remembered(folder).exists()
        assert not remembered(folder).parent.exists()
