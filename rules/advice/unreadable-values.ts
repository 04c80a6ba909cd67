/** What happens to old values of a column that a model of Rails reads in another way from now on. */
import type { Declaration } from '../../src/operations/models.ts';
import { code } from '../../src/rule.ts';

/** What happens to them, with the declarations of the column as they stood and its type; undefined where they can still be read. */
export function findUnreadable(
  now: Declaration,
  standing: readonly Declaration[],
  type: string | undefined,
): string | undefined {
  switch (now.kind) {
    case 'serialize': {
      const before = standing.find((each) => each.kind === 'serialize');
      if (before?.coder === now.coder && (now.type === undefined || before.type === now.type)) return undefined;
      if (now.type !== undefined)
        return `one that is no ${code(now.type)} raises \`ActiveRecord::SerializationTypeMismatch\` when the row is loaded or saved.`;
      if (!before && now.coder === 'YAML') return undefined;
      return `one that ${code(now.coder)} cannot read raises an error when the attribute is asked for or the row is saved.`;
    }
    case 'encrypts': {
      const before = standing.find((each) => each.kind === 'encrypts');
      if (now.readsOld || before?.options === now.options) return undefined;
      return 'each of them raises `ActiveRecord::Encryption::Errors::Decryption` when it is read, unless the application is configured with `support_unencrypted_data`.';
    }
    case 'attribute': {
      const before = standing.find((each) => each.kind === 'attribute');
      if (before?.type === now.type || type === undefined || !isText(type) || !strictTypes.has(now.type))
        return undefined;
      return `one that is no ${code(now.type)} is read as nil or 0, without an error.`;
    }
    case 'enum':
      return enumFails(now, standing, type);
  }
}

/** What text is turned into with a loss: https://api.rubyonrails.org/classes/ActiveModel/Type.html */
const strictTypes = new Set([
  'json',
  'jsonb',
  'integer',
  'big_integer',
  'float',
  'decimal',
  'date',
  'datetime',
  'time',
]);

function isText(type: string): boolean {
  return /char|text|string|enum/.test(type);
}

type Enum = Extract<Declaration, { kind: 'enum' }>;

/** Rows hold what stands to the right of a name: it may get new names, and no other meaning. */
function enumFails(now: Enum, standing: readonly Declaration[], type: string | undefined): string | undefined {
  const before = standing.find((each) => each.kind === 'enum');
  const values = Object.values(now.values ?? {});
  if (before?.values && now.values) {
    const moved = Object.entries(before.values).find(([, value]) => !values.includes(value));
    if (moved) return `rows that hold ${code(moved[1])}, for ${code(moved[0])}, have no name any more.`;
    const other = Object.entries(before.values).find(([name, value]) => meansOther(name, value, before, now));
    return other && `rows that hold ${code(other[1])} were ${code(other[0])}, and are something else now.`;
  }
  if (before || type === undefined || values.length === 0) return undefined;
  const areNumbers = values.every((value) => /^\d+$/.test(value));
  if (areNumbers !== isText(type)) return undefined;
  return `the column is ${code(type)} and the enum stores ${areNumbers ? 'numbers' : 'texts'}, so that every old row is read as nil.`;
}

/** A name that is given to another value, while its own value goes to another name. */
function meansOther(name: string, value: string, before: Enum, now: Enum): boolean {
  const standing = before.values ?? {};
  const next = Object.entries(now.values ?? {}).find(([, each]) => each === value)?.[0];
  return (
    next !== undefined && next !== name && (Object.hasOwn(standing, next) || Object.hasOwn(now.values ?? {}, name))
  );
}
