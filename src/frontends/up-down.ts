/** Names that carry their direction: 000001_x.up.sql and its kin. */
import { folderOf, inFolder, nameOf } from './paths.ts';

export type UpDown = {
  direction: 'up' | 'down';
  version: string;
  /** Path of the file of the up direction. */
  up: string;
};

/** What a name such as 000001_create_users.up.sql says, or undefined. */
export function readUpDown(path: string): UpDown | undefined {
  const match = /^(\d+)(_.*)?\.(up|down)(\.sql)$/i.exec(nameOf(path));
  if (!match) return undefined;
  const [, version = '', title = '', direction = '', ending = ''] = match;
  const isUp = direction.toLowerCase() === 'up';
  const up = isUp ? path : inFolder(folderOf(path), `${version}${title}.up${ending}`);
  return { direction: isUp ? 'up' : 'down', version, up };
}

/** The path of the down direction beside a file x.up.sql. */
export function downBeside(up: string): string {
  return up.replace(/\.up\.sql$/i, '.down.sql');
}
