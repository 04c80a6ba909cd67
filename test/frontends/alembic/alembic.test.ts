import { beforeAll, describe, expect, test } from 'vitest';
import { alembic } from '../../../src/frontends/alembic/index.ts';
import { isComputed } from '../../../src/frontends/syntax/embedded-sql.ts';
import type { Migration } from '../../../src/operations/migration.ts';
import { claimOn, databaseOf, migrationAt, outline, type Files } from '../builders.ts';

const path = 'migrations/versions/a1_x.py';

beforeAll(async () => {
  await alembic.load?.();
});

/** A revision with this upgrade. */
function revision(upgrade: string, head = ''): string {
  const body = upgrade.split('\n').map((line) => `    ${line}`);
  return `${head}from alembic import op\nimport sqlalchemy as sa\n\nrevision = "a1"\ndown_revision = "a0"\n\n\ndef upgrade():\n${body.join('\n')}\n\n\ndef downgrade():\n    pass\n`;
}

async function read(upgrade: string, files: Files = {}): Promise<Migration> {
  return await migrationAt(path, { [path]: revision(upgrade), ...files }, { database: 'postgres' });
}

test('a revision is claimed wherever migrations stand, by what its text assigns', () => {
  const text = revision('pass');
  for (const place of [path, 'alembic/versions/x.py', 'services/a/alembic_tenants/versions/x.py', 'db/migrations/x.py'])
    expect(claimOn(place, { [place]: text })?.framework).toBe('alembic');
  expect(claimOn('src/app.py', { 'src/app.py': text })).toBeUndefined();
  expect(claimOn('tests/migrations/versions/x.py', { 'tests/migrations/versions/x.py': text })).toBeUndefined();
  const other = 'def upgrade():\n    pass\n';
  expect(claimOn(path, { [path]: other })).toBeUndefined();
  expect(claimOn('migrations/env.py', { 'migrations/env.py': text })).toBeUndefined();
});

test('assignments may be typed, and the operations a parameter', () => {
  const text = 'revision: str = "b"\ndown_revision: str | None = None\n\ndef upgrade(op, tables, tester):\n    pass\n';
  expect(claimOn(path, { [path]: text })).toMatchObject({ framework: 'alembic', part: 'both' });
});

test('an operator class is found by the whole text that it stands for', async () => {
  const { up } = await read(
    'op.create_index("ix_a", "a", [sa.text("lower(b)"), "c"], postgresql_using="gin", postgresql_ops={"lower(b)": "gin_trgm_ops", "c": "jsonb_path_ops"})',
  );
  expect(up).toMatchObject([{ index: { definition: '((lower(b)) gin_trgm_ops, c jsonb_path_ops)' } }]);
});

test('the date of its head orders a revision beside its chain', async () => {
  const head = '"""x\n\nCreate Date: 2024-05-06 07:08:09.1\n"""\n';
  expect(claimOn(path, { [path]: revision('pass', head) })?.version).toBe('2024-05-06 07:08:09.1');
  expect(claimOn(path, { [path]: revision('pass') })?.version).toBe('a1');
  expect(await read('pass')).toMatchObject({ revision: 'a1', parents: ['a0'] });
});

test('the database is told by the address in alembic.ini, then by the dialect of the file', () => {
  const settings = { 'alembic.ini': '[alembic]\nsqlalchemy.url = mysql+pymysql://a:b@localhost/shop\n' };
  expect(databaseOf(path, { [path]: revision('pass'), ...settings })).toBe('mysql');
  const head = 'from sqlalchemy.dialects import postgresql\n';
  expect(databaseOf(path, { [path]: revision('pass', head) })).toBe('postgres');
  expect(databaseOf(path, { [path]: revision('pass', head), ...settings })).toBe('mysql');
  const both = 'from sqlalchemy.dialects import mysql, postgresql\n';
  expect(databaseOf(path, { [path]: revision('pass', both), ...settings })).toBe('mysql');
  expect(databaseOf(path, { [path]: revision('pass'), 'requirements.txt': 'psycopg2-binary==2.9\n' })).toBe('postgres');
});

