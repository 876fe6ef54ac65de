"""When was an item published, going by what its feed says?

Unknown stays unknown: a date that cannot be read with confidence is None, never today, 1970 or 2097.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache

from tracker.feeds.clean import printable

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Clocks run ahead and posts are scheduled by some hours; what lies further in the future is a mistake.
_AHEAD = timedelta(days=1)
_LONGEST = 80
# What follows the time of day: "+0300", "+03:00", "GMT+3", "MSK", "Z", with a comment in parentheses or without.
_ZONE = re.compile(
    r"(?P<time>:\d\d(?:[.,]\d+)?(?:\s*[AP]\.?M\.?)?)\s*"
    r"(?:(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?(?:\s?[A-Z]{1,5})?|(?P<name>(?![AP]M$)[A-Z]{1,5}))"
    r"\s*(?:\([^()]*\))?$",
    re.IGNORECASE,
)
# The two forms in which nearly all dates come: RFC 822 with GMT or a shift, and ISO 8601 with a zone.
_PLAIN_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, ?)?(\d\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([12]\d{3}) (\d\d:\d\d:\d\d)"
    r" (GMT|UTC|[+-][01]\d:?[0-5]\d)",
    re.ASCII,
)
_PLAIN_ISO = re.compile(
    r"[12]\d{3}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.(?:\d{3}){1,2})?(?:Z|[+-][01]\d:?[0-5]\d)", re.ASCII
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH_NUMBERS = {month: f"{number:02}" for number, month in enumerate(_MONTHS, 1)}
# "2026年4月25日 10:00" and "2026年04月25日10时00分".
_EAST_ASIAN = re.compile(r"(\d{4})年(\d\d?)月(\d\d?)日\s*(\d\d?)[:时時](\d\d)分?")
_MERIDIEM = re.compile(r"[AP]\.?M\b", re.IGNORECASE)
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2\d{2,4}\b")
_LANGUAGES = ["en", "ru", "uk", "tr", "az", "de", "fr", "es", "it", "pl", "el", "hu", "bg", "ko", "ka", "fa", "ar"]


def item_date(claims: Iterable[str], *, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment (UTC) of the first claim that can be read, never later than `now`; None when none can.

    A claim without a time zone is read in `zone`. A claim up to a day ahead of `now` becomes `now`; one further ahead,
    or before 1990, is a mistake and not read.

    >>> now = datetime(2025, 7, 2, tzinfo=UTC)
    >>> print(item_date(["Tue, 01 Jul 2025 10:00:00 MSK"], now=now, zone=UTC))
    2025-07-01 07:00:00+00:00
    """
    return believable(claimed_moments(claims, zone), now)


def believable(moments: Iterable[datetime], now: datetime) -> datetime | None:
    """The first of the claimed moments that an item can have been published at, never later than `now`."""
    for moment in moments:
        if _EARLIEST <= moment <= now + _AHEAD:
            return min(moment, now)
    return None


def claimed_moments(claims: Iterable[str], zone: tzinfo, *, in_words: bool = True) -> list[datetime]:
    """The moments (UTC) of the claims that can be read, believable or not, in their order.

    `in_words` is whether a date in the words of another language is tried, which takes some milliseconds.
    """
    moments = []
    for claim in filter(None, claims):
        moment = _read_plain(claim) or _read_any(printable(claim), zone, in_words)
        if moment is not None:
            moments.append(moment)
    return moments


def _read_plain(claim: str) -> datetime | None:
    """The moment of a claim in one of the two usual forms, which needs no search; None for any other."""
    form = _PLAIN_MAIL.fullmatch(claim)
    if form:
        day, month, year, time, shift = form.groups()
        claim = f"{year}-{_MONTH_NUMBERS[month]}-{day}T{time}{shift if shift[0] in '+-' else 'Z'}"
    elif not _PLAIN_ISO.fullmatch(claim):
        return None
    try:
        return datetime.fromisoformat(claim).astimezone(UTC)
    except ValueError:  # no such day or time
        return None


