"""constraints

Revision ID: a6
Revises: a5
Create Date: 2024-01-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "a6"
down_revision = "a5"
branch_labels = None
depends_on = None


def upgrade():
    op.create_foreign_key("fk_shop", "orders", "shops", ["shop_id"], ["id"], ondelete="CASCADE")
    op.create_foreign_key(None, "orders", "people", ["person_id"], ["id"], postgresql_not_valid=True)
    op.create_foreign_key(
        constraint_name="fk_other", source_table="orders", referent_table="others", local_cols=["a"], remote_cols=["b"],
        source_schema="sales", referent_schema="sales",
    )
    op.create_unique_constraint("uq_number", "orders", ["number", "shop_id"])
    op.create_check_constraint("ck_total", "orders", "total >= 0")
    op.create_check_constraint("ck_state", "orders", sa.column("state") != "x")
    op.create_primary_key("pk_lines", "lines", ["order_id", "position"])
    op.create_exclude_constraint("no_overlap", "bookings", ("room", "="), ("during", "&&"), using="gist")


def downgrade():
    op.drop_constraint("fk_shop", "orders", type_="foreignkey")
    op.drop_constraint("uq_number", "orders", type_="unique")
    op.drop_constraint("pk_lines", "lines")
