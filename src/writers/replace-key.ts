/** On PostgreSQL, columns of a key take a larger type: others beside them, kept equal by triggers, that take their places in one short transaction. */
import { isWidened } from '../operations/facts/key-types.ts';
import type { FamilyColumn, Hindrance, KeyFamily } from '../operations/key-family.ts';
import { outsideTransaction } from '../operations/facts/frameworks.ts';
import { isAtLeast } from '../operations/migration.ts';
import type { Constraint, DataType } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import { buildIndex } from './build-index.ts';
import { dropForgotten } from './drop-column.ts';
import { columnSql, madeUpName, tableSql, typeSql } from './identifier.ts';
import { requireColumn } from './require-column.ts';
import { stepStatements } from './sql.ts';
import { columnBeside, takeBack, type FillColumn, type Step } from './step.ts';
import { beside, functionSql, swapSql, type Member, type Repointed } from './swap-key.ts';
import type { DraftMigration } from './write-migration.ts';
import type { Target } from './writer.ts';

/** Migrations of their own, in their order. */
export type KeyReplacement = {
  members: Member[];
  /** The columns, and the triggers that keep them equal to the old ones. */
  add: DraftMigration[];
  fill: FillColumn[];
  /** What makes them keys, and what finds them. */
  build: DraftMigration[];
  /** That none of them is NULL, and where they point to. */
  prove: DraftMigration[];
  point: DraftMigration[];
  swap: DraftMigration;
  drop: DraftMigration[];
};

