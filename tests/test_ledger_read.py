"""A workspace's forecast files: what is read, and what every mistake in them says."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.concepts import load_concepts
from tracker.errors import DuplicateError, QueryError, TrackerError
from tracker.ledger import Defaults, Ledger, read_ledger
from tracker.model import Expects, Place, Window

CONCEPTS = load_concepts(None)
TEXT = """The quarter's last word belongs to A. Writer. “Oil will not rise — not this
year,” he said, “whatever OPEC's ministers announce”. Then he left: the tide, he says, keeps time.
"""
GOOD = """\
article:
  title: A year of cheap oil
  published: 2025-02-01
  url: https://example.org/oil
  text: seeds/oil.txt
forecasts:
  - id: oil-rises
    forecaster: A. Writer
    quote: Oil will not rise - not this year
    claim: The price of oil rises.
    likelihood: 10%
    window: 2025-02-01/2025-12-31
    expects: does not happen
    topic: oil
    event: price NEAR/4 rise*
    against: '"prices fall"'
    sources: 3
    times: 2
    lag: 10
    lasts: no
    audible: yes
    coverage: 90%
    counts: A close above the year's first.
    tags: [energy, prices]
    if:
      claim: OPEC cuts.
      topic: OPEC
      event: cut*
"""


def workspace(folder: Path, **contents: str) -> Path:
    """A workspace with an article and these forecast files; returns its forecasts/."""
    (folder / "forecasts").mkdir(exist_ok=True)
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds" / "oil.txt").write_text(TEXT, "utf-8")
    for name, content in contents.items():
        (folder / "forecasts" / f"{name}.yaml").write_text(content, "utf-8")
    return folder / "forecasts"


def read(folder: Path, **contents: str) -> Ledger:
    return read_ledger(workspace(folder, **contents), concepts=CONCEPTS)


def said(ledger: Ledger) -> list[str]:
    return [str(error) for error in ledger.errors]


def test_a_whole_forecast_is_read_as_it_stands(tmp_path: Path) -> None:
    ledger = read(tmp_path, oil=GOOD)
    assert said(ledger) == []
    (forecast,) = ledger.forecasts
    assert (forecast.id, forecast.forecaster, forecast.expects) == ("oil-rises", "A. Writer", Expects.DOES_NOT_HAPPEN)
    assert (forecast.article.title, forecast.article.published) == ("A year of cheap oil", date(2025, 2, 1))
    assert (forecast.likelihood.probability, forecast.coverage, forecast.tags) == (0.1, 0.9, ("energy", "prices"))
    assert forecast.place == Place("forecasts/oil.yaml", 7)
    criterion = forecast.criterion
    assert criterion.window == Window(date(2025, 2, 1), date(2025, 12, 31))
    assert (criterion.sources, criterion.times, criterion.lag_days) == (3, 2, 10)
    assert (criterion.lasts, criterion.audible) == (False, True)
    assert criterion.against == '"prices fall"'
    assert forecast.condition is not None
    assert forecast.condition.window == criterion.window
    assert (forecast.condition.event, forecast.condition.sources) == ("cut*", 2)


def test_a_kind_is_read_of_a_forecast_and_of_its_condition(tmp_path: Path) -> None:
    assert [one.criterion.kind for one in read(tmp_path, oil=GOOD).forecasts] == [""]
    kinds = GOOD.replace("audible: yes", "kind: soar* OR jump*") + '      kind: "@russia OR cut*"\n'
    (forecast,) = read(tmp_path, oil=kinds).forecasts
    assert forecast.condition is not None
    assert (forecast.criterion.kind, forecast.condition.kind) == ("soar* OR jump*", "@russia OR cut*")


def test_defaults_hold_for_what_a_forecast_does_not_say(tmp_path: Path) -> None:
    bare = "\n".join(
        line for line in GOOD.splitlines() if not line.strip().startswith(("sources", "lag", "cov", "aud"))
    )
    folder = workspace(tmp_path, oil=bare)
    (forecast,) = read_ledger(folder, concepts=CONCEPTS, defaults=Defaults(0.5, 30, 4)).forecasts
    criterion = forecast.criterion
    assert (forecast.coverage, criterion.lag_days, criterion.sources, criterion.audible) == (0.5, 30, 4, None)


@dataclass(frozen=True)
class Mistake:
    """`old` in the good file becomes `new`; the errors are exactly `says`."""

    old: str
    new: str
    says: tuple[str, ...]


FILE = "forecasts/oil.yaml"
MISTAKES = {
    "a key misspelt, named once and not also as missing": Mistake(
        "    likelihood:",
        "    likelyhood:",
        (f"{FILE}:11: unknown key “likelyhood” in the forecast (did you mean likelihood?)",),
    ),
    "a key that is like no other": Mistake(
        "    lag: 10",
        "    zzz: 10",
        (
            f"{FILE}:19: unknown key “zzz” in the forecast (the keys are id, forecaster, quote, at, likelihood, "
            "expects, window, claim, topic, event, against, sources, times, lag, lasts, audible, kind, coverage, "
            "counts, tags, if)",
        ),
    ),
    "a kind that is no query": Mistake(
        "    lasts: no",
        "    kind: soar OR",
        (f"{FILE}:20, column 8 of «soar OR»: a word is missing at the end",),
    ),
    "a kind of a concept that is not there": Mistake(
        "    lasts: no",
        '    kind: "@soaring"',
        (f"{FILE}:20, column 1 of «@soaring»: there is no concept @soaring (did you mean @spain or @socar)",),
    ),
    "a key missing": Mistake(
        "    claim: The price of oil rises.\n", "", (f"{FILE}:7: claim is missing in the forecast (add “claim: …”)",)
    ),
    "a key twice": Mistake(
        "    lag: 10",
        "    topic: gas",
        (f"{FILE}:19: topic stands twice in the forecast, first in line 14 (keep one)",),
    ),
    "a value left empty": Mistake(
        "forecaster: A. Writer",
        "forecaster:",
        (f"{FILE}:8: forecaster is empty (write a value, or leave the key out if it is optional)",),
    ),
    "null for a value": Mistake(
        "'\"prices fall\"'",
        "null",
        (f"{FILE}:16: against is empty (write a value, or leave the key out if it is optional)",),
    ),
    "an id with capitals and spaces": Mistake(
        "id: oil-rises",
        "id: Oil Rises!",
        (
            f"{FILE}:7: id must be short and in kebab-case, not “Oil Rises!”"
            " (at most 80 small letters and digits, joined by hyphens: oil-rises)",
        ),
    ),
    "a date that is none": Mistake(
        "2025-02-01\n",
        "1 February 2025\n",
        (
            f"{FILE}:3: published must be a day of the years 1900 to 2200, not “1 February 2025”"
            " (write year-month-day, as in 2025-06-30)",
        ),
    ),
    "the 30th of February": Mistake(
        "published: 2025-02-01",
        "published: 2025-02-30",
        (
            f"{FILE}:3: published must be a day that exists, not “2025-02-30”: day is out of range for month"
            " (write year-month-day, as in 2025-06-30)",
        ),
    ),
    "an expectation that is neither": Mistake(
        "does not happen",
        "maybe",
        (
            f"{FILE}:13: expects must be “happens” or “does not happen”, not “maybe”"
            " (write what the forecaster says of the event)",
        ),
    ),
    "a number in words": Mistake(
        "sources: 3", "sources: three", (f"{FILE}:17: sources must be a whole number from 1 to 100, not “three”",)
    ),
    "no sources needed": Mistake(
        "sources: 3", "sources: 0", (f"{FILE}:17: sources must be a whole number from 1 to 100, not “0”",)
    ),
    "neither yes nor no": Mistake(
        "lasts: no", "lasts: perhaps", (f"{FILE}:20: lasts must be yes or no, not “perhaps”",)
    ),
    "a share above one": Mistake(
        "90%", "90", (f"{FILE}:22: coverage must be a share from 0 to 1, not “90” (write it as 0.8 or 80%)",)
    ),
    "a text where a list belongs": Mistake(
        "[energy, prices]", "energy", (f"{FILE}:24: tags must be a list, not a text (write it as [one, two])",)
    ),
    "a list where a text belongs": Mistake(
        "topic: oil",
        "topic: [oil]",
        (f"{FILE}:14: topic must be a text, not a list (put a text that begins with a bracket in quotes)",),
    ),
    "an address that is none": Mistake(
        "https://example.org/oil",
        "javascript:alert(1)",
        (f"{FILE}:4: url must be a web address, not “javascript:alert(1)” (write it with https://, or leave it out)",),
    ),
    "an article's text that is not there": Mistake(
        "seeds/oil.txt",
        "seeds/gas.txt",
        (f"{FILE}:5: text names no file: seeds/gas.txt (paths are relative to the folder that holds forecasts/)",),
    ),
    "an article's text outside of the workspace": Mistake(
        "seeds/oil.txt",
        "../../secret.txt",
        (f"{FILE}:5: text names a file outside the workspace: ../../secret.txt (copy the text into seeds/)",),
    ),
    "a quote with another word": Mistake(
        "not this year",
        "not next year",
        (
            f"{FILE}:9: quote does not stand in seeds/oil.txt"
            " (it parts from the article after “Oil will not rise-not”, before “next”)",
        ),
    ),
    "a quote that stops inside a word": Mistake(
        "Oil will not rise - not this year",
        "whatever OPEC's minister",
        (
            f"{FILE}:9: quote does not stand in seeds/oil.txt"
            " (it parts from the article after “whatever OPEC's”, before “minister”)",
        ),
    ),
    "a quote of nothing": Mistake(
        "Oil will not rise - not this year",
        "…",
        (f"{FILE}:9: quote has no words (copy the sentence from the article)",),
    ),
    "a condition without its event": Mistake(
        "      event: cut*\n", "", (f"{FILE}:26: event is missing in the condition (add “event: …”)",)
    ),
    "a condition that is a text": Mistake(
        "if:\n      claim: OPEC cuts.\n      topic: OPEC\n      event: cut*\n",
        "if: OPEC cuts\n",
        (f"{FILE}:25: the condition must be a block of keys, not a text (write “key: value” lines, indented)",),
    ),
    "several mistakes at once, in the order of the file": Mistake(
        "lag: 10\n    lasts: no",
        "lag: soon\n    lasts: 7",
        (
            f"{FILE}:19: lag must be a whole number from 0 to 3650, not “soon”",
            f"{FILE}:20: lasts must be yes or no, not “7”",
        ),
    ),
    "a colon in a value": Mistake(
        "claim: The price",
        "claim: Oil: the price",
        (
            f"{FILE}:10: a “:” stands where none can"
            " (put a value that contains “: ” in quotes, and check the indentation)",
        ),
    ),
    "a concept without quotes": Mistake(
        "topic: oil",
        "topic: @russia",
        (
            f"{FILE}:14: a value cannot begin with this character"
            " (put it in quotes: '@russia'; indent with spaces, never tabs)",
        ),
    ),
    "a number that YAML takes for a comment": Mistake(
        "event: price NEAR/4 rise*",
        "event: price NEAR/4 #>=100USD",
        (f"{FILE}:15: event is cut short: YAML takes “#>=100USD” for a comment (put the whole value in quotes)",),
    ),
    "a quotation mark never closed": Mistake(
        "counts: A", 'counts: "A', (f"{FILE}:23: a quotation mark is opened here and never closed (close it)",)
    ),
    "an escape sequence for the terminal": Mistake(
        "claim: The price of oil rises.",
        'claim: "\\e[31m"',
        (f"{FILE}:10: claim holds a control character (leave the escape out)",),
    ),
    "an anchor": Mistake(
        "topic: oil",
        "topic: &t oil",
        (f"{FILE}:14: “&t”: anchors and aliases are not read (write it out, or in quotes if it is a text with “&”)",),
    ),
    "a tag": Mistake(
        "topic: oil",
        "topic: !!python/object/apply:os.system [id]",
        (
            f"{FILE}:14: “tag:yaml.org,2002:python/object/apply:os”: tags are not read"
            " (leave it out, or put it in quotes if it is a text)",
        ),
    ),
    "a second document": Mistake(
        "forecasts:\n", "---\nforecasts:\n", (f"{FILE}:6: a second document (delete the line “---”, or use two files)",)
    ),
    "no forecasts": Mistake(
        GOOD[GOOD.index("  - id") :], "", (f"{FILE}:6: forecasts is empty (begin each item with “- id: …”)",)
    ),
    "forecasts that are no list": Mistake(
        "  - id",
        "    id",
        (f"{FILE}:7: forecasts must be a list, not a block of keys (begin each item with “- id: …”)",),
    ),
    "nothing at all": Mistake(
        GOOD, "# later\n", (f"{FILE}: the file is empty (write article: and forecasts:, or delete it)",)
    ),
    "a text instead of keys": Mistake(
        GOOD,
        "Dear diary",
        (f"{FILE}:1: the file must be a block of keys, not a text (write “key: value” lines, indented)",),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_says_what_where_and_how_to_mend_it(mistake: Mistake, tmp_path: Path) -> None:
    assert mistake.old in GOOD
    ledger = read(tmp_path, oil=GOOD.replace(mistake.old, mistake.new, 1))
    assert said(ledger) == list(mistake.says)
    assert ledger.forecasts == ()


def test_a_query_error_has_the_line_of_the_query_and_its_column(tmp_path: Path) -> None:
    (error,) = read(tmp_path, oil=GOOD.replace("price NEAR/4", "price NEAR/x")).errors
    assert isinstance(error, QueryError)
    assert (error.where, error.column) == (Place(FILE, 15), 7)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("10%", "blue", 11),
        ("2025-02-01/2025-12-31", "when pigs fly", 12),
        ("topic: oil", "topic: '@no-such-thing'", 14),
    ],
)
def test_errors_of_other_parts_get_the_place_of_the_value(old: str, new: str, line: int, tmp_path: Path) -> None:
    (error,) = read(tmp_path, oil=GOOD.replace(old, new)).errors
    assert error.where == Place(FILE, line)


def second(name: str) -> str:
    """The good file's forecast once more under another id, to be added to it."""
    return GOOD[GOOD.index("  - id") :].replace("oil-rises", name)


