"""Publishing: accounts, grants, posts and what they did."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "connect_requests",
        sa.Column("state_hash", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("creator_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("redirect_uri", sa.String(), nullable=False),
        sa.Column("return_to", sa.String(), nullable=False),
        sa.Column("choices", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("account_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("failure_detail", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["creator_id"], ["creators.id"], name=op.f("fk_connect_requests_creator_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_connect_requests")),
        sa.UniqueConstraint("id", name=op.f("uq_connect_requests_id")),
    )
    op.create_index(op.f("ix_connect_requests_creator_id"), "connect_requests", ["creator_id"], unique=False)
    op.create_table(
        "social_accounts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("creator_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("picture_url", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_detail", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disconnected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["creator_id"], ["creators.id"], name=op.f("fk_social_accounts_creator_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_accounts")),
        sa.UniqueConstraint("creator_id", "platform", "external_id", name=op.f("uq_social_accounts_creator_id_platform_external_id")),
    )
    op.create_index(op.f("ix_social_accounts_creator_id"), "social_accounts", ["creator_id"], unique=False)
    op.create_table(
        "grants",
        sa.Column("social_account_id", sa.String(), nullable=False),
        sa.Column("creator_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refresh_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renew_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_refreshes", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["creator_id"], ["creators.id"], name=op.f("fk_grants_creator_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["social_account_id"], ["social_accounts.id"], name=op.f("fk_grants_social_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("social_account_id", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_creator_id"), "grants", ["creator_id"], unique=False)
    op.create_index(op.f("ix_grants_renew_at"), "grants", ["renew_at"], unique=False)
    op.create_index(op.f("ix_grants_subject"), "grants", ["subject"], unique=False)
    op.create_table(
        "posts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("creator_id", sa.String(), nullable=False),
        sa.Column("social_account_id", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("render_id", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wall_time", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("recurrence", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("series_id", sa.String(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("execution_attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("checkpoint", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("sent_bytes", sa.Integer(), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("permalink", sa.String(), nullable=True),
        sa.Column("failure_type", sa.String(), nullable=True),
        sa.Column("failure_detail", sa.String(), nullable=True),
        sa.Column("is_retryable", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_detail", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["creator_id"], ["creators.id"], name=op.f("fk_posts_creator_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["social_account_id"], ["social_accounts.id"], name=op.f("fk_posts_social_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index("ix_posts_creator_id_created_at", "posts", ["creator_id", "created_at", "id"], unique=False)
    op.create_index(op.f("ix_posts_series_id"), "posts", ["series_id"], unique=False)
    op.create_index(op.f("ix_posts_social_account_id"), "posts", ["social_account_id"], unique=False)
    op.create_index("ix_posts_state_due_at", "posts", ["state", "due_at"], unique=False)
    op.create_table(
        "queue_slots",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("creator_id", sa.String(), nullable=False),
        sa.Column("social_account_id", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("wall_time", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["creator_id"], ["creators.id"], name=op.f("fk_queue_slots_creator_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["social_account_id"], ["social_accounts.id"], name=op.f("fk_queue_slots_social_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_slots")),
        sa.UniqueConstraint("social_account_id", "weekday", "wall_time", name=op.f("uq_queue_slots_social_account_id_weekday_wall_time")),
    )
    op.create_index(op.f("ix_queue_slots_creator_id"), "queue_slots", ["creator_id"], unique=False)
    op.create_table(
        "post_events",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("creator_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["creator_id"], ["creators.id"], name=op.f("fk_post_events_creator_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_events_post_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_events")),
    )
    op.create_index(op.f("ix_post_events_creator_id"), "post_events", ["creator_id"], unique=False)
    op.create_index("ix_post_events_post_id_number", "post_events", ["post_id", "number"], unique=True)
    op.create_table(
        "post_metrics",
        sa.Column("post_id", sa.String(), nullable=False),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("creator_id", sa.String(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("likes", sa.Integer(), nullable=True),
        sa.Column("comments", sa.Integer(), nullable=True),
        sa.Column("shares", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["creator_id"], ["creators.id"], name=op.f("fk_post_metrics_creator_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_metrics_post_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "collected_at", name=op.f("pk_post_metrics")),
    )
    op.create_index(op.f("ix_post_metrics_creator_id"), "post_metrics", ["creator_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_post_metrics_creator_id"), table_name="post_metrics")
    op.drop_table("post_metrics")
    op.drop_index("ix_post_events_post_id_number", table_name="post_events")
    op.drop_index(op.f("ix_post_events_creator_id"), table_name="post_events")
    op.drop_table("post_events")
    op.drop_index(op.f("ix_queue_slots_creator_id"), table_name="queue_slots")
    op.drop_table("queue_slots")
    op.drop_index("ix_posts_state_due_at", table_name="posts")
    op.drop_index(op.f("ix_posts_social_account_id"), table_name="posts")
    op.drop_index(op.f("ix_posts_series_id"), table_name="posts")
    op.drop_index("ix_posts_creator_id_created_at", table_name="posts")
    op.drop_table("posts")
    op.drop_index(op.f("ix_grants_subject"), table_name="grants")
    op.drop_index(op.f("ix_grants_renew_at"), table_name="grants")
    op.drop_index(op.f("ix_grants_creator_id"), table_name="grants")
    op.drop_table("grants")
    op.drop_index(op.f("ix_social_accounts_creator_id"), table_name="social_accounts")
    op.drop_table("social_accounts")
    op.drop_index(op.f("ix_connect_requests_creator_id"), table_name="connect_requests")
    op.drop_table("connect_requests")
