/** DO blocks and what stands in a file for psql. */
import { describe, expect, test } from 'vitest';
import { readPostgres } from '../../../src/frontends/sql/postgres/read-postgres.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';
import { covered, effects, kinds, read, reasons } from './postgres-reading.ts';

describe('DO', () => {
  test('statements of the block have their own spans; those under IF and EXCEPTION are conditional', () => {
    const text = `DO $$
DECLARE n int := 0;
BEGIN
  ALTER TABLE a ADD é int;
  IF n > 0 THEN
    DROP TABLE b;
  END IF;
  BEGIN
    CREATE TYPE mood AS ENUM ('ok');
  EXCEPTION WHEN duplicate_object THEN NULL;
  END;
END $$;
DROP TABLE c;`;
    expect(covered(text)).toEqual(['ADD é int', 'DROP TABLE b', `CREATE TYPE mood AS ENUM ('ok')`, 'DROP TABLE c']);
    expect(read(text).map(({ conditional }) => conditional)).toEqual([undefined, true, true, undefined]);
    expect(read(text).map(({ statement }) => statement)).toEqual([1, 1, 1, 2]);
  });

  test('changes of rows in a loop are looped, and a commit in it is one', () => {
    const text = `DO $$ BEGIN LOOP
      UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t WHERE a IS NULL LIMIT 100);
      EXIT WHEN NOT FOUND;
      COMMIT;
    END LOOP; END $$`;
    expect(effects(text)).toEqual([
      { kind: 'updateRows', table: 't', columns: ['a'], filtered: true, limited: true, looped: true },
      { kind: 'commit', inBlock: true, looped: true },
    ]);
  });

  test('EXECUTE is read as far as its text is literal, on its line; what is left is opaque', () => {
    const text = `DO $$ DECLARE part text; rest text; BEGIN
  EXECUTE 'DROP TABLE ' || 'a';
  EXECUTE format('DROP TABLE %I', 'b');
  EXECUTE format('ALTER TABLE %I DROP COLUMN %2$I, ADD COLUMN note text DEFAULT %L', part, 'old', rest);
  EXECUTE 'UPDATE ' || quote_ident(part) || ' SET kept = true WHERE name = ' || quote_literal(rest);
  EXECUTE format('CREATE TABLE %s (LIKE logs)', 'logs_' || part);
  EXECUTE format('ALTER TABLE logs %s', rest);
  EXECUTE rest;
END $$`;
    const unread = { kind: 'opaque', reason: 'it runs SQL that is put together at run time' };
    expect(effects(text)).toMatchObject([
      { kind: 'dropTable', table: 'a' },
      { kind: 'dropTable', table: 'b' },
      { kind: 'dropColumn', table: '_computed_part', column: 'old' },
      { kind: 'addColumn', table: '_computed_part', column: { name: 'note' } },
      { kind: 'updateRows', table: '_computed_part', columns: ['kept'], filtered: true },
      { kind: 'createTable', table: '_computed_' },
      unread,
      unread,
    ]);
    expect(read(text).map(({ span }) => span.startLine)).toEqual([2, 3, 4, 4, 5, 6, 7, 8]);
  });

  test('a body in single quotes is read, each statement on its line', () => {
    const text = `SELECT 1;\nDO 'BEGIN\n  UPDATE x\n  SET y = ''a'';\n  DELETE FROM z;\nEND';`;
    expect(read(text)).toMatchObject([
      { kind: 'noEffect' },
      { kind: 'updateRows', table: 'x', span: { startLine: 3 } },
      { kind: 'deleteRows', table: 'z', span: { startLine: 5 } },
    ]);
  });

  test('functions of the project that the block calls are code that runs', () => {
    const text = 'DO $$ DECLARE n int := total(); BEGIN PERFORM purge(n); n := n + 1; CALL tidy(); END $$';
    expect(effects(text)).toEqual([
      { kind: 'runCode', code: 'total()' },
      { kind: 'runCode', code: 'SELECT purge(n)' },
      { kind: 'runCode', code: 'CALL tidy()' },
    ]);
  });

  test('a block that changes nothing has no effect, and one in another language is opaque', () => {
    expect(effects(`DO $$ BEGIN RAISE NOTICE 'x'; END $$`)).toEqual([{ kind: 'noEffect', what: 'DO' }]);
    expect(reasons('DO LANGUAGE plpython3u $$ pass $$')).toEqual(['it runs a block of plpython3u, which is not read']);
  });

  test('rows of a table may be assigned to', () => {
    const text = `DO $$ DECLARE r app."Üsers"%ROWTYPE; BEGIN r.name := 'x'; DROP TABLE a; END $$`;
    expect(effects(text)).toEqual([{ kind: 'dropTable', table: 'a' }]);
    expect(covered(text)).toEqual(['DROP TABLE a']);
  });

  test('a DO without a block is opaque, and the parser lives on', () => {
    expect(kinds('DO LANGUAGE plpgsql; DO $$ BEGIN DROP TABLE a; END $$')).toEqual(['opaque', 'dropTable']);
  });

  test('blocks that run blocks are read a few levels deep', () => {
    const nested = (levels: number): string =>
      levels === 0
        ? 'DROP TABLE a'
        : `DO $d${levels}$ BEGIN EXECUTE $e${levels}$${nested(levels - 1)}$e${levels}$; END $d${levels}$`;
    expect(kinds(nested(2))).toEqual(['dropTable']);
    expect(kinds(nested(50))).toEqual(['opaque']);
  });
});

