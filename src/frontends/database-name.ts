/** The names under which frameworks, drivers, images and URLs speak of a database. */
import type { Database } from '../operations/migration.ts';

const names: Record<string, Database> = {
  mariadb: 'mariadb',
  mssql: 'sqlserver',
  mysql: 'mysql',
  mysql2: 'mysql',
  pg: 'postgres',
  pglite: 'postgres',
  postgis: 'postgres',
  postgres: 'postgres',
  postgresql: 'postgres',
  psql: 'postgres',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  sqlserver: 'sqlserver',
  turso: 'sqlite',
};

/** The database of that name, as a dialect, provider, URL scheme or folder has it; undefined for others. */
export function databaseNamed(name: string): Database | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(names, lower) ? names[lower] : undefined;
}

/** The databases that URLs in a text point to: postgres://…, jdbc:mysql://…, docker://postgres/16. */
export function databasesOfUrls(text: string): Set<Database> {
  const found = new Set<Database>();
  for (const word of text.split(/[\s"'`=,;(){}<>[\]]+/)) {
    const parts = word.split(':');
    const scheme = parts[0] === 'jdbc' || parts[0] === 'docker' ? word.split(/[:/]+/)[1] : parts[0]?.split('+')[0];
    const isUrl = parts[0] === 'jdbc' || word.includes('://');
    const database = isUrl && scheme ? databaseNamed(scheme) : undefined;
    if (database) found.add(database);
  }
  return found;
}
