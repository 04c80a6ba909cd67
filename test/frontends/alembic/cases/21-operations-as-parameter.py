import sqlalchemy as sa

revision = "c3"
down_revision = "c2"


def upgrade(op, tables, tester):
    op.create_table("kinds", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(255)))
    op.bulk_insert(tables.kinds, [{"name": "a"}])
    op.execute(tables.kinds.delete().where(tables.kinds.c.name == op.inline_literal("a")))
    tester.populate_table("kinds", [("name", tester.TestDataType.String)])


def downgrade(op, tables, tester):
    op.drop_table("kinds")
