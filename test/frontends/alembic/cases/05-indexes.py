"""indexes

Revision ID: a5
Revises: a3
Create Date: 2024-01-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "a5"
down_revision = "a3"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_orders_note", "orders", ["note"], unique=False)
    op.create_index(op.f("ix_orders_lower"), "orders", [sa.text("lower(note)"), sa.text("placed DESC")], unique=True)
    op.create_index(
        "ix_orders_open",
        "orders",
        ["state"],
        postgresql_where=sa.text("state = 'open'"),
        postgresql_using="gin",
        if_not_exists=True,
    )
    with op.get_context().autocommit_block():
        op.create_index("ix_orders_paid", "orders", ["paid"], postgresql_concurrently=True)
        op.drop_index("ix_orders_old", table_name="orders", postgresql_concurrently=True, if_exists=True)
    op.drop_index("ix_gone")


def downgrade():
    pass
