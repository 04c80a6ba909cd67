/** Migrations in the words of node-pg-migrate: https://salsita.github.io/node-pg-migrate/migrations/ */
import type { Column, Expression } from '../operations/column.ts';
import { printable, typeSql } from './identifier.ts';
import { argumentsOf, listOf, literalOf, objectOf } from './javascript-values.ts';
import { javascriptWriter } from './javascript.ts';
import { quoted, quotedSql, type Words } from './lines.ts';
import { hasPlainNames } from './plain-names.ts';
import { hasWholeColumns, type Step } from './step.ts';
import { textOf } from './values.ts';

export const nodePgMigrateWriter = javascriptWriter({
  up: (loops) => `exports.up = ${loops ? 'async ' : ''}(pgm) => {`,
  down: 'exports.down = (pgm) => {',
  end: '};',
  outside: { file: [], direction: ['pgm.noTransaction();'] },
  asModule: (isTyped) => ({
    up: () => `export async function up${isTyped ? '(pgm: MigrationBuilder): Promise<void>' : '(pgm)'} {`,
    down: `export async function down${isTyped ? '(pgm: MigrationBuilder): Promise<void>' : '(pgm)'} {`,
    end: '}',
  }),
  send: (sql) => [`pgm.sql(${quotedSql(sql)});`],
  changedBy: (sql) => `(await pgm.db.query(${quoted(sql)})).rowCount`,
  words: (step, target) => (hasPlainNames(step) ? words(step, target) : undefined),
});

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** NOT VALID and constraints on an index have no words. */
const words: Words = (step) => {
  switch (step.kind) {
    case 'addColumn': {
      const column = columnOf(step.column);
      return column === undefined ? undefined : call('addColumn', step.table, `{ ${step.column.name}: ${column} }`);
    }
    case 'dropColumn':
      return step.cascade || step.ifExists ? undefined : call('dropColumn', step.table, quoted(step.column));
    case 'renameColumn':
      return call('renameColumn', step.table, quoted(step.column), quoted(step.to));
    case 'renameTable':
      return call('renameTable', step.table, quoted(step.to));
    case 'dropTable':
      return step.cascade || step.ifExists ? undefined : call('dropTable', step.table);
    case 'alterColumn':
      return alterColumn(step);
    case 'createIndex': {
      if (step.onlyParent || step.ifNotExists || !hasWholeColumns(step.index)) return undefined;
      return call('createIndex', step.table, listOf(step.index.columns), indexOptions(step));
    }
    case 'dropIndex': {
      if (step.table === undefined || step.ifExists) return undefined;
      const options = objectOf({ name: quoted(step.name), concurrently: step.concurrently ? 'true' : undefined });
      return call('dropIndex', step.table, listOf(step.was?.columns ?? []), options);
    }
    case 'dropConstraint':
      if (step.name === undefined || step.cascade || step.ifExists) return undefined;
      return call('dropConstraint', step.table, quoted(step.name));
    default:
      return undefined;
  }
};

function call(method: string, table: string, ...values: string[]): string[] {
  return [`pgm.${method}(${argumentsOf(quoted(table), ...values)});`];
}

function columnOf({ type, nullable, generated, default: value, comment }: Column): string | undefined {
  const note = comment === undefined ? undefined : textOf(comment);
  if (!type || generated || type.collation !== undefined || (comment !== undefined && note === undefined))
    return undefined;
  return objectOf({
    type: quoted(typeSql(type)),
    notNull: nullable ? undefined : 'true',
    default: value && defaultOf(value),
    comment: note === undefined ? undefined : quoted(note),
  });
}

function defaultOf(value: Expression): string {
  return literalOf(value) ?? `pgm.func(${quoted(printable(value.sql))})`;
}

function alterColumn(step: Of<'alterColumn'>): string[] | undefined {
  const { type, using, nullable, default: value, generated } = step;
  // It sends a statement for each.
  if (generated || [type, nullable, value].filter((each) => each !== undefined).length !== 1) return undefined;
  const options = objectOf({
    type: type && quoted(typeSql(type)),
    using: using && quoted(printable(using.sql)),
    notNull: nullable === undefined ? undefined : String(!nullable),
    default: value === 'none' ? 'null' : value && defaultOf(value),
  });
  return call('alterColumn', step.table, quoted(step.column), options);
}

function indexOptions({ index, concurrently }: Of<'createIndex'>): string {
  return objectOf({
    name: index.name === undefined ? undefined : quoted(index.name),
    unique: index.unique ? 'true' : undefined,
    method: index.method === undefined || index.method === 'btree' ? undefined : quoted(index.method),
    where: index.where && quoted(printable(index.where.sql)),
    concurrently: concurrently ? 'true' : undefined,
  });
}
