"""First comments: what became of the comment that an account writes under its own post."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("comment_state", sa.String(), nullable=True))
    op.add_column("posts", sa.Column("comment_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_posts_comment_at"), "posts", ["comment_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_posts_comment_at"), table_name="posts")
    op.drop_column("posts", "comment_at")
    op.drop_column("posts", "comment_state")
