/** A schema as lines that a person can compare. */
import type { Constraint, Expression, Index } from '../../src/operations/column.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { applyOperation, emptySchema } from '../../src/operations/schema.ts';
import type { Table } from '../../src/operations/table.ts';

/** What operations make of an empty database, table by table. */
export function schemaLines(operations: readonly Operation[]): string[] {
  const schema = emptySchema();
  for (const operation of operations) applyOperation(schema, operation, false);
  return [...schema.tables.values()].flatMap(tableLines);
}

function tableLines({ name, columns, constraints, indexes }: Table): string[] {
  return [
    name,
    ...[...columns.values()].map(({ name: column, type, nullable, default: value, generated }) =>
      [
        `  ${column}`,
        type && `${type.name}${type.arguments.length > 0 ? `(${type.arguments.join(',')})` : ''}`,
        type?.unsigned && 'unsigned',
        type?.array && 'array',
        nullable ? undefined : 'not null',
        generated,
        value && `default ${valueLine(value)}`,
      ]
        .filter((word) => typeof word === 'string')
        .join(' '),
    ),
    ...constraints.map((each) => `  ${constraintLine(each)}`),
    ...indexes.map((each) => `  ${indexLine(each)}`),
  ];
}

function valueLine({ sql, known, functions }: Expression): string {
  return functions.length > 0 || !known ? `by ${functions.join(', ')}` : sql;
}

function constraintLine(constraint: Constraint): string {
  const named = constraint.name === undefined ? '' : ` ${constraint.name}`;
  if (constraint.kind === 'check') return `check${named}: ${constraint.expression.sql}`;
  const over = `${constraint.kind}${named} (${constraint.columns.join(', ')})`;
  if (constraint.kind !== 'foreignKey') return over;
  const { table, columns, onDelete } = constraint.references;
  return `${over} to ${table} (${columns.join(', ')}) ${onDelete ?? ''}`.trimEnd();
}

function indexLine({ name, columns, unique, method, where }: Index): string {
  const words = [unique && 'unique', 'index', name, method, `(${columns.join(', ')})`, where && `where ${where.sql}`];
  return words.filter((word) => typeof word === 'string').join(' ');
}
