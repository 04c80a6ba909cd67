/** The pages of the rules as changes: each `## Bad:` and `## Good:` section is one small pull request, each fence one of its files. */
import { parseConfiguration } from '../src/configuration/parse-configuration.ts';
import { defaultConfiguration, type Configuration } from '../src/operations/configuration.ts';
import type { Change, ChangedFile } from '../src/operations/change.ts';
import { rules } from '../rules/index.ts';

export type PageFile = { path: string; text: string; state: 'before' | 'after' | 'deleted' };
export type Section = { kind: 'Bad' | 'Good'; title: string; files: PageFile[] };
/** A line that a comment with `✗` marks. */
export type Mark = { path: string; line: number };

const configurationPath = '.github/plimsoll.yml';

/** The sections of a page in their order. */
export function readPage(markdown: string): Section[] {
  const sections: Section[] = [];
  let file: PageFile | undefined;
  for (const line of markdown.split('\n')) {
    const heading = /^## (Bad|Good): (.+)$/.exec(line);
    if (file) {
      if (line === '```') file = undefined;
      else file.text += `${line}\n`;
    } else if (heading) {
      sections.push({ kind: heading[1] === 'Bad' ? 'Bad' : 'Good', title: heading[2] ?? '', files: [] });
    } else if (line.startsWith('```')) {
      file = openFile(line);
      sections.at(-1)?.files.push(file);
    }
  }
  return sections;
}

function openFile(line: string): PageFile {
  const [, path = '', state = 'after'] = line.slice(3).split(' ');
  if (state !== 'before' && state !== 'after' && state !== 'deleted') throw new Error(`unknown fence: ${line}`);
  return { path, text: '', state };
}

/** The lines that the rule of the page must flag. */
export function marksOf(section: Section): Mark[] {
  return section.files
    .filter((file) => file.state !== 'before')
    .flatMap((file) =>
      file.text
        .split('\n')
        .flatMap((text, index) => (text.includes('✗') ? [{ path: file.path, line: index + 1 }] : [])),
    );
}

/** The section as a change. Without a configuration of its own it is for PostgreSQL 16. */
export function changeOf(files: readonly PageFile[]): Change {
  const base = files.filter((file) => file.state !== 'after');
  const { configuration, problems } = configurationOf(base);
  const changed = new Map<string, ChangedFile>();
  for (const file of files) {
    const before = base.find((each) => each.path === file.path)?.text;
    if (file.state === 'deleted') changed.set(file.path, { path: file.path, status: 'deleted', before: file.text });
    if (file.state !== 'after') continue;
    const status = before === undefined ? 'added' : 'modified';
    changed.set(file.path, { path: file.path, status, after: file.text, ...(before === undefined ? {} : { before }) });
  }
  return {
    files: [...changed.values()],
    basePaths: base.map((file) => file.path),
    projectTexts: Object.fromEntries(base.map((file) => [file.path, file.text])),
    // The file that holds the whole schema tells what was there before, also where it changes.
    history: Object.fromEntries(
      base
        .filter(({ path, state }) => !changed.has(path) || (state === 'before' && path === 'db/schema.rb'))
        .map((file) => [file.path, file.text]),
    ),
    programs: Object.fromEntries(
      [...base, ...files.filter(({ state }) => state === 'after')].map(({ path, text }) => [path, text]),
    ),
    description: '',
    configuration,
    configurationProblems: problems,
  };
}

function configurationOf(base: readonly PageFile[]): {
  configuration: Configuration;
  problems: Change['configurationProblems'];
} {
  const file = base.find((each) => each.path === configurationPath);
  if (!file) return { configuration: { ...defaultConfiguration, database: 'postgres', version: '16' }, problems: [] };
  return parseConfiguration(
    file.path,
    file.text,
    rules.map((rule) => rule.id),
  );
}

/** The SQL of the fences in an advice. */
export function fencesOf(markdown: string): string[] {
  return [...markdown.matchAll(/^(`{3,})sql\n(.*?)\n\1$/gms)].map((match) => match[2] ?? '');
}