@lru_cache(maxsize=4096)
def _read_any(claim: str, zone: tzinfo, in_words: bool) -> datetime | None:
    if not claim or len(claim) > _LONGEST or not any(map(str.isdigit, claim)):
        return None
    if re.fullmatch(r"\d{9,10}(?:\.\d{1,6})?|\d{13}", claim):  # Unix time in seconds or milliseconds
        return datetime.fromtimestamp(float(claim) if len(claim) != 13 or "." in claim else int(claim[:10]), UTC)
    claim = _EAST_ASIAN.sub(r"\1-\2-\3 \4:\5", claim)
    claim, zone = _split_zone(claim, zone)
    moment = _iso(claim) or _mail(claim) or (_in_words(claim) if in_words else None)
    try:
        return moment if moment is None else moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)
    except (OverflowError, ValueError):  # the year 1 or 9999, moved out of the calendar by its zone
        return None


def _split_zone(claim: str, zone: tzinfo) -> tuple[str, tzinfo]:
    """The claim without its time zone, and that zone; `zone` where it names none that we know."""
    found = _ZONE.search(claim)
    if found is None:
        return claim, zone
    offset = _offsets().get(found["name"].upper(), "") if found["name"] else ""
    if found["sign"]:
        offset = f"{found['sign']}{int(found['hours']):02}{found['minutes'] or '00'}"
    minutes = int(offset[1:3]) * 60 + int(offset[3:]) if offset else 0
    if offset and minutes < 24 * 60:
        zone = timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
    return claim[: found.end("time")], zone


def _iso(claim: str) -> datetime | None:
    # It begins with a whole date: "20250701" alone and "2025-W27" are as likely to be something else.
    if not re.match(r"\d{4}-\d\d-\d\d|\d{8}T\d{4}", claim):
        return None
    try:
        return datetime.fromisoformat(claim)
    except ValueError:
        return None


def _mail(claim: str) -> datetime | None:
    """The form of RFC 822 and its relatives, the weekday in any language or missing."""
    form = re.fullmatch(r"(?:[^\W\d]+\.?,?\s*)?(\d{1,2}[\s-][A-Za-z]+[\s-]\d{2,4}\b.*)", claim)
    if form is None:
        return None
    from email.utils import parsedate  # here and below: what the usual dates do not need, and what takes its time

    try:
        parts = parsedate(form[1])
        return datetime(*parts[:6]) if parts else None  # noqa: DTZ001
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _in_words(claim: str) -> datetime | None:
    """What dateparser makes of it, where it is not left to guess which number is the month."""
    order = "MDY" if _MERIDIEM.search(claim) else "DMY"
    numbers = _NUMERIC.match(claim)
    if numbers and numbers[2] == "/" and order == "DMY" and max(int(numbers[1]), int(numbers[3])) <= 12:
        return None
    import dateparser  # type: ignore[import-untyped]

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "DATE_ORDER": order}
    try:
        moment = dateparser.parse(claim, languages=_LANGUAGES, settings=settings)
    except Exception:  # on text from outside it raises nearly anything
        return None
    return moment if isinstance(moment, datetime) else None


@cache
def _offsets() -> dict[str, str]:
    """Name of a time zone → its distance from UTC as in "+0300"; ValueError for a row that says anything else."""
    from importlib.resources import files

    import yaml

    text = files("tracker.feeds").joinpath("zones.yaml").read_text("utf-8")
    table = yaml.load(text, Loader=yaml.CSafeLoader)
    for name, offset in table.items():
        if not (isinstance(name, str) and isinstance(offset, str) and re.fullmatch(r"[+-]\d{4}", offset)):
            raise ValueError(f"zones.yaml: {name}: {offset!r} is not a distance from UTC such as '+0300'")
    return dict(table)
