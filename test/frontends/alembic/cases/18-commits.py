"""commits

Revision ID: b9
Revises: b8
Create Date: 2024-02-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = "b9"
down_revision = "b8"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("COMMIT")
    op.execute("CREATE INDEX CONCURRENTLY ix_a ON orders (a)")
    op.execute("BEGIN")
    bind = op.get_bind()
    bind.execute(sa.text("SET LOCAL statement_timeout = 0"))
    bind.commit()


def downgrade():
    op.execute("COMMIT")
    op.execute("DROP INDEX CONCURRENTLY ix_a")
