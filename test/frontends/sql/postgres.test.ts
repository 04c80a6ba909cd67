/** What the lists of statements do not hold: places, broken and hostile text, and the finer points of single statements. */
import { describe, expect, test } from 'vitest';
import { readPostgres } from '../../../src/frontends/sql/postgres/read-postgres.ts';
import { covered, effects, kinds, read, reasons } from './postgres-reading.ts';

describe('places', () => {
  test('each command of ALTER TABLE has its own span and shares the number of the statement', () => {
    const text = 'SELECT 1;\nALTER TABLE users\n  ADD COLUMN a numeric(10, 2),\n  DROP COLUMN b;';
    expect(covered(text)).toEqual(['SELECT 1', 'ADD COLUMN a numeric(10, 2)', 'DROP COLUMN b']);
    expect(read(text).map(({ statement }) => statement)).toEqual([1, 2, 2]);
  });

  test('spans and SQL are right behind text that is not ASCII', () => {
    const text = `-- größer 😀\nALTER TABLE "tâble😀" ADD "é" text DEFAULT 'ü😀' NOT NULL, ADD CHECK ("é" <> 'ñ');`;
    expect(covered(text)).toEqual([`ADD "é" text DEFAULT 'ü😀' NOT NULL`, `ADD CHECK ("é" <> 'ñ')`]);
    expect(effects(text)).toMatchObject([
      { table: 'tâble😀', column: { name: 'é', default: { sql: `'ü😀'` } } },
      { constraint: { expression: { sql: `"é" <> 'ñ'`, columns: ['é'] } } },
    ]);
  });

  test('lines count the same with CRLF', () => {
    expect(read('SELECT 1;\r\n\r\nDROP TABLE a;\r\n').map(({ span }) => span)).toEqual([
      { path: 'migration.sql', startLine: 1, endLine: 1, startColumn: 1, endColumn: 8 },
      { path: 'migration.sql', startLine: 3, endLine: 3, startColumn: 1, endColumn: 12 },
    ]);
  });

  test('spans of a stretch are those of the whole file', () => {
    const text = '-- +up\nDROP TABLE a;\n-- +down\nDROP TABLE b;';
    const start = text.indexOf('-- +down');
    const reading = readPostgres({ path: 'migration.sql', text, start, end: text.length });
    expect(reading.operations).toMatchObject([{ table: 'b', statement: 1, span: { startLine: 4 } }]);
    expect(reading.comments.map((comment) => comment.text)).toEqual(['-- +down']);
    expect(reading.statements).toBe(1);
  });
});

describe('what cannot be read', () => {
  test('a syntax error is one opaque operation where the server sees it, and its neighbours are read', () => {
    const text = 'DROP TABLE a;\nCREATE TABLE b (\n  id int,\n  é int,,\n  x int\n);\nDROP TABLE c;';
    expect(kinds(text)).toEqual(['dropTable', 'opaque', 'dropTable']);
    expect(read(text)[1]).toMatchObject({
      statement: 2,
      reason: `PostgreSQL's parser says: syntax error at or near ","`,
      span: { startLine: 4, startColumn: 9, endLine: 4, endColumn: 9 },
    });
  });

  test('an unfinished string, dollar quote or comment is said', () => {
    expect(reasons(`SELECT 'abc; DROP TABLE x;`)[0]).toContain('unterminated quoted string');
    expect(reasons('DO $$ BEGIN DROP TABLE x;')[0]).toContain('unterminated dollar-quoted string');
    expect(reasons('SELECT 1; /* /* */ DROP TABLE x;')[0]).toContain('never ends');
  });

  test('a NUL character does not hide what stands behind it', () => {
    expect(kinds('SELECT 1 \0 + f(); DROP TABLE x;')).toEqual(['opaque', 'dropTable']);
  });

  test('lone surrogates keep the places of what follows', () => {
    expect(covered(`ALTER TABLE a ADD b text DEFAULT '\ud800x', DROP c`)).toEqual([
      `ADD b text DEFAULT '\ud800x'`,
      'DROP c',
    ]);
  });

  test('a long list of VALUES is read by its first row and what follows the rows', () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => `(${index}, 'row ${index} of the list')`).join(', ');
    const text = `INSERT INTO t (a, b) VALUES ${rows} ON CONFLICT DO NOTHING; DROP TABLE u;`;
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(effects(text)).toEqual([
      { kind: 'insertRows', table: 't', source: 'values', ignores: true },
      { kind: 'dropTable', table: 'u' },
    ]);
    expect(covered(text)[0]?.endsWith('DO NOTHING')).toBe(true);
  });

  test('any other statement of more than a million characters is opaque', () => {
    expect(reasons(`SELECT '${'x'.repeat(1_000_000)}'`)).toEqual(['the statement is longer than a million characters']);
  });
});

