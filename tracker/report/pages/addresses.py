"""Where does each page live? In a folder that opens from disk links are relative; a server has paths of its own."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol
from urllib.parse import quote

INDEX, FEED = "index.html", "changes.atom"
_LONGEST_SLUG = 60


class Addresses(Protocol):
    """What the templates link to. Every address is ready for an attribute of a link."""

    def index(self) -> str:
        """The list of all forecasts."""

    def forecast(self, name: str) -> str:
        """The page of the forecast with this id."""

    def forecaster(self, name: str) -> str:
        """The page of the forecaster with this name."""

    def feed(self) -> str:
        """The feed of what changed."""

    def asset(self, name: str) -> str:
        """A file of static/, such as style.css."""


@dataclass(frozen=True, slots=True)
class FolderAddresses:
    """Addresses inside a folder, as seen from a page that lies `up` from its root ("" or "../").

    `slugs` are the forecasters' names as parts of file names, see `slugs_of`.
    """

    slugs: Mapping[str, str]
    up: str = ""

    def index(self) -> str:
        """The list of all forecasts."""
        return f"{self.up}{INDEX}"

    def forecast(self, name: str) -> str:
        """The page of the forecast with this id."""
        return self.up + quote(forecast_file(name))

    def forecaster(self, name: str) -> str:
        """The page of the forecaster with this name."""
        return self.up + quote(forecaster_file(self.slugs[name]))

    def feed(self) -> str:
        """The feed of what changed."""
        return f"{self.up}{FEED}"

    def asset(self, name: str) -> str:
        """A file of static/, such as style.css."""
        return f"{self.up}static/{name}"


def forecast_file(name: str) -> str:
    """The file of a forecast's page; ids are made of letters, digits and hyphens."""
    return f"forecasts/{name}.html"


def forecaster_file(slug: str) -> str:
    """The file of a forecaster's page."""
    return f"forecasters/{slug}.html"


def slugs_of(names: Iterable[str]) -> dict[str, str]:
    """Each name as a part of an address: its letters and digits in lower case, hyphens between.

    Names that would share one, or leave nothing, get a few digits of their own that never change.

    >>> slugs_of(["Anna Lee", "Дмитрий Ерофеев"])
    {'Anna Lee': 'anna-lee', 'Дмитрий Ерофеев': 'дмитрий-ерофеев'}
    """
    plain = {name: _slug(name) for name in names}
    shared = Counter(plain.values())
    return {
        name: slug if slug and shared[slug] == 1 else f"{slug}-{sha256(name.encode()).hexdigest()[:8]}".lstrip("-")
        for name, slug in plain.items()
    }


def _slug(name: str) -> str:
    words = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", words)[:_LONGEST_SLUG].strip("-")
