"""How does a page become HTML? Jinja2 templates that escape everything, with charts as functions in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined

from tracker import __version__
from tracker.feeds.clean import safe_link
from tracker.model import Status
from tracker.report import words
from tracker.report.pages import charts
from tracker.report.pages.addresses import Addresses
from tracker.report.pages.claim_review import claim_review
from tracker.report.pages.figures import figures_of
from tracker.report.pages.forecast import ForecastPage
from tracker.report.pages.forecaster import ForecasterPage
from tracker.report.pages.index import IndexPage
from tracker.wording import counted

MARKS = {Status.CONFIRMED: "✓", Status.REFUTED: "✗", Status.PENDING: "…", Status.VOID: "∅"}
"""What stands before a status, so that it can be told without colour."""


Page = IndexPage | ForecastPage | ForecasterPage


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages call themselves, and the address, ending in a slash, at which they are published, if known."""

    title: str = "Forecasts held to account"
    url: str = ""


def environment(*loaders: BaseLoader) -> Environment:
    """Templates of these loaders first, then the pages' own. Everything that is filled in is escaped."""
    made = Environment(
        loader=ChoiceLoader([*loaders, PackageLoader("tracker.report.pages")]),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": day_words,
        "percent": lambda share: f"{share:.0%}",
        "link": safe_link,
        "likelihood": words.likelihood_words,
        "mark": lambda status: MARKS[status],
        "sentence": sentence,
    }
    made.globals |= {
        "words": words,
        "charts": charts,
        "counted": counted,
        "claim_review": claim_review,
        "figures_of": figures_of,
        "marks": {status.value: mark for status, mark in MARKS.items()},
        "version": __version__,
    }
    return made


def day_words(day: date) -> str:
    """A day as it is written in prose.

    >>> day_words(date(2025, 6, 30))
    '30 June 2025'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def sentence(words: str) -> str:
    """Words as a sentence: a capital first, a full stop last.

    >>> sentence("no report of it so far")
    'No report of it so far.'
    """
    words = words.rstrip(".")
    return f"{words[:1].upper()}{words[1:]}."


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@cache
def _environment() -> Environment:
    return environment()


def render(template: str, page: Page, addresses: Addresses, site: Site, url: str = "") -> str:
    """The HTML of a page by a template's name. `url` is the address at which it is published, if that is known."""
    shown = {"page": page, "as_of": page.as_of, "addresses": addresses, "site": site, "url": url}
    return _environment().get_template(template).render(shown)
