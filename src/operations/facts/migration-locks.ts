/** Which migration tools keep a second run out while the first one works. */

/**
 * True for tools that take a lock in the database, false for those that do not, undefined for those that are not known.
 * Rails: https://guides.rubyonrails.org/active_record_migrations.html (advisory locks, on PostgreSQL and MySQL); Prisma: https://www.prisma.io/docs/orm/prisma-migrate/workflows/development-and-production#advisory-locking;
 * Flyway: https://documentation.red-gate.com/flyway; Liquibase: https://docs.liquibase.com/concepts/tracking-tables/databasechangeloglock-table.html;
 * Knex: https://knexjs.org/guide/migrations.html#migration-states; golang-migrate: https://github.com/golang-migrate/migrate/blob/master/FAQ.md;
 * sqlx: https://docs.rs/sqlx/latest/sqlx/migrate/struct.Migrator.html#method.set_locking; Atlas: https://atlasgo.io/versioned/apply.
 * Alembic: https://github.com/sqlalchemy/alembic/issues/633; Django: https://code.djangoproject.com/ticket/20536; TypeORM: https://github.com/typeorm/typeorm/issues/4588.
 */
export function takesLock(tool: string): boolean | undefined {
  return locks.get(tool);
}

const locks = new Map([
  ...['Rails', 'Prisma', 'Flyway', 'Liquibase', 'Knex', 'golang-migrate', 'sqlx', 'Atlas'].map(
    (tool) => [tool, true] as const,
  ),
  ...['Alembic', 'Flask-Migrate', 'Django', 'TypeORM'].map((tool) => [tool, false] as const),
]);
