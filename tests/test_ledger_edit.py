"""Forecasts put into files and changed there, with everything else left as it was."""

import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_ledger_read import CONCEPTS, GOOD, TEXT

from tracker.errors import DuplicateError, LedgerError, NotFoundError, TrackerError, UsageError
from tracker.ledger import read_ledger
from tracker.ledger.edit import append_forecast, edit_forecast
from tracker.ledger.layout import Value
from tracker.ledger.replace import replace_file
from tracker.model import Article, Forecast

BY_HAND = """\
# Oil, by hand.
article:
  title:     'A year of cheap oil'     # aligned
  published: 2025-02-01
  text:      "seeds/oil.txt"

forecasts:

  # The first.
  - id: oil-rises          # never rename
    forecaster: A. Writer
    quote: "Oil will not rise —
      not this year"       # broken by hand
    claim: >-
      The price
      of oil rises.

    # How we look for it:
    topic: oil
    event: 'price NEAR/4 rise*'
    likelihood:   10%      # his words
    window: 2025-02-01/2025-12-31
    expects: does not happen
    tags:
      - energy   # one
      - prices

  - {id: flowing, forecaster: A. Writer, quote: keeps time, claim: A, likelihood: 10%, window: 2025-02-01/2025-12-31,
     expects: happens, topic: oil, event: tide}
# The end.
"""
NEW: dict[str, Value] = {
    "event": '@russia OR "oil: a fall"',
    "topic": "oil",
    "expects": "happens",
    "window": "2025-03-01/2025-06-30",
    "likelihood": "likely",
    "claim": "Oil: it falls, and #1 falls most.",
    "quote": "the tide, he says, keeps time",
    "forecaster": "A. Writer",
    "id": "oil-falls",
    "sources": 3,
    "lasts": True,
    "kind": "@russia OR fall*",
    "tags": ["energy", "a, b"],
    "if": {"claim": "OPEC meets.", "topic": "OPEC", "event": "meet*", "kind": "meet*"},
}
ARTICLE = Article("A year of: cheap oil", date(2025, 2, 1), "https://example.org/oil", "seeds/oil.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("forecasts", "seeds"):
        (tmp_path / name).mkdir()
    (tmp_path / "seeds" / "oil.txt").write_text(TEXT, "utf-8")
    (tmp_path / "forecasts" / "oil.yaml").write_text(BY_HAND, "utf-8")
    return tmp_path / "forecasts"


def forecasts(folder: Path) -> dict[str, Forecast]:
    ledger = read_ledger(folder, concepts=CONCEPTS)
    assert ledger.errors == ()
    return {forecast.id: forecast for forecast in ledger.forecasts}


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


def test_a_new_file_reads_like_one_written_by_hand(folder: Path) -> None:
    forecast = append_forecast(folder / "new.yaml", ARTICLE, NEW, concepts=CONCEPTS)
    assert (
        (folder / "new.yaml").read_text("utf-8")
        == """\
article:
  title: "A year of: cheap oil"
  published: 2025-02-01
  url: https://example.org/oil
  text: seeds/oil.txt
forecasts:
  - id: oil-falls
    forecaster: A. Writer
    quote: the tide, he says, keeps time
    claim: "Oil: it falls, and #1 falls most."
    likelihood: likely
    window: 2025-03-01/2025-06-30
    expects: happens
    topic: oil
    event: '@russia OR "oil: a fall"'
    sources: 3
    lasts: yes
    kind: "@russia OR fall*"
    tags: [energy, "a, b"]
    if:
      claim: OPEC meets.
      topic: OPEC
      event: meet*
      kind: meet*
"""
    )
    assert forecasts(folder)["oil-falls"] == forecast
    assert (forecast.claim, forecast.tags) == ("Oil: it falls, and #1 falls most.", ("energy", "a, b"))


def test_a_long_value_is_folded_and_reads_back_as_one_line(folder: Path) -> None:
    counts = "A fall of a tenth, # from the first day's close: " * 6
    forecast = append_forecast(folder / "new.yaml", ARTICLE, {**NEW, "counts": counts}, concepts=CONCEPTS)
    assert forecast.counts == counts.strip()
    assert max(map(len, (folder / "new.yaml").read_text("utf-8").splitlines())) <= 120


CHANGES: dict[str, tuple[dict[str, Value | None], list[str], list[str]]] = {
    "a value keeps its column and its comment": (
        {"likelihood": "20%"},
        ["    likelihood:   10%      # his words"],
        ["    likelihood:   20%      # his words"],
    ),
    "a folded value becomes a short one": (
        {"claim": "Oil rises."},
        ["    claim: >-", "      The price", "      of oil rises."],
        ["    claim: Oil rises."],
    ),
    "a quote over two lines becomes one": (
        {"quote": "he says, keeps time"},
        ['    quote: "Oil will not rise —', '      not this year"       # broken by hand'],
        ["    quote: he says, keeps time       # broken by hand"],
    ),
    "a new key comes where it is expected": ({"against": "prices AND fall"}, [], ["    against: prices AND fall"]),
    "a list becomes another": (
        {"tags": ["gas"]},
        ["    tags:", "      - energy   # one", "      - prices"],
        ["    tags: [gas]"],
    ),
    "a key goes with its lines": ({"tags": None}, ["    tags:", "      - energy   # one", "      - prices"], []),
    "a key that is not there stays away": ({"against": None}, [], []),
    "a condition is added": (
        {"if": {"event": "meet*", "claim": "OPEC meets.", "topic": "OPEC"}},
        [],
        ["    if:", "      claim: OPEC meets.", "      topic: OPEC", "      event: meet*"],
    ),
}


@pytest.mark.parametrize(("changes", "gone", "come"), CHANGES.values(), ids=CHANGES.keys())
def test_an_edit_changes_its_lines_and_no_others(
    changes: dict[str, Value | None], gone: list[str], come: list[str], folder: Path
) -> None:
    edit_forecast(folder / "oil.yaml", "oil-rises", changes, concepts=CONCEPTS)
    after = (folder / "oil.yaml").read_text("utf-8")
    assert changed_lines(BY_HAND, after) == (gone, come)
    assert set(forecasts(folder)) == {"oil-rises", "flowing"}


def test_an_added_forecast_follows_the_last_and_the_rest_stays(folder: Path) -> None:
    append_forecast(folder / "oil.yaml", None, NEW, concepts=CONCEPTS)
    after = (folder / "oil.yaml").read_text("utf-8")
    gone, come = changed_lines(BY_HAND, after)
    assert (gone, come[:3]) == ([], ["", "  - id: oil-falls", "    forecaster: A. Writer"])
    assert after.endswith("      event: meet*\n      kind: meet*\n# The end.\n")
    assert list(forecasts(folder)) == ["oil-rises", "flowing", "oil-falls"]


def test_of_a_condition_only_the_given_keys_change(folder: Path) -> None:
    path = folder / "new.yaml"
    append_forecast(path, ARTICLE, NEW, concepts=CONCEPTS)
    before = path.read_text("utf-8")
    edit_forecast(path, "oil-falls", {"if": {"event": "talks", "lag": 3}}, concepts=CONCEPTS)
    assert changed_lines(before, path.read_text("utf-8")) == (
        ["      event: meet*"],
        ["      event: talks", "      lag: 3"],
    )
    edit_forecast(path, "oil-falls", {"if": None}, concepts=CONCEPTS)
    assert forecasts(folder)["oil-falls"].condition is None


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"], ids=["no line break at the end", "one", "several"])
@pytest.mark.parametrize("breaks", ["\n", "\r\n"], ids=["unix", "windows"])
def test_line_breaks_and_the_mark_at_the_start_stay(breaks: str, end: str, folder: Path) -> None:
    path = folder / "oil.yaml"
    path.write_bytes(("\ufeff" + GOOD.rstrip("\n") + end).replace("\n", breaks).encode())
    append_forecast(path, None, NEW, concepts=CONCEPTS)
    edit_forecast(path, "oil-rises", {"likelihood": "20%", "lag": None, "lasts": None}, concepts=CONCEPTS)
    content = path.read_bytes().decode()
    assert content.startswith("\ufeffarticle:")
    assert content.count("\ufeff") == 1
    assert content.replace("\r\n", "").count("\n" if breaks == "\r\n" else "\r") == 0
    assert forecasts(folder)["oil-rises"].likelihood.probability == 0.2


def test_an_edit_can_mend_a_broken_forecast(folder: Path) -> None:
    path = folder / "oil.yaml"
    path.write_text(BY_HAND.replace("price NEAR/4 rise*", "price NEAR/x rise*"), "utf-8")
    edit_forecast(path, "oil-rises", {"event": "price NEAR/4 rise*"}, concepts=CONCEPTS)
    assert path.read_text("utf-8") == BY_HAND.replace("'price NEAR/4 rise*'", "price NEAR/4 rise*")


WHERE = "the forecast as it would be written"
REFUSED: dict[str, tuple[dict[str, Value | None], str]] = {
    "a query with a mistake": ({"event": "price NEAR/x"}, f"{WHERE}, column 7 of «price NEAR/x»: "),
    "an unknown key": (
        {"likelyhood": "10%"},
        f"{WHERE}: unknown key “likelyhood” in the forecast (did you mean likelihood?)",
    ),
    "a key that is needed": ({"claim": None}, f"{WHERE}: claim is missing in the forecast"),
    "an empty value": ({"claim": ""}, f"{WHERE}: claim is empty"),
    "another's id": (
        {"id": "flowing"},
        "forecasts/oil.yaml:10: the id “flowing” is taken (forecasts/oil.yaml:28 has it; choose another)",
    ),
    "a control character": ({"claim": "\x1b[31m"}, f"{WHERE}: control character U+001B (delete it)"),
    "two mistakes": ({"lag": "x", "times": 0}, f"{WHERE}: times must be a whole number from 1 to 1000, not “0”\n"),
}


@pytest.mark.parametrize(("changes", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refused_edit_leaves_the_file(changes: dict[str, Value | None], says: str, folder: Path) -> None:
    with pytest.raises(TrackerError) as caught:
        edit_forecast(folder / "oil.yaml", "oil-rises", changes, concepts=CONCEPTS)
    assert str(caught.value).startswith(says)
    assert (folder / "oil.yaml").read_text("utf-8") == BY_HAND
    assert sorted(path.name for path in folder.iterdir()) == ["oil.yaml"]


def test_what_cannot_be_edited_says_so(folder: Path) -> None:
    path = folder / "oil.yaml"
    with pytest.raises(LedgerError, match="the forecast is written in brackets"):
        edit_forecast(path, "flowing", {"claim": "B"}, concepts=CONCEPTS)
    with pytest.raises(NotFoundError, match="no forecast “nobody” in forecasts/oil"):
        edit_forecast(path, "nobody", {"claim": "B"}, concepts=CONCEPTS)
    with pytest.raises(NotFoundError, match="cannot be read"):
        edit_forecast(folder / "none.yaml", "nobody", {"claim": "B"}, concepts=CONCEPTS)
    with pytest.raises(UsageError, match="not the name of a forecast file"):
        append_forecast(folder / "concepts.yaml", ARTICLE, NEW, concepts=CONCEPTS)
    with pytest.raises(LedgerError, match="a new file needs its article"):
        append_forecast(folder / "new.yaml", None, NEW, concepts=CONCEPTS)
    with pytest.raises(LedgerError, match="this file is about “A year of cheap oil” of 2025-02-01"):
        append_forecast(path, ARTICLE, NEW, concepts=CONCEPTS)
    with pytest.raises(DuplicateError, match="oil-rises"):
        append_forecast(folder / "new.yaml", ARTICLE, {**NEW, "id": "oil-rises"}, concepts=CONCEPTS)
    path.write_text("][")
    with pytest.raises(TrackerError, match=r"forecasts/oil\.yaml:1|1 mistake"):
        append_forecast(path, None, NEW, concepts=CONCEPTS)
    assert sorted(path.name for path in folder.iterdir()) == ["oil.yaml"]


def test_permissions_and_links_stay(folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    (folder / "oil.yaml").rename(real)
    real.chmod(0o640)
    (folder / "oil.yaml").symlink_to(real)
    edit_forecast(folder / "oil.yaml", "oil-rises", {"likelihood": "20%"}, concepts=CONCEPTS)
    assert (folder / "oil.yaml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "20%" in real.read_text("utf-8")


def test_a_file_that_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "oil.yaml"
    path.write_bytes(b"theirs")
    for before in (b"as we read it", None):
        with pytest.raises(LedgerError, match="has changed since it was read"):
            replace_file(path, before, b"ours")
    assert path.read_bytes() == b"theirs"
    with pytest.raises(LedgerError, match="has changed since it was read"):
        replace_file(tmp_path / "gone.yaml", b"as we read it", b"ours")
    with pytest.raises(LedgerError, match="cannot be written: No such file or directory"):
        replace_file(tmp_path / "nowhere" / "oil.yaml", None, b"ours")
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_never_sees_half_a_file(folder: Path) -> None:
    path, stop, seen = folder / "oil.yaml", threading.Event(), set[int]()

    def look() -> None:
        while not stop.is_set():
            seen.add(len(read_ledger(folder, concepts=CONCEPTS).errors))

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(20):
        edit_forecast(path, "oil-rises", {"likelihood": f"{number + 10}%"}, concepts=CONCEPTS)
    stop.set()
    reader.join()
    assert seen == {0}


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=150).filter(
    lambda words: words.split()
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claim=WORDS, tags=st.lists(WORDS, max_size=3), counts=st.lists(WORDS, min_size=1).map(" ".join))
def test_any_words_are_written_so_that_they_read_back(claim: str, tags: list[str], counts: str, folder: Path) -> None:
    path = folder / "oil.yaml"
    path.write_text(BY_HAND, "utf-8")
    edit_forecast(path, "oil-rises", {"claim": claim, "tags": tags, "counts": counts}, concepts=CONCEPTS)
    forecast = forecasts(folder)["oil-rises"]
    expected = [" ".join(words.split()) for words in (claim, counts, *tags)]
    assert [forecast.claim, forecast.counts, *forecast.tags] == expected
