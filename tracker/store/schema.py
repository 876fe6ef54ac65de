"""How is what we remember laid out? The tables, as the newest migration leaves them.

Moments are kept in UTC without a zone, the same on both databases. Text that is sorted by is compared by code point, so
that both give the same order. Ids are dealt out by the writer (one at a time, see `Store`), never reused.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.engine import Dialect

# The revision of the newest file in migrations/versions; a test holds the two together.
HEAD = "0004"
# Not alembic's own name for it: another program's database must not pass for ours.
VERSION_TABLE = "tracker_version"

# PostgreSQL refuses NUL in text, and neither database takes half of a surrogate pair: it has no UTF-8.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    r"""The text without the characters that no database can hold.

    >>> storable("nul\x00l and lone \ud800 surrogate")
    'null and lone  surrogate'
    """
    return _UNSTORABLE.sub("", text) if _UNSTORABLE.search(text) else text


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last moment of a day in a time zone."""
    if day == date.max:  # west of Greenwich it would end in the year 10000
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day, time.max.replace(fold=1), zone)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC without a zone; ValueError for a naive one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the moment {value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, aware again."""
        return None if value is None else value.replace(tzinfo=UTC)


class Span(TypeDecorator[timedelta]):
    """A length of time, kept in whole seconds."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        """The number of seconds, as many as fit."""
        return None if value is None else min(int(value.total_seconds()), 2**31 - 1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        """The length again."""
        return None if value is None else timedelta(seconds=value)


class Words(TypeDecorator[str]):
    """Text without the characters that no database can hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it can be stored."""
        return None if value is None else storable(value)


# Text that is looked up or sorted by: PostgreSQL would sort it as a dictionary does.
Name = Words().with_variant(Words(collation="C"), "postgresql")

NEVER_POLLED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for no moment in a column that takes no null."""

metadata = MetaData()


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=False)


def _reference(name: str, table: str, **options: Any) -> Column[int]:  # noqa: ANN401
    return Column(name, Integer, ForeignKey(f"{table}.id"), nullable=False, **options)


# `shown` and `newest` are keys, see watching.py; `passed_over` are those of undated items that were left out. From
# `rests_until` on the columns are those of `Terms`. Of a feed of which only the past is known, `last_polled` is
# NEVER_POLLED.
feeds = Table(
    "feeds",
    metadata,
    _id(),
    Column("address", Name, nullable=False, unique=True),
    Column("archive", Boolean, nullable=False),
    Column("title", Words, nullable=False),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("body_hash", Words, nullable=False),
    Column("last_polled", Moment, nullable=False),
    Column("last_success", Moment),
    Column("failures", Integer, nullable=False),
    Column("error", Words, nullable=False),
    Column("shown", JSON, nullable=False),
    Column("newest", JSON, nullable=False),
    Column("passed_over", JSON, nullable=False),
    Column("rests_until", Moment),
    Column("rests_because", Words, nullable=False, server_default=""),
    Column("gone", Boolean, nullable=False, server_default=false()),
    Column("moved_to", Words, nullable=False, server_default=""),
    Column("moved_polls", Integer, nullable=False, server_default="0"),
    Column("last_full", Moment),
    Column("answered_by", Words, nullable=False, server_default=""),
    Column("wishes", Words, nullable=False, server_default=""),
    Column("lasts", Span),
)

watches = Table(
    "watches",
    metadata,
    _id(),
    _reference("feed", "feeds", index=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)

# What does not change when an item is edited. `feed` is the feed whose words its first version holds: of the archives
# that carry it the first by address, else the feed that carried it first. `by_link` and `by_title` are digests of its
# further names, null where it was read before there were any.
items = Table(
    "items",
    metadata,
    _id(),
    Column("key", Name, nullable=False, unique=True),
    _reference("feed", "feeds"),
    Column("source", Name, nullable=False),
    Column("published", Moment),
    Column("first_seen", Moment, nullable=False),
    Column("day", Date, nullable=False),
    Column("by_link", BigInteger, index=True),
    Column("by_title", BigInteger, index=True),
    Column("claimed", Moment),
    Index("ix_items_day_key", "day", "key"),
)

# A row is never changed: an edited item gets another one, and where an archive's words change, all its rows are made
# anew under new ids. The full-text index `version_terms` has the ids.
versions = Table(
    "versions",
    metadata,
    _id(),
    _reference("item", "items"),
    Column("version", Integer, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("link", Words, nullable=False),
    Column("language", Words, nullable=False),
    UniqueConstraint("item", "version"),
)

# Which feeds carried an item; `fingerprint` is that of the text that the feed showed last. Where the first version
# holds another feed's words, `said` is what this one says of the item: it is needed when an archive drops it.
feed_items = Table(
    "feed_items",
    metadata,
    _reference("feed", "feeds", primary_key=True),
    _reference("item", "items", primary_key=True, index=True),
    Column("fingerprint", BigInteger, nullable=False),
    Column("said", JSON(none_as_null=True)),
)

# A criterion's queries, known by their fingerprint, and the newest version that they have met.
criteria = Table(
    "criteria",
    metadata,
    _id(),
    Column("fingerprint", Name, nullable=False, unique=True),
    Column("matched_up_to", Integer, nullable=False),
)

# Which items a criterion concerns, in any of their versions.
matches = Table(
    "matches",
    metadata,
    _reference("criterion", "criteria", primary_key=True),
    _reference("item", "items", primary_key=True),
    Column("role", Words, primary_key=True),
)

verdicts = Table(
    "verdicts",
    metadata,
    _id(),
    Column("forecast", Name, nullable=False),
    Column("status", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("event_day", Date),
    Column("strength", Words),
    Column("contested", Boolean, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("missing", JSON, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("asked", Words, nullable=False),
    Column("near_misses", JSON, nullable=False, server_default="[]"),
    Index("ix_verdicts_forecast", "forecast", "id"),
)

# What was told once is not told again: `key` says what it was.
alerts = Table("alerts", metadata, Column("key", Name, primary_key=True), Column("sent_at", Moment, nullable=False))

# One row: the fingerprint of what made the terms in the full-text index, and the newest version that is in it.
term_index = Table(
    "term_index",
    metadata,
    Column("made_by", Words, nullable=False),
    Column("up_to", Integer, nullable=False, server_default="0"),
)

# One row: the time zone in which the days of the items are counted.
calendar = Table("calendar", metadata, Column("zone", Words, nullable=False))
