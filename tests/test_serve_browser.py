"""A person at work in a real browser: reviewing, taking back, marking an item, adding; by keyboard and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import DESKTOP, PHONE, browser, needs_browser, window
from playwright.sync_api import Browser, expect
from served import Served

from tracker.decisions import read_decisions
from tracker.model import Decision, ItemDecision, Status

pytestmark = needs_browser

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "preload": False}
PAGES = ("/", "/review", "/history", "/add", "/forecasts/oil-falls-challenge", "/forecasters/mikhail-nazyamkov")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


def test_a_case_is_decided_and_taken_back(chromium: Browser, writing: Served, workspace: Path) -> None:
    with window(chromium, inside=writing.origin) as page:
        page.goto(f"{writing.origin}/review")
        expect(page.get_by_role("heading", level=1)).to_have_text("6 cases for a person")
        oil = page.get_by_role("article").filter(has_text="Cheaper oil")
        oil.get_by_role("button", name="Confirm").click()  # without a reason the browser asks for one
        expect(page.get_by_role("heading", level=1)).to_have_text("6 cases for a person")
        oil.get_by_label("Reason").fill("The budget says so.")
        oil.get_by_label("Your name").fill("Ana")
        oil.get_by_role("button", name="Confirm").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("5 cases for a person")
        expect(page.get_by_text("oil-falls-challenge is confirmed")).to_be_visible()
        # The name is remembered for the next case.
        expect(page.get_by_label("Your name").first).to_have_value("Ana")
        page.get_by_role("button", name="Take back the last decision of Ana").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("6 cases for a person")
        page.get_by_role("link", name="History").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("2 decisions")
    first, second = read_decisions(workspace / "data" / "decisions.jsonl").lines
    assert isinstance(first, Decision)
    assert isinstance(second, Decision)
    assert (first.status, first.why, first.by, second.status) == (
        Status.CONFIRMED,
        "The budget says so.",
        "Ana",
        None,
    )


def test_an_item_is_marked_and_the_case_is_settled_by_it(chromium: Browser, writing: Served, workspace: Path) -> None:
    with window(chromium, inside=writing.origin) as page:
        page.goto(f"{writing.origin}/review")
        near = page.get_by_role("article").filter(has_text="recalls its ambassador")
        expect(near.locator("mark").first).to_be_visible()
        near.get_by_label("Reason").fill("A complaint is no recall.")
        near.get_by_label("Your name").fill("Ana")
        near.get_by_role("button", name=re.compile("^Azerbaijan hands its complaint .* does not count$")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("5 cases for a person")
        expect(page.get_by_role("article").filter(has_text="recalls its ambassador")).to_have_count(0)
        expect(page.get_by_text("ambassador Yevdokimov” does not count for ambassadors-recalled")).to_be_visible()
        page.goto(f"{writing.origin}/forecasts/ambassadors-recalled")
        expect(page.get_by_text("Ana says it does not count: A complaint is no recall").first).to_be_visible()
    (line,) = read_decisions(workspace / "data" / "decisions.jsonl").lines
    assert isinstance(line, ItemDecision)
    assert (line.counts, line.forecast) == (False, "ambassadors-recalled")


NEW = {
    "file": "oil.yaml",
    "forecaster": "A. Writer",
    "quote": "Oil will quite likely pass $100.",
    "claim": "Oil passes $100.",
    "likelihood": "quite likely",
    "window": "by the end of June 2025",
    "topic": "@russia",
    "event": "oil NEAR/8 #>=100USD",
}


def test_a_forecast_is_added_with_a_preview_as_one_types(chromium: Browser, writing: Served, workspace: Path) -> None:
    with window(chromium, inside=writing.origin) as page:
        page.goto(f"{writing.origin}/add")
        shown = page.get_by_label("How it is read")
        page.get_by_label("When").press_sequentially("late summer of 2025", delay=5)
        expect(shown).to_contain_text("choose its file first")
        page.get_by_label("Its file").fill("azerbaijan-cuts-ties.yaml")
        expect(shown).to_contain_text("16 July to 31 August 2025")
        page.get_by_label("Topic").fill("@russia AND (")
        expect(shown).to_contain_text("Not read: column")
        page.get_by_label("Topic").fill("@russia AND @azerbaijan")
        expect(shown).to_contain_text("of the 329 stored items match")
        page.get_by_text("For a new file: ").click()
        page.get_by_label("Title").fill("A year of oil")
        page.get_by_label("Published").fill("2025-02-01")
        for name, words in NEW.items():
            page.locator(f"#{name}").fill(words)
        expect(shown).to_contain_text("It can be written.")
        expect(shown).to_contain_text("quite likely (75%), between 60% and 90%")
        assert not (workspace / "forecasts" / "oil.yaml").exists()
        page.get_by_role("button", name="Write it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Oil passes $100.")
    assert "id: oil-passes-100" in (workspace / "forecasts" / "oil.yaml").read_text("utf-8")


def test_without_script_the_same_is_done_by_buttons(chromium: Browser, reading: Served) -> None:
    with window(chromium, inside=reading.origin, script=False) as page:
        page.goto(f"{reading.origin}/add")
        page.get_by_label("Its file").fill("azerbaijan-cuts-ties.yaml")
        page.get_by_label("When").fill("late summer of 2025")
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_label("How it is read")).to_contain_text("16 July to 31 August 2025")
        expect(page.get_by_label("When")).to_have_value("late summer of 2025")
        page.goto(f"{reading.origin}/")
        page.get_by_role("combobox", name="Status").select_option("refuted")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("3 of 14 forecasts")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_from_reading_and_using_a_page(chromium: Browser, reading: Served, scheme: str) -> None:
    with window(chromium, DESKTOP, scheme="dark" if scheme == "dark" else "light", inside=reading.origin) as page:
        for path in PAGES:
            page.goto(reading.origin + path)
            found = Axe().run(page, options=AXE)
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_a_phone_shows_every_page_without_scrolling_sideways(chromium: Browser, reading: Served) -> None:
    with window(chromium, PHONE, inside=reading.origin) as page:
        for path in PAGES:
            page.goto(reading.origin + path)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= PHONE[0], f"{path} is {width} wide"
