"""`tracker extract`: from an article to forecasts that are checked, as a user goes that way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import run
from server import Reply, Server
from terminal import Terminal

from tracker.workspace import create_workspace

ARTICLE = """\
What the spring will bring to the Caspian

By Helen Ashgrove
12 January 2026

Nobody in Baku expects a quiet spring. Two people who follow the region told us what they see.

"Azerbaijan will recall its ambassador from Russia by the end of March," said John Brown, a former diplomat. \
"A strike of Israel on Iran before May is unlikely," he added.

Mary White, who runs the Delphi Institute, is less sure. "The presidents of Russia and Ukraine may meet in February," \
she said. She hopes that the war will end this year. According to White, the European Union will quite likely impose \
new sanctions on Russia in the first half of 2026.

"What could go wrong?" asked a guest. "Everything," said Brown.
"""
NEWS = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>{house}</title><id>urn:{house}</id>
<entry><id>1</id><title>Azerbaijan recalls its ambassador from Russia{tail}</title>
<link href="https://{house}/1"/><updated>2026-02-10T10:00:00Z</updated></entry>
<entry><id>2</id><title>Baku and Moscow trade blame over gas{tail}</title>
<link href="https://{house}/2"/><updated>2026-02-12T10:00:00Z</updated></entry>
</feed>
"""
FILE = "what-spring-will-bring-to-caspian"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace without forecasts, and the news of two houses."""
    create_workspace(tmp_path)
    (tmp_path / "forecasts" / "example.yaml").unlink()
    outlines = ""
    for house, tail in (("a.org", ""), ("b.org", " after talks fail")):
        (tmp_path / "data" / f"{house}.atom").write_text(NEWS.format(house=house, tail=tail), "utf-8")
        outlines += f'<outline text="{house}" type="archive" xmlUrl="data/{house}.atom"/>'
    (tmp_path / "data" / "feeds.opml").write_text(f'<opml version="2.0"><head/><body>{outlines}</body></opml>', "utf-8")
    return tmp_path


@pytest.fixture
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("elsewhere") / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_an_article_is_pasted_three_forecasts_are_accepted_and_a_check_settles_one(workspace: Path) -> None:
    terminal = Terminal(workspace, "extract", "-")
    terminal.read("Paste the article")
    # A paragraph longer than a terminal's line.
    terminal.type(f"{ARTICLE}\n{'Nothing else was said of it. ' * 300}\n\x04")
    terminal.answer("Accept which", "1-3")
    terminal.answer("Write it", "yes")
    terminal.answer("Write it", "window")
    terminal.answer("When", "by the end of April 2026")
    terminal.answer("Write it", "")
    terminal.answer("Write it", "yes")
    assert terminal.end() == 0
    assert "John Brown: will (95%), between 80% and 100%" in terminal.said
    assert "tracker check settles them" in terminal.said
    assert (workspace / "seeds" / f"{FILE}.txt").read_text("utf-8").count("Nothing else was said of it.") == 300

    linted = run(workspace, "lint")
    assert (linted.returncode, linted.stderr) == (0, "")
    assert "3 forecasts in 1 file" in linted.stdout
    checked = run(workspace, "check", "--offline", "--as-of", "2026-03-01", "--json")
    assert checked.returncode == 0, checked.stderr
    statuses = {one["id"]: one["status"] for one in json.loads(checked.stdout)["forecasts"]}
    assert list(statuses.values()) == ["confirmed", "pending", "pending"]


def test_numbers_accept_and_what_is_written_says_where_its_quote_stands(workspace: Path, article: Path) -> None:
    done = run(workspace, "extract", str(article), "--accept", "1,4")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.rpartition(":")[0] for line in done.stdout.splitlines()] == [
        f"azerbaijan-will-recall-its-ambassador-from-russia is in forecasts/{FILE}.yaml",
        f"european-union-will-impose-new-sanctions-on-russia is in forecasts/{FILE}.yaml",
    ]
    kept = (workspace / "seeds" / f"{FILE}.txt").read_text("utf-8")
    written = (workspace / "forecasts" / f"{FILE}.yaml").read_text("utf-8")
    at = [int(line.split()[1]) for line in written.splitlines() if line.strip().startswith("at:")]
    assert [kept[place:].split()[0] for place in at] == ["Azerbaijan", "According"]
    assert f"text: seeds/{FILE}.txt" in written
    assert "published: 2026-01-12" in written

    # A sentence put before it moves the quotes; the next lint says where they are now.
    (workspace / "seeds" / f"{FILE}.txt").write_text(f"Corrected. {kept}", "utf-8")
    linted = run(workspace, "lint")
    assert linted.returncode == 0
    assert f"it has moved: write at: {at[0] + 11}" in linted.stderr + linted.stdout


def test_what_is_there_already_is_pointed_out_and_not_written_again(workspace: Path, article: Path) -> None:
    assert run(workspace, "extract", str(article), "--accept", "1").returncode == 0
    shown = run(workspace, "extract", str(article))
    assert "already  quoted by azerbaijan-will-recall-its-ambassador-from-russia" in shown.stdout
    again = run(workspace, "extract", str(article), "--accept", "1,2")
    assert again.returncode == 1
    assert f"forecasts/{FILE}.yaml:6 has it" in again.stderr
    assert [path.name for path in (workspace / "seeds").iterdir() if path.name.startswith("what")] == [f"{FILE}.txt"]
    assert "2 forecasts in 1 file" in run(workspace, "lint").stdout


def test_json_has_the_proposals_with_drafts_and_all_what_was_left_out(workspace: Path, article: Path) -> None:
    data = json.loads(run(workspace, "extract", str(article), "--json", "--all").stdout)
    assert data["article"] == {
        "title": "What the spring will bring to the Caspian",
        "published": "2026-01-12",
        "url": None,
    }
    first = data["proposals"][0]
    assert first["forecaster"] == "John Brown"
    assert ARTICLE[first["at"] :].startswith(first["quote"])
    times = {key: first["window"][key] for key in ("phrase", "opens", "closes", "is_default")}
    assert list(times.values()) == ["by the end of March", "2026-01-12", "2026-03-31", False]
    assert first["draft"]["topic"]
    assert [one["why"] for one in data["left_out"]][-1] == "a question, or a matter that is left open"
    assert not list((workspace / "forecasts").glob(f"{FILE}*"))


def test_a_page_is_fetched_and_read_without_its_menus(workspace: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in ARTICLE.splitlines()[5:] if line)
    page = f"""<html><head><title>What the spring will bring</title>
      <meta property="article:published_time" content="2026-01-12T08:00:00Z"></head>
      <body><nav><a href="/">Oil will rise to $500, says our menu.</a></nav><article><h1>What the spring will bring</h1>
      {paragraphs}</article><script>steal()</script></body></html>"""
    (workspace / "tracker.toml").write_text('private_networks = ["127.0.0.0/8"]\n', "utf-8")
    with Server() as server:
        server.replies["/spring"] = Reply(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
        done = run(workspace, "extract", server.url("/spring"), "--accept", "1")
        assert (done.returncode, done.stderr) == (0, "")
        missing = run(workspace, "extract", server.url("/none"))
        assert missing.returncode == 1
        assert "404" in missing.stderr
    (written,) = (workspace / "forecasts").glob("what*.yaml")
    assert "url: http://127.0.0.1" in written.read_text("utf-8")
    (kept,) = (workspace / "seeds").glob("what*.txt")
    assert "menu" not in kept.read_text("utf-8")


MISTAKES = {
    "no file": (["nothing.txt"], "nothing.txt cannot be read: No such file"),
    "no day": (["undated.txt"], "undated.txt does not say when it was published (give the day with --published"),
    "a number too many": (["article.txt", "--accept", "9"], "“9” is none of the 4 proposals (numbers from 1 to 4"),
    "no number": (["article.txt", "--accept", "one"], "“one” is none of the 4 proposals"),
    "a future day": (["article.txt", "--published", "2126-01-01"], "the article's day, 2126-01-01, has not come"),
    "a PDF": (["paper.pdf"], "paper.pdf: this is a PDF (save its text in a file first"),
    "nothing in it": (["empty.txt"], "empty.txt: no article was found in it"),
    "a private address": (["http://127.0.0.1:9/x"], "127.0.0.1"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_in_a_line_and_leaves_nothing_behind(case: str, workspace: Path) -> None:
    arguments, says = MISTAKES[case]
    (workspace / "article.txt").write_text(ARTICLE, "utf-8")
    (workspace / "undated.txt").write_text("Oil will rise, said John Brown.", "utf-8")
    (workspace / "paper.pdf").write_bytes(b"%PDF-1.7 ...")
    (workspace / "empty.txt").write_bytes(b"")
    done = run(workspace, "extract", *arguments)
    assert done.returncode in (1, 2)
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((workspace / "forecasts").glob("what*"))


def test_a_forecast_whose_draft_is_in_doubt_is_not_written_by_a_script(workspace: Path, article: Path) -> None:
    article.write_text(ARTICLE.replace("recall its ambassador from Russia", "tire of its old quarrels"), "utf-8")
    done = run(workspace, "extract", str(article), "--accept", "1")
    assert done.returncode == 1
    assert "not written: “Azerbaijan will tire of its old quarrels by the end of March.”" in done.stderr
    assert "--with-doubts" in done.stderr
    assert not list((workspace / "seeds").glob("what*"))
    assert run(workspace, "extract", str(article), "--accept", "1", "--with-doubts").returncode == 0


def test_a_condition_becomes_a_block_of_its_own(workspace: Path, article: Path) -> None:
    said = "If Russia recalls its ambassador from Azerbaijan, Azerbaijan will impose sanctions on Russia by May 2026."
    article.write_text(f"Caspian\n\nBy Jane Doe\n\n12 January 2026\n\n{said}\n", "utf-8")
    done = run(workspace, "extract", str(article), "--accept", "1", "--with-doubts", "--file", "caspian")
    assert (done.returncode, done.stderr) == (0, "")
    text = (workspace / "forecasts" / "caspian.yaml").read_text("utf-8")
    condition = text[text.index("    if:\n") :]
    assert condition.startswith("    if:\n      claim: Russia recalls its ambassador from Azerbaijan.\n")
    assert '      kind: "@recall-ambassador"\n' in condition
    assert "forecaster: Jane Doe" in text
    assert run(workspace, "lint").returncode == 0


def test_where_nobody_is_named_the_author_is_asked_for(workspace: Path, article: Path) -> None:
    said = "Azerbaijan will recall its ambassador from Russia in May."
    article.write_text(f"Caspian\n\n12 January 2026\n\n{said}\n", "utf-8")
    shown = run(workspace, "extract", str(article))
    assert "somebody who is not named: will (95%)" in shown.stdout
    done = run(workspace, "extract", str(article), "--accept", "1")
    assert (done.returncode, "nobody is named who says it" in done.stderr) == (1, True)


def test_lint_and_add_point_out_a_forecast_that_is_there(workspace: Path, article: Path) -> None:
    run(workspace, "extract", str(article), "--accept", "1")
    added = run(
        workspace,
        *("add", "--file", FILE, "--id", "again", "--forecaster", "John Brown", "--quote", "Azerbaijan will recall"),
        *("--claim", "Azerbaijan recalls its ambassador from Russia by the end of March.", "--likelihood", "will"),
        *(
            "--window",
            "by the end of March",
            "--expects",
            "happens",
            "--topic",
            "@russia",
            "--event",
            "recall",
            "--yes",
        ),
    )
    assert added.returncode == 0, added.stderr
    assert "claims nearly the same" in added.stdout
    linted = run(workspace, "lint")
    assert linted.returncode == 0
    assert "again claims what azerbaijan-will-recall-its-ambassador-from-russia does" in linted.stdout + linted.stderr


RUSSIAN = """\
Весна на Каспии

