"""How often does a feed ask to be read, and when not?

RSS 2.0 has <ttl>, <skipHours> and <skipDays> (https://www.rssboard.org/rss-specification); the syndication module of
RSS 1.0 has updatePeriod and updateFrequency (https://web.resource.org/rss/1.0/modules/syndication/).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta

from tracker.feeds.document import outside_items

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_LONGEST = timedelta(days=366)
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a feed asks of its readers, as it says it: whether and how far to follow it is the reader's to decide.

    `every` is how long it may be kept before it is read again, None where it does not say. It is not to be read in
    `skip_hours` (0 to 23, GMT), nor on `skip_days` (Monday is 0).
    """

    every: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()

    @classmethod
    def of(cls, document: str) -> Wishes:
        """The wishes of a feed's document, or of what stands outside of its items; nonsense is no wish.

        The time to live goes before the period. A feed that would skip all hours, or all days, skips none.

        >>> Wishes.of("<rss><channel><ttl>60</ttl><skipDays><day>Sunday</day></skipDays></channel></rss>")
        Wishes(every=datetime.timedelta(seconds=3600), skip_hours=frozenset(), skip_days=frozenset({6}))
        """
        if ":update" not in document and "<ttl" not in document and "<skip" not in document:
            return _NONE
        outside = outside_items(document)
        # The hour 24 is midnight: RSS 0.91 counted them from 1.
        hours = {int(hour) % 24 for hour in _inside(outside, "skipHours", "hour") if hour in _HOURS}
        days = {_DAYS.index(day.lower()) for day in _inside(outside, "skipDays", "day") if day.lower() in _DAYS}
        return cls(
            _time_to_live(outside) or _period(outside),
            frozenset(hours) if len(hours) < 24 else frozenset(),
            frozenset(days) if len(days) < 7 else frozenset(),
        )

    def as_json(self) -> str:
        """The wishes as a small text for the database, empty when there are none.

        >>> Wishes(timedelta(hours=1), skip_days=frozenset({6})).as_json()
        '{"every": 3600, "skip_days": [6]}'
        """
        said = {
            "every": int(self.every.total_seconds()) if self.every else None,
            "skip_hours": sorted(self.skip_hours),
            "skip_days": sorted(self.skip_days),
        }
        kept = {name: value for name, value in said.items() if value}
        return json.dumps(kept) if kept else ""

    @classmethod
    def from_json(cls, text: str) -> Wishes:
        """The wishes that `as_json` wrote; ValueError for any other text."""
        said = json.loads(text or "{}")
        return cls(
            timedelta(seconds=said["every"]) if "every" in said else None,
            frozenset(said.get("skip_hours", ())),
            frozenset(said.get("skip_days", ())),
        )


_NONE = Wishes()
_HOURS = frozenset(form.format(hour) for hour in range(25) for form in ("{}", "{:02}"))


def _time_to_live(outside: str) -> timedelta | None:
    minutes = _number(_text(outside, "ttl"))
    return _sane(timedelta(minutes=minutes)) if minutes else None


def _period(outside: str) -> timedelta | None:
    period = _PERIODS.get(_text(outside, r"[\w-]+:updatePeriod").lower())
    frequency = _text(outside, r"[\w-]+:updateFrequency")
    times = _number(frequency) if frequency else 1
    return _sane(period / times) if period and times else None


def _sane(span: timedelta) -> timedelta | None:
    """A span of whole seconds up to a year; whoever says a second, or a century, means nothing by it."""
    return timedelta(seconds=int(span.total_seconds())) if timedelta(minutes=1) <= span <= _LONGEST else None


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0


def _text(outside: str, name: str) -> str:
    found = re.search(rf"<{name}\s*>([^<]*)<", outside, re.IGNORECASE)
    return found[1].strip() if found else ""


def _inside(outside: str, parent: str, child: str) -> list[str]:
    """The texts of the children of the first element of a name."""
    _, _, rest = outside.partition(f"<{parent}")
    inside, _, _ = rest.partition(f"</{parent}")
    return [text.strip() for text in re.findall(rf"<{child}\s*>([^<]*)<", inside, re.IGNORECASE)]
