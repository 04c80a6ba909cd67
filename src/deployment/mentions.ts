/** Whether a text may have anything to say of migrations: asked before anything is parsed. */

/** True where a word of the text could belong to a migration command, to a schema made past migrations, or to a reset. */
export function mayRunMigrations(text: string, commands: readonly string[]): boolean {
  return words.test(text) || commands.some((command) => text.includes(command.split(' ')[0] ?? command));
}

const words =
  /migrat|alembic|\bdb['",\s]+(?:upgrade|push|stamp|reset|check)|\bdb:|create_all|drop_all|prepare_all|synchronize|dropSchema|umzug|\.drop\(\)|\.sync\(|drop\s+(?:schema|database)|dropdb|flyway|liquibase|changelog|goose|efbundle|dbmate|aerich|yoyo|sqitch|skeema|doctrine|ecto\.|database update|data:migrate|psql|helm\s+(?:upgrade|install)|atlas|diesel|sqlx|drizzle|sqlalchemy\.url|\w:\/\/[^\s"'@]+@|schema:sync|\.connect\(\)|HIBERNATE_|_(?:RECREATE|RESET|DROP|WIPE|PURGE|SYNCHRONIZE|TRUNCATE)|(?:RECREATE|RESET|DROP|WIPE|PURGE|SYNCHRONIZE|TRUNCATE)_/i;

/** True where a text may compare models with migrations, or the schema file with what they make. */
export function mayCheckDrift(text: string): boolean {
  return /makemigrations|alembic\W+check|\bdb\W+check|migrate\W+diff|git diff|migration:(?:generate|check)|locked-schema|schema:validate|has-pending-model/.test(
    text,
  );
}

/** True where a text may tell Alembic how far to go: to the one head, or to all of them. */
export function choosesHeads(text: string): boolean {
  return /\bupgrade['",\s]+heads?\b|\bdb['",\s]+upgrade\b/.test(text);
}

/** True where a manifest says how many pods there are of what others describe. */
export function mayScale(text: string): boolean {
  return /HorizontalPodAutoscaler|ScaledObject|\breplicas\b/.test(text);
}

/** True where a text may call a script, or a target, that stands in the repository. */
export function mayCall(text: string): boolean {
  return /\.(?:sh|bash)\b|entrypoint|\b(?:npm|yarn|pnpm|bun|make)\b|\b(?:python[\d.]*|node)["',\s]+[\w./-]*\w|(?:^|[\s"'/])bin\/\w|\/start\b/i.test(
    text,
  );
}

/** True where a text holds the words of a migration command: what cannot be parsed is only worth telling then. */
export function namesMigrationCommand(text: string): boolean {
  return /alembic\W+upgrade|\bdb:migrate|\bdb\W+upgrade|manage\.py\W+migrate|prisma\W+(?:migrate|db)\b|flyway\b.*\bmigrate|liquibase\b.*\bupdate|migration:run|migrate:latest/i.test(
    text,
  );
}
