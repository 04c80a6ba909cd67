/** The road of a new table whose foreign key locks one that is written all the time. */
import type { ForeignKey } from '../../operations/foreign-keys.ts';
import type { Name } from '../../operations/name.ts';
import type { OperationOf } from '../../operations/operation.ts';
import { isNewTable } from '../../operations/schema.ts';
import { code, codes } from '../../rule.ts';
import { madeUpName } from '../../writers/identifier.ts';
import type { Step } from '../../writers/step.ts';
import type { Draft, FindRoad, Situation } from '../situation.ts';

/** The table first, then each key to a large or hot table alone: https://www.postgresql.org/docs/current/sql-createtable.html, SHARE ROW EXCLUSIVE on the other table. */
export const createdTable: FindRoad<'createTable'> = (operation, situation) => {
  const { table } = operation;
  const keys = keysToHot(operation, situation);
  if (situation.migration.database !== 'postgres' || keys.length === 0) return undefined;
  const named = keys.map((key) => ({ ...key, name: key.name ?? madeUpName(table, ...key.columns, 'fkey') }));
  const parents = codes([...new Set(keys.map((key) => key.references.table))]);
  return {
    subject: `${code(table)} points to ${parents}`,
    phases: [
      {
        title: `Create ${code(table)} without the key`,
        when: 'before',
        deploy: 1,
        note: `As this change has it, ${withoutKey(situation.migration.framework)}.`,
        migrations: [],
        back: 'Its way back drops the table.',
      },
      ...named.flatMap((key) => keyPhases(table, key)),
    ],
  };
};

/** Foreign keys to tables that are there and are stated as large or hot. */
export function keysToHot(
  operation: OperationOf<'createTable'>,
  { schema, sizeOf }: Pick<Situation, 'schema' | 'sizeOf'>,
): ForeignKey[] {
  return keysTo(operation, (table) => !isNewTable(schema, table) && ['large', 'hot'].includes(sizeOf(table)));
}

/** Foreign keys to tables like these. */
export function keysTo(
  { table, columns, constraints }: OperationOf<'createTable'>,
  isMeant: (table: Name) => boolean,
): ForeignKey[] {
  const all = [...constraints, ...columns.flatMap((column) => column.constraints)];
  return all
    .filter((each) => each.kind === 'foreignKey')
    .filter(({ references }) => references.table !== table && isMeant(references.table));
}

function keyPhases(table: Name, key: ForeignKey & { name: string }): Draft[] {
  const add: Step = { kind: 'addConstraint', table, constraint: { ...key, validated: false } };
  return [
    {
      title: `Add ${code(key.name)}`,
      when: 'before',
      deploy: 1,
      note: `Alone and with a lock timeout: it waits for every transaction that has written ${code(key.references.table)}, and all that write after it wait too. Where it gives up, run it again.`,
      migrations: [{ steps: [add] }],
      back: 'Its way back drops the key.',
    },
    {
      title: `Check the rows of ${code(table)}`,
      when: 'with',
      deploy: 1,
      migrations: [{ steps: [{ kind: 'validateConstraint', table, name: key.name }] }],
      back: 'Nothing is to be done: the key stands already.',
    },
  ];
}

/** How the framework at hand is told to make the column without the constraint. */
function withoutKey(framework: string): string {
  switch (framework) {
    case 'rails':
      return 'with an index and without `foreign_key:`';
    case 'django':
      return 'with `db_constraint=False` at the field';
    case 'alembic':
      return 'without `sa.ForeignKey` and `sa.ForeignKeyConstraint`';
    default:
      return 'without `REFERENCES`';
  }
}
