import { expect, test } from 'vitest';
import { readMariadb, readMysql } from '../../../src/frontends/sql/mysql/read-mysql.ts';
import type { SqlReader } from '../../../src/frontends/sql/read-sql.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';
import type { Operation } from '../../../src/operations/operation.ts';

test('places every clause of ALTER TABLE on its own lines, under one statement', () => {
  const sql = 'ALTER TABLE users\n  ADD COLUMN age INT,\n  DROP COLUMN name';
  expect(
    operationsOf(sql).map(({ kind, statement, span }) => [kind, statement, span.startLine, span.startColumn]),
  ).toEqual([
    ['addColumn', 1, 2, 3],
    ['dropColumn', 1, 3, 3],
  ]);
});

test('places the tables of one DROP TABLE apart', () => {
  const spans = operationsOf('DROP TABLE a, bc;').map(({ span }) => [span.startColumn, span.endColumn]);
  expect(spans).toEqual([
    [12, 12],
    [15, 16],
  ]);
});

test('reads the clauses around one that it does not understand', () => {
  expect(summary('ALTER TABLE a ADD x INT, FROB y, DROP z')).toEqual(['addColumn', 'opaque', 'dropColumn']);
});

test('reads the statements around one that it does not understand', () => {
  const operations = operationsOf('DROP TABLE a;\nSELEC 1;\nDROP TABLE b;');
  expect(operations.map(({ kind, span }) => [kind, span.startLine])).toEqual([
    ['dropTable', 1],
    ['opaque', 2],
    ['dropTable', 3],
  ]);
});

test('says why it could not read a statement', () => {
  expect(operationsOf('ALTER TABLE a ADD COLUMN x INT NOT NUL')).toMatchObject([
    { kind: 'opaque', reason: '“NOT” stands where an attribute of a column is expected' },
  ]);
});

test('never counts words left over behind a statement as read', () => {
  expect(summary('DROP TABLE a b')).toEqual(['opaque']);
});

test('reads a column that is followed by partitions', () => {
  expect(summary('ALTER TABLE a ADD x INT PARTITION BY HASH(x) PARTITIONS 2')).toEqual(['addColumn', 'alterPartition']);
});

test('keeps the commas of ORDER BY in one clause', () => {
  expect(summary('ALTER TABLE a ORDER BY x, y DESC, ADD COLUMN z INT')).toEqual(['rebuildTable', 'addColumn']);
});

test('adds the key that MODIFY says beside the column', () => {
  expect(summary('ALTER TABLE a MODIFY x INT UNIQUE')).toEqual(['alterColumn', 'addConstraint']);
});

test('drops REFERENCES at a column for MySQL, which ignores it, and keeps it for MariaDB', () => {
  const sql = 'ALTER TABLE a ADD b_id INT REFERENCES b (id) ON DELETE CASCADE';
  expect(operationsOf(sql)).toMatchObject([{ column: { constraints: [] } }]);
  expect(operationsOf(sql, readMariadb)).toMatchObject([
    { column: { constraints: [{ kind: 'foreignKey', references: { table: 'b', onDelete: 'cascade' } }] } },
  ]);
});

test('names the functions and columns of an expression', () => {
  const sql =
    "ALTER TABLE a ADD x DATE DEFAULT (CURRENT_DATE + INTERVAL 1 YEAR), ADD CHECK (lower(b.name) <> _utf8mb4'x')";
  expect(operationsOf(sql)).toMatchObject([
    { column: { default: { functions: ['current_date'], columns: [], known: true } } },
    { constraint: { expression: { functions: ['lower'], columns: ['name'], known: true } } },
  ]);
});

test('says of an expression that it cannot read that it is not known', () => {
  expect(operationsOf('ALTER TABLE a ADD CHECK (x <=> <=> y)')).toMatchObject([
    { constraint: { expression: { sql: 'x <=> <=> y', functions: [], columns: [], known: false } } },
  ]);
});

test('finds the table behind the alias in statements of several tables', () => {
  const sql = `UPDATE a x LEFT JOIN db.b AS y ON y.id = x.id SET x.n = 1, y.m = 2;
    DELETE FROM x, y USING a AS x INNER JOIN b AS y ON y.id = x.id;`;
  expect(operationsOf(sql).map(withoutPlace)).toEqual([
    { kind: 'updateRows', table: 'a', columns: ['n'], filtered: false },
    { kind: 'updateRows', table: 'db.b', columns: ['m'], filtered: false },
    { kind: 'deleteRows', table: 'a', filtered: true },
    { kind: 'deleteRows', table: 'b', filtered: true },
  ]);
});

test('takes a condition that always holds for none', () => {
  const sql = 'UPDATE a SET x = 1 WHERE 1 = 1; DELETE FROM a WHERE TRUE; DELETE FROM a WHERE x = 1';
  expect(operationsOf(sql)).toMatchObject([{ filtered: false }, { filtered: false }, { filtered: true }]);
});

