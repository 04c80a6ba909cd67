"""what the database is asked

Revision ID: b5
Revises: b4
Create Date: 2024-02-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "b5"
down_revision = "b4"
branch_labels = None
depends_on = None


def has_column(table, name):
    inspector = sa.inspect(op.get_bind())
    return name in [column["name"] for column in inspector.get_columns(table)]


def upgrade():
    bind = op.get_bind()
    inspector = sa.inspect(bind)
    if not inspector.has_table("orders"):
        op.create_table("orders", sa.Column("id", sa.Integer, primary_key=True))
    if not has_column("orders", "note"):
        op.add_column("orders", sa.Column("note", sa.Text()))
    for key in inspector.get_foreign_keys("orders"):
        op.drop_constraint(key["name"], "orders", type_="foreignkey")
    if "old" in inspector.get_table_names():
        return
    op.drop_table("older")


def downgrade():
    pass
