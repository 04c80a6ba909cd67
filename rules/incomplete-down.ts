import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Rule } from '../src/rule.ts';
import { describeResult, tableOf } from './advice/describe.ts';

/** The way back is written, and leaves something standing that the way forward has made. */
export const incompleteDown: Rule = {
  id: 'incomplete-down',
  title: 'A way back that leaves something standing',
  severity: 'notice',
  concerns: 'process',
  check: {
    migration: ({ up, down, path, framework }) => {
      if (down.kind !== 'written' || [...up, ...down.operations].some(isUnknown)) return [];
      const left = up.filter(
        (each, index) =>
          makes(each) &&
          !(each.kind === 'createType' && asksBefore.has(framework)) &&
          !isGone(each, up.slice(0, index)) &&
          !isGone(each, [...up.slice(index + 1), ...down.operations]),
      );
      const [first] = left;
      const touched = new Set(up.map(tableOf));
      // Nothing of its own tables is dropped: the way back is about something else, and on purpose.
      if (!first || !down.operations.some((each) => each.kind.startsWith('drop') && touched.has(tableOf(each))))
        return [];
      return [
        {
          span: first.span,
          message: `After the way back of ${code(path)} there is still ${left.slice(0, 5).map(describeResult).join(', ')}: the tool counts it as undone, and the next attempt stops at what is there already.`,
          advice: 'Drop in the down direction what is made here, in reverse order.',
        },
      ];
    },
  },
};

/** They make a type only where none of its name is there: https://github.com/sequelize/sequelize/blob/v6/src/dialects/postgres/query-interface.js (ensureEnums), https://github.com/rails/rails/blob/v7.1.0/activerecord/lib/active_record/connection_adapters/postgresql_adapter.rb (create_enum) */
const asksBefore: ReadonlySet<string> = new Set(['sequelize', 'rails']);

function makes(operation: Operation): boolean {
  if (operation.conditional || ('ifNotExists' in operation && operation.ifNotExists)) return false;
  if (operation.kind === 'createTable') return !operation.temporary;
  return operation.kind === 'addColumn' || operation.kind === 'createType';
}

/** Others drop it, give it another name, or drop what it is in: later, or before, where it is made in the place of what stood there, as it is again at the next attempt. */
function isGone(made: Operation, others: readonly Operation[]): boolean {
  if (made.kind === 'createType') return others.some((each) => isTypeGone(each, made.type));
  if (made.kind !== 'createTable' && made.kind !== 'addColumn') return true;
  return others.some((each) => {
    if (each.kind === 'dropSchema') return made.table.startsWith(`${each.schema}.`);
    if (each.kind === 'dropTable' || each.kind === 'renameTable') return each.table === made.table;
    if (made.kind !== 'addColumn' || (each.kind !== 'dropColumn' && each.kind !== 'renameColumn')) return false;
    return each.table === made.table && each.column === made.column.name;
  });
}

/** No table and no column takes its type along. */
function isTypeGone(each: Operation, type: Name): boolean {
  if (each.kind === 'dropSchema') return type.startsWith(`${each.schema}.`);
  const isAbout = each.kind === 'dropObject' || each.kind === 'renameObject';
  return isAbout && each.name.toLowerCase() === type.toLowerCase();
}

function isUnknown({ kind }: Operation): boolean {
  return kind === 'opaque' || kind === 'runCode';
}
