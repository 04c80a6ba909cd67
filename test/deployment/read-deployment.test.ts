import { expect, test } from 'vitest';
import { readDeployment } from '../../src/deployment/read-deployment.ts';
import { factsOf, type DeploymentFact, type MigrationRun } from '../../src/operations/deployment.ts';

test.each([
  ['alembic upgrade head', 'Alembic'],
  ['alembic -c services/auth/alembic.ini upgrade heads', 'Alembic'],
  ['python -m alembic upgrade head', 'Alembic'],
  ['poetry run flask --app shop db upgrade', 'Flask-Migrate'],
  ['waiverdb db upgrade', 'waiverdb'],
  ['python3 manage.py migrate --noinput', 'Django'],
  ['bundle exec rake db:migrate', 'Rails'],
  ['./bin/rails db:prepare', 'Rails'],
  ['npx prisma migrate deploy', 'Prisma'],
  ['node node_modules/prisma/build/index.js migrate deploy', 'Prisma'],
  ['npx typeorm migration:run -d dist/data-source.js', 'TypeORM'],
  ['yarn knex --env production migrate:latest', 'Knex'],
  ['npx sequelize-cli db:migrate', 'Sequelize'],
  ['flyway -url=jdbc:postgresql://db/shop migrate', 'Flyway'],
  ['liquibase --changelog-file=changes.xml update', 'Liquibase'],
  ['liquibase update-to-tag v3', 'Liquibase'],
  ['./mvnw -q liquibase:update', 'Liquibase'],
  ['mvn -B flyway:migrate', 'Flyway'],
  ['./gradlew :shop:flywayMigrate', 'Flyway'],
  ['goose -dir migrations postgres "$DSN" up', 'goose'],
  ['migrate -path migrations -database "$DSN" up', 'golang-migrate'],
  ['dbmate --url "$DSN" up', 'dbmate'],
  ['npx dbmate --migrations-dir sql up', 'dbmate'],
  ['migrate -path migrations -database "$DSN" goto 7', 'golang-migrate'],
  ['atlas migrate apply --env production', 'Atlas'],
  ['diesel migration run', 'Diesel'],
  ['sqlx migrate run', 'sqlx'],
  ['npx drizzle-kit migrate', 'Drizzle'],
  ['kubectl exec deploy/web -- alembic upgrade head', 'Alembic'],
  ['docker compose run --rm web python manage.py migrate', 'Django'],
  ["ssh web1 'cd /srv && flask db upgrade'", 'Flask-Migrate'],
  ['acme-db up --all', 'acme-db'],
  ['/usr/local/bin/acme-db up', 'acme-db'],
])('%s is a migration of %s', async (command, tool) => {
  const [run] = await runsOf('scripts/migrate.sh', `#!/bin/sh\nset -e\n${command}\n`, ['acme-db up']);
  expect(run).toMatchObject({ tool, onError: { kind: 'stops' }, span: { startLine: 3 } });
});

test.each([
  'echo "run alembic upgrade head"',
  'pip install alembic sqlalchemy',
  'grep -r "alembic upgrade head" docs',
  'alembic revision --autogenerate -m "initial"',
  'alembic upgrade head --sql > migrate.sql',
  'python manage.py makemigrations',
  'python manage.py migrate --plan',
  'bundle exec rails db:seed',
  'flask db migrate -m "initial"',
  '# alembic upgrade head',
  'acme-db down',
])('%s is none', async (command) => {
  const { facts } = await readDeployment({
    path: 'scripts/migrate.sh',
    text: `${command}\n`,
    commands: ['acme-db up'],
  });
  expect(facts).toEqual([]);
});

