/** How long a key of MySQL and MariaDB may be, and how long it is. */
import { isAtLeast } from '../migration.ts';
import type { DataType, Prefixes } from '../column.ts';
import { assumedVersions, type MysqlDatabase } from './mysql-online-ddl.ts';
import { bytesPerCharacter } from './mysql-type-change.ts';
import { typeName } from './type-name.ts';

export type MysqlKey = { kind: 'primaryKey' | 'unique' | 'index'; columns: readonly string[]; prefixes?: Prefixes };

/**
 * Why the server refuses a key: a text without a length (1170), or too many bytes (1071), in one column or in all together.
 * `room` is how many characters of that column, or of the longest one, would fit. `assumed` is the character set that is taken where none is known.
 */
export type KeyRefusal =
  | { kind: 'no length'; column: string; room: number }
  | { kind: 'column' | 'key'; column: string; bytes: number; limit: number; room: number; assumed?: string };

/** What is known of where the key is made; `typeOf` gives types with the collation that they have by their table, where it is known. */
export type KeyGround = {
  database: MysqlDatabase;
  version: string | undefined;
  /** Its rows are COMPACT or REDUNDANT. */
  compact: boolean;
  typeOf: (column: string) => DataType | undefined;
};

/** Why the key is refused; undefined where it is taken, or where that is not known. */
export function findKeyRefusal(key: MysqlKey, ground: KeyGround): KeyRefusal | undefined {
  const assumed = assumedCharacterSet(ground);
  return (
    findUnmeasured(key, ground, assumed) ?? findTooLong(key, ground, undefined) ?? findTooLong(key, ground, assumed)
  );
}

/** Of all columns together: https://dev.mysql.com/doc/refman/8.4/en/innodb-limits.html */
const longestKey = 3072;

/**
 * Of one column: https://dev.mysql.com/doc/refman/8.4/en/innodb-limits.html, https://dev.mysql.com/doc/refman/5.7/en/innodb-limits.html
 * (rows are DYNAMIC by default since 5.7.9, https://dev.mysql.com/doc/refman/5.7/en/innodb-row-format.html), https://mariadb.com/kb/en/innodb-dynamic-row-format.
 */
function longestColumn({ database, version, compact }: KeyGround): number {
  const since = database === 'mysql' ? '5.7.9' : '10.2.2';
  return compact || !isAtLeast(version ?? assumedVersions[database], since) ? 767 : longestKey;
}

/** https://dev.mysql.com/doc/relnotes/mysql/8.0/en/news-8-0-1.html, https://mariadb.com/kb/en/setting-character-sets-and-collations */
function assumedCharacterSet({ database, version }: KeyGround): string {
  const since = database === 'mysql' ? '8.0.1' : '11.6';
  return isAtLeast(version ?? assumedVersions[database], since) ? 'utf8mb4' : 'latin1';
}

/**
 * MySQL cuts a key that is not unique before 5.7.17 (https://bugs.mysql.com/bug.php?id=86725), MariaDB always does, and
 * keeps unique ones that are too long by their hash from 10.4 on (https://mariadb.com/kb/en/getting-started-with-indexes/#unique-index).
 */
function isRefused({ kind }: MysqlKey, { database, version }: KeyGround): boolean {
  const known = version ?? assumedVersions[database];
  if (kind === 'primaryKey') return true;
  if (database === 'mysql') return kind === 'unique' || isAtLeast(known, '5.7.17');
  return kind === 'unique' && !isAtLeast(known, '10.4');
}

/** https://dev.mysql.com/doc/refman/8.4/en/column-indexes.html#column-indexes-prefix; MariaDB takes others than primary keys from 10.4 on. */
function findUnmeasured(key: MysqlKey, ground: KeyGround, assumed: string): KeyRefusal | undefined {
  const { database, version, typeOf } = ground;
  const isTaken = database === 'mariadb' && isAtLeast(version ?? assumedVersions.mariadb, '10.4');
  if (isTaken && key.kind !== 'primaryKey') return undefined;
  const column = key.columns.find((name) => {
    const type = typeOf(name);
    return type !== undefined && needsLength.test(typeName(type)) && key.prefixes?.[name] === undefined;
  });
  if (column === undefined) return undefined;
  const width = bytesPerUnit(typeOf(column), assumed);
  return { kind: 'no length', column, room: Math.floor(longestColumn(ground) / width) };
}

const needsLength = /^(tiny|medium|long)?(text|blob)$/;

/** Without an assumed character set, a character of an unknown one counts as one byte. */
function findTooLong(key: MysqlKey, ground: KeyGround, assumed: string | undefined): KeyRefusal | undefined {
  if (!isRefused(key, ground)) return undefined;
  const lengths = key.columns.map((name) => ({
    name,
    bytes: keyBytes(ground.typeOf(name), key.prefixes?.[name], assumed),
  }));
  const [longest] = lengths.toSorted((one, other) => other.bytes - one.bytes);
  if (!longest) return undefined;
  const width = bytesPerUnit(ground.typeOf(longest.name), assumed);
  const isAssumed = assumed !== undefined && lengths.some(({ name }) => isOfUnknownSet(ground.typeOf(name)));
  const note = isAssumed ? { assumed } : {};
  const limit = longestColumn(ground);
  if (longest.bytes > limit)
    return {
      kind: 'column',
      column: longest.name,
      bytes: longest.bytes,
      limit,
      room: Math.floor(limit / width),
      ...note,
    };
  const bytes = lengths.reduce((sum, each) => sum + each.bytes, 0);
  if (bytes <= longestKey) return undefined;
  const room = Math.floor((longestKey - bytes + longest.bytes) / width);
  return { kind: 'key', column: longest.name, bytes, limit: longestKey, room, ...note };
}

/** Bytes of one column in a key: https://dev.mysql.com/doc/refman/8.4/en/storage-requirements.html; a type of a few bytes that is not listed counts as none. */
function keyBytes(type: DataType | undefined, prefix: number | undefined, assumed: string | undefined): number {
  if (!type || prefix === 0) return 0;
  const name = typeName(type);
  if (small[name] !== undefined) return small[name];
  const isSized = /^(character( varying)?|(var)?binary)$/.test(name);
  if (!isSized && !needsLength.test(name)) return 0;
  const whole = isSized ? Number(type.arguments[0] ?? 1) : (prefix ?? 0);
  return Math.min(prefix ?? whole, whole) * bytesPerUnit(type, assumed);
}

const small: Record<string, number | undefined> = { tinyint: 1, smallint: 2, mediumint: 3, integer: 4, bigint: 8 };

/** Of a character, where the length counts those; of a byte. */
function bytesPerUnit(type: DataType | undefined, assumed: string | undefined): number {
  if (!type || !isText(type)) return 1;
  return bytesPerCharacter(type.collation ?? assumed) ?? 1;
}

function isOfUnknownSet(type: DataType | undefined): boolean {
  return type !== undefined && isText(type) && type.collation === undefined;
}

function isText(type: DataType): boolean {
  return /^character|text$/.test(typeName(type));
}
