"""Which forecasts came to stand otherwise of late? An Atom feed (RFC 4287); an entry's id never changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5
from xml.etree import ElementTree

from tracker import __version__
from tracker.model import Forecast, Status
from tracker.report.pages.addresses import FEED, INDEX, Addresses
from tracker.report.pages.render import Site, sentence
from tracker.report.words import Told, headline

MOST_ENTRIES = 100
_ATOM = "http://www.w3.org/2005/Atom"
_OURS = UUID("6f1c7a52-3f0e-4c8e-9f57-0b6e2d1f9a41")
# What XML 1.0 cannot hold, however it is escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Change:
    """A forecast that came to stand otherwise, by what was told of it; `before` is None where nothing was known yet."""

    forecast: Forecast
    before: Status | None
    status: Status
    told: Told

    @property
    def id(self) -> str:
        """What the change is known by for good."""
        return uuid5(_OURS, f"{self.forecast.id} {self.told.at.isoformat()} {self.told.by}").urn


def changes(forecast: Forecast, history: Iterable[Told]) -> list[Change]:
    """Every change of where a forecast stands, oldest first, a person's word before the machine's.

    That it is pending at first is no change.
    """
    found: list[Change] = []
    machine: Status | None = None
    person: Status | None = None
    before: Status | None = None
    for told in history:
        if told.about:  # of an item: what follows from it is a verdict of its own
            continue
        if told.by_machine:
            machine = told.status
        else:
            person = told.status
        status = person or machine or Status.PENDING
        if status is not (before or Status.PENDING):
            found.append(Change(forecast, before, status, told))
        before = status
    return found


def feed(changed: Iterable[Change], addresses: Addresses, site: Site) -> bytes:
    """The feed's document, newest change first. Links are relative to it, and absolute where its address is known."""
    newest = sorted(changed, key=lambda change: (change.told.at, change.forecast.id), reverse=True)[:MOST_ENTRIES]
    root = ElementTree.Element("feed", xmlns=_ATOM)
    if site.url:
        root.set("xml:base", site.url)
    _child(root, "title", f"{site.title}: what changed")
    _child(root, "id", f"{site.url}{FEED}" if site.url else uuid5(_OURS, site.title).urn)
    _child(root, "updated", _moment(newest[0].told.at if newest else datetime(1970, 1, 1, tzinfo=UTC)))
    _child(_child(root, "author"), "name", site.title)
    _child(root, "generator", "tracker", version=__version__)
    if site.url:
        _child(root, "link", rel="self", type="application/atom+xml", href=f"{site.url}{FEED}")
    _child(root, "link", rel="alternate", type="text/html", href=f"{site.url}{INDEX}")
    for change in newest:
        _entry(root, change, f"{site.url}{addresses.forecast(change.forecast.id)}")
    ElementTree.indent(root, " ")
    document: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return document + b"\n"


def _entry(root: ElementTree.Element, change: Change, address: str) -> None:
    forecast, told = change.forecast, change.told
    entry = _child(root, "entry")
    _child(entry, "title", headline(forecast, change.status))
    _child(entry, "id", change.id)
    _child(entry, "updated", _moment(told.at))
    _child(entry, "published", _moment(told.at))
    _child(_child(entry, "author"), "name", told.by)
    _child(entry, "link", rel="alternate", type="text/html", href=address)
    _child(entry, "category", term=change.status.value)
    was = f" It was {change.before.value} before." if change.before else ""
    _child(entry, "summary", f"{sentence(told.why)}{was} {forecast.forecaster}: “{forecast.quote}”")


def _child(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, {key: _written(value) for key, value in attributes.items()})
    child.text = _written(text) or None
    return child


def _written(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
