/** Operations as steps to be printed again. */
import type { Operation } from '../../src/operations/operation.ts';
import { findColumn, type Schema } from '../../src/operations/schema.ts';
import { madeUpName } from '../../src/writers/identifier.ts';
import type { Step } from '../../src/writers/step.ts';

/** The same as steps, with what the schema has of what stood there before; undefined where one of them cannot be said again in full. */
export function restate(operations: readonly Operation[], schema: Schema): Step[] | undefined {
  const steps = operations.map(stepsOf);
  if (steps.some((each) => each === undefined)) return undefined;
  return steps.flatMap((each) => each ?? []).map((step) => withWas(step, schema));
}

function stepsOf(operation: Operation): Step[] | undefined {
  const { span: _span, statement: _statement, conditional, online: _online, mutedBy: _mutedBy, ...step } = operation;
  if (conditional) return undefined;
  switch (step.kind) {
    case 'addColumn':
      return columnAndConstraints(step);
    case 'addConstraint':
      return step.constraint.kind === 'exclusion' ? undefined : [step];
    case 'alterColumn':
      return isPlain(step) && step.position === undefined ? [step] : undefined;
    case 'dropConstraint':
      return step.name === undefined ? undefined : [step];
    case 'createIndex':
      return [{ ...step, index: { ...step.index, name: step.index.name ?? nameOf(step) } }];
    case 'dropTable':
    case 'renameTable':
    case 'renameColumn':
    case 'validateConstraint':
    case 'dropColumn':
    case 'dropIndex':
      return [step];
    default:
      return undefined;
  }
}

/** Neither counted nor worked out. */
function isPlain({ generated }: Extract<Step, { kind: 'alterColumn' }>): boolean {
  return generated === undefined || generated === 'none';
}

type AddColumn = Extract<Step, { kind: 'addColumn' }>;

/** What is written at the column stands on its own, under a name. */
function columnAndConstraints({ table, column, ...how }: AddColumn): Step[] | undefined {
  const { constraints, inlineReference, position, ...plain } = column;
  if (inlineReference || position || plain.generated || !plain.type) return undefined;
  const steps: Step[] = [{ ...how, table, column: { ...plain, constraints: [] } }];
  for (const constraint of constraints) {
    if (constraint.kind === 'exclusion' || constraint.kind === 'primaryKey') return undefined;
    const name = constraint.name ?? madeUpName(table, column.name, suffixes[constraint.kind]);
    const columns = 'columns' in constraint ? { columns: [column.name] as [string] } : {};
    steps.push({ kind: 'addConstraint', table, constraint: { ...constraint, ...columns, name } });
  }
  return steps;
}

/** As PostgreSQL itself calls them. */
const suffixes = { unique: 'key', foreignKey: 'fkey', check: 'check', notNull: 'not_null' };

function nameOf({ table, index }: Extract<Step, { kind: 'createIndex' }>): string {
  return madeUpName(table, ...index.columns.map((column) => column.match(/\w+/g)?.join('_') ?? 'expression'), 'idx');
}

/** As far as it is known, so that there is a way back; what its author says of it where the schema does not know it. */
function withWas(step: Step, schema: Schema): Step {
  if (!('table' in step) || step.table === undefined) return step;
  const known = schema.tables.get(step.table);
  switch (step.kind) {
    case 'dropColumn': {
      const was = findColumn(schema, step.table, step.column);
      return was ? { ...step, was } : step;
    }
    case 'alterColumn': {
      const was = findColumn(schema, step.table, step.column);
      return was ? { ...step, was: { ...step.was, ...was } } : step;
    }
    case 'dropIndex': {
      const was = known?.indexes.find(({ name }) => name === step.name);
      return was ? { ...step, was } : step;
    }
    case 'dropConstraint': {
      const was = known?.constraints.find(({ name }) => name !== undefined && name === step.name);
      return was ? { ...step, was } : step;
    }
    default:
      return step;
  }
}
