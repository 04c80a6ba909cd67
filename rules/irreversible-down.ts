import { takeBack } from '../src/writers/step.ts';
import { paragraphs, phaseFence } from './advice/fence.ts';
import { restate } from './advice/restate.ts';
import type { Migration } from '../src/operations/migration.ts';
import { isData, isSchema, type Operation } from '../src/operations/operation.ts';
import { goesForwardOnly, hasNoWayBack } from '../src/operations/way-back.ts';
import { code, type Rule } from '../src/rule.ts';
import { describeResult } from './advice/describe.ts';

/** The down direction has a place in the framework, and takes nothing back. */
export const irreversibleDown: Rule = {
  id: 'irreversible-down',
  title: 'A migration that cannot be taken back',
  severity: 'notice',
  concerns: 'process',
  check: {
    migration: (migration, { schema }) => {
      const why = hasNoWayBack(migration) ? whyNot(migration.down) : undefined;
      const first = migration.up.find(needsWayBack);
      if (why === undefined || !first || migration.up.some(losesData) || isLeftOnPurpose(migration)) return [];
      if (goesForwardOnly(schema) || isHarmless(migration)) return [];
      const canBeTakenBack = migration.up.every(onlyAdds);
      // Where tools write the frame of a migration, one who takes the half out means it.
      const isSure = canBeTakenBack && migration.down.kind !== 'missing';
      const next = canBeTakenBack ? 'What it adds could be dropped again.' : 'Not all of it can be known afterwards.';
      return [
        {
          severity: isSure ? 'warning' : 'notice',
          span: first.span,
          message: `Once it has run there is ${describeResult(first)}, and the way back ${why}: when the release is taken back, the schema stays, and a second attempt meets what the first one left. ${next}`,
          advice: canBeTakenBack
            ? paragraphs('Write the down direction: drop what is added, in reverse order.', bothDirections(migration))
            : 'Write what can be undone, or say in a comment why nothing needs to be: old code runs on the new rows, and the way is forward.',
        },
      ];
    },
  },
};

/** That a constraint is checked leaves nothing to take back; a value of an enum, which stays unused, can be taken out by no statement of PostgreSQL. */
function needsWayBack(operation: Operation): boolean {
  if (operation.kind === 'addEnumValue') return false;
  return operation.kind !== 'validateConstraint' && (isSchema(operation) || isData(operation));
}

/** How the way back fails. */
function whyNot(down: Migration['down']): string | undefined {
  if (down.kind === 'empty') return 'is empty';
  if (down.kind === 'irreversible') return `stops with an error (${code(down.reason)})`;
  return down.kind === 'missing' ? 'is missing' : undefined;
}

/** Rows that were filled do no harm to the release before: to do nothing is the right way back. */
function isLeftOnPurpose({ up, down }: Migration): boolean {
  return down.kind !== 'irreversible' && !up.some(isSchema);
}

/** It only adds, and asks first whether it is there: left standing it harms neither the release before nor the next attempt. */
function isHarmless({ up, down }: Migration): boolean {
  const passesAgain = (each: Operation) =>
    each.kind === 'addEnumValue' || relaxes(each) || ('ifNotExists' in each && (each.ifNotExists ?? false));
  return down.kind !== 'irreversible' && up.filter(needsWayBack).every(passesAgain);
}

/** A column may be NULL, or has a default: the release before does without it, and the next attempt says it again. */
function relaxes(operation: Operation): boolean {
  if (operation.kind !== 'alterColumn' || operation.type || operation.generated) return false;
  return operation.nullable !== false && operation.default !== 'none';
}

/** What is gone no down direction brings back: the rules about that speak. */
function losesData({ kind }: Operation): boolean {
  return kind.startsWith('drop') || kind === 'deleteRows' || kind === 'truncateTable' || kind === 'opaque';
}

function onlyAdds(operation: Operation): boolean {
  if (operation.kind === 'noEffect' || !(isSchema(operation) || isData(operation))) return true;
  if (operation.conditional || ('ifNotExists' in operation && operation.ifNotExists)) return false;
  return ['createTable', 'addColumn', 'createIndex', 'addConstraint'].includes(operation.kind);
}

/** The migration anew, with the way back that follows from it. */
function bothDirections(migration: Migration): string {
  const steps = restate(migration.up);
  return steps && takeBack(steps) ? phaseFence(migration, { steps }) : '';
}
