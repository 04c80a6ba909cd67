/** The function that Knex gives a table to, as the statements that come of it: new columns, changed ones, then the rest in order. */
import type { Database } from '../../operations/migration.ts';
import type { Effect } from '../sql/effect.ts';
import { nameIn, quotedTable, sqlIn, sayNote } from '../syntax/generated-sql.ts';
import { callValue } from '../syntax/script-call.ts';
import { restate, say, sayGenerated, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import { perform } from '../syntax/script-perform.ts';
import {
  chainAt,
  fieldOf,
  findText,
  isConstantValue,
  itemsOf,
  type Chain,
  type FunctionValue,
  type Root,
  type Step,
  type Value,
} from '../syntax/script-value.ts';
import { columnsOfStep, constraintsOfColumn, enumTypeSql, isColumnStep, type BuiltColumn } from './column.ts';
import { checkSql } from './check.ts';
import { foreignKeyOf, indexName, indexSql, primarySql, uniqueSql } from './constraint.ts';
import type { SchemaCall } from './parse.ts';

/** Follows the function, and writes down what Knex sends. */
export function buildTable(
  table: string,
  callback: FunctionValue,
  how: 'create' | 'createIfNotExists' | 'alter',
  { machine, at, when }: SchemaCall,
): void {
  const chains: Chain[] = [];
  const root: Root = { name: 'table', handle: true, perform: (chain) => chains.push(chain) };
  const handle = chainAt(callback, root, machine.when);
  perform(callValue({ ...callback, self: handle }, [handle], callback, machine), machine);
  const columns = chains.flatMap((chain) => columnsOfChain(chain, machine));
  const added = columns.filter((column) => !column.alters);
  const { database } = machine;
  for (const chain of chains) sayEnumType(chain, machine);
  const name = quotedTable(table, database);
  if (how !== 'alter') {
    const guard = how === 'createIfNotExists' ? 'IF NOT EXISTS ' : '';
    const keys = chains
      .filter((chain) => chain.steps[0]?.name === 'primary')
      .map((chain) => primarySql(chain.steps[0], database));
    const lines = [...onePerName(added).map((column) => column.sql), ...keys];
    sayGenerated(
      machine,
      `CREATE TABLE ${guard}${name} (${lines.join(', ')})${optionsSql(chains, database)}`,
      at,
      when,
    );
    for (const { sql, chain } of added)
      if (!lines.includes(sql))
        sayOpaque(machine, chain, chain.when, 'another branch of a condition defines the same column');
  } else {
    const add = database === 'sqlserver' ? 'ADD' : 'ADD COLUMN';
    for (const { sql, chain } of added) sayGenerated(machine, `ALTER TABLE ${name} ${add} ${sql}`, chain, chain.when);
    for (const { sql, chain, alters } of columns)
      if (alters) restateColumn(`ALTER TABLE ${name} ADD ${sql}`, chain, machine);
  }
  for (const chain of chains) sayRest(table, chain, how === 'alter', machine);
}

/** What MySQL is told of the table itself; Knex tells no other database. */
function optionsSql(chains: readonly Chain[], database: Database): string {
  if (!isMysql(database)) return '';
  const words: Record<string, string> = { charset: 'DEFAULT CHARACTER SET', collate: 'COLLATE', engine: 'ENGINE =' };
  return chains
    .flatMap(({ steps: [first] }) => {
      const [word, value] = [words[first?.name ?? ''], findText(first?.arguments?.[0])];
      return word !== undefined && value !== undefined && /^\w+$/.test(value) ? [` ${word} ${value}`] : [];
    })
    .join('');
}

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}

/** `alter({ alterNullable: false, alterType: false })` leaves a part as it is on PostgreSQL. */
function restateColumn(addition: string, chain: Chain, machine: Machine): void {
  const from = machine.operations.length;
  const saysNull = chain.steps.some(({ name }) => name === 'nullable');
  restate(machine, addition, chain, { saysNull, isWhole: true });
  const options = chain.steps.find((step) => step.name === 'alter')?.arguments?.[0];
  if (machine.database !== 'postgres' || !options) return;
  for (const operation of machine.operations.slice(from)) {
    if (operation.kind !== 'alterColumn') continue;
    if (isConstantValue(fieldOf(options, 'alterNullable'), false)) delete operation.nullable;
    if (isConstantValue(fieldOf(options, 'alterType'), false)) delete operation.type;
  }
}

function columnsOfChain(chain: Chain, machine: Machine): BuiltColumn[] {
  const [first] = chain.steps;
  return first && isColumnStep(first) ? columnsOfStep(first, chain, machine.database) : [];
}

function sayEnumType(chain: Chain, machine: Machine): void {
  const sql = chain.steps[0] && enumTypeSql(chain.steps[0], machine.database);
  if (sql !== undefined) sayGenerated(machine, sql, chain, chain.when);
}

/** A column that both branches of a condition define is made once. */
function onePerName(columns: readonly BuiltColumn[]): BuiltColumn[] {
  const names = columns.map(({ chain }) => findText(chain.steps[0]?.arguments?.[0]));
  return columns.filter((_, index) => names[index] === undefined || names.indexOf(names[index]) === index);
}

