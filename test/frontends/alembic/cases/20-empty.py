revision = "c2"
down_revision = None


def upgrade():
    pass


def downgrade():
    """Nothing to take back."""
