/** Column types of SQLAlchemy as each database gets them, after the type compilers of SQLAlchemy 2.0. */
import type { Database } from '../../operations/migration.ts';
import type { DataType } from '../../operations/column.ts';
import { childOf, namedChildren, textOf } from '../syntax/tree.ts';
import { dialectNames } from './attribute.ts';
import { evaluate } from './evaluate.ts';
import { moduleOf } from './known-calls.ts';
import { readType } from './read-fragment.ts';
import { within, type Run } from './run.ts';
import {
  argumentOf,
  computedName,
  itemsOf,
  pathOf,
  textOfValue,
  truthOf,
  type CallValue,
  type Value,
} from './value.ts';

/** The type that a value stands for; undefined where it is a type of the application's own. */
export function typeOf(run: Run, value: Value | undefined): DataType | undefined {
  const sql = value && sqlOf(run, value);
  return sql === undefined ? undefined : remembered(sql, run.database);
}

/** The same, and a type of the application's own under the name that it has there: that a type changes is not to be lost. */
export function typeOrName(run: Run, value: Value | undefined): DataType | undefined {
  const known = typeOf(run, value);
  if (known || !value) return known;
  const name = lastPart(value.kind === 'call' ? value.callee : value);
  return { name: name === '' ? computedName : name, arguments: [] };
}

/** An enum that PostgreSQL keeps as a type of its own, with its values where they are known. */
export type EnumType = { name: string; values?: string[]; isCreated: boolean; looksFirst: boolean };

/** The enum behind a type, also inside an array, or undefined. */
export function enumOf(value: Value | undefined): EnumType | undefined {
  if (value?.kind !== 'call') return undefined;
  if (lastOf(value) === 'ARRAY') return enumOf(value.positional[0]);
  if (lastOf(value).toUpperCase() !== 'ENUM' || truthOf(argumentOf(value, undefined, 'native_enum')) === false)
    return undefined;
  const [first] = value.positional;
  const written = textOfValue(argumentOf(value, undefined, 'name'));
  const name =
    written ?? (first?.kind === 'name' || first?.kind === 'class' ? lastPart(first).toLowerCase() : undefined);
  if (name === undefined) return undefined;
  const schema = textOfValue(argumentOf(value, undefined, 'schema'));
  const values = valuesOf(value);
  const isCreated = truthOf(argumentOf(value, undefined, 'create_type')) !== false;
  const looksFirst = lastOf(value) === 'ENUM';
  return { name: schema ? `${schema}.${name}` : name, ...(values ? { values } : {}), isCreated, looksFirst };
}

const types = new Map<string, DataType | undefined>();
const mostTypes = 2_000;

function remembered(sql: string, database: Database): DataType | undefined {
  const key = `${database} ${sql}`;
  if (types.has(key)) return types.get(key);
  if (types.size > mostTypes) types.clear();
  const type = readType(sql, database);
  types.set(key, type);
  return type;
}

function sqlOf(run: Run, value: Value): string | undefined {
  if (value.kind === 'class') return ofClass(run, value);
  if (value.kind === 'name') return isSqlalchemy(value.path) ? named(run, lastPart(value), undefined) : undefined;
  if (value.kind !== 'call') return undefined;
  const { callee } = value;
  if (callee.kind === 'attribute') return ofVariant(run, value, callee);
  if (callee.kind === 'class') return ofClass(run, callee);
  const path = pathOf(callee);
  return path !== undefined && isSqlalchemy(path) ? named(run, lastPart(callee), value) : undefined;
}

/** A TypeDecorator of the file itself is what its `impl` is. */
function ofClass(run: Run, type: Extract<Value, { kind: 'class' }>): string | undefined {
  return within(run, type.scope, type.definition, () => implementationOf(run, type));
}