test.each<[string, MigrationRun['onError']['kind']]>([
  ['set -e\nalembic upgrade head\nserve', 'stops'],
  ['set -euo pipefail\nalembic upgrade head | tee log\nserve', 'stops'],
  ['set -e\nset +e\nalembic upgrade head\nserve', 'goesOn'],
  ['alembic upgrade head && serve', 'stops'],
  ['alembic upgrade head\nserve', 'goesOn'],
  ['alembic upgrade head; serve', 'goesOn'],
  ['alembic upgrade head || exit 1\nserve', 'stops'],
  ['alembic upgrade head || exit 0\nserve', 'goesOn'],
  ['alembic upgrade head || { echo no >&2; exit 1; }\nserve', 'stops'],
  ['die() { echo "$1"; exit 1; }\nalembic upgrade head || die "no"\nserve', 'stops'],
  ['set -e\nalembic upgrade head || :\nserve', 'goesOn'],
  ['set -e\nalembic upgrade head &\nserve', 'goesOn'],
  ['alembic upgrade head\nif [ $? -ne 0 ]; then exit 1; fi\nserve', 'stops'],
  ['alembic upgrade head || status=$?\nexit $status', 'stops'],
  ['if ! alembic upgrade head; then exit 1; fi\nserve', 'stops'],
  ['if alembic upgrade head; then echo done; else echo failed; fi\nserve', 'goesOn'],
  ['if [ -n "$x" ]; then\n  alembic upgrade head\nelse\n  serve\nfi', 'stops'],
  ['migrate() { alembic upgrade head; }\nset -e\nmigrate\nserve', 'stops'],
  ['migrate() { alembic upgrade head; }\nmigrate || true\nserve', 'goesOn'],
  ['set -e\nfor i in 1 2 3; do alembic upgrade head && break; sleep 5; done\nserve', 'stops'],
  ['set -e\necho "$(alembic upgrade head)"\nserve', 'goesOn'],
  ['set -e\nalembic upgrade head > /dev/null 2>&1', 'hides'],
  ['set -e\nbash -c "alembic upgrade head; echo done"', 'goesOn'],
  ['set -e\nbash -c "alembic upgrade head" || true', 'goesOn'],
])('what becomes of an error in %j: it %s', async (script, kind) => {
  const [run] = await runsOf('scripts/migrate.sh', `${script}\n`);
  expect(run?.onError.kind).toBe(kind);
});

test('a command stands where it is written, also in a folded block of a template', async () => {
  const text = [
    'apiVersion: batch/v1',
    'kind: Job',
    'metadata: { name: {{ .Release.Name }} }',
    'spec:',
    '  template:',
    '    spec:',
    '      {{- with .Values.pullSecrets }}',
    '      imagePullSecrets: {{ toYaml . | nindent 8 }}',
    '      {{- end }}',
    '      containers:',
    '        - name: migrate',
    '          command: ["sh", "-c"]',
    '          args:',
    '            - >-',
    '              cd {{ .Values.folder }} &&',
    '              alembic upgrade {{ .Values.revision }}',
    '',
  ].join('\r\n');
  const [run] = await runsOf('charts/shop/templates/migrate.yaml', text);
  expect(run).toMatchObject({
    command: 'alembic upgrade {{ .Values.revision }}',
    span: { startLine: 16, startColumn: 15, endLine: 16, endColumn: 52 },
    place: { kind: 'job', workload: { platform: 'helm', name: '{{ .Release.Name }}' } },
  });
});

test('a command in a string with escapes stands in its line', async () => {
  const text = 'services:\n  web:\n    command: "sh -c \\"cd \\\\\\\\x && flask db upgrade\\""\n';
  const [run] = await runsOf('deploy/compose.yaml', text);
  expect(run).toMatchObject({ tool: 'Flask-Migrate', span: { startLine: 3 } });
});

test('replicas, autoscalers, probes and mounts of a workload are told', async () => {
  const text = `kind: Deployment
apiVersion: apps/v1
metadata: { name: web }
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: web
          image: "shop:{{ .Values.tag }}"
          args: [sh, -c, alembic upgrade head; exec serve]
          envFrom: [{ secretRef: { name: database } }]
          volumeMounts: [{ name: config, mountPath: /etc/shop }]
          startupProbe: { initialDelaySeconds: 5, periodSeconds: 2, failureThreshold: 10 }
`;
  const [run] = await runsOf('chart/templates/web.yaml', text);
  expect(run?.place).toMatchObject({
    kind: 'start',
    workload: {
      platform: 'helm',
      kind: 'Deployment',
      name: 'web',
      replicas: 'variable',
      container: {
        name: 'web',
        image: 'shop:{{ .Values.tag }}',
        env: [],
        envFrom: ['database'],
        mounts: ['config'],
        killer: { probe: 'startupProbe', seconds: 25 },
      },
      repeats: true,
      hasDeadline: false,
      startsAfter: [],
    },
  });
});

