"""Keep the seal of a parcel.

Revision ID: 7c1d20e4aa33
Revises: 5b0e11c9d842
"""

import sqlalchemy as sa
from alembic import op

revision = "7c1d20e4aa33"
down_revision = "5b0e11c9d842"


def upgrade():
    op.add_column("parcels", sa.Column("seal", sa.Binary(), nullable=True))


def downgrade():
    op.drop_column("parcels", "seal")
