"""On what terms feeds are asked, by what further names items are known, how far the index has come,
and which alerts were sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and the table."""
    for column in (
        sa.Column("rests_until", sa.DateTime),
        sa.Column("rests_because", sa.Text, nullable=False, server_default=""),
        sa.Column("gone", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("moved_to", sa.Text, nullable=False, server_default=""),
        sa.Column("moved_polls", sa.Integer, nullable=False, server_default="0"),
        sa.Column("last_full", sa.DateTime),
        sa.Column("answered_by", sa.Text, nullable=False, server_default=""),
        sa.Column("wishes", sa.Text, nullable=False, server_default=""),
        sa.Column("lasts", sa.Integer),
    ):
        op.add_column("feeds", column)
    for name in ("by_link", "by_title"):
        op.add_column("items", sa.Column(name, sa.BigInteger))
        op.create_index(f"ix_items_{name}", "items", [name])
    op.add_column("term_index", sa.Column("up_to", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE term_index SET up_to = (SELECT coalesce(max(id), 0) FROM versions)")
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "alerts",
        sa.Column("key", sa.Text(collation="C") if postgresql else sa.Text(), primary_key=True),
        sa.Column("sent_at", sa.DateTime, nullable=False),
    )
