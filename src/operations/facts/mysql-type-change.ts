/** What a new type is to the values of a column in MySQL and MariaDB. */
import { isAtLeast } from '../migration.ts';
import type { DataType } from '../column.ts';
import { assumedVersions, type MysqlChange, type MysqlDatabase } from './mysql-online-ddl.ts';
import { typeName } from './type-name.ts';

/** `unless` says what would make it no change, or a smaller one, where that is not known here. */
export type MysqlTypeChange = {
  change: Extract<MysqlChange, 'type changed' | 'varchar lengthened' | 'values appended'>;
  unless?: string;
};

const changed: MysqlTypeChange = { change: 'type changed' };

/**
 * The change from one type to another; undefined where they are the same, also by display widths and synonyms; `from` undefined means that the old one is not known.
 * https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html#online-ddl-column-operations:
 * a varchar is lengthened while its length fits the same number of length bytes (up to 255 bytes, or from 256), and values may be added at the end while their storage stays the same.
 */
export function mysqlTypeChange(
  from: DataType | undefined,
  to: DataType,
  database: MysqlDatabase,
  version: string | undefined,
): MysqlTypeChange | undefined {
  if (!from)
    return {
      ...changed,
      unless: 'the column has this type already, or is a shorter `varchar` on the same side of 255 bytes',
    };
  const name = typeName(from);
  if (name !== typeName(to)) return changed;
  const sets = characterSetChange(from, to, database);
  if (sets || isEqual(from, to)) return sets;
  if (name === 'character varying') return varcharChange(from, to, database, version);
  if (name === 'enum') return valuesChange(from, to, enumBytes);
  if (name === 'set') return valuesChange(from, to, setBytes);
  // Display widths of integers say nothing about storage.
  return integers.has(name) && from.unsigned === to.unsigned ? undefined : changed;
}

const integers = new Set(['tinyint', 'smallint', 'mediumint', 'integer', 'bigint']);

function isEqual(from: DataType, to: DataType): boolean {
  return from.arguments.join() === to.arguments.join() && from.unsigned === to.unsigned;
}

/** Another character set is a copy. Another collation of the same one is left alone for MariaDB, which takes some at once. */
function characterSetChange(from: DataType, to: DataType, database: MysqlDatabase): MysqlTypeChange | undefined {
  if (from.collation === undefined || to.collation === undefined || from.collation === to.collation) return undefined;
  if (characterSet(from.collation) !== characterSet(to.collation)) return changed;
  const areCollations = from.collation.includes('_') && to.collation.includes('_');
  return areCollations && database === 'mysql' ? changed : undefined;
}

/** The character set that a collation belongs to; a character set is named without an underscore. */
export function characterSet(collation: string): string {
  const [set = collation] = collation.split('_');
  return set === 'utf8mb3' ? 'utf8' : set;
}

/** https://dev.mysql.com/doc/refman/8.4/en/charset-mysql.html: the most bytes that a character takes; undefined for a set that is not known. */
export function bytesPerCharacter(collation: string | undefined): number | undefined {
  return collation === undefined ? undefined : widths[characterSet(collation)];
}

const widths: Record<string, number | undefined> = {
  ascii: 1,
  binary: 1,
  latin1: 1,
  latin2: 1,
  cp1250: 1,
  cp1251: 1,
  koi8r: 1,
  sjis: 2,
  big5: 2,
  gbk: 2,
  euckr: 2,
  ucs2: 2,
  utf8: 3,
  utf16: 4,
  utf32: 4,
  utf8mb4: 4,
};

function varcharChange(
  from: DataType,
  to: DataType,
  database: MysqlDatabase,
  version: string | undefined,
): MysqlTypeChange {
  const [old, next] = [Number(from.arguments[0]), Number(to.arguments[0])];
  if (next < old) return changed;
  const width = bytesPerCharacter(from.collation);
  // A short one may become a long one: https://jira.mariadb.org/browse/MDEV-15563
  const mayGrow = database === 'mariadb' && isAtLeast(version ?? assumedVersions.mariadb, '10.4.3');
  const possible = width === undefined ? [1, 2, 3, 4] : [width];
  const crosses = (each: number) => old * each <= 255 && next * each >= 256;
  if (!possible.some((each) => crosses(each) && !(mayGrow && old * each <= 127)))
    return { change: 'varchar lengthened' };
  const isSure = width !== undefined || !mayGrow;
  if (isSure && possible.every(crosses)) return changed;
  return { ...changed, unless: 'both lengths stay on the same side of 255 bytes in its character set' };
}

function valuesChange(from: DataType, to: DataType, bytes: (values: number) => number): MysqlTypeChange {
  const isAppended = from.arguments.every((value, index) => to.arguments[index] === value);
  const isStoredAlike = bytes(from.arguments.length) === bytes(to.arguments.length);
  return isAppended && isStoredAlike ? { change: 'values appended' } : changed;
}

/** https://dev.mysql.com/doc/refman/8.4/en/storage-requirements.html#data-types-storage-reqs-strings */
export function enumBytes(values: number): number {
  return values > 255 ? 2 : 1;
}

/** https://dev.mysql.com/doc/refman/8.4/en/storage-requirements.html#data-types-storage-reqs-strings */
export function setBytes(values: number): number {
  return values > 32 ? 8 : Math.ceil(values / 8);
}
