"""How does what is served become HTML? The templates of the pages, with those of the server before them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader
from starlette.responses import HTMLResponse

from tracker.report.pages.render import Site, environment
from tracker.web.addresses import ServedAddresses

SITE = Site()


def answer(
    template: str,
    today: date,
    slugs: Mapping[str, str],
    *,
    status: int = 200,
    **shown: object,
) -> HTMLResponse:
    """A page by a template's name, with what is shown on it."""
    page = {"as_of": today, "addresses": ServedAddresses(slugs), "site": SITE, "url": "", **shown}
    return HTMLResponse(_environment().get_template(template).render(page), status)


@cache
def _environment() -> Environment:
    return environment(PackageLoader("tracker.web"))
