/** A column that is dropped and made again under its name: what its author most likely meant is a change in place. */
import type { Column } from '../../src/operations/column.ts';
import { isSameType } from '../../src/operations/facts/type-change.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { typeSql } from '../../src/writers/identifier.ts';
import type { Step } from '../../src/writers/step.ts';
import { migrationFence, paragraphs } from './fence.ts';

type DropColumn = OperationOf<'dropColumn'>;

/** What is told where the same migration adds the column again, with another type, default or NOT NULL; undefined where nothing of that is known. */
export function findMadeAgain({ table, column }: DropColumn, context: Context): Found | undefined {
  const { migration, schema, after } = context;
  const added = after.find((each) => each.kind === 'addColumn' && each.table === table && each.column.name === column);
  const was = findColumn(schema, table, column);
  if (!was || added?.kind !== 'addColumn' || was.generated || added.column.generated) return undefined;
  const steps = changesBetween(was, added.column, table);
  if (steps.length === 0) return undefined;
  const type = added.column.type ? ` as ${code(typeSql(added.column.type))}` : '';
  const written = migrationFence(migration, steps);
  return {
    message: `${code(`${table}.${column}`)} is dropped and made again${type}, empty: its values go, no rollback brings them back, and the release that still runs fails where it names the column in between.${migration.framework === 'typeorm' ? ' TypeORM generates this for a column whose type or length changes.' : ''}`,
    advice: paragraphs(
      `Change the column in place, which keeps its values${written === '' ? '.' : ':'}`,
      written,
      'Where the values are worth nothing: two deploys, one whose code no longer names the column, then this.',
    ),
  };
}

/** From one column to the other, with the values that it has. */
function changesBetween(was: Column, next: Column, table: string): Step[] {
  const { name: column } = was;
  const steps: Step[] = [];
  if (was.type && next.type && !isSameType(was.type, next.type))
    steps.push({ kind: 'alterColumn', table, column, type: next.type, was });
  if (was.default?.sql !== next.default?.sql)
    steps.push({ kind: 'alterColumn', table, column, default: next.default ?? 'none', was });
  if (was.nullable !== next.nullable) steps.push({ kind: 'alterColumn', table, column, nullable: next.nullable, was });
  return steps;
}
