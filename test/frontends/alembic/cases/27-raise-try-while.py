"""guards by raise, try and while

Revision ID: c9
Revises: c8
Create Date: 2024-03-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "c9"
down_revision = "c8"
branch_labels = None
depends_on = None


def upgrade():
    conn = op.get_bind()
    for (number,) in conn.execute(sa.text("SELECT count(*) FROM orders WHERE shop_id IS NULL")):
        if number > 0:
            raise RuntimeError(f"{number} orders have no shop")
    try:
        op.drop_index("ix_maybe", table_name="orders")
    except Exception:
        op.execute("SELECT 1")
    while True:
        result = conn.execute(sa.text("UPDATE orders SET a = 1 WHERE id IN (SELECT id FROM orders LIMIT 100)"))
        if result.rowcount == 0:
            break
    op.alter_column("orders", "shop_id", nullable=False)


def downgrade():
    raise Exception("Irreversible migration")
