/** A whole schema of Prisma: the tables that `prisma db push` would make of it. */
import type { Database } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import { databaseNamed } from '../database-name.ts';
import type { SourceFile } from '../frontend.ts';
import { folderOf, inFolder, isBystander, nameOf, rootOf } from '../paths.ts';
import { readStatedTables, type StatedTable } from '../sql/stated-tables.ts';
import { readBlocks } from './blocks.ts';
import { columnSql } from './column-sql.ts';
import { keysSql, tableSql } from './key-sql.ts';
import { pairTables } from './pair-tables.ts';
import { findProvider } from './parse.ts';
import { readSchemaBlocks, type Model, type PrismaSchema } from './read-models.ts';

/** What makes the tables of a schema; nothing where it is for another database. */
export function readPrismaSchema({ path, text }: SourceFile, database: Database): Operation[] {
  const schema = readSchemaBlocks(readBlocks(text));
  if (database === 'unknown' || !isFor(schema.provider ?? '', database)) return [];
  const tables = [...schema.models.values()].flatMap((model) => tableOf(model, schema, database));
  return readStatedTables([...tables, ...pairTables(schema, database)], path, database);
}

function isFor(provider: string, database: Database): boolean {
  const named = databaseNamed(provider);
  return named === database || (named === 'mysql' && database === 'mariadb');
}

function tableOf(model: Model, schema: PrismaSchema, database: Exclude<Database, 'unknown'>): StatedTable[] {
  const columns = model.fields.flatMap((field) => columnSql(field, schema, database) ?? []);
  return columns.length === 0
    ? []
    : [{ name: tableSql(model, database), columns, ...keysSql(model, schema, database) }];
}

/** Of one schema; together they are no longer than a file may be. */
const mostFiles = 100;
const longest = 2_000_000;

/**
 * The files that say the schema of the migrations at `path`: all below the folder that holds the folder of migrations, or those of the
 * folder above it, in `prisma` or `schema` there too. What stands further off may be another project's.
 */
export function findSchemaParts(path: string, paths: ReadonlySet<string>): string[] {
  const schemas = prismaFilesAmong(paths);
  const beside = folderOf(rootOf(path));
  const below = beside === '' ? [] : schemas.filter((each) => each.startsWith(`${beside}/`));
  if (below.length > 0) return below.slice(0, mostFiles);
  const folders = [beside, folderOf(beside)].flatMap((folder) =>
    ['', 'prisma', 'schema'].map((name) => within(folder, name)),
  );
  return schemas.filter((each) => folders.includes(folderOf(each))).slice(0, mostFiles);
}

function within(folder: string, name: string): string {
  return name === '' ? folder : inFolder(folder, name);
}

const amongPaths = new WeakMap<ReadonlySet<string>, string[]>();

/** Found once per listing: it is asked again for every migration. */
function prismaFilesAmong(paths: ReadonlySet<string>): string[] {
  const isSchema = (each: string) => each.endsWith('.prisma') && !isBystander(each);
  const found = amongPaths.get(paths) ?? [...paths].filter(isSchema).sort();
  amongPaths.set(paths, found);
  return found;
}

/**
 * The parts as one text. Of several that name a database `schema.prisma` is the one that Prisma reads by itself; where none is called so,
 * they are several schemas, and which one is meant is not known.
 */
export function joinSchemaParts(parts: readonly SourceFile[]): SourceFile | undefined {
  const named = parts.filter(({ text }) => findProvider(text) !== undefined);
  const [main, another] = named.length > 1 ? named.filter(({ path }) => nameOf(path) === 'schema.prisma') : named;
  if (!main || another) return undefined;
  const others = parts.filter((part) => !named.includes(part));
  const text = [main, ...others].map((part) => part.text).join('\n');
  return text.length > longest ? undefined : { path: main.path, text };
}
