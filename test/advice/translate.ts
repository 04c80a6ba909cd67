/** A section of a page that is SQL alone, said in the files of another framework. */
import { loadReader } from '../../src/frontends/sql/read-sql.ts';
import { split } from '../../src/frontends/sql/split.ts';
import { wholeFile } from '../../src/frontends/sql/text.ts';
import type { Dialect } from '../../src/frontends/sql/tokens.ts';
import type { Step } from '../../src/writers/step.ts';
import { writeMigration } from '../../src/writers/write-migration.ts';
import type { PageFile, Section } from '../pages.ts';
import { frames, numbered, type Frame } from '../writers/frames.ts';

/** The section in the words of the framework; undefined where more than SQL belongs to it, or the framework cannot say it. */
export async function translate(
  { files }: Section,
  framework: string,
  database: Dialect,
): Promise<PageFile[] | undefined> {
  const frame = frames[framework];
  const migrations = files.filter(({ path }) => path.endsWith('.sql'));
  const others = files.filter(({ path }) => !path.endsWith('.sql'));
  if (!frame || others.some(({ path }) => path !== configurationPath)) return undefined;
  if (migrations.some(({ path, state }) => !isNumbered(path) || state === 'deleted')) return undefined;
  if (new Set(migrations.map(({ path }) => path)).size < migrations.length) return undefined;
  await loadReader(database);
  const translated: PageFile[] = [];
  for (const [index, { path, text, state }] of inOrder(migrations).entries()) {
    const body = bodyOf(path, text, framework, frame, database);
    if (!body) return undefined;
    translated.push({ ...numbered(frame, body, index + 1), state });
  }
  return [...besideOf(others, frame, database), ...translated];
}

const configurationPath = '.github/plimsoll.yml';

/** Those that run once and forth, in their order. */
function isNumbered(path: string): boolean {
  return /(^|\/)V?\d+_+\w+(\.up)?\.sql$/.test(path);
}

function inOrder(files: readonly PageFile[]): PageFile[] {
  const number = ({ path }: PageFile) => Number(/(\d+)_+\w+(\.up)?\.sql$/.exec(path)?.[1]);
  const stands = ({ state }: PageFile) => (state === 'before' ? 0 : 1);
  return files.toSorted((one, other) => stands(one) - stands(other) || number(one) - number(other));
}

function bodyOf(path: string, text: string, framework: string, frame: Frame, database: Dialect): string[] | undefined {
  const [up = ''] = text.split(/^-- (?:\+goose Down|migrate:down).*$/m);
  const { pieces } = split(wholeFile(path, up), database);
  const steps = pieces.map(({ start, end }): Step => ({ kind: 'sql', sql: `${up.slice(start, end)};` }));
  const outside = /\bCONCURRENTLY\b|NO TRANSACTION|transaction:false/i.test(up);
  return writeMigration({ framework, path: frame.path, database }, steps, outside)?.lines;
}

/** What tells the framework, and the configuration of the section, for this database. */
function besideOf(others: readonly PageFile[], frame: Frame, database: Dialect): PageFile[] {
  const [own] = others;
  const kept = own?.text ?? (database === 'postgres' ? undefined : '');
  const isSame = kept === undefined || new RegExp(`^database: ${database}$`, 'm').test(kept);
  const text = isSame ? kept : `database: ${database}\n${kept.replace(/^(?:database|version):.*\n/gm, '')}`;
  const settings = { ...frame.beside, ...(text === undefined ? {} : { [configurationPath]: text }) };
  return Object.entries(settings).map(([path, each]): PageFile => ({ path, text: each, state: 'before' }));
}