/** What keeps the columns from being replaced step by step: what their tables hold, the types, or a version that reads all rows for NOT NULL. */
export function hindrancesOf(family: KeyFamily, type: DataType, version: string | undefined): Hindrance[] {
  const found = [...family.hindrances];
  for (const { column, was } of family.columns)
    if (!was.type || !isWidened(was.type, type))
      found.push({ what: 'the type', name: was.type ? typeSql(was.type) : column, does: `is no smaller integer` });
  if (version !== undefined && !isAtLeast(version, '12'))
    found.push({
      what: 'PostgreSQL',
      name: version,
      does: 'reads every row for NOT NULL, also where a check proves it',
    });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

/** The migrations that it takes. */
export function replaceKey(target: Target, family: KeyFamily, type: DataType): KeyReplacement {
  const members = family.columns.map(memberOf);
  const keys = repointed(members, family.staying);
  return withoutState(target, {
    members,
    add: members.map((member) => ({
      steps: [columnBeside(member.table, member.to, type, member.was), ...keepEqual(member)],
    })),
    fill: members.map(({ table, column, to }) => ({
      kind: 'fillColumn',
      table,
      column: to,
      value: columnSql(column, 'postgres'),
      from: column,
    })),
    build: members.flatMap(buildAnew),
    prove: members
      .filter(({ was }) => !was.nullable)
      .flatMap(({ table, to }) => requireColumn(table, to, '12', type).slice(0, 2))
      .map((steps) => ({ steps })),
    point: keys.flatMap((key) => pointAnew(key, target)),
    swap: {
      steps: [{ kind: 'sql', sql: swapSql(members, keys), final: true }],
      allow: {
        rules: swapRules(members, keys),
        because: 'a check proves each of them, and one short transaction holds it all',
      },
    },
    drop: members.map(({ table, old, was }) =>
      dropForgotten(target, table, old, {
        name: old,
        nullable: true,
        constraints: [],
        ...(was.type && { type: was.type }),
      }),
    ),
  });
}

/** Django's state never knows the columns that come and go: no operation of models may name them. */
function withoutState({ framework }: Target, steps: KeyReplacement): KeyReplacement {
  if (framework !== 'django') return steps;
  const inSql = (drafts: readonly DraftMigration[]) =>
    drafts.map((draft) => ({ ...draft, steps: draft.steps.map(asSql) }));
  const { add, build, prove, point, drop } = steps;
  return {
    ...steps,
    add: inSql(add),
    build: inSql(build),
    prove: inSql(prove),
    point: inSql(point),
    drop: inSql(drop),
  };
}

function asSql(step: Step): Step {
  const sql = stepStatements(step, 'postgres')?.join(' ');
  if (step.kind === 'sql' || sql === undefined) return step;
  const back = (takeBack([step]) ?? []).flatMap((each) => stepStatements(each, 'postgres') ?? []).join(' ');
  const concurrently = 'concurrently' in step && step.concurrently ? { concurrently: true as const } : {};
  return { kind: 'sql', sql, ...concurrently, ...(back !== '' && { back }) };
}

function memberOf(member: FamilyColumn): Member {
  const to = madeUpName(member.column, 'new');
  return {
    ...member,
    to,
    old: madeUpName(member.column, 'old'),
    trigger: madeUpName(member.table, to),
    check: madeUpName(member.table, to, 'not_null'),
  };
}

/** The foreign keys of columns that are replaced, and those that stay and point to one. */
function repointed(members: readonly Member[], staying: KeyFamily['staying']): Repointed[] {
  const newName = (table: Name, column: string) =>
    members.find((each) => each.table === table && each.column === column)?.to ?? column;
  const all = [
    ...members.flatMap(({ table, foreignKeys }) => foreignKeys.map((each) => ({ table, ...each }))),
    ...staying,
  ];
  return all.map(({ table, key, to, isIndexed }) => ({
    table,
    key,
    isIndexed,
    name: beside(key.name, 'new'),
    columns: key.columns.map((column) => newName(table, column)),
    to: newName(key.references.table, to),
    isNew: newName(key.references.table, to) !== to,
  }));
}

/** It fires for what every release writes, so that none has to change: https://www.postgresql.org/docs/current/plpgsql-trigger.html */
function keepEqual({ table, column, to, trigger }: Member): Step[] {
  const [name, on] = [functionSql(table, trigger), tableSql(table, 'postgres')];
  const set = `NEW.${columnSql(to, 'postgres')} := NEW.${columnSql(column, 'postgres')};`;
  return [
    {
      kind: 'sql',
      sql: `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${set} RETURN NEW; END $$;`,
      back: `DROP FUNCTION ${name}();`,
    },
    {
      kind: 'sql',
      sql: `CREATE TRIGGER ${columnSql(trigger, 'postgres')} BEFORE INSERT OR UPDATE ON ${on} FOR EACH ROW EXECUTE FUNCTION ${name}();`,
      back: `DROP TRIGGER ${columnSql(trigger, 'postgres')} ON ${on};`,
    },
  ];
}

function buildAnew({ table, column, to, keys, indexes }: Member): DraftMigration[] {
  const ofKeys = keys.map(({ name }) => ({ name: beside(name, 'new'), columns: [to], unique: true }));
  const others = indexes.map((index) => ({
    ...index,
    name: beside(index.name ?? madeUpName(table, ...index.columns, 'idx'), 'new'),
    columns: index.columns.map((each) => (each === column ? to : each)),
  }));
  return [...ofKeys, ...others].map((index) => buildIndex(table, index, 'postgres'));
}

/** Checked later; what its author states is what no reader sees: indexes that were built by hand, or are not there for the old key either. */
function pointAnew({ table, key, name, columns, to, isNew, isIndexed }: Repointed, target: Target): DraftMigration[] {
  const references = { ...key.references, columns: [to] };
  const constraint: Constraint = { ...key, name, columns, references, validated: false };
  const byHand = outsideTransaction(target.framework).byHand === true;
  const hasUnseenIndex = byHand && columns.join('\n') !== key.columns.join('\n');
  const hasUnseenKey = byHand && isNew;
  const rules = [
    ...(hasUnseenKey ? ['foreign-key-to-no-key'] : []),
    // Django makes an index beside each key, so that nothing is said of one.
    ...((!isIndexed || hasUnseenIndex) && target.framework !== 'django' ? ['foreign-key-without-index'] : []),
  ];
  const because = isIndexed ? 'its index was built by hand' : `${key.name} has no index either`;
  return [
    { steps: [{ kind: 'addConstraint', table, constraint }], ...(rules.length > 0 && { allow: { rules, because } }) },
    { steps: [{ kind: 'validateConstraint', table, name }] },
  ];
}

/** What the reader of one statement cannot know of those before it. */
function swapRules(members: readonly Member[], keys: readonly Repointed[]): string[] {
  const tables = new Set([...members, ...keys].map(({ table }) => table));
  return ['rename-column', ...(tables.size > 1 ? ['several-tables-locked'] : [])];
}

/** The query that lists the foreign keys to a table. */
export function pointingSql(table: Name): string {
  const named = tableSql(table, 'postgres').replaceAll("'", "''");
  return `SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND confrelid = '${named}'::regclass;`;
}

/** What the swap leaves at the old column, as no migration that was read tells of it. */
export const notSeen =
  'Views, policies, publications and column privileges that were made elsewhere stay with the old columns: add to the block what makes them anew.';
