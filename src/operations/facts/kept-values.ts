/** Types that take every value of another as it is, whatever that costs. */
import type { DataType } from '../column.ts';
import type { Database } from '../migration.ts';
import { isWidened } from './key-types.ts';
import { typeName } from './type-name.ts';

/** True where no row can stand in the way: a longer text, a larger integer, a float with digits enough for it, or the text of a `jsonb`. */
export function keepsValues(from: DataType, to: DataType, database: Database): boolean {
  // The other way round fails on \u0000: https://www.postgresql.org/docs/current/datatype-json.html
  if (database === 'postgres' && from.name === 'jsonb' && to.name === 'json') return !from.array && !to.array;
  // 15 digits: https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-FLOAT
  if (database === 'postgres' && typeName(to) === 'double precision')
    return /^(?:smallint|integer)$/.test(typeName(from)) && !from.array && !to.array;
  return isLongerText(from, to, database) || (isWidened(from, to) && !(to.unsigned && !from.unsigned));
}

/** True from one text to another with as much room or more, which a release that writes the old one does not notice. */
export function isLongerText(from: DataType, to: DataType, database: Database): boolean {
  if (from.array || to.array || from.collation !== to.collation) return false;
  const [held, room] = [roomOf(from, database), roomOf(to, database)];
  return held !== undefined && room !== undefined && held.most <= room.least;
}

/** How many characters of any kind there is room for at least, and how many can be there at most. */
type Room = { least: number; most: number };

function roomOf(type: DataType, database: Database): Room | undefined {
  const name = typeName(type);
  if (name === 'character varying') return varcharRoom(type.arguments[0], database);
  if (database === 'mysql' || database === 'mariadb') return mysqlRooms[name];
  return name === 'text' && database === 'postgres' ? { least: Infinity, most: Infinity } : undefined;
}

function varcharRoom(length: string | number | undefined, database: Database): Room | undefined {
  if (length === undefined && database === 'postgres') return { least: Infinity, most: Infinity };
  const count = Number(length);
  return Number.isInteger(count) && count > 0 ? { least: count, most: count } : undefined;
}

/** A character takes up to four bytes; a row has 65,535 of them, so that any varchar fits into a text: https://dev.mysql.com/doc/refman/8.4/en/storage-requirements.html#data-types-storage-reqs-strings */
const mysqlRooms: Record<string, Room> = {
  tinytext: { least: 63, most: 255 },
  text: { least: 65_535, most: 65_535 },
  mediumtext: { least: 16_777_215, most: 16_777_215 },
  longtext: { least: Infinity, most: Infinity },
};
