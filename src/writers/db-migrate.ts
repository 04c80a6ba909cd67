/** Migrations in the words of db-migrate: https://db-migrate.readthedocs.io/en/latest/API/SQL/ */
import type { Column } from '../operations/column.ts';
import { listOf, literalOf, objectOf } from './javascript-values.ts';
import { javascriptWriter } from './javascript.ts';
import { quoted, quotedSql, type Words } from './lines.ts';
import { hasPlainNames } from './plain-names.ts';
import { hasMore, hasWholeColumns } from './step.ts';

export const dbMigrateWriter = javascriptWriter({
  up: () => 'exports.up = async function (db) {',
  down: 'exports.down = async function (db) {',
  end: '};',
  outside: { file: [], direction: [] },
  send: (sql) => [`await db.runSql(${quotedSql(sql)});`],
  words: (step, target) => (hasPlainNames(step) ? words(step, target) : undefined),
});

const words: Words = (step, { database }) => {
  switch (step.kind) {
    case 'addColumn': {
      const column = columnOf(step.column);
      return column === undefined ? undefined : call('addColumn', step.table, quoted(step.column.name), column);
    }
    case 'dropColumn':
      return step.cascade || step.ifExists ? undefined : call('removeColumn', step.table, quoted(step.column));
    case 'renameColumn':
      // On MySQL it says the whole column anew.
      if (database !== 'postgres') return undefined;
      return call('renameColumn', step.table, quoted(step.column), quoted(step.to));
    case 'renameTable':
      return call('renameTable', step.table, quoted(step.to));
    case 'dropTable':
      return step.cascade || step.ifExists ? undefined : call('dropTable', step.table);
    case 'createIndex': {
      const { index, concurrently, onlyParent } = step;
      if (concurrently || onlyParent || index.where || index.method !== undefined || index.name === undefined)
        return undefined;
      if (!hasWholeColumns(index)) return undefined;
      const unique = index.unique ? ['true'] : [];
      return call('addIndex', step.table, quoted(index.name), listOf(index.columns), ...unique);
    }
    case 'dropIndex':
      if (step.concurrently || step.ifExists || step.table === undefined) return undefined;
      return call('removeIndex', step.table, quoted(step.name));
    default:
      return undefined;
  }
};

function call(method: string, table: string, ...values: string[]): string[] {
  return [`await db.${method}(${[quoted(table), ...values].join(', ')});`];
}

/** Types that every driver writes under the same name; the others are left to SQL. */
const types: Record<string, string | undefined> = {
  integer: 'int',
  int: 'int',
  bigint: 'bigint',
  smallint: 'smallint',
  text: 'text',
  boolean: 'boolean',
  date: 'date',
};

/** The driver quotes every text, so that a default is a number or a text here. */
function columnOf({ type, nullable, generated, default: value, ...more }: Column): string | undefined {
  if (!type || generated || type.array || type.unsigned || type.collation !== undefined || hasMore(more))
    return undefined;
  const isText = /^(character varying|varchar)$/.test(type.name);
  const [length] = type.arguments;
  const word = isText ? 'string' : type.arguments.length === 0 ? types[type.name] : undefined;
  const given = value && literalOf(value);
  if (word === undefined || (isText && length === undefined) || (value && given === undefined)) return undefined;
  return objectOf({
    type: quoted(word),
    length: isText ? String(length) : undefined,
    notNull: nullable ? undefined : 'true',
    defaultValue: given,
  });
}
