"""types on sql server

Revision ID: c8
Revises: c6
Create Date: 2024-03-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "c8"
down_revision = "c6"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(20)),
        sa.Column("text", sa.Text()),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now()),
        sa.Column("flag", sa.Boolean(), server_default=sa.true()),
        sa.Column("key", sa.Uuid()),
        sa.Column("data", sa.LargeBinary()),
    )
    op.alter_column("orders", "name", existing_type=sa.String(20), nullable=False)
    op.create_index("ix_name", "orders", ["name"])


def downgrade():
    op.drop_table("orders")
