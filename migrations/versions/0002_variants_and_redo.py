"""Variants of a generation, previews, and steps that are taken over from an earlier generation."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("generations", sa.Column("variants", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("generation_steps", sa.Column("taken_from", sa.String(), nullable=True))
    op.add_column("renders", sa.Column("preview_width", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("renders", "preview_width")
    op.drop_column("generation_steps", "taken_from")
    op.drop_column("generations", "variants")