test('tells a SELECT that asks from one that calls a function of the project', () => {
  expect(summary('SELECT COUNT(*) FROM a WHERE x IN (1); SELECT backfill_users(1);')).toEqual(['noEffect', 'runCode']);
});

test('reads timeouts in milliseconds, and one that it cannot read as unknown', () => {
  const sql = 'SET lock_wait_timeout = 5, max_execution_time = 200; SET innodb_lock_wait_timeout = @old;';
  expect(operationsOf(sql).map(withoutPlace)).toEqual([
    { kind: 'setTimeout', timeout: 'lock', milliseconds: 5000 },
    { kind: 'setTimeout', timeout: 'statement', milliseconds: 200 },
    { kind: 'setTimeout', timeout: 'lock' },
  ]);
});

test('counts statements between DELIMITER lines, also where the delimiter touches END', () => {
  const sql = 'DELIMITER $$\nCREATE PROCEDURE p()\nBEGIN\n  SELECT 1;\nEND$$\nDELIMITER ;\nDROP TABLE a;';
  const reading = readMysql(wholeFile('a.sql', sql));
  expect(reading.statements).toBe(2);
  expect(reading.operations.map(({ kind, span }) => [kind, span.startLine, span.endLine])).toEqual([
    ['createObject', 2, 5],
    ['dropTable', 7, 7],
  ]);
});

test('reads each of several statements that are sent at once', () => {
  expect(summary('DELIMITER //\nDROP TABLE a; DROP TABLE b//\nDROP TABLE c//')).toEqual([
    'dropTable',
    'dropTable',
    'dropTable',
  ]);
});

test('goes on behind a trigger whose body is an IF without BEGIN', () => {
  const sql =
    'CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW IF NEW.x THEN SET @a = 1; ELSE SET @a = 2; END IF; DROP TABLE b;';
  expect(summary(sql)).toEqual(['createObject', 'dropTable']);
});

test('never lets a body swallow what stands behind it', () => {
  expect(summary('CREATE PROCEDURE p() BEGIN SELECT 1;\nALTER TABLE a DROP x;')).toEqual(['opaque']);
  expect(summary('DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END; DROP TABLE a//')).toEqual(['opaque']);
  expect(summary('DELIMITER //\nCREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW SET @a = 1; DROP TABLE a//')).toEqual([
    'opaque',
  ]);
});

test('reads a procedure that the file creates and calls where it is called', () => {
  const sql = `CREATE PROCEDURE p() BEGIN
      DECLARE CONTINUE HANDLER FOR 1060 BEGIN END;
      IF NOT EXISTS (SELECT 1 FROM information_schema.columns) THEN
        ALTER TABLE users ADD age INT;
      END IF;
      DROP TABLE a;
    END;
    CALL p();
    DROP PROCEDURE p;`;
  const operations = operationsOf(sql);
  expect(operations.map(({ kind, statement, conditional }) => [kind, statement, conditional ?? false])).toEqual([
    ['createObject', 1, false],
    ['addColumn', 2, true],
    ['dropTable', 2, false],
    ['dropObject', 3, false],
  ]);
  expect(operations[1]?.span.startLine).toBe(4);
});

test('says which rows are changed in a loop, and what runs only when nothing left before', () => {
  const sql = `CREATE PROCEDURE p() main: BEGIN
      DECLARE done INT DEFAULT 0;
      REPEAT UPDATE a SET x = 1 LIMIT 10; SET done = ROW_COUNT() = 0; UNTIL done END REPEAT;
      IF done THEN LEAVE main; END IF;
      TRUNCATE a;
    END; CALL p();`;
  expect(operationsOf(sql).slice(1).map(withoutPlace)).toEqual([
    { kind: 'updateRows', table: 'a', columns: ['x'], filtered: false, limited: true, looped: true },
    { kind: 'truncateTable', table: 'a', conditional: true },
  ]);
});

test('leaves a call of a procedure from elsewhere as code', () => {
  expect(summary('CREATE PROCEDURE p() SELECT 1; DROP PROCEDURE p; CALL p();')).toEqual([
    'createObject',
    'dropObject',
    'runCode',
  ]);
});

test('reads SQL in a string where it is executed, at the string', () => {
  const sql = `SET @sql = IF((SELECT COUNT(*) FROM information_schema.columns) > 0,
      'DO 0',
      'ALTER TABLE users ADD x INT');
    PREPARE stmt FROM @sql;
    EXECUTE stmt;`;
  const added = operationsOf(sql).find(({ kind }) => kind === 'addColumn');
  expect(added).toMatchObject({
    conditional: true,
    statement: 3,
    table: 'users',
    span: { startLine: 3, startColumn: 7 },
  });
});

test('reads SQL that is put together from literals and from the arguments of a call', () => {
  const sql = `SET @table = "users";
    SET @sql = (SELECT IF(1 > 0, "SELECT 1", CONCAT("ALTER TABLE ", @table, " ADD x INT;")));
    PREPARE s FROM @sql; EXECUTE s;
    CREATE PROCEDURE p(IN t TEXT) BEGIN SET @q = CONCAT('DROP TABLE ', t); PREPARE s FROM @q; EXECUTE s; END;
    CALL p('old');`;
  expect(operationsOf(sql).filter(({ kind }) => kind === 'addColumn' || kind === 'dropTable')).toMatchObject([
    { kind: 'addColumn', table: 'users', conditional: true },
    { kind: 'dropTable', table: 'old' },
  ]);
});

