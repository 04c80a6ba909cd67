"""add a note to orders

Revision ID: a1
Revises: 
Create Date: 2024-01-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "a1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("orders", sa.Column("note", sa.String(length=50), nullable=True))
    op.add_column("orders", sa.Column("paid", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("orders", sa.Column("placed", sa.DateTime(timezone=True), server_default=sa.func.now()))
    op.add_column("orders", sa.Column("state", sa.Text(), default="new", nullable=False))
    op.add_column("orders", sa.Column("kind", sa.Text(), server_default="plain"))


def downgrade():
    op.drop_column("orders", "kind")
    op.drop_column("orders", "state")
