import { restatingCalls } from '../src/operations/facts/restating-calls.ts';
import type { Column } from '../src/operations/column.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn, isInPrimaryKey } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { saysEverything } from '../src/operations/operation-questions.ts';
import { clauseSql } from './advice/alter-sql.ts';
import { led, migrationFence, paragraphs } from './advice/fence.ts';
import { lostOf } from './advice/lost-attributes.ts';
import { findLostOnPostgres } from './advice/lost-on-postgres.ts';
import { findLostOnSqlserver } from './advice/lost-on-sqlserver.ts';
import { isMysql } from './advice/online-change.ts';
import { findRecreated } from './advice/recreated-column.ts';
import { isOfProgram } from '../src/writers/write-migration.ts';

/** MODIFY or CHANGE says the column anew and leaves out what it had. */
export const forgottenColumnAttribute: Rule = {
  id: 'forgotten-column-attribute',
  title: 'A column is said anew without what it had',
  concerns: 'code',
  severity: 'warning',
  check: {
    alterColumn: (operation, context) => {
      const { table, column } = operation;
      const old = findColumn(context.schema, table, column);
      if (!old || !operation.restated || context.isNew(table)) return undefined;
      if (context.migration.database === 'sqlserver') return findLostOnSqlserver(operation, old);
      if (context.migration.database === 'postgres') return findLostOnPostgres(operation, old, context);
      if (!isMysql(context.migration.database)) return undefined;
      if (!saysEverything(operation) || findRecreated(operation, context)) return undefined;
      return findOnMysql(operation, old, context);
    },
  },
};

type AlterColumn = OperationOf<'alterColumn'>;

/** What is lost, as it would be said, and what comes of it. */
function findOnMysql(operation: AlterColumn, old: Column, context: Context): Found | undefined {
  const { table } = operation;
  const lost = lostOf(operation, old, context);
  const [worst] = lost.toSorted((one, other) => rank[one.severity] - rank[other.severity]);
  if (!worst) return undefined;
  const words = lost.map(({ attribute }) => attribute);
  const effects = lost.map(({ effect }) => effect).filter((each) => each !== '');
  // A key that is said to take NULL is refused (1171).
  const isKey = isInPrimaryKey(context.schema, table, operation.column);
  const whole = {
    ...operation,
    ...(isKey ? { nullable: false } : {}),
    ...Object.assign({}, ...lost.map(({ said }) => said)),
  };
  return {
    severity: worst.severity,
    message: `${code(`${table}.${operation.column}`)} loses its ${words.map((each) => code(each)).join(' and its ')}: \`MODIFY\` and \`CHANGE\`${sentBy(context)} say the whole column anew, and what they leave out is gone. ${effects.join(' ')}`,
    advice: paragraphs(advise({ whole, old, attribute: words.join(' ') }, context), worst.meant),
  };
}

const rank = { error: 0, warning: 1, notice: 2 };

function sentBy({ migration }: Context): string {
  const call = restatingCalls[migration.framework]?.call;
  return call === undefined ? '' : `, which ${call} sends,`;
}

type Whole = { whole: Operation & AlterColumn; old: Column; attribute: string };

/** In the words of the framework where it has its own. */
function advise({ whole, old, attribute }: Whole, { migration }: Context): string {
  const clause = clauseSql(whole);
  const printed = clause === undefined ? '' : migrationFence(migration, [{ ...whole, was: old }]);
  if (isOfProgram(migration) && printed !== '') return led(`Say it again with ${code(attribute)}:`, printed);
  return `Say it again with ${code(attribute)}${clause === undefined ? '' : `: ${code(clause, 300)}`}.`;
}
