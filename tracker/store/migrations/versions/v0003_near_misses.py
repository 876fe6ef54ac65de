"""Which items came near to a forecast's event when its verdict was given, for those who review it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; of earlier verdicts it is not known."""
    op.add_column("verdicts", sa.Column("near_misses", sa.JSON, nullable=False, server_default="[]"))
