/** The words that every output shares: counts, names, days. */
import { frameworkName } from '../operations/facts/framework-name.ts';
import type { Database } from '../operations/migration.ts';
import type { Finding, MigrationReport } from '../report.ts';
import { code, listed } from '../rule.ts';

/** A count with its noun: `1 error`, `2 errors`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The day of an ISO 8601 time in UTC: `3 March 2026`. */
export function day(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'an unknown day';
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** What a migration is written in and runs on: `Django on MySQL 8`. Markdown. */
export function writtenIn({ framework, database, databaseVersion }: MigrationReport): string {
  const known = frameworkName(framework);
  const name = /^[\w -]+$/.test(known) ? known : code(known, 60);
  if (database === 'unknown') return `${name}, database unknown`;
  return `${name} on ${databaseNames[database]}${databaseVersion === undefined ? '' : ` ${databaseVersion}`}`;
}

/** How much of the migrations was read: `4 statements, all read`. */
export function howMuchRead(migrations: readonly MigrationReport[]): string {
  const statements = migrations.reduce((sum, migration) => sum + migration.statements, 0);
  const opaque = migrations.reduce((sum, migration) => sum + migration.opaque, 0);
  if (opaque > 0) return `${opaque} of ${count(statements, 'statement')} could not be read`;
  return statements === 0 ? 'no statements' : `${count(statements, 'statement')}, all read`;
}

/** `3 errors, 1 warning and 2 notices`, without those that there are none of; empty for none at all. */
export function severities(findings: readonly Finding[]): string {
  const parts = (['error', 'warning', 'notice'] as const).map((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? '' : count(number, severity);
  });
  return listed(parts.filter((part) => part !== ''));
}

/** The last name of a path. */
export function fileName(path: string): string {
  const [folder, name = ''] = path.split('/').slice(-2);
  // In a folder of its own the folder is what tells one migration from another.
  return name !== '' && /^(up|down|migration)\.sql$/.test(name)
    ? `${folder}/${name}`
    : (path.split('/').at(-1) ?? path);
}

/** Names that tell paths apart, in their order: the last name of each, with as many folders before it as that takes. */
export function distinctNames(paths: readonly string[], folders = 0): string[] {
  const names = paths.map((path) => {
    const length = fileName(path).split('/').length + folders;
    return path.split('/').slice(-length).join('/');
  });
  const alike = groupBy([...names.keys()], (at) => names[at] ?? '').filter(([, group]) => group.length > 1);
  for (const [name, group] of alike) {
    const same = group.map((at) => paths[at] ?? '');
    if (same.every((path) => path === name)) continue;
    for (const [index, longer] of distinctNames(same, folders + 1).entries()) names[group[index] ?? 0] = longer;
  }
  return names;
}

/** Values grouped by a key, in the order in which the keys were first seen. */
export function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): [string, Value[]][] {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return [...groups];
}

const databaseNames: Record<Exclude<Database, 'unknown'>, string> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  sqlserver: 'SQL Server',
};
