/** A backfill in the words of Rails: a model of the migration's own, and a loop that commits each batch. */
import { columnSql, printable } from './identifier.ts';
import { hasPlainNames, maybeQualified } from './plain-names.ts';
import { rubyString } from './ruby.ts';
import { batchSize, differsSql, furtherConditions } from './sql.ts';
import type { Step } from './step.ts';
import type { Target } from './writer.ts';

type Backfill = {
  /** The class, for the top of the migration: the application's own model changes later. */
  model: string[];
  loop: string[];
};

/** The parts of it; undefined where a name is none that Ruby can say. */
export function railsBackfill(step: Extract<Step, { kind: 'fillColumn' }>, { database }: Target): Backfill | undefined {
  if (!hasPlainNames(step, maybeQualified)) return undefined;
  const { table, column, value, from, holding, differs } = step;
  const name = className(table);
  const filled = from === undefined ? '' : `.where.not(${from}: nil)`;
  // Loading a row by the name in it would look for its class.
  const alone = holding === undefined ? [] : ['  self.inheritance_column = nil'];
  const unfilled = differs
    ? rubyString(differsSql(step, database))
    : `${column}: ${holding === undefined ? 'nil' : rubyString(holding)}`;
  const further = furtherConditions(step, database).map((condition) => `.where(${rubyString(condition)})`);
  const set = `${columnSql(column, database)} = ${printable(value)}`;
  return {
    model: [`class ${name} < ActiveRecord::Base`, `  self.table_name = ${rubyString(table)}`, ...alone, 'end'],
    loop: [
      `${name}.unscoped.where(${unfilled})${filled}${further.join('')}.in_batches(of: ${batchSize}) do |batch|`,
      `  batch.update_all(${rubyString(set)})`,
      'end',
    ],
  };
}

/** The class of Rails that most likely stands for the table; a schema before it is a part of the name. */
export function className(table: string): string {
  return table
    .split(/[._]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
    .replace(/ies$/, 'y')
    .replace(/(?<=ss|x|ch|sh)es$/, '')
    .replace(/(?<![su])s$/, '');
}
