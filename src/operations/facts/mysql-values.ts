/** Which values of a column do not survive another type in MySQL and MariaDB. */
import type { DataType } from '../column.ts';
import { bytesPerCharacter, characterSet } from './mysql-type-change.ts';
import { typeName } from './type-name.ts';

/** `what` completes "the statement fails on …" in strict mode, with `error`; `otherwise` is what happens to them without it. */
export type Loss = { what: string; error: string; otherwise: string };

/** What is lost; `none` where every value has a place in the new type, undefined where that is not known. */
export function lossOf(from: DataType, to: DataType): Loss | 'none' | undefined {
  const [old, next] = [typeName(from), typeName(to)];
  if (ranges[old] && ranges[next]) return integerLoss(from, to);
  if (isTime(old) && isTime(next) && old !== next) return timeLoss(next);
  const [length, room] = [textLength(from), textLength(to)];
  if (length !== undefined && room !== undefined) return textLoss(from, to, length, room);
  return undefined;
}

/** Bytes of the integer types: https://dev.mysql.com/doc/refman/8.4/en/integer-types.html */
const ranges: Record<string, number | undefined> = { tinyint: 1, smallint: 2, mediumint: 3, integer: 4, bigint: 8 };

/** https://dev.mysql.com/doc/refman/8.4/en/out-of-range-and-overflow.html */
function integerLoss(from: DataType, to: DataType): Loss | 'none' {
  const [least, most] = rangeOf(from);
  const [lowest, highest] = rangeOf(to);
  const below = least < lowest ? (lowest === 0n ? 'a negative value' : `a value below ${lowest}`) : undefined;
  const above = most > highest ? `a value above ${highest}` : undefined;
  if (below === undefined && above === undefined) return 'none';
  const what = [below, above].filter((each) => each !== undefined).join(' or ');
  return { what, error: '1264', otherwise: 'it is clipped' };
}

function rangeOf(type: DataType): [bigint, bigint] {
  const bits = BigInt((ranges[typeName(type)] ?? 8) * 8);
  if (type.unsigned) return [0n, 2n ** bits - 1n];
  return [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

function isTime(name: string): boolean {
  return name === 'datetime' || name === 'timestamp without time zone';
}

/** https://dev.mysql.com/doc/refman/8.4/en/datetime.html: a timestamp is kept in UTC, up to 2038, and read in the time zone of the session. */
function timeLoss(to: string): Loss | 'none' {
  if (to === 'datetime') return 'none';
  return { what: 'a time before 1970 or after 2038-01-19', error: '1292', otherwise: 'it becomes zero' };
}

/** The most characters of a text type; of those without a limit of their own, its bytes. https://dev.mysql.com/doc/refman/8.4/en/storage-requirements.html#data-types-storage-reqs-strings */
function textLength(type: DataType): number | undefined {
  const name = typeName(type);
  if (name === 'character varying' || name === 'character') return Number(type.arguments[0] ?? 1);
  return texts[name];
}

const texts: Record<string, number | undefined> = {
  tinytext: 255,
  text: 65_535,
  mediumtext: 16_777_215,
  longtext: 4_294_967_295,
};

function textLoss(from: DataType, to: DataType, length: number, room: number): Loss | 'none' | undefined {
  const sets = setLoss(from, to);
  if (sets) return sets;
  const isText = (type: DataType) => texts[typeName(type)] !== undefined;
  // A limit in characters against one in bytes.
  const needed = isText(to) && !isText(from) ? length * (bytesPerCharacter(from.collation) ?? 4) : length;
  if (needed <= room) return 'none';
  return {
    what: `a value of more than ${room} ${isText(to) ? 'bytes' : 'characters'}`,
    error: '1265 or 1406',
    otherwise: 'it is cut off',
  };
}

/** https://dev.mysql.com/doc/refman/8.4/en/charset-unicode-conversion.html */
function setLoss(from: DataType, to: DataType): Loss | undefined {
  if (from.collation === undefined || to.collation === undefined) return undefined;
  const [old, next] = [characterSet(from.collation), characterSet(to.collation)];
  if (old === next || next === 'utf8mb4' || old === 'ascii' || (old === 'latin1' && next === 'utf8')) return undefined;
  return { what: `a character that ${next} does not have`, error: '1366', otherwise: 'it becomes `?`' };
}
