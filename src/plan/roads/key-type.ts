/** The road of a column of a key that takes another type: those that point to it go with it. */
import { findKeyFamily, isAlong, type KeyFamily } from '../../operations/key-family.ts';
import type { Database } from '../../operations/migration.ts';
import type { DataType } from '../../operations/column.ts';
import type { OperationOf } from '../../operations/operation.ts';
import { code, codes } from '../../rule.ts';
import { columnSql, tableSql, typeSql } from '../../writers/identifier.ts';
import { hindranceWords, keyHolders } from '../../writers/key-words.ts';
import { hindrancesOf, notSeen, pointingSql, replaceKey, type KeyReplacement } from '../../writers/replace-key.ts';
import { rubyString } from '../../writers/ruby.ts';
import type { Member } from '../../writers/swap-key.ts';
import { fillPhase } from '../phases.ts';
import type { Draft, FindRoad, Situation } from '../situation.ts';

type Retyped = OperationOf<'alterColumn'>;
type Road = NonNullable<ReturnType<FindRoad<'alterColumn'>>>;

/** `none`: it has no road of its own, as another one takes it along, or one statement does it all. Undefined where the column belongs to no key. */
export function keyRoad(operation: Retyped, type: DataType, situation: Situation): Road | 'none' | undefined {
  const { table, column } = operation;
  const { migration, schema, all } = situation;
  const family = findKeyFamily(schema, table, column, type);
  if (!family) return undefined;
  if (isAlong(family, before(operation, all))) return 'none';
  const subject = `${code(`${table}.${column}`)} becomes ${code(typeSql(type))}, with what points to it`;
  if (migration.database !== 'postgres') return heldRoad(subject, operation, family, migration.database);
  const hindrances = hindrancesOf(family, type, migration.databaseVersion);
  if (hindrances.length > 0) return { subject, phases: phasesInWords(operation, hindranceWords(hindrances, code)) };
  return { subject, phases: keyPhases(situation, family, replaceKey(migration, family, type), type) };
}

function before(operation: Retyped, all: Situation['all']): Situation['all'] {
  return all.slice(
    0,
    all.findIndex((each) => each === operation),
  );
}

function keyPhases(situation: Situation, { mayMiss }: KeyFamily, steps: KeyReplacement, type: DataType): Draft[] {
  const { members } = steps;
  const [key] = members;
  const missed =
    mayMiss && key
      ? ` Not all of the history was read: what else points to ${code(key.table)}, this tells, and all of it has to go along: ${code(pointingSql(key.table), 300)}`
      : '';
  return [
    {
      title: `Add ${named(members, 'to')}, kept equal by triggers`,
      when: 'before',
      deploy: 1,
      ...ignoring(situation, members),
      note: `The triggers write them, so that no release has to.${missed}`,
      migrations: steps.add,
      verify: { sql: triggersSql(members), expect: String(members.length) },
      back: 'Its way back drops the triggers and the new columns: the old ones have every value.',
    },
    ...members.map((member, at): Draft => {
      const fill = steps.fill[at];
      const phase = fillPhase(situation, {
        table: member.table,
        column: member.to,
        value: fill?.value,
        from: member.column,
        deploy: 1,
      });
      return {
        ...phase,
        title: `Fill ${code(`${member.table}.${member.to}`)}`,
        back: 'Nothing is to be done: the trigger fills what is written.',
      };
    }),
    {
      title: `Build and prove what the new columns need`,
      when: 'with',
      deploy: 2,
      migrations: [...steps.build, ...steps.prove, ...steps.point],
      verify: { sql: differingSql(members), expect: '0' },
      back: 'The ways back, last first, drop the foreign keys, checks and indexes: nothing uses them yet.',
    },
    {
      title: 'Swap the columns in one short transaction',
      when: 'with',
      deploy: 3,
      code: `Says the new type where it says one; the names stay.${inProgram(situation)}`,
      note: swapNote(members),
      migrations: [steps.swap],
      verify: { sql: swappedSql(members, type), expect: String(members.length) },
      back: 'Before it commits, by itself. After that deploy the release before: the names are the same, and the larger type holds what the smaller one did. To the smaller type, only by this road once more.',
    },
    {
      title: `Drop ${named(members, 'old')}`,
      when: 'with',
      deploy: 4,
      migrations: steps.drop,
      back: 'Nothing is lost: the columns in their places hold all of it.',
    },
  ];
}

function named(members: readonly Member[], name: 'to' | 'old'): string {
  return codes(members.map((member) => `${member.table}.${member[name]}`));
}

