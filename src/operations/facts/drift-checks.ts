/** What compares models, or the schema file, with the migrations in CI: by framework, the command and what its name is where commands are read. */

export type DriftCheck = {
  /** As `MigrationRun` names it. */
  tool: string;
  command: string;
};

const checks: Record<string, DriftCheck> = Object.assign(Object.create(null), {
  // https://docs.djangoproject.com/en/stable/ref/django-admin/#cmdoption-makemigrations-check
  django: { tool: 'Django', command: 'python manage.py makemigrations --check --dry-run' },
  // https://alembic.sqlalchemy.org/en/latest/autogenerate.html#running-alembic-check-to-test-for-new-upgrade-operations
  alembic: { tool: 'Alembic', command: 'alembic check' },
  // Every run writes the file anew: https://guides.rubyonrails.org/active_record_migrations.html#schema-dumping-and-you
  rails: { tool: 'Rails', command: 'bin/rails db:migrate && git diff --exit-code db' },
  // 2 where they differ: https://www.prisma.io/docs/orm/reference/prisma-cli-reference#migrate-diff
  prisma: {
    tool: 'Prisma',
    command:
      'npx prisma migrate diff --from-migrations prisma/migrations --to-schema-datamodel prisma/schema.prisma --shadow-database-url "$SHADOW_DATABASE_URL" --exit-code',
  },
  // `drizzle-kit check` looks at the history alone: https://orm.drizzle.team/docs/drizzle-kit-check
  drizzle: { tool: 'Drizzle', command: 'npx drizzle-kit generate && git diff --exit-code drizzle' },
  // https://typeorm.io/docs/migrations/generating/
  typeorm: { tool: 'TypeORM', command: 'npx typeorm migration:generate Drift --check --dataSource data-source.js' },
  // https://mikro-orm.io/docs/migrations
  'mikro-orm': { tool: 'MikroORM', command: 'npx mikro-orm migration:check' },
  // https://diesel.rs/guides/configuring-diesel-cli
  diesel: { tool: 'Diesel', command: 'diesel migration run --locked-schema' },
} satisfies Record<string, DriftCheck>);

/** The command that tells whether a migration was forgotten; undefined for frameworks that have none. */
export function driftCheckOf(framework: string): DriftCheck | undefined {
  return checks[framework];
}
