import type { Migration } from '../src/operations/migration.ts';
import { isSchemaOrData } from '../src/operations/operation-questions.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Context, type Rule } from '../src/rule.ts';
import { callsThat, mayBeHeld, namesOf, type CodeCall } from './advice/code-calls.ts';
import { tableOf } from './advice/describe.ts';
import { isComputedName } from '../src/operations/name.ts';
import { oldTables } from './advice/old-tables.ts';

/** The migration asks another machine, and waits for it. */
export const networkCallInMigration: Rule = {
  id: 'network-call-in-migration',
  title: 'A migration that waits for another machine',
  severity: 'error',
  concerns: 'process',
  check: {
    migration: (migration, context) => {
      const calls = callsThat('network call', migration);
      const [first] = calls;
      if (!first) return [];
      const holder = findHolder(first, migration, context);
      const held = holder
        ? `What the migration has locked${placeOf(holder)} stays locked as long as the other side takes, for every answer anew`
        : 'The migration takes as long as the other side does';
      return [
        {
          severity: holder ? 'error' : 'warning',
          span: first.span,
          message: `The migration calls ${namesOf(calls)}. ${held}; when the other side is down, slow or gone, so is the deploy; and what it was told is not taken back when the migration fails.`,
          advice:
            'Ask before the migration: a script or task that stores the answers, can be stopped and run again, and has a timeout. The migration then reads what is stored, or needs no answer at all.',
        },
      ];
    },
  },
};

/** What holds a lock on an existing table while the call waits: it ran before, or ran in an earlier round of the same loop. */
function findHolder(call: CodeCall, migration: Migration, context: Context): Operation | undefined {
  if (!mayBeHeld(migration) || migration.up.some((each) => each.kind === 'commit')) return undefined;
  const isOld = oldTables(migration, context);
  const at = migration.up.indexOf(call);
  return migration.up.find((each, index) => {
    const isLooped = 'looped' in each && each.looped;
    if (each.kind === 'runCode' || each.kind === 'insertRows' || each.kind === 'createTable') return false;
    return isSchemaOrData(each) && (index < at || isLooped) && isOld(tableOf(each));
  });
}

function placeOf(operation: Operation): string {
  const table = tableOf(operation);
  return table === undefined || isComputedName(table) ? '' : ` in ${code(table)}`;
}
