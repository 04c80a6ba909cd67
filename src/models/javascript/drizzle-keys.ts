/** Indexes and constraints of Drizzle's tables: https://orm.drizzle.team/docs/indexes-constraints */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { MappedColumn, MappedKey } from '../../operations/models.ts';
import { attributeIn, chainOf, findLink } from './call-chain.ts';
import { fieldsAt, givenBy, itemsAt, stringAt } from './literal.ts';
import { columnsOf } from './mapped-class.ts';
import { originOf, writtenAs, type ScriptFile } from './script-file.ts';

/** Reads those at the columns, and those that the table lists behind them. */
export function readDrizzleKeys(
  entries: readonly [string, ScriptNode][],
  extra: ScriptNode | undefined,
  columns: readonly MappedColumn[],
  file: ScriptFile,
): MappedKey[] {
  const atColumns = entries.flatMap(([key, node]) => keysOfColumn(key, node, columns, file));
  const given = extra && givenBy(extra);
  const listed = itemsAt(given, file) ?? fieldsAt(given, file)?.entries.map(([, value]) => value) ?? [];
  return [...atColumns, ...listed.flatMap((each) => readKey(each, columns, file) ?? [])];
}

function keysOfColumn(key: string, node: ScriptNode, columns: readonly MappedColumn[], file: ScriptFile): MappedKey[] {
  const column = columns.find(({ name }) => name === key);
  if (!column) return [];
  const chain = chainOf(node);
  const place = { columns: [column.column], declared: column.declared, span: column.span };
  const unique = findLink(chain, 'unique');
  const name = stringAt(unique?.arguments[0], file);
  return [
    ...(unique ? [{ kind: 'unique' as const, ...(name === undefined ? {} : { name }), ...place }] : []),
    ...(findLink(chain, 'references') ? [{ kind: 'foreignKey' as const, ...place }] : []),
  ];
}

const kinds: Record<string, MappedKey['kind']> = {
  index: 'index',
  uniqueIndex: 'unique',
  unique: 'unique',
  foreignKey: 'foreignKey',
  check: 'check',
};

function readKey(node: ScriptNode, columns: readonly MappedColumn[], file: ScriptFile): MappedKey | undefined {
  const chain = chainOf(node);
  const made = originOf(chain.root, file)?.name ?? '';
  const kind = Object.hasOwn(kinds, made) ? kinds[made] : undefined;
  const [first] = chain.links[0]?.arguments ?? [];
  if (!kind) return undefined;
  const options = kind === 'foreignKey' ? fieldsAt(first, file) : undefined;
  const name = options ? stringAt(options.get('name'), file) : stringAt(first, file);
  const over = options ? itemsAt(options.get('columns'), file) : findLink(chain, 'on', 'onOnly')?.arguments;
  const attributes = (over ?? []).map((each) => attributeIn(each));
  const isOverColumns = attributes.every((each) => each !== undefined);
  const keyed = isOverColumns && kind !== 'check' ? (columnsOf(attributes, columns) ?? []) : [];
  if (name === undefined && keyed.length === 0) return undefined;
  return {
    kind,
    ...(name === undefined ? {} : { name }),
    columns: keyed,
    declared: writtenAs(node, file),
    span: file.spanOf(node),
  };
}
