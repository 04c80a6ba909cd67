/** Values that stand in a program as they are, also under the name of a constant. */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { ScriptFile } from './script-file.ts';

/**
 * An object as written. `isWhole`: nothing in it is computed, so that what it does not say is not there. What stands before
 * a part that is not known is among the entries, but not what `get` gives: that part may say it anew.
 */
export type Fields = {
  get: (name: string) => ScriptNode | undefined;
  entries: [string, ScriptNode][];
  isWhole: boolean;
};

/** The fields of nothing. */
export const noFields: Fields = { get: () => undefined, entries: [], isWhole: true };

/** Constants name constants; no further than this. */
const deepest = 8;

/** An expression without what is for the type checker alone; a constant is its value. */
export function bareOf(node: ScriptNode, { constants }: ScriptFile): ScriptNode {
  let bare = node;
  for (let step = 0; step < deepest; step++) {
    if (bare.type === 'TSAsExpression' || bare.type === 'TSSatisfiesExpression' || bare.type === 'TSNonNullExpression')
      bare = bare.expression;
    else if (bare.type === 'Identifier') bare = constants.get(bare.name) ?? bare;
    else return bare;
  }
  return bare;
}

/** A string. */
export function stringAt(node: ScriptNode | undefined, file: ScriptFile): string | undefined {
  const bare = node && bareOf(node, file);
  if (bare?.type === 'Literal') return typeof bare.value === 'string' ? bare.value : undefined;
  if (bare?.type !== 'TemplateLiteral' || bare.expressions.length > 0) return undefined;
  return bare.quasis[0]?.value.cooked ?? undefined;
}

/** A boolean; undefined where it is another value or none. */
export function booleanAt(node: ScriptNode | undefined, file: ScriptFile): boolean | undefined {
  const bare = node && bareOf(node, file);
  return bare?.type === 'Literal' && typeof bare.value === 'boolean' ? bare.value : undefined;
}

/** The items of a list; undefined where it is none, or holds what is computed. */
export function itemsAt(node: ScriptNode | undefined, file: ScriptFile): ScriptNode[] | undefined {
  const bare = node && bareOf(node, file);
  if (bare?.type !== 'ArrayExpression') return undefined;
  const items = bare.elements.filter((each) => each !== null && each.type !== 'SpreadElement');
  return items.length === bare.elements.length ? items : undefined;
}

/** Strings of a list, or the one string itself. */
export function stringsAt(node: ScriptNode | undefined, file: ScriptFile): string[] | undefined {
  const one = stringAt(node, file);
  if (one !== undefined) return [one];
  const strings = itemsAt(node, file)?.map((each) => stringAt(each, file));
  return strings?.every((each) => each !== undefined) ? strings : undefined;
}

/** The fields of an object; undefined where it is none. */
export function fieldsAt(node: ScriptNode | undefined, file: ScriptFile, depth = 0): Fields | undefined {
  const bare = node && bareOf(node, file);
  if (bare?.type !== 'ObjectExpression' || depth > deepest) return undefined;
  const all = new Map<string, ScriptNode>();
  const sure = new Map<string, ScriptNode>();
  let isWhole = true;
  for (const property of bare.properties) {
    const name = property.type === 'Property' ? keyOf(property) : undefined;
    const inner = property.type === 'SpreadElement' ? fieldsAt(property.argument, file, depth + 1) : undefined;
    if (!inner?.isWhole && name === undefined) {
      isWhole = false;
      sure.clear();
    }
    const said = property.type === 'Property' && name !== undefined ? [[name, property.value] as const] : [];
    for (const [key, value] of [...(inner?.entries ?? []), ...said]) {
      all.set(key, value);
      sure.set(key, value);
    }
  }
  return { get: (name) => sure.get(name), entries: [...all], isWhole };
}

/** The name of a property or member that is not computed. */
export function keyOf({ key, computed }: { key: ScriptNode; computed: boolean }): string | undefined {
  if (key.type === 'Identifier') return computed ? undefined : key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

/** The expression that a function gives back without further ado; any other expression is itself. */
export function givenBy(node: ScriptNode): ScriptNode {
  if (node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression') return node;
  if (node.body.type !== 'BlockStatement') return node.body;
  const [only, ...others] = node.body.body;
  return only?.type === 'ReturnStatement' && only.argument && others.length === 0 ? only.argument : node;
}
