/** Roads of Django, which keeps a state of its models beside the database. */
import { inDeploys } from '../../src/operations/facts/deploys.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Constraint, Index } from '../../src/operations/column.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, type Context } from '../../src/rule.ts';
import { dropOutsideState } from '../../src/writers/django-drop.ts';
import { isSqlConstant } from '../../src/writers/django-field.ts';
import { longestIndexName } from '../../src/writers/django-words.ts';
import { dropForgotten } from '../../src/writers/drop-column.ts';
import { dropHolders } from '../../src/writers/drop-holders.ts';
import { noDuplicates } from '../../src/writers/build-index.ts';
import { madeUpName } from '../../src/writers/identifier.ts';
import { emptyColumn, type Step } from '../../src/writers/step.ts';
import { programOf } from '../../src/writers/program-default.ts';
import { led, migrationFence, outsideFence, paragraphs, phaseFence, phaseFences } from './fence.ts';

/** True for a migration that Django runs. */
export function isDjango({ framework }: Migration): boolean {
  return framework === 'django';
}

/** A default that the database keeps. https://docs.djangoproject.com/en/stable/releases/5.0/#database-computed-default-values */
export function keepDefault({ table, column }: OperationOf<'addColumn'>, { migration }: Context): string {
  const why =
    'Django itself drops it at once: `default=` is for Python alone. Since 5.0 `db_default=` stays in the database; before, SQL keeps it there, and the model gets its field all the same';
  const value = column.default && isSqlConstant(column.default) ? column.default : undefined;
  if (!value || !column.type || migration.database === 'unknown') return `${why}.`;
  const kept: Step = { kind: 'addColumn', table, column: { ...column, default: value, constraints: [] } };
  return `${why}:\n\n${migrationFence(migration, [kept])}`;
}

/**
 * A unique column whose values the program makes. AddField calls its default once, for all rows:
 * https://docs.djangoproject.com/en/stable/howto/writing-migrations/#migrations-that-add-unique-fields
 */
export function addUniqueField({ table, column }: OperationOf<'addColumn'>, { migration }: Context): string {
  const { name, type } = column;
  const { database } = migration;
  const field = code(name);
  const steps = `Four phases, because the default of ${field} is called once for all the rows that exist, and the release that still runs writes none.`;
  if (!type || database === 'unknown') return steps;
  const by = programOf(migration.framework, column.default);
  const optional = { name, type, nullable: true, constraints: [] };
  const first: Step[] = [
    emptyColumn(table, column),
    ...(by === undefined ? [] : [{ kind: 'fillNewRows' as const, table, column: optional, by }]),
  ];
  const begin = migrationFence(migration, first) || migrationFence(migration, first.slice(0, 1));
  return paragraphs(
    steps,
    `Phase 1: ${field} without \`unique\`, and without a default as it is added; the default comes after that, for the model alone. So old rows stay NULL, which tells them apart, and new rows get a value of their own:`,
    begin,
    `Phase 2, when phase 1 runs everywhere, as rows of the old release have none: a value for every row where ${field} is NULL, in batches that commit.`,
    ...fillOwn(table, name, by, type.name, migration),
    `Phase 3, after another run of phase 2, when no row is NULL and no value is there twice: a constraint, which \`Meta.constraints\` of the model gets as well.`,
    requireUnique(table, name, migration),
    `Phase 4, alone: \`null=False\`, once ${code(`SELECT COUNT(*) FROM ${table} WHERE ${name} IS NULL`)} is 0. Rows that are NULL then would all get one value from Django.`,
  );
}

/** The author's own function, called for each row, where the database has not the same one. MySQL has none that replication repeats: https://dev.mysql.com/doc/refman/8.4/en/replication-sbr-rbr.html */
function fillOwn(table: string, column: string, by: string | undefined, type: string, migration: Migration): string[] {
  const isRandom = by === undefined || by === 'uuid.uuid4';
  const isUuid = migration.database === 'postgres' && type === 'uuid' && isRandom;
  if (!isUuid && by === undefined) return [];
  const own = isUuid || by === undefined ? {} : { by };
  const fence = migrationFence(migration, [{ kind: 'fillColumn', table, column, value: 'gen_random_uuid()', ...own }]);
  return fence === '' ? [] : [fence];
}

/** Django drops a unique constraint by its name, so that an index alone would not do. */
function requireUnique(table: string, column: string, migration: Migration): string {
  const name = madeUpName(table, column, 'key');
  const plain: Constraint = { kind: 'unique', name, columns: [column] };
  if (migration.database !== 'postgres')
    return phaseFence(migration, {
      steps: [{ kind: 'addConstraint', table, constraint: plain }],
      allow: noDuplicates,
    });
  const index = { name, columns: [column], unique: true };
  const build = outsideFence(migration, { kind: 'createIndex', table, index, concurrently: true });
  const constraint: Constraint = { ...plain, usingIndex: name };
  return `${build}\n\nThen:\n\n${migrationFence(migration, [{ kind: 'addConstraint', table, constraint }])}`;
}

/** True for an index that Django has named: a field asks for it, and no operation that builds it concurrently can name it. */
export function isOfField({ name }: Index): boolean {
  return name !== undefined && name.length > longestIndexName;
}

/** The index of a field, which is built with the field, as one of the model. */
export function fieldIndexApart(table: string, { columns, method }: Index, migration: Migration): string {
  const whole = madeUpName(table, ...columns, 'idx');
  const name = whole.length <= longestIndexName ? whole : madeUpName(...columns, 'idx').slice(0, longestIndexName);
  const index: Index = { name, columns, unique: false, ...(method !== undefined && { method }) };
  return led(
    'The field builds it, as a relation or by `db_index=True`. Give the field `db_index=False`, and `Meta.indexes` of the model this index, which is built apart:',
    outsideFence(migration, { kind: 'createIndex', table, index, concurrently: true }),
  );
}

/** First the model without the column, then the database. */
export function forgetThenDrop({ table, column }: OperationOf<'dropColumn'>, { migration, schema }: Context): string {
  const was = findColumn(schema, table, column);
  // Where it is not known, only the state can be told; that it is nullable by then is asked for.
  const known = was ?? { name: column, nullable: true, constraints: [] };
  const forget = migrationFence(migration, [{ kind: 'forgetColumn', table, column, was: known }]);
  const drop = dropOutsideState(migration, table, column, was);
  const held = schema.tables.get(table);
  const holders = held ? dropHolders(migration.database, table, column, held, was) : [];
  return paragraphs(
    `${inDeploys('dropped')}: first a release whose model no longer has ${code(column)} (make it nullable before, or give it a default, if it is required); when that runs everywhere, this migration.`,
    led('With the release whose model no longer has the field:', forget),
    led(
      'When that runs everywhere:',
      drop ? phaseFences(migration, [...holders, dropForgotten(migration, table, column, was, drop)]) : '',
    ),
  );
}
