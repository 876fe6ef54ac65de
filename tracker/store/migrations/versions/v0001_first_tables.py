"""The first tables: feeds, watches, items with their versions and full-text index, matches, verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables and the full-text index."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    name = sa.Text(collation="C") if postgresql else sa.Text()
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("address", name, nullable=False, unique=True),
        sa.Column("archive", sa.Boolean, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("last_modified", sa.Text, nullable=False),
        sa.Column("body_hash", sa.Text, nullable=False),
        sa.Column("last_polled", sa.DateTime, nullable=False),
        sa.Column("last_success", sa.DateTime),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("newest", sa.JSON, nullable=False),
        sa.Column("passed_over", sa.JSON, nullable=False),
    )
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("feed", sa.Integer, sa.ForeignKey("feeds.id"), nullable=False, index=True),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", name, nullable=False, unique=True),
        sa.Column("feed", sa.Integer, sa.ForeignKey("feeds.id"), nullable=False),
        sa.Column("source", name, nullable=False),
        sa.Column("published", sa.DateTime),
        sa.Column("first_seen", sa.DateTime, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_index("ix_items_day_key", "items", ["day", "key"])
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("item", sa.Integer, sa.ForeignKey("items.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.UniqueConstraint("item", "version"),
    )
    op.create_table(
        "feed_items",
        sa.Column("feed", sa.Integer, sa.ForeignKey("feeds.id"), primary_key=True),
        sa.Column("item", sa.Integer, sa.ForeignKey("items.id"), primary_key=True, index=True),
        sa.Column("fingerprint", sa.BigInteger, nullable=False),
        sa.Column("said", sa.JSON),
    )
    op.create_table(
        "criteria",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", name, nullable=False, unique=True),
        sa.Column("matched_up_to", sa.Integer, nullable=False),
    )
    op.create_table(
        "matches",
        sa.Column("criterion", sa.Integer, sa.ForeignKey("criteria.id"), primary_key=True),
        sa.Column("item", sa.Integer, sa.ForeignKey("items.id"), primary_key=True),
        sa.Column("role", sa.Text, primary_key=True),
    )
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("forecast", name, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("event_day", sa.Date),
        sa.Column("strength", sa.Text),
        sa.Column("contested", sa.Boolean, nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("missing", sa.JSON, nullable=False),
        sa.Column("recorded_at", sa.DateTime, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
    )
    op.create_index("ix_verdicts_forecast", "verdicts", ["forecast", "id"])
    op.create_table("term_index", sa.Column("made_by", sa.Text, nullable=False))
    op.create_table("calendar", sa.Column("zone", sa.Text, nullable=False))
    if postgresql:
        op.execute(
            "CREATE TABLE version_terms (rowid integer PRIMARY KEY REFERENCES versions (id), terms tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_version_terms ON version_terms USING gin (terms)")
    else:
        # Contentless and without positions: it only says which versions have a term. The ascii tokenizer keeps every
        # letter beyond ASCII as it is, whatever its accents and however young the script.
        op.execute(
            "CREATE VIRTUAL TABLE version_terms"
            " USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii')"
        )
