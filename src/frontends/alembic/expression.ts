/** SQL expressions that SQLAlchemy makes from Python: text, functions, literals, comparisons of columns. */
import type { Expression } from '../../operations/column.ts';
import { isComputed } from '../syntax/embedded-sql.ts';
import { textOf } from '../syntax/tree.ts';
import { readCondition, readDefault, unreadable, type Condition } from './read-fragment.ts';
import type { Run } from './run.ts';
import { computedName, pathOf, type CallValue, type Value } from './value.ts';

/** What `server_default=` makes the database fill in: a string is a literal, everything else is SQL. */
export function defaultOf(run: Run, value: Value): Expression | undefined {
  if (value.kind === 'none') return undefined;
  const sql = value.kind === 'string' ? quoted(value.text) : sqlOf(run, value);
  if (sql === undefined || isComputed(sql)) return unreadable(source(run, value));
  return readDefault(sql, run.database);
}

/** A condition, as a string or an expression. */
export function conditionOf(run: Run, value: Value | undefined): Condition {
  const sql = value && (value.kind === 'string' ? value.text : sqlOf(run, value));
  const isKnown = sql !== undefined && !isComputed(sql);
  return isKnown ? readCondition(sql, run.database) : { expression: unreadable(source(run, value)) };
}

/** The SQL of an expression; undefined where it is not known here. */
export function sqlOf(run: Run, value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return quoted(value.text);
    case 'number':
      return String(value.value);
    case 'boolean':
      return truth(run, value.value);
    case 'none':
      return 'NULL';
    case 'call':
      return sqlOfCall(run, value);
  }
  return undefined;
}

function sqlOfCall(run: Run, call: CallValue): string | undefined {
  const [first] = call.positional;
  const path = pathOf(call.callee);
  if (path === undefined)
    return call.callee.kind === 'attribute' ? sqlOfMethod(run, call.callee.object, call.callee.name) : undefined;
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (/\bfunc\.[\w.]+$/.test(path)) return functionCall(run, name, call);
  switch (name) {
    case 'text':
    case 'literal_column':
    case 'DDL':
      return first?.kind === 'string' ? first.text : undefined;
    case 'column':
      return first?.kind === 'string' ? first.text : undefined;
    case 'literal':
      return first && sqlOf(run, first);
    case 'true':
    case 'false':
      return truth(run, name === 'true');
    case 'null':
      return 'NULL';
    case 'inline_literal':
      return first && sqlOf(run, first);
    case 'desc':
    case 'asc':
      return first && sqlOf(run, first);
  }
  return undefined;
}

/** `sa.text('x').desc()`, `column('x').label('y')`: the same expression, for what rules ask of it. */
function sqlOfMethod(run: Run, object: Value, name: string): string | undefined {
  return ['desc', 'asc', 'nulls_last', 'nulls_first', 'self_group', 'label', 'bindparams', 'op'].includes(name)
    ? sqlOf(run, object)
    : undefined;
}

/** https://docs.sqlalchemy.org/en/20/core/functions.html: a few are keywords, on SQLite and SQL Server also now(). */
function functionCall(run: Run, name: string, call: CallValue): string | undefined {
  const parts = call.positional.map((value) => sqlOf(run, value));
  if (parts.includes(undefined)) return undefined;
  if (/^current_(timestamp|date|time|user)$|^localtime(stamp)?$/.test(name) && parts.length === 0)
    return name.toUpperCase();
  if (name === 'now' && (run.database === 'sqlite' || run.database === 'sqlserver')) return 'CURRENT_TIMESTAMP';
  return `${name}(${parts.join(', ')})`;
}

function truth(run: Run, holds: boolean): string {
  if (run.database === 'sqlite' || run.database === 'sqlserver') return holds ? '1' : '0';
  return String(holds);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function source(run: Run, value: Value | undefined): string {
  return value?.kind === 'call' ? textOf(value.node, run.migration.text).slice(0, 200) : computedName;
}
