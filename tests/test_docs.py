"""Do the pages say what the program does? Their examples are run, their links and tables held against the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree
from tomllib import loads

import pytest
from click import Context
from command import REPOSITORY, article_workspace, run

from tracker.assess import assess
from tracker.cli import tracker as command_line
from tracker.concepts import Concepts, load_concepts
from tracker.errors import QueryError
from tracker.ledger import read_ledger
from tracker.query import Document, Program, parse
from tracker.windows import read_window
from tracker.workspace import Settings

DOCS = REPOSITORY / "docs"
README = (REPOSITORY / "README.md").read_text("utf-8")
PAGES = [REPOSITORY / "README.md", REPOSITORY / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def rows(text: str, heads: str) -> list[tuple[str, ...]]:
    """The rows of every table whose head line ends with these heads, without the marks of code."""
    found, inside = [], False
    for line in text.splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split(" | "))
        if " | ".join(cells).endswith(heads):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            found.append(tuple(cell.removeprefix("`").removesuffix("`") for cell in cells))
    assert found, f"no table with the heads {heads}"
    return found


def block(text: str, mark: str) -> str:
    """The fenced block that follows a comment with this mark."""
    match = re.search(rf"<!-- {re.escape(mark)} -->\n```\w*\n(.*?)```", text, re.DOTALL)
    assert match, f"no block marked {mark}"
    return match[1]


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return load_concepts()


def has(query: str, example: str, concepts: Concepts) -> bool:
    title, _, summary = example.partition(" // ")
    document = Document(title, summary, "ru" if re.search("[а-я]", example) else "en")
    program = Program()
    number = program.add(parse(query, concepts))
    return program.read(document).matches(number) is not None


@pytest.mark.parametrize("row", rows(page("query-language.md"), "query | matches | does not match"), ids=lambda r: r[1])
def test_the_queries_match_what_the_page_says(row: tuple[str, ...], concepts: Concepts) -> None:
    _, query, hit, miss = row
    assert has(query, hit, concepts)
    assert not has(query, miss, concepts)


@pytest.mark.parametrize("row", rows(page("query-language.md"), "query | error"), ids=lambda r: r[0])
def test_the_faulty_queries_are_refused_as_the_page_says(row: tuple[str, ...], concepts: Concepts) -> None:
    query, error = row
    with pytest.raises(QueryError) as caught:
        parse(query, concepts)
    assert caught.value.what == error


def test_the_concept_of_the_page_has_its_examples(tmp_path: Path) -> None:
    path = tmp_path / "concepts.yaml"
    path.write_text(block(page("query-language.md"), "concepts.yaml"), "utf-8")
    concepts = load_concepts(path)
    own = [definition for definition in concepts if definition.place.file.endswith("/concepts.yaml")]
    assert len(own) == 1
    assert all(has(f"@{own[0].name}", headline, concepts) for headline in own[0].hit)
    assert not any(has(f"@{own[0].name}", headline, concepts) for headline in own[0].miss)


@pytest.mark.parametrize("row", rows(page("windows.md"), "phrase | window | other reading"), ids=lambda r: r[0])
def test_phrases_of_time_are_read_as_the_page_says(row: tuple[str, ...]) -> None:
    phrase, window, other = row
    reading = read_window(phrase, date(2025, 6, 30))
    assert (str(reading.window), str(reading.other or "")) == (window, other)


@pytest.mark.parametrize("row", rows(page("assertion.md"), "headline | class | cue"), ids=lambda r: r[0])
def test_headlines_are_judged_as_the_page_says(row: tuple[str, ...]) -> None:
    headline, assertion, cue = row
    text, spans = "", []
    for number, piece in enumerate(headline.split("**")):
        if number % 2:
            spans.append((len(text), len(text + piece)))
        text += piece
    judged = assess(text, "", spans, in_title=True, published=date(2026, 1, 15))
    assert (judged.assertion.value, judged.cue) == (assertion, cue)


def test_the_readme_names_every_command() -> None:
    listed = command_line.list_commands(Context(command_line))
    missing = [name for name in listed if f"`tracker {name}" not in README]
    assert not missing


def test_the_readme_shows_what_a_check_prints(tmp_path: Path) -> None:
    """Every line of the excerpt, but for the feeds that fail without internet and the line that counts them."""
    printed = run(article_workspace(tmp_path), "check", "--offline").stdout.splitlines()
    shown = [
        line for line in block(README, "make run").splitlines() if line and not line.startswith(("feed ", "[...]"))
    ]
    stale = [line for line in shown[1:] if line not in printed]
    assert not stale, "the output has changed: copy it anew into README.md"


def test_the_forecast_of_the_readme_is_read_without_a_mistake(tmp_path: Path, concepts: Concepts) -> None:
    (tmp_path / "forecasts").mkdir()
    (tmp_path / "forecasts" / "example.yaml").write_text(block(README, "forecast file"), "utf-8")
    copytree(REPOSITORY / "seeds", tmp_path / "seeds")
    ledger = read_ledger(tmp_path / "forecasts", concepts=concepts)
    assert not ledger.errors
    assert len(ledger.forecasts) == 1


def known_keys(content: str, folder: Path) -> set[str]:
    """The keys that the ledger names when it meets one that it does not know, in the block where it is."""
    (folder / "forecasts").mkdir(exist_ok=True)
    (folder / "forecasts" / "example.yaml").write_text(content, "utf-8")
    mends = [error.mend for error in read_ledger(folder / "forecasts", concepts=None).errors]
    lists = [mend.removeprefix("the keys are ") for mend in mends if mend.startswith("the keys are ")]
    assert len(lists) == 1
    return set(lists[0].split(", "))


ARTICLE = "article: {title: A, published: 2025-06-30}\n"
BLOCKS = {
    "The file": "QQQQ: 1\n",
    "article": "article: {QQQQ: 1}\nforecasts: []\n",
    "A forecast": f"{ARTICLE}forecasts: [{{QQQQ: 1}}]\n",
    "if": f"{ARTICLE}forecasts: [{{if: {{QQQQ: 1}}, id: a, forecaster: a, quote: a, claim: a, likelihood: likely,"
    " window: 2025, expects: happens, topic: a, event: a}]\n",
    "left_out": f"{ARTICLE}forecasts: [1]\nleft_out: [{{QQQQ: 1}}]\n",
}


@pytest.mark.parametrize("heading", BLOCKS)
def test_every_key_of_a_forecast_file_is_documented(heading: str, tmp_path: Path) -> None:
    section = next(part for part in sections(page("forecast-files.md")) if part.startswith(f"{heading}\n"))
    documented = set(re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE))
    assert documented == known_keys(BLOCKS[heading], tmp_path)


def sections(text: str) -> Iterator[str]:
    """The parts of a page, each beginning with its heading, which may be marked as code."""
    return (re.sub(r"\A`(.+)`", r"\1", part) for part in re.split(r"^##+ ", text, flags=re.MULTILINE))


def test_every_setting_is_documented() -> None:
    section = next(part for part in sections(page("forecast-files.md")) if part.startswith("tracker.toml\n"))
    documented = set(re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE))
    assert documented == set(Settings.__dataclass_fields__) - {"origins"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", path.read_text("utf-8"))
    broken = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not broken


def test_every_dependency_has_its_reason() -> None:
    project = loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.split(r"[\[<>=]", name)[0] for name in wanted}
    described = set(re.findall(r"^\| ([a-z0-9.-]+) \|", page("dependencies.md"), re.MULTILINE)) - {"package"}
    assert described == names
