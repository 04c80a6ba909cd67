/** Migrations as Alembic's own words have them. */
import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/operations/column.ts';
import { takeBack, type Step } from '../../src/writers/step.ts';
import { operationsOf, printed, reviewOf, reviewOfSql } from './read-back.ts';
import { steps } from './steps.ts';

const table = 'shop_order';
const integer = { name: 'integer', arguments: [] };

test('a column and its way back', () => {
  const column = { name: 'payload', type: { name: 'jsonb', arguments: [] }, nullable: true, constraints: [] };
  expect(printed('alembic', [{ kind: 'addColumn', table, column }])).toBe(
    `from sqlalchemy.dialects import postgresql


def upgrade():
    op.add_column("shop_order", sa.Column("payload", postgresql.JSONB(), nullable=True))


def downgrade():
    op.drop_column("shop_order", "payload")`,
  );
});

test('an index is built outside the transaction, under a name that no convention changes', () => {
  const index = { name: 'ix_shop_order_total', columns: ['total'], unique: true };
  expect(printed('alembic', [{ kind: 'createIndex', table, index, concurrently: true }])).toBe(
    `def upgrade():
    with op.get_context().autocommit_block():
        op.create_index(
            op.f("ix_shop_order_total"),
            "shop_order",
            ["total"],
            unique=True,
            postgresql_concurrently=True,
        )


def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index(
            op.f("ix_shop_order_total"),
            table_name="shop_order",
            postgresql_concurrently=True,
        )`,
  );
});

test('a backfill commits batch after batch', () => {
  expect(printed('alembic', [{ kind: 'fillColumn', table, column: 'total', value: '0' }])).toBe(
    `def upgrade():
    with op.get_context().autocommit_block():
        batch = sa.text("UPDATE shop_order SET total = 0 WHERE ctid = ANY (ARRAY(SELECT ctid FROM shop_order WHERE total IS NULL LIMIT 5000));")
        while op.get_bind().execute(batch).rowcount > 0:
            pass


def downgrade():
    pass`,
  );
});

test('a backfill is read as a loop, and nothing is said of it', async () => {
  const text = printed('alembic', [{ kind: 'fillColumn', table, column: 'total', value: '0' }]);
  const report = await reviewOf('alembic', text);
  expect(report).toMatchObject({ opaque: [], findings: [] });
  expect(operationsOf(report)).toMatchObject([{ kind: 'updateRows', table, columns: ['total'], looped: true }]);
});

test('a schema is an argument of its own', async () => {
  const list: Step[] = [
    { kind: 'addColumn', table: 'shop.order', column: { name: 'a', type: integer, nullable: true, constraints: [] } },
    { kind: 'renameColumn', table: 'shop.order', column: 'a', to: 'b' },
    {
      kind: 'addConstraint',
      table: 'shop.order',
      constraint: {
        kind: 'foreignKey',
        name: 'order_customer',
        columns: ['b'],
        references: { table: 'people.customer', columns: ['id'], onDelete: 'set null' },
        validated: false,
      },
    },
  ];
  const text = printed('alembic', list);
  expect(text).toContain('source_schema="shop"');
  expect(text).toContain('referent_schema="people"');
  expect(operationsOf(await reviewOf('alembic', text))).toEqual(operationsOf(await reviewOfSql(list)));
});

test('SQLite changes a table in a batch', async () => {
  const step: Step = { kind: 'alterColumn', table, column: 'total', nullable: false, was: { type: integer } };
  const text = printed('alembic', [step], 'sqlite');
  expect(text).toContain(`    with op.batch_alter_table("shop_order") as batch_op:
        batch_op.alter_column("total", existing_type=sa.Integer(), nullable=False)`);
  const report = await reviewOf('alembic', text, {}, 'sqlite');
  expect(operationsOf(report)).toMatchObject([
    { kind: 'alterColumn', table, column: 'total', nullable: false },
    { kind: 'rebuildTable' },
  ]);
});

test('a colon in SQL asks for no value', async () => {
  const at = { sql: "' :at'::text", functions: [], columns: [], known: true };
  const text = printed('alembic', [{ kind: 'alterColumn', table, column: 'note', default: at, was: {} }]);
  expect(text).toContain(String.raw`server_default=sa.text("' \\:at'::text")`);
  expect((await reviewOf('alembic', text)).opaque).toEqual([]);
});

describe('the way back', () => {
  test.each(Object.entries(steps))('of %s', async (_name, step) => {
    const back = takeBack([step]) ?? [];
    const report = await reviewOf('alembic', printed('alembic', back));
    expect(operationsOf(report)).toMatchObject(back.length === 0 ? [] : operationsOf(await reviewOfSql(back)));
  });
});

describe('types', () => {
  const types: [string, 'postgres' | 'mysql' | 'sqlite', DataType[]][] = [
    [
      'PostgreSQL',
      'postgres',
      typesNamed('boolean bytea date double.precision inet integer bigint smallint interval json jsonb text uuid'),
    ],
    ['MySQL', 'mysql', typesNamed('date int bigint smallint json text datetime')],
    ['SQLite', 'sqlite', typesNamed('date integer bigint smallint boolean datetime text')],
  ];
  test.each(types)('of %s', async (_name, database, list) => {
    for (const type of [...list, { name: 'varchar', arguments: [40] }, { name: 'numeric', arguments: [10, 2] }]) {
      const column = { name: 'note', type, nullable: true, constraints: [] };
      const text = printed('alembic', [{ kind: 'addColumn', table, column }], database);
      expect(text, type.name).toContain('sa.Column(');
      const [read] = operationsOf(await reviewOf('alembic', text, {}, database));
      if (type.name !== 'numeric') expect(read).toMatchObject({ column: { type } });
    }
  });
});

function typesNamed(names: string): DataType[] {
  return names.split(' ').map((name) => ({ name: name.replace('.', ' '), arguments: [] }));
}

test.each(['a"b', "a'b", 'a\\b', 'a\nimport os', 'a{}', 'a%s', 'a"""b', '%(x)s', 'a\u2028b'])(
  'the name %j breaks out of no string',
  async (name) => {
    const list: Step[] = [
      { kind: 'addColumn', table, column: { name, type: integer, nullable: true, constraints: [] } },
      { kind: 'dropColumn', table: name, column: name },
      { kind: 'createIndex', table, index: { name, columns: [name], unique: true } },
    ];
    const report = await reviewOf('alembic', printed('alembic', list));
    expect(report.opaque).toEqual([]);
    expect(operationsOf(report)).toEqual(operationsOf(await reviewOfSql(list)));
  },
);
