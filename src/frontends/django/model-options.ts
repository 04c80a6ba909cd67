/** What `Meta` says of a model's table: options, indexes, constraints. */
import { argumentOf, bare, qualifiedName, readCall, type PythonCall } from '../syntax/python-call.ts';
import type { Scope } from '../syntax/python-module.ts';
import { readValue, stringsOf, type PythonValue } from '../syntax/python-value.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import type { DeclaredConstraint, DeclaredIndex, ModelOptions } from './declared.ts';

/** The options of CreateModel; undefined where they are not a literal. */
export function readOptions(node: SyntaxNode | undefined, scope: Scope): ModelOptions | undefined {
  const options: ModelOptions = {
    managed: true,
    proxy: false,
    uniqueTogether: [],
    indexTogether: [],
    indexes: [],
    constraints: [],
  };
  if (!node) return options;
  const value = readValue(node, scope);
  if (value.kind !== 'dictionary') return undefined;
  for (const [key, given] of value.entries) if (key.kind === 'string') readOption(options, key.value, given, scope);
  return options;
}

/** Groups of fields of unique_together and its kin: one group, or several; undefined where they are not literals. */
export function readGroups(value: PythonValue): string[][] | undefined {
  if (value.kind === 'none') return [];
  // set() is how an empty one is written.
  if (value.kind === 'call') return value.name === 'set' ? groupsOfSet(value.call) : undefined;
  if (value.kind !== 'list') return undefined;
  if (value.items.length === 0) return [];
  const single = stringsOf(value);
  if (single) return [single];
  const groups = value.items.map(stringsOf);
  return groups.every((group) => group !== undefined) ? groups : undefined;
}

/** An index declaration of any of Django's classes; undefined where it is no call. */
export function readIndex(node: SyntaxNode, scope: Scope): DeclaredIndex | undefined {
  const declared = readDeclaration(node, scope);
  if (!declared) return undefined;
  const { type, call } = declared;
  const name = stringAt(call, 'name', scope);
  const fields = fieldsOf(call, scope) ?? [];
  const expressions = call.positional.map((expression) => indexExpression(expression, scope));
  const where = call.keywords.get('condition');
  const method = /^(\w+)Index$/.exec(type)?.[1]?.toLowerCase();
  return {
    ...(name === undefined ? {} : { name }),
    fields: [...fields.map((field) => field.replace(/^-/, '')), ...expressions.map(({ name: written }) => written)],
    ...readBy(expressions),
    ...(method === undefined ? {} : { method }),
    ...(where ? { where: condition(where, scope) } : {}),
    text: textOf(call.node, scope.module.text).replace(/\s+/g, ' '),
    saysMore:
      expressions.length > 0 ||
      fields.some((field) => field.startsWith('-')) ||
      [...call.keywords.keys()].some((keyword) => keyword !== 'fields' && keyword !== 'name'),
  };
}

/** A constraint declaration; undefined where it is no call. */
export function readConstraint(node: SyntaxNode, scope: Scope): DeclaredConstraint | undefined {
  const declared = readDeclaration(node, scope);
  if (!declared) return undefined;
  const { type, call } = declared;
  const name = stringAt(call, 'name', scope);
  const named = name === undefined ? {} : { name };
  if (type === 'CheckConstraint') {
    const check = call.keywords.get('condition') ?? call.keywords.get('check') ?? call.positional[0];
    return check && { ...named, kind: 'check', ...condition(check, scope) };
  }
  if (type === 'ExclusionConstraint') return { ...named, kind: 'exclusion', fields: [] };
  if (type !== 'UniqueConstraint') return { ...named, kind: 'unknown', type };
  const where = call.keywords.get('condition');
  const expressions = call.positional.map((expression) => indexExpression(expression, scope));
  const isIndex =
    expressions.length > 0 ||
    ['condition', 'include', 'opclasses', 'nulls_distinct'].some((keyword) => call.keywords.has(keyword));
  return {
    ...named,
    kind: 'unique',
    fields: [...(fieldsOf(call, scope) ?? []), ...expressions.map(({ name: written }) => written)],
    ...readBy(expressions),
    isIndex,
    ...(where ? { where: condition(where, scope) } : {}),
  };
}