test('keeps both values of a variable that is set again under a condition', () => {
  const sql = `CREATE PROCEDURE p() BEGIN
      SET @q = 'DROP TABLE a';
      IF 1 THEN SET @q = 'DROP TABLE b'; END IF;
      PREPARE s FROM @q; EXECUTE s;
    END; CALL p();`;
  expect(operationsOf(sql).filter(({ kind }) => kind === 'dropTable')).toMatchObject([
    { table: 'a', conditional: true },
    { table: 'b', conditional: true },
  ]);
});

test('says of SQL that is put together at run time that it could not be read', () => {
  const sql = "SET @q = CONCAT('DROP TABLE ', (SELECT name FROM a)); PREPARE s FROM @q; EXECUTE s;";
  expect(operationsOf(sql).at(-1)).toMatchObject({
    kind: 'opaque',
    reason: 'it runs SQL that is put together at run time',
  });
});

test('runs executable comments on the servers that they are for', () => {
  const sql = `/*!999999\\- enable the sandbox mode */
    /*!40000 DROP TABLE a */;
    /*!80000 DROP TABLE b */;
    /*M!100100 DROP TABLE c */;`;
  expect(tablesOf(operationsOf(sql))).toEqual(['a', 'b']);
  expect(tablesOf(operationsOf(sql, readMariadb))).toEqual(['a', 'c']);
});

test('reads the statements of a block that MariaDB runs at once', () => {
  const sql = 'IF EXISTS (SELECT 1) THEN DROP TABLE a; END IF; BEGIN NOT ATOMIC DROP TABLE b; END; DROP TABLE c;';
  expect(operationsOf(sql, readMariadb).map(withoutPlace)).toEqual([
    { kind: 'dropTable', table: 'a', conditional: true },
    { kind: 'dropTable', table: 'b' },
    { kind: 'dropTable', table: 'c' },
  ]);
});

test('says of a quote or a comment that is never closed that it hides the rest', () => {
  expect(summary("DROP TABLE a; INSERT INTO b VALUES ('it\\'s); DROP TABLE c;")).toEqual(['dropTable', 'opaque']);
  expect(summary('DROP TABLE a; /* DROP TABLE b;')).toEqual(['dropTable', 'opaque']);
  expect(summary("INSERT INTO b VALUES ('it''s', \"a\\\"\");")).toEqual(['insertRows']);
});

test.each([
  ['parentheses without end', `SELECT ${'('.repeat(100_000)}`],
  ['a default deep in parentheses', `ALTER TABLE t ADD x INT DEFAULT ${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ['a check of calls in calls', `ALTER TABLE t ADD CHECK (${'f('.repeat(4000)}1${')'.repeat(4000)})`],
  ['blocks without end', `CREATE PROCEDURE p() ${'BEGIN '.repeat(100_000)}`],
  ['labels without end', `CREATE PROCEDURE p() ${'a: '.repeat(100_000)}`],
  ['procedures that call each other', procedures('p', 'q') + procedures('q', 'p') + 'CALL p();'.repeat(100)],
  ['a string that executes itself', `PREPARE s FROM 'EXECUTE s'; ${'EXECUTE s;'.repeat(1000)}`],
  ['a string that doubles', `SET @a = 'x'; ${'SET @a = CONCAT(@a, @a);'.repeat(60)} PREPARE s FROM @a; EXECUTE s;`],
  ['statements in statements', `${'SET STATEMENT a = 1 FOR '.repeat(50_000)}SELECT 1`],
  ['comments in comments', '/*!50001 '.repeat(100_000)],
  ['two megabytes of rows', `INSERT INTO t VALUES ${"(1,'abcdefghij'),".repeat(130_000)}(1,'x')`],
  ['two megabytes of semicolons', ';'.repeat(2_000_000)],
  ['NUL characters', `${'\0'.repeat(1000)}DROP\0TABLE t`],
])('never throws at %s', (_, sql) => {
  for (const read of [readMysql, readMariadb]) expect(() => read(wholeFile('a.sql', sql))).not.toThrow();
});

function procedures(name: string, calls: string): string {
  return `CREATE PROCEDURE ${name}() BEGIN ${`CALL ${calls}();`.repeat(50)} END;`;
}

function operationsOf(sql: string, read: SqlReader = readMysql): Operation[] {
  return read(wholeFile('a.sql', sql)).operations;
}

function summary(sql: string): string[] {
  return operationsOf(sql).map(({ kind }) => kind);
}

function tablesOf(operations: Operation[]): unknown[] {
  return operations.map((operation) => ('table' in operation ? operation.table : operation.kind));
}

function withoutPlace({ span: _span, statement: _statement, ...rest }: Operation): Record<string, unknown> {
  return rest;
}
