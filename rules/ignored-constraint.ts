import { checksAreKept } from '../src/operations/facts/mysql-change.ts';
import { isAtLeast, type Migration } from '../src/operations/migration.ts';
import type { Column, Constraint, Reference } from '../src/operations/column.ts';
import type { Name } from '../src/operations/name.ts';
import { code, codes, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnSql, columnsSql, tableSql } from '../src/writers/identifier.ts';
import { isMysql } from './advice/online-change.ts';

/** A constraint that the server reads, accepts and does not keep. */
export const ignoredConstraint: Rule = {
  id: 'ignored-constraint',
  title: 'A constraint that MySQL reads and ignores',
  concerns: 'rows',
  severity: 'warning',
  check: {
    createTable: ({ table, columns, constraints }, context) =>
      findReferences(table, columns, constraints, context) ?? findChecks(table, columns, constraints, context),
    addColumn: ({ table, column }, context) => {
      const later = context.after.flatMap((each) =>
        each.kind === 'addConstraint' && each.table === table ? [each.constraint] : [],
      );
      return findReferences(table, [column], later, context) ?? findChecks(table, [column], [], context);
    },
    addConstraint: ({ table, constraint }, context) => findChecks(table, [], [constraint], context),
  },
};

/**
 * MySQL keeps REFERENCES at a column since 9.0 (https://bugs.mysql.com/bug.php?id=102904, https://dev.mysql.com/doc/relnotes/mysql/9.0/en/news-9-0-0.html),
 * MariaDB since 10.5 (https://jira.mariadb.org/browse/MDEV-20729).
 */
function findReferences(
  table: Name,
  columns: readonly Column[],
  constraints: readonly Constraint[],
  { migration, schema }: Context,
): Found | undefined {
  const said = new Set(constraints.flatMap((each) => (each.kind === 'foreignKey' ? each.columns : [])));
  const ignored = columns.flatMap((column) => {
    const references = referenceOf(column, migration);
    return references && !said.has(column.name) ? [{ name: column.name, references }] : [];
  });
  if (ignored.length === 0) return undefined;
  const names = codes(ignored.map(({ name }) => `${table}.${name}`));
  const isMaria = migration.database === 'mariadb';
  const unless = migration.databaseVersion === undefined ? ', unless the server is 9.0 or later' : '';
  const keys = ignored.map(({ name, references }) => {
    const target = references.columns.length > 0 ? references.columns : keyOf(references.table, { schema });
    const to = `${tableSql(references.table, 'mysql')} ${target.length > 0 ? columnsSql(target, 'mysql') : '(…)'}`;
    return code(`FOREIGN KEY (${columnSql(name, 'mysql')}) REFERENCES ${to}`, 300);
  });
  return {
    message: `${names} gets no foreign key${unless}: ${isMaria ? 'MariaDB before 10.5' : 'MySQL before 9.0'} reads \`REFERENCES\` at a column and ignores it, without a warning. Rows may point nowhere, and nothing is deleted or set to NULL with what they point to.`,
    advice: `Say the key on its own, behind the columns: ${keys.join(', ')}.`,
  };
}

function referenceOf(column: Column, { database, databaseVersion }: Migration): Reference | undefined {
  if (database === 'mysql' && !isAtLeast(databaseVersion ?? '8', '9.0')) return column.inlineReference;
  if (database !== 'mariadb' || databaseVersion === undefined || isAtLeast(databaseVersion, '10.5')) return undefined;
  const key = column.constraints.find((constraint) => constraint.kind === 'foreignKey');
  return key?.kind === 'foreignKey' ? key.references : undefined;
}

function keyOf(table: Name, { schema }: Pick<Context, 'schema'>): readonly string[] {
  return schema.tables.get(table)?.constraints.find((each) => each.kind === 'primaryKey')?.columns ?? [];
}

function findChecks(
  table: Name,
  columns: readonly Column[],
  constraints: readonly Constraint[],
  { migration }: Context,
): Found | undefined {
  const { database, databaseVersion } = migration;
  if (!isMysql(database) || databaseVersion === undefined || checksAreKept(database, databaseVersion)) return undefined;
  const all = [...constraints, ...columns.flatMap((column) => column.constraints)];
  const check = all.find((constraint) => constraint.kind === 'check');
  if (check?.kind !== 'check') return undefined;
  const since = database === 'mysql' ? 'MySQL before 8.0.16' : 'MariaDB before 10.2.1';
  return {
    message: `The check ${code(check.name ?? check.expression.sql)} on ${code(table)} is not kept: ${since} reads \`CHECK\` and ignores it, without a warning.`,
    advice: 'Check it in the application, or by triggers before INSERT and UPDATE, until the server is newer.',
  };
}
