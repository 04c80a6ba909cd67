"""alter columns

Revision ID: a4
Revises: a2
Create Date: 2024-01-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "a4"
down_revision = "a2"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column("orders", "note", type_=sa.Text(), existing_type=sa.String(50), existing_nullable=True)
    op.alter_column("orders", "number", type_=sa.BigInteger(), existing_type=sa.Integer(), nullable=False)
    op.alter_column("orders", "paid", existing_type=sa.Boolean(), nullable=False, server_default="0")
    op.alter_column("orders", "state", server_default=None)
    op.alter_column("orders", "kind", new_column_name="sort", existing_type=sa.String(20), existing_nullable=False)



def downgrade():
    raise NotImplementedError("prices are gone")
