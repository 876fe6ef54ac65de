"""By what the full-text index was made, so that it is made anew when words are read otherwise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table; while it is empty, the index counts as made by something else."""
    op.create_table("term_index", sa.Column("made_by", sa.Text, nullable=False))
