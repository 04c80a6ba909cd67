import { code, codes, type Rule } from '../src/rule.ts';
import { describeRows } from './advice/describe.ts';
import { findPendingEvents } from './advice/pending-events.ts';

/** Rows are written whose foreign keys are checked at the end of the transaction, and the table is altered before it. */
export const pendingTriggerEvents: Rule = {
  id: 'pending-trigger-events',
  title: 'A table is altered while its deferred foreign keys wait to be checked',
  severity: 'error',
  concerns: 'rows',
  check: {
    migration: (migration, context) => {
      const found = findPendingEvents(migration, context);
      if (!found) return [];
      const { writes, alters, key, table, isSure } = found;
      const owner = key.references.table === table ? ' of another table' : '';
      const name = key.name === undefined ? `on ${codes(key.columns)}` : code(key.name);
      const empty = writes.kind === 'insertRows' ? '' : ' On an empty table, as in a test, it passes.';
      const isOpen = migration.transaction === 'unknown' || writes.conditional === true;
      const unless = isSure ? '' : ', unless they keep the keys that they have';
      return [
        {
          // A row that is saved as a whole mostly keeps its keys.
          severity: !isSure ? 'notice' : isOpen ? 'warning' : 'error',
          span: alters.span,
          message: `This fails (55006, pending trigger events) as soon as statement ${writes.statement} touches ${describeRows(writes)}${unless}: the foreign key ${name}${owner} is checked when the transaction ends, and until then PostgreSQL does not let ${code(table)} be altered.${empty}${isOpen ? ' So it is where both run in one transaction.' : ''}`,
          advice: `Two migrations: one that writes, one that alters. Where they must not be torn apart, \`SET CONSTRAINTS ALL IMMEDIATE;\` between them checks the keys there and then.`,
        },
      ];
    },
  },
};
