/** Operations of Alembic that send exactly what a step says. https://alembic.sqlalchemy.org/en/latest/ops.html */
import type { Constraint } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import { alembicType } from './alembic-type.ts';
import { printable } from './identifier.ts';
import { indented } from './lines.ts';
import { pythonName, pythonNames, pythonString, statementLines } from './python.ts';
import { hasWholeColumns, type Step } from './step.ts';
import type { Target } from './writer.ts';
import { textOf as textOfLiteral } from './values.ts';

/** The operation of Alembic's own for a step; undefined where there is none, or where it would send something else. */
export function alembicWords(step: Step, target: Target): string[] | undefined {
  const { database } = target;
  if (database === 'sqlserver') return undefined;
  switch (step.kind) {
    case 'addColumn':
      return addColumn(step, target);
    case 'dropColumn':
      if (step.ifExists || step.cascade) return undefined;
      return statementLines('op.drop_column', [...on(step.table), pythonName(step.column), ...schemaOf(step.table)]);
    case 'dropTable':
      if (step.ifExists || step.cascade) return undefined;
      return statementLines('op.drop_table', [...on(step.table), ...schemaOf(step.table)]);
    case 'renameTable':
      return renameTable(step);
    case 'createIndex':
      return createIndex(step, target);
    case 'dropIndex':
      return dropIndex(step, target);
    case 'addConstraint':
      return altering(step.table, target, (place) => addConstraint(step, target, place));
    case 'dropConstraint':
      return altering(step.table, target, (place) => dropConstraint(step, target, place));
    case 'forgetColumn':
      return alterColumn({ ...step, kind: 'alterColumn', nullable: true }, target);
    case 'alterColumn':
      return alterColumn(step, target);
    case 'renameColumn':
      if (database !== 'postgres') return undefined;
      return statementLines('op.alter_column', [
        ...on(step.table),
        pythonName(step.column),
        `new_column_name=${pythonName(step.to)}`,
        ...schemaOf(step.table),
      ]);
    default:
      return undefined;
  }
}

/** SQL for `sa.text`, and for what is wrapped in it: a colon before a word would ask for a value. https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.text */
export function textOf(sql: string): string {
  return pythonString(sql.replace(/(?<![:\w\\]):(?=\w+(?!:))/g, '\\:'));
}

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** What stands for a table: `op` with the table and its schema as arguments, or a batch, which knows them. */
type Place = [op: string, table: string[], schema: string[]];

/** A name as it is, whatever conventions the application has for names: https://alembic.sqlalchemy.org/en/latest/ops.html#alembic.operations.Operations.f */
function final(name: string, op = 'op'): string {
  return `${op}.f(${pythonName(name)})`;
}

function on(table: Name): string[] {
  return [pythonName(table.slice(table.indexOf('.') + 1))];
}

function schemaOf(table: Name, keyword = 'schema'): string[] {
  const dot = table.indexOf('.');
  return dot > 0 ? [`${keyword}=${pythonName(table.slice(0, dot))}`] : [];
}

/** SQLite changes a table by copying it: https://alembic.sqlalchemy.org/en/latest/batch.html */
function altering(
  table: Name,
  { database }: Target,
  write: (place: Place) => string[] | undefined,
): string[] | undefined {
  if (database !== 'sqlite') return write(['op', on(table), schemaOf(table)]);
  const lines = write(['batch_op', [], []]);
  const batch = `op.batch_alter_table(${[...on(table), ...schemaOf(table)].join(', ')})`;
  return lines && [`with ${batch} as batch_op:`, ...indented(lines, 4)];
}

function addColumn({ table, column, ifNotExists }: Of<'addColumn'>, { database }: Target): string[] | undefined {
  const { name, nullable, default: value } = column;
  const type = alembicType(column.type, database);
  const note = column.comment === undefined ? undefined : textOfLiteral(column.comment);
  if (type === undefined || ifNotExists || column.generated || column.position) return undefined;
  if (column.comment !== undefined && note === undefined) return undefined;
  const noted = note === undefined ? [] : [`comment=${pythonString(note)}`];
  const filled = value ? [`server_default=sa.text(${textOf(printable(value.sql))})`] : [];
  const words = [pythonName(name), type, ...filled, `nullable=${nullable ? 'True' : 'False'}`, ...noted];
  return statementLines('op.add_column', [...on(table), `sa.Column(${words.join(', ')})`, ...schemaOf(table)]);
}

function renameTable({ table, to }: Of<'renameTable'>): string[] | undefined {
  const schema = schemaOf(table);
  if (schemaOf(to).join() !== schema.join()) return undefined;
  return statementLines('op.rename_table', [...on(table), ...on(to), ...schema]);
}

function createIndex({ table, index, ...how }: Of<'createIndex'>, { database }: Target): string[] | undefined {
  const { name, columns, where, method = 'btree' } = index;
  const isPostgres = database === 'postgres';
  const isPlain = method === 'btree' && !where && !how.concurrently;
  if (name === undefined || how.onlyParent || how.ifNotExists || (!isPlain && !isPostgres)) return undefined;
  if (!hasWholeColumns(index)) return undefined;
  return statementLines('op.create_index', [
    final(name),
    ...on(table),
    pythonNames(columns),
    ...(index.unique ? ['unique=True'] : []),
    ...schemaOf(table),
    ...(method === 'btree' ? [] : [`postgresql_using=${pythonName(method)}`]),
    ...(where ? [`postgresql_where=sa.text(${textOf(printable(where.sql))})`] : []),
    ...(how.concurrently ? ['postgresql_concurrently=True'] : []),
  ]);
}

