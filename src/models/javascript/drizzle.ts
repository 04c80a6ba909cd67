/** Tables of Drizzle's schema files: https://orm.drizzle.team/docs/sql-schema-declaration */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { MappedClass, MappedColumn } from '../../operations/models.ts';
import { chainOf } from './call-chain.ts';
import { isDrizzle, readDrizzleColumn } from './drizzle-column.ts';
import { readDrizzleKeys } from './drizzle-keys.ts';
import { bareOf, fieldsAt, givenBy, stringAt } from './literal.ts';
import { mappedClass, tableIn } from './mapped-class.ts';
import { originOf, type ScriptFile } from './script-file.ts';

/** Reads those that a constant holds. What a function of the project makes under a name of its own is left out. */
export function readDrizzleTables(file: ScriptFile): MappedClass[] {
  return [...file.constants].flatMap(([name, node]) => readTable(name, node, file) ?? []);
}

function readTable(name: string, node: ScriptNode, file: ScriptFile): MappedClass | undefined {
  const { root, links } = chainOf(bareOf(node, file));
  const [made] = links;
  const [first, given, extra] = made?.arguments ?? [];
  const table = stringAt(first, file);
  if (!made || !first || !given || table === undefined || !isTableMaker(root, made.name, file)) return undefined;
  const schema = made.name === 'table' ? schemaOf(root, file) : 'public';
  if (schema === undefined) return undefined;
  const columnsGiven = fieldsAt(givenBy(given), file);
  if (!columnsGiven) return undefined;
  const builders = parameterOf(given);
  const found = columnsGiven.entries.map(([key, value]) => readDrizzleColumn(key, value, builders, file));
  const columns = found.filter((each): each is MappedColumn => each !== undefined);
  return mappedClass(file, {
    framework: 'drizzle',
    name,
    named: first,
    node,
    table: tableIn(schema, table),
    columns,
    keys: readDrizzleKeys(columnsGiven.entries, extra, columns, file),
    isWhole: columnsGiven.isWhole && columns.length === found.length,
  });
}

/** `pgTable(…)`, `pgTable.withRLS(…)`, and `table(…)` of a schema. */
function isTableMaker(root: ScriptNode, called: string, file: ScriptFile): boolean {
  if (called === 'table') return schemaOf(root, file) !== undefined;
  const origin = originOf(root, file);
  if (!isDrizzle(origin?.module)) return false;
  return /^[a-z]+Table$/.test(origin?.name === '*' ? called : (origin?.name ?? ''));
}

/** `pgSchema('x')` of the same file. */
function schemaOf(root: ScriptNode, file: ScriptFile): string | undefined {
  const chain = chainOf(bareOf(root, file));
  const origin = originOf(chain.root, file);
  const isSchema = isDrizzle(origin?.module) && origin?.name.endsWith('Schema') === true && chain.links.length === 1;
  return isSchema ? stringAt(chain.links[0]?.arguments[0], file) : undefined;
}

/** The name under which a function that gives the columns is given the builders. */
function parameterOf(node: ScriptNode): string | undefined {
  if (node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression') return undefined;
  const [first] = node.params;
  return first?.type === 'Identifier' ? first.name : undefined;
}
