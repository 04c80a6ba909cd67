/** Which files may name a column of a table, by their paths. */
import { wants } from '../../frontends/index.ts';
import { folderOf, isAmongMigrations, nameOf } from '../../frontends/paths.ts';
import { isScript } from '../paths.ts';
import { isAmongWords, isNamedFor, isWrittenFor } from './words.ts';

/** True for a program, a template or a query that is read for the columns that it names. */
export function mayName(path: string): boolean {
  if (!isRead(path) || path.endsWith('.d.ts') || path.includes('.min.')) return false;
  const folders = folderOf(path).toLowerCase().split('/');
  if (folders.some((folder) => elsewhere.has(folder)) || isAmongMigrations(path)) return false;
  const name = nameOf(path);
  if (/(?:^|[._-])(?:test|tests|spec|stories|config)\.\w+$|^(?:test_.+|conftest)\.py$/.test(name)) return false;
  if (/^(?:schema\.rb|structure\.sql|schema\.sql|seeds?\.\w+)$/.test(name)) return false;
  return !wants(path) || isQuery(path);
}

export type ProgramLanguage = 'ruby' | 'embedded ruby' | 'python' | 'script' | 'sql';

/** True where a file may speak to the database of these migrations: what is written in another language than the migrations of a framework asks a server for rows. */
export function mayNameBeside(path: string, migrations: readonly string[]): boolean {
  if (!mayName(path)) return false;
  const language = languageOf(path);
  return migrations.some((migration) => {
    const own = languageOf(migration);
    if (own === 'sql' && isOfPages(path, migration)) return false;
    return own === 'sql' || language === 'sql' || language === own || (own === 'ruby' && language === 'embedded ruby');
  });
}

/** Where the pages of a server have a folder of their own at the top, migrations elsewhere are not theirs. */
function isOfPages(path: string, migration: string): boolean {
  const [top = ''] = path.split('/');
  return languageOf(path) === 'script' && /^(?:site|ui|web|webapp|www)$/.test(top) && !migration.startsWith(`${top}/`);
}

/** The language of such a file. */
export function languageOf(path: string): ProgramLanguage {
  if (path.endsWith('.erb')) return 'embedded ruby';
  if (path.endsWith('.py')) return 'python';
  if (path.endsWith('.sql')) return 'sql';
  return /\.(?:rb|rake|jbuilder|arb)$/.test(path) ? 'ruby' : 'script';
}

/** True for a file whose path says that it is written for the rows of a table. */
export function isOwnPlace(path: string, rows: readonly string[]): boolean {
  if (isWrittenFor(stemOf(path), rows)) return true;
  return foldersNear(path).some((folder) => isNamedFor(folder, rows));
}

/** The files to look into for rows of these names: those that are written for them, then those that stand in the folders of their apps, then those that have a word of them. */
export function placesFor(
  paths: Iterable<string>,
  { rows, homes }: { rows: readonly string[]; homes: readonly string[] },
): string[] {
  const ranked: [number, string][] = [];
  for (const path of paths) {
    const rank = mayBeAbout(path, rows, homes) && mayName(path) ? rankOf(path, rows, homes) : undefined;
    if (rank !== undefined) ranked.push([rank, path]);
  }
  return ranked.sort(([one, path], [other, beside]) => one - other || (path < beside ? -1 : 1)).map(([, path]) => path);
}

/** A cheap question first: a repository may have a hundred thousand paths. */
function mayBeAbout(path: string, rows: readonly string[], homes: readonly string[]): boolean {
  if (!isRead(path)) return false;
  if (homes.some((home) => path.startsWith(home))) return true;
  const letters = path.toLowerCase().replace(/[_-]/g, '');
  return rows.some((row) => letters.includes(row.slice(0, Math.max(3, row.length - 2))));
}

function rankOf(path: string, rows: readonly string[], homes: readonly string[]): number | undefined {
  const stem = stemOf(path);
  if (isWrittenFor(stem, rows)) return 0;
  if (foldersNear(path).some((folder) => isNamedFor(folder, rows))) return 1;
  if (homes.some((home) => path.startsWith(home)) && ofApp.test(path)) return 2;
  return isAmongWords(stem, rows) ? 3 : undefined;
}

/** Where a Django app keeps what names the fields of its models. */
const ofApp =
  /(?:^|\/)(?:admin|api|filters?|forms|managers|models?|mixins|querysets|schema|selectors|serializers|services|signals|tables|tasks|views|viewsets)(?:\.py$|\/.+\.py$)|\/management\/commands\/\w+\.py$/;

function isRead(path: string): boolean {
  return /\.(?:rb|rake|jbuilder|arb|erb|py|sql)$/.test(path) || isScript(path);
}

/** Files of queries that a program is made from, and of views and functions. */
function isQuery(path: string): boolean {
  return /(?:^|\/)(?:quer(?:y|ies)|views?|func(?:tion)?s?|procedures?|procs|triggers|sqlc)\/(?:.+\/)?[^/]+\.sql$/i.test(
    path,
  );
}

/** The name without its endings: `users.service.ts` is `users.service`, `_form.html.erb` is `form`. */
function stemOf(path: string): string {
  return nameOf(path)
    .replace(/\.(?:html|json|js|text|turbo_stream)?(?:\.?\w+)$/, '')
    .replace(/^_/, '');
}

/** Those above are of the project as a whole. */
function foldersNear(path: string): string[] {
  return folderOf(path).split('/').slice(-2);
}

const elsewhere = new Set(
  (
    '.github .storybook __fixtures__ __mocks__ __tests__ build client components coverage cypress dist docs e2e examples factories fixtures frontend generated hooks ' +
    'mocks node_modules out seed seeders seeds spec specs stubs test test-data test_data testdata tests third_party vendor'
  ).split(' '),
);
