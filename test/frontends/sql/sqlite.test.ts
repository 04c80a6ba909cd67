/** What the list of statements cannot show of SQLite: places, neighbours of what is broken, and hostile input. */
import { describe, expect, test } from 'vitest';
import { readSqlite } from '../../../src/frontends/sql/sqlite/read-sqlite.ts';
import type { SqlReading } from '../../../src/frontends/sql/read-sql.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';
import type { Operation, OperationOf } from '../../../src/operations/operation.ts';

describe('places', () => {
  test('a statement stands from its first to its last character, without its semicolon', () => {
    const { operations } = read('-- first\n\n  DROP TABLE a;\nALTER TABLE b\n  DROP COLUMN c ;');
    expect(operations.map(({ span }) => span)).toEqual([
      { path: 'migration.sql', startLine: 3, endLine: 3, startColumn: 3, endColumn: 14 },
      { path: 'migration.sql', startLine: 4, endLine: 5, startColumn: 1, endColumn: 15 },
    ]);
  });

  test('a stretch of a file is read with the places of the whole file', () => {
    const text = 'up\nDROP TABLE a;\ndown\nDROP TABLE b;';
    const { operations } = readSqlite({ path: 'm.sql', text, start: 3, end: 16 });
    expect(operations.map(({ span }) => span.startLine)).toEqual([2]);
  });

  test('statements are counted, and comments kept', () => {
    const reading = read('DROP TABLE a; -- gone\nDROP TABLE b');
    expect(reading.statements).toBe(2);
    expect(reading.operations.map(({ statement }) => statement)).toEqual([1, 2]);
    expect(reading.comments.map(({ text }) => text)).toEqual(['-- gone']);
  });

  test('the body of a trigger belongs to it', () => {
    const text = 'CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; DELETE FROM c; END; DROP TABLE d;';
    expect(kinds(text)).toEqual(['createObject', 'dropTable']);
  });
});

describe('columns', () => {
  test('a lone key of the type INTEGER is an identity, also when the table declares it', () => {
    const [id] = columnsOf('CREATE TABLE a (id INTEGER, b TEXT, PRIMARY KEY (id))');
    expect(id).toMatchObject({ generated: 'identity', nullable: false });
  });

  test.each([
    ['INT is not INTEGER', 'CREATE TABLE a (id INT PRIMARY KEY)'],
    ['a key of two columns is none', 'CREATE TABLE a (id INTEGER, b INTEGER, PRIMARY KEY (id, b))'],
    ['a table without row numbers has none', 'CREATE TABLE a (id INTEGER PRIMARY KEY) WITHOUT ROWID'],
    ['a descending key is none', 'CREATE TABLE a (id INTEGER PRIMARY KEY DESC)'],
  ])('%s', (_why, text) => {
    expect(columnsOf(text)[0]?.generated).toBeUndefined();
  });

  test('a key takes nulls unless the table is STRICT or WITHOUT ROWID', () => {
    expect(columnsOf('CREATE TABLE a (id TEXT PRIMARY KEY)')[0]?.nullable).toBe(true);
    expect(columnsOf('CREATE TABLE a (id TEXT PRIMARY KEY) STRICT')[0]?.nullable).toBe(false);
    expect(columnsOf('CREATE TABLE a (id TEXT PRIMARY KEY) WITHOUT ROWID')[0]?.nullable).toBe(false);
  });

  test('types keep their words and sizes, and a default that is a bare name is a string', () => {
    const [price, count, word] = columnsOf('CREATE TABLE a (p DECIMAL(10, 2), c UNSIGNED BIG INT, w TEXT DEFAULT "x")');
    expect(price?.type).toEqual({ name: 'decimal', arguments: [10, 2] });
    expect(count?.type).toEqual({ name: 'unsigned big int', arguments: [] });
    expect(word?.default).toEqual({ sql: '"x"', functions: [], columns: [], known: true });
  });

  test('a default of NULL is none', () => {
    expect(columnsOf('CREATE TABLE a (b TEXT DEFAULT NULL)')[0]).not.toHaveProperty('default');
  });

  test('an expression with a subquery is not known', () => {
    const [column] = columnsOf('CREATE TABLE a (b INT CHECK (b IN (SELECT c FROM d)))');
    expect(column?.constraints).toMatchObject([{ kind: 'check', expression: { known: false } }]);
  });
});

