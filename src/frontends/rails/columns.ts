/** Columns as the calls of Rails make them. */
import type { Column, Constraint, Expression } from '../../operations/column.ts';
import { literalText } from '../syntax/generated-sql.ts';
import { columnType, type TypeOptions } from './column-type.ts';
import { checkOfSql, defaultOfSql, generationOfSql } from './fragment.ts';
import type { Run } from './run.ts';
import { lambdaText } from './evaluate.ts';
import { entryOf, findText, forbidsNull, isFalse, isTrue, nameFrom, type Value } from './value.ts';

/** The column that a name, a type and options make. An unknown type leaves the column without one. */
export function columnFrom(run: Run, name: string, type: string | undefined, options: Value | undefined): Column {
  const column: Column = { name, nullable: !forbidsNull(entryOf(options, 'null')), constraints: [] };
  if (type !== undefined) column.type = typeFrom(run, type, options);
  const given = defaultFrom(run, entryOf(options, 'default'), type);
  if (given && given !== 'none') column.default = given;
  if (run.database === 'postgres' && /^(small|big)?serial$/.test(type ?? '')) {
    column.generated = 'identity';
    column.nullable = false;
  }
  if (type === 'virtual' || entryOf(options, 'as') !== undefined) {
    column.generated = isTrue(entryOf(options, 'stored')) ? 'stored' : 'virtual';
    Object.assign(column, generationOfSql(findText(entryOf(options, 'as')), run.database));
  }
  if (type === 'primary_key' || isTrue(entryOf(options, 'primary_key'))) addPrimaryKey(column, type);
  if (isTrue(entryOf(options, 'auto_increment'))) column.generated = 'identity';
  const comment = findText(entryOf(options, 'comment'));
  if (comment !== undefined && run.database !== 'sqlite') column.comment = literalText(comment, run.database);
  if (isTrue(entryOf(options, 'first'))) column.position = 'first';
  const after = entryOf(options, 'after');
  if (after !== undefined) column.position = { after: nameFrom(after) };
  return column;
}

/** The type of keys and of what points to them: bigint since 5.1, but on SQLite, whose row numbers are an INTEGER. */
export function keyType({ version, database }: Run): string {
  return version >= 5.1 && database !== 'sqlite' ? 'bigint' : 'integer';
}

/** The type that the options of a call ask for. */
export function typeFrom(run: Run, type: string, options: Value | undefined): ReturnType<typeof columnType> {
  const inner = type === 'virtual' ? findText(entryOf(options, 'type')) : undefined;
  return columnType(inner ?? type, typeOptions(options), run.database, run.version);
}

function typeOptions(options: Value | undefined): TypeOptions {
  const given: TypeOptions = {};
  const numberAt = (key: string): number | undefined => {
    const value = entryOf(options, key);
    return value?.kind === 'number' ? value.value : undefined;
  };
  const textAt = (key: string): string | undefined => findText(entryOf(options, key));
  const [limit, precision, scale] = [numberAt('limit'), numberAt('precision'), numberAt('scale')];
  const [size, collation, enumType] = [textAt('size'), textAt('collation'), textAt('enum_type')];
  if (limit !== undefined) given.limit = limit;
  if (precision !== undefined) given.precision = precision;
  if (entryOf(options, 'precision')?.kind === 'nil') given.bare = true;
  if (scale !== undefined) given.scale = scale;
  if (size !== undefined) given.size = size;
  if (collation !== undefined) given.collation = collation;
  if (enumType !== undefined) given.enumType = enumType;
  if (isTrue(entryOf(options, 'array'))) given.array = true;
  if (isTrue(entryOf(options, 'unsigned'))) given.unsigned = true;
  return given;
}

/**
 * What the database fills in: a literal quoted by Rails, or the SQL of a lambda. Undefined where no default is given.
 * On PostgreSQL a default of a uuid that looks like a call is one:
 * https://github.com/rails/rails/blob/main/activerecord/lib/active_record/connection_adapters/postgresql/quoting.rb (quote_default_expression).
 */
export function defaultFrom(run: Run, value: Value | undefined, type?: string): Expression | 'none' | undefined {
  switch (value?.kind) {
    case undefined:
      return undefined;
    case 'nil':
      return 'none';
    case 'lambda': {
      const sql = lambdaText(run, value.node);
      return sql === undefined ? unknownDefault : defaultOfSql(sql, run.database);
    }
    case 'number':
      return constant(String(value.value));
    case 'truth':
      return constant(String(value.value));
    case 'text':
      if (type === 'uuid' && run.database === 'postgres' && nameFrom(value).includes('()'))
        return defaultOfSql(nameFrom(value), run.database);
      return constant(`'${nameFrom(value).replaceAll("'", "''")}'`);
    case 'list':
      return listDefault(value.items.map(nameFrom), type);
    case 'hash':
      return constant("'{}'");
    default:
      // Ruby works it out when the migration runs; the database gets one literal.
      return constant('(computed when the migration runs)');
  }
}

/** A list is written as the type of the column has it, which `change_column_default` does not say. */
function listDefault(items: readonly string[], type: string | undefined): Expression {
  if (type === undefined) return constant('(a list, as the type of the column writes it)');
  if (/^jsonb?$/.test(type)) return constant(`'${JSON.stringify(items).replaceAll("'", "''")}'`);
  return constant(`'{${items.join(',')}}'`);
}

const unknownDefault: Expression = { sql: '', functions: [], columns: [], known: false };

function constant(sql: string): Expression {
  return { sql, functions: [], columns: [], known: true };
}

function addPrimaryKey(column: Column, type: string | undefined): void {
  column.nullable = false;
  column.constraints.push({ kind: 'primaryKey', columns: [column.name] });
  if (type === 'primary_key') column.generated = 'identity';
}

/** `validate: false` is heeded on PostgreSQL alone: https://api.rubyonrails.org/classes/ActiveRecord/ConnectionAdapters/SchemaStatements.html#method-i-add_check_constraint */
export function isValidated(run: Run, options: Value | undefined): boolean {
  return run.database !== 'postgres' || !isFalse(entryOf(options, 'validate'));
}

/** The check constraint of an SQL expression, named and validated as the options say. */
export function checkFrom(run: Run, sql: Value | undefined, options: Value | undefined): Constraint {
  const name = findText(entryOf(options, 'name'));
  const text = findText(sql);
  const check: Constraint =
    text === undefined
      ? { kind: 'check', expression: unknownDefault, validated: true }
      : checkOfSql(text, run.database);
  const validated = isValidated(run, options);
  return { ...(name === undefined ? {} : { name }), ...check, ...('validated' in check ? { validated } : {}) };
}
