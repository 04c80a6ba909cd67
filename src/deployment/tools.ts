/** The tools that migrate, by their names, and what each of their commands does. */
import { findComparison } from './compared.ts';

/** What a command does to a database. */
export type Does =
  | 'migrate'
  | 'make'
  | 'load'
  | 'reset'
  | 'record'
  /** It compares models with migrations, and fails where they differ. */
  | 'check'
  /** It writes a file that repeats the schema. */
  | 'write';

export type KnownCommand = {
  tool: string;
  does: Does;
  /** Index of its first word, behind wrappers such as `poetry run` or `kubectl exec pod --`. */
  at: number;
  target?: 'head' | 'heads';
  /** It loses rows without a question: --accept-data-loss and the like. */
  destroys?: true;
  /** It ends well although a statement failed: why. */
  goesOn?: string;
};

/** A command of a tool; `at` where its first word is another than the one that was asked for. */
type Found = Omit<KnownCommand, 'at'> & { at?: number };
type Tool = (rest: readonly string[]) => Found | undefined;

/** The first word that is no option, and what follows. Values of options are taken for it where `valued` does not name them. */
function plain(rest: readonly string[], valued: readonly string[] = []): string[] {
  const words: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    if (valued.includes(word)) index++;
    else if (!word.startsWith('-')) words.push(word);
  }
  return words;
}

/** A tool whose command is one word, or two, behind its options. */
function commands(tool: string, does: Record<string, Does>, valued: readonly string[] = []): Tool {
  return (rest) => {
    const words = plain(rest, valued);
    const found = does[words[0] ?? ''] ?? does[`${words[0] ?? ''} ${words[1] ?? ''}`];
    return found && { tool, does: found };
  };
}

/** Words of Maven and Gradle that are the whole command. */
function goals(tool: string, does: Record<string, Does>): Record<string, Tool> {
  return Object.fromEntries(Object.entries(does).map(([goal, each]) => [goal, () => ({ tool, does: each })]));
}

function alembic(rest: readonly string[]): Found | undefined {
  const [command, revision] = plain(rest, ['-c', '--config', '-n', '--name', '-x', '--tag']);
  if (rest.includes('--sql')) return undefined;
  if (command === 'check') return { tool: 'Alembic', does: 'check' };
  return command === 'upgrade' || command === 'stamp' || (command === 'downgrade' && revision === 'base')
    ? { tool: 'Alembic', does: doesAlembic[command], ...targetOf(revision) }
    : undefined;
}

const doesAlembic = { upgrade: 'migrate', stamp: 'record', downgrade: 'reset' } as const;

function targetOf(revision: string | undefined): { target?: 'head' | 'heads' } {
  return revision === 'head' || revision === 'heads' ? { target: revision } : {};
}

/** `flask db upgrade`, and the command lines of programs that wrap it in the same words. */
export function findDatabaseCommand(words: readonly string[], at: number): Found | undefined {
  const command = words[at + 1] ?? '';
  const from = words.slice(0, at).findLastIndex((word) => !word.startsWith('-'));
  const program = words[from];
  if (words[at] !== 'db' || program === undefined || words.includes('--sql')) return undefined;
  const tool = words.slice(0, at).some((word) => baseOf(word) === 'flask') ? 'Flask-Migrate' : baseOf(program);
  const revision = plain(words.slice(at + 2), ['-d', '--directory', '-x', '--x-arg', '--tag'])[0];
  if (command === 'upgrade') return { at: from, tool, does: 'migrate', ...targetOf(revision ?? 'head') };
  if (command === 'migrate' && tool !== 'Flask-Migrate') return { at: from, tool, does: 'migrate' };
  if (command === 'stamp') return { at: from, tool, does: 'record', ...targetOf(revision ?? 'head') };
  // Of Flask-Migrate and of what wraps Alembic alike.
  if (command === 'check') return { at: from, tool: 'Alembic', does: 'check' };
  return command === 'reset' ? { at: from, tool, does: 'reset' } : undefined;
}

/** `bin/shop eval "Shop.Release.migrate"`: https://hexdocs.pm/phoenix/releases.html#ecto-migrations-and-custom-commands */
export function findRelease(words: readonly string[], at: number): Found | undefined {
  const given = words[at] === 'eval' && at > 0 ? (words[at + 1] ?? '') : '';
  return /\bRelease\.migrate\b/.test(given) ? { at: at - 1, tool: 'Ecto', does: 'migrate' } : undefined;
}

function django(rest: readonly string[]): Found | undefined {
  const [command] = plain(rest, ['--settings', '--pythonpath', '-v', '--verbosity']);
  if (command === 'makemigrations' && rest.includes('--check')) return { tool: 'Django', does: 'check' };
  if (rest.some((word) => ['--check', '--plan', '--help'].includes(word))) return undefined;
  if (command === 'migrate' || command === 'migrate_schemas')
    return { tool: 'Django', does: rest.includes('--fake') ? 'record' : 'migrate' };
  return command === 'reset_db' || command === 'flush' ? { tool: 'Django', does: 'reset' } : undefined;
}

