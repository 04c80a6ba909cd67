"""a session on the migration's connection

Revision ID: b2
Revises: b1
Create Date: 2024-02-01 10:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import Session, sessionmaker

revision = "b2"
down_revision = "b1"
branch_labels = None
depends_on = None


Base = declarative_base()
Maker = sessionmaker()


class Order(Base):
    __tablename__ = "orders"
    id = sa.Column(sa.Integer, primary_key=True)
    state = sa.Column(sa.String)


def upgrade():
    session = Session(bind=op.get_bind())
    session.query(Order).filter(Order.state.is_(None)).update({"state": "new"}, synchronize_session=False)
    session.query(Order).update({Order.state: "x"})
    session.query(Order).filter_by(id=1).delete()
    for order in session.query(Order).filter(Order.id > 5):
        order.state = "old"
        session.add(order)
    session.add(Order(id=7, state="new"))
    session.execute(sa.text("DELETE FROM orders"))
    session.commit()
    with Maker(bind=op.get_bind()) as other:
        other.query(Order).delete()


def downgrade():
    pass
