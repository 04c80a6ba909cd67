/** The keys that say how migrations are read and judged: database, version, paths, tables, rules, links, migration commands. */
import type { Configuration, PathSetting, Severity, TableSize } from '../operations/configuration.ts';
import type { Database } from '../operations/migration.ts';
import { code } from '../rule.ts';
import { globProblem } from './match-glob.ts';
import { allowed, described, entriesOf, itemsOf, readMapping, textOf } from './yaml-node.ts';
import type { Places } from './yaml-node.ts';

const databases = ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'] as const satisfies Database[];
const sizes = ['small', 'medium', 'large', 'hot'] as const satisfies TableSize[];
const levels = ['off', 'notice', 'warning', 'error'] as const satisfies ('off' | Severity)[];

/** Below: small. From here on, up to the next: medium. */
const smallBelow = 100_000;
/** Above: large. */
const largeAbove = 1_000_000;

/** The database by name, or undefined with a problem noted. */
export function readDatabase(node: unknown, places: Places): Database | undefined {
  return readWord(node, 'A database', databases, places);
}

/** The version of the database such as `16`, `8.0.29` or `10.11`, or undefined with a problem noted. */
export function readVersion(node: unknown, places: Places): string | undefined {
  const text = textOf(node)?.trim() ?? '';
  if (/^\d{1,4}(\.\d{1,3}){0,2}$/.test(text)) return text;
  places.problem(node, `A version is a number such as \`16\` or \`8.0.29\`. Here stands ${described(node)}.`);
  return undefined;
}

/** The settings by path; one without a usable `path` is left out. */
export function readPaths(node: unknown, places: Places): PathSetting[] {
  const settings: PathSetting[] = [];
  for (const item of itemsOf(node, '`paths`', '- path: db/migrate/**', places)) {
    const setting = readPathSetting(item, places);
    if (setting) settings.push(setting);
  }
  return settings;
}

/** Table sizes into `tables`: a word, a number of rows, or `{ rows: … }`. */
export function readTables(node: unknown, places: Places, tables: Configuration['tables']): void {
  for (const { key, value } of entriesOf(node, '`tables`', places)) {
    const size = readSize(value, places);
    // Names in operations carry no default schema either.
    if (size) tables[key.replace(/^(public|dbo)\./, '')] = size;
  }
}

/** Commands that run migrations, each as its first words. */
export function readMigrationCommands(node: unknown, places: Places): string[] {
  const commands: string[] = [];
  for (const item of itemsOf(node, '`migration-commands`', '- acme-db up', places)) {
    const command = (textOf(item) ?? '').trim().replace(/\s+/g, ' ');
    if (/^[\w./:@-]+( [\w./:@=-]+)*$/.test(command) && command.length <= 120) commands.push(command);
    else
      places.problem(
        item,
        `A migration command is its first words as they are typed, such as \`acme-db up\`. Here stands ${described(item)}.`,
      );
  }
  return commands;
}

/** Severities of rules into `rules`, keyed by id; an id that does not exist becomes a problem. */
export function readRules(
  node: unknown,
  places: Places,
  ruleIds: readonly string[],
  rules: Configuration['rules'],
): void {
  for (const { key, keyNode, value } of entriesOf(node, '`rules`', places)) {
    const level = readWord(value, 'The severity of a rule', levels, places);
    if (isRule(key, keyNode, ruleIds, places) && level) rules[key] = level;
  }
}

/** Addresses of the team's own pages into `links`, keyed by rule id; an id that does not exist becomes a problem. */
export function readLinks(
  node: unknown,
  places: Places,
  ruleIds: readonly string[],
  links: Configuration['links'],
): void {
  for (const { key, keyNode, value } of entriesOf(node, '`links`', places)) {
    const address = addressOf(textOf(value) ?? '');
    if (address === undefined)
      places.problem(
        value,
        `A link is an address such as \`https://wiki.example.com/migrations\`. Here stands ${described(value)}.`,
      );
    else if (isRule(key, keyNode, ruleIds, places)) links[key] = address;
  }
}

