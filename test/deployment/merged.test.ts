import { expect, test } from 'vitest';
import { readDeployment } from '../../src/deployment/read-deployment.ts';
import { factsOf } from '../../src/operations/deployment.ts';

test('what services of Compose take from an anchor is read, once and where it stands', async () => {
  const text = `x-app: &app
  image: shop
  command: sh -c "alembic upgrade head && serve"
services:
  web:
    <<: *app
    deploy: { replicas: 3 }
  admin:
    <<: [*app]
  worker:
    <<: *app
    command: work
`;
  const { facts } = await readDeployment({ path: 'compose.yaml', text, commands: [] });
  const runs = factsOf([{ path: 'compose.yaml', facts }], 'runMigrations');
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ place: { workload: { name: 'web', replicas: 3 } }, span: { startLine: 3 } });
});

test('an anchor that names itself, and thousands that name each other, end', async () => {
  const chain = Array.from(
    { length: 3000 },
    (_, index) => `  a${index}: &a${index}\n    <<: *a${Math.max(0, index - 1)}`,
  );
  const { facts } = await readDeployment({
    path: 'compose.yaml',
    text: `services:\n${chain.join('\n')}\n    command: alembic upgrade head\n`,
    commands: [],
  });
  expect(facts.filter(({ kind }) => kind === 'runMigrations')).toHaveLength(1);
});
