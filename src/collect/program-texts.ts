/** Programs beside a migration that takes columns away, or gives them other names: whether they still name those decides what fails. */
import { wants } from '../frontends/index.ts';
import { folderOf } from '../frontends/paths.ts';
import type { Host, ListedFile } from '../host.ts';
import { mayNameBeside, placesFor } from '../models/mentions/places.ts';
import { rowWord } from '../models/mentions/words.ts';
import type { ChangedFile } from '../operations/change.ts';
import { blobText, textAfter, textEntry } from './text-of.ts';

/** More migrations that take columns away are a history and no change. */
const mostTaking = 50;

/** Of the change, and of those that it leaves alone: all are asked for at once. */
const mostChanged = 60;
const mostStanding = 40;

/** What is kept of them together, in UTF-16 units. */
const mostText = 1_000_000;

/** Their texts as after the change; undefined where no column goes. */
export async function programTexts(
  host: Host,
  files: readonly ChangedFile[],
  listed: readonly ListedFile[],
  base: ReadonlyMap<string, string>,
): Promise<Record<string, string> | undefined> {
  const taking = files.flatMap(({ path, after, status }) =>
    status !== 'deleted' && after !== undefined && wants(path) && takesColumns(after) ? [{ path, text: after }] : [],
  );
  if (taking.length === 0 || taking.length > mostTaking) return undefined;
  const known = new Set(files.flatMap(({ path, after }) => (after === undefined ? [] : [path])));
  const migrations = taking.map(({ path }) => path);
  const changed = listed.filter(
    ({ path, status }) => status !== 'deleted' && !known.has(path) && mayNameBeside(path, migrations),
  );
  // Of many, those that are written for the rows are not left out.
  const likely = new Set(
    placesOf(
      taking,
      changed.map(({ path }) => path),
    ),
  );
  const ordered = [
    ...changed.filter(({ path }) => likely.has(path)),
    ...changed.filter(({ path }) => !likely.has(path)),
  ];
  const touched = new Set(listed.flatMap(({ path, previousPath }) => [path, previousPath]));
  const standing = placesOf(taking, base.keys()).filter(
    (path) => !touched.has(path) && mayNameBeside(path, migrations),
  );
  const asked = [
    ...ordered.slice(0, mostChanged).map((file) => ({ path: file.path, text: textAfter(host, file) })),
    ...standing.slice(0, mostStanding).map((path) => ({ path, text: blobText(host, base.get(path)) })),
  ];
  const texts = await Promise.all(asked.map(({ text }) => text));
  return upTo(
    mostText,
    asked.flatMap(({ path }, index) => textEntry(path, texts[index])),
  );
}

/** This only decides which files are asked for; every repetition has an end, since the text is a stranger's. */
function takesColumns(text: string): boolean {
  if (takesByName.test(text)) return true;
  return /\balter\s{1,20}table\b/i.test(text) && takesByWord.test(text);
}

const takesByName =
  /\b(?:drop|remove|rename)(?:[a-z]{0,10}_?|\s{1,20})(?:column|field|reference|belongs_to|attribute)|\bt\.(?:remove|rename)\b|\bsp_rename\b/i;

/** `DROP nickname` is enough for PostgreSQL and MySQL, which says `CHANGE old new` as well. */
const takesByWord =
  /\b(?:drop|change)\s{1,20}(?!(?:check|constraint|database|default|domain|event|expression|extension|foreign|function|identity|if|index|key|materialized|not|partition|policy|primary|procedure|role|rule|schema|sequence|table|trigger|type|unique|user|view)\b)[\w"`[]/i;

type Taking = { path: string; text: string };

/** Files that are written for the rows of tables which are named where columns go, the likeliest first. */
function placesOf(taking: readonly Taking[], paths: Iterable<string>): string[] {
  const rows = new Set(taking.flatMap(rowsNamed));
  // A Django app keeps what names its fields around the folder of its migrations.
  const homes = new Set(
    taking.flatMap(({ path }) =>
      path.endsWith('.py') && path.includes('/migrations/') ? [`${folderOf(folderOf(path))}/`] : [],
    ),
  );
  return placesFor(paths, { rows: [...rows], homes: [...homes] });
}

/** Words around the lines that take a column: one of them is the table. */
function rowsNamed({ path, text }: Taking): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  const near = new Set<number>();
  for (const [index, line] of lines.entries())
    if (takes.test(line)) for (let at = index - before; at <= index + after; at++) near.add(at);
  const all = new Set([...near].flatMap((at) => lines[at]?.match(/\w+/g) ?? []));
  const words = [...all].filter((word) => word.length > 2 && !common.has(word.toLowerCase())).slice(0, mostWords);
  const app = path.includes('/migrations/') ? path.split('/migrations/')[0]?.split('/').pop() : undefined;
  const bare = words.flatMap((word) =>
    app !== undefined && word.startsWith(`${app}_`) ? [word.slice(app.length + 1)] : [],
  );
  return [...words, ...bare].map(rowWord).filter((word) => word.length > 2);
}

const takes = /drop|remove|rename|change/i;

/** A table is named so many lines before a column of it at most, or after. */
const before = 12;
const after = 3;

/** Each is compared with every path of the repository. */
const mostWords = 100;

const common = new Set(
  (
    'activerecord add addcolumn alter apps async await begin bigint boolean cascade change change_table char class column columns commit constraint ' +
    'datetime decimal def default delete dependencies django down drop drop_column dropcolumn else end exists false field ' +
    'foreign from function import index integer into json jsonb key knex migration migrations model model_name models ' +
    'models_name name not null old_name new_name operations primary promise public queryinterface queryrunner query ' +
    'references remove remove_column remove_index removecolumn removefield rename rename_column renamecolumn renamefield return revision ' +
    'schema self set string table text then timestamp true type unique update uuid varchar void where with'
  ).split(' '),
);

function upTo(most: number, entries: readonly [string, string][]): Record<string, string> {
  let left = most;
  const kept = entries.filter(([, text]) => {
    left -= text.length;
    return left >= 0;
  });
  return Object.fromEntries(kept);
}
