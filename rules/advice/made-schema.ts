/** What a tool does when it makes the schema from models, and what it has in place of that. */
import type { DeploymentFact } from '../../src/operations/deployment.ts';

/** A call that makes the schema. */
export type MakeSchema = Extract<DeploymentFact, { kind: 'makeSchema' }>;

/** The end of a sentence that begins with the call. */
export function describeMadeSchema({ tool, destroys }: MakeSchema): string {
  if (tool === 'SQLAlchemy')
    return 'makes missing tables from the models and changes none that exist. Migrations that are generated afterwards are empty, those that stand fail on tables that are already there, and a missing migration is noticed by nobody.';
  if (tool === 'Rails') return 'drops every table that the schema file names and makes it anew, empty.';
  const loss = destroys ? 'drops what is in the way, with its rows' : 'drops columns that the models no longer name';
  return `changes the database to fit the models: no migration is written or reviewed, it ${loss}, and a start that it refuses keeps the program down.`;
}

/** The migrations of the tool, and what to ask where the call has to stay. */
export function adviseMigrations(tool: string): string {
  const instead: Record<string, string> = {
    SQLAlchemy: 'Run `alembic upgrade head` here, and fail with a clear message where migrations are missing.',
    Prisma: 'Write migrations with `prisma migrate dev` and run `prisma migrate deploy`.',
    TypeORM: 'Set `synchronize: false`, write migrations with `migration:generate` and run `migration:run`.',
    Sequelize: 'Call `sync()` in tests only; write migrations and run `sequelize db:migrate`.',
    Rails: 'Run `rails db:migrate`.',
    Drizzle: 'Write migrations with `drizzle-kit generate` and run `drizzle-kit migrate`.',
    Atlas: 'Write migrations with `atlas migrate diff` and run `atlas migrate apply`.',
  };
  const own = Object.hasOwn(instead, tool) ? `${instead[tool]} ` : '';
  return `${own}Where it has to stay for development, let it ask for a variable that is set there, and do nothing without one.`;
}
