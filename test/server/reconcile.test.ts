import { afterEach, beforeEach, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { reconcile } from '../../src/server/reconcile.ts';
import { comment, createWorld, place, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

test('a pull request with an error gets a label, a comment and two checks', async () => {
  const { desk } = world.site.addPull();
  await reconcile(place, world.handling);
  expect(desk.standing.labels).toEqual(['[migration]']);
  expect(desk.standing.comments).toHaveLength(1);
  expect(conclusions()).toEqual({ 'plimsoll/review': 'failure', 'plimsoll/sign-off': 'action_required' });
});

test('a second time writes nothing', async () => {
  world.site.addPull();
  await reconcile(place, world.handling);
  world.site.requests();
  await reconcile(place, world.handling);
  expect(world.site.requests()).toEqual(['read pull', 'list files', 'read tree', 'read base text']);
});

test('five migrations take eight requests at first', async () => {
  const files = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`db/migration/V${n}__a.sql`, `DROP TABLE t${n};`]));
  world.site.addPull({ files });
  await reconcile(place, world.handling);
  expect(world.site.requests()).toHaveLength(8);
});

test('a pull request without migrations gets two checks and silence, with at most five requests', async () => {
  const { desk } = world.site.addPull({ files: { 'README.md': 'Hello' } });
  await reconcile(place, world.handling);
  expect(world.site.requests()).toHaveLength(5);
  expect(desk.standing).toMatchObject({ labels: [], comments: [] });
  expect(conclusions()).toEqual({ 'plimsoll/review': 'success', 'plimsoll/sign-off': 'success' });
});

test('a new head is reviewed anew in the same comment', async () => {
  const pull = world.site.addPull();
  await reconcile(place, world.handling);
  pull.head = 'head-2';
  pull.files = { 'README.md': 'Hello' };
  await reconcile(place, world.handling);
  expect(pull.desk.standing.labels).toEqual([]);
  expect(pull.desk.standing.comments).toHaveLength(1);
  expect(pull.desk.standing.comments[0]?.body).toContain('No migrations');
  expect(conclusions('head-2')).toEqual({ 'plimsoll/review': 'success', 'plimsoll/sign-off': 'success' });
});

test('a second pull request with the same head does not open the first', async () => {
  const first = world.site.addPull();
  await reconcile(place, world.handling);
  const second = world.site.addPull({ pull: 8, files: { 'README.md': 'Hello' }, desk: first.desk });
  await reconcile({ ...place, pull: 8 }, world.handling);
  expect(conclusions()).toEqual({ 'plimsoll/review': 'failure', 'plimsoll/sign-off': 'action_required' });
  expect(second.desk.standing.checks[0]?.title).toContain('#7 has the same head');
});

test('a pull request that cannot be read is an error, and nothing is written', async () => {
  await expect(reconcile({ ...place, pull: 99 }, world.handling)).rejects.toThrow('no such pull request');
});

function conclusions(head = 'head-1'): Record<string, string | null> {
  const checks = [...world.site.pulls.values()].flatMap(({ desk }) => desk.standing.checks);
  return Object.fromEntries(checks.filter(({ commit }) => commit === head).map((c) => [c.name, c.conclusion]));
}

test('an allowance whose day has passed mutes nothing', async () => {
  const comment = '-- plimsoll: allow drop-table until 2020-01-31, because of the archive';
  const { desk } = world.site.addPull({ files: { 'db/migration/V1__a.sql': `${comment}\nDROP TABLE t;` } });
  await reconcile(place, world.handling);
  expect(desk.standing.comments[0]?.body).toContain('expired on 2020-01-31');
});

test('an error in a model can be overridden, until the model changes', async () => {
  world.close();
  world = await createWorld([...rules]);
  const model = (more: string) =>
    `from django.db import models\n\n\nclass Order(models.Model):\n    state = models.CharField(max_length=40)\n${more}`;
  const pull = world.site.addPull({ files: { 'shop/models.py': model('') } });
  world.site.baseFiles['shop/migrations/0001_initial.py'] =
    'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    operations = [migrations.CreateModel(name="Item", fields=[("id", models.BigAutoField(primary_key=True))])]\n';
  pull.desk.roles = { grace: 'write' };
  await reconcile(place, world.handling);
  expect(conclusions()['plimsoll/review']).toBe('failure');
  const override = '/plimsoll override model-without-migration it is created by hand';
  await world.happen('issue_comment', comment(override, 'grace'));
  expect(world.signOff().overrides).toMatchObject([{ path: 'shop/models.py' }]);
  expect(conclusions()['plimsoll/review']).toBe('success');
  pull.files = { 'shop/models.py': model('    note = models.TextField()\n') };
  await reconcile(place, world.handling);
  expect(world.signOff().overrides).toEqual([]);
});