Автор: Елена Ясенева
12 января 2026

«Азербайджан отзовёт посла из России до конца марта», — считает политолог Иван Петров. По словам Петрова, Израиль \
вряд ли нанесёт удар по Ирану до мая. Надо надеяться, что война закончится.
"""


def test_what_is_a_matter_of_time_is_written_without_an_end(workspace: Path) -> None:
    article = workspace / "letter.txt"
    article.write_text(
        "A letter from Berlin\n\nBy Helen Ashgrove\n12 January 2026\n\n"
        "It is only a matter of time before the ambassador of Russia is expelled from Germany.",
        "utf-8",
    )
    run(workspace, "extract", str(article), "--accept", "1", "--with-doubts")
    written = " ".join((workspace / "forecasts" / "letter-from-berlin.yaml").read_text("utf-8").split())
    assert "window: open" in written
    assert "no time is set: it stands until it happens" in written


def test_a_russian_article_is_read_and_its_files_have_latin_names(workspace: Path) -> None:
    (workspace / "seeds" / "vesna.txt").write_text(RUSSIAN, "utf-8")
    shown = run(workspace, "extract", "seeds/vesna.txt")
    assert "Иван Петров: отзовёт" in shown.stdout or "Иван Петров: будет" in shown.stdout
    done = run(workspace, "extract", "seeds/vesna.txt", "--accept", "1", "--with-doubts")
    assert done.returncode == 0, done.stderr
    text = (workspace / "forecasts" / "vesna-na-kaspii.yaml").read_text("utf-8")
    assert "text: seeds/vesna.txt" in text
    assert "forecaster: Иван Петров" in text
    assert run(workspace, "lint").returncode == 0