test.each([
  ['Procfile', 'release: rails db:migrate\n', 'release'],
  ['Procfile', 'web: rails db:migrate && puma\n', 'process'],
  ['Dockerfile', 'FROM ruby\nENTRYPOINT ["sh", "-c", "rails db:migrate && puma"]\n', 'image'],
  ['build/web.Dockerfile', 'FROM ruby\nRUN apt-get update \\\n  # and now\n  && rails db:migrate\n', 'build'],
  ['.github/workflows/ci.yml', 'jobs:\n  test:\n    steps:\n      - run: rails db:migrate\n', 'step'],
  ['docker-entrypoint.sh', 'rails db:migrate\n', 'script'],
  ['k8s/scripts.yaml', 'kind: ConfigMap\napiVersion: v1\ndata:\n  start.sh: |\n    rails db:migrate\n', 'script'],
  ['app/main.py', 'import os\nos.system("rails db:migrate")\n', 'code'],
  ['src/main.ts', "execSync('rails db:migrate');\n", 'code'],
])('in %s a migration is found where it runs', async (path, text, kind) => {
  const [run, ...more] = await runsOf(path, text);
  expect(run).toMatchObject({ tool: 'Rails', place: { kind } });
  expect(more).toEqual([]);
});

test('a password is told by its place and host, and kept nowhere', async () => {
  const text = '[alembic]\nsqlalchemy.url = postgresql+psycopg2://shop:correct-horse@db.example.net/shop\n';
  const deployment = await readDeployment({ path: 'alembic.ini', text, commands: [] });
  expect(deployment.facts).toMatchObject([{ kind: 'credential', where: 'sqlalchemy.url', host: 'db.example.net' }]);
  const script = 'migrate -path m -database postgres://shop:correct-horse@db.example.net/shop up\n';
  const other = await readDeployment({ path: 'scripts/migrate.sh', text: script, commands: [] });
  expect(other.facts.map(({ kind }) => kind)).toEqual(['runMigrations', 'credential']);
  expect(JSON.stringify([deployment, other])).not.toContain('correct-horse');
});

test.each([
  ['if os.getenv("CREATE", "true") == "true":\n    Base.metadata.create_all(engine)', 'unsafeDefault'],
  ['if os.getenv("CREATE") == "true":\n    Base.metadata.create_all(engine)', undefined],
  ['if os.getenv("CREATE", "0") in ("1", "true"):\n    Base.metadata.create_all(engine)', undefined],
  ['if not os.environ.get("PRODUCTION"):\n    Base.metadata.create_all(engine)', 'unsafeDefault'],
  ['def f(create=False):\n    if create:\n        Base.metadata.create_all(engine)', undefined],
  ['def f():\n    if os.getenv("ENV", "production") == "production":\n        return\n    db.create_all()', undefined],
  ['def f():\n    if os.getenv("ENV", "dev") == "production":\n        return\n    db.create_all()', 'unsafeDefault'],
  ['if settings.debug:\n    Base.metadata.create_all(engine)', 'unknown'],
  ['Base.metadata.create_all(engine)', 'none'],
])('whether create_all runs when nobody has set anything: %j', async (code, guard) => {
  const text = `import os\n${code}\n`;
  const { facts } = await readDeployment({ path: 'app/database.py', text, commands: [] });
  expect(facts.map((fact) => fact.kind === 'makeSchema' && fact.guard.kind)).toEqual(guard ? [guard] : []);
});

test.each([
  ["if (process.env.NODE_ENV !== 'production') sequelize.sync({ alter: true });", 'unsafeDefault'],
  ["if (process.env.NODE_ENV === 'development') sequelize.sync({ alter: true });", undefined],
  ["process.env.RESET === '1' && sequelize.sync({ force: true });", undefined],
  ["function f() { if (process.env.APP_ENV === 'local') return; sequelize.sync({ alter: true }); }", 'unsafeDefault'],
  ["function f() { if (process.env.APP_ENV !== 'local') return; sequelize.sync({ alter: true }); }", undefined],
  ["process.env.APP_ENV === 'local' ? sequelize.sync({ alter: true }) : umzug.up();", undefined],
  ['if (isDevelopment) sequelize.sync({ alter: true });', 'unknown'],
  ['if (isTest) sequelize.sync({ force: true });', undefined],
  ['sequelize.sync({ alter: true });', 'none'],
])('whether sync changes the tables when nobody has set anything: %j', async (code, guard) => {
  const { facts } = await readDeployment({ path: 'src/database.ts', text: `${code}\n`, commands: [] });
  const made = facts.filter((fact) => fact.kind === 'makeSchema');
  expect(made.map((fact) => fact.guard.kind)).toEqual(guard ? [guard] : []);
});