describe('psql', () => {
  test('backslash commands stand for themselves', () => {
    const text =
      '\\set x 1\n\\echo hello\nSELECT 1;\n\\i other.sql\n\\! rm x\n\\copy public."T" (a, b) from \'x.csv\' csv\n';
    expect(kinds(text)).toEqual(['noEffect', 'noEffect', 'noEffect', 'opaque', 'opaque', 'insertRows']);
    expect(read(text).at(-1)).toMatchObject({ table: 'T', source: 'file', span: { startLine: 6 } });
  });

  test('\\gexec sends the statement before it, and what that makes is unknown', () => {
    expect(effects(`SELECT format('DROP TABLE %I', x) FROM y \\gexec\nDROP TABLE a;`)).toEqual([
      { kind: 'noEffect', what: 'SELECT' },
      { kind: 'opaque', reason: 'it runs SQL that is put together at run time' },
      { kind: 'dropTable', table: 'a' },
    ]);
  });

  test('what stands between \\if and \\endif is conditional', () => {
    expect(read('\\if :new\nDROP TABLE a;\n\\endif\nDROP TABLE b;')).toMatchObject([
      { kind: 'noEffect' },
      { kind: 'dropTable', table: 'a', conditional: true },
      { kind: 'noEffect' },
      { kind: 'dropTable', table: 'b' },
    ]);
  });

  test('variables are read as a name or a string where the grammar allows one, and named in the reason where not', () => {
    const text = `ALTER TABLE t OWNER TO :owner, ADD a text DEFAULT :'value', DROP b;`;
    expect(covered(text)).toEqual(['OWNER TO :owner', `ADD a text DEFAULT :'value'`, 'DROP b']);
    expect(effects(text)[1]).toMatchObject({ column: { default: { sql: `:'value'`, functions: [] } } });
    expect(reasons(':whole_statement DROP TABLE a;')[0]).toContain('a variable of psql stands in it');
  });

  test('data of COPY is no SQL', () => {
    expect(kinds('COPY t (a) FROM stdin;\n1;2\nDROP TABLE x;\n\\.\nDROP TABLE a;')).toEqual([
      'insertRows',
      'dropTable',
    ]);
  });

  test('semicolons inside the actions of a rule end nothing', () => {
    const text = 'CREATE RULE r AS ON INSERT TO v DO INSTEAD (INSERT INTO a VALUES (1); DELETE FROM b); DROP TABLE c;';
    expect(kinds(text)).toEqual(['createObject', 'dropTable']);
  });
});

describe('functions that a file makes and calls', () => {
  const make = (body: string) => `CREATE FUNCTION tidy() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ${body} END $$;`;

  test('what they do happens where they are called, once, and stands where it is written', () => {
    const text = `${make('PERFORM tidy(); DROP TABLE a; RETURN 1;')}\nDO $$ BEGIN IF true THEN PERFORM tidy(); END IF; END $$;`;
    expect(kinds(text)).toEqual(['createObject', 'dropTable']);
    expect(read(text).map(({ statement, conditional }) => [statement, conditional])).toEqual([
      [1, undefined],
      [2, true],
    ]);
    expect(covered(text)[1]).toBe('DROP TABLE a');
  });

  test('a call of another function beside it, and a body that is no block, stay calls', () => {
    expect(kinds(`${make('DROP TABLE a;')} SELECT tidy(), other();`)).toEqual(['createObject', 'dropTable', 'runCode']);
    expect(kinds(`${make('n := 1;')} SELECT tidy();`)).toEqual(['createObject', 'runCode']);
  });

  test('of a long chain of calls the beginning is read', () => {
    const chain = Array.from({ length: 500 }, (_, at) => make(`PERFORM f${at + 1}();`).replace('tidy', `f${at}`));
    expect(kinds(`${chain.join('\n')} SELECT f0();`).at(-1)).toBe('runCode');
  });

  test('nothing happens where nobody calls them', () => {
    expect(kinds(make('DROP TABLE a;'))).toEqual(['createObject']);
  });

  test('a body in SQL is read, as a string or between BEGIN ATOMIC and END', () => {
    const header = 'CREATE FUNCTION tidy() RETURNS void LANGUAGE sql';
    for (const body of ['AS $$ DROP TABLE a; $$', "AS 'DROP TABLE a'", 'BEGIN ATOMIC DELETE FROM a; END'])
      expect(covered(`${header} ${body}; SELECT tidy();`)[1]).toMatch(/^(DROP TABLE|DELETE FROM) a/);
    expect(kinds(`${header} AS 'SELECT ''a'''; SELECT tidy();`)).toEqual(['createObject', 'runCode']);
  });
});

describe('comments', () => {
  test('in a DO block they are told with those around it, in their order', () => {
    const text =
      '-- one\nDO $$ BEGIN\n-- two\nDROP TABLE a;\nEND $$;\n-- three\nCREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ -- four\n$$;';
    const { comments } = readPostgres(wholeFile('migration.sql', text));
    expect(comments.map(({ text: words, span }) => [words, span.startLine])).toEqual([
      ['-- one', 1],
      ['-- two', 3],
      ['-- three', 6],
    ]);
  });
});