describe('names', () => {
  test('main is left out, temp marks a temporary table, and other databases stay', () => {
    expect(read('CREATE TABLE main.a (b)').operations).toMatchObject([{ table: 'a' }]);
    expect(read('CREATE TABLE temp.a (b)').operations).toMatchObject([{ table: 'a', temporary: true }]);
    expect(read('DROP TABLE other.a').operations).toMatchObject([{ table: 'other.a' }]);
  });
});

describe('rows', () => {
  test.each(['1', 'true', '(1)', '1 = 1', "'a' = 'a'"])('WHERE %s filters nothing', (condition) => {
    expect(read(`DELETE FROM a WHERE ${condition}`).operations).toMatchObject([{ filtered: false }]);
  });

  test.each(['0', 'b = 1', 'b', "1 = '1'"])('WHERE %s is a filter', (condition) => {
    expect(read(`UPDATE a SET b = 1 WHERE ${condition}`).operations).toMatchObject([{ filtered: true }]);
  });

  test('a SELECT of a function that SQLite does not bring along runs code', () => {
    expect(kinds("SELECT AddGeometryColumn('a', 'b'); SELECT count(*), lower(b) FROM a")).toEqual([
      'runCode',
      'noEffect',
    ]);
  });
});

describe('settings', () => {
  test('a busy timeout is how long a lock is waited for', () => {
    expect(read('PRAGMA busy_timeout = 5000').operations).toMatchObject([
      { kind: 'setTimeout', timeout: 'lock', milliseconds: 5000 },
    ]);
  });

  test('a PRAGMA that asks has no effect, with or without an argument', () => {
    expect(kinds("PRAGMA table_info('a'); PRAGMA foreign_keys; PRAGMA foreign_key_check(a)")).toEqual([
      'noEffect',
      'noEffect',
      'noEffect',
    ]);
  });

  test('going back to a savepoint is no rollback', () => {
    expect(kinds('ROLLBACK; ROLLBACK TO s')).toEqual(['rollback', 'noEffect']);
  });
});

describe('what cannot be read', () => {
  test('a broken statement is opaque at its own line, and its neighbours are read', () => {
    const { operations } = read('DROP TABLE a;\nALTER TABLE b ALTER COLUMN c TYPE text;\nDROP TABLE d;');
    expect(operations.map(({ kind, span }) => [kind, span.startLine])).toEqual([
      ['dropTable', 1],
      ['opaque', 2],
      ['dropTable', 3],
    ]);
    expect(operations[1]).toMatchObject({ reason: expect.stringContaining('near "TYPE": syntax error') });
  });

  test.each([
    ['an unfinished string', "DROP TABLE a; SELECT 'b"],
    ['an unfinished name', 'DROP TABLE a; DROP TABLE [b'],
    ['a parenthesis that is never closed', `DROP TABLE a; CREATE TABLE b ${'('.repeat(20_000)}`],
    ['another language', 'DROP TABLE a; BEGIN IF 1 = 1 THEN END'],
  ])('%s is opaque after what stands before it', (_what, text) => {
    expect(kinds(text)).toEqual(['dropTable', 'opaque']);
  });

  test.each([
    ['nothing', ''],
    ['semicolons', ';;;'],
    ['zero bytes', '\0\0'],
    ['an unfinished comment', '/* DROP TABLE a;'],
  ])('%s is nothing', (_what, text) => {
    expect(read(text).operations).toEqual([]);
  });

  test.each([
    ['parentheses', `CREATE TABLE a (b INT CHECK ${'('.repeat(20_000)}b > 1${')'.repeat(20_000)})`],
    ['sums', `CREATE TABLE a (b INT DEFAULT (1${' + 1'.repeat(20_000)}))`],
    ['negations', `CREATE TABLE a (b INT CHECK (${'NOT '.repeat(20_000)}b))`],
  ])('%s without end are read all the same', (_what, text) => {
    expect(columnsOf(text).map(({ name }) => name)).toEqual(['b']);
  });

  test('an insert of two megabytes is one statement', () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => `(${row}, 'some text ${row}', NULL)`).join(', ');
    expect(kinds(`INSERT INTO a VALUES ${rows}; DROP TABLE a;`)).toEqual(['insertRows', 'dropTable']);
  });
});

function read(text: string): SqlReading {
  return readSqlite(wholeFile('migration.sql', text));
}

function kinds(text: string): Operation['kind'][] {
  return read(text).operations.map(({ kind }) => kind);
}

function columnsOf(text: string): OperationOf<'createTable'>['columns'] {
  return read(text).operations.flatMap((operation) => (operation.kind === 'createTable' ? operation.columns : []));
}
