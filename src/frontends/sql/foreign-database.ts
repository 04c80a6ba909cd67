/** Tells SQL of databases that are not read here from SQL of those that are. */
import { tokenize, type Token } from './tokens.ts';
import { wholeFile } from './text.ts';

/** Words that mean a database in any folder. */
const foreignNames: Record<string, string> = {
  bigquery: 'BigQuery',
  cassandra: 'Cassandra',
  clickhouse: 'ClickHouse',
  cockroach: 'CockroachDB',
  cockroachdb: 'CockroachDB',
  crdb: 'CockroachDB',
  databricks: 'Databricks',
  duckdb: 'DuckDB',
  redshift: 'Redshift',
  scylladb: 'Cassandra',
  singlestore: 'SingleStore',
  snowflake: 'Snowflake',
};

/** Words that mean one only among migrations: a service may be called oracle. */
const foreignNamesAmongMigrations: Record<string, string> = {
  cql: 'Cassandra',
  db2: 'Db2',
  h2: 'H2',
  hive: 'Hive',
  hsqldb: 'HSQLDB',
  oracle: 'Oracle',
  spanner: 'Spanner',
  trino: 'Trino',
};

/** The name of a database whose SQL is not read here, as the path or the text tells it, or undefined. */
export function findForeignDatabase(path: string, text: string): string | undefined {
  return findForeignText(path, text) ?? findForeignPath(path);
}

/** The answer given last: a file is often read in many stretches, and each asks for it. */
let latest: { text: string; database: string | undefined } | undefined;

/** The same by the text alone: what it says holds whatever a configuration says. */
export function findForeignText(path: string, text: string): string | undefined {
  if (latest?.text !== text) latest = { text, database: searchText(path, text) };
  return latest.database;
}

/** Most texts hold none of the words, wherever; only the others are worth a second look. */
const signs = /MERGETREE|DISTRIBUTED|KAFKA|CLUSTER|KEYSPACE|VARCHAR2|STAGE|WAREHOUSE|DIST(?:KEY|STYLE)/i;

function searchText(path: string, text: string): string | undefined {
  if (!signs.test(text)) return undefined;
  const tokens = tokenize(wholeFile(path, text), 'postgres');
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    const database = foreignAt(tokens, index);
    if (database) return database;
  }
  return undefined;
}

function findForeignPath(path: string): string | undefined {
  let amongMigrations = false;
  const segments = path.toLowerCase().split('/');
  for (const [index, segment] of segments.entries()) {
    amongMigrations ||= segment.includes('migrat');
    // Of a file's name only its endings count, as in 1_x.cockroach.up.sql.
    const words = index < segments.length - 1 ? segment.split(/[._\-\s]+/) : segment.split('.').slice(1);
    for (const word of words) {
      const name = foreignNames[word] ?? (amongMigrations ? foreignNamesAmongMigrations[word] : undefined);
      if (name) return name;
    }
  }
  return undefined;
}

function foreignAt(tokens: Token[], index: number): string | undefined {
  const upper = tokens[index]?.upper ?? '';
  const next = tokens[index + 1]?.upper ?? '';
  const afterNext = tokens[index + 2]?.upper ?? '';
  if (upper === 'ENGINE' && /MERGETREE|^DISTRIBUTED$|^KAFKA$/.test(next === '=' ? afterNext : next))
    return 'ClickHouse';
  if (upper === 'ON' && next === 'CLUSTER') return 'ClickHouse';
  if (upper === 'CREATE' && next === 'KEYSPACE') return 'Cassandra';
  if (upper === 'CLUSTERING' && next === 'ORDER') return 'Cassandra';
  if (upper === 'VARCHAR2' || upper === 'NVARCHAR2') return 'Oracle';
  if (upper === 'CREATE' && (next === 'STAGE' || next === 'WAREHOUSE')) return 'Snowflake';
  if (upper === 'DISTKEY' || upper === 'DISTSTYLE') return 'Redshift';
  return undefined;
}
