/** Two pull requests that were written beside each other: what each brings, and where they get in each other's way. */
import { comparableVersion, versionFacts } from './facts/versions.ts';
import type { Links, Migration } from './migration.ts';
import { isComputedName, type Name } from './name.ts';
import { isData, isSchema } from './operation-questions.ts';
import type { Operation } from './operation.ts';

/** A migration as far as another pull request has to know it. */
export type MigrationOutline = Links & {
  path: string;
  framework: string;
  version?: string;
  /** Which lineage it belongs to: the same for migrations that run on one database. */
  kin: string;
  /** Tables that were there before and that it changes. */
  tables: Name[];
  /** What it makes and what it takes away, such as `column users.email`. */
  makes: string[];
  drops: string[];
};

/** Another open pull request to the same branch. */
export type OtherChange = { number: number; title: string; migrations: MigrationOutline[] };

/** Why the second of two that are merged fails or is lost; `table` alone: both change one, and nothing is known to fail. */
export type Collision =
  | { kind: 'version' | 'revision' | 'parent'; name: string }
  | { kind: 'made' | 'dropped' | 'gone'; name: string }
  | { kind: 'table'; name: string };

/** What others have to know of a migration. */
export function outlineOf(
  migration: Pick<Migration, 'path' | 'framework' | 'version' | 'up'> & Links,
  kin: string,
): MigrationOutline {
  const { path, framework, version, up, revision, parents, opensBranch } = migration;
  const made = new Set(up.flatMap((each) => (each.kind === 'createTable' ? [each.table] : [])));
  return {
    path,
    framework,
    kin,
    ...(version === undefined ? {} : { version }),
    ...(revision === undefined ? {} : { revision }),
    ...(parents ? { parents } : {}),
    ...(opensBranch ? { opensBranch } : {}),
    tables: tablesIn(up).filter((table) => !made.has(table) && !isComputedName(table)),
    makes: names(up, madeBy),
    drops: names(up, droppedBy),
  };
}

/** The tables that operations change in shape or content, each once. */
export function tablesIn(operations: readonly Operation[]): Name[] {
  const tables = new Set<Name>();
  for (const operation of operations) {
    if (!isSchema(operation) && !isData(operation)) continue;
    if ('table' in operation && operation.table !== undefined) tables.add(operation.table);
    if (operation.kind === 'renameTable') tables.add(operation.to);
  }
  return [...tables];
}

/** Where two migrations of different pull requests collide; the gravest first, undefined where they do not. */
export function findCollision(own: MigrationOutline, other: MigrationOutline): Collision | undefined {
  if (own.kin !== other.kin || own.framework !== other.framework) return undefined;
  return findInOrder(own, other) ?? findInSchema(own, other);
}

function findInOrder(own: MigrationOutline, other: MigrationOutline): Collision | undefined {
  const { framework, version, revision } = own;
  if (revision !== undefined && revision === other.revision) return { kind: 'revision', name: revision };
  const isKnownByNumber = versionFacts(framework)?.twice !== undefined;
  if (isKnownByNumber && version !== undefined && other.version !== undefined)
    if (comparableVersion(version, framework) === comparableVersion(other.version, framework))
      return { kind: 'version', name: version };
  const parent = own.parents?.find((each) => other.parents?.includes(each));
  if (parent === undefined || own.opensBranch || other.opensBranch) return undefined;
  return { kind: 'parent', name: parent };
}

function findInSchema(own: MigrationOutline, other: MigrationOutline): Collision | undefined {
  const made = own.makes.find((name) => other.makes.includes(name));
  if (made !== undefined) return { kind: 'made', name: made };
  const dropped = own.drops.find((name) => other.drops.includes(name));
  if (dropped !== undefined) return { kind: 'dropped', name: dropped };
  const gone =
    own.tables.find((table) => other.drops.includes(`table ${table}`)) ??
    other.tables.find((table) => own.drops.includes(`table ${table}`));
  if (gone !== undefined) return { kind: 'gone', name: gone };
  const table = own.tables.find((name) => other.tables.includes(name));
  return table === undefined ? undefined : { kind: 'table', name: table };
}

function names(operations: readonly Operation[], nameOf: (operation: Operation) => string | undefined): string[] {
  const found = operations.flatMap((each) => (each.conditional ? [] : (nameOf(each) ?? [])));
  return [...new Set(found.filter((name) => !isComputedName(name)))];
}

function madeBy(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'createTable':
      return operation.ifNotExists || operation.replaces || operation.temporary
        ? undefined
        : `table ${operation.table}`;
    case 'addColumn':
      return operation.ifNotExists ? undefined : `column ${operation.table}.${operation.column.name}`;
    case 'createIndex':
      return operation.ifNotExists || operation.index.name === undefined ? undefined : `index ${operation.index.name}`;
    case 'renameTable':
      return `table ${operation.to}`;
    case 'renameColumn':
      return `column ${operation.table}.${operation.to}`;
    default:
      return undefined;
  }
}

function droppedBy(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'dropTable':
      return operation.ifExists || operation.temporary ? undefined : `table ${operation.table}`;
    case 'dropColumn':
      return operation.ifExists ? undefined : `column ${operation.table}.${operation.column}`;
    case 'dropIndex':
      return operation.ifExists ? undefined : `index ${operation.name}`;
    case 'renameTable':
      return `table ${operation.table}`;
    case 'renameColumn':
      return `column ${operation.table}.${operation.column}`;
    default:
      return undefined;
  }
}
