/** Columns and constraints of Kysely's schema builder as SQL. */
import type { Database } from '../../operations/migration.ts';
import { literalSql, nameIn, quoted, quotedList, quotedTable, sqlIn } from '../syntax/generated-sql.ts';
import { callValue } from '../syntax/script-call.ts';
import type { Machine } from '../syntax/script-machine.ts';
import { chainAt, findText, itemsOf, type Root, type Step, type Value } from '../syntax/script-value.ts';

/** What stands between the parentheses of CREATE TABLE. */
export function tableLines(steps: readonly Step[], machine: Machine): string[] {
  return steps.flatMap((step) => {
    const line = step.name === 'addColumn' ? columnSql(step, machine) : constraintSql(step, machine);
    return line === undefined ? [] : [line];
  });
}

/** The statements that a chain on `alterTable` amounts to, one for each of its calls. */
export function alterationsOf(table: string, steps: readonly Step[], machine: Machine): string[] {
  const { database } = machine;
  const to = quotedTable(table, database);
  const guard = (name: string, word: string): string => (steps.some((step) => step.name === name) ? word : '');
  return steps.flatMap((step, index) => {
    const [first, second] = step.arguments ?? [];
    const add = constraintSql(step, machine);
    if (add !== undefined) return [`ALTER TABLE ${to} ADD ${add}${actionsSql(steps.slice(index + 1))}`];
    switch (step.name) {
      case 'addColumn':
        return [`ALTER TABLE ${to} ADD ${database === 'sqlserver' ? '' : 'COLUMN '}${columnSql(step, machine)}`];
      case 'modifyColumn':
        return [`ALTER TABLE ${to} MODIFY COLUMN ${columnSql(step, machine)}`];
      case 'dropColumn':
        return [`ALTER TABLE ${to} DROP COLUMN ${quoted(nameIn(first), database)}`];
      case 'renameColumn':
        return [
          `ALTER TABLE ${to} RENAME COLUMN ${quoted(nameIn(first), database)} TO ${quoted(nameIn(second), database)}`,
        ];
      case 'renameTo':
        return [`ALTER TABLE ${to} RENAME TO ${quoted(nameIn(first), database)}`];
      case 'setSchema':
        return [`ALTER TABLE ${to} SET SCHEMA ${quoted(nameIn(first), database)}`];
      case 'dropConstraint':
        return [
          `ALTER TABLE ${to} DROP CONSTRAINT ${guard('ifExists', 'IF EXISTS ')}${quoted(nameIn(first), database)}${guard('cascade', ' CASCADE')}`,
        ];
      case 'renameConstraint':
        return [
          `ALTER TABLE ${to} RENAME CONSTRAINT ${quoted(nameIn(first), database)} TO ${quoted(nameIn(second), database)}`,
        ];
      case 'dropIndex':
        return [`ALTER TABLE ${to} DROP INDEX ${quoted(nameIn(first), database)}`];
      case 'alterColumn':
        return modifiers(second, machine).map((each) => alterationSql(to, nameIn(first), each, database));
      case 'addIndex':
        return [`ALTER TABLE ${to} ADD ${indexLine(steps.slice(index), database)}`];
      default:
        return [];
    }
  });
}

/** The calls of a chain on `alterTable` that are not known here. */
export function unknownAlterations(steps: readonly Step[]): Step[] {
  return steps.filter((step) => step.arguments && !alterations.has(step.name));
}

const alterations = new Set(
  (
    'addColumn modifyColumn dropColumn renameColumn renameTo setSchema dropConstraint renameConstraint alterColumn addIndex ' +
    'dropIndex addPrimaryKeyConstraint addUniqueConstraint addCheckConstraint addForeignKeyConstraint ' +
    // They belong to the call before them.
    'ifExists ifNotExists cascade restrict onDelete onUpdate deferrable initiallyDeferred modifyEnd column columns unique using'
  ).split(' '),
);

/** What stands behind a foreign key: `.onDelete(…).onUpdate(…).deferrable()`. */
function actionsSql(steps: readonly Step[]): string {
  const end = steps.findIndex(({ name }) => !(name in actions));
  return steps
    .slice(0, end === -1 ? undefined : end)
    .map(({ name, arguments: values = [] }) => ` ${actions[name]}${values[0] ? ` ${nameIn(values[0])}` : ''}`)
    .join('');
}

const actions: Record<string, string> = {
  onDelete: 'ON DELETE',
  onUpdate: 'ON UPDATE',
  deferrable: 'DEFERRABLE',
  initiallyDeferred: 'INITIALLY DEFERRED',
};

