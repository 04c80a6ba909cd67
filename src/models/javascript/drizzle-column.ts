/** Columns of Drizzle's tables: https://orm.drizzle.team/docs/column-types/pg */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { MappedColumn } from '../../operations/models.ts';
import { chainOf, findLink, type CallChain } from './call-chain.ts';
import { bareOf, stringAt } from './literal.ts';
import { originOf, writtenAs, type ScriptFile } from './script-file.ts';

/** True for the packages of Drizzle's builders. */
export function isDrizzle(module: string | undefined): boolean {
  return module !== undefined && /^drizzle-orm(?:\/|$)/.test(module);
}

/** Reads one; undefined where its builder is the project's own, and stands elsewhere. `builders`: the name of an object that holds those of Drizzle. */
export function readDrizzleColumn(
  key: string,
  node: ScriptNode,
  builders: string | undefined,
  file: ScriptFile,
): MappedColumn | undefined {
  const chain = chainOf(bareOf(node, file));
  const [made] = chain.links;
  if (!made || !isBuilder(chain, builders, file)) return undefined;
  const [first] = made.arguments;
  const named = stringAt(first, file);
  // Without a name the key is it, or what the setting `casing` of the connection makes of the key.
  if (first && named === undefined && bareOf(first, file).type !== 'ObjectExpression') return undefined;
  const program = findLink(chain, '$default', '$defaultFn', '$onUpdate', '$onUpdateFn')?.arguments[0];
  return {
    name: key,
    column: named ?? key,
    ...(named === undefined ? { namedAfter: 'attribute' } : {}),
    declared: writtenAs(node, file),
    nullable: !findLink(chain, 'notNull', 'primaryKey'),
    ...(program ? { default: writtenAs(program, file) } : {}),
    hasDatabaseDefault: chain.links.some(({ name }) => /^default|^generated|^autoincrement$/.test(name)),
    span: file.spanOf(node),
  };
}

function isBuilder({ root, links }: CallChain, builders: string | undefined, file: ScriptFile): boolean {
  const [made] = links;
  if (root.type !== 'Identifier') return false;
  if (made?.name !== '') return root.name === builders || isModule(root, file);
  if (isDrizzle(originOf(root, file)?.module)) return true;
  // A type of the project's own, or an enum: both are called with the name.
  const maker = chainOf(bareOf(root, file));
  const origin = originOf(maker.root, file);
  return isDrizzle(origin?.module) && /^customType$|Enum$/.test(origin?.name ?? '');
}

function isModule(root: ScriptNode, file: ScriptFile): boolean {
  const origin = originOf(root, file);
  return origin?.name === '*' && isDrizzle(origin.module);
}
