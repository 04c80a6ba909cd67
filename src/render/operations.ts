/** What migrations do, line by line, for those whose framework writes the SQL: a reviewer signs for what is sent, and a program shows little of it. */
import type { Column, Constraint, DataType } from '../operations/column.ts';
import { neverInProduction } from '../operations/operation-questions.ts';
import type { Operation } from '../operations/operation.ts';
import type { MigrationReport } from '../report.ts';
import { code, someOf } from '../rule.ts';
import { markdown } from './escape.ts';
import { lineLink, type View } from './view.ts';
import { count, distinctNames, groupBy } from './words.ts';

/** More than these are read in the file. */
const mostLines = 40;

/** The operations of migrations that are programs, folded; empty where all are SQL. */
export function renderOperations(migrations: readonly MigrationReport[], view: View): string {
  const programs = migrations.filter(({ path, status }) => !path.endsWith('.sql') && status !== 'deleted');
  const names = distinctNames(programs.map(({ path }) => path));
  const told = programs.map((migration, at) => ({
    name: names[at] ?? migration.path,
    lines: linesOf(migration, view),
  }));
  const all = stepsOf(told.flatMap(({ lines }) => lines));
  if (all === 0) return '';
  let room = mostLines;
  let left = all;
  const parts = told.flatMap(({ name, lines }) => {
    const shown = lines.slice(0, room);
    room -= shown.length;
    left -= stepsOf(shown);
    const title = told.length > 1 && shown.length > 0 ? [code(name), ''] : [];
    const texts = shown.map(({ text, times }) => (times > 1 ? `${text}, ${times} times` : text));
    return shown.length > 0 ? [[...title, ...texts].join('\n')] : [];
  });
  if (left > 0) parts.push(`and ${left} more`);
  return `<details><summary>What is sent: ${count(all, 'step')}</summary>\n\n${parts.join('\n\n')}\n\n</details>`;
}

type Line = { text: string; times: number };

function stepsOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { times }) => sum + times, 0);
}

/** What a loop sends at one place again and again is one line. */
function linesOf({ operations }: MigrationReport, view: View): Line[] {
  const texts = operations.flatMap((operation) => {
    const words = wordsOf(operation);
    const { path, startLine, endLine } = operation.span;
    const only = operation.conditional ? ', under a condition' : '';
    return words === undefined
      ? []
      : [`- ${lineLink(view, path, startLine, endLine)}: ${markdown(`${words}${only}`).replaceAll('\n', ' ')}`];
  });
  return groupBy(texts, (text) => text).map(([text, alike]) => ({ text, times: alike.length }));
}

/** One operation as a line; undefined for what changes neither schema nor rows nor locks. */
function wordsOf(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'createTable':
      return `create table ${code(operation.table)} (${listed(operation.columns.map(({ name }) => name))})`;
    case 'addColumn':
      return `add column ${columnWords(operation.table, operation.column)}`;
    case 'alterColumn':
      return `alter ${code(`${operation.table}.${operation.column}`)}: ${alterationWords(operation)}`;
    case 'dropColumn':
      return `drop column ${code(`${operation.table}.${operation.column}`)}`;
    case 'renameColumn':
      return `rename column ${code(`${operation.table}.${operation.column}`)} to ${code(operation.to)}`;
    case 'addConstraint':
      return `add to ${code(operation.table)} ${constraintWords(operation.constraint)}`;
    case 'dropConstraint':
      return `drop ${operation.constraint === undefined ? 'constraint' : kinds[operation.constraint]} ${operation.name === undefined ? '' : `${code(operation.name)} `}of ${code(operation.table)}`;
    case 'validateConstraint':
      return `validate ${code(operation.name)} of ${code(operation.table)}`;
    case 'createIndex': {
      const { table, index, concurrently } = operation;
      const name = index.name === undefined ? '' : ` ${code(index.name)}`;
      const where = index.where ? `, where ${code(index.where.sql, 120)}` : '';
      return `build ${index.unique ? 'unique ' : ''}index${name} on ${code(table)} (${listed(index.columns)})${where}${concurrently ? ', concurrently' : ''}`;
    }
    case 'dropIndex':
      return `drop index ${code(operation.name)}${operation.concurrently ? ', concurrently' : ''}`;
    case 'renameTable':
      return `rename table ${code(operation.table)} to ${code(operation.to)}`;
    case 'insertRows':
      return `insert rows into ${code(operation.table)}`;
    case 'updateRows':
      return `update ${operation.filtered ? 'some' : 'all'} rows of ${code(operation.table)}${operation.columns.length > 0 ? ` (${listed(operation.columns)})` : ''}${operation.looped ? ', in a loop' : ''}`;
    case 'deleteRows':
      return `delete ${operation.filtered ? 'some' : 'all'} rows of ${code(operation.table)}${operation.looped ? ', in a loop' : ''}`;
    case 'runCode':
      return operation.does === 'application code'
        ? `use ${code(operation.code, 120)} of the application`
        : `run ${code(operation.code, 120)}`;
    case 'opaque':
      return `not read: ${operation.reason}`;
    case 'begin':
    case 'commit':
    case 'rollback':
      return operation.kind.toUpperCase();
    case 'noEffect':
      return operation.what === neverInProduction ? 'nothing: this never runs in production' : undefined;
  }
  return otherWords(operation);
}

