"""comments, renames, schemas

Revision ID: d1
Revises: c9
Create Date: 2024-03-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "d1"
down_revision = "c9"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table_comment("orders", "what people bought", existing_comment=None)
    op.drop_table_comment("orders")
    op.rename_table("orders", "purchases", schema="sales")
    op.drop_column("orders", "note", schema="sales")
    op.execute(sa.schema.CreateSequence(sa.Sequence("numbers")))
    op.execute(sa.schema.CreateSchema("archive"))
    op.create_table("t", sa.Column("id", sa.Integer()), if_not_exists=True, prefixes=["UNLOGGED"])
    op.add_column("orders", sa.Column("n", sa.Integer, sa.ForeignKey("numbers.id"), index=True, unique=True))
    op.drop_table("gone", if_exists=True)


async def downgrade():
    await op.run_async(tidy)
