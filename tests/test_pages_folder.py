"""Is there always a whole folder of pages, and never one that took the place of somebody's files?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from xml.etree import ElementTree

import pytest
from command import run

from tracker.errors import UsageError
from tracker.report.pages.folder import MARKER, write_folder

FIRST = [("index.html", b"first"), ("forecasts/a.html", b"a"), ("forecasts/b.html", b"b")]
SECOND = [("index.html", b"second"), ("forecasts/b.html", b"b")]


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content, the marker aside."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


def test_pages_of_what_is_gone_go(tmp_path: Path) -> None:
    assert write_folder(tmp_path / "pages", FIRST) == 3
    assert write_folder(tmp_path / "pages", SECOND) == 2
    assert held(tmp_path / "pages") == dict(SECOND)
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_what_somebody_put_beside_the_pages_stays(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    write_folder(folder, FIRST)
    (folder / "CNAME").write_text("forecasts.example.org")
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref")
    write_folder(folder, SECOND)
    assert held(folder) == {**dict(SECOND), "CNAME": b"forecasts.example.org", ".git/HEAD": b"ref"}


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError, OSError(28, "No space left on device")])
def test_a_run_that_is_broken_off_changes_nothing(tmp_path: Path, failure: type[BaseException] | OSError) -> None:
    def broken() -> Iterator[tuple[str, bytes]]:
        yield SECOND[0]
        raise failure

    write_folder(tmp_path / "pages", FIRST)
    with pytest.raises(UsageError if isinstance(failure, OSError) else failure):
        write_folder(tmp_path / "pages", broken())
    assert held(tmp_path / "pages") == dict(FIRST)
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_a_folder_of_others_is_refused_and_an_empty_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "novel.txt").write_text("It was a dark night.")
    with pytest.raises(UsageError, match="not tracker's"):
        write_folder(tmp_path / "theirs", FIRST)
    assert held(tmp_path / "theirs") == {"novel.txt": b"It was a dark night."}
    with pytest.raises(UsageError, match="not a folder"):
        write_folder(tmp_path / "theirs" / "novel.txt", FIRST)
    (tmp_path / "empty").mkdir()
    assert write_folder(tmp_path / "empty", FIRST) == 3
    assert write_folder(tmp_path / "deep" / "er", FIRST) == 3


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_folder(tmp_path / "link", FIRST)
    write_folder(tmp_path / "link", SECOND)
    assert (tmp_path / "link").is_symlink()
    assert held(tmp_path / "real") == dict(SECOND)


@pytest.fixture(scope="module")
def workspace(checked_article: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(copytree(checked_article, tmp_path_factory.mktemp("article") / "workspace"))


def test_the_article_becomes_a_site_that_opens_from_disk(workspace: Path) -> None:
    done = run(workspace, "scorecard", "--html", "pages", "--title", "One panel, a year on", "--as-of", "2026-07-08")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "22 files written: open pages/index.html\n"
    pages = held(workspace / "pages")
    assert len([name for name in pages if name.startswith("forecasts/")]) == 14
    index = pages["index.html"].decode()
    assert "8 July 2026" in index
    assert index.count("<tr data-status=") == 14
    refuted = pages["forecasts/israel-strikes-iran-h2-2025.html"].decode()
    assert "<title>Refuted: Israel strikes targets inside Iran.</title>" in refuted
    assert "<mark>it is not ruled out that its strategic goals will be at least partially struck by Israel" in refuted
    assert "tracker show israel-strikes-iran-h2-2025 --as-of 2026-07-08" in refuted
    for name, page in pages.items():
        if name.endswith(".html"):
            for link in re.findall(r'(?:href|src)="([^"#]+)', page.decode()):
                there = (
                    link.startswith(("https://", "http://"))
                    or (workspace / "pages" / name).parent.joinpath(link).exists()
                )
                assert there, f"{name} leads to {link}"
    assert ElementTree.fromstring(pages["changes.atom"]).tag == "{http://www.w3.org/2005/Atom}feed"


def test_the_same_day_gives_the_same_site_and_a_selection_a_part_of_it(workspace: Path) -> None:
    for folder in ("one", "two"):
        run(workspace, "scorecard", "--html", folder, "--as-of", "2026-07-08")
    assert held(workspace / "one") == held(workspace / "two")
    done = run(workspace, "scorecard", "--html", "one", "--as-of", "2026-07-08", "--forecaster", "averin")
    assert done.returncode == 0
    assert sorted(name for name in held(workspace / "one") if "/" in name and not name.startswith("static")) == [
        "forecasters/alexander-averin.html",
        "forecasts/concessions-then-ankara.html",
        "forecasts/influence-restored-only-after-victory.html",
    ]


REFUSED = {
    "a title of nothing": (["--title", "T"], "--html DIR"),
    "an address that is none": (["--html", "pages", "--url", "ftp://example.org"], "not an address of the web"),
    "a day to come": (["--html", "pages", "--as-of", "2999-01-01"], "lies in the future"),
    "a folder of others": (["--html", "forecasts"], "not tracker's"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_mistakes_are_told(workspace: Path, case: str) -> None:
    arguments, words = REFUSED[case]
    done = run(workspace, "scorecard", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
