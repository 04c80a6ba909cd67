import type { Migration } from '../src/operations/migration.ts';
import { isData, isSchema } from '../src/operations/operation-questions.ts';
import type { Operation } from '../src/operations/operation.ts';
import type { Found, Rule } from '../src/rule.ts';
import { callsThat, mayBeHeld, namesOf, type CodeCall } from './advice/code-calls.ts';
import { ownConnection } from './advice/own-connection.ts';

/** The migration reads or writes through a connection that is not its own. */
export const secondConnection: Rule = {
  id: 'second-connection',
  title: 'A query through another connection than that of the migration',
  severity: 'error',
  concerns: 'process',
  check: {
    migration: (migration) => {
      const committed = migration.up.findIndex((each) => each.kind === 'commit');
      // After a commit of its own the migration holds and hides nothing: so are indexes built concurrently.
      const calls = callsThat('second connection', migration).filter(
        (each) => committed < 0 || migration.up.indexOf(each) < committed,
      );
      const [first] = calls.filter((each) => !endsTransaction(each)).concat(calls);
      return first ? [foundAt(first, calls, migration)] : [];
    },
  },
};

function foundAt(first: CodeCall, calls: readonly CodeCall[], migration: Migration): Found {
  const goes = calls.length > 1 ? 'go' : 'goes';
  const who = `${namesOf([first, ...calls])} ${goes} through another connection than the one that the migration runs on.`;
  return {
    severity: canStop(migration) ? 'error' : 'warning',
    span: first.span,
    message: `${who} ${consequence(migration)}`,
    advice: ownConnection(migration, first),
  };
}

/** A second connection neither sees nor waits for what is committed statement by statement. */
function canStop(migration: Migration): boolean {
  const commits = migration.database === 'mysql' || migration.database === 'mariadb';
  if (commits || !mayBeHeld(migration)) return false;
  // Alembic puts all migrations of a run into one transaction unless env.py says otherwise.
  return migration.framework === 'alembic' || migration.up.some(isOwnWork);
}

function isOwnWork(operation: Operation): boolean {
  return isSchema(operation) || (isData(operation) && operation.kind !== 'runCode');
}

function consequence(migration: Migration): string {
  if (!canStop(migration))
    return 'What it writes is committed by itself: when the migration fails, it stays, and the next run does it again.';
  const isPostgres = migration.database === 'postgres' || migration.database === 'unknown';
  const unseen = isPostgres ? ' (`relation … does not exist`)' : '';
  const waits =
    'for ever: the lock is given back only when the migration ends, and the migration waits inside the program, where the database sees no deadlock';
  if (migration.framework === 'alembic')
    return `With one transaction for all migrations it does not see the tables and columns that they make${unseen}; with a transaction for each, it waits for a table that this one has locked ${waits}.`;
  return `It does not see what the migration has changed so far${unseen}, and waits for a table that the migration has locked ${waits}.`;
}

/** Ends a transaction of the other connection; what it ends is the better place to look at. */
function endsTransaction({ code: text }: CodeCall): boolean {
  return text.endsWith('.commit()') || text.endsWith('.rollback()');
}