function readOption(options: ModelOptions, key: string, value: PythonValue, scope: Scope): void {
  if (key === 'db_table' && value.kind === 'string') options.table = unquoted(value.value);
  if (key === 'db_table' && value.kind !== 'string') options.table = '_computed_table';
  if (key === 'managed') options.managed = !(value.kind === 'boolean' && !value.value);
  if (key === 'proxy') options.proxy = value.kind === 'boolean' && value.value;
  if (key === 'unique_together') options.uniqueTogether = readGroups(value) ?? [];
  if (key === 'index_together') options.indexTogether = readGroups(value) ?? [];
  if (key === 'order_with_respect_to' && value.kind === 'string') options.orderWithRespectTo = value.value;
  if (value.kind !== 'list') return;
  if (key === 'indexes') options.indexes = value.items.flatMap((item) => readIndex(item.node, scope) ?? []);
  if (key === 'constraints')
    options.constraints = value.items.flatMap((item) => readConstraint(item.node, scope) ?? []);
}

/** A schema is smuggled in as `db_table = '"schema"."table"'`. */
function unquoted(table: string): string {
  return table.replaceAll('"', '');
}

function groupsOfSet(call: PythonCall): string[][] | undefined {
  return call.positional.length === 0 ? [] : undefined;
}

function readDeclaration(node: SyntaxNode, scope: Scope): { type: string; call: PythonCall } | undefined {
  const value = readValue(node, scope);
  const call = value.kind === 'call' ? readCall(value.node, scope.module.text) : undefined;
  const name = call && qualifiedName(call.callee, scope.module);
  return call && name !== undefined ? { type: name.slice(name.lastIndexOf('.') + 1), call } : undefined;
}

function fieldsOf(call: PythonCall, scope: Scope): string[] | undefined {
  const given = call.keywords.get('fields');
  return given && stringsOf(readValue(given, scope));
}

function stringAt(call: PythonCall, keyword: string, scope: Scope): string | undefined {
  const node = argumentOf(call, -1, keyword);
  const value = node && readValue(node, scope);
  return value?.kind === 'string' ? value.value : undefined;
}

/** What stands in an index for an expression, and the fields that it reads. */
type IndexExpression = { name: string; reads: string[] };

/** F("name") is a field; a function of one is its SQL; all else stands as written. */
function indexExpression(node: SyntaxNode, scope: Scope): IndexExpression {
  const known = sqlOfExpression(node, scope);
  if (!known) return { name: `(${textOf(node, scope.module.text).replace(/\s+/g, ' ')})`, reads: [] };
  return known.sql === known.field
    ? { name: known.field, reads: [] }
    : { name: `(${known.sql})`, reads: [known.field] };
}

/** `Lower("name")` → `lower(name)`; the direction and the operator class are left out. */
function sqlOfExpression(node: SyntaxNode, scope: Scope): { sql: string; field: string } | undefined {
  const value = readValue(node, scope);
  if (value.kind === 'string') return { sql: value.value, field: value.value };
  const call = readCall(node, scope.module.text);
  const [first] = call?.positional ?? [];
  const callee = call && bare(call.callee);
  const object = callee?.type === 'attribute' ? childOf(callee, 'object') : undefined;
  const method = callee && childOf(callee, 'attribute');
  if (object && method && ['asc', 'desc'].includes(textOf(method, scope.module.text)))
    return sqlOfExpression(object, scope);
  const type = (call && qualifiedName(call.callee, scope.module)?.split('.').at(-1)) ?? '';
  const inner = first && (plain.has(type) || functions.has(type)) ? sqlOfExpression(first, scope) : undefined;
  if (!inner || plain.has(type)) return inner;
  return { sql: `${type.toLowerCase()}(${inner.sql})`, field: inner.field };
}

const plain: ReadonlySet<string> = new Set(['F', 'OpClass', 'OrderBy', 'IndexExpression']);
const functions: ReadonlySet<string> = new Set(['Lower', 'Upper', 'Length', 'Abs', 'LTrim', 'RTrim', 'Reverse', 'MD5']);

function readBy(expressions: readonly IndexExpression[]): { reads?: string[] } {
  const reads = expressions.flatMap((each) => each.reads);
  return reads.length === 0 ? {} : { reads };
}

/** A Q expression: its text, and the fields that its keywords begin with. */
function condition(node: SyntaxNode, scope: Scope): { text: string; fields: string[] } {
  const fields = new Set<string>();
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const call = next.type === 'call' ? readCall(next, scope.module.text) : undefined;
    for (const keyword of call?.keywords.keys() ?? []) {
      const [field] = keyword.split('__');
      if (field !== undefined && !keyword.startsWith('_')) fields.add(field);
    }
    for (const child of namedChildren(next)) waiting.push(child);
  }
  return { text: textOf(node, scope.module.text).replace(/\s+/g, ' '), fields: [...fields] };
}