def test_a_bad_forecast_leaves_the_others_of_its_file(tmp_path: Path) -> None:
    ledger = read(tmp_path, oil=GOOD.replace("sources: 3", "sources: x") + second("other"))
    assert [forecast.id for forecast in ledger.forecasts] == ["other"]
    assert len(ledger.errors) == 1


def test_an_unknown_key_of_the_file_leaves_its_forecasts(tmp_path: Path) -> None:
    ledger = read(tmp_path, oil=GOOD + "remarks: none\n")
    assert [str(error.where) for error in ledger.errors] == [f"{FILE}:29"]
    assert len(ledger.forecasts) == 1


def test_a_broken_article_leaves_no_forecast_and_hides_no_other_mistake(tmp_path: Path) -> None:
    ledger = read(tmp_path, oil=GOOD.replace("2025-02-01\n", "soon\n").replace("NEAR/4", "NEAR/x") + second("other"))
    assert [str(error.where) for error in ledger.errors] == [f"{FILE}:3", f"{FILE}:15"]
    assert ledger.forecasts == ()


LEFT_OUT = {
    "a sentence and the reason": ("- quote: the tide, he says, keeps time\n    why: Always true.", ()),
    "a sentence that the article lacks": (
        "- quote: Oil will rise\n    why: Always true.",
        (
            f"{FILE}:30: quote does not stand in seeds/oil.txt"
            " (it parts from the article after “Oil will”, before “rise”)",
        ),
    ),
    "a sentence without a reason": (
        "- quote: keeps time",
        (f"{FILE}:30: why is missing in the sentence left out (add “why: …”)",),
    ),
    "no list": ("keeps time", (f"{FILE}:30: left_out must be a list, not a text (begin each item with “- quote: …”)",)),
}


