/** How many phases does this need? Questions that the change answers, or that are left to people. */
import type { TableSize } from '../operations/configuration.ts';
import type { Column } from '../operations/column.ts';
import { isComputedName, type Name } from '../operations/name.ts';
import { isNullEverywhere } from '../operations/null-everywhere.ts';
import type { Operation, OperationOf } from '../operations/operation.ts';
import { isSchemaOrData } from '../operations/operation-questions.ts';
import { isLongerText } from '../operations/facts/kept-values.ts';
import { isSameType } from '../operations/facts/type-change.ts';
import { isNewTable } from '../operations/schema.ts';
import { findKeyBefore } from '../operations/said-anew.ts';
import { typeBefore } from '../operations/type-before.ts';
import type { StoredName } from '../operations/stored-names.ts';
import { code, someOf } from '../rule.ts';
import type { Answer } from './plan.ts';
import { keysTo, keysToHot } from './roads/created-table.ts';
import { isOfType, losesDefault, type Planned } from './situation.ts';

export type Questioned = {
  planned: readonly Planned[];
  /** Those on tables that were there before. */
  existing: readonly Planned[];
  sizeOf: (table: Name) => TableSize;
  stored: readonly StoredName[];
  /** Classes that get another name where nothing says whether rows name them. */
  renamed: readonly string[];
  /** Those of the longest road that the plan has; 1 where it has none. */
  deploys: number;
};

/** The answers in the order in which they are asked. Where only new tables are touched, one phase is enough and nothing more is asked. */
export function answer(asked: Questioned): Answer[] {
  const first = onlyNewTables(asked);
  if (first.answer === 'yes') return [first];
  return [
    first,
    oldCodeBreaks(asked),
    rowsNeedValue(asked),
    rowsMustObey(asked),
    stopsHalfWay(asked),
    isLarge(asked),
    namesAreStored(asked),
  ];
}

function onlyNewTables({ planned, existing, sizeOf, stored, renamed }: Questioned): Answer {
  const question = 'Only new tables?';
  const [name] = stored;
  const unread = existing.find(({ operation }) => operation.kind === 'opaque');
  const changes = existing.map(({ operation }) => operation).filter(isSchemaOrData);
  const touched = [...tablesOf(changes), ...typesOf(changes)];
  const hot = planned.find(
    ({ operation, schema }) => operation.kind === 'createTable' && keysToHot(operation, { schema, sizeOf }).length > 0,
  );
  if (touched.length === 0 && name) return { question, answer: 'no', because: `rows name ${code(name.before.name)}` };
  if (touched.length === 0 && unread)
    return { question, answer: 'unknown', because: 'not all of it could be read', box: 'read-unread' };
  if (touched.length === 0 && hot?.operation.kind === 'createTable')
    return {
      question,
      answer: 'no',
      because: `${code(hot.operation.table)} locks a large or hot table to point to it`,
    };
  if (touched.length === 0 && renamed.length > 0)
    return { question, answer: 'no', because: `${listed(renamed)} had another name before` };
  if (touched.length === 0) return { question, answer: 'yes', because: oneUnlessHot(planned) };
  return {
    question,
    answer: 'no',
    because: `${listed(touched)} ${touched.length === 1 ? 'was' : 'were'} there before`,
  };
}

/** A foreign key locks the table that it points to. */
function oneUnlessHot(planned: readonly Planned[]): string {
  const one = 'nothing that runs reads or writes them: one phase';
  const pointed = planned.flatMap(({ operation, migration, schema }) =>
    operation.kind === 'createTable' && migration.database === 'postgres'
      ? keysTo(operation, (table) => !isNewTable(schema, table))
      : [],
  );
  const tables = [...new Set(pointed.map(({ references }) => references.table))];
  return tables.length === 0 ? one : `${one}, unless ${listed(tables)}, to which they point, is hot`;
}

function oldCodeBreaks({ existing, stored, deploys }: Questioned): Answer {
  const noticed = existing.filter(({ isIgnored }) => !isIgnored);
  const all = noticed.map(({ operation }) => operation);
  const tables = subjectsOf(noticed.flatMap((each) => (breaks(each, all) ? [each.operation] : [])));
  const breaking = [...new Set([...tables, ...stored.map(({ before }) => before.name)])];
  const question = 'Does the release that runs now break?';
  if (breaking.length > 0)
    return {
      question,
      answer: 'yes',
      because: `${listed(breaking)}: ${deploys > 1 ? deploys : 'two'} deploys${deploys > 1 ? '' : ' at least'}`,
    };
  return { question, answer: 'no', because: 'nothing that it names is dropped, renamed or required' };
}

