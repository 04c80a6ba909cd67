"""merge

Revision ID: c1
Revises: a1, b1
Create Date: 2024-03-01 10:00:00

"""

revision: str = "c1"
down_revision: tuple[str, str] | None = ("a1", "b1")
branch_labels = ("x",)
depends_on = "z9"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
