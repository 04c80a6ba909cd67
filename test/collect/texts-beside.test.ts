import { expect, test } from 'vitest';
import { collect } from '../../src/collect/collect.ts';
import type { Host } from '../../src/host.ts';
import { collected, hostOf, migration } from './collected.ts';

test('what a manifest calls is read, and what counts its pods, though the change touches neither', async () => {
  const base = {
    'k8s/web.yaml': 'command: [/app/start.sh]',
    'k8s/hpa.yaml': 'kind: HorizontalPodAutoscaler',
    'docker/start.sh': 'make migrate',
    Makefile: 'migrate:\n\talembic upgrade head',
    'scripts/other.sh': 'unasked',
  };
  const { change } = await collected({ base, head: { ...base, 'k8s/web.yaml': 'command: [/app/start.sh, web]' } });
  expect(change.files).toMatchObject([{ before: base['k8s/web.yaml'], after: 'command: [/app/start.sh, web]' }]);
  expect(Object.keys(change.projectTexts).toSorted()).toEqual(['Makefile', 'docker/start.sh', 'k8s/hpa.yaml']);
});

test('what is called and runs no migration is left', async () => {
  const base = { 'k8s/web.yaml': 'command: [/app/start.sh]', 'docker/start.sh': 'serve' };
  const { change } = await collected({ base, head: { ...base, 'k8s/web.yaml': 'command: [/app/start.sh, web]' } });
  expect(change.projectTexts).toEqual({});
  expect(change.files[0]).not.toHaveProperty('after');
});

test('schedules of jobs are read beside a migration, and not without one', async () => {
  const base = { 'config/clock.rb': 'every(1.day) { Cart.sweep }' };
  const beside = await collected({ base, head: { ...base, [migration]: 'DROP TABLE carts;' } });
  expect(beside.change.projectTexts['config/clock.rb']).toBe(base['config/clock.rb']);
  const without = await collected({ base, head: { ...base, Procfile: 'release: rails db:migrate' } });
  expect(without.change.projectTexts['config/clock.rb']).toBeUndefined();
});

test('beside a migration the workflows of the base branch are at hand; without one only those that may lose a look for drift', async () => {
  const workflow = '.github/workflows/test.yml';
  const check = 'run: alembic check';
  const base = { [workflow]: check, [migration]: 'old', 'a.ts': '1' };
  const beside = await collected({ base, head: { ...base, [migration]: 'new' } });
  expect(beside.change.projectTexts[workflow]).toBe(check);
  const alone = await collected({ base, head: { ...base, 'a.ts': '2' } });
  expect(alone.change.projectTexts).toEqual({});
  const { host, asked } = hostOf({ base, head: { ...base, [workflow]: 'run: pytest' } });
  const told = (removed: string): Host => ({
    ...host,
    files: async () => ({ files: (await host.files()).files.map((file) => ({ ...file, removed, deletions: 1 })) }),
  });
  const losing = await collect(told('      - run: alembic check'), { ruleIds: [] });
  expect(losing.files).toMatchObject([{ path: workflow, before: check }]);
  asked.length = 0;
  const other = await collect(told('      - uses: actions/checkout@v4'), { ruleIds: [] });
  expect(other.files).not.toMatchObject([{ before: check }]);
  expect(asked).not.toContain('tree');
});

test('where a change says how far Alembic goes, what runs migrations beside it is read, and of that only what says it too', async () => {
  const base = {
    Dockerfile: 'CMD alembic upgrade head',
    'k8s/web.yaml': 'kind: Deployment',
    'app/main.py': 'command.upgrade(config, "head")',
    'docs/Dockerfile': 'CMD alembic upgrade head',
    Procfile: 'release: alembic upgrade head\n',
  };
  const { change, asked } = await collected({ base, head: { ...base, Procfile: 'release: alembic upgrade heads\n' } });
  expect(change.projectTexts).toEqual({ Dockerfile: 'CMD alembic upgrade head' });
  expect(asked).toContain('blob kind: Deployment');
  expect(asked).not.toContain(`blob ${base['app/main.py']}`);
});

test('at most thirty of them are read, and none for a change that says nothing of it', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`k8s/web-${index}.yaml`, `kind: ${index}`]),
  );
  const base = { ...many, Procfile: 'release: alembic upgrade head\n' };
  const told = await collected({ base, head: { ...base, Procfile: 'release: alembic upgrade heads\n' } });
  expect(told.asked.filter((each) => each.startsWith('blob kind'))).toHaveLength(30);
  const other = await collected({ base, head: { ...base, Procfile: 'release: python manage.py migrate\n' } });
  expect(other.asked.filter((each) => each.startsWith('blob kind'))).toEqual([]);
});