@pytest.mark.parametrize(("item", "says"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_sentences_left_out_are_checked_and_keep_no_forecast_out(item: str, says: tuple[str], tmp_path: Path) -> None:
    ledger = read(tmp_path, oil=f"{GOOD}left_out:\n  {item}\n")
    assert said(ledger) == list(says)
    assert len(ledger.forecasts) == 1


def test_a_bad_file_leaves_the_other_files(tmp_path: Path) -> None:
    ledger = read(tmp_path, a="][", b=GOOD, c="\n", d=GOOD.replace("title", "titel").replace("oil-rises", "d"))
    assert [forecast.id for forecast in ledger.forecasts] == ["oil-rises"]
    assert [str(error.where).partition(":")[0] for error in ledger.errors] == [
        "forecasts/a.yaml",
        "forecasts/c.yaml",
        "forecasts/d.yaml",
    ]


def test_an_id_used_twice_names_both_places_and_the_first_stands(tmp_path: Path) -> None:
    ledger = read(tmp_path, a=GOOD, b=GOOD.replace("10%", "60%"))
    (error,) = ledger.errors
    assert isinstance(error, DuplicateError)
    assert str(error) == "forecasts/b.yaml:7: the id “oil-rises” is taken (forecasts/a.yaml:7 has it; choose another)"
    assert [forecast.place.file for forecast in ledger.forecasts] == ["forecasts/a.yaml"]


def test_files_that_cannot_be_read_are_one_error_each(tmp_path: Path) -> None:
    folder = workspace(tmp_path, z=GOOD)
    (folder / "a.yaml").mkdir()
    (folder / "b.yml").write_bytes(b"article:\n  title: \xff\xfe")
    (folder / "c.yaml").symlink_to(folder / "nowhere")
    (folder / "d.yaml").write_bytes(b"# " + b"x" * 5_000_000)
    os.mkfifo(folder / "e.yaml")
    (folder / "f.YAML").write_text("a: b")
    (folder / os.fsdecode(b"g\xff\n.yaml")).write_text("")
    (folder / ".#z.yaml").symlink_to("an-editor's-lock")
    (folder / "concepts.yaml").write_text("not: a forecast")
    (folder / "notes.txt").write_text("nothing")
    ledger = read_ledger(folder, concepts=CONCEPTS)
    assert said(ledger) == [
        "forecasts/a.yaml: this is not a file",
        "forecasts/b.yml:2: not in UTF-8 (save the file as UTF-8)",
        "forecasts/c.yaml: cannot be read: No such file or directory",
        "forecasts/d.yaml: larger than 5 MB (split it into several files)",
        "forecasts/e.yaml: this is not a file",
        "forecasts/f.YAML:1: unknown key “a” in the file (the keys are article, forecasts, left_out)",
        "forecasts/f.YAML:1: article is missing in the file (add “article: …”)",
        "forecasts/f.YAML:1: forecasts is missing in the file (add “forecasts: …”)",
        "forecasts/g��.yaml: the file is empty (write article: and forecasts:, or delete it)",
    ]
    assert len(ledger.forecasts) == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_one_error(tmp_path: Path) -> None:
    folder = workspace(tmp_path, a=GOOD, b=GOOD)
    (folder / "a.yaml").chmod(0)
    ledger = read_ledger(folder, concepts=CONCEPTS)
    assert said(ledger) == ["forecasts/a.yaml: cannot be read: Permission denied"]
    assert len(ledger.forecasts) == 1


def test_no_folder_is_an_error_and_an_empty_one_is_none(tmp_path: Path) -> None:
    (missing,) = read_ledger(tmp_path / "forecasts", concepts=CONCEPTS).errors
    assert str(missing).endswith(
        "forecasts cannot be read: No such file or directory (tracker init DIR makes a workspace)"
    )
    assert read(tmp_path) == Ledger()


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n",
        "[" * 5000,
        "".join(" " * depth + "- \n" for depth in range(500)),
        "- {a: " * 30,
        "? " * 3000,
        "- \n" * 600_000,
    ],
    ids=["aliases", "brackets", "indentation", "braces", "question marks", "too many values"],
)
def test_a_bomb_is_refused_before_it_unfolds(bomb: str, tmp_path: Path) -> None:
    (error,) = read(tmp_path, oil=bomb).errors
    assert isinstance(error.where, Place)


