/** A column of TypeORM's builder as the SQL that its drivers write. */
import type { Database } from '../../operations/migration.ts';
import { literalText, nameIn, quoted } from '../syntax/generated-sql.ts';
import { fieldOf, findText, isConstantValue, itemsOf, type Value } from '../syntax/script-value.ts';

/** The definition of a column as it stands in CREATE TABLE and ADD COLUMN; columns are NOT NULL unless they say otherwise. */
export function columnSql(column: Value, table: string, database: Database): string {
  const name = nameIn(fieldOf(column, 'name'));
  const parts = [quoted(name, database), typeSql(column, table, database)];
  const collation = findText(fieldOf(column, 'collation'));
  if (collation !== undefined) parts.push(`COLLATE "${collation}"`);
  const expression = fieldOf(column, 'asExpression');
  if (expression)
    parts.push(`GENERATED ALWAYS AS (${nameIn(expression)}) ${findText(fieldOf(column, 'generatedType')) ?? 'STORED'}`);
  if (!isTrue(column, 'isNullable')) parts.push('NOT NULL');
  parts.push(...generationSql(column, database), ...defaultSql(column, database));
  return parts.join(' ');
}

/** The statement that makes the type of an enum column on PostgreSQL. */
export function enumTypeSql(column: Value, table: string, database: Database): string | undefined {
  if (database !== 'postgres' || !isEnum(column)) return undefined;
  return `CREATE TYPE ${quoted(enumName(column, table), database)} AS ENUM(${valuesSql(column, database)})`;
}

/** True for a field that is set. */
export function isTrue(record: Value | undefined, field: string): boolean {
  return isConstantValue(fieldOf(record, field), true);
}

/** https://github.com/typeorm/typeorm/blob/master/src/driver/types/ColumnTypes.ts: migrations name the types of the database; these few are TypeORM's own. */
const ownTypes: Record<string, string> = { 'simple-array': 'text', 'simple-json': 'text', 'simple-enum': 'varchar' };

function typeSql(column: Value, table: string, database: Database): string {
  if (isEnum(column)) {
    if (database === 'postgres')
      return quoted(enumName(column, table), database) + (isTrue(column, 'isArray') ? '[]' : '');
    if (database === 'mysql' || database === 'mariadb') return `enum(${valuesSql(column, database)})`;
    return 'varchar';
  }
  const written = nameIn(fieldOf(column, 'type'));
  const isSerial = database === 'postgres' && isTrue(column, 'isGenerated') && generation(column) === 'increment';
  if (isSerial) return serials[written.toLowerCase()] ?? 'SERIAL';
  const type = (ownTypes[written] ?? (written === 'String' ? 'varchar' : written)) + sizeSql(column, written);
  const unsigned = isTrue(column, 'unsigned') && (database === 'mysql' || database === 'mariadb') ? ' UNSIGNED' : '';
  return `${type}${unsigned}${isTrue(column, 'isArray') ? '[]' : ''}`;
}

const serials: Record<string, string> = {
  bigint: 'BIGSERIAL',
  int8: 'BIGSERIAL',
  smallint: 'SMALLSERIAL',
  int2: 'SMALLSERIAL',
};

function sizeSql(column: Value, written: string): string {
  if (written.includes('(')) return '';
  const [length, precision, scale, width] = ['length', 'precision', 'scale', 'width'].map((name) =>
    findText(fieldOf(column, name)),
  );
  if (length) return `(${length})`;
  if (precision !== undefined) return `(${precision}${scale === undefined ? '' : `,${scale}`})`;
  return width === undefined ? '' : `(${width})`;
}

function generationSql(column: Value, database: Database): string[] {
  if (!isTrue(column, 'isGenerated')) return [];
  if (generation(column) === 'identity' && database === 'postgres')
    return [`GENERATED ${findText(fieldOf(column, 'generatedIdentity')) ?? 'BY DEFAULT'} AS IDENTITY`];
  if (generation(column) !== 'increment') return [];
  if (database === 'mysql' || database === 'mariadb') return ['AUTO_INCREMENT'];
  return database === 'sqlserver' ? ['IDENTITY(1,1)'] : [];
}

/** A text is SQL as it stands; a number or a boolean is written as it is. https://typeorm.io/docs/migrations/api/#queryrunner-api */
function defaultSql(column: Value, database: Database): string[] {
  const given = fieldOf(column, 'default');
  if (given && !isConstantValue(given, null))
    return [`DEFAULT ${given.kind === 'constant' ? String(given.value) : nameIn(given)}`];
  const isUuid = isTrue(column, 'isGenerated') && generation(column) === 'uuid';
  if (isUuid && database === 'postgres') return ['DEFAULT uuid_generate_v4()'];
  return isUuid && database === 'sqlserver' ? ['DEFAULT NEWSEQUENTIALID()'] : [];
}

function generation(column: Value): string {
  return findText(fieldOf(column, 'generationStrategy')) ?? 'increment';
}

function isEnum(column: Value): boolean {
  const type = findText(fieldOf(column, 'type'));
  return (type === 'enum' || type === 'simple-enum') && fieldOf(column, 'enum') !== undefined;
}

function enumName(column: Value, table: string): string {
  const given = fieldOf(column, 'enumName');
  return given ? nameIn(given) : `${table}_${nameIn(fieldOf(column, 'name'))}_enum`.toLowerCase();
}

function valuesSql(column: Value, database: Database): string {
  return itemsOf(fieldOf(column, 'enum'))
    .map((value) => literalText(nameIn(value), database))
    .join(', ');
}