function rails(rest: readonly string[]): Found | undefined {
  const tasks = rest.filter((word) => /^(?:db|data):/.test(word));
  const does = tasks.map((task) => doesRails[task.replace(/\[.*$/, '')]).filter((each) => each !== undefined);
  const worst = (['reset', 'load', 'migrate', 'write'] as const).find((each) => does.includes(each));
  return worst && { tool: 'Rails', does: worst };
}

const doesRails: Record<string, 'reset' | 'load' | 'migrate' | 'write'> = {
  'db:migrate': 'migrate',
  'db:migrate:with_data': 'migrate',
  'db:prepare': 'migrate',
  'data:migrate': 'migrate',
  'db:schema:dump': 'write',
  'db:structure:dump': 'write',
  'db:schema:load': 'load',
  'db:structure:load': 'load',
  'db:setup': 'load',
  'db:drop': 'reset',
  'db:reset': 'reset',
  'db:migrate:reset': 'reset',
  'db:purge': 'reset',
};

function prisma(rest: readonly string[]): Found | undefined {
  const words = plain(rest, ['--schema']).slice(0, 2).join(' ');
  if (words === 'migrate deploy') return { tool: 'Prisma', does: 'migrate' };
  if (words === 'migrate resolve' && rest.includes('--applied')) return { tool: 'Prisma', does: 'record' };
  if (words === 'migrate diff' && rest.includes('--exit-code')) return { tool: 'Prisma', does: 'check' };
  if (words === 'migrate reset') return { tool: 'Prisma', does: 'reset' };
  if (words !== 'db push') return undefined;
  if (rest.includes('--force-reset')) return { tool: 'Prisma', does: 'reset' };
  return { tool: 'Prisma', does: 'make', ...(rest.includes('--accept-data-loss') ? { destroys: true } : {}) };
}

/** `migrate` alone is the name of many things: golang-migrate is known by its options. */
function golangMigrate(rest: readonly string[]): Found | undefined {
  if (!rest.some((word) => /^--?(?:path|source|database)\b/.test(word))) return undefined;
  const does = rest.includes('up') || rest.includes('goto') ? 'migrate' : rest.includes('drop') ? 'reset' : undefined;
  return does && { tool: 'golang-migrate', does };
}

function goose(rest: readonly string[]): Found | undefined {
  const words = plain(rest, ['-dir', '--dir', '-table']);
  if (words.includes('reset')) return { tool: 'goose', does: 'reset' };
  return words.some((word) => /^up(?:-to|-by-one)?$/.test(word)) ? { tool: 'goose', does: 'migrate' } : undefined;
}

/** `psql -f migrations/7.sql`: it goes on after a statement that fails, and ends well, unless ON_ERROR_STOP is set. */
function sqlFile(rest: readonly string[]): Found | undefined {
  const file = rest[rest.findIndex((word) => word === '-f' || word === '--file') + 1];
  const given = rest.some((word) => word === '-f' || word === '--file') ? file : undefined;
  const named = given ?? rest.find((word) => word.startsWith('--file='));
  if (named === undefined || !/migrat|schema/i.test(named)) return undefined;
  const stops = rest.some((word) => /ON_ERROR_STOP/.test(word));
  return { tool: 'psql', does: 'migrate', ...(stops ? {} : { goesOn: 'no `ON_ERROR_STOP`' }) };
}

const knex = commands('Knex', { 'migrate:latest': 'migrate', 'migrate:up': 'migrate' }, ['--knexfile', '--env']);
const runTypeorm = commands('TypeORM', { 'migration:run': 'migrate', 'schema:sync': 'make', 'schema:drop': 'reset' }, [
  '-d',
  '--dataSource',
]);

function typeorm(rest: readonly string[]): Found | undefined {
  const checks = rest.includes('migration:generate') && rest.some((word) => word === '--check' || word === '--ch');
  return checks ? { tool: 'TypeORM', does: 'check' } : runTypeorm(rest);
}

const runDiesel = commands(
  'Diesel',
  { 'migration run': 'migrate', 'database setup': 'migrate', 'database reset': 'reset', 'print-schema': 'write' },
  ['--database-url', '--config-file'],
);

/** https://diesel.rs/guides/configuring-diesel-cli */
function diesel(rest: readonly string[]): Found | undefined {
  return rest.includes('--locked-schema') ? { tool: 'Diesel', does: 'check' } : runDiesel(rest);
}
const sequelize = commands(
  'Sequelize',
  { 'db:migrate': 'migrate', 'db:drop': 'reset', 'db:migrate:undo:all': 'reset' },
  ['--env', '--config', '--url'],
);
const drizzle = commands('Drizzle', { migrate: 'migrate', push: 'make', generate: 'write' }, ['--config']);
const artisan = commands('Laravel', {
  migrate: 'migrate',
  'migrate:fresh': 'reset',
  'migrate:reset': 'reset',
  'migrate:refresh': 'reset',
  'db:wipe': 'reset',
});

/** What a tool does with the words behind its name, keyed by the last part of the program's path. */
export const tools: Record<string, Tool> = Object.assign(Object.create(null), {
  alembic,
  'manage.py': django,
  'django-admin': django,
  rails,
  rake: rails,
  prisma,
  migrate: golangMigrate,
  goose,
  knex,
  typeorm,
  'typeorm-ts-node-commonjs': typeorm,
  'typeorm-ts-node-esm': typeorm,
  sequelize,
  'sequelize-cli': sequelize,
  'drizzle-kit': drizzle,
  artisan,
  flyway: commands('Flyway', { migrate: 'migrate', baseline: 'record', clean: 'reset' }),
  // https://documentation.red-gate.com/fd/maven-goal-277579358.html, https://docs.liquibase.com/tools-integrations/maven/commands/maven-update.html
  ...goals('Flyway', { 'flyway:migrate': 'migrate', flywayMigrate: 'migrate', 'flyway:clean': 'reset' }),
  ...goals('Flyway', { flywayClean: 'reset', 'flyway:baseline': 'record', flywayBaseline: 'record' }),
  ...goals('Liquibase', { 'liquibase:update': 'migrate', 'liquibase:dropAll': 'reset' }),
  liquibase: commands('Liquibase', {
    'changelog-sync': 'record',
    changelogSync: 'record',
    update: 'migrate',
    'update-count': 'migrate',
    updateCount: 'migrate',
    'update-to-tag': 'migrate',
    updateToTag: 'migrate',
    migrate: 'migrate',
    'drop-all': 'reset',
    dropAll: 'reset',
  }),
  dbmate: commands('dbmate', { up: 'migrate', migrate: 'migrate', drop: 'reset' }, [
    '-u',
    '--url',
    '-d',
    '--migrations-dir',
    '-s',
    '--schema-file',
    '-e',
    '--env',
  ]),
  atlas: commands(
    'Atlas',
    { 'migrate apply': 'migrate', 'migrate set': 'record', 'schema apply': 'make', 'schema clean': 'reset' },
    ['--env', '--url', '-u'],
  ),
  diesel,
  git: findComparison,
  sqlx: commands(
    'sqlx',
    { 'migrate run': 'migrate', 'database setup': 'migrate', 'database reset': 'reset', 'database drop': 'reset' },
    ['--database-url', '-D', '--source'],
  ),
  'sqlx-cli': commands('sqlx', { 'migrate run': 'migrate' }),
  'node-pg-migrate': commands('node-pg-migrate', { up: 'migrate' }, ['-m', '--migrations-dir']),
  supabase: commands('Supabase', { 'db push': 'migrate', 'db reset': 'reset' }),
  aerich: commands('Aerich', { upgrade: 'migrate' }),
  yoyo: commands('yoyo', { apply: 'migrate' }),
  sqitch: commands('Sqitch', { deploy: 'migrate' }),
  skeema: commands('Skeema', { push: 'make' }),
  'mikro-orm': commands('MikroORM', {
    'migration:up': 'migrate',
    'migration:check': 'check',
    'migration:fresh': 'reset',
    'schema:update': 'make',
    'schema:drop': 'reset',
    'schema:fresh': 'reset',
  }),
  'doctrine:migrations:migrate': () => ({ tool: 'Doctrine', does: 'migrate' as const }),
  'doctrine:schema:validate': () => ({ tool: 'Doctrine', does: 'check' as const }),
  'doctrine:schema:update': (rest) =>
    rest.includes('--force') ? { tool: 'Doctrine', does: 'make' as const } : undefined,
  'doctrine:schema:drop': (rest) =>
    rest.includes('--force') ? { tool: 'Doctrine', does: 'reset' as const } : undefined,
  ef: commands('Entity Framework', {
    'database update': 'migrate',
    'database drop': 'reset',
    'migrations has-pending-model-changes': 'check',
  }),
  // https://learn.microsoft.com/ef/core/managing-schemas/migrations/applying#bundles
  efbundle: () => ({ tool: 'Entity Framework', does: 'migrate' as const }),
  'efbundle.exe': () => ({ tool: 'Entity Framework', does: 'migrate' as const }),
  'ecto.migrate': () => ({ tool: 'Ecto', does: 'migrate' as const }),
  'ecto.reset': () => ({ tool: 'Ecto', does: 'reset' as const }),
  'ecto.drop': () => ({ tool: 'Ecto', does: 'reset' as const }),
  psql: sqlFile,
  dropdb: () => ({ tool: 'dropdb', does: 'reset' as const }),
} satisfies Record<string, Tool>);

/** The last part of a path. */
export function baseOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
