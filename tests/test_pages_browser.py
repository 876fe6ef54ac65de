"""Do the pages work in a real browser, from disk? The filter, the order, the keyboard, contrast, a phone, no net."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import golden_pages
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import DESKTOP, PHONE, browser, needs_browser, window
from playwright.sync_api import Browser, Page, expect

from tracker.report.pages.folder import write_folder
from tracker.report.pages.site import static_files

pytestmark = needs_browser

PAGES = (
    "index.html",
    "forecasts/envoys-meet.html",
    "forecasts/no-meeting.html",
    "forecasters/ambassador-trentino.html",
)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "preload": False}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "pages"
    golden = {name: text.encode() for name, text in golden_pages.golden().items()}
    files = [
        ("index.html", golden["index.html"]),
        ("forecasts/envoys-meet.html", golden["forecast-met.html"]),
        ("forecasts/no-meeting.html", golden["forecast-decided.html"]),
        ("forecasters/ambassador-trentino.html", golden["forecaster.html"]),
        ("changes.atom", golden["changes.atom"]),
    ]
    write_folder(folder, [*files, *static_files()])
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


def shown(page: Page) -> list[str]:
    """The statuses of the rows that can be seen, in their order."""
    rows = page.locator("table.ledger tbody tr:visible")
    return [row.get_attribute("data-status") or "" for row in rows.all()]


def test_rows_are_chosen_by_status_forecaster_tag_and_text(chromium: Browser, site: Path) -> None:
    with window(chromium) as page:
        page.goto((site / "index.html").as_uri())
        expect(page.get_by_role("status")).to_have_text("All 6 forecasts")
        page.get_by_role("combobox", name="Status").select_option("void")
        expect(page.get_by_role("status")).to_have_text("1 of 6 forecasts")
        assert shown(page) == ["void"]
        page.get_by_role("button", name="Show all").click()
        expect(page.get_by_role("status")).to_have_text("All 6 forecasts")
        page.get_by_role("combobox", name="Forecaster").select_option("Mrs. Teasdale & Sons")
        expect(page.get_by_role("status")).to_have_text("1 of 6 forecasts")
        page.get_by_role("button", name="Show all").click()
        page.get_by_role("combobox", name="Tag").select_option("duck & soup")
        expect(page.get_by_role("status")).to_have_text("1 of 6 forecasts")
        page.get_by_role("button", name="Show all").click()
        page.get_by_role("searchbox", name="Text").fill("SÝLVANIA claim-0")
        expect(page.get_by_role("status")).to_have_text("3 of 6 forecasts")
        page.get_by_role("searchbox", name="Text").fill("nothing is so")
        expect(page.get_by_text("No forecast is like that.")).to_be_visible()


def test_a_choice_can_be_linked_to(chromium: Browser, site: Path) -> None:
    with window(chromium) as page:
        page.goto((site / "index.html").as_uri())
        page.get_by_role("combobox", name="Status").select_option("void")
        expect(page.get_by_role("status")).to_have_text("1 of 6 forecasts")
        address = page.url
    with window(chromium) as page:
        page.goto(address)
        expect(page.get_by_role("status")).to_have_text("1 of 6 forecasts")
        expect(page.get_by_role("combobox", name="Status")).to_have_value("void")


def test_rows_are_put_in_order_by_keyboard(chromium: Browser, site: Path) -> None:
    with window(chromium) as page:
        page.goto((site / "index.html").as_uri())
        head = page.get_by_role("columnheader", name="Status")
        head.get_by_role("button").focus()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", "ascending")
        order = ["confirmed", "refuted", "pending", "void"]
        assert shown(page) == sorted(shown(page), key=order.index)
        page.keyboard.press("Space")
        expect(head).to_have_attribute("aria-sort", "descending")
        assert shown(page)[0] == "void"


def test_the_keyboard_reaches_the_content_first_and_then_a_forecast(chromium: Browser, site: Path) -> None:
    with window(chromium) as page:
        page.goto((site / "index.html").as_uri())
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
        page.locator("table.ledger a[href*=envoys-meet]").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("The envoys of Freedonia and Sylvania meet.")
        page.get_by_role("link", name="Ambassador Trentino").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ambassador Trentino")


def test_without_script_the_list_is_whole(chromium: Browser, site: Path) -> None:
    with window(chromium, script=False) as page:
        page.goto((site / "index.html").as_uri())
        assert len(shown(page)) == 6
        assert page.locator("form.filter").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_the_pages(
    chromium: Browser, site: Path, name: str, size: tuple[int, int], scheme: str
) -> None:
    with window(chromium, size, scheme="dark" if scheme == "dark" else "light") as page:
        page.goto((site / name).as_uri())
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, found.generate_report()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], f"{width} pixels wide"


def test_nothing_outside_the_page_is_asked_for_and_no_script_of_a_headline_runs(chromium: Browser, site: Path) -> None:
    for name in PAGES:
        with window(chromium, inside=site.as_uri()) as page:
            page.on("dialog", lambda dialog: pytest.fail(dialog.message))
            page.goto((site / name).as_uri(), wait_until="networkidle")
            assert page.locator("a[href^=javascript]").count() == 0
            for link in page.locator('a[href^="http"]').all():
                assert link.get_attribute("rel") == "noopener noreferrer nofollow"


def test_on_paper_the_links_are_written_out_and_the_filter_is_gone(chromium: Browser, site: Path) -> None:
    with window(chromium) as page:
        page.goto((site / "index.html").as_uri())
        page.emulate_media(media="print")
        assert page.locator("form.filter").is_hidden()
        page.goto((site / "forecasts/envoys-meet.html").as_uri())
        link = page.locator("table.reports a").first
        assert "https://" in link.evaluate("link => getComputedStyle(link, '::after').content")
