/** Types of SQLAlchemy that compile to a type of the database: https://docs.sqlalchemy.org/en/20/core/type_basics.html, https://docs.sqlalchemy.org/en/20/dialects/ */
import type { Database } from '../operations/migration.ts';
import type { DataType } from '../operations/column.ts';

/** `sa.Integer()` for this type; undefined where none compiles to exactly it in every version. */
export function alembicType(type: DataType | undefined, database: Database): string | undefined {
  if (!type || type.unsigned || type.collation !== undefined) return undefined;
  const written = elementType(type, database);
  return written !== undefined && type.array ? `postgresql.ARRAY(${written})` : written;
}

/** True for a type that is imported from the dialect. */
export function isOfPostgres(written: string): boolean {
  return written.startsWith('postgresql.');
}

function elementType({ name, arguments: given }: DataType, database: Database): string | undefined {
  const numbers = given.filter((each) => typeof each === 'number');
  if (numbers.length < given.length) return undefined;
  if (isText(name)) return numbers.length === 1 ? `sa.String(length=${numbers[0]})` : unlimited(numbers, database);
  if (isNumber(name, database)) return numeric(numbers);
  const table = types[database];
  return table?.[numbers.length === 0 ? name : `${name}(${numbers.join()})`];
}

function isText(name: string): boolean {
  return name === 'varchar' || name === 'character varying';
}

function unlimited(numbers: readonly number[], database: Database): string | undefined {
  const isSaid = database === 'postgres' || database === 'unknown';
  return numbers.length === 0 && isSaid ? 'sa.String()' : undefined;
}

/** MySQL calls it decimal. */
function isNumber(name: string, database: Database): boolean {
  return name === 'numeric' || (name === 'decimal' && database !== 'sqlite');
}

function numeric([precision, scale]: readonly number[]): string {
  if (precision === undefined) return 'sa.Numeric()';
  return `sa.Numeric(precision=${precision}, scale=${scale ?? 0})`;
}

const everywhere: Record<string, string> = {
  smallint: 'sa.SmallInteger()',
  integer: 'sa.Integer()',
  int: 'sa.Integer()',
  bigint: 'sa.BigInteger()',
  date: 'sa.Date()',
  text: 'sa.Text()',
};

const mysql: Record<string, string> = {
  ...everywhere,
  datetime: 'sa.DateTime()',
  json: 'sa.JSON()',
  'tinyint(1)': 'sa.Boolean()',
};

/** What SQLAlchemy says in its own words on every database: those of PostgreSQL are read so where none is known. */
const general: Record<string, string> = {
  ...everywhere,
  boolean: 'sa.Boolean()',
  bytea: 'sa.LargeBinary()',
  interval: 'sa.Interval()',
  json: 'sa.JSON()',
  'time without time zone': 'sa.Time()',
  'timestamp with time zone': 'sa.DateTime(timezone=True)',
  'timestamp without time zone': 'sa.DateTime()',
};

const types: Partial<Record<Database, Record<string, string>>> = {
  postgres: {
    ...general,
    'double precision': 'postgresql.DOUBLE_PRECISION()',
    inet: 'postgresql.INET()',
    jsonb: 'postgresql.JSONB()',
    uuid: 'postgresql.UUID()',
  },
  unknown: general,
  mysql,
  mariadb: mysql,
  sqlite: { ...everywhere, boolean: 'sa.Boolean()', datetime: 'sa.DateTime()', json: 'sa.JSON()' },
};
