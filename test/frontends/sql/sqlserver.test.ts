/** What the list of statements cannot show of SQL Server: statements without delimiters, blocks, scripts of Entity Framework. */
import { describe, expect, test } from 'vitest';
import type { SqlReading } from '../../../src/frontends/sql/read-sql.ts';
import { readSqlserver } from '../../../src/frontends/sql/sqlserver/read-sqlserver.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';
import type { Operation } from '../../../src/operations/operation.ts';

describe('tables that are not like others', () => {
  test('the period of a table is read with its columns', () => {
    const { operations } = read(
      'ALTER TABLE a ADD b datetime2 GENERATED ALWAYS AS ROW START NOT NULL, c datetime2 GENERATED ALWAYS AS ROW END NOT NULL, PERIOD FOR SYSTEM_TIME (b, c);',
    );
    expect(operations.map(({ kind }) => kind)).toEqual(['addColumn', 'addColumn', 'alterTable']);
  });

  test('options tell that versions are kept, and where', () => {
    const { operations } = read(
      'CREATE TABLE a (b int) WITH (SYSTEM_VERSIONING = ON (HISTORY_TABLE = dbo.a_history)); ALTER TABLE a SET (SYSTEM_VERSIONING = OFF);',
    );
    expect(operations).toMatchObject([
      { kind: 'createTable', kinds: ['versioned'], history: 'a_history' },
      { kind: 'alterTable', sets: { kind: 'versioned', on: false } },
    ]);
  });

  test('change data capture is followed by the table that it names', () => {
    const { operations } = read("EXEC sys.sp_cdc_enable_table N'dbo', @source_name = N'a', @role_name = NULL");
    expect(operations).toMatchObject([{ kind: 'alterTable', table: 'a', sets: { kind: 'captured', on: true } }]);
  });

  test('what is bound to tables tells its columns, under every alias', () => {
    const { operations } = read(
      'CREATE VIEW v WITH SCHEMABINDING AS SELECT o.id, u.name, city FROM dbo.orders AS o JOIN dbo.users u ON u.id = o.user_id',
    );
    expect(operations).toMatchObject([
      {
        kind: 'createObject',
        query: {
          tables: ['orders', 'users'],
          columns: [
            { table: 'orders', name: 'id' },
            { table: 'users', name: 'name' },
            { among: ['orders', 'users'], name: 'city' },
            { table: 'users', name: 'id' },
            { table: 'orders', name: 'user_id' },
          ],
        },
      },
    ]);
  });
});

describe('places', () => {
  test('a statement ends before the next one, with no delimiter between them', () => {
    const { operations, statements } = read('DROP TABLE a\nALTER TABLE b\n  DROP COLUMN c DROP TABLE d;');
    expect(statements).toBe(3);
    expect(operations.map(({ span, statement }) => [statement, span])).toEqual([
      [1, { path: 'migration.sql', startLine: 1, endLine: 1, startColumn: 1, endColumn: 12 }],
      [2, { path: 'migration.sql', startLine: 2, endLine: 3, startColumn: 1, endColumn: 15 }],
      [3, { path: 'migration.sql', startLine: 3, endLine: 3, startColumn: 17, endColumn: 28 }],
    ]);
  });

  test('each of several columns stands at its own line, in one statement', () => {
    const { operations } = read('ALTER TABLE a ADD\n  b int NULL,\n  c int NULL');
    expect(operations.map(({ kind, statement, span }) => [kind, statement, span.startLine, span.startColumn])).toEqual([
      ['addColumn', 1, 2, 3],
      ['addColumn', 1, 3, 3],
    ]);
  });

  test('what a string of SQL does stands at its EXEC', () => {
    const { operations } = read("PRINT 1\n\nEXEC(N'DROP TABLE a;\n\n\nDROP TABLE b')");
    expect(operations.map(({ kind, span }) => [kind, span.startLine])).toEqual([
      ['noEffect', 1],
      ['dropTable', 3],
      ['dropTable', 3],
    ]);
  });
});

