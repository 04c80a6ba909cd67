import { expect, test } from 'vitest';
import { renderFoldedPlan, renderPlanPage } from '../../src/render/plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { reviewed } from '../review/builders.ts';
import { view } from './builders.ts';

const table = { 'migrations/000001_start.up.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);' };
const go = { 'go.mod': 'require github.com/lib/pq v1.10.9' };

async function planOf(sql: string): Promise<Plan | undefined> {
  const parts = { projectTexts: go, history: table, basePaths: Object.keys({ ...go, ...table }) };
  const { plan } = await reviewed({ 'migrations/000002_change.up.sql': sql }, parts);
  return plan;
}

test('a plan names its phases and deploys, prints each, and says why there are so many', async () => {
  const plan = await planOf('ALTER TABLE orders ADD COLUMN state text NOT NULL;');
  expect(renderPlanPage(plan, 'markdown')).toBe(`### Roll-out: 3 phases in 2 deploys

**\`orders.state\`** · line 1

**Phase 1, before the release of deploy 1 starts: Add \`orders.state\` empty.**

The release: fills \`state\` in every row that it writes.

\`\`\`sql
ALTER TABLE orders ADD COLUMN state text;
\`\`\`

<sub>To take it back: its way back drops the column, with what the release wrote into it. If it stops half-way: nothing of the file that fails, where it runs in a transaction; run it again, after you have told \`migrate force\` the version before.</sub>

**Phase 2, in the background, once deploy 1 runs everywhere: Fill \`state\` in the rows that have none.** \`''\` stands for the value that you know. In a migration of its own, with this one statement only.

\`\`\`sql
DO $$
BEGIN
  LOOP
    UPDATE orders SET state = '' WHERE ctid = ANY (ARRAY(SELECT ctid FROM orders WHERE state IS NULL LIMIT 5000));
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END $$;
\`\`\`

Before the next phase, this gives 0:

\`\`\`sql
SELECT count(*) FROM orders WHERE state IS NULL;
\`\`\`

<sub>To take it back: nothing is to be done: the running release fills the column by itself. If it stops half-way: what is filled stays filled; run it again, and it goes on with the rows that are left.</sub>

**Phase 3, with deploy 2: Require \`state\`.** Each is a migration of its own.

\`\`\`sql
ALTER TABLE orders ADD CONSTRAINT orders_state_not_null CHECK (state IS NOT NULL) NOT VALID;
\`\`\`

\`\`\`sql
ALTER TABLE orders VALIDATE CONSTRAINT orders_state_not_null;
\`\`\`

\`\`\`sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_state_not_null;
\`\`\`

<sub>To take it back: its way back makes \`state\` nullable again; no value is lost. If it stops half-way: nothing of the file that fails, where it runs in a transaction; run it again, after you have told \`migrate force\` the version before. The files before it stay.</sub>

Why so many:

- Only new tables? No: \`orders\` was there before
- Does the release that runs now break? Yes: \`orders.state\`: 2 deploys
- Do existing rows need a value? Yes: \`orders.state\`: filled in the background, after every writer fills it
- Is something required of existing rows? Yes: \`orders.state\`: one more phase, after a query has shown that they obey
- Can it stop half-way? No: a transaction holds each file together
- Is a table large or hot? Not known here: state \`orders\` under \`tables:\` in \`.github/plimsoll.yml\`
- Are names stored in rows? No: no class or table gets another name here
`);
});

test('a new table is one phase, and nothing is folded into the comment', async () => {
  const plan = await planOf('CREATE TABLE lines (id bigint PRIMARY KEY, note text NOT NULL);');
  expect(plan).toEqual({
    phases: 1,
    deploys: 1,
    roads: [],
    answers: [
      { question: 'Only new tables?', answer: 'yes', because: 'nothing that runs reads or writes them: one phase' },
    ],
  });
  expect(renderFoldedPlan(plan, view, 10_000)).toBe('');
});

test('in a comment it is a list that is folded, and its migrations are folded once more', async () => {
  const plan = await planOf('ALTER TABLE orders ADD COLUMN state text NOT NULL;');
  const comment = renderFoldedPlan(plan, view, 10_000);
  expect(comment.startsWith('<details><summary>Roll-out: 3 phases in 2 deploys</summary>\n\n')).toBe(true);
  expect(comment).toContain(`1. Add \`orders.state\` empty (before deploy 1)
2. Fill \`state\` in the rows that have none (in the background after deploy 1)
3. Require \`state\` (with deploy 2)

<details><summary>Migrations, queries and ways back</summary>

**Phase 1`);
  expect(comment.match(/<details>/g)).toHaveLength(comment.match(/<\/details>/g)?.length ?? 0);
});

test('in a comment only those questions stand that make it longer, or that are open', async () => {
  const comment = renderFoldedPlan(await planOf('ALTER TABLE orders ADD COLUMN state text NOT NULL;'), view, 10_000);
  expect(comment).toContain('- Do existing rows need a value? Yes');
  expect(comment).toContain('- Is a table large or hot? Not known here');
  expect(comment).not.toContain('? No:');
});

test('where the migrations do not fit the list stays, and where that does not its title says where it stands', async () => {
  const plan = await planOf('ALTER TABLE orders ADD COLUMN state text NOT NULL;');
  const list = renderFoldedPlan(plan, view, 1200);
  expect(list).toContain('3. Require `state` (with deploy 2)');
  expect(list).not.toContain('ALTER TABLE');
  expect(list).toContain('`plimsoll plan` prints the migrations');
  expect(renderFoldedPlan(plan, view, 100)).toBe(
    'Roll-out: 3 phases in 2 deploys; too long for a comment, `plimsoll plan` prints it.',
  );
});

test('what stands half-way is said once', async () => {
  const page = renderPlanPage(await planOf('ALTER TABLE orders RENAME TO purchases;'), 'markdown');
  expect(page).toContain('If it stops half-way: as in phase 1.');
});

test('names of the pull request stay names', async () => {
  const plan = await planOf('ALTER TABLE "@octocat <b>```" ADD COLUMN "a`b" text NOT NULL;');
  const page = renderPlanPage(plan, 'markdown');
  expect(page).toContain('**````@octocat <b>```.a`b````**');
});

test('a framework without a way back is told of one more migration', async () => {
  const history = {
    'prisma/migrations/20240101000000_start/migration.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);',
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
  };
  const { plan } = await reviewed(
    {
      'prisma/migrations/20240201000000_change/migration.sql': 'ALTER TABLE orders ADD COLUMN state text NOT NULL;',
    },
    { history, projectTexts: history, basePaths: Object.keys(history) },
  );
  const page = renderPlanPage(plan, 'markdown');
  expect(page).toContain('To take it back: a migration that drops the column');
  expect(page).not.toContain('its way back');
});

test('a sentence that begins with a name keeps its capitals', async () => {
  const plan = await planOf('ALTER TABLE orders ADD COLUMN state text NOT NULL;');
  const [group, ...others] = plan?.roads ?? [];
  const [phase, ...later] = group?.phases ?? [];
  if (!plan || !group || !phase) throw new Error('no plan');
  const told = { ...phase, back: 'PostgreSQL takes no value out of a type.' };
  const page = renderPlanPage({ ...plan, roads: [{ ...group, phases: [told, ...later] }, ...others] }, 'markdown');
  expect(page).toContain('To take it back: PostgreSQL takes no value out of a type.');
});