/** What is sent apart from the columns: indexes, constraints, and everything that is dropped or renamed. */
function sayRest(table: string, chain: Chain, isAlter: boolean, machine: Machine): void {
  const [first] = chain.steps;
  if (!first) return;
  if (isColumnStep(first)) {
    for (const sql of constraintsOfColumn(table, first, chain, machine.database))
      sayGenerated(machine, sql, chain, chain.when);
    const note = chain.steps.findLast((step) => step.name === 'comment')?.arguments?.[0];
    sayNote(machine, chain, table, nameIn(first.arguments?.[0]), note);
    if (chain.steps.some((step) => step.name === 'references'))
      sayForeignKey(table, [nameIn(first.arguments?.[0])], undefined, chain, machine);
    return;
  }
  if (first.name === 'foreign') {
    const [columns, named] = first.arguments ?? [];
    return sayForeignKey(table, namesIn(columns), findText(named), chain, machine);
  }
  if (first.name === 'primary' && !isAlter) return;
  // MySQL has them in CREATE TABLE; where a table is altered, and on other databases, Knex sends nothing.
  if (['charset', 'collate', 'engine'].includes(first.name)) return;
  if (first.name === 'comment' && !isAlter && isMysql(machine.database)) return;
  const sql = sqlOfCommand(table, first, machine);
  if (sql !== undefined) return sayGenerated(machine, sql, chain, chain.when);
  const effects = effectsOfCommand(table, first, machine);
  if (effects) say(machine, chain, chain.when, effects);
  else sayOpaque(machine, chain, chain.when, `\`table.${first.name}\` is not known here`);
}

function sayForeignKey(
  table: string,
  columns: string[],
  named: string | undefined,
  chain: Chain,
  machine: Machine,
): void {
  say(machine, chain, chain.when, [
    { kind: 'addConstraint', table, constraint: foreignKeyOf(table, columns, named, chain) },
  ]);
}

function sqlOfCommand(table: string, step: Step, { database }: Machine): string | undefined {
  const { name, arguments: values = [] } = step;
  const columns = namesIn(values[0]);
  const to = quotedTable(table, database);
  switch (name) {
    case 'primary':
      return `ALTER TABLE ${to} ADD ${primarySql(step, database)}`;
    case 'unique':
      return uniqueSql(table, columns, values[1], database);
    case 'index':
      return indexSql(table, values, database);
    case 'check':
      return `ALTER TABLE ${to} ADD ${checkSql(sqlIn(values[0]), values[2], database)}`;
    default:
      return undefined;
  }
}

function effectsOfCommand(
  table: string,
  { name, arguments: values = [] }: Step,
  { database }: Machine,
): Effect[] | undefined {
  const columns = namesIn(values[0]);
  const named = findText(values[1]);
  switch (name) {
    case 'dropColumn':
    case 'dropColumns':
      return values.flatMap(namesIn).map((column) => ({ kind: 'dropColumn', table, column }));
    case 'dropTimestamps':
      return timestampNames(values).map((column) => ({ kind: 'dropColumn', table, column }));
    case 'renameColumn':
      return [{ kind: 'renameColumn', table, column: nameIn(values[0]), to: nameIn(values[1]) }];
    case 'setNullable':
      return [{ kind: 'alterColumn', table, column: nameIn(values[0]), nullable: true }];
    case 'dropNullable':
      return [{ kind: 'alterColumn', table, column: nameIn(values[0]), nullable: false }];
    case 'dropForeign':
      return [
        {
          kind: 'dropConstraint',
          table,
          name: named ?? indexName(table, columns, 'foreign'),
          constraint: 'foreignKey',
        },
      ];
    case 'dropUnique':
    case 'dropUniqueIfExists': {
      const unique = named ?? indexName(table, columns, 'unique');
      if (database === 'sqlite') return [{ kind: 'dropIndex', table, name: unique }];
      return [{ kind: 'dropConstraint', table, name: unique, constraint: 'unique' }];
    }
    case 'dropPrimary':
      return [
        { kind: 'dropConstraint', table, name: findText(values[0]) ?? `${table}_pkey`, constraint: 'primaryKey' },
      ];
    case 'dropIndex':
      return [{ kind: 'dropIndex', table, name: named ?? indexName(table, columns, 'index') }];
    case 'dropChecks':
      return values
        .flatMap(namesIn)
        .map((check) => ({ kind: 'dropConstraint', table, name: check, constraint: 'check' }));
    case 'comment':
    case 'inherits':
      return [{ kind: 'alterTable', table, change: name }];
    case 'queryContext':
      return [];
    default:
      return undefined;
  }
}

function timestampNames([options]: readonly Value[]): string[] {
  const isCamel =
    options?.kind === 'record'
      ? fieldOf(options, 'useCamelCase') !== undefined
      : options?.kind === 'constant' && options.value === true;
  return isCamel ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at'];
}

function namesIn(value: Value | undefined): string[] {
  return itemsOf(value).map(nameIn);
}
