/** A table of TypeORM's builder with its indexes and constraints as the SQL that its drivers write. */
import type { Database } from '../../operations/migration.ts';
import { actionsSql, nameIn, quoted, quotedList, quotedTable, tableIn } from '../syntax/generated-sql.ts';
import { fieldOf, findText, itemsOf, type Value } from '../syntax/script-value.ts';
import { columnSql, isTrue } from './column.ts';

/** What stands in `new Table({…})` and its kin. */
export type Part = { record?: Value; columns: Value[]; indices: Value[] };

/** The options of a builder object, also where they are given without `new`. */
export function partOf(value: Value | undefined): Part {
  const record = value?.kind === 'made' ? value.arguments[0] : value;
  if (record?.kind !== 'record') return { columns: [], indices: [] };
  const parts = (name: string): Value[] => itemsOf(fieldOf(record, name)).map((each) => partOf(each).record ?? each);
  return { record, columns: parts('columns'), indices: parts('indices') };
}

/** The texts of a list. */
export function textsOf(value: Value | undefined): string[] {
  return itemsOf(value).map(nameIn);
}

/** CREATE TABLE with everything that is written inside it. */
export function createTableSql(
  table: Value | undefined,
  ifNotExists: boolean,
  withForeignKeys: boolean,
  database: Database,
): string {
  const { record, columns } = partOf(table);
  const name = tableIn(table);
  const primary = columns
    .filter((column) => isTrue(column, 'isPrimary'))
    .map((column) => nameIn(fieldOf(column, 'name')));
  const unique = columns
    .filter((column) => isTrue(column, 'isUnique'))
    .map((column) => [nameIn(fieldOf(column, 'name'))]);
  const uniques = itemsOf(fieldOf(record, 'uniques')).map((each) => partOf(each).record ?? each);
  const lines = [
    ...columns.map((column) => columnSql(column, name, database)),
    ...unique.map((names) => `UNIQUE (${quotedList(names, database)})`),
    ...uniques.map((each) =>
      namedSql(each, `UNIQUE (${quotedList(textsOf(fieldOf(each, 'columnNames')), database)})`, database),
    ),
    ...itemsOf(fieldOf(record, 'checks')).map((each) => checkSql(each, database)),
    ...itemsOf(fieldOf(record, 'exclusions')).map((each) => exclusionSql(each, database)),
    ...(withForeignKeys ? itemsOf(fieldOf(record, 'foreignKeys')) : []).map((each) => foreignKeySql(each, database)),
    ...(primary.length > 0 ? [`PRIMARY KEY (${quotedList(primary, database)})`] : []),
    ...(isMysql(database) ? partOf(table).indices.map((index) => innerIndexSql(index, database)) : []),
  ];
  return `CREATE TABLE ${ifNotExists ? 'IF NOT EXISTS ' : ''}${quotedTable(name, database)} (${lines.join(', ')})`;
}

/** A foreign key as it stands in a table or after ADD. */
export function foreignKeySql(value: Value | undefined, database: Database): string {
  const record = partOf(value).record;
  const to = quotedTable(nameIn(fieldOf(record, 'referencedTableName')), database);
  const columns = quotedList(textsOf(fieldOf(record, 'columnNames')), database);
  const referenced = quotedList(textsOf(fieldOf(record, 'referencedColumnNames')), database);
  const given = findText(fieldOf(record, 'deferrable'));
  const deferral = given?.startsWith('INITIALLY') ? ` DEFERRABLE ${given}` : '';
  return namedSql(
    record,
    `FOREIGN KEY (${columns}) REFERENCES ${to} (${referenced})${actionsSql(record)}${deferral}`,
    database,
  );
}

/** CREATE INDEX as TypeORM writes it. */
export function indexSql(table: string, value: Value | undefined, database: Database): string {
  const record = partOf(value).record;
  const name = fieldOf(record, 'name');
  const where = findText(fieldOf(record, 'where'));
  const words = [
    'CREATE',
    ...(isTrue(record, 'isUnique') ? ['UNIQUE'] : []),
    ...(isMysql(database) && isTrue(record, 'isFulltext') ? ['FULLTEXT'] : []),
    'INDEX',
    ...(database === 'postgres' && isTrue(record, 'isConcurrent') ? ['CONCURRENTLY'] : []),
    ...(name || database !== 'postgres' ? [quoted(name ? nameIn(name) : 'IDX', database)] : []),
    'ON',
    quotedTable(table, database),
    ...(database === 'postgres' && isTrue(record, 'isSpatial') ? ['USING GiST'] : []),
    `(${quotedList(textsOf(fieldOf(record, 'columnNames')), database)})`,
    ...(where !== undefined && !isMysql(database) ? [`WHERE ${where}`] : []),
  ];
  return words.join(' ');
}

function innerIndexSql(index: Value, database: Database): string {
  const name = fieldOf(index, 'name');
  const unique = isTrue(index, 'isUnique') ? 'UNIQUE ' : '';
  return `${unique}INDEX ${name ? quoted(nameIn(name), database) : ''} (${quotedList(textsOf(fieldOf(index, 'columnNames')), database)})`;
}

/** A check constraint as it stands in a table or after ADD. */
export function checkSql(value: Value | undefined, database: Database): string {
  const record = partOf(value).record;
  return namedSql(record, `CHECK (${nameIn(fieldOf(record, 'expression'))})`, database);
}

/** An exclusion constraint; `expression` holds all that stands behind EXCLUDE. */
export function exclusionSql(value: Value | undefined, database: Database): string {
  const record = partOf(value).record;
  return namedSql(record, `EXCLUDE ${nameIn(fieldOf(record, 'expression'))}`, database);
}

function namedSql(record: Value | undefined, sql: string, database: Database): string {
  const name = fieldOf(record, 'name');
  return name ? `CONSTRAINT ${quoted(nameIn(name), database)} ${sql}` : sql;
}

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}
