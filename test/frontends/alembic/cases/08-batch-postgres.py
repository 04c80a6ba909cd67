"""batch on sqlite

Revision ID: a8
Revises: a6
Create Date: 2024-01-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "a8"
down_revision = "a6"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.String(50), nullable=True))
        batch_op.create_index(batch_op.f("ix_orders_note"), ["note"], unique=False)
    with op.batch_alter_table("orders") as batch_op:
        batch_op.drop_column("old")
        batch_op.alter_column("kind", existing_type=sa.String(), nullable=False, new_column_name="sort")
        batch_op.create_foreign_key("fk_shop", "shops", ["shop_id"], ["id"])
        batch_op.create_unique_constraint("uq_note", ["note"])
        batch_op.drop_constraint("ck_old", type_="check")
    with op.batch_alter_table("people", recreate="always") as batch_op:
        batch_op.add_column(sa.Column("born", sa.Date()))


def downgrade():
    with op.batch_alter_table("orders") as batch_op:
        batch_op.drop_index("ix_orders_note")
