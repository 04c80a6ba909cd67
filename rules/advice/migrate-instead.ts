/** What a program does in the place of making its schema from its models. */
import { factsOf } from '../../src/operations/deployment.ts';
import type { ChangeContext } from '../../src/rule.ts';

/** The migration command of the tool at hand, and what has to ask before the rest stays. */
export function migrateInstead(tool: string, context: ChangeContext): string {
  const named = toolOf(tool, context);
  const instead: Record<string, string> = {
    SQLAlchemy: 'Run `alembic upgrade head` here, and fail with a clear message where migrations are missing.',
    'Flask-Migrate': 'Run `flask db upgrade` here, and fail with a clear message where migrations are missing.',
    Prisma: 'Write migrations with `prisma migrate dev` and run `prisma migrate deploy`.',
    TypeORM: 'Set `synchronize: false`, write migrations with `migration:generate` and run `migration:run`.',
    Sequelize: 'Call `sync()` in tests only; write migrations and run `sequelize db:migrate`.',
    Rails: 'Run `rails db:migrate`.',
    Drizzle: 'Write migrations with `drizzle-kit generate` and run `drizzle-kit migrate`.',
    Atlas: 'Write migrations with `atlas migrate diff` and run `atlas migrate apply`.',
  };
  const own = Object.hasOwn(instead, named) ? `${instead[named]} ` : '';
  return `${own}Where it has to stay for development, let it ask for a variable that is set there, and do nothing without one.`;
}

/** Flask-Migrate has a command of its own. */
function toolOf(tool: string, { deployments }: ChangeContext): string {
  const isFlask = factsOf(deployments, 'runMigrations').some((run) => run.tool === 'Flask-Migrate');
  return tool === 'SQLAlchemy' && isFlask ? 'Flask-Migrate' : tool;
}