/** Whether suggestions are made; yes where it cannot be read, with a problem noted. */
export function readSuggestions(node: unknown, places: Places): boolean {
  if (isBoolean(node, false)) return false;
  if (!isBoolean(node, true))
    places.problem(node, `\`suggestions\` is \`true\` or \`false\`. Here stands ${described(node)}.`);
  return true;
}

function isRule(id: string, node: unknown, ruleIds: readonly string[], places: Places): boolean {
  if (ruleIds.includes(id)) return true;
  places.problem(node, `There is no rule ${code(id)}. ${allowed(id, ruleIds)}`.trim());
  return false;
}

const longestAddress = 500;

/** The address in full with nothing in it that would end a link; undefined where it is none, not https, or holds a password. */
function addressOf(text: string): string | undefined {
  if (text.length > longestAddress || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return url.href.replace(/[()<>[\]\\|*'`]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

function readPathSetting(node: unknown, places: Places): PathSetting | undefined {
  const setting: PathSetting = { path: '' };
  readMapping(node, 'An item of `paths`', places, {
    path: (value) => {
      const glob = textOf(value) ?? '';
      const problem = glob === '' ? 'A path is a glob such as `db/migrate/**`.' : globProblem(glob);
      if (problem) places.problem(value, problem);
      else setting.path = glob.replace(/^\.?\//, '');
    },
    framework: (value) => {
      const framework = textOf(value);
      if (framework !== undefined && /^[a-z0-9-]{1,60}$/.test(framework)) setting.framework = framework;
      else places.problem(value, `A framework is a name such as \`golang-migrate\`. Here stands ${described(value)}.`);
    },
    database: (value) => {
      const database = readDatabase(value, places);
      if (database) setting.database = database;
    },
    version: (value) => {
      const version = readVersion(value, places);
      if (version !== undefined) setting.version = version;
    },
    ignore: (value) => {
      if (isBoolean(value, true)) setting.ignore = true;
      else places.problem(value, `\`ignore\` is \`true\` or left out. Here stands ${described(value)}.`);
    },
  });
  if (setting.path !== '') return setting;
  places.problem(node, 'An item of `paths` needs a `path`. This one does not count.');
  return undefined;
}

function isBoolean(node: unknown, value: boolean): boolean {
  return typeof node === 'object' && node !== null && 'value' in node && node.value === value;
}

function readSize(node: unknown, places: Places): TableSize | undefined {
  const text = textOf(node);
  if (text === undefined) return readRowsMapping(node, places);
  const rows = rowsOf(text);
  if (rows !== undefined) return sizeOfRows(rows);
  return readWord(node, 'The size of a table', sizes, places, ', or a number of rows such as `400k`');
}

function readRowsMapping(node: unknown, places: Places): TableSize | undefined {
  let size: TableSize | undefined;
  readMapping(node, 'The size of a table is `small`, `medium`, `large`, `hot`, a number of rows, or', places, {
    rows: (value) => {
      const rows = rowsOf(textOf(value) ?? '');
      if (rows !== undefined) size = sizeOfRows(rows);
      else
        places.problem(
          value,
          `A number of rows is written as \`400000\`, \`400k\` or \`3M\`. Here stands ${described(value)}.`,
        );
    },
  });
  return size;
}

function rowsOf(text: string): number | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,6})?)([kmb]?)$/i.exec(text.replaceAll('_', '').trim());
  const factors: Record<string, number> = { '': 1, k: 1e3, m: 1e6, b: 1e9 };
  return match ? Number(match[1]) * (factors[(match[2] ?? '').toLowerCase()] ?? 1) : undefined;
}

function sizeOfRows(rows: number): TableSize {
  if (rows < smallBelow) return 'small';
  return rows > largeAbove ? 'large' : 'medium';
}

function readWord<Word extends string>(
  node: unknown,
  what: string,
  known: readonly Word[],
  places: Places,
  orElse = '',
): Word | undefined {
  const text = textOf(node);
  const word = known.find((each) => each === text);
  if (word) return word;
  const hint = allowed(text ?? '', known).replace(/\.$/, `${orElse}.`);
  places.problem(node, `${what} is one of a few words. Here stands ${described(node)}. ${hint}`);
  return undefined;
}