type Other = Exclude<Operation, { kind: 'noEffect' }>;

/** What is seldom met, by the words of its kind and its names. */
function otherWords(operation: Other): string {
  const kind = operation.kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const object = 'object' in operation ? kind.replace('object', operation.object) : kind;
  const names = ['table', 'type', 'schema', 'database', 'name', 'value', 'setting'] as const;
  const values: Readonly<Record<string, unknown>> = { ...operation };
  const named = names.flatMap((each) => {
    const value = values[each];
    return typeof value === 'string' ? [code(value)] : [];
  });
  return [object, ...named].join(' ');
}

function columnWords(table: string, column: Column): string {
  const { name, type, nullable, default: value, generated, constraints } = column;
  const parts = [
    `${code(`${table}.${name}`)}${type ? ` ${code(typeWords(type))}` : ''}`,
    nullable ? '' : 'not null',
    value ? `default ${code(value.sql, 80)}` : '',
    generated ?? '',
    ...constraints.map(constraintWords),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function alterationWords({
  type,
  nullable,
  default: value,
  generated,
}: Extract<Operation, { kind: 'alterColumn' }>): string {
  const parts = [
    type ? `type ${code(typeWords(type))}` : '',
    nullable === undefined ? '' : nullable ? 'nullable' : 'not null',
    value === undefined ? '' : value === 'none' ? 'no default' : `default ${code(value.sql, 80)}`,
    generated ?? '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : 'an attribute';
}

const kinds: Record<Constraint['kind'], string> = {
  primaryKey: 'primary key',
  unique: 'unique constraint',
  foreignKey: 'foreign key',
  check: 'check',
  notNull: 'not null',
  exclusion: 'exclusion constraint',
};

function constraintWords(constraint: Constraint): string {
  const name = constraint.name === undefined ? '' : ` ${code(constraint.name)}`;
  const checked = 'validated' in constraint && !constraint.validated ? ', not validated' : '';
  if (constraint.kind === 'check') return `check${name} (${code(constraint.expression.sql, 120)})${checked}`;
  if ('usingIndex' in constraint && constraint.usingIndex !== undefined)
    return `${kinds[constraint.kind]}${name} using index ${code(constraint.usingIndex)}`;
  const to = constraint.kind === 'foreignKey' ? ` to ${code(constraint.references.table)}` : '';
  return `${kinds[constraint.kind]}${name} (${listed(constraint.columns)})${to}${checked}`;
}

function typeWords({ name, arguments: given, array, unsigned }: DataType): string {
  return `${name}${given.length > 0 ? `(${given.join(', ')})` : ''}${array ? '[]' : ''}${unsigned ? ' unsigned' : ''}`;
}

/** A line is read at a glance. */
const mostColumns = 12;

function listed(columns: readonly string[]): string {
  return someOf(
    columns.map((column) => code(column, 80)),
    mostColumns,
  );
}
