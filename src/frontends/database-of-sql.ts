/** Guesses the database from SQL itself, by words and signs that one database has and the others do not. */
import type { Database } from '../operations/migration.ts';
import { wholeFile } from './sql/text.ts';
import { tokenize, type Token } from './sql/tokens.ts';

type Known = Exclude<Database, 'unknown'>;

/** Below this the evidence is too thin to decide. */
const enough = 3;

/** The database that the texts speak for, or undefined when they are silent or speak for two alike. Saying one thing often proves no more than saying it once. */
export function findDatabaseOfSql(texts: readonly string[]): Known | undefined {
  const seen = new Set(texts.flatMap(evidenceOf));
  const scores = new Map<Known, number>();
  for (const evidence of seen)
    for (const [database, score] of evidence) scores.set(database, (scores.get(database) ?? 0) + score);
  const [best, second] = [...scores].sort((one, other) => other[1] - one[1]);
  if (!best || best[1] < enough || best[1] === second?.[1]) return undefined;
  return best[0];
}

function evidenceOf(text: string): Evidence[] {
  const tokens = tokenize(wholeFile('', text), 'postgres');
  return tokens.flatMap((token, index) => evidenceAt(tokens, token, index));
}

/** What one sign is worth for each database; told apart by identity. */
type Evidence = readonly (readonly [Known, number])[];

const words: Record<string, Evidence> = {
  AUTO_INCREMENT: [['mysql', 5]],
  AUTOINCREMENT: [['sqlite', 5]],
  BIGSERIAL: [['postgres', 5]],
  BYTEA: [['postgres', 5]],
  CITEXT: [['postgres', 5]],
  CLUSTERED: [['sqlserver', 4]],
  CONCURRENTLY: [['postgres', 5]],
  DATETIME2: [['sqlserver', 5]],
  DATETIMEOFFSET: [['sqlserver', 5]],
  GEN_RANDOM_UUID: [['postgres', 5]],
  ILIKE: [['postgres', 3]],
  JSONB: [['postgres', 5]],
  LONGTEXT: [['mysql', 4]],
  MEDIUMTEXT: [['mysql', 4]],
  NONCLUSTERED: [['sqlserver', 5]],
  NVARCHAR: [['sqlserver', 4]],
  PLPGSQL: [['postgres', 5]],
  PRAGMA: [['sqlite', 5]],
  REGCLASS: [['postgres', 4]],
  ROWID: [['sqlite', 4]],
  SERIAL: [['postgres', 4]],
  SMALLSERIAL: [['postgres', 5]],
  SP_RENAME: [['sqlserver', 5]],
  SYSUTCDATETIME: [['sqlserver', 5]],
  TIMESTAMPTZ: [['postgres', 5]],
  TINYINT: [
    ['mysql', 2],
    ['sqlserver', 1],
  ],
  TSVECTOR: [['postgres', 5]],
  UNIQUEIDENTIFIER: [['sqlserver', 5]],
  UNSIGNED: [['mysql', 3]],
  UTF8MB4: [['mysql', 4]],
};

/** Pairs of words in a row. */
const pairs: Record<string, Evidence> = {
  'ALTER TYPE': [['postgres', 3]],
  'CREATE EXTENSION': [['postgres', 5]],
  'IDENTITY (': [['sqlserver', 4]],
  'NOT VALID': [['postgres', 4]],
  'TIME ZONE': [['postgres', 2]],
  'USING BTREE': [
    ['postgres', 1],
    ['mysql', 1],
  ],
  'USING GIN': [['postgres', 5]],
  'USING GIST': [['postgres', 5]],
};

const signs = {
  cast: [['postgres', 4]],
  dollarQuote: [['postgres', 5]],
  engine: [['mysql', 5]],
  dbo: [['sqlserver', 5]],
  go: [['sqlserver', 4]],
  bracket: [['sqlserver', 3]],
  /** SQLite takes backticks too, so they only lean towards MySQL. */
  backtick: [
    ['mysql', 2],
    ['sqlite', 1],
  ],
} as const satisfies Record<string, Evidence>;

function evidenceAt(tokens: readonly Token[], token: Token, index: number): Evidence[] {
  const next = tokens[index + 1];
  if (token.kind === 'symbol') return evidenceOfSymbol(tokens, token, index);
  if (token.kind === 'string') return token.text.startsWith('$') ? [signs.dollarQuote] : [];
  if (token.kind !== 'word') return [];
  if (token.upper === 'ENGINE' && next?.text === '=') return [signs.engine];
  if (token.upper === 'DBO' && (next?.text === '.' || next?.text === ']')) return [signs.dbo];
  if (token.upper === 'GO' && isBetweenStatements(tokens, index)) return [signs.go];
  const word = Object.hasOwn(words, token.upper) ? words[token.upper] : undefined;
  const pair = next ? pairs[`${token.upper} ${next.upper}`] : undefined;
  return [word, pair].filter((evidence) => evidence !== undefined);
}

function evidenceOfSymbol(tokens: readonly Token[], token: Token, index: number): Evidence[] {
  if (token.text === '::') return [signs.cast];
  if (token.text === '`') return [signs.backtick];
  const isName = token.text === '[' && tokens[index + 1]?.kind === 'word' && tokens[index + 2]?.text === ']';
  return isName ? [signs.bracket] : [];
}

function isBetweenStatements(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1]?.upper ?? 'ALTER';
  return before !== undefined && /^(CREATE|ALTER|DROP|INSERT|UPDATE|DELETE|EXEC|SET|IF|USE|PRINT)$/.test(after);
}
