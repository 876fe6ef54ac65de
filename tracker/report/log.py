"""How does a service tell what it does? One event a line, calm words for people or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from tracker.feeds.clean import printable


@dataclass(frozen=True, slots=True)
class Log:
    """Where events go, line by line, as text in a time zone or as JSON in UTC."""

    write: Callable[[str], None]
    zone: tzinfo
    as_json: bool = False

    def tell(self, event: str, words: str = "", **figures: object) -> None:
        """Tell an event that has just come about; one without words is for programs only."""
        now = datetime.now(UTC)
        if self.as_json:
            told = {"message": printable(words)} if words else {}
            head = {"at": now.isoformat(timespec="seconds"), "event": event}
            self.write(json.dumps({**head, **told, **figures}, ensure_ascii=False, default=str))
        elif words:
            self.write(f"{now.astimezone(self.zone):%Y-%m-%d %H:%M} {printable(words)}")
