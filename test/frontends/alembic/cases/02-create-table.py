"""tables with everything

Revision ID: a2
Revises: a1
Create Date: 2024-01-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "a2"
down_revision = "a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parcels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.BigInteger, sa.ForeignKey("shop.orders.id", ondelete="CASCADE"), index=True),
        sa.Column("label", sa.Unicode(20), unique=True, nullable=False),
        sa.Column("key", postgresql.UUID(as_uuid=True), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("tags", postgresql.ARRAY(sa.String(30)), nullable=True),
        sa.Column("state", sa.Enum("open", "sent", name="parcel_state"), nullable=False),
        sa.Column("weight", sa.Numeric(precision=10, scale=2), nullable=True),
        sa.Column("total", sa.Numeric(10, 2), sa.Computed("weight * 2", persisted=True)),
        sa.CheckConstraint("weight > 0", name="weight_positive"),
        sa.ForeignKeyConstraint(["label"], ["labels.name"], name="fk_label", ondelete="SET NULL"),
        sa.UniqueConstraint("order_id", "label", name="uq_order_label"),
        sa.PrimaryKeyConstraint("id"),
        sa.Index("ix_parcels_weight", "weight"),
        schema="public",
    )


def downgrade() -> None:
    op.drop_table("parcels")
    sa.Enum(name="parcel_state").drop(op.get_bind(), checkfirst=True)
