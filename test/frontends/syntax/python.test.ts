import { expect, test } from 'vitest';
import { embeddedSql } from '../../../src/frontends/syntax/embedded-sql.ts';
import { qualifiedName, readCall, readChain } from '../../../src/frontends/syntax/python-call.ts';
import { assignmentsIn, parametersOf, readModule, statementsOf } from '../../../src/frontends/syntax/python-module.ts';
import { readString, stringValue, withPlaceholders } from '../../../src/frontends/syntax/python-string.ts';
import { readValue, stringsOf } from '../../../src/frontends/syntax/python-value.ts';
import { loadParser, namedChildren, type SyntaxNode } from '../../../src/frontends/syntax/tree.ts';

const parse = await loadParser('python');

function moduleOf(text: string): ReturnType<typeof readModule> {
  return readModule('a.py', text, parse);
}

/** The value of the last statement, which is an expression. */
function last(text: string): { node: SyntaxNode; scope: { module: ReturnType<typeof readModule> } } {
  const module = moduleOf(text);
  const node = statementsOf(module.root).at(-1)?.children[0];
  if (!node) throw new Error('no statement');
  return { node, scope: { module } };
}

function sqlOf(text: string, hasParameters = false): string {
  const { node, scope } = last(text);
  const string = readString(node, scope);
  if (!string) throw new Error('no string');
  const { parts } = hasParameters ? withPlaceholders(string, scope) : string;
  const sql = embeddedSql('a.py', text, parts);
  expect(sql.text.length).toBe(text.length);
  return sql.text.slice(sql.start, sql.end).replace(/\s+/g, ' ').trim();
}

test('names are resolved through imports, aliases and relative ones included', () => {
  const { imports } = moduleOf(
    'from django.db import migrations, models as m\nfrom . import x\nfrom ..a import b\nimport uuid, c.d as e',
  );
  expect(Object.fromEntries(imports)).toEqual({
    migrations: 'django.db.migrations',
    m: 'django.db.models',
    x: '.x',
    b: '..a.b',
    uuid: 'uuid',
    e: 'c.d',
  });
  const { node, scope } = last('from django.db import models as m\nm.CharField(5, null=True, *more)');
  const call = readCall(node, scope.module.text);
  expect(call && qualifiedName(call.callee, scope.module)).toBe('django.db.models.CharField');
  expect(call).toMatchObject({ spread: true, positional: [{ type: 'integer' }] });
  expect([...(call?.keywords.keys() ?? [])]).toEqual(['null']);
});

test('functions, parameters and what is assigned inside them are found, in branches too', () => {
  const module = moduleOf(
    'try:\n  def f(apps, editor=None, *rest):\n    if x:\n      a = 1\n    a = 2\n    b = 3\nexcept E:\n  pass',
  );
  const f = module.functions.get('f');
  if (!f) throw new Error('no f');
  expect(parametersOf(f, module.text)).toEqual(['apps', 'editor', 'rest']);
  const assigned = assignmentsIn(f, module.text);
  expect([...assigned].map(([name, values]) => [name, values.length])).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});

test('a chain of calls is taken apart from its root', () => {
  const { node, scope } = last('User.objects.filter(a=1).update(b=2)');
  const { root, links } = readChain(node, scope.module.text);
  expect(root.type).toBe('identifier');
  expect(links.map(({ name, call }) => [name, call !== undefined])).toEqual([
    ['objects', false],
    ['filter', true],
    ['update', true],
  ]);
  const called = last('f(x)(y).z');
  expect(readChain(called.node, called.scope.module.text)).toMatchObject({
    root: { type: 'call' },
    links: [{ name: 'z' }],
  });
});

test('strings are read with escapes, in a row, added up and through constants', () => {
  expect(sqlOf('A = "DROP"\n("DELETE "\n "FROM t" + \' WHERE a\\x3d1\')')).toBe('DELETE FROM t WHERE a= 1');
  expect(sqlOf('A = """DROP TABLE t"""\nA')).toBe('DROP TABLE t');
  expect(sqlOf('import textwrap\ntextwrap.dedent("""DROP TABLE t""").strip()')).toBe('DROP TABLE t');
});

test('what is filled in at run time is a hole, and doubled signs are one', () => {
  expect(sqlOf('f"DROP TABLE {name_of_table} -- {{}}"')).toBe('DROP TABLE _computed______ -- { }');
  expect(sqlOf('"DROP TABLE %s, %(x)s LIKE \'a%%\'" % y')).toBe("DROP TABLE _c, _cccc LIKE 'a% '");
  expect(sqlOf('"DROP TABLE {}; DROP TABLE {name!r}".format(a, name=b)')).toBe('DROP TABLE _c; DROP TABLE _ccccccc');
  expect(sqlOf('"UPDATE t SET a = %s WHERE b LIKE \'x%%\'"', true)).toBe("UPDATE t SET a = _c WHERE b LIKE 'x% '");
});

test('a constant that fits stands in its place in an f-string', () => {
  expect(sqlOf('table = "orders"\nf"DROP TABLE {table}"')).toBe('DROP TABLE orders');
  expect(sqlOf('table = "a_longer_name"\nf"DROP TABLE {table}"')).toBe('DROP TABLE _cccccc');
});

test('values are literals, names or calls; what is assigned twice is not known', () => {
  const { node, scope } = last(
    'A = ["a"]\nB = A + ["b", *A]\nC = 1\nC = 2\n(B, -1, None, {"k": True}, C, uuid.uuid4, f(1))',
  );
  const value = readValue(node, scope);
  if (value.kind !== 'list') throw new Error('no list');
  expect(stringsOf(value.items[0])).toEqual(['a', 'b', 'a']);
  expect(value.items.slice(1)).toMatchObject([
    { kind: 'number', value: -1 },
    { kind: 'none' },
    { kind: 'dictionary', entries: [[{ value: 'k' }, { value: true }]] },
    { kind: 'unknown' },
    { kind: 'name', name: 'uuid.uuid4' },
    { kind: 'call', name: 'f' },
  ]);
});

test('a name that is made of itself ends somewhere', () => {
  const { node, scope } = last('A = A + "x"\nA');
  expect(stringValue(node, scope)).toBeUndefined();
  expect(readValue(node, scope).kind).toBe('unknown');
});

test('constants that double themselves again and again are bounded', () => {
  const doubled = (open: string, close: string): string =>
    Array.from({ length: 60 }, (_, index) => `a${index + 1} = ${open}a${index}${close}`).join('\n');
  const strings = last(`a0 = "x"\n${doubled('', '').replaceAll(/= (a\d+)/g, '= $1 + $1')}\na60`);
  expect(stringValue(strings.node, strings.scope)).toBeUndefined();
  const lists = last(`a0 = [1]\n${doubled('', '').replaceAll(/= (a\d+)/g, '= [*$1, *$1]')}\na60`);
  expect(JSON.stringify(readValue(lists.node, lists.scope)).length).toBeLessThan(10_000_000);
});

test('hostile nesting is bounded', () => {
  for (const text of ['('.repeat(20_000), '['.repeat(20_000), `${'"a"+'.repeat(5_000)}"a"`, 'f("'.repeat(5_000)]) {
    const module = moduleOf(`x = ${text}`);
    for (const node of namedChildren(module.root)) readValue(node, { module });
    expect(module.text.length).toBeGreaterThan(5_000);
  }
});
