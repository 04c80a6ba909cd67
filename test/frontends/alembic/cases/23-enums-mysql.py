"""enums

Revision ID: c5
Revises: c3
Create Date: 2024-03-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


revision = "c5"
down_revision = "c3"
branch_labels = None
depends_on = None


state = sa.Enum("open", "closed", name="state")


def upgrade():
    state.create(op.get_bind(), checkfirst=True)
    op.add_column("orders", sa.Column("state", state, nullable=True))
    op.create_table(
        "logs",
        sa.Column("level", sa.Enum("low", "high", name="level", native_enum=False)),
    )


def downgrade():
    op.drop_column("orders", "state")
    state.drop(op.get_bind())
