"""tables as stubs

Revision ID: b1
Revises: a9
Create Date: 2024-02-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "b1"
down_revision = "a9"
branch_labels = None
depends_on = None


orders = sa.table("orders", sa.column("id", sa.Integer), sa.column("state", sa.String))
shops = sa.Table("shops", sa.MetaData(), sa.Column("id", sa.Integer), sa.Column("name", sa.Text), schema="sales")


def upgrade():
    connection = op.get_bind()
    connection.execute(orders.update().where(orders.c.state == None).values(state="new"))
    connection.execute(orders.update().values({"state": "new", orders.c.id: 1}))
    op.execute(sa.update(shops).values(name="x"))
    op.execute(sa.delete(orders).where(orders.c.id == 3))
    op.execute(shops.delete())
    connection.execute(sa.insert(orders).values(id=1))
    connection.execute(orders.insert().from_select(["id"], sa.select(shops.c.id)))
    op.bulk_insert(orders, [{"id": 1, "state": "new"}, {"id": 2, "state": "new"}])
    for row in connection.execute(sa.select(orders.c.id)):
        connection.execute(orders.delete().where(orders.c.id == row.id))


def downgrade():
    op.bulk_insert(shops, [])