QUOTES = {
    "straight quotes and a hyphen for typographic ones": '"Oil will not rise - not this year," he said',
    "the line broken elsewhere": "Oil will not\n      rise — not this year",
    "words left out": "Oil will not rise … whatever OPEC's ministers announce",
    "words left out, with dots": "Oil will not rise ... the tide, he says, keeps time",
    "an ellipsis at both ends": "…will not rise…",
    "an apostrophe of the other shape": "whatever OPEC’s ministers announce",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
def test_a_quote_may_differ_as_a_typesetter_would(quote: str, tmp_path: Path) -> None:
    written = quote.replace("'", "''")
    assert said(read(tmp_path, oil=GOOD.replace("Oil will not rise - not this year", f"'{written}'"))) == []


@pytest.mark.parametrize("quote", ["oil will not rise", "keeps time … Oil will", "Oil will rise", "il will not rise"])
def test_a_quote_may_not_differ_in_words_or_order(quote: str, tmp_path: Path) -> None:
    (error,) = read(tmp_path, oil=GOOD.replace("Oil will not rise - not this year", quote)).errors
    assert "quote does not stand in seeds/oil.txt" in str(error)


DOUBTS = {
    "a high likelihood of what is not to happen": (
        ("10%", "90%"),
        f"{FILE}:11: “90%” is the likelihood of the event, which is expected not to happen"
        " (say how likely the event itself is: unlikely, or 10%)",
    ),
    "one source is enough": (
        ("sources: 3", "sources: 1"),
        f"{FILE}:17: with sources: 1 a single report settles it (write 2, unless one source decides)",
    ),
    "several of what lasts": (
        ("lasts: no", "lasts: yes"),
        f"{FILE}:18: an event that lasts is one event, not 2 (leave out times or lasts)",
    ),
    "over before it was said": (
        ("2025-02-01/2025-12-31", "2024-02-01/2024-12-31"),
        f"{FILE}:12: the window closes on 2024-12-31, before the article of 2025-02-01"
        " (write the year, or check the article's date)",
    ),
    "open before it was said": (
        ("2025-02-01/2025-12-31", "2025-01-01/2025-12-31"),
        f"{FILE}:12: the window opens on 2025-01-01: what happened before the article of 2025-02-01 counts"
        " (write 2025-02-01/2025-12-31)",
    ),
    "a condition that may be met when it is over": (
        ("      claim: OPEC cuts.\n", "      claim: OPEC cuts.\n      window: 2025-02-01/2026-01-31\n"),
        f"{FILE}:27: the condition counts beyond 2025-12-31, when the forecast's window closes: met later, it leaves it"
        " void (close the condition's window no later, or let the forecast's go on)",
    ),
    "an article without its text": (
        ("  text: seeds/oil.txt\n", ""),
        f"{FILE}:2: without the article's text no quote can be checked"
        " (keep the article's words in a file and name it under text)",
    ),
}


@pytest.mark.parametrize(("change", "says"), DOUBTS.values(), ids=DOUBTS.keys())
def test_a_doubt_is_a_warning_and_the_forecast_stands(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    ledger = read(tmp_path, oil=GOOD.replace(*change))
    assert [str(warning) for warning in ledger.warnings] == [says]
    assert (len(ledger.forecasts), ledger.errors) == (1, ())


def test_a_window_that_can_be_read_in_two_ways_shows_both(tmp_path: Path) -> None:
    (warning,) = read(tmp_path, oil=GOOD.replace("2025-02-01/2025-12-31", "next spring")).warnings
    assert "“next spring” is read as" in str(warning)
    assert warning.mend.startswith("for ")


def test_a_good_file_has_no_warnings(tmp_path: Path) -> None:
    assert read(tmp_path, oil=GOOD).warnings == ()


SNIPPETS = [
    "\t",
    "\x00",
    "&a ",
    "*a",
    "!!int ",
    "---\n",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "|",
    ">-\n",
    ": ",
    "#",
    "%",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_bytes_raise_and_all_end_in_forecasts_or_errors(data: st.DataObject, tmp_path: Path) -> None:
    content = GOOD.encode()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 30)))
        new = data.draw(
            st.one_of(st.binary(max_size=8), st.sampled_from(SNIPPETS).map(str.encode), st.text().map(str.encode))
        )
        content = content[:start] + new + content[end:]
    folder = workspace(tmp_path)
    (folder / "oil.yaml").write_bytes(content)
    ledger = read_ledger(folder, concepts=CONCEPTS)
    assert ledger.forecasts or ledger.errors
    assert all(isinstance(error, TrackerError) and error.where is not None for error in ledger.errors)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(), st.text().map(str.encode)))
def test_nonsense_is_an_error(content: bytes, tmp_path: Path) -> None:
    folder = workspace(tmp_path)
    (folder / "oil.yaml").write_bytes(content)
    ledger = read_ledger(folder, concepts=CONCEPTS)
    assert ledger.errors
    assert ledger.forecasts == ()
