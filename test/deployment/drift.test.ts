import { expect, test } from 'vitest';
import { readDeployment } from '../../src/deployment/read-deployment.ts';
import { factsOf, type DriftCheckRun } from '../../src/operations/deployment.ts';

async function checksIn(path: string, text: string): Promise<DriftCheckRun[]> {
  return factsOf([await readDeployment({ path, text, commands: [] })], 'checkDrift');
}

test.each([
  ['python manage.py makemigrations --check --dry-run', 'Django'],
  ['poetry run alembic -c app/alembic.ini check', 'Alembic'],
  ['flask db check', 'Alembic'],
  ['python -m warehouse db check', 'Alembic'],
  ['npx prisma migrate diff --from-migrations a --to-schema-datamodel b --exit-code', 'Prisma'],
  ['npx typeorm migration:generate src/x --check -d dist/data-source.js', 'TypeORM'],
  ['npx mikro-orm migration:check', 'MikroORM'],
  ['diesel migration run --locked-schema', 'Diesel'],
  ['dotnet ef migrations has-pending-model-changes', 'Entity Framework'],
  ['php bin/console doctrine:schema:validate', 'Doctrine'],
  ['bin/rails db:migrate && git diff --exit-code db/schema.rb', 'Rails'],
  ['bundle exec rake db:schema:dump && git diff --quiet', 'Rails'],
  ['npx drizzle-kit generate && git diff --exit-code', 'Drizzle'],
])('%s looks for forgotten migrations', async (command, tool) => {
  const checks = await checksIn('scripts/check.sh', `#!/bin/sh\nset -e\n${command}\n`);
  expect(checks).toMatchObject([{ tool, onError: { kind: 'stops' } }]);
});

test.each([
  'npx drizzle-kit check',
  'python manage.py makemigrations',
  'python manage.py migrate --check',
  'npx prisma migrate diff --from-migrations a --to-schema-datamodel b',
  'npx typeorm migration:generate src/x -d dist/data-source.js',
  'bin/rails db:migrate && git diff',
  'bin/rails db:migrate && git diff --exit-code Gemfile.lock',
  'go generate ./... && git diff --exit-code',
  'npm run codegen && git diff --exit-code && bin/rails db:migrate',
])('%s does not', async (command) => {
  expect(await checksIn('scripts/check.sh', `#!/bin/sh\nset -e\n${command}\n`)).toEqual([]);
});

test('steps of one workflow are read together', async () => {
  const text = `on: push
jobs:
  test:
    steps:
      - run: bin/rails db:create db:migrate
      - run: git diff --exit-code
        continue-on-error: true
`;
  expect(await checksIn('.github/workflows/test.yml', text)).toMatchObject([
    { tool: 'Rails', command: 'git diff --exit-code', onError: { kind: 'goesOn' }, span: { startLine: 6 } },
  ]);
});
