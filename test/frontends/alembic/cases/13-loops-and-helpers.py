"""loops and helpers

Revision ID: b4
Revises: b3
Create Date: 2024-02-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "b4"
down_revision = "b3"
branch_labels = None
depends_on = None


TABLES = ("orders", "shops")
INDEXES = [("ix_a", ["a"]), ("ix_b", ["b", "c"])]
CHECKS = {"orders": "total > 0"}


def add_times(table, *, nullable=True):
    for name in ["created", "updated"]:
        op.add_column(table, sa.Column(name, sa.DateTime(), nullable=nullable))


def index_name(table, column):
    return f"ix_{table}_{column}"


def upgrade():
    for table in TABLES:
        add_times(table, nullable=False)
        op.create_index(index_name(table, "created"), table, ["created"])
        op.execute(f"UPDATE {table} SET created = now()")
    for name, columns in INDEXES:
        op.create_index(name, "orders", columns)
    for table, condition in CHECKS.items():
        op.create_check_constraint("ck_" + table, table, condition)
    names = []
    for number in range(2):
        names.append("c%d" % number)
    for name in names:
        op.drop_column("orders", name)


def downgrade():
    [op.drop_column(table, "created") for table in TABLES]
