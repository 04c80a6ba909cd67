import type { Operation } from '../src/operations/operation.ts';
import type { ObjectKind } from '../src/operations/object-operation.ts';
import { code, type Rule } from '../src/rule.ts';

/** Something that code names in its statements gets another name. */
export const renameObject: Rule = {
  id: 'rename-object',
  title: 'A view, routine, schema, type or enum value is renamed',
  severity: 'error',
  concerns: 'code',
  check: {
    renameObject: ({ object, name, to }, context) => {
      if (!named.has(object) || isMade(context.before, name) || isMade(context.after, name)) return undefined;
      const what = object === 'schema' ? `everything in the schema ${code(name)}` : `the ${object} ${code(name)}`;
      const keeps = object === 'view' || object === 'function' || object === 'procedure';
      return {
        // Types are named in casts, if at all, and many functions by triggers alone, which follow.
        severity: ['type', 'domain', 'function'].includes(object) ? 'warning' : 'error',
        message: `From here on ${what} is found as ${code(to)} only: the release that still runs asks for ${code(name)} and fails, and the next one fails until this has run${object === 'function' ? ', unless triggers alone call it' : ''}.`,
        advice: keeps
          ? `Create it as ${code(to)} beside ${code(name)}, and drop ${code(name)} one deploy after the last release that names it.`
          : `Leave the name, or let both be found until no release names ${code(name)}.`,
      };
    },
    renameEnumValue: ({ type, value, to }) => ({
      message: `From here on ${code(value)} of ${code(type)} is ${code(to)}: the release that still runs fails with 22P02 where it writes or asks for ${code(value)}, and reads a value that it does not know.`,
      advice: `Add ${code(to)} as a new value; a release that knows both; the rows, in batches; and leave ${code(value)} unused.`,
    }),
  },
};

const named: ReadonlySet<ObjectKind> = new Set([
  'view',
  'materialized view',
  'function',
  'procedure',
  'schema',
  'type',
  'domain',
]);

/** By this migration, under the old name: it is new, or stays to be found. */
function isMade(operations: readonly Operation[], name: string): boolean {
  return operations.some(
    (each) =>
      (each.kind === 'createObject' && each.name === name) ||
      (each.kind === 'createType' && each.type === name) ||
      (each.kind === 'renameObject' && each.to === name),
  );
}
