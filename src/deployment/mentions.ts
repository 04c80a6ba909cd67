/** Whether a text may have anything to say of migrations: asked before anything is parsed. */

/** True where a word of the text could belong to a migration command, to a schema made past migrations, or to a reset. */
export function mayRunMigrations(text: string, commands: readonly string[]): boolean {
  return words.test(text) || commands.some((command) => text.includes(command.split(' ')[0] ?? command));
}

const words =
  /migrat|alembic|\bdb['",\s]+(?:upgrade|push|stamp|reset)|\bdb:|create_all|drop_all|synchronize|\.sync\(|drop\s+(?:schema|database)|dropdb|flyway|liquibase|goose|dbmate|atlas|diesel|sqlx|drizzle|sqlalchemy\.url|schema:sync|\.connect\(\)|_(?:RECREATE|RESET|DROP|WIPE|PURGE|SYNCHRONIZE|TRUNCATE)|(?:RECREATE|RESET|DROP|WIPE|PURGE|SYNCHRONIZE|TRUNCATE)_/i;

/** True where a text holds the words of a migration command: what cannot be parsed is only worth telling then. */
export function namesMigrationCommand(text: string): boolean {
  return /alembic\W+upgrade|\bdb:migrate|\bdb\W+upgrade|manage\.py\W+migrate|prisma\W+(?:migrate|db)\b|flyway\b.*\bmigrate|liquibase\b.*\bupdate|migration:run|migrate:latest/i.test(
    text,
  );
}