describe('hostile text', () => {
  const chains = {
    brackets: `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
    sums: `SELECT ${'1+'.repeat(20_000)}1`,
    casts: `SELECT 1${'::int'.repeat(20_000)}`,
    unions: `SELECT 1, 2${' UNION SELECT 1, 2'.repeat(20_000)}`,
    joins: `SELECT * FROM a${' JOIN a ON true'.repeat(20_000)}`,
    cases: `SELECT ${'CASE WHEN a THEN b END + '.repeat(20_000)}1`,
    tests: `SELECT x${' IS NULL BETWEEN 1 AND 2'.repeat(20_000)}`,
    blocks: `DO $$ BEGIN ${'IF a THEN '.repeat(20_000)}NULL;${'END IF; '.repeat(20_000)}END $$`,
  };

  test.each(Object.entries(chains))('20,000 nested %s are opaque', (_name, text) => {
    expect(kinds(`${text}; DROP TABLE a`)).toEqual(['opaque', 'dropTable']);
  });

  test('the parser lives on after hundreds of them', () => {
    for (let round = 0; round < 300; round++) read(chains.sums);
    expect(kinds('ALTER TABLE a ADD b int')).toEqual(['addColumn']);
  });

  test('long flat lists are no nesting', () => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => index).join(', ');
    expect(kinds(`DELETE FROM t WHERE id IN (${numbers})`)).toEqual(['deleteRows']);
    expect(kinds(`DELETE FROM t WHERE ${'id = 1 OR '.repeat(5000)} id = 2`)).toEqual(['deleteRows']);
  });
});

describe('columns and expressions', () => {
  test('types bear their SQL names, with length, precision, array and collation', () => {
    const text = `CREATE TABLE t (a int2, b character varying(10) COLLATE "C", c char(3), d decimal(10, 2)[], e timestamp(3),
      f timestamptz, g time, h timetz, i float8, j float4, k bool, l interval day to second, m app.kind, n geometry(Point, 4326),
      o bit varying(5), p pg_catalog.int8)`;
    const [table] = read(text);
    const types = table?.kind === 'createTable' ? table.columns.map(({ type }) => type) : [];
    expect(types).toEqual([
      { name: 'smallint', arguments: [] },
      { name: 'varchar', arguments: [10], collation: 'C' },
      { name: 'char', arguments: [3] },
      { name: 'numeric', arguments: [10, 2], array: true },
      { name: 'timestamp without time zone', arguments: [3] },
      { name: 'timestamp with time zone', arguments: [] },
      { name: 'time without time zone', arguments: [] },
      { name: 'time with time zone', arguments: [] },
      { name: 'double precision', arguments: [] },
      { name: 'real', arguments: [] },
      { name: 'boolean', arguments: [] },
      { name: 'interval', arguments: ['day to second'] },
      { name: 'app.kind', arguments: [] },
      { name: 'geometry', arguments: ['point', 4326] },
      { name: 'bit varying', arguments: [5] },
      { name: 'bigint', arguments: [] },
    ]);
  });

  test.each([
    [`'x'::text`, { sql: `'x'::text`, functions: [], columns: [], known: true }],
    [`'now'::timestamptz`, { sql: `'now'::timestamptz`, functions: [], columns: [], known: true }],
    [
      'CURRENT_TIMESTAMP(3)',
      { sql: 'CURRENT_TIMESTAMP(3)', functions: ['current_timestamp'], columns: [], known: true },
    ],
    ['pg_catalog.now()', { sql: 'pg_catalog.now()', functions: ['now'], columns: [], known: true }],
    ['(1 + (2)) * 3', { sql: '(1 + (2)) * 3', functions: [], columns: [], known: true }],
    ['app.make(now(), 1)', { sql: 'app.make(now(), 1)', functions: ['app.make', 'now'], columns: [], known: true }],
    ['NULL::text', undefined],
  ])('reads DEFAULT %s, wherever the column ends', (sql, expected) => {
    for (const behind of ['', ' NOT NULL', ' UNIQUE', ' CHECK (a > 0)', ' CONSTRAINT c NOT NULL', ', b int']) {
      const [table] = read(`CREATE TABLE t (a text DEFAULT ${sql}${behind})`);
      const column = table?.kind === 'createTable' ? table.columns[0] : undefined;
      expect(column?.default).toEqual(expected);
    }
  });

  test('an expression that asks a table is not known', () => {
    expect(effects('ALTER TABLE t ALTER a TYPE int USING (SELECT max(b) FROM u)')).toMatchObject([
      { using: { sql: '(SELECT max(b) FROM u)', known: false } },
    ]);
  });

  test('the primary key of the table makes its columns not nullable', () => {
    const [table] = read('CREATE TABLE t (a int, b int, c int, PRIMARY KEY (a, b))');
    expect(table?.kind === 'createTable' ? table.columns.map(({ nullable }) => nullable) : []).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('CHECK (x IS NOT NULL) names its column, and only alone', () => {
    expect(effects('ALTER TABLE t ADD CONSTRAINT c CHECK (x IS NOT NULL) NOT VALID')).toMatchObject([
      { constraint: { kind: 'check', notNull: 'x', validated: false } },
    ]);
    const [both] = effects('ALTER TABLE t ADD CHECK (x IS NOT NULL AND y > 0) NOT ENFORCED');
    expect(both).toMatchObject({ constraint: { kind: 'check', validated: false, enforced: false } });
    expect(both?.['constraint']).not.toHaveProperty('notNull');
  });

  test('expressions of an index stand as their SQL in parentheses', () => {
    expect(effects(`CREATE INDEX ON ONLY t (a, (b ->> 'x') DESC, lower(c) text_pattern_ops)`)).toEqual([
      {
        kind: 'createIndex',
        table: 't',
        index: {
          columns: ['a', `(b ->> 'x')`, '(lower(c))'],
          reads: ['b', 'c'],
          calls: ['text_pattern_ops'],
          unique: false,
          definition: `(a, (b ->> 'x') DESC, lower(c) text_pattern_ops)`,
        },
        onlyParent: true,
      },
    ]);
  });
});

describe('rows', () => {
  test.each([
    ['true', false],
    ['1 = 1', false],
    [`1 = 1 AND NOT 'f'::bool`, false],
    ['true OR id = 3', false],
    ['id = 3', true],
    ['true AND id = 3', true],
    ['false', true],
  ])('WHERE %s: filtered is %s', (condition, filtered) => {
    expect(effects(`UPDATE t SET a = 1 WHERE ${condition}; DELETE FROM t WHERE ${condition}`)).toMatchObject([
      { kind: 'updateRows', filtered },
      { kind: 'deleteRows', filtered },
    ]);
  });

  test('a join without WHERE is no filter', () => {
    expect(effects('UPDATE t SET (a, b) = (1, 2) FROM u')).toEqual([
      { kind: 'updateRows', table: 't', columns: ['a', 'b'], filtered: false },
    ]);
  });

  test.each([
    'UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t WHERE a IS NULL LIMIT 100)',
    'UPDATE t SET a = 1 WHERE a IS NULL AND ctid = ANY (ARRAY(SELECT ctid FROM t LIMIT 100))',
    'WITH batch AS (SELECT id FROM t LIMIT 100) UPDATE t SET a = 1 FROM batch WHERE batch.id = t.id',
    'WITH batch AS (SELECT id FROM t LIMIT 100) DELETE FROM t WHERE id IN (SELECT id FROM batch)',
    'DELETE FROM t USING (SELECT id FROM t LIMIT 100) batch WHERE batch.id = t.id',
  ])('is limited: %s', (text) => {
    expect(effects(text)).toMatchObject([{ filtered: true, limited: true }]);
  });

  test.each([
    'DELETE FROM t WHERE id NOT IN (SELECT id FROM t LIMIT 100)',
    'DELETE FROM t WHERE made < (SELECT made FROM t ORDER BY made LIMIT 1)',
    'DELETE FROM t WHERE org IN (SELECT id FROM orgs LIMIT 10)',
    'DELETE FROM t WHERE id IN (SELECT id FROM t)',
  ])('is not limited: %s', (text) => {
    expect(effects(text)).toEqual([{ kind: 'deleteRows', table: 't', filtered: true }]);
  });

  test.each([
    'DELETE FROM t WHERE id = (SELECT x.id FROM t x WHERE x.author = t.author LIMIT 1)',
    'DELETE FROM t o WHERE id IN (SELECT x.id FROM t x WHERE x.author = o.author ORDER BY x.made LIMIT 1)',
  ])('a sub-select that is asked for each row limits nothing: %s', (text) => {
    expect(effects(text)).toEqual([{ kind: 'deleteRows', table: 't', filtered: true }]);
  });

  test('what WITH changes counts, also under SELECT', () => {
    const assigned = { values: { a: { sql: '1', functions: [], columns: [], known: true } } };
    expect(effects('WITH x AS (UPDATE t SET a = 1 RETURNING *), y AS (SELECT 1) SELECT * FROM x')).toEqual([
      { kind: 'updateRows', table: 't', columns: ['a'], filtered: false, assigned },
    ]);
  });
});

describe('session', () => {
  test.each([
    [`SET lock_timeout = '2min'`, { timeout: 'lock', milliseconds: 120_000 }],
    ['SET lock_timeout TO 5000', { timeout: 'lock', milliseconds: 5000 }],
    [`SET LOCAL statement_timeout = '1.5s'`, { timeout: 'statement', milliseconds: 1500, local: true }],
    [`SET idle_in_transaction_session_timeout = '250 ms'`, { timeout: 'idle', milliseconds: 250 }],
    [`SELECT set_config('lock_timeout', '5s', true)`, { timeout: 'lock', milliseconds: 5000, local: true }],
    ['RESET lock_timeout', { timeout: 'lock', reset: true }],
    ['SET lock_timeout TO DEFAULT', { timeout: 'lock', reset: true }],
    [`SET lock_timeout = 'soon'`, { timeout: 'lock' }],
  ])('%s', (text, expected) => {
    expect(effects(text)).toEqual([{ kind: 'setTimeout', ...expected }]);
  });

  test('a setting that is named at run time is opaque', () => {
    expect(kinds(`SELECT set_config(name, '1', false) FROM settings`)).toEqual(['opaque']);
  });

  test('a SELECT runs code when it calls a function that is not of PostgreSQL', () => {
    expect(effects(`SELECT count(*), lower(a) FROM t; SELECT pg_advisory_lock(1)`)).toEqual([
      { kind: 'noEffect', what: 'SELECT' },
      { kind: 'noEffect', what: 'SELECT' },
    ]);
    expect(effects(`SELECT create_hypertable('m', 't'); SELECT public.lower(1); SELECT * FROM app.purge()`)).toEqual([
      { kind: 'runCode', code: `SELECT create_hypertable('m', 't')` },
      { kind: 'runCode', code: 'SELECT public.lower(1)' },
      { kind: 'runCode', code: 'SELECT * FROM app.purge()' },
    ]);
  });
});

describe('keys that are checked at the end of the transaction', () => {
  test.each([
    'CREATE TABLE t (a int REFERENCES p DEFERRABLE INITIALLY DEFERRED)',
    'CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES p INITIALLY DEFERRED)',
    'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES p DEFERRABLE INITIALLY DEFERRED',
  ])('%s', (text) => {
    expect(JSON.stringify(effects(text))).toContain('"initiallyDeferred":true');
  });

  test('one that only may be deferred is checked at once', () => {
    expect(JSON.stringify(effects('CREATE TABLE t (a int REFERENCES p DEFERRABLE)'))).not.toContain('Deferred');
  });
});

describe('what a view reads and gives', () => {
  test.each([
    [
      'SELECT id, total AS sum FROM t',
      { tables: ['t'], columns: [named('t', 'id'), named('t', 'total')], gives: ['id', 'sum'] },
    ],
    ['WITH x AS (SELECT id FROM t) SELECT id FROM x', { tables: ['t'], columns: [named('t', 'id')], gives: ['id'] }],
    ['SELECT count(*) FROM t', { tables: ['t'], columns: [] }],
  ])('%s', (query, expected) => {
    expect(effects(`CREATE VIEW v AS ${query}`)).toMatchObject([{ kind: 'createObject', query: expected }]);
  });

  test('a column is of the table that its alias stands for', () => {
    const [view] = effects('CREATE VIEW v AS SELECT a.id, b.* FROM t a JOIN s.u b ON a.k = b.k');
    const columns = [named('t', 'id'), named('s.u', '*'), named('t', 'k'), named('s.u', 'k')];
    expect(view).toHaveProperty('query.tables', ['t', 's.u']);
    expect(view?.['query']).toHaveProperty('columns', expect.arrayContaining(columns));
  });

  test.each([
    ['an alias counts in its own query', 'SELECT a.id FROM t a UNION SELECT a.id FROM u a', ['t.id', 'u.id']],
    ['a star is of the query that it stands in', 'SELECT *, (SELECT count(*) FROM u) FROM t', ['t.*']],
    ['a star of two tables is of both', 'SELECT * FROM t, u', ['t.*', 'u.*']],
    ['a bare name may be of any table in sight', 'SELECT a FROM t JOIN u ON true', ['t|u.a']],
    ['the innermost comes first', 'SELECT (SELECT a FROM u WHERE u.id = t.u_id) FROM t', ['u|t.a', 'u.id', 't.u_id']],
    [
      'a query inside sees what is around it',
      'SELECT 1 FROM t x WHERE EXISTS (SELECT 1 FROM u WHERE u.a = x.b)',
      ['u.a', 't.b'],
    ],
    [
      'what is read inside is read there',
      'SELECT x.a, b FROM (SELECT a, b FROM t) x JOIN u ON u.c = x.a',
      ['t.a', 't.b', 'u.c'],
    ],
    ['a name of WITH hides a table', 'WITH u AS (SELECT a FROM t) SELECT u.a, u.b FROM u', ['t.a']],
    ['a schema keeps it from being hidden', 'WITH u AS (SELECT a FROM t) SELECT x.b FROM s.u x', ['t.a', 's.u.b']],
    ['what USING joins is of both sides', 'SELECT 1 FROM t JOIN u USING (a)', ['t|u.a']],
    ['ORDER BY may name what is given', 'SELECT count(t.a) AS n FROM t JOIN u ON true GROUP BY n ORDER BY n', ['t.a']],
    [
      'LATERAL sees what stands before it',
      'SELECT 1 FROM t, LATERAL (SELECT u.a FROM u WHERE u.b = t.c) x',
      ['u.a', 'u.b', 't.c'],
    ],
    ['a column by another name is not claimed', 'SELECT x.b, x.c FROM t AS x (b)', ['t.c']],
    ['a whole row is no column', 'SELECT to_json(t) FROM t', []],
    ['a function may give the column', 'SELECT a FROM t, unnest(t.b) AS x', ['t.b', 't?.a']],
  ])('%s', (_why, query, expected) => {
    const [view] = read(`CREATE VIEW v AS ${query}`);
    const columns = view?.kind === 'createObject' ? (view.query?.columns ?? []) : [];
    const names = columns.map(({ table, among, name }) => `${table ?? placeOf(among)}.${name}`);
    expect(names.toSorted()).toEqual(expected.toSorted());
  });
});

function placeOf(among: readonly string[] = []): string {
  return among.length === 1 ? `${among[0]}?` : among.join('|');
}

function named(table: string, name: string): { table: string; name: string } {
  return { table, name };
}
