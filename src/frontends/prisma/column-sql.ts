/** The column that a field of a Prisma schema has, as the SQL of its database. */
import type { Database } from '../../operations/migration.ts';
import type { StatedTable } from '../sql/stated-tables.ts';
import { literalText, quoted, quotedList } from '../syntax/generated-sql.ts';
import { textOf } from './attributes.ts';
import { isScalar, sqlOfScalar } from './native-types.ts';
import { attributeOf, type Field, type PrismaEnum, type PrismaSchema } from './read-models.ts';

type Known = Exclude<Database, 'unknown'>;

/** Undefined for a field without a column: a relation, or one whose type is not known. */
export function columnSql(
  field: Field,
  schema: PrismaSchema,
  database: Known,
): StatedTable['columns'][number] | undefined {
  const own = schema.enums.get(field.type);
  const type = typeOf(field, own, database);
  if (type === undefined) return undefined;
  const name = quoted(field.column, database);
  if (isCounted(field)) return { name, ...countedSql(type, field, database) };
  // A list may always be NULL: https://github.com/prisma/prisma-engines/blob/main/schema-engine/connectors/sql-schema-connector/src/sql_schema_calculator.rs
  const nullable = field.isOptional || field.isList || (database === 'sqlserver' && field.isUnsupported);
  const value = defaultSql(field, own, type, database);
  const rest = [...(nullable ? [] : ['NOT NULL']), ...(value === undefined ? [] : [`DEFAULT ${value}`])].join(' ');
  return { name, type: field.isList ? `${type}[]` : type, rest };
}

/** Longer lists of values are not written out at every column. */
const mostValues = 100;
const longestList = 5_000;

function typeOf(field: Field, own: PrismaEnum | undefined, database: Known): string | undefined {
  if (field.isUnsupported) return field.type;
  if (isScalar(field.type)) return sqlOfScalar(field.type, field.attributes, database);
  if (!own) return undefined;
  if (database === 'postgres')
    return quotedList([...(own.schema === undefined ? [] : [own.schema]), own.name], database).replace(', ', '.');
  if (database === 'sqlite') return sqlOfScalar('String', [], database);
  if (database === 'sqlserver') return undefined;
  const values = [...own.values.values()].slice(0, mostValues + 1).map((value) => literalText(value, database));
  const list = values.join(', ');
  return values.length > mostValues || list.length > longestList ? 'enum' : `enum(${list})`;
}

/** `@default(autoincrement())` */
function isCounted(field: Field): boolean {
  return attributeOf(field, '@default')?.given[0]?.[0] === 'autoincrement';
}

function countedSql(type: string, field: Field, database: Known): { type: string; rest: string } {
  switch (database) {
    case 'postgres':
      return { type: { bigint: 'bigserial', smallint: 'smallserial' }[type] ?? 'serial', rest: 'NOT NULL' };
    case 'sqlite':
      // It is the key where it counts, and says so itself.
      return attributeOf(field, '@id')
        ? { type, rest: 'NOT NULL PRIMARY KEY AUTOINCREMENT' }
        : { type, rest: 'NOT NULL' };
    case 'sqlserver':
      return { type, rest: 'NOT NULL IDENTITY(1,1)' };
    default:
      return { type, rest: 'NOT NULL AUTO_INCREMENT' };
  }
}

/** Functions whose value the client makes: the database knows none. https://www.prisma.io/docs/orm/reference/prisma-schema-reference#attribute-functions */
const ofClient: ReadonlySet<string> = new Set(['auto', 'cuid', 'nanoid', 'ulid', 'uuid', 'sequence']);

function defaultSql(field: Field, own: PrismaEnum | undefined, type: string, database: Known): string | undefined {
  const attribute = attributeOf(field, '@default');
  const words = attribute?.given[0] ?? attribute?.named.get('value');
  const [first] = words ?? [];
  if (!words || first === undefined || ofClient.has(first)) return undefined;
  if (first === 'now') return 'CURRENT_TIMESTAMP';
  // Without a text it is one of the database that the schema does not show: a call of which nothing is known.
  if (first === 'dbgenerated')
    return textOf(words.slice(2, 3)) ?? (database === 'postgres' ? 'dbgenerated()' : '(dbgenerated())');
  if (first !== '[') return valueSql(words, own, database);
  const values = words.slice(1, -1).filter((word) => word !== ',');
  return `ARRAY[${values.flatMap((word) => valueSql([word], own, database) ?? []).join(', ')}]::${type}[]`;
}

function valueSql(words: readonly string[], own: PrismaEnum | undefined, database: Known): string | undefined {
  const text = textOf(words);
  if (text !== undefined) return literalText(text, database);
  const word = words.join('');
  if (/^-?\d+(\.\d+)?$/.test(word)) return word;
  if (word === 'true' || word === 'false') return database === 'sqlserver' ? String(Number(word === 'true')) : word;
  const value = own?.values.get(word);
  return value === undefined ? undefined : literalText(value, database);
}