test('a file that is not YAML, or too long, is said to be unread', async () => {
  const broken = await readDeployment({ path: 'k8s/web.yaml', text: 'a: [alembic upgrade\nb: }', commands: [] });
  expect(broken.facts).toMatchObject([{ kind: 'unreadable', reason: 'it is not YAML' }]);
  const long = `# alembic upgrade head\n${'a: b\n'.repeat(60_000)}`;
  const { facts } = await readDeployment({ path: 'k8s/web.yaml', text: long, commands: [] });
  expect(facts).toMatchObject([{ kind: 'unreadable', reason: 'it is larger than 256 KB' }]);
});

const deep = 20_000;
test.each([
  ['k8s/web.yaml', `alembic: ${'['.repeat(deep)}`],
  ['k8s/web.yaml', `a: &a [alembic]\nb: ${'&b [*a, *a]'.repeat(1000)}`],
  ['k8s/web.yaml', `kind: Job\nspec: {{${'{{'.repeat(deep)}\nalembic upgrade head`],
  [
    'k8s/web.yaml',
    `alembic:\n${Array.from({ length: 2_000 }, (_, index) => `${' '.repeat(index % 90)}- a:`).join('\n')}`,
  ],
  ['deploy.sh', `${'('.repeat(deep)}alembic upgrade head`],
  ['deploy.sh', `alembic upgrade head ${'|| true '.repeat(5_000)}`],
  ['deploy.sh', `f() { f; alembic upgrade head; }\n${'f\n'.repeat(2_000)}`],
  ['deploy.sh', `alembic upgrade "${'$('.repeat(deep)}`],
  ['deploy.sh', `cat <<EOF\nalembic upgrade head\n${'$(sh -c "'.repeat(2_000)}`],
  ['app/main.py', `create_all${'('.repeat(deep)}`],
  ['app/main.py', `x = y = os.getenv("a", x)\nif x and y:\n  db.create_all()\n${'if x:\n'.repeat(3_000)}`],
  ['src/main.ts', `sync({ synchronize: ${'{ a: '.repeat(deep)}`],
  ['Dockerfile', `CMD alembic upgrade head ${'\\\n'.repeat(deep)}`],
  ['Procfile', `web: alembic upgrade head ${'&& '.repeat(deep)}`],
])(
  'hostile text in %s ends (%#)',
  async (path, text) => {
    const { facts } = await readDeployment({ path, text, commands: [] });
    expect(facts.length).toBeLessThan(5_000);
  },
  20_000,
);

async function runsOf(path: string, text: string, commands: string[] = []): Promise<(MigrationRun & DeploymentFact)[]> {
  return factsOf([await readDeployment({ path, text, commands })], 'runMigrations');
}

test.each([
  'def start():\n    from alembic import command\n    try:\n        command.upgrade(config, "head")\n',
  'import alembic.config\ndef start():\n    try:\n        alembic.config.main(argv=["--raiseerr", "upgrade", "head"])\n',
])('start-up code is read by what it imports, wherever that stands: %j', async (text) => {
  const runs = await runsOf('app/start.py', `${text}    except Exception:\n        pass\n`);
  expect(runs).toMatchObject([{ tool: 'Alembic', target: 'head', onError: { how: 'except Exception' } }]);
});

test.each([
  ['[ "$ENV" = development ] || exit 1', { environment: true }],
  ['read -p "sure? " answer', { person: true, environment: false }],
  ['if [[ "$1" != "--yes" ]]; then read -p "sure? " answer; fi', { person: false }],
])('before a reset, %j asks %j', async (line, asks) => {
  const { facts } = await readDeployment({
    path: 'scripts/reset.sh',
    text: `#!/bin/bash\nset -e\n${line}\ndropdb shop\n`,
    commands: [],
  });
  expect(facts).toMatchObject([{ kind: 'resetDatabase', asks }]);
});
