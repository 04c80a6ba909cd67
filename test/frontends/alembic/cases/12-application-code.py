"""the application itself

Revision ID: b3
Revises: b2
Create Date: 2024-02-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
import requests

from shop import db
from shop.migration_helpers import add_audit_columns
from shop.models import Order
from shop.tasks import tidy_up
from sqlalchemy.orm import Session

revision = "b3"
down_revision = "b2"
branch_labels = None
depends_on = None


def upgrade():
    Order.query.filter_by(state=None).update({"state": "new"})
    db.session.commit()
    session = Session(bind=op.get_bind())
    for order in session.query(Order).all():
        order.state = "new"
    tidy_up()
    add_audit_columns(op, "orders")
    requests.post("https://example.org/hook", json={})
    engine = sa.create_engine("postgresql://localhost/shop")
    with engine.connect() as connection:
        connection.execute(sa.text("UPDATE orders SET a = 1"))
    with op.get_bind().engine.begin() as connection:
        connection.execute(sa.text("UPDATE orders SET a = 2"))


def downgrade():
    pass
