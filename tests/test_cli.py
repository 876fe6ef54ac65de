"""The commands as a user runs them, on the article's workspace and on broken ones.

Most run in this process, which takes a twentieth of the time; that a process of its own says the same is tested first.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from command import article_workspace, run, tracker


def said(folder: Path, *arguments: str, code: int = 0) -> str:
    """What a command prints on standard output, when it ends as it should and complains of nothing."""
    done = run(folder, *arguments)
    assert (done.returncode, done.stderr) == (code, "")
    return done.stdout


def refused(folder: Path, *arguments: str, code: int = 2) -> str:
    """What a command prints on standard error when it refuses."""
    done = run(folder, *arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    return done.stderr


SAME = (
    ["list"],
    ["show", "other-cases"],
    ["show", "no-"],
    ["search", "putin aliyev"],
    ["explain", "easing-by", "https://www.kommersant.ru/doc/7987988"],
    ["scorecard", "--by", "forecaster"],
    ["export", "csv"],
    ["review"],
    ["lint"],
    ["draft", "Putin meets Aliyev by the end of 2026", "--published", "2026-01-01"],
    ["decide", "easing-by", "confirmed"],
    ["feeds", "list"],
    ["check", "--as-of", "2025-09-01", "--offline", "--json"],
    ["nonsense"],
)


@pytest.mark.parametrize("arguments", SAME, ids=" ".join)
def test_a_process_of_its_own_says_the_same(checked_article: Path, arguments: list[str]) -> None:
    own, here = tracker(checked_article, *arguments), run(checked_article, *arguments)
    assert (own.returncode, own.stdout, own.stderr) == (here.returncode, here.stdout, here.stderr)


def test_list_is_one_line_a_forecast_even_in_a_pipe(checked_article: Path) -> None:
    lines = said(checked_article, "list").splitlines()
    assert len(lines) == 15
    assert lines[14].split() == [
        "✔",
        "confirmed",
        "easing-by-early-autumn-2025",
        "2025-10-15",
        "75%",
        "Mikhail",
        "Nazyamkov",
    ]
    assert not any(line.endswith(" ") for line in lines)


def test_list_narrows(checked_article: Path) -> None:
    assert len(said(checked_article, "list", "--status", "refuted", "--forecaster", "nazyamkov").splitlines()) == 3
    found = json.loads(said(checked_article, "list", "--json", "--status", "refuted"))
    assert {one["status"] for one in found} == {"refuted"}
    assert said(checked_article, "list", "--tag", "none-such") == "no forecast is like that\n"


def test_show_tells_quote_window_reports_and_what_is_missing(checked_article: Path) -> None:
    page = said(checked_article, "show", "other-cases")
    assert "“But in other cases, Baku's public response might not be so intense.”" in page
    assert "2025-07-01 to 2026-06-30, reports count until 2026-07-02" in page
    assert "might (30%)" in page
    assert "Missing: " in page
    assert (
        "https://rtvi.com/news/posolstvo-v-aeroportu-zhukovskij-grazhdanam-azerbajdzhana-otkazali-vo-vezde/\n" in page
    )


def test_show_as_of_a_day(checked_article: Path) -> None:
    verdict = json.loads(said(checked_article, "show", "easing", "--as-of", "2025-08-01", "--json"))["verdict"]
    assert (verdict["status"], verdict["rule"], verdict["as_of"]) == ("pending", "open", "2025-08-01")


def test_an_id_may_be_cut_short_where_it_is_the_only_one(checked_article: Path) -> None:
    assert said(checked_article, "show", "ambassadors").startswith("ambassadors-recalled  ✘ refuted")
    assert "“no-” begins several ids" in refused(checked_article, "show", "no-")
    assert "did you mean ambassadors-recalled?" in refused(checked_article, "show", "embassadors-recalled")


def test_search_marks_and_counts(checked_article: Path) -> None:
    found = said(checked_article, "search", "putin NEAR/12 aliyev", "--most", "2")
    assert found.endswith(" of 329 stored items match, the newest 2 are shown.\n")
    assert found.count("https://") == 2
    assert len(json.loads(said(checked_article, "search", "@recall-ambassador", "--json"))) == 1
    assert "column 7 of «putin aliyev»" in refused(checked_article, "search", "putin aliyev")


def test_explain_says_which_cue_kept_an_item_from_counting(checked_article: Path) -> None:
    key = json.loads(said(checked_article, "search", "@recall-ambassador", "--json"))[0]["key"]
    told = said(checked_article, "explain", "ambassadors-recalled", key)
    assert "it does not count" in told
    assert "denied, by the cue “ни”" in told
    assert "origin      RBC" in told
    assert "no item “abc”" in refused(checked_article, "explain", "ambassadors-recalled", "abc")


def test_explain_says_that_an_item_counts(checked_article: Path) -> None:
    assert "it counts" in said(checked_article, "explain", "easing-by", "https://www.kommersant.ru/doc/7987988")


def test_explain_says_the_same_to_programs(checked_article: Path) -> None:
    key = json.loads(said(checked_article, "search", "@recall-ambassador", "--json"))[0]["key"]
    data = json.loads(said(checked_article, "explain", "ambassadors-recalled", key, "--json"))
    (criterion,) = data["criteria"]
    assert (data["item"]["key"], criterion["of"], criterion["counts"]) == (key, "forecast", False)
    assert criterion["objections"]
    assert [(report["cue"], report["assertion"]) for report in criterion["reports"]] == [("ни", "denied")]
    assert {query["name"]: query["matched"] is not None for query in criterion["queries"]}["event"]


def test_scorecard_says_what_too_few_forecasts_cannot(checked_article: Path) -> None:
    card = said(checked_article, "scorecard", "--by", "forecaster")
    assert "too few to say" in card
    assert "Mikhail Nazyamkov" in card
    data = json.loads(said(checked_article, "scorecard", "--json"))
    counts = data["all"]["counts"]
    assert counts["confirmed"] + counts["refuted"] + counts["pending"] + counts["void"] == 14


def test_a_decision_wins_and_can_be_withdrawn(workspace: Path) -> None:
    decide = ("decide", "other-cases-less-intense")
    said(workspace, *decide, "confirmed", "--why", "The March sentences drew no answer", "--by", "A. Editor")
    line = next(line for line in said(workspace, "list").splitlines() if "other-cases" in line)
    assert line.startswith("✔ confirmed*")
    shown = said(workspace, "show", "other-cases")
    assert "A. Editor: confirmed, The March sentences drew no answer" in shown
    data = json.loads(said(workspace, "list", "--json"))
    entry = next(one for one in data if one["id"] == "other-cases-less-intense")
    assert (entry["status"], entry["machine"], entry["decision"]["by"]) == ("confirmed", "pending", "A. Editor")
    said(workspace, *decide, "withdraw", "--why", "Too hasty", "--by", "A. Editor")
    assert "pending" in next(line for line in said(workspace, "list").splitlines() if "other-cases" in line)
    assert "no decision" in refused(workspace, *decide, "withdraw", "--why", "Again")
    assert len((workspace / "data" / "decisions.jsonl").read_text("utf-8").splitlines()) == 2


def test_deleting_the_database_loses_no_decision(workspace: Path) -> None:
    said(workspace, "decide", "other-cases", "void", "--why", "It names no case", "--by", "A. Editor")
    for path in (workspace / "data").glob("tracker.sqlite*"):
        path.unlink()
    said(workspace, "check", "--offline")
    assert "∅ void*" in said(workspace, "list")


def test_a_second_check_changes_nothing(workspace: Path) -> None:
    assert "Nothing changed in 14 forecasts." in said(workspace, "check", "--offline")


def test_a_verdict_that_is_taken_back_is_told(tmp_path: Path) -> None:
    """Denials that reach a feed later reopen a verdict, loudly, and never turn it round in silence."""
    workspace = tmp_path / "demo"
    said(tmp_path, "init", "demo")
    said(workspace, "check", "--offline")
    entries = "".join(
        f"<entry><id>tag:{name}</id><title>{title}</title><published>2025-03-26T09:00:00Z</published>"
        f'<link href="https://{name}/denial"/><updated>2025-03-26T09:00:00Z</updated></entry>'
        for name, title in (
            ("evening-post.example", "Port talks have not resumed, Westhaven dockers insist"),
            ("quayside.example", "Union denies that the Westhaven port talks resumed on Monday"),
        )
    )
    (workspace / "data" / "late.atom").write_text(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Late</title><id>tag:late</id>{entries}</feed>', "utf-8"
    )
    said(workspace, "feeds", "add", "data/late.atom")
    told = said(workspace, "check", "--offline")
    assert "! talks-resume-in-march was confirmed until now\n… pending  talks-resume-in-march  contested\n" in told
    assert "evening-post.example" in told
    assert "confirmed" in said(workspace, "show", "talks-resume").partition("History")[2]


def test_mistakes_are_told_with_their_line_and_the_rest_is_checked(workspace: Path) -> None:
    good = (workspace / "forecasts" / "azerbaijan-cuts-ties.yaml").read_text("utf-8")
    broken = {
        "unknown-key.yaml": good.replace("likelihood: not ruled out", "likelyhood: not ruled out"),
        "bad-window.yaml": good.replace("window: second half of 2025", "window: 2025-12-31/2025-07-01"),
        "bad-date.yaml": good.replace("published: 2025-06-30", "published: 2025-06-31"),
        "bad-quote.yaml": good.replace("Usually, a country", "Never, a country"),
        "bad-query.yaml": good.replace('"@recall-ambassador"', '"@recal-ambassador"'),
        "bomb.yaml": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "binary.yaml": "\x00\x01",
    }
    for name, text in broken.items():
        (workspace / "forecasts" / name).write_text(text, "utf-8")
    (workspace / "forecasts" / "latin.yaml").write_bytes("article: Алиев".encode("cp1251"))
    done = tracker(workspace, "check", "--offline")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert all(line.startswith("error: ") for line in lines)
    for name in [*broken, "latin.yaml"]:
        assert any(f"forecasts/{name}" in line for line in lines), name
    assert any("did you mean likelihood" in line for line in lines)
    assert any("did you mean @recall-ambassador" in line for line in lines)
    assert "confirmed" in done.stdout
    assert said(workspace, "lint", code=1).count("forecasts/") >= len(broken)


def test_broken_feeds_are_told_and_the_rest_is_read(workspace: Path) -> None:
    data = workspace / "data"
    feeds = {
        "page.html": b"<!doctype html><html><body>Sign in</body></html>",
        "empty.xml": b"",
        "cut.xml": b'<?xml version="1.0"?><rss version="2.0"><channel><title>Cut',
        "large.xml": b"<rss>",
        "text.xml": b"hello",
    }
    for name, content in feeds.items():
        (data / name).write_bytes(content)
    os.truncate(data / "large.xml", 200_000_000)  # a hole, which takes no room on the disk
    outlines = "".join(f'<outline text="{name}" xmlUrl="data/{name}"/>' for name in [*feeds, "missing.xml"])
    opml = (data / "feeds.opml").read_text("utf-8").replace("</body>", f"{outlines}</body>")
    (data / "feeds.opml").write_text(opml, "utf-8")
    done = tracker(workspace, "check", "--offline")
    assert done.returncode == 0
    lines = done.stderr.splitlines()
    assert sorted(line.partition(":")[0] for line in lines) == sorted(
        f"feed {name}" for name in [*feeds, "missing.xml"]
    )
    assert "1 of 7 feeds read" in done.stdout


def test_where_no_feed_can_be_read_the_check_fails(workspace: Path) -> None:
    for archive in (workspace / "data").glob("*.atom"):
        archive.unlink()
    assert "none of the feeds could be read" in refused(workspace, "check", "--offline", code=1)


def test_a_database_of_another_kind_is_refused(workspace: Path) -> None:
    (workspace / "data" / "notes.txt").write_text("not a database at all, but long enough to look like one" * 20)
    told = refused(workspace, "--database", "sqlite:///data/notes.txt", "check", "--offline", code=1)
    assert "notes.txt" in told
    assert (workspace / "data" / "notes.txt").read_text().startswith("not a database")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--as-of", "yesterday"],
        ["check", "--as-of", "2999-01-01"],
        ["show"],
        ["decide", "easing-by", "maybe", "--why", "x"],
        ["decide", "easing-by", "confirmed"],
        ["--coverage", "7", "list"],
        ["--timezone", "Mars/Olympus", "list"],
        ["nonsense"],
    ],
)
def test_a_wrong_call_is_a_usage_error(checked_article: Path, arguments: list[str]) -> None:
    assert "rror: " in refused(checked_article, *arguments)


def test_outside_a_workspace_it_says_how_to_make_one(tmp_path: Path) -> None:
    for command in ("check", "list", "scorecard", "lint"):
        assert "tracker init DIR" in refused(tmp_path, command)


def test_the_database_is_not_made_by_looking(tmp_path: Path) -> None:
    workspace = article_workspace(tmp_path)
    assert "never checked" in said(workspace, "list")
    assert "never checked" in said(workspace, "scorecard")
    assert not list((workspace / "data").glob("tracker.sqlite*"))


def test_an_unreadable_file_keeps_out_only_itself(workspace: Path) -> None:
    path = workspace / "forecasts" / "locked.yaml"
    path.mkdir()
    done = tracker(workspace, "check", "--offline")
    assert done.returncode == 1
    assert "locked.yaml" in done.stderr
    assert stat.S_ISDIR(path.stat().st_mode)
    assert "Nothing changed in 14 forecasts." in done.stdout