/** Rails lists the columns that it has seen, in INSERTs of models that write all of them and in the queries of cached statements. */
function ignoring({ migration }: Situation, members: readonly Member[]): { code?: string } {
  if (migration.framework !== 'rails') return {};
  const lines = members.map(
    ({ table, to, old }) => `# the model of ${table}\nself.ignored_columns += [${rubyString(to)}, ${rubyString(old)}]`,
  );
  return {
    code: `Ignores the columns that come and go, so that no process that has seen them names them after the swap:\n\n\`\`\`ruby\n${lines.join('\n')}\n\`\`\``,
  };
}

function inProgram({ migration: { framework } }: Situation): string {
  if (framework === 'django')
    return ' In Django, the `AlterField` goes among the `state_operations` of a `SeparateDatabaseAndState` with this SQL.';
  return javascript.has(framework)
    ? ' The driver gives `bigint` as text where it gave a number: parse it, or compare it as text.'
    : '';
}

/** https://node-postgres.com/features/types */
const javascript = new Set([
  'typeorm',
  'mikro-orm',
  'knex',
  'sequelize',
  'node-pg-migrate',
  'kysely',
  'db-migrate',
  'drizzle',
  'prisma',
]);

function swapNote(members: readonly Member[]): string {
  const tables = codes([...new Set(members.map(({ table }) => table))]);
  return [
    `ACCESS EXCLUSIVE on ${tables} and what they point to, for changes of the catalog alone.`,
    'Where one of the locks does not come within the limit, all of it fails, and is run again.',
    notSeen,
    'What the running release notices: drivers that keep prepared statements may fail once for each of them ("cached plan must not change result type", 0A000), until they prepare them anew.',
  ].join(' ');
}

function triggersSql(members: readonly Member[]): string {
  const names = members.map(({ trigger }) => literal(trigger)).join(', ');
  return `SELECT count(*) FROM pg_trigger WHERE tgname IN (${names}) AND tgenabled <> 'D';`;
}

function differingSql(members: readonly Member[]): string {
  const counts = members.map(({ table, column, to }) => {
    const [one, other] = [columnSql(to, 'postgres'), columnSql(column, 'postgres')];
    return `(SELECT count(*) FROM ${tableSql(table, 'postgres')} WHERE ${one} IS DISTINCT FROM ${other})`;
  });
  return `SELECT ${counts.join(' + ')};`;
}

function swappedSql(members: readonly Member[], type: DataType): string {
  const pairs = members.map(
    ({ table, column }) => `(${literal(tableSql(table, 'postgres'))}::regclass, ${literal(column)})`,
  );
  return `SELECT count(*) FROM pg_attribute WHERE (attrelid, attname) IN (${pairs.join(', ')}) AND atttypid = ${literal(typeSql(type))}::regtype;`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** What no migration is printed for, since what stands in its way has to be seen by people. */
function phasesInWords({ table, column }: Retyped, because: string): Draft[] {
  const own = code(`${table}.${column}`);
  const begin = { when: 'with', migrations: [] } as const;
  return [
    {
      ...begin,
      title: `A column beside ${own}, and beside each that points to it`,
      deploy: 1,
      code: 'Need not change where triggers write the new columns.',
      note: `By hand, since ${because}.`,
      back: 'Drop the triggers and the new columns.',
    },
    {
      ...begin,
      title: 'Fill them, and build for them what holds the old ones',
      when: 'background',
      deploy: 1,
      note: 'Keys as unique indexes that are built concurrently, foreign keys and checks NOT VALID and validated later.',
      back: 'Drop what was built.',
    },
    {
      ...begin,
      title: 'Swap them in one short transaction',
      deploy: 2,
      note: 'With a `lock_timeout`: the old keys go, the new ones take their indexes, the columns their names.',
      back: 'Before it commits, by itself.',
    },
    { ...begin, title: 'Drop the old columns', deploy: 3, back: 'Nothing is lost: the new columns have every value.' },
  ];
}

/** MySQL and SQL Server refuse to change a column that a key holds; where none does, one statement changes it. */
function heldRoad(subject: string, { table, column }: Retyped, family: KeyFamily, database: Database): Road | 'none' {
  const { holders, columns } = keyHolders(family, database, code);
  if (holders.length === 0) return 'none';
  const begin = { when: 'with', deploy: 1, migrations: [] } as const;
  return {
    subject,
    phases: [
      {
        ...begin,
        title: `Drop what holds ${code(`${table}.${column}`)}`,
        note: `In a maintenance window, as nothing holds the rows to each other meanwhile: ${holders.join(', ')}.`,
        back: 'Add them again.',
      },
      {
        ...begin,
        title: `Change the type of ${columns.join(', ')}`,
        note: 'Each table is copied: the run on a copy tells how long that takes.',
        back: 'Change it back, while no value needs the larger type.',
      },
      { ...begin, title: 'Add what was dropped', back: 'Drop it again.' },
    ],
  };
}