describe('where statements begin', () => {
  test.each([
    ['INSERT INTO a SELECT 1 UNION ALL SELECT 2 DROP TABLE b', ['insertRows', 'dropTable']],
    ['INSERT INTO a DEFAULT VALUES SELECT 1', ['insertRows', 'noEffect']],
    ['INSERT a EXEC p DROP TABLE b', ['insertRows', 'runCode', 'dropTable']],
    ['UPDATE a SET b = CASE WHEN c = 1 THEN 2 ELSE 3 END SET NOCOUNT ON', ['updateRows', 'noEffect']],
    ['SELECT a FROM b ORDER BY a OFFSET 1 ROWS FETCH NEXT 5 ROWS ONLY DROP TABLE b', ['noEffect', 'dropTable']],
    ['DROP TABLE a IF EXISTS (SELECT 1) DROP TABLE IF EXISTS b', ['dropTable', 'dropTable']],
    ['DECLARE c CURSOR FOR SELECT a FROM b FOR UPDATE OF a OPEN c', ['noEffect', 'noEffect']],
    ['ALTER DATABASE a SET RECOVERY SIMPLE WITH ROLLBACK IMMEDIATE DROP TABLE b', ['alterObject', 'dropTable']],
    ['GRANT SELECT, UPDATE ON a TO b WITH GRANT OPTION DROP TABLE a', ['alterObject', 'dropTable']],
    ['ALTER ROLE a DROP MEMBER b DROP TABLE c', ['alterObject', 'dropTable']],
    [
      'ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c ON DELETE SET NULL ON UPDATE CASCADE UPDATE a SET b = 1',
      ['addConstraint', 'updateRows'],
    ],
    ['UPDATE STATISTICS a SET NOCOUNT ON', ['noEffect', 'noEffect']],
    ['WITH a AS (SELECT 1 AS b), c (d) AS (SELECT 2) DELETE FROM e', ['deleteRows']],
    ['SELECT 1 FROM a WITH (NOLOCK) WITH b AS (SELECT 1 AS c) SELECT c FROM b', ['noEffect', 'noEffect']],
    ["THROW 50000, N'x', 1", ['noEffect']],
    ['again: DROP TABLE a GOTO again', ['dropTable', 'noEffect']],
  ])('%s', (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  test('a view, procedure, function or trigger takes the rest of its batch, and no more', () => {
    expect(kinds('CREATE VIEW v AS SELECT 1 AS a\nDROP TABLE b\nGO\nDROP TABLE c')).toEqual([
      'createObject',
      'dropTable',
    ]);
    expect(kinds('ALTER PROCEDURE p AS DROP TABLE b;\nGO 2\nDROP TABLE c')).toEqual(['alterObject', 'dropTable']);
  });

  test('the first statement of a batch may call a procedure by its name alone', () => {
    expect(read("sp_rename 'a', 'b'").operations).toMatchObject([{ kind: 'renameTable', table: 'a', to: 'b' }]);
  });
});

describe('blocks', () => {
  test('what stands under IF or ELSE is conditional, and what follows is not', () => {
    const { operations } = read(
      'IF @a = 1 BEGIN DROP TABLE b DROP TABLE c END; ELSE IF @a = 2 DROP TABLE d DROP TABLE e',
    );
    expect(operations.map((operation) => [operation.kind, operation.conditional])).toEqual([
      ['dropTable', true],
      ['dropTable', true],
      ['dropTable', true],
      ['dropTable', undefined],
    ]);
  });

  test('rows changed under WHILE are looped', () => {
    const { operations } = read(
      'WHILE 1 = 1 BEGIN UPDATE TOP (100) a SET b = 1 WHERE b IS NULL IF @@ROWCOUNT = 0 BREAK END',
    );
    expect(operations).toMatchObject([{ kind: 'updateRows', looped: true, limited: true }, { kind: 'noEffect' }]);
  });

  test('TRY is read inside, and CATCH runs only on an error', () => {
    const { operations } = read(
      'BEGIN TRY BEGIN TRAN DROP TABLE a COMMIT END TRY BEGIN CATCH ROLLBACK; THROW END CATCH',
    );
    expect(operations.map((operation) => [operation.kind, operation.conditional])).toEqual([
      ['begin', undefined],
      ['dropTable', undefined],
      ['commit', undefined],
      ['rollback', true],
      ['noEffect', true],
    ]);
  });
});

describe('scripts of Entity Framework', () => {
  test('the guards on its own table are not conditions of the migration', () => {
    const { operations } = read(`
IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] ([MigrationId] nvarchar(150) NOT NULL, CONSTRAINT [PK] PRIMARY KEY ([MigrationId]));
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20240101000000_AddAge'
)
BEGIN
    ALTER TABLE [Users] ADD [Age] int NOT NULL DEFAULT 0;
END;

IF NOT EXISTS (SELECT * FROM [__EFMigrationsHistory] WHERE [MigrationId] = N'20240101000000_AddAge')
BEGIN
    EXEC(N'CREATE VIEW [v] AS SELECT 1 AS [one]');
END;

COMMIT;
GO
`);
    expect(operations.map((operation) => [operation.kind, operation.conditional])).toEqual([
      ['createTable', undefined],
      ['begin', undefined],
      ['addColumn', undefined],
      ['createObject', undefined],
      ['commit', undefined],
    ]);
  });

  test.each([
    "EXEC(N'ALTER TABLE [app].[Users] DROP CONSTRAINT [' + @var0 + '];')",
    "EXEC(N'ALTER TABLE [app].[Users] DROP CONSTRAINT ' + @var + ';')",
    "EXEC(N'ALTER TABLE app.Users DROP CONSTRAINT ' + QUOTENAME(@name))",
  ])('%s drops a constraint whose name is looked up', (text) => {
    const [operation, ...others] = read(text).operations;
    expect(operation).toMatchObject({ kind: 'dropConstraint', table: 'app.Users' });
    expect(operation).not.toHaveProperty('name');
    expect(others).toEqual([]);
  });

  test.each([
    "EXEC(N'ALTER TABLE ' + @table + ' DROP CONSTRAINT ' + @name)",
    "EXEC(N'DROP TABLE [' + @table + ']')",
    'EXEC sp_executesql @sql',
    'EXEC @procedure',
    "EXEC sp_rename @from, N'b'",
  ])('%s is opaque', (text) => {
    expect(kinds(text)).toEqual(['opaque']);
  });
});

describe('tables', () => {
  test('a table with everything', () => {
    const { operations } = read(`CREATE TABLE app.a (
  b decimal(18, 2) NOT NULL DEFAULT ((0)),
  c int PRIMARY KEY NONCLUSTERED WITH (FILLFACTOR = 80) ON [PRIMARY],
  d int FOREIGN KEY REFERENCES dbo.x (y) ON DELETE CASCADE ON UPDATE NO ACTION,
  e datetime2(7) GENERATED ALWAYS AS ROW START HIDDEN NOT NULL,
  f AS CAST(b AS int),
  g double precision COLLATE Latin1_General_BIN,
  INDEX ix NONCLUSTERED (b, d DESC) INCLUDE (e),
  PERIOD FOR SYSTEM_TIME (e, h)
) ON ps(b) WITH (SYSTEM_VERSIONING = ON)`);
    expect(operations).toMatchObject([
      {
        kind: 'createTable',
        table: 'app.a',
        partitioned: true,
        columns: [
          { name: 'b', nullable: false, default: { sql: '0' }, type: { name: 'decimal', arguments: [18, 2] } },
          { name: 'c', nullable: false, constraints: [{ kind: 'primaryKey', columns: ['c'] }] },
          { name: 'd', constraints: [{ kind: 'foreignKey', references: { table: 'x', onDelete: 'cascade' } }] },
          { name: 'e', nullable: false },
          { name: 'f', generated: 'virtual' },
          { name: 'g', nullable: true, type: { name: 'float', collation: 'Latin1_General_BIN' } },
        ],
        indexes: [{ name: 'ix', columns: ['b', 'd'], unique: false }],
      },
    ]);
  });

  test('constraints and columns are mixed in one ADD, and NOCHECK holds for all of them', () => {
    const { operations } = read(
      'ALTER TABLE a WITH NOCHECK ADD b int, CONSTRAINT c CHECK (b > 1), CONSTRAINT d DEFAULT getdate() FOR e WITH VALUES',
    );
    expect(operations).toMatchObject([
      { kind: 'addColumn', column: { name: 'b' } },
      { kind: 'addConstraint', constraint: { name: 'c', validated: false } },
      { kind: 'alterColumn', column: 'e', default: { functions: ['getdate'] } },
    ]);
  });

  test('what is dropped is a constraint unless it is said otherwise', () => {
    expect(kinds('ALTER TABLE a DROP b, COLUMN c, d')).toEqual(['dropConstraint', 'dropColumn', 'dropColumn']);
  });

  test('ALTER COLUMN without NOT NULL takes nulls from here on', () => {
    expect(read('ALTER TABLE a ALTER COLUMN b int').operations).toMatchObject([{ nullable: true, restated: true }]);
  });

  test('an older DROP INDEX names its table first', () => {
    expect(read('DROP INDEX dbo.a.ix').operations).toMatchObject([{ kind: 'dropIndex', table: 'a', name: 'ix' }]);
  });
});

describe('rows', () => {
  test('the table behind an alias and behind a common table is found', () => {
    const { operations } = read(
      'UPDATE u SET u.a = 1 FROM dbo.Users AS u LEFT JOIN b ON b.c = u.c; WITH t AS (SELECT TOP (10) * FROM Users WHERE a = 1) DELETE FROM t',
    );
    expect(operations).toMatchObject([
      { kind: 'updateRows', table: 'Users', columns: ['a'], filtered: false },
      { kind: 'deleteRows', table: 'Users', filtered: true, limited: true },
    ]);
  });

  test.each(['1 = 1', '(1 = 1)', "'a' = 'a'"])('WHERE %s filters nothing', (condition) => {
    expect(read(`DELETE a WHERE ${condition}`).operations).toMatchObject([{ filtered: false }]);
  });

  test('rows of a variable are not rows of a table', () => {
    expect(kinds('INSERT INTO @a VALUES (1) UPDATE @a SET b = 1 DELETE FROM @a')).toEqual([
      'noEffect',
      'noEffect',
      'noEffect',
    ]);
  });
});

describe('code', () => {
  test('a SELECT has no effect unless it runs a text on another server', () => {
    expect(kinds("SELECT dbo.f(a) FROM b; SELECT * FROM OPENQUERY(other, 'DELETE FROM c')")).toEqual([
      'noEffect',
      'runCode',
    ]);
  });

  test('a property on a table or one of its columns is a comment', () => {
    const { operations } = read(
      "EXEC sp_addextendedproperty 'MS_Description', N'old', 'SCHEMA', @schema, 'TABLE', N'Users', 'COLUMN', N'Age'",
    );
    expect(operations).toMatchObject([{ kind: 'alterTable', table: 'Users' }]);
  });

  test('waiting without end and not waiting at all are told apart', () => {
    expect(read('SET LOCK_TIMEOUT -1 SET LOCK_TIMEOUT 0').operations).toMatchObject([
      { milliseconds: 0 },
      { milliseconds: 1 },
    ]);
  });
});

function read(text: string): SqlReading {
  return readSqlserver(wholeFile('migration.sql', text));
}

function kinds(text: string): Operation['kind'][] {
  return read(text).operations.map(({ kind }) => kind);
}