/** `addIndex(name).column(…).unique()` of MySQL. */
function indexLine([first, ...others]: readonly Step[], database: Database): string {
  const next = others.findIndex((step) => /^(add|drop|rename|alter|modify)/.test(step.name));
  const own = next === -1 ? others : others.slice(0, next);
  const columns = own
    .filter((step) => step.name.startsWith('column'))
    .flatMap((step) => itemsOf(step.arguments?.[0]).map(nameIn));
  const unique = own.some((step) => step.name === 'unique') ? 'UNIQUE ' : '';
  return `${unique}INDEX ${quoted(nameIn(first?.arguments?.[0]), database)} (${quotedList(columns, database)})`;
}

function alterationSql(to: string, column: string, { name, arguments: values = [] }: Step, database: Database): string {
  const change = `ALTER TABLE ${to} ALTER COLUMN ${quoted(column, database)}`;
  if (name === 'setDataType') return `${change} TYPE ${typeIn(values[0])}`;
  if (name === 'setDefault') return `${change} SET DEFAULT ${expressionIn(values[0], database)}`;
  if (name === 'dropDefault') return `${change} DROP DEFAULT`;
  return `${change} ${name === 'setNotNull' ? 'SET' : 'DROP'} NOT NULL`;
}

function columnSql({ arguments: values = [] }: Step, machine: Machine): string {
  const { database } = machine;
  const [name, type, build] = values;
  const steps = modifiers(build, machine);
  const parts = [quoted(nameIn(name), database), typeIn(type)];
  for (const { name: modifier, arguments: given = [] } of steps) {
    const [first] = given;
    if (modifier === 'notNull') parts.push('NOT NULL');
    else if (modifier === 'unique') parts.push('UNIQUE');
    else if (modifier === 'primaryKey') parts.push('PRIMARY KEY');
    else if (modifier === 'unsigned') parts.push('UNSIGNED');
    else if (modifier === 'identity')
      parts.push(database === 'sqlserver' ? 'IDENTITY' : 'GENERATED BY DEFAULT AS IDENTITY');
    else if (modifier === 'generatedAlwaysAsIdentity') parts.push('GENERATED ALWAYS AS IDENTITY');
    else if (modifier === 'generatedByDefaultAsIdentity') parts.push('GENERATED BY DEFAULT AS IDENTITY');
    else if (modifier === 'generatedAlwaysAs') parts.push(`GENERATED ALWAYS AS (${sqlIn(first)}) STORED`);
    else if (modifier === 'defaultTo') parts.push(`DEFAULT ${expressionIn(first, database)}`);
    else if (modifier === 'check') parts.push(`CHECK (${sqlIn(first)})`);
    else if (modifier === 'references') parts.push(referenceSql(nameIn(first), database));
    else if (modifier === 'onDelete' || modifier === 'onUpdate') parts.push(`${actions[modifier]} ${nameIn(first)}`);
  }
  if (steps.some((step) => step.name === 'autoIncrement'))
    parts.push(database === 'sqlite' ? 'AUTOINCREMENT' : 'AUTO_INCREMENT');
  const end = steps.find((step) => step.name === 'modifyEnd')?.arguments?.[0];
  if (end) parts.push(sqlIn(end));
  return parts.join(' ');
}

function constraintSql({ name, arguments: values = [] }: Step, machine: Machine): string | undefined {
  const { database } = machine;
  const [named, second, third, fourth] = values;
  const list = (value: Value | undefined): string => quotedList(itemsOf(value).map(nameIn), database);
  const constraint = `CONSTRAINT ${quoted(nameIn(named), database)}`;
  if (name === 'addPrimaryKeyConstraint') return `${constraint} PRIMARY KEY (${list(second)})`;
  if (name === 'addUniqueConstraint') return `${constraint} UNIQUE (${list(second)})`;
  if (name === 'addCheckConstraint') return `${constraint} CHECK (${sqlIn(second)})`;
  if (name !== 'addForeignKeyConstraint') return undefined;
  return `${constraint} FOREIGN KEY (${list(second)}) REFERENCES ${quotedTable(nameIn(third), database)} (${list(fourth)})${actionsSql(modifiers(values[4], machine))}`;
}

/** The calls that a callback such as `(column) => column.notNull()` makes. */
function modifiers(build: Value | undefined, machine: Machine): Step[] {
  if (build?.kind !== 'function') return [];
  const root: Root = { name: 'column', handle: true };
  const result = callValue(build, [chainAt(build, root, machine.when)], build, machine);
  return result.kind === 'chain' && result.root === root ? result.steps : [];
}

function referenceSql(reference: string, database: Database): string {
  const dot = reference.lastIndexOf('.');
  return `REFERENCES ${quotedTable(reference.slice(0, Math.max(0, dot)), database)} (${quoted(reference.slice(dot + 1), database)})`;
}

/** A type is a text, or sql`…`. */
function typeIn(value: Value | undefined): string {
  return findText(value) ?? sqlIn(value);
}

function expressionIn(value: Value | undefined, database: Database): string {
  return value && value.kind !== 'chain' ? literalSql(value, database) : sqlIn(value);
}