function implementationOf(run: Run, { definition, scope }: Extract<Value, { kind: 'class' }>): string | undefined {
  const body = childOf(definition, 'body');
  for (const statement of body ? namedChildren(body) : []) {
    const [assignment] = namedChildren(statement);
    const left = assignment && childOf(assignment, 'left');
    const right = assignment && childOf(assignment, 'right');
    if (left && right && textOf(left, run.module.text) === 'impl') {
      const implementation = evaluate(run, right, scope);
      return implementation.kind === 'class' ? undefined : sqlOf(run, implementation);
    }
  }
  return undefined;
}

/** `sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')` is the one or the other. */
function ofVariant(run: Run, call: CallValue, callee: Extract<Value, { kind: 'attribute' }>): string | undefined {
  if (callee.name !== 'with_variant') return sqlOf(run, callee.object);
  const dialects = call.positional.slice(1).map((each) => textOfValue(each));
  const [variant] = call.positional;
  const wanted = run.database === 'unknown' ? undefined : dialectNames[run.database];
  return variant && wanted !== undefined && dialects.includes(wanted) ? sqlOf(run, variant) : sqlOf(run, callee.object);
}

function isSqlalchemy(path: string): boolean {
  return ['sqlalchemy', 'pgvector', 'geoalchemy2', 'sqlmodel', 'citext'].includes(moduleOf(path));
}

function lastPart(value: Value): string {
  const path = value.kind === 'class' ? value.name : (pathOf(value) ?? '');
  return path.slice(path.lastIndexOf('.') + 1);
}

function lastOf(call: CallValue): string {
  return lastPart(call.callee);
}

/** https://docs.sqlalchemy.org/en/20/core/type_basics.html; names in capitals are sent as they are. */
function named(run: Run, written: string, call: CallValue | undefined): string | undefined {
  const { database } = run;
  const name = formerNames[written] ?? written;
  const own = findIn(tables[database] ?? {}, name) ?? findIn(general, name);
  const size = call && numbersOf(call);
  switch (name) {
    case 'NullType':
    case 'NULLTYPE':
      return undefined;
    case 'Enum':
    case 'ENUM':
      return call && enumSql(call, database);
    case 'ARRAY': {
      const inner = call?.positional[0];
      const of = inner && sqlOf(run, inner);
      return of === undefined ? undefined : `${of}[]`;
    }
    case 'DateTime':
    case 'TIMESTAMP':
    case 'Time':
    case 'TIME':
      return own ?? timed(name, call, database);
    case 'String':
    case 'Unicode':
    case 'AutoString':
    case 'VARCHAR':
    case 'NVARCHAR':
      return call && hasUnknownLength(call) ? undefined : text(name, size, database);
    case 'Float':
      return own ?? 'FLOAT';
    case 'Vector':
      return `vector${size ?? ''}`;
    case 'Geometry':
    case 'Geography':
      return name.toLowerCase();
  }
  const sized = own ?? name.replaceAll('_', ' ').toUpperCase();
  return sized.includes('(') ? sized : `${sized}${keepsSize.has(name) ? '' : (size ?? '')}`;
}