/** `if_exists` is there since 1.12 only. */
function dropIndex({ table, name, ...how }: Of<'dropIndex'>, { database }: Target): string[] | undefined {
  const isPostgres = database === 'postgres';
  if (how.ifExists || (!isPostgres && (how.concurrently || table === undefined))) return undefined;
  return statementLines('op.drop_index', [
    final(name.slice(name.indexOf('.') + 1)),
    ...(table === undefined ? [] : [`table_name=${on(table).join('')}`]),
    ...schemaOf(isPostgres ? name : (table ?? name)),
    ...(how.concurrently ? ['postgresql_concurrently=True'] : []),
  ]);
}

/** `postgresql_not_valid` is there since SQLAlchemy 1.4.32: https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#postgresql-constraint-options */
function addConstraint(
  { constraint }: Of<'addConstraint'>,
  { database }: Target,
  [op, table, schema]: Place,
): string[] | undefined {
  if (constraint.name === undefined) return undefined;
  const unchecked = 'validated' in constraint && !constraint.validated && database === 'postgres';
  const later = unchecked ? ['postgresql_not_valid=True'] : [];
  const begin = [final(constraint.name, op), ...table];
  switch (constraint.kind) {
    case 'foreignKey': {
      const given = relationOf(constraint, schema);
      return given && statementLines(`${op}.create_foreign_key`, [...begin, ...given, ...later]);
    }
    case 'check': {
      if (constraint.enforced === false) return undefined;
      const condition = textOf(printable(constraint.expression.sql));
      return statementLines(`${op}.create_check_constraint`, [...begin, condition, ...schema, ...later]);
    }
    case 'unique':
    case 'primaryKey': {
      if (constraint.usingIndex !== undefined) return undefined;
      const create = constraint.kind === 'unique' ? 'create_unique_constraint' : 'create_primary_key';
      const columns = pythonNames(constraint.columns);
      const deferral = constraint.kind === 'unique' ? deferralOf(constraint) : [];
      return statementLines(`${op}.${create}`, [...begin, columns, ...deferral, ...schema]);
    }
    default:
      return undefined;
  }
}

function deferralOf({ deferrable, initiallyDeferred }: { deferrable?: true; initiallyDeferred?: true }): string[] {
  if (initiallyDeferred) return ['deferrable=True', 'initially="DEFERRED"'];
  return deferrable ? ['deferrable=True'] : [];
}

function relationOf(key: Extract<Constraint, { kind: 'foreignKey' }>, schema: string[]): string[] | undefined {
  const { columns, references } = key;
  if (references.columns.length === 0 || references.onDeleteColumns) return undefined;
  return [
    ...on(references.table),
    pythonNames(columns),
    pythonNames(references.columns),
    ...(references.onUpdate ? [`onupdate=${pythonString(references.onUpdate.toUpperCase())}`] : []),
    ...(references.onDelete ? [`ondelete=${pythonString(references.onDelete.toUpperCase())}`] : []),
    ...deferralOf(key),
    ...(references.matchFull ? ['match="FULL"'] : []),
    ...schema.map((each) => `source_${each}`),
    ...schemaOf(references.table, 'referent_schema'),
  ];
}

/** MySQL drops each kind in its own way, and checks differently from version to version. */
function dropConstraint(
  { name, constraint, ...how }: Of<'dropConstraint'>,
  { database }: Target,
  [op, table, schema]: Place,
): string[] | undefined {
  const type = constraint && constraintTypes[constraint];
  const isMysql = database === 'mysql' || database === 'mariadb';
  if (name === undefined || how.ifExists || how.cascade) return undefined;
  if (isMysql && constraint !== 'foreignKey' && constraint !== 'unique') return undefined;
  const typed = type === undefined ? [] : [`type_=${pythonString(type)}`];
  return statementLines(`${op}.drop_constraint`, [final(name, op), ...table, ...typed, ...schema]);
}

const constraintTypes: Partial<Record<Constraint['kind'], string>> = {
  foreignKey: 'foreignkey',
  unique: 'unique',
  check: 'check',
  primaryKey: 'primary',
};

/** One thing at a time, as PostgreSQL gets it; MySQL says the whole column anew, with what this does not know. An unknown database may be one that does, and is told what is there. */
function alterColumn(step: Of<'alterColumn'>, target: Target): string[] | undefined {
  const { type, using, nullable, default: value, was } = step;
  const { database } = target;
  const changes = [type, nullable, value].filter((each) => each !== undefined);
  const isKnown = database === 'postgres' || database === 'sqlite' || database === 'unknown';
  if (!isKnown || changes.length !== 1 || using || step.generated !== undefined) return undefined;
  const next = alembicType(type, database);
  if (type && next === undefined) return undefined;
  const old = alembicType(was?.type, database);
  if (database === 'unknown' && old === undefined) return undefined;
  const kept = database === 'unknown' && value === undefined ? was?.default : undefined;
  const words = [
    ...(next === undefined ? [] : [`type_=${next}`]),
    ...(old === undefined ? [] : [`existing_type=${old}`]),
    ...(kept === undefined ? [] : [`existing_server_default=${serverDefault(kept)}`]),
    ...(nullable === undefined ? [] : [`nullable=${nullable ? 'True' : 'False'}`]),
    ...(value === undefined ? [] : [`server_default=${serverDefault(value)}`]),
  ];
  return altering(step.table, target, ([op, table, schema]) =>
    statementLines(`${op}.alter_column`, [...table, pythonName(step.column), ...words, ...schema]),
  );
}

function serverDefault(value: NonNullable<Of<'alterColumn'>['default']>): string {
  return value === 'none' ? 'None' : `sa.text(${textOf(printable(value.sql))})`;
}
