/** What a plan says beside its migrations: what stands half-way, and what becomes of Django's state. */
import { describe, expect, test } from 'vitest';
import type { Phase } from '../../src/plan/plan.ts';
import { frames } from '../writers/frames.ts';
import { grounds, type Ground, type Road } from './roads.ts';
import { printed, reviewAfter } from './rounds.ts';

const withoutRollback = Object.entries(grounds).filter(([, { database }]) => /mysql|mariadb/.test(database));

describe.each(withoutRollback)('%s', (_database, ground) => {
  test.each(Object.entries(ground.roads))(
    '%s: a file is a statement, and each failure is told',
    async (_name, road) => {
      for (const framework of ['golang-migrate', 'rails', 'django', 'alembic'])
        for (const { migrations, stands } of await phasesOf(framework, ground, road)) {
          if (migrations.length === 0) expect(stands).toBe('Nothing of the schema changes.');
          else if (migrations.length === 1)
            expect(stands).toMatch(/^(Nothing: one statement|Nothing of the schema|What is filled stays)/);
          else expect(stands.match(/If file \d fails/g)).toHaveLength(migrations.length);
          expect(stands).toMatch(/run it again|schema changes/);
        }
    },
  );
});

const mysql = grounds['MySQL'];
const postgres = grounds['PostgreSQL'];

test('what a file leaves behind is named, with the statement that gives it up', async () => {
  const phases = await phasesOf('rails', mysql, {
    sql: 'ALTER TABLE shop_order MODIFY COLUMN total bigint;',
    phases: [],
  });
  expect(phases.at(-1)?.stands).toBe(
    'If file 1 fails, nothing stands; run it again. If file 2 fails, this stands: the index `shop_order_total_idx` is gone; run it again, or give it up with ``CREATE INDEX `shop_order_total_idx` ON `shop_order` (`total`);``.',
  );
});

test('a framework that has written down the failure is told first', async () => {
  const road = { sql: 'DROP TABLE shop_order;', phases: [] };
  const said = async (framework: string, ground: Ground | undefined) =>
    (await phasesOf(framework, ground, road)).at(-1)?.stands;
  expect(await said('golang-migrate', mysql)).toBe(
    'Nothing: one statement is done or it is not; run it again, after you have told `migrate force` the version before.',
  );
  expect(await said('rails', mysql)).toBe('Nothing: one statement is done or it is not; run it again.');
  expect(await said('rails', postgres)).toBe('Nothing of the file that fails; run it again.');
});

test('a failed build of PostgreSQL leaves an index', async () => {
  const [, unique] = await phasesOf('rails', postgres, {
    sql: 'CREATE UNIQUE INDEX order_number ON shop_order (number);',
    phases: [],
  });
  expect(unique?.stands).toMatch(/^An invalid index remains/);
});

test('Django loses the field first, and the database the column without touching the state again', async () => {
  const [forget, drop] = await phasesOf('django', postgres, {
    sql: 'ALTER TABLE shop_order DROP COLUMN note;',
    phases: [],
  });
  expect(forget?.migrations[0]?.text).toContain(`        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(`);
  expect(forget?.migrations[0]?.text).not.toContain('RunSQL');
  expect(drop?.migrations[0]?.text).toContain('ALTER TABLE shop_order DROP COLUMN note;');
  expect(drop?.migrations[0]?.text).not.toContain('RemoveField');
});

test('MySQL gets a default, which is no rebuild, and Django loses the field in the same file', async () => {
  const [forget] = await phasesOf('django', mysql, { sql: 'ALTER TABLE shop_order DROP COLUMN number;', phases: [] });
  expect(forget?.migrations).toHaveLength(1);
  expect(forget?.migrations[0]?.text).toContain("ALTER TABLE `shop_order` ALTER COLUMN `number` SET DEFAULT '';");
  expect(forget?.migrations[0]?.text).toContain('migrations.RemoveField(');
});

test.each(['FOREIGN KEY (shop_code) REFERENCES shops (code)', 'UNIQUE (shop_code)', "CHECK (shop_code <> '')"])(
  'a column that MySQL checks by %s is let be NULL: no made-up value passes',
  async (constraint) => {
    const tables = [
      'CREATE TABLE shops (code varchar(20) PRIMARY KEY);',
      `CREATE TABLE visits (id bigint PRIMARY KEY, shop_code varchar(20) NOT NULL, CONSTRAINT visits_shop ${constraint});`,
    ];
    const [forget] = await phasesOf('rails', mysql && { ...mysql, tables: tables.join('\n') }, {
      sql: 'ALTER TABLE visits DROP COLUMN shop_code;',
      phases: [],
    });
    expect(forget?.migrations[0]?.text).toContain('change_column :visits, :shop_code, :string, limit: 20, null: true');
  },
);

test('MySQL converts what is assigned, as its CAST has types of its own', async () => {
  const phases = await phasesOf('rails', mysql, {
    sql: 'ALTER TABLE shop_order MODIFY COLUMN total bigint;',
    phases: [],
  });
  expect(phases[1]?.migrations[0]?.text).toContain('batch.update_all("`total_new` = `total`")');
});

async function phasesOf(framework: string, ground: Ground | undefined, { sql }: Road): Promise<Phase[]> {
  if (!ground || !Object.hasOwn(frames, framework)) throw new Error(`no ground for ${framework}`);
  const first = printed(framework, ground, ground.tables, 1);
  const { plan } = await reviewAfter([first], printed(framework, ground, sql, 2), framework, ground);
  return plan?.roads[0]?.phases ?? [];
}
