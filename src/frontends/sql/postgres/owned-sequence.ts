/** Which column a sequence goes with. */
import type { Node } from 'libpg-query';
import type { SequenceOwner } from '../../../operations/object-operation.ts';
import { itemsOf, qualified, stringsOf } from './names.ts';

/** OWNED BY, where it is said. */
export function ownerOf(options: readonly Node[] | undefined): { ownedBy?: SequenceOwner } {
  const said = (options ?? []).find((node) => 'DefElem' in node && node.DefElem.defname === 'owned_by');
  const parts = said && 'DefElem' in said ? stringsOf(itemsOf(said.DefElem.arg)) : [];
  const column = parts.at(-1);
  if (column === undefined) return {};
  return { ownedBy: parts.length === 1 ? 'none' : { table: qualified(parts.slice(0, -1)), column } };
}
