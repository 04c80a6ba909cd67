"""values that are read first and written later

Revision ID: d2
Revises: d1
Create Date: 2024-04-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "d2"
down_revision = "d1"

orders = sa.table("orders", sa.column("id"), sa.column("total"))


def upgrade():
    op.add_column("orders", sa.Column("kind", sa.Text(), sa.CheckConstraint("kind <> ''", name="ck_kind")))
    conn = op.get_bind()
    values = []
    for row in conn.execute(sa.select(orders)):
        values.append({"id": row.id, "total": row.total})
    for value in values:
        conn.execute(orders.update().where(orders.c.id == value["id"]).values(total=value["total"]))
    for name in ["ix_a", "ix_b"]:
        if name in sa.inspect(conn).get_indexes("orders"):
            continue
        op.create_index(name, "orders", ["total"])
    for index in sa.inspect(conn).get_indexes("orders"):
        if index["name"] == "ix_done":
            return
    op.drop_column("orders", "total")


def downgrade():
    if sa.inspect(op.get_bind()).has_table("orders"):
        raise ValueError("no way back")
    op.drop_column("orders", "kind")
