import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { isComputedName } from '../src/operations/name.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { fence } from '../src/writers/fence.ts';
import { oldTables } from './advice/old-tables.ts';
import { isHeldLoop } from './advice/one-cause.ts';

/** A loop over rows ends with an error at the first one that does not pass. */
export const backfillStopsAtBadRow: Rule = {
  id: 'backfill-stops-at-bad-row',
  title: 'One bad row stops the migration',
  severity: 'warning',
  concerns: 'rows',
  check: {
    insertRows: (operation, context) => stopped(operation, context),
    updateRows: (operation, context) => stopped(operation, context),
    deleteRows: (operation, context) => stopped(operation, context),
  },
};

type Write = OperationOf<'insertRows'> | OperationOf<'updateRows'> | OperationOf<'deleteRows'>;

/** Said once: whoever looks at one loop sees the next. */
function stopped({ table, stopsBy }: Write, context: Context): Found | undefined {
  const { migration, before, sizeOf } = context;
  const isOld = oldTables(migration, context);
  if (stopsBy === undefined || migration.startedByHand || !isOld(table)) return undefined;
  if (before.some((each) => isStopped(each) && isOld(each.table)) || isHeldLoop(context)) return undefined;
  const rows = isComputedName(table) ? 'row' : `row for ${code(table)}`;
  const validates = stopsBy.endsWith('!')
    ? " It runs the validations of today's model, which old rows may never have met."
    : '';
  return {
    severity: sizeOf(table) === 'small' ? 'notice' : 'warning',
    message: `${code(stopsBy)} ends the loop at the first ${rows} that does not pass.${validates} ${whatStands(context)}`,
    advice: `Before the deploy, ask a copy of production for such rows, by the same condition, and correct them. In the loop leave one as it is, write its key down and go on; write batches that commit, of rows that are not done yet, so that it can run again.${snippet(migration.framework, stopsBy)}`,
  };
}

function isStopped(operation: Operation): operation is Operation & Write {
  return 'stopsBy' in operation && operation.stopsBy !== undefined;
}

function whatStands({ inTransaction, before }: Context): string {
  const rest = 'the migration counts as not done, and the deploy stands still until somebody has found the row';
  if (inTransaction === true) {
    const kept = before.some(({ kind }) => kind === 'begin') ? ', what was committed before it stays' : '';
    return `The transaction takes back what it wrote${kept}, ${rest}.`;
  }
  const unless = inTransaction === undefined ? 'Unless a transaction holds the loop, the' : 'The';
  return `${unless} rows before it stay written while ${rest}; the next run begins with the first row again.`;
}

/** What to write in the place of the error. */
function snippet(framework: string, stopsBy: string): string {
  const instead = `# in the place of ${stopsBy}`;
  switch (framework) {
    case 'rails':
      return `\n\n${fence('ruby', [`${stopsBy.endsWith('!') ? `left << row.id unless row.${stopsBy.slice(0, -1)}` : 'left << row.id; next'} ${instead}`, 'say "left as they are: #{left.inspect}" # after the loop'])}`;
    case 'django':
    case 'alembic':
      return `\n\n${fence('python', [`left.append(row.${framework === 'django' ? 'pk' : 'id'}); continue  ${instead}`, 'print("left as they are:", left)  # after the loop'])}`;
    default:
      return `\n\n${fence('js', [`left.push(row.id); continue; // in the place of ${stopsBy}`, "console.warn('left as they are:', left); // after the loop"])}`;
  }
}
