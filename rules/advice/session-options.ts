/** Options of a session of SQL Server with which it refuses to touch filtered indexes, indexed views and indexes on computed columns. */
import type { Operation } from '../../src/operations/operation.ts';
import { applyOperation, forkSchema, type Schema } from '../../src/operations/schema.ts';
import { viewsOf } from '../../src/operations/view-queries.ts';
import { code, type Context, type Found } from '../../src/rule.ts';

/**
 * The first statement that fails (1934) under the option that is set here, or code that is stored with it:
 * https://learn.microsoft.com/sql/t-sql/statements/create-index-transact-sql#required-set-options-for-filtered-indexes
 */
export function findRefusedOption(setting: string, value: string, context: Context): Found | undefined {
  if (refused[setting] !== value) return undefined;
  const schema = forkSchema(context.schema);
  for (const each of context.after) {
    if (each.kind === 'setSession' && each.setting === setting) return undefined;
    const why = whyRefused(each, schema);
    if (why !== undefined && !each.conditional) return refuse(setting, value, each, why);
    if (isStored(setting, each)) return findStored(setting, each, schema);
    applyOperation(schema, each, true);
  }
  return undefined;
}

/** What each of them must not be. ARITHABORT comes with ANSI_WARNINGS. */
const refused: Partial<Record<string, string>> = {
  quoted_identifier: 'off',
  ansi_nulls: 'off',
  ansi_padding: 'off',
  ansi_warnings: 'off',
  concat_null_yields_null: 'off',
  numeric_roundabort: 'on',
};

/** Completes "since …". */
function whyRefused(each: Operation, schema: Schema): string | undefined {
  switch (each.kind) {
    case 'createIndex':
      return whyIndex(each.table, each.index, schema);
    case 'insertRows':
    case 'updateRows':
    case 'deleteRows':
      return whyTable(each.table, schema);
  }
  return undefined;
}

type IndexLike = { name?: string; columns: readonly string[]; where?: unknown };

function whyIndex(table: string, index: IndexLike, schema: Schema, of = ''): string | undefined {
  const name = `${index.name === undefined ? 'the index' : code(index.name)}${of}`;
  if (index.where) return `${name} is filtered`;
  if (schema.views.has(table)) return `${name} is that of a view`;
  const computed = index.columns.find((column) => schema.tables.get(table)?.columns.get(column)?.reads);
  return computed === undefined ? undefined : `${name} holds the computed column ${code(computed)}`;
}

function whyTable(table: string, schema: Schema): string | undefined {
  const known = schema.tables.get(table);
  for (const index of known?.indexes ?? []) {
    const why = whyIndex(table, index, schema, ` of ${code(table)}`);
    if (why !== undefined) return why;
  }
  const view = viewsOf(schema.views, table).find(([name]) => (schema.tables.get(name)?.indexes.length ?? 0) > 0);
  return view && `${code(view[0])}, an indexed view, reads ${code(table)}`;
}

function refuse(setting: string, value: string, each: Operation, why: string): Found {
  const option = setting.toUpperCase();
  return {
    severity: 'error',
    message: `With ${code(`${option} ${value.toUpperCase()}`)} statement ${each.statement} fails (1934), since ${why}.`,
    advice: `${code(`SET ${option} ${value === 'off' ? 'ON' : 'OFF'};`)} before it, in a batch of its own; or leave this ${code(`SET`)} out: drivers of today have it right by themselves. \`sqlcmd\` needs \`-I\` for QUOTED_IDENTIFIER.`,
  };
}

/** https://learn.microsoft.com/sql/t-sql/statements/set-quoted-identifier-transact-sql#remarks: as it was when the code was made. */
function isStored(setting: string, each: Operation): each is Operation & { kind: 'createObject' | 'alterObject' } {
  if (setting !== 'quoted_identifier' && setting !== 'ansi_nulls') return false;
  if (each.kind !== 'createObject' && each.kind !== 'alterObject') return false;
  return each.object === 'procedure' || each.object === 'trigger';
}

function findStored(
  setting: string,
  { object, name, table }: { object: string; name: string; table?: string },
  schema: Schema,
): Found | undefined {
  const tables = table === undefined ? [...schema.tables.keys()] : [table];
  const why = tables.map((each) => whyTable(each, schema)).find(Boolean);
  if (why === undefined) return undefined;
  return {
    concerns: 'code',
    message: `The ${object} ${code(name)} keeps ${code(`${setting.toUpperCase()} OFF`)}, whatever its callers have set: where it writes such a table, it fails each time (1934), since ${why}.`,
    advice: `${code(`SET ${setting.toUpperCase()} ON;`)} before it, in a batch of its own, and double quotes for names alone.`,
  };
}
