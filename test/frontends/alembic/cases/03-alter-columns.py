"""alter columns

Revision ID: a3
Revises: a2
Create Date: 2024-01-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "a3"
down_revision = "a2"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column("orders", "note", type_=sa.Text(), existing_type=sa.String(50), existing_nullable=True)
    op.alter_column("orders", "number", type_=sa.BigInteger(), postgresql_using="number::bigint")
    op.alter_column("orders", "paid", nullable=False, server_default=sa.text("false"))
    op.alter_column("orders", "state", server_default=None)
    op.alter_column("orders", "kind", new_column_name="sort")
    op.alter_column("orders", "place", existing_type=sa.Text(), comment="where it goes")


def downgrade():
    raise NotImplementedError("prices are gone")
