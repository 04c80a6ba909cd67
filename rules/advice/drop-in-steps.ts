/** The way out of a column: the code first, then the database. */
import { inDeploys } from '../../src/operations/facts/deploys.ts';
import type { Column } from '../../src/operations/column.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, type Context } from '../../src/rule.ts';
import { className } from '../../src/writers/rails-backfill.ts';
import { rubyString } from '../../src/writers/ruby.ts';
import { dropForgotten, isRequired, leaveOut } from '../../src/writers/drop-column.ts';
import { dropHolders } from '../../src/writers/drop-holders.ts';
import { fence } from '../../src/writers/fence.ts';
import { led, paragraphs, phaseFence, phaseFences } from './fence.ts';

type DropColumn = OperationOf<'dropColumn'>;

/** Both deploys, and the migrations of each; how Rails forgets a column is said in the words of its model. */
export function dropInSteps(operation: DropColumn, context: Context): string {
  const { table, column } = operation;
  const { migration, schema } = context;
  const was = findColumn(schema, table, column);
  const held = schema.tables.get(table);
  const holders = held ? dropHolders(migration.database, table, column, held, was) : [];
  const forget = `${inDeploys('dropped')}. First a release whose model no longer knows ${code(column)}${ignoreIn(operation, context)}`;
  return paragraphs(
    forget,
    makeOptional(operation, was, context),
    led(
      'When that runs everywhere, in a later pull request:',
      phaseFences(migration, [...holders, dropForgotten(migration, table, column, was ?? operation.was)]),
    ),
  );
}

/** https://api.rubyonrails.org/classes/ActiveRecord/ModelSchema/ClassMethods.html#method-i-ignored_columns-3D */
function ignoreIn({ table, column }: DropColumn, { migration }: Context): string {
  if (migration.framework !== 'rails' || !/^[a-z]\w*$/.test(table)) return '.';
  const model = [
    `class ${className(table)} < ApplicationRecord`,
    `  self.ignored_columns += [${rubyString(column)}]`,
    'end',
  ];
  return `:\n\n${fence('ruby', model)}`;
}

/** Its INSERTs leave the column out. */
function makeOptional({ table, column }: DropColumn, was: Column | undefined, { migration, schema }: Context): string {
  if (was && !isRequired(was)) return '';
  const leave = leaveOut(migration, table, column, was, schema.tables.get(table));
  const optional = leave === undefined ? '' : phaseFence(migration, leave);
  return optional === ''
    ? 'If the column is required, it has to be nullable by then, or have a default.'
    : led('Before it, as that release writes rows without the column:', optional);
}
