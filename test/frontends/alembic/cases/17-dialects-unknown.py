"""dialects

Revision ID: b8
Revises: b5
Create Date: 2024-02-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "b8"
down_revision = "b5"
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    dialect = bind.dialect.name
    if dialect == "postgresql":
        op.execute("CREATE EXTENSION citext")
    elif dialect in ("mysql", "mariadb"):
        op.execute("SET SESSION sql_mode = ''")
    else:
        op.add_column("orders", sa.Column("other", sa.Text()))
    if op.get_context().dialect.name != "sqlite":
        op.add_column("orders", sa.Column("note", sa.JSON().with_variant(sa.Text(), "mysql")))
    kind = sa.Text() if dialect == "sqlite" else sa.String(9)
    op.add_column("orders", sa.Column("kind", kind))
    if bind.dialect.name == "sqlite":
        return
    op.drop_column("orders", "last")


def downgrade():
    pass
