/** A column of db-migrate as the SQL that its drivers write. */
import type { Database } from '../../operations/migration.ts';
import { literalSql, nameIn, quoted, quotedList, quotedTable, sqlIn } from '../syntax/generated-sql.ts';
import { fieldOf, findText, isConstantValue, lastStep, type Value } from '../syntax/script-value.ts';

/** The definition of a column; a bare type stands for `{ type }`. */
export function columnSql(name: string, spec: Value | undefined, database: Database): string {
  const isSerial = isConstantValue(fieldOf(spec, 'autoIncrement'), true);
  const parts = [quoted(name, database), typeSql(spec, isSerial, database)];
  if (isConstantValue(fieldOf(spec, 'unsigned'), true) && isMysql(database)) parts.push('UNSIGNED');
  if (isConstantValue(fieldOf(spec, 'notNull'), true)) parts.push('NOT NULL');
  if (isSerial && isMysql(database)) parts.push('AUTO_INCREMENT');
  if (isConstantValue(fieldOf(spec, 'unique'), true)) parts.push('UNIQUE');
  const initial = fieldOf(spec, 'defaultValue');
  if (initial) parts.push(`DEFAULT ${defaultSql(initial, database)}`);
  return parts.join(' ');
}

/** `mapping` names one column of the other table, or maps columns to columns. */
export function foreignKeySql(
  name: string,
  other: string,
  mapping: Value | undefined,
  rules: Value | undefined,
  database: Database,
  column?: string,
): string {
  const pairs = mapping?.kind === 'record' ? [...mapping.fields] : [];
  const from = column === undefined ? pairs.map(([key]) => key) : [column];
  const to = mapping?.kind === 'record' ? pairs.map(([, value]) => nameIn(value)) : [nameIn(mapping)];
  const onDelete = findText(fieldOf(rules, 'onDelete'));
  const action = onDelete === undefined ? '' : ` ON DELETE ${onDelete}`;
  const target = `${quotedTable(other, database)} (${quotedList(to, database)})`;
  return `CONSTRAINT ${quoted(name, database)} FOREIGN KEY (${quotedList(from, database)}) REFERENCES ${target}${action}`;
}

/** Names of db-migrate-shared/data_type.js, and what drivers make of them (mapDataType). */
const types: Record<string, Partial<Record<Database, string>> & { all: string }> = {
  string: { all: 'VARCHAR' },
  int: { all: 'INTEGER' },
  bigint: { all: 'BIGINT' },
  smallint: { all: 'SMALLINT' },
  datetime: { all: 'DATETIME', postgres: 'TIMESTAMP' },
  blob: { all: 'BLOB', postgres: 'BYTEA' },
  boolean: { all: 'BOOLEAN' },
  char: { all: 'CHAR' },
  decimal: { all: 'DECIMAL' },
  real: { all: 'REAL' },
};

function typeSql(spec: Value | undefined, isSerial: boolean, database: Database): string {
  const given = fieldOf(spec, 'type') ?? spec;
  // `type.STRING` of the setup function names the same types.
  const written = findText(given) ?? lastStep(given)?.name.toLowerCase() ?? nameIn(undefined);
  if (isSerial && database === 'postgres') return written === 'bigint' ? 'BIGSERIAL' : 'SERIAL';
  const known = Object.hasOwn(types, written) ? types[written] : undefined;
  const length = findText(fieldOf(spec, 'length'));
  const needsLength = isMysql(database) && written === 'string' ? '255' : undefined;
  const size = length ?? needsLength;
  const zone = isConstantValue(fieldOf(spec, 'timezone'), true) && database === 'postgres' ? ' WITH TIME ZONE' : '';
  return `${known?.[database] ?? known?.all ?? written}${size === undefined ? '' : `(${size})`}${zone}`;
}

function defaultSql(value: Value, database: Database): string {
  if (value.kind === 'chain') return sqlIn(value);
  // `new String('now()')` is an object, which the driver puts in as it stands.
  if (value.kind === 'made' && value.type === 'String') return sqlIn(value.arguments[0]);
  const raw = fieldOf(value, 'special') ?? fieldOf(value, 'raw') ?? fieldOf(value, 'prep');
  return raw ? sqlIn(raw) : literalSql(value, database);
}

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}
