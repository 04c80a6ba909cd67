/** Models of a Prisma schema with everything that they say of their tables. */
import { namedText, namesIn, readAttributes, textOf, type Attribute } from './attributes.ts';
import type { Block } from './blocks.ts';

export type Model = {
  name: string;
  /** What the database calls it, and in which schema where that is said. */
  table: string;
  schema?: string;
  fields: Field[];
  /** Those of the block: `@@id`, `@@unique`, `@@index` … */
  attributes: Attribute[];
};

export type Field = {
  name: string;
  /** What the database calls it, where it has a column. */
  column: string;
  /** The name of its type, or the SQL of an unsupported one. */
  type: string;
  isUnsupported: boolean;
  isOptional: boolean;
  isList: boolean;
  attributes: Attribute[];
};

/** An enum: what the database calls it, and each value by what the schema calls it. */
export type PrismaEnum = { name: string; schema?: string; values: Map<string, string> };

export type PrismaSchema = {
  /** By their names in the schema; of two of one name the first counts. */
  models: Map<string, Model>;
  enums: Map<string, PrismaEnum>;
  provider?: string;
  /** Foreign keys are made; without them Prisma looks after relations by itself. */
  hasForeignKeys: boolean;
};

/** What the blocks say. Views are no tables, and what `@@ignore` hides from the program is in the database all the same. */
export function readSchemaBlocks(blocks: readonly Block[]): PrismaSchema {
  const models = new Map<string, Model>();
  const enums = new Map<string, PrismaEnum>();
  for (const block of blocks) {
    if (block.kind === 'model' && !models.has(block.name)) models.set(block.name, modelOf(block));
    if (block.kind === 'enum' && !enums.has(block.name)) enums.set(block.name, enumOf(block));
  }
  const source = blocks.find(({ kind }) => kind === 'datasource');
  const provider = settingOf(source, 'provider');
  const mode = settingOf(source, 'relationMode') ?? settingOf(source, 'referentialIntegrity');
  return { models, enums, hasForeignKeys: mode !== 'prisma', ...(provider === undefined ? {} : { provider }) };
}

function settingOf(block: Block | undefined, name: string): string | undefined {
  const line = block?.lines.find(([first, second]) => first === name && second === '=');
  return textOf(line?.slice(2, 3));
}

/** No table has more columns, and no model means more lines: each of them is looked for among the others. */
const mostLines = 2_000;

function modelOf({ name, lines: all }: Block): Model {
  const lines = all.slice(0, mostLines);
  const attributes = lines.flatMap((words) => (words[0]?.startsWith('@@') ? readAttributes(words) : []));
  return { name, ...placeOf(name, attributes, 'table'), attributes, fields: lines.flatMap(fieldOf) };
}

function enumOf({ name, lines }: Block): PrismaEnum {
  const attributes = lines.flatMap((words) => (words[0]?.startsWith('@@') ? readAttributes(words) : []));
  const values = lines.flatMap((words): [string, string][] => {
    const [value] = words;
    return value !== undefined && /^\w+$/.test(value) ? [[value, mappedName(readAttributes(words)) ?? value]] : [];
  });
  return { ...placeOf(name, attributes, 'name'), values: new Map(values) };
}

function placeOf<Key extends 'table' | 'name'>(
  name: string,
  attributes: readonly Attribute[],
  key: Key,
): Record<Key, string> & { schema?: string } {
  const map = attributes.find((each) => each.name === '@@map');
  const schema = namedText(
    attributes.find((each) => each.name === '@@schema'),
    'map',
  );
  const place = { [key]: namedText(map, 'name') ?? name } as Record<Key, string>; // the one key that it is given
  return { ...place, ...(schema === undefined ? {} : { schema }) };
}

function mappedName(attributes: readonly Attribute[]): string | undefined {
  return namedText(
    attributes.find(({ name }) => name === '@map'),
    'name',
  );
}

function fieldOf(words: readonly string[]): Field[] {
  const [name, type] = words;
  if (name === undefined || type === undefined || !/^\w+$/.test(name)) return [];
  const attributes = readAttributes(words);
  const unsupported = type === 'Unsupported' ? textOf(words.slice(3, 4)) : undefined;
  const named = /^(\w+)(\[\])?(\?)?$/.exec(type);
  if (!named || (type === 'Unsupported' && unsupported === undefined)) return [];
  // Behind `Unsupported("…")` the marks stand by themselves.
  const marks = unsupported === undefined ? type : words.slice(5, 8).join('');
  return [
    {
      name,
      column: mappedName(attributes) ?? name,
      type: unsupported ?? named[1] ?? '',
      isUnsupported: unsupported !== undefined,
      isOptional: /^\w*(\[\])?\?/.test(marks),
      isList: /^\w*\[\]/.test(marks),
      attributes,
    },
  ];
}

/** The columns that some fields of a model stand for; undefined where one of them is not there. */
export function columnsOf(model: Model, words: readonly string[] | undefined): string[] | undefined {
  const columns = namesIn(words).map((name) => model.fields.find((field) => field.name === name)?.column);
  const known = columns.filter((column) => column !== undefined);
  return known.length > 0 && known.length === columns.length ? known : undefined;
}

/** The attribute of that name of a field, or undefined. */
export function attributeOf({ attributes }: Pick<Field, 'attributes'>, name: string): Attribute | undefined {
  return attributes.find((each) => each.name === name);
}