function breaks(planned: Planned, all: readonly Operation[]): boolean {
  const { operation } = planned;
  if (operation.kind === 'addColumn')
    return isRequired(operation.column) || losesDefault(operation.table, operation.column, all);
  if (operation.kind === 'alterColumn') return operation.nullable === false || changesType(operation, planned);
  return breakingKinds.has(operation.kind);
}

/** A value of a type that comes, or gets another name, is one that it cannot read. */
const breakingKinds = new Set<Operation['kind']>([
  'dropColumn',
  'dropTable',
  'renameColumn',
  'renameTable',
  'dropSchema',
  'addEnumValue',
  'renameEnumValue',
]);

/** A text that gets longer is written and read as before. */
function changesType(operation: OperationOf<'alterColumn'>, { schema, migration }: Planned): boolean {
  const { type } = operation;
  const old = typeBefore(operation, schema, migration);
  if (!type || !old) return type !== undefined;
  return !isSameType(old, type) && !isLongerText(old, type, migration.database);
}

function isRequired({ nullable, default: value, generated }: Column): boolean {
  return !nullable && !value && !generated;
}

function isUnique({ constraints }: Column): boolean {
  return constraints.some(({ kind }) => kind === 'unique');
}

function rowsNeedValue({ existing }: Questioned): Answer {
  const needing = existing
    .map(({ operation }) => operation)
    .filter(
      (each) =>
        each.kind === 'updateRows' ||
        (each.kind === 'addColumn' && (isRequired(each.column) || isUnique(each.column))) ||
        (each.kind === 'alterColumn' && each.nullable === false),
    );
  return needing.length > 0
    ? {
        question: 'Do existing rows need a value?',
        answer: 'yes',
        because: `${listed(subjectsOf(needing))}: filled in the background, after every writer fills it`,
      }
    : { question: 'Do existing rows need a value?', answer: 'no', because: 'no new column asks for one' };
}

function rowsMustObey({ existing }: Questioned): Answer {
  const all = existing.filter((each) => !isSaidAnew(each)).map(({ operation }) => operation);
  const obeyed = all.filter(
    (each) =>
      (each.kind === 'addConstraint' && !isOfEmptyColumn(each, existing)) ||
      (each.kind === 'addColumn' && (isRequired(each.column) || isUnique(each.column))) ||
      (each.kind === 'createIndex' && each.index.unique && !isOfEmptyColumn(each, existing)) ||
      (each.kind === 'alterColumn' && each.nullable === false),
  );
  return obeyed.length > 0
    ? {
        question: 'Is something required of existing rows?',
        answer: 'yes',
        because: `${listed(subjectsOf(obeyed))}: one more phase, after a query has shown that they obey`,
      }
    : {
        question: 'Is something required of existing rows?',
        answer: 'no',
        because: 'no key, check, uniqueness or NOT NULL is added to what is there',
      };
}

/** A foreign key that all rows obeyed before. */
function isSaidAnew({ operation, schema }: Planned): boolean {
  if (operation.kind !== 'addConstraint' || operation.constraint.kind !== 'foreignKey') return false;
  return findKeyBefore(schema, operation.table, operation.constraint) !== undefined;
}

/** NULL points nowhere wrong, and is like no other NULL, but to SQL Server. */
function isOfEmptyColumn(
  operation: OperationOf<'addConstraint' | 'createIndex'>,
  existing: readonly Planned[],
): boolean {
  const isSqlServer = existing.some(({ migration }) => migration.database === 'sqlserver');
  const asked = operation.kind === 'createIndex' ? operation.index : operation.constraint;
  if (!('columns' in asked) || ('definition' in asked && asked.definition !== undefined)) return false;
  const isKey = operation.kind === 'addConstraint' && operation.constraint.kind === 'foreignKey';
  const isUnique = operation.kind === 'createIndex' || operation.constraint.kind === 'unique';
  if (!isKey && (!isUnique || isSqlServer)) return false;
  const all = existing.map((each) => each.operation);
  return isNullEverywhere(operation.table, asked.columns, all);
}

