/** What a column of MySQL or MariaDB loses when it is said anew without it. */
import type { Severity } from '../../src/operations/configuration.ts';
import type { Column } from '../../src/operations/column.ts';
import { restatingCalls } from '../../src/operations/facts/restating-calls.ts';
import { isSameType } from '../../src/operations/facts/type-change.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { isInPrimaryKey } from '../../src/operations/schema.ts';
import { code, type Context } from '../../src/rule.ts';
import { printable } from '../../src/writers/identifier.ts';

type AlterColumn = OperationOf<'alterColumn'>;

/** One attribute that is lost: as it would be said, as the operation would hold it, and what comes of it. */
export type LostAttribute = {
  attribute: string;
  said: Partial<AlterColumn>;
  effect: string;
  severity: Severity;
  /** What to do where it is meant to go. */
  meant?: string;
};

/** The attributes that the column had and the statement, which says it anew, leaves out though it is about something else. */
export function lostOf(operation: AlterColumn, old: Column, context: Context): LostAttribute[] {
  return [
    lostNumbers(operation, old, context),
    lostExpression(operation, old, context),
    lostRequirement(operation, old, context),
    lostDefault(operation, old),
    lostStamp(operation, old),
    lostCharacters(operation, old, context),
  ].filter((each) => each !== undefined);
}

function lostNumbers(operation: AlterColumn, old: Column, context: Context): LostAttribute | undefined {
  if (old.generated !== 'identity' || operation.generated !== 'none' || isGivenUp(operation, context)) return undefined;
  return {
    attribute: 'AUTO_INCREMENT',
    said: { generated: 'identity' },
    effect: `Every INSERT into ${code(operation.table)} that leaves the number to the database fails from then on (1364).`,
    severity: 'error',
    meant: `Where the program is to number the rows: first a release that does, in every INSERT; when that runs everywhere, this.`,
  };
}

function lostRequirement(
  operation: AlterColumn,
  old: Column,
  { schema, migration }: Context,
): LostAttribute | undefined {
  const { table, column, nullable, saidNullable } = operation;
  if (old.nullable || nullable !== true || saidNullable || !changesMore(operation, old)) return undefined;
  if (isInPrimaryKey(schema, table, column)) return undefined;
  const isFilled = old.default !== undefined && operation.default === 'none';
  return {
    attribute: 'NOT NULL',
    said: { nullable: false },
    effect: isFilled
      ? 'A row that is written without it holds NULL from then on, where it held the default before, and code that reads it is not made for that.'
      : 'It takes NULL from then on, also where a bug leaves it out that failed before, and code that reads it is not made for that.',
    severity: 'warning',
    meant: `Where it may be NULL from now on: write out ${restatingCalls[migration.framework]?.saysNull ?? '`NULL`'}.`,
  };
}

/** That it goes with NOT NULL is said there. */
function lostDefault(operation: AlterColumn, old: Column): LostAttribute | undefined {
  if (!old.default || operation.default !== 'none' || operation.saidNullable) return undefined;
  if (operation.generated === 'identity') return undefined;
  if (!changesMore(operation, old) && !lostStamp(operation, old)) return undefined;
  const value = printable(old.default.sql);
  const lost = { attribute: `DEFAULT ${value}`, said: { default: old.default } };
  const meant =
    'If it is meant to go, let it go in a statement of its own (`ALTER COLUMN … DROP DEFAULT`), once no release that runs relies on it.';
  if (operation.nullable === false)
    return {
      ...lost,
      effect: 'An INSERT that leaves the column out fails from then on in strict mode (1364).',
      severity: 'warning',
      meant,
    };
  const effect = old.nullable
    ? `A row that is written without it holds NULL from then on, and not ${code(value)}.`
    : '';
  return { ...lost, effect, severity: 'notice', meant };
}

/** A TIMESTAMP that says nothing may be given it by the server: https://dev.mysql.com/doc/refman/8.4/en/timestamp-initialization.html. */
function lostStamp(operation: AlterColumn, old: Column): LostAttribute | undefined {
  if (old.onUpdate === undefined || operation.onUpdate !== undefined) return undefined;
  if (operation.type?.name === 'timestamp' && operation.default === 'none') return undefined;
  return {
    attribute: `ON UPDATE ${printable(old.onUpdate)}`,
    said: { onUpdate: withPrecision(old.onUpdate, operation) },
    effect:
      'An UPDATE that leaves it out no longer moves it: caches and exports that look for what has changed since pass over the row without a word.',
    // Nothing but MODIFY takes it away.
    severity: changesMore(operation, old) ? 'warning' : 'notice',
    meant: 'Where the program sets it in every UPDATE by now, this is as meant.',
  };
}

/** Both have to have the same number of digits: https://dev.mysql.com/doc/refman/8.4/en/timestamp-initialization.html. */
function withPrecision(onUpdate: string, { type }: AlterColumn): string {
  const digits = type?.arguments[0];
  return digits === undefined ? onUpdate : `CURRENT_TIMESTAMP(${digits})`;
}

/** A stored column can become a plain one, which is the only way to it: https://dev.mysql.com/doc/refman/8.4/en/alter-table-generated-columns.html. */
function lostExpression(operation: AlterColumn, old: Column, { migration }: Context): LostAttribute | undefined {
  const isVirtual = old.generated === 'virtual';
  if (!(isVirtual || old.generated === 'stored') || operation.generated !== 'none') return undefined;
  if (isVirtual ? migration.database !== 'mysql' : !changesMore(operation, old)) return undefined;
  return {
    attribute: 'GENERATED ALWAYS AS (…)',
    said: { generated: old.generated },
    effect: isVirtual
      ? 'Of a virtual column MySQL refuses that (3106), and the statement fails.'
      : 'Its values stay as they are and are no longer worked out: rows that are written from then on hold none.',
    severity: isVirtual ? 'error' : 'warning',
  };
}

/** Where the collation of the table is known, the change is told as one of the type. */
function lostCharacters({ table, type }: AlterColumn, old: Column, { schema }: Context): LostAttribute | undefined {
  const collation = old.type?.collation;
  if (collation === undefined || !type || type.collation !== undefined || !isText.test(type.name)) return undefined;
  if (schema.tables.get(table)?.collation !== undefined) return undefined;
  return {
    attribute: `${collation.includes('_') ? 'COLLATE' : 'CHARACTER SET'} ${collation}`,
    said: { type: { ...type, collation } },
    effect:
      'It gets the one of the table: where that is another, the table is copied while writes wait, values that it cannot hold fail the statement, and joins with columns that keep the old one no longer use their index.',
    severity: 'notice',
  };
}

const isText = /char|text|enum|^set$/;

/** A statement that changes nothing else is about the attribute itself. */
function changesMore({ type, nullable, position, comment }: AlterColumn, old: Column): boolean {
  const isOther = type !== undefined && old.type !== undefined && !isSameType(type, old.type);
  const isRequired = nullable === false && old.nullable;
  return isOther || position !== undefined || isRequired || (comment !== undefined && comment !== old.comment);
}

/** The key that it numbers goes, or another column numbers from now on, or it is said right further on. */
function isGivenUp({ table, column }: AlterColumn, { before, after }: Context): boolean {
  return [...before, ...after].some((each) => {
    if (!('table' in each) || each.table !== table) return false;
    if (each.kind === 'dropConstraint') return each.constraint === 'primaryKey';
    if (each.kind === 'dropColumn') return each.column === column;
    if (each.kind === 'alterColumn') return each.generated === 'identity';
    return each.kind === 'dropTable' || (each.kind === 'addColumn' && each.column.generated === 'identity');
  });
}