describe('a project that runs on several databases', () => {
  const head = 'from sqlalchemy.dialects import mysql\n';
  const branch = 'if op.get_bind().dialect.name == "sqlite":\n        return\n    op.drop_table("a")';
  const files = {
    [path]: revision(branch, head),
    'requirements.txt': 'psycopg2==2.9.9\nPyMySQL==1.1.1\n',
    'alembic.ini': '[alembic]\nsqlalchemy.url = sqlite:///will/be/overridden\n',
  };

  test('is for none of them that is known, where nothing says which', () => {
    expect(databaseOf(path, files)).toBeUndefined();
  });

  test('is for the one that runs beside it', () => {
    const compose = 'services:\n  db:\n    image: docker.io/library/postgres:18\n';
    expect(databaseOf(path, { ...files, 'compose.yaml': compose })).toBe('postgres');
  });

  test('is for SQLite where it names no server', () => {
    expect(databaseOf(path, { [path]: revision('pass'), 'alembic.ini': files['alembic.ini'] })).toBe('sqlite');
  });
});

test('a run is one transaction where DDL can be taken back, unless env.py says otherwise', async () => {
  const files = { [path]: revision('op.drop_table("a")') };
  expect((await migrationAt(path, files, { database: 'postgres' })).transaction).toBe('wrapped');
  expect((await migrationAt(path, files, { database: 'mysql' })).transaction).toBe('none');
  expect((await migrationAt(path, files, { database: 'unknown' })).transaction).toBe('unknown');
  const environment = 'context.configure(connection=connection, transactional_ddl=False)\n';
  expect((await read('pass', { 'migrations/env.py': environment })).transaction).toBe('none');
  const each = 'context.configure(connection=connection, transaction_per_migration=True)\n';
  const own = await read('pass', { 'migrations/env.py': each });
  expect(own.transaction).toBe('wrapped');
  expect(own.ownTransaction).toBe(true);
  expect((await read('pass')).ownTransaction).toBeUndefined();
});

test('operations stand where they are called, SQL where it is written', async () => {
  const migration = await read('op.execute("""\n  UPDATE a SET b = 1;\n  DROP TABLE c""")\nop.drop_table("d")');
  expect(migration.up.map(({ kind, span }) => [kind, span.startLine, span.startColumn, span.endLine])).toEqual([
    ['updateRows', 10, 7, 10],
    ['dropTable', 11, 7, 11],
    ['dropTable', 12, 5, 12],
  ]);
});

test('strings that follow one another over lines keep the lines of the file', async () => {
  const migration = await read('op.execute(\n    "UPDATE a SET b = 1; "\n    "DROP TABLE c"\n)');
  expect(outline(migration).up).toEqual(['1@10 updateRows', '2@11 dropTable']);
});

test('an autocommit block is outside of the transaction only where there is one', async () => {
  const upgrade = 'with op.get_context().autocommit_block():\n    op.execute("VACUUM a")';
  expect((await read(upgrade)).up.map(({ kind }) => kind)).toEqual(['commit', expect.any(String), 'begin']);
  const files = { [path]: revision('with op.get_context().autocommit_block():\n    op.drop_table("a")') };
  expect((await migrationAt(path, files, { database: 'mysql' })).up.map(({ kind }) => kind)).toEqual(['dropTable']);
});

test('what is put together at run time is never taken for a name', async () => {
  const { up } = await read('for t in find():\n    op.drop_table(t)\nop.execute(f"DROP TABLE {other()}")');
  const tables = up.filter((operation) => operation.kind === 'dropTable');
  expect(tables.map(({ table }) => isComputed(table))).toEqual([true, true]);
  expect(up.filter(({ kind }) => kind === 'opaque')).toHaveLength(2);
});

