"""Which date ahead of its first sighting an item claimed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column."""
    op.add_column("items", sa.Column("claimed", sa.DateTime))
