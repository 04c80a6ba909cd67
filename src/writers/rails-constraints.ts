/** Constraints in the words of Rails: foreign keys, checks, and what validates them. */
import type { Database } from '../operations/migration.ts';
import type { Constraint } from '../operations/column.ts';
import { printable } from './identifier.ts';
import type { RailsCall } from './rails-calls.ts';
import { rubyName, rubyOptions, rubyString } from './ruby.ts';
import type { Step } from './step.ts';

type ConstraintStep = Extract<Step, { kind: 'addConstraint' | 'dropConstraint' | 'validateConstraint' }>;

/** The call for a step about a constraint. Unique constraints have words since 7.1 only, and are left to SQL. */
export function railsConstraintCall(step: ConstraintStep, database: Database): RailsCall | undefined {
  const table = rubyName(step.table);
  // SQLite has no words for these; Rails would copy the whole table.
  if (database === 'sqlite') return undefined;
  if (step.kind === 'validateConstraint') {
    if (database !== 'postgres') return undefined;
    return { line: `validate_constraint ${table}, ${rubyString(step.name)}`, reversible: false };
  }
  if (step.kind === 'dropConstraint') return drop(table, step, database);
  const made = madeOf(step.constraint);
  if (!made || step.ifNotExists) return undefined;
  const validate = database === 'postgres' && isUntried(step.constraint) ? 'false' : undefined;
  return { line: `add_${made.noun} ${table}, ${made.rest}${rubyOptions({ validate })}`, reversible: true };
}

/** With what it was Rails can put it back, but not that it was never validated. */
function drop(
  table: string,
  { name, constraint, was, ...how }: Extract<Step, { kind: 'dropConstraint' }>,
  database: Database,
): RailsCall | undefined {
  const noun = constraint && nouns[constraint];
  if (noun === undefined || name === undefined || how.cascade || how.ifExists) return undefined;
  const made = was && madeOf(was);
  const known = made && !(database === 'postgres' && isUntried(was));
  const subject = known ? `, ${made.rest}` : rubyOptions({ name: rubyString(name) });
  return { line: `remove_${noun} ${table}${subject}`, reversible: known === true };
}

const nouns: Partial<Record<Constraint['kind'], string>> = { foreignKey: 'foreign_key', check: 'check_constraint' };

function isUntried(constraint: Constraint): boolean {
  return 'validated' in constraint && !constraint.validated;
}

function madeOf(constraint: Constraint): { noun: string; rest: string } | undefined {
  if (constraint.name === undefined) return undefined;
  if (constraint.kind === 'foreignKey') return foreignKey(constraint, constraint.name);
  if (constraint.kind !== 'check') return undefined;
  const expression = rubyString(printable(constraint.expression.sql));
  return { noun: 'check_constraint', rest: `${expression}${rubyOptions({ name: rubyString(constraint.name) })}` };
}

/** Where it does not say what it points to, that is the `id` of the other table for Rails. */
function foreignKey(
  { columns, references, deferrable, initiallyDeferred }: Extract<Constraint, { kind: 'foreignKey' }>,
  name: string,
): { noun: string; rest: string } | undefined {
  const [column = '', second] = columns;
  const [key = 'id', other] = references.columns;
  const [onDelete, onUpdate] = [references.onDelete, references.onUpdate].map((each) => actions[each ?? 'no action']);
  if (second !== undefined || other !== undefined || onDelete === undefined || onUpdate === undefined) return undefined;
  if (references.matchFull || references.onDeleteColumns) return undefined;
  const options = {
    column: isOwnColumn(column, references.table) ? undefined : rubyName(column),
    primary_key: key === 'id' ? undefined : rubyName(key),
    // What Rails makes of the table and the column where no name is given: `foreign_key_name` of SchemaStatements.
    name: /^fk_rails_[0-9a-f]{10}$/.test(name) ? undefined : rubyString(name),
    on_delete: onDelete === '' ? undefined : onDelete,
    on_update: onUpdate === '' ? undefined : onUpdate,
    deferrable: initiallyDeferred ? ':deferred' : deferrable ? ':immediate' : undefined,
  };
  return { noun: 'foreign_key', rest: `${rubyName(references.table)}${rubyOptions(options)}` };
}

/** True for the column that Rails takes of itself, where the plural of its name is a plain one. */
function isOwnColumn(column: string, table: string): boolean {
  const base = column.replace(/_id$/, '');
  return column !== base && `${base}s` === table && /[bcdfghjklmnpqrtvxz]$/.test(base);
}

/** `foreign_key_action` of Rails knows these; "no action" is what the database does without being told. */
const actions: Record<string, string | undefined> = {
  'no action': '',
  cascade: ':cascade',
  'set null': ':nullify',
  restrict: ':restrict',
};
