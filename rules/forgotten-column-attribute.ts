import { isSameType } from '../src/operations/facts/type-change.ts';
import type { Column } from '../src/operations/column.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { saysEverything } from '../src/operations/operation-questions.ts';
import { clauseSql } from './advice/alter-sql.ts';
import { paragraphs } from './advice/fence.ts';
import { lostOf } from './advice/lost-attributes.ts';
import { findLostOnPostgres } from './advice/lost-on-postgres.ts';
import { isMysql } from './advice/online-change.ts';

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
      if (context.migration.database === 'sqlserver') return findOnSqlserver(operation, old);
      if (context.migration.database === 'postgres') return findLostOnPostgres(operation, old, context);
      if (!isMysql(context.migration.database)) return undefined;
      return saysEverything(operation) ? findOnMysql(operation, old, context) : undefined;
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
  const whole = { ...operation, ...Object.assign({}, ...lost.map(({ said }) => said)) };
  return {
    severity: worst.severity,
    message: `${code(`${table}.${operation.column}`)} loses its ${words.map((each) => code(each)).join(' and its ')}: \`MODIFY\` and \`CHANGE\` say the whole column anew, and what they leave out is gone. ${effects.join(' ')}`,
    advice: paragraphs(advise(whole, words.join(' ')), worst.meant),
  };
}

const rank = { error: 0, warning: 1, notice: 2 };

/** https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#type_schema_name-type_name: what is not said is NULL and the collation of the database. */
function findOnSqlserver(operation: AlterColumn, old: Column): Found | undefined {
  const { table, column, type, nullable } = operation;
  if (!type || !old.type || isSameType(type, old.type)) return undefined;
  const requires = nullable === true && !old.nullable && operation.saidNullable !== true;
  const collation = type.collation === undefined ? old.type.collation : undefined;
  if (!requires && collation === undefined) return undefined;
  const lost = [requires ? '`NOT NULL`' : '', collation === undefined ? '' : code(`COLLATE ${collation}`)].filter(
    Boolean,
  );
  const what = requires
    ? 'it takes NULLs from then on'
    : 'its values are compared as the database does by itself, unless that is the same';
  return {
    ...(requires ? {} : { severity: 'notice' }),
    message: `${code(`${table}.${column}`)} loses its ${lost.join(' and ')}: \`ALTER COLUMN\` says the column anew, and what it leaves out is gone, so that ${what}.`,
    advice: `Say it again: ${lost.join(' ')} behind the type.`,
  };
}

function advise(operation: Operation & AlterColumn, attribute: string): string {
  const clause = clauseSql(operation);
  return `Say it again with ${code(attribute)}${clause === undefined ? '' : `: ${code(clause, 300)}`}.`;
}