test('a table has one primary key, also where several columns say that they are in it', async () => {
  const { up } = await read(
    'op.create_table("shares",\n    sa.Column("shop", sa.Integer(), primary_key=True),\n    sa.Column("owner", sa.Integer(), primary_key=True))',
  );
  const [made] = up;
  if (made?.kind !== 'createTable') throw new Error('no table');
  expect(made.constraints).toEqual([{ kind: 'primaryKey', columns: ['shop', 'owner'] }]);
  expect(made.columns.flatMap((column) => column.constraints)).toEqual([]);
});

test('values of an enum are brought in line by a call of two packages, of which one names the columns', async () => {
  const named = await read('op.sync_enum_values("public", "state", ["a", "b"], [("orders", "state")])');
  expect(named.up).toMatchObject([
    { kind: 'renameObject' },
    { kind: 'createType', values: ['a', 'b'] },
    { kind: 'alterColumn', table: 'orders', column: 'state' },
    { kind: 'dropObject', name: 'state_old' },
  ]);
  const other = await read('op.sync_enum_values("public", "state", ["a"], ["a", "b"])');
  expect(other.up).toMatchObject([{ kind: 'alterObject', object: 'type', name: 'state' }]);
});

test('a constraint that is dropped without a name is given none', async () => {
  const { up } = await read(
    'op.drop_constraint(None, "orders", type_="foreignkey")\nop.drop_constraint(name_of("a"), "orders")',
  );
  const dropped = up.filter(({ kind }) => kind === 'dropConstraint');
  expect(dropped[0]).toMatchObject({ table: 'orders', constraint: 'foreignKey' });
  expect(dropped.map((operation) => 'name' in operation)).toEqual([false, true]);
});

test('a direction that raises is irreversible, one without code is empty, one that is not there is missing', async () => {
  const up = 'revision = "a"\ndown_revision = None\n\ndef upgrade():\n    pass\n\n';
  const down = async (text: string): Promise<string> =>
    (await migrationAt(path, { [path]: up + text }, { database: 'postgres' })).down.kind;
  expect(await down('def downgrade():\n    raise NotImplementedError()\n')).toBe('irreversible');
  expect(await down('def downgrade():\n    ...\n')).toBe('empty');
  expect(await down('')).toBe('missing');
});

test('comments are kept with their places', async () => {
  const { comments } = await read('# plimsoll: allow drop-table\nop.drop_table("a")  # why');
  expect(comments.map(({ text, span }) => [text, span.startLine])).toEqual([
    ['# plimsoll: allow drop-table', 9],
    ['# why', 10],
  ]);
});

test('functions that are handed on are followed, or said to be unknown', async () => {
  const { up } = await read('list(map(lambda t: op.drop_table(t), ["a", "b"]))\nlist(map(op.drop_table, ["c"]))');
  expect(up.map(({ kind }) => kind)).toEqual(['dropTable', 'dropTable', 'opaque']);
});

test('what is reached by name alone is never taken for harmless', async () => {
  const upgrade = 'getattr(op, "drop_table")("a")\nexec("1")\nsetattr(row, "a", 1)\nglobals()["f"]()';
  expect((await read(upgrade)).up.map(({ kind }) => kind)).toEqual(['opaque', 'opaque', 'opaque', 'opaque']);
});

test('SQL of which a part is missing is said to be that, not to be wrong', async () => {
  const { up } = await read('op.execute(f"UPDATE a SET {clause()} WHERE b = 1")');
  expect(up.at(-1)).toMatchObject({ kind: 'opaque', reason: 'parts of the SQL are put together at run time' });
});

test('a session that commits what nobody has seen it change is not taken for one that does nothing', async () => {
  const head = 'from sqlalchemy.orm import Session\n';
  const changing =
    'session = Session(bind=op.get_bind())\nfor row in session.scalars(query()):\n    del row.extra["a"]\nsession.commit()';
  const { up } = await migrationAt(path, { [path]: revision(changing, head) }, { database: 'postgres' });
  expect(up.map(({ kind }) => kind)).toEqual(['opaque', 'noEffect']);
});
