"""Where does each page live on the server?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class ServedAddresses:
    """Addresses from the root of the server; `slugs` are the forecasters' names as parts of addresses."""

    slugs: Mapping[str, str]

    def index(self) -> str:
        """The list of all forecasts."""
        return "/"

    def forecast(self, name: str) -> str:
        """The page of the forecast with this id."""
        return f"/forecasts/{quote(name)}"

    def forecaster(self, name: str) -> str:
        """The page of the forecaster with this name."""
        return f"/forecasters/{quote(self.slugs[name])}"

    def feed(self) -> str:
        """The feed of what changed."""
        return "/changes.atom"

    def asset(self, name: str) -> str:
        """A file of static/, such as style.css."""
        return f"/static/{name}"

    def page(self, path: str, asked: Mapping[str, str], number: int) -> str:
        """Page `number` of a list that was asked for by these words."""
        words = {name: words for name, words in asked.items() if words} | ({"page": str(number)} if number > 1 else {})
        return path + (f"?{urlencode(words)}" if words else "")
