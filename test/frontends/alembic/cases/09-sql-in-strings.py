"""sql

Revision ID: a9
Revises: a7
Create Date: 2024-01-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
from textwrap import dedent

revision = "a9"
down_revision = "a7"
branch_labels = None
depends_on = None


TABLE = "orders"


def upgrade():
    op.execute("SET lock_timeout = '5s'")
    op.execute(
        """
        ALTER TABLE orders
            ADD COLUMN tax integer;
        UPDATE orders SET tax = 0;
        """
    )
    op.execute(sa.text("UPDATE orders SET note = :note WHERE id IN :ids").bindparams(note="x", ids=(1, 2)))
    op.execute(f"ALTER TABLE {TABLE} DROP COLUMN old")
    op.execute("DELETE FROM orders " "WHERE paid IS FALSE")
    op.execute("DROP INDEX %s" % "ix_old")
    op.execute("ALTER TABLE {} RENAME TO {}".format(TABLE, "purchases"))
    conn = op.get_bind()
    conn.execute(dedent("DROP VIEW totals"))
    rows = conn.execute(sa.text("SELECT id FROM purchases")).fetchall()
    for row in rows:
        conn.execute(sa.text("UPDATE purchases SET note = '' WHERE id = :id"), {"id": row.id})
    conn.exec_driver_sql("DELETE FROM purchases WHERE note LIKE '%%x' AND id = %s", (1,))


def downgrade():
    op.execute("SELECT 1")
