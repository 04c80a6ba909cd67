/** A migration taken apart into several: what changes rows, and what changes the schema. */
import type { Column } from '../../src/operations/column.ts';
import { isData, isSchemaOrData } from '../../src/operations/operation-questions.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';
import { takeBack, type Step } from '../../src/writers/step.ts';
import { capital } from './describe.ts';
import { led, paragraphs, phaseFence } from './fence.ts';
import { restate } from './restate.ts';
import { isSameStatement, numbered } from './statement.ts';
import { ofTheirOwn } from './shared-run.ts';

/** The parts in the order in which the statements stand, each a migration of its own; printed where each is right as it stands. */
export function splitParts(context: Context): string {
  const parts = partsOf(context.migration.up);
  if (!parts.some(({ isRows }) => isRows)) return rowsBefore(context.migration.up);
  const isPlainHere = (each: Operation) => isPlain(each, context);
  const isRight = parts.length <= mostParts && parts.every(({ operations }) => operations.every(isPlainHere));
  const fences = isRight ? parts.map((part) => printed(part, context)) : [''];
  if (fences.includes(''))
    return `${ofTheirOwn(context.migration)}, in this order: ${parts.slice(0, mostParts).map(describe).join('; ')}${parts.length > mostParts ? '; and so on' : ''}.`;
  return paragraphs(
    `${ofTheirOwn(context.migration)}, in this order.`,
    ...parts.map((part, at) => led(`${at + 1}. ${capital(describe(part))}:`, fences[at] ?? '')),
  );
}

/** Where a framework sends both for one call, there is nothing to take apart: it writes what is left to write. */
function rowsBefore(up: readonly Operation[]): string {
  const written = up.filter((each) => isData(each));
  return `First, in a migration of its own, the rows that ${numbered(...written)} would write, in batches that commit where they are many: then none is left here.`;
}

const mostParts = 4;

type Part = { isRows: boolean; operations: Operation[] };

function partsOf(up: readonly Operation[]): Part[] {
  const parts: Part[] = [];
  for (const each of up.filter(isSchemaOrData)) {
    const last = parts.at(-1);
    // Rows that a framework writes for a change of the schema go with it.
    const isRows = isData(each) && !up.some((other) => !isData(other) && isSameStatement(other, each));
    if (last?.isRows === isRows) last.operations.push(each);
    else parts.push({ isRows, operations: [each] });
  }
  return parts;
}

function describe({ isRows, operations }: Part): string {
  const which = numbered(...operations);
  return isRows
    ? `the rows of ${which}, in batches that commit where they are many, and so that it can be run again (\`WHERE … IS NULL\`)`
    : `the schema of ${which}`;
}

/** Empty where it cannot be said again, or only without its way back. */
function printed({ isRows, operations }: Part, context: Context): string {
  const restated = isRows ? undefined : restate(operations, context.schema);
  const steps = restated && takeBack(restated) ? restated : asWritten(operations, context);
  return steps ? phaseFence(context.migration, { steps }) : '';
}

/** No other rule has anything to say of it, so that it is right as it stands. */
function isPlain(operation: Operation, { isNew }: Context): boolean {
  switch (operation.kind) {
    case 'createTable':
      return true;
    case 'addColumn':
      return isNew(operation.table) || isFree(operation.column);
    case 'alterColumn':
      return operation.type === undefined && operation.nullable !== false && !operation.generated;
    case 'insertRows':
      return operation.source === 'values';
    case 'updateRows':
    case 'deleteRows':
      return operation.filtered && operation.looped !== true;
    default:
      return false;
  }
}

function isFree({ nullable, default: value, generated, constraints }: Column): boolean {
  const isConstant = value === undefined || (value.known && value.functions.length === 0);
  return nullable && isConstant && generated === undefined && constraints.length === 0;
}

/** The statements as their author wrote them; a long one is not said again. */
function asWritten(operations: readonly Operation[], { statementOf }: Context): Step[] | undefined {
  const texts = operations.map(statementOf);
  if (texts.some((text) => text === undefined || text.length > 1000)) return undefined;
  return [...new Set(texts)].map((sql) => ({ kind: 'sql', sql: sql ?? '' }));
}
