"""not understood

Revision ID: c6
Revises: c5
Create Date: 2024-03-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
from shop.types import Money

revision = "c6"
down_revision = "c5"
branch_labels = None
depends_on = None


def upgrade():
    op.create_entity("x")
    op.execute(build_statement())
    op.add_column("orders", *columns())
    op.add_column("orders", sa.Column("price", Money(), nullable=True))
    op.alter_column("orders", "total", type_=Money())
    op.execute("ALTER TABEL orders")
    unheard_of(1)
    op.drop_column("orders", "last")
