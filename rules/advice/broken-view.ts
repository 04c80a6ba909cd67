/** A view or trigger of SQLite whose table goes from under it. */
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { isCopied } from '../../src/operations/remade-table.ts';
import { code, codes, type Context, type Found } from '../../src/rule.ts';
import { isLegacyAlter } from './legacy-alter.ts';
import { readersOf } from './view-readers.ts';

/** A rename looks at every view and trigger, unless `legacy_alter_table` is on: https://www.sqlite.org/lang_altertable.html#alter_table_rename */
export function findBroken(operation: OperationOf<'dropTable'>, context: Context): Found | undefined {
  const { table, temporary } = operation;
  const { names, queries } = readersOf(table, undefined, context);
  const [first] = names;
  if (first === undefined || temporary || isLegacyAlter(context.before)) return undefined;
  const at = context.after.findIndex((each) => each.kind === 'renameTable');
  const between = at === -1 ? context.after : context.after.slice(0, at);
  const kinds = queries.map(({ of }) => of ?? 'view');
  const standing = names.filter((name, at) => !between.some((each) => isDrop(each, name, kinds[at] ?? 'view')));
  if (standing.length === 0) return undefined;
  const isRebuilt = isCopied(operation, context);
  const rename = context.after[at];
  const views = codes(names);
  const error = code(`error in ${kinds[0]} ${first}: no such table: main.${table}`);
  const on = queries[0]?.on;
  const fails = on === undefined ? 'every query of it fails' : `every write of ${code(on)} that fires it fails`;
  const effect = rename
    ? `the rename in statement ${rename.statement} fails (${error})`
    : `${fails}, and so does each rename and each \`DROP COLUMN\` of any table (${error})`;
  const words = [...new Set(kinds)].map((kind) => {
    const own = names.filter((_, at) => kinds[at] === kind).map((name) => code(name));
    return { drop: `\`DROP ${kind.toUpperCase()}\` of ${own.join(', ')}`, make: `\`CREATE ${kind.toUpperCase()}\`` };
  });
  const drops = words.map(({ drop }) => drop).join(' and ');
  return {
    severity: rename || isRebuilt ? 'error' : 'warning',
    message: `${views} read${names.length === 1 ? 's' : ''} ${code(table)}: once that is dropped, ${effect}.`,
    advice: isRebuilt
      ? `${drops} before the rebuild, and ${words.map(({ make }) => make).join(' and ')} behind it.`
      : `${drops} before it.`,
  };
}

function isDrop(each: Operation, name: string, object: string): boolean {
  return each.kind === 'dropObject' && each.object === object && each.name === name;
}