function stopsHalfWay({ planned }: Questioned): Answer {
  const question = 'Can it stop half-way?';
  const [first] = planned;
  const database = first?.migration.database;
  if (database === 'mysql' || database === 'mariadb')
    return {
      question,
      answer: 'yes',
      because: 'each statement that changes the schema commits by itself: one per file',
    };
  const outside = planned.some(
    ({ migration }) => migration.transaction !== 'wrapped' && migration.transaction !== 'one-query',
  );
  if (
    database === undefined ||
    database === 'unknown' ||
    planned.some(({ migration }) => migration.transaction === 'unknown')
  )
    return {
      question,
      answer: 'unknown',
      because: 'whether a transaction holds it together is not known here',
      box: 'takes-back',
    };
  return outside
    ? { question, answer: 'yes', because: 'not all of it runs in a transaction' }
    : { question, answer: 'no', because: 'a transaction holds each file together' };
}

function isLarge({ planned, existing, sizeOf }: Questioned): Answer {
  const question = 'Is a table large or hot?';
  const pointedTo = planned.flatMap(({ operation, schema }) =>
    operation.kind === 'createTable' ? keysToHot(operation, { schema, sizeOf }) : [],
  );
  const own = tablesOf(existing.map(({ operation }) => operation));
  const tables = [...new Set([...own, ...pointedTo.map(({ references }) => references.table)])];
  if (tables.length === 0) return { question, answer: 'no', because: 'none that was there is changed' };
  const large = tables.filter((table) => ['large', 'hot'].includes(sizeOf(table)));
  if (large.length > 0)
    return { question, answer: 'yes', because: `${listed(large)}: backfills and checks in a quiet hour` };
  const unknown = tables.filter((table) => sizeOf(table) === 'unknown');
  return unknown.length > 0
    ? {
        question,
        answer: 'unknown',
        because: `state ${listed(unknown)} under \`tables:\` in \`.github/plimsoll.yml\``,
        box: 'ran-on-copy',
        about: unknown,
      }
    : { question, answer: 'no', because: `${listed(tables)}: configured as small or medium` };
}

/** Rows of one table tell classes apart, or point to several; jobs and caches name classes as well. */
function namesAreStored({ stored, renamed, planned }: Questioned): Answer {
  const question = 'Are names stored in rows?';
  const places = stored.map(({ table, column }) => `${table}.${column}`);
  const names = [...new Set(stored.map(({ before }) => before.name))];
  if (names.length > 0)
    return {
      question,
      answer: 'yes',
      because: `${listed([...new Set(places)])} says ${listed(names)}: both names first, then the rows, then the old name goes`,
    };
  const tables = planned.flatMap(({ operation }) => (operation.kind === 'renameTable' ? [operation.table] : []));
  const asked = [...new Set([...renamed, ...tables])];
  if (asked.length === 0) return { question, answer: 'no', because: 'no class or table gets another name here' };
  return {
    question,
    answer: 'unknown',
    because: `${listed(asked)} may stand in a \`type\`, a content type, a queued job or a cache`,
    box: 'stored-names',
    about: asked,
  };
}

function tablesOf(operations: readonly Operation[]): Name[] {
  const tables = operations.flatMap((each) => ('table' in each && each.table !== undefined ? [each.table] : []));
  return [...new Set(tables)].filter((table) => !isComputedName(table));
}

/** Those of which values are added or renamed. */
function typesOf(operations: readonly Operation[]): Name[] {
  return [...new Set(operations.flatMap((each) => (isOfType(each) ? [each.type] : [])))];
}

function subjectsOf(operations: readonly Operation[]): string[] {
  const names = operations.flatMap((each) => {
    if (isOfType(each)) return [each.type];
    if (!('table' in each) || each.table === undefined) return [];
    if (each.kind === 'addColumn') return [`${each.table}.${each.column.name}`];
    return 'column' in each ? [`${each.table}.${each.column}`] : [each.table];
  });
  return [...new Set(names)];
}

function listed(names: readonly string[]): string {
  return someOf(
    names.map((name) => code(name)),
    4,
  );
}
