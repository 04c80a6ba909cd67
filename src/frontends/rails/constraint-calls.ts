/** Calls about constraints: foreign keys, checks, unique and exclusion constraints. */
import type { Constraint, ReferenceAction } from '../../operations/column.ts';
import { checkFrom, isValidated } from './columns.ts';
import { headOf, type Followed } from './follow-call.ts';
import { hashedName } from './hashed-name.ts';
import { singularOf } from './inflection.ts';
import { emit, emitOpaque, type Run } from './run.ts';
import { tableFrom, type SchemaCall } from './schema-calls.ts';
import { computedName, entryOf, findText, isTrue, nameFrom, namesFrom, type Value } from './value.ts';

/** The calls by their names. */
export const constraintCalls: Readonly<Record<string, SchemaCall>> = {
  add_foreign_key: addForeignKey,
  remove_foreign_key: removeForeignKey,
  validate_foreign_key: (run, call) => validate(run, call, foreignKeyName(call)),
  add_check_constraint: (run, call) => add(run, call, namedCheck(run, call)),
  remove_check_constraint: (run, call) => remove(run, call, 'check', checkName(call)),
  validate_check_constraint: (run, call) => validate(run, call, constraintName(call)),
  validate_constraint: (run, call) => validate(run, call, nameFrom(call.values[1])),
  add_unique_constraint: (run, call) => add(run, call, uniqueFrom(call)),
  remove_unique_constraint: (run, call) => remove(run, call, 'unique', uniqueFrom(call).name),
  add_exclusion_constraint: (run, call) => add(run, call, exclusionFrom(call)),
  remove_exclusion_constraint: (run, call) => remove(run, call, 'exclusion', exclusionFrom(call).name),
};

function add(run: Run, call: Followed, constraint: Constraint): void {
  const ifNotExists = isTrue(entryOf(call.options, 'if_not_exists')) ? { ifNotExists: true as const } : {};
  emit(run, { kind: 'addConstraint', table: tableFrom(call.values[0]), constraint, ...ifNotExists }, headOf(call));
}

function remove(
  run: Run,
  call: Followed,
  constraint: Constraint['kind'],
  name: string | undefined,
  was?: Constraint,
): void {
  const named = name === undefined ? {} : { name };
  const ifExists = isTrue(entryOf(call.options, 'if_exists')) ? { ifExists: true as const } : {};
  emit(
    run,
    {
      kind: 'dropConstraint',
      table: tableFrom(call.values[0]),
      ...named,
      constraint,
      ...ifExists,
      ...(was && { was }),
    },
    headOf(call),
  );
}

function validate(run: Run, call: Followed, name: string | undefined): void {
  if (name === undefined) emitOpaque(run, 'which constraint it validates is not said', headOf(call));
  else emit(run, { kind: 'validateConstraint', table: tableFrom(call.values[0]), name }, headOf(call));
}

function addForeignKey(run: Run, call: Followed): void {
  const table = tableFrom(call.values[0]);
  add(run, call, foreignKeyFrom(run, table, tableFrom(call.values[1]), call.options));
}

const actions: Record<string, ReferenceAction | undefined> = {
  nullify: 'set null',
  cascade: 'cascade',
  restrict: 'restrict',
};

/** The foreign key that Rails makes from one table to another; the column is the singular of the other table. */
export function foreignKeyFrom(
  run: Run,
  table: string,
  to: string,
  options: Value | undefined,
  column = columnTo(to),
): Constraint {
  const given = entryOf(options, 'column');
  const columns = given ? namesFrom(given) : [column];
  const [onDelete, onUpdate] = ['on_delete', 'on_update'].map(
    (name) => actions[findText(entryOf(options, name)) ?? ''],
  );
  const deferral = findText(entryOf(options, 'deferrable'));
  const named = entryOf(options, 'name');
  return {
    name: named ? nameFrom(named) : hashedName('fk_rails', `${table}_${columns.join('_')}_fk`),
    kind: 'foreignKey',
    columns,
    references: {
      table: to,
      columns: namesFrom(entryOf(options, 'primary_key')),
      ...(onDelete ? { onDelete } : {}),
      ...(onUpdate ? { onUpdate } : {}),
    },
    validated: isValidated(run, options),
    ...(deferral === 'deferred' ? { initiallyDeferred: true as const } : {}),
    ...(deferral === 'immediate' ? { deferrable: true as const } : {}),
  };
}

function columnTo(table: string): string {
  return `${singularOf(table.slice(table.lastIndexOf('.') + 1))}_id`;
}

/** The foreign key by name, by column, or by the table that it leads to. */
function foreignKeyName(call: Followed): string | undefined {
  const table = tableFrom(call.values[0]);
  const named = entryOf(call.options, 'name');
  if (named) return nameFrom(named);
  const column = entryOf(call.options, 'column');
  const to = call.values[1] ?? entryOf(call.options, 'to_table');
  if (!column && !to) return undefined;
  const columns = column ? namesFrom(column) : [columnTo(tableFrom(to))];
  return hashedName('fk_rails', `${table}_${columns.join('_')}_fk`);
}

/** A name given by hand is not in the migration that drops the key by its column. */
function removeForeignKey(run: Run, call: Followed): void {
  const table = tableFrom(call.values[0]);
  const to = call.values[1] ?? entryOf(call.options, 'to_table');
  remove(run, call, 'foreignKey', foreignKeyName(call), to && foreignKeyFrom(run, table, tableFrom(to), call.options));
}

function namedCheck(run: Run, call: Followed): Constraint {
  const check = checkFrom(run, call.values[1], call.options);
  const name = checkName(call);
  return name === undefined ? check : { ...check, name };
}

function checkName(call: Followed): string | undefined {
  const named = entryOf(call.options, 'name');
  if (named) return nameFrom(named);
  const expression = findText(call.values[1]);
  return expression === undefined
    ? undefined
    : hashedName('chk_rails', `${tableFrom(call.values[0])}_${expression}_chk`);
}

function constraintName(call: Followed): string | undefined {
  const named = entryOf(call.options, 'name') ?? call.values[1];
  return named && nameFrom(named);
}

function uniqueFrom(call: Followed): Constraint {
  const named = entryOf(call.options, 'name');
  const usingIndex = findText(entryOf(call.options, 'using_index'));
  const columns = namesFrom(call.values[1]);
  const identifier = `${tableFrom(call.values[0])}_${usingIndex ?? columns.join('_and_')}_unique`;
  const name = named ? nameFrom(named) : hashedName('uniq_rails', identifier);
  return { name, kind: 'unique', columns, ...(usingIndex === undefined ? {} : { usingIndex }) };
}

function exclusionFrom(call: Followed): Constraint {
  const named = entryOf(call.options, 'name');
  const expression = findText(call.values[1]) ?? computedName;
  const name = named ? nameFrom(named) : hashedName('excl_rails', `${tableFrom(call.values[0])}_${expression}_excl`);
  const columns = expression.split(',').map((each) => each.trim().split(/\s/)[0] ?? each);
  return { name, kind: 'exclusion', columns };
}
