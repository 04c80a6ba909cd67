import { inDeploys } from '../src/operations/facts/deploys.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Rule } from '../src/rule.ts';
import { tableSql } from '../src/writers/identifier.ts';
import type { Step } from '../src/writers/step.ts';
import { isCalledObject } from './advice/called-object.ts';
import { findCascaded, findStillUsed } from './advice/cascaded.ts';
import { paragraphs, phaseFence } from './advice/fence.ts';
import { readersOf } from './advice/view-readers.ts';

/** A view, routine or sequence goes while code that uses it may still run. */
export const dropObject: Rule = {
  id: 'drop-object',
  title: 'A view, routine or sequence is dropped',
  severity: 'warning',
  concerns: 'code',
  check: {
    dropObject: (operation, context) => {
      const { object, name } = operation;
      const cascaded = findCascaded(operation, context) ?? findStillUsed(operation, context);
      if (cascaded) return cascaded;
      if (!isCalledObject(operation, context) || context.before.some((each) => isToldHere(each, context)))
        return undefined;
      // `needed-by-view` speaks.
      if (readersOf(name, undefined, context).names.length > 0) return undefined;
      const others = context.after.filter((each) => isToldHere(each, context)).length;
      const more = others === 0 ? '' : ` So do ${others === 1 ? 'one more' : `${others} more`} below.`;
      const unless = object === 'function' ? ', unless triggers alone call it' : '';
      return {
        message: `The ${object} ${code(name)} goes: the release that still runs fails wherever it uses it${unless}.${more}`,
        advice: paragraphs(
          `${inDeploys('dropped')}: first a release that does without ${code(name)}; when that runs everywhere, this migration. To change it, \`CREATE OR REPLACE\` it, or create it again in the same transaction.`,
          dropLater(operation, context),
        ),
      };
    },
  },
};

function isToldHere(operation: Operation, context: Context): boolean {
  return (
    operation.kind === 'dropObject' &&
    isCalledObject(operation, context) &&
    findCascaded(operation, context) === undefined
  );
}

/** What has a name alone; routines are told apart by their arguments, which are not known here. */
function dropLater({ object, name, ifExists, cascade }: OperationOf<'dropObject'>, { migration }: Context): string {
  if (object !== 'view' && object !== 'materialized view' && object !== 'sequence') return '';
  const what = `${object.toUpperCase()} ${ifExists ? 'IF EXISTS ' : ''}${tableSql(name, migration.database)}`;
  const step: Step = { kind: 'sql', sql: `DROP ${what}${cascade ? ' CASCADE' : ''};` };
  const allow = { rules: ['drop-object'], because: 'no release that runs uses it any more' };
  return phaseFence(migration, { steps: [step], allow });
}
