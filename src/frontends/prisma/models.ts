/** The models and enums of a Prisma schema as far as they reach the database. */
import { readBlocks } from './blocks.ts';
import { isScalar } from './native-types.ts';

/** By what the database calls the model or enum, under whatever name the program has it: its columns or values, each with its type. */
export type PrismaModels = Map<string, { kind: 'model' | 'enum'; table: string; columns: Map<string, string> }>;

/** Reads the blocks of a schema; views are left out, and what `@ignore` and `@@ignore` hide from the program. https://www.prisma.io/docs/orm/reference/prisma-schema-reference */
export function readPrismaModels(schema: string): PrismaModels {
  const blocks = readBlocks(schema).flatMap(({ kind, ...block }) =>
    kind === 'model' || kind === 'enum' ? [{ ...block, kind }] : [],
  );
  const enums = new Set(blocks.filter(({ kind }) => kind === 'enum').map(({ name }) => name));
  const models: PrismaModels = new Map();
  for (const { kind, name, lines } of blocks) {
    if (lines.some(([first]) => first === '@@ignore')) continue;
    const columns = lines.flatMap((line) => (kind === 'enum' ? valueOf(line) : columnOf(line, enums)));
    const table = mappedName(lines) ?? name;
    models.set(`${kind} ${table}`, { kind, table, columns: new Map(columns) });
  }
  return models;
}

/** A field of another model's type has no column. */
function columnOf(words: readonly string[], enums: ReadonlySet<string>): [string, string][] {
  const [name, type] = words;
  if (name === undefined || type === undefined || !/^\w+$/.test(name) || words.includes('@ignore')) return [];
  const bare = type.replace(/\?|\[\]/g, '');
  if (!isScalar(bare) && !enums.has(bare)) return [];
  const native = words.find((word) => word.startsWith('@db.')) ?? '';
  return [[argumentOf(words, '@map') ?? name, `${type} ${native}`.trim()]];
}

function valueOf(words: readonly string[]): [string, string][] {
  const [name] = words;
  return name !== undefined && /^\w+$/.test(name) ? [[argumentOf(words, '@map') ?? name, '']] : [];
}

function mappedName(lines: readonly string[][]): string | undefined {
  return lines.map((words) => (words[0] === '@@map' ? argumentOf(words, '@@map') : undefined)).find((name) => name);
}

/** The string in `@map("name")`, also as `name: "name"`. */
function argumentOf(words: readonly string[], attribute: string): string | undefined {
  const at = words.indexOf(attribute);
  if (at === -1 || words[at + 1] !== '(') return undefined;
  const text = words.slice(at + 2).find((word) => word.startsWith('"') || word === ')');
  return text !== undefined && /^".+"$/.test(text) ? text.slice(1, -1) : undefined;
}
