import type { Migration } from '../src/operations/migration.ts';
import type { Operation } from '../src/operations/operation.ts';
import type { Rule } from '../src/rule.ts';
import { calledOf, callsThat, namesOf, type CodeCall } from './advice/code-calls.ts';
import { ownModel } from './advice/own-model.ts';

/** The migration runs code of the application, which is another one for whoever runs it next. */
export const applicationCodeInMigration: Rule = {
  id: 'application-code-in-migration',
  title: 'A migration that uses the code of the application',
  severity: 'warning',
  concerns: 'process',
  check: {
    migration: (migration) => {
      const calls = callsThat('application code', migration).filter((each) => isOwn(each, migration));
      const [first] = calls;
      if (!first) return [];
      return [
        {
          severity: writesOnlySets(migration, calls) ? 'notice' : 'warning',
          span: first.span,
          message: `The migration uses ${namesOf(calls.map(calledOf))} of the application. Code changes and the migration does not: a class that is renamed, an association that goes, a validation or callback that comes, and it fails, or does something else, for whoever runs it next, be it production after a wait or a new installation.`,
          advice: ownModel(migration, first.code),
        },
      ];
    },
  },
};

/** Left out: what another finding is about in the same place, and calls on values of which nothing is known. */
function isOwn(call: CodeCall, { framework, up }: Migration): boolean {
  if (up.some((each) => each !== call && isTold(each) && isSamePlace(each, call))) return false;
  // A class of Ruby is a name in capitals; a call on anything else may be one of Ruby's own.
  return framework !== 'rails' || /^[A-Z]/.test(call.code);
}

function isTold(operation: Operation): boolean {
  return operation.kind === 'runCode' && operation.does !== undefined && operation.does !== 'application code';
}

function isSamePlace(one: Operation, other: Operation): boolean {
  return one.span.startLine === other.span.startLine;
}

/** Rails: statements such as `update_all` run neither callback nor validation; all that can change is the name of the class. */
function writesOnlySets({ framework, up }: Migration, calls: readonly CodeCall[]): boolean {
  if (framework !== 'rails' || !calls.every(({ code }) => /^[A-Z]\w*(::[A-Z]\w*)*$/.test(code))) return false;
  const writes = up.filter((each) => 'looped' in each || each.kind === 'insertRows' || each.kind === 'runCode');
  return writes.every((each) => each.kind === 'runCode' && calls.includes(each));
}