function findIn(table: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Before SQLAlchemy 1.4. */
const formerNames: Partial<Record<string, string>> = { Binary: 'LargeBinary' };

/** Types whose first argument is no size in SQL. */
const keepsSize: ReadonlySet<string> = new Set(
  'Text UnicodeText Boolean BOOLEAN JSON JSONB UUID Uuid LargeBinary BYTEA Interval INTERVAL TSVECTOR HSTORE Double DOUBLE'.split(
    ' ',
  ),
);

function numbersOf(call: CallValue): string | undefined {
  const keywords = ['length', 'precision', 'scale', 'display_width', 'fsp', 'dim', 'dimensions'];
  const named = keywords.flatMap((keyword) => call.keywords.get(keyword) ?? []);
  const numbers = [...call.positional, ...named].flatMap((value) => (value.kind === 'number' ? [value.value] : []));
  return numbers.length === 0 ? undefined : `(${numbers.slice(0, 2).join(', ')})`;
}

/** A length that stands in the application: without it the type would be another one. */
function hasUnknownLength(call: CallValue): boolean {
  const length = argumentOf(call, 0, 'length');
  return length !== undefined && length.kind !== 'number' && length.kind !== 'none' && length.kind !== 'string';
}

function text(name: string, size: string | undefined, database: Database): string {
  const isNational = name === 'Unicode' || name === 'NVARCHAR';
  if (database === 'sqlserver') return `${isNational ? 'NVARCHAR' : 'VARCHAR'}${size ?? '(max)'}`;
  return `VARCHAR${size ?? ''}`;
}

function timed(name: string, call: CallValue | undefined, database: Database): string {
  const isZoned = call !== undefined && truthOf(argumentOf(call, 0, 'timezone')) === true;
  const isTime = name.toUpperCase() === 'TIME';
  if (database === 'sqlserver') return isTime ? 'TIME' : isZoned ? 'DATETIMEOFFSET' : 'DATETIME';
  if (database === 'postgres' || database === 'unknown')
    return `${isTime ? 'TIME' : 'TIMESTAMP'} ${isZoned ? 'WITH' : 'WITHOUT'} TIME ZONE`;
  if (isTime) return 'TIME';
  if (name === 'TIMESTAMP') return `TIMESTAMP${(call && numbersOf(call)) ?? ''}`;
  return 'DATETIME';
}

function valuesOf(call: CallValue): string[] | undefined {
  const given = call.positional.length === 1 ? (itemsOf(call.positional[0]) ?? call.positional) : call.positional;
  const values = given.map((each) => textOfValue(each));
  const known = values.filter((each) => each !== undefined);
  return known.length === values.length && known.length > 0 && !call.spread ? known : undefined;
}

function enumSql(call: CallValue, database: Database): string | undefined {
  const values = valuesOf(call);
  const kept = enumOf(call);
  if (kept && (database === 'postgres' || database === 'unknown'))
    return kept.name
      .split('.')
      .map((part) => `"${part.replaceAll('"', '""')}"`)
      .join('.');
  if (!values) return kept ? undefined : 'VARCHAR';
  if (kept && (database === 'mysql' || database === 'mariadb'))
    return `ENUM(${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`;
  return `VARCHAR(${Math.max(1, ...values.map((value) => value.length))})`;
}

/** Where all databases agree with PostgreSQL, or where nothing else is said. */
const general: Record<string, string> = {
  BigInteger: 'BIGINT',
  Boolean: 'BOOLEAN',
  Date: 'DATE',
  Double: 'DOUBLE PRECISION',
  DOUBLE: 'DOUBLE PRECISION',
  DOUBLE_PRECISION: 'DOUBLE PRECISION',
  Integer: 'INTEGER',
  Interval: 'INTERVAL',
  LargeBinary: 'BYTEA',
  Numeric: 'NUMERIC',
  PickleType: 'BYTEA',
  SmallInteger: 'SMALLINT',
  Text: 'TEXT',
  UnicodeText: 'TEXT',
  Uuid: 'UUID',
};

const mysqlTypes: Record<string, string> = {
  Boolean: 'BOOL',
  Double: 'DOUBLE',
  DOUBLE: 'DOUBLE',
  Interval: 'DATETIME',
  LargeBinary: 'BLOB',
  PickleType: 'BLOB',
  Uuid: 'CHAR(32)',
};

const tables: Partial<Record<Database, Record<string, string>>> = {
  mysql: mysqlTypes,
  mariadb: { ...mysqlTypes, Uuid: 'UUID' },
  sqlite: { Interval: 'DATETIME', LargeBinary: 'BLOB', PickleType: 'BLOB', Uuid: 'CHAR(32)', TIMESTAMP: 'TIMESTAMP' },
  sqlserver: {
    Boolean: 'BIT',
    BOOLEAN: 'BIT',
    Interval: 'DATETIME',
    JSON: 'NVARCHAR(max)',
    LargeBinary: 'VARBINARY(max)',
    PickleType: 'VARBINARY(max)',
    Text: 'VARCHAR(max)',
    UnicodeText: 'NVARCHAR(max)',
    Uuid: 'UNIQUEIDENTIFIER',
  },
};
