"""The pictures of docs/images/: this repository's own forecasts on the pages that tracker makes. `make screenshots`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from browser import DESKTOP, FOUND, PHONE, browser, window
from command import REPOSITORY, article_workspace, tracker
from golden_pages import golden
from playwright.sync_api import Browser
from served import served

from tracker.report.pages.folder import write_folder
from tracker.report.pages.site import static_files

IMAGES = REPOSITORY / "docs" / "images"
AS_OF = "2026-07-08"
"""The day after the last report of the repository's archive, so that the pictures stay the same."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's name, the page that it shows, in what window, from which element on (from the top without one).

    `filled` is what is typed into the page's fields first, by their ids.
    """

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    scheme: Literal["light", "dark"] = "light"
    at: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)


def site_pictures(folder: Path) -> list[Picture]:
    """The pictures of the pages that `tracker scorecard --html` writes, which are made in a folder."""
    workspace = article_workspace(folder)
    for arguments in (("check", "--offline"), ("scorecard", "--html", "pages", "--as-of", AS_OF)):
        done = tracker(workspace, *arguments)
        assert done.returncode == 0, done.stderr
    pages = workspace / "pages"
    write_folder(folder / "invented", [("a/forecaster.html", golden()["forecaster.html"].encode()), *static_files()])
    confirmed = (pages / "forecasts" / "easing-by-early-autumn-2025.html").as_uri()
    return [
        Picture("site-list", (pages / "index.html").as_uri()),
        Picture("site-list-phone", (pages / "index.html").as_uri(), PHONE, "dark"),
        Picture("site-forecast", confirmed),
        Picture("site-timeline", confirmed, scheme="dark", at="#reports"),
        Picture("site-forecast-phone", (pages / "forecasts" / "no-diplomatic-break.html").as_uri(), PHONE),
        Picture("site-calibration", (folder / "invented" / "a" / "forecaster.html").as_uri(), at="#calibration"),
    ]


DRAFT = {
    "file": "azerbaijan-cuts-ties.yaml",
    "forecaster": "Mikhail Nazyamkov",
    "claim": "Moscow and Baku take active steps to ease their relations.",
    "likelihood": "quite likely",
    "window": "late summer and early autumn of 2025",
    "topic": "@russia AND @azerbaijan",
    "event": "@leaders-meet OR @joint-commission",
}


def served_pictures(origin: str) -> list[Picture]:
    """The pictures of what `tracker serve` has beside these pages."""
    return [
        Picture("serve-review", f"{origin}/review"),
        Picture("serve-review-phone", f"{origin}/review", PHONE, "dark", at="article:nth-of-type(2)"),
        Picture("serve-add", f"{origin}/add", filled=DRAFT, at="#adding"),
    ]


def take(started: Browser, pictures: Iterable[Picture], *, inside: str = "file://") -> None:
    """Take pictures into docs/images/."""
    IMAGES.mkdir(exist_ok=True)
    for picture in pictures:
        with window(started, picture.size, scheme=picture.scheme, inside=inside) as page:
            page.goto(picture.address)
            for name, words in picture.filled.items():
                page.locator(f"#{name}").fill(words)
            if picture.filled:
                page.get_by_text("Still empty: quote.").wait_for()
            if picture.at:
                page.locator(picture.at).evaluate("element => element.scrollIntoView({behavior: 'instant'})")
            page.screenshot(path=IMAGES / f"{picture.name}.png", animations="disabled")
            print(f"docs/images/{picture.name}.png")  # noqa: T201 - the script says what it wrote


if __name__ == "__main__":
    if FOUND is None:
        sys.exit("no Chromium here: apt-get install chromium")
    with TemporaryDirectory() as folder, browser() as started:
        take(started, site_pictures(Path(folder)))
        with served(Path(folder)) as at:
            take(started, served_pictures(at.origin), inside=at.origin)
