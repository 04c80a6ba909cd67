"""enums

Revision ID: c4
Revises: c3
Create Date: 2024-03-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from alembic_postgresql_enum import TableReference

revision = "c4"
down_revision = "c3"
branch_labels = None
depends_on = None


state = postgresql.ENUM("open", "closed", name="state")


def upgrade():
    state.create(op.get_bind(), checkfirst=True)
    op.add_column("orders", sa.Column("state", state, nullable=True))
    op.create_table(
        "logs",
        sa.Column("state", postgresql.ENUM(name="state", create_type=False)),
        sa.Column("level", sa.Enum("low", "high", name="level", native_enum=False)),
    )
    op.execute("ALTER TYPE state ADD VALUE IF NOT EXISTS 'late'")
    op.sync_enum_values("public", "kind", ["a", "b"], [TableReference("orders", "kind")])


def downgrade():
    op.drop_column("orders", "state")
    state.drop(op.get_bind())
