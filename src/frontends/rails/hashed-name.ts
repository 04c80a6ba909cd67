/** The names that Rails makes with a hash, so that the same thing has the same name everywhere. */
import { createHash } from 'node:crypto';

/** `fk_rails_` and its kin: ten digits of what identifies the constraint. */
export function hashedName(prefix: string, identifier: string): string {
  return `${prefix}_${digits(identifier)}`;
}

/** Since 7.1 a default index name that is longer than this is shortened. */
const longestName = 62;

/** `generate_index_name` of Rails: index_users_on_a_and_b, or what stands for it when it is too long. */
export function defaultIndexName(table: string, columns: readonly string[], version: number): string {
  const words = columns.join('_and_').match(/\w+/g)?.join('_') ?? '';
  const name = `index_${table}_on_${words}`.replaceAll('.', '_');
  if (name.length <= longestName || version < 7.1) return name;
  const ending = `_${digits(name)}`;
  return `idx_on_${columns.join('_')}`.slice(0, longestName - ending.length) + ending;
}

function digits(identifier: string): string {
  return createHash('sha256').update(identifier).digest('hex').slice(0, 10);
}
