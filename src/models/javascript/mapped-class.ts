/** What the readers of JavaScript find, as rules ask for it. */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { MappedClass, MappedColumn, MappedKey } from '../../operations/models.ts';
import { homeOf } from '../paths.ts';
import type { ScriptFile } from './script-file.ts';

type Found = {
  framework: MappedClass['framework'];
  name: string;
  named: ScriptNode;
  node: ScriptNode;
  table: string | undefined;
  columns: readonly MappedColumn[];
  keys: MappedKey[];
  isWhole: boolean;
  bases?: string[];
  members?: string[];
};

/** A class, or an object that stands for one. Of a column that is said twice, as a field and by a relation, the first counts. */
export function mappedClass(file: ScriptFile, found: Found): MappedClass {
  const { framework, name, named, node, table, keys, isWhole, bases = [] } = found;
  const columns = [...new Map(found.columns.toReversed().map((each) => [each.column, each])).values()].toReversed();
  return {
    framework,
    name,
    span: file.spanOf(named),
    home: homeOf(file.path),
    bases,
    isWhole,
    ...(table === undefined ? {} : { table }),
    columns,
    keys,
    members: found.members ?? columns.map((each) => each.name),
    renamedFrom: [],
    drift: [],
    body: file.text.slice(node.range[0], node.range[1]).replace(/\s+/g, ''),
  };
}

/** A table inside a schema, as migrations name it; `public` is left out as it is there. */
export function tableIn(schema: string | undefined, table: string): string {
  return schema === undefined || schema === 'public' ? table : `${schema}.${table}`;
}

/** The columns of some attributes; undefined where one of them is not known, as that of a relation which does not say it. */
export function columnsOf(attributes: readonly string[], columns: readonly MappedColumn[]): string[] | undefined {
  const found = attributes.map(
    (name) => columns.find((each) => each.name === name && each.namedAfter !== 'relation')?.column,
  );
  return found.every((each) => each !== undefined) ? found : undefined;
}
