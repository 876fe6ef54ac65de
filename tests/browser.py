"""A real Chromium for tests of pages: the one that is installed here, without a network of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FOUND = next(filter(None, map(shutil.which, NAMES)), None)
needs_browser = pytest.mark.skipif(FOUND is None, reason="no Chromium here: apt-get install chromium")
"""Marks tests that drive a browser; where there is none they are skipped, and pytest says so."""

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE_MILLISECONDS = 180_000  # other tests may keep the machine busy
DESKTOP, PHONE = (1280, 900), (390, 844)
"""Widths and heights of a window, in pixels."""


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser for as long as the block runs."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=FOUND, args=list(_FLAGS))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def window(
    started: Browser,
    size: tuple[int, int] = DESKTOP,
    *,
    scheme: Literal["light", "dark"] = "light",
    script: bool = True,
    inside: str = "file://",
) -> Iterator[Page]:
    """A window of a browser that knows nothing yet; a complaint of it fails the test, and so does a request outside.

    `inside` is how every address begins that the page may ask for.
    """
    width, height = size
    context = started.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script
    )
    complaints: list[str] = []
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MILLISECONDS)
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on(
        "request",
        lambda request: None if request.url.startswith(inside) else complaints.append(f"asked for {request.url}"),
    )
    try:
        yield page
    finally:
        context.close()
    assert not complaints, complaints
