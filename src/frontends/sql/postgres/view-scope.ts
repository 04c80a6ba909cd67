/** Of which table a column is that a query names. */
import type { Name } from '../../../operations/name.ts';
import type { ViewQuery } from '../../../operations/object-operation.ts';

/** What stands in FROM: a table, without the columns that go by other names here; or a query, a name of WITH, a function, with the columns that it gives where they are known. */
export type Source = { alias: string } & (
  | { table: Name; renamed: ReadonlySet<string> }
  | { gives: readonly string[] | undefined }
);

/** The sources of one query, and of the one around it. */
export type Scope = { sources: readonly Source[]; outer?: Scope };

type Columns = ViewQuery['columns'];

/** `*` or `alias.*`: all columns of the tables that it stands for. What a query inside gives is read there. */
export function starRead(parts: readonly string[], scope: Scope): Columns {
  const alias = parts.length > 1 ? parts.at(-2) : undefined;
  if (alias !== undefined) return starOf(findSource(alias, scope));
  return scope.sources.flatMap(starOf);
}

function starOf(source: Source | undefined): Columns {
  return source && 'table' in source ? [{ table: source.table, name: '*' }] : [];
}

/** A column: of the table behind its alias, or of one of those that are in sight; none where it comes from a query inside. */
export function columnRead(parts: readonly string[], scope: Scope): Columns {
  const name = parts.at(-1) ?? '';
  const alias = parts.at(-2);
  if (alias === undefined) return bareColumn(name, scope);
  const source = findSource(alias, scope);
  return source && 'table' in source && !source.renamed.has(name) ? [{ table: source.table, name }] : [];
}

/** The innermost query that has the column wins: https://www.postgresql.org/docs/current/functions-subquery.html */
function bareColumn(name: string, scope: Scope): Columns {
  const among: Name[] = [];
  let isClear = true;
  for (let around: Scope | undefined = scope; around; around = around.outer) {
    if (around.sources.some((source) => givesColumn(source, name))) return [];
    for (const source of around.sources)
      if ('table' in source) among.push(source.table);
      else isClear &&= source.gives !== undefined;
  }
  const [only, ...rest] = new Set(among);
  if (only === undefined) return [];
  return isClear && rest.length === 0 ? [{ table: only, name }] : [{ among: [...new Set(among)], name }];
}

/** Also a whole row, which goes by the alias: it holds on to no column. */
function givesColumn(source: Source, name: string): boolean {
  if (source.alias === name) return true;
  return 'table' in source ? source.renamed.has(name) : source.gives?.includes(name) === true;
}

function findSource(alias: string, scope: Scope): Source | undefined {
  for (let around: Scope | undefined = scope; around; around = around.outer) {
    const found = around.sources.find((source) => source.alias === alias);
    if (found) return found;
  }
  return undefined;
}
