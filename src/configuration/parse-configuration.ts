/** The text of a configuration file to what it says. */
import { LineCounter, parseDocument } from 'yaml';
import { defaultConfiguration } from '../operations/configuration.ts';
import type { Configuration, ConfigurationProblem } from '../operations/configuration.ts';
import { code } from '../rule.ts';
import type { ConfigurationReading } from './read-configuration.ts';
import {
  readDatabase,
  readLinks,
  readMigrationCommands,
  readPaths,
  readRules,
  readSuggestions,
  readTables,
  readVersion,
} from './read-keys.ts';
import { readLabels, readSignOff } from './read-people.ts';
import { createPlaces, readMapping } from './yaml-node.ts';
import type { Places } from './yaml-node.ts';

/** A configuration is data of a few lines; reading a larger one costs more than it can say. In UTF-16 units. */
const sizeLimit = 256 * 1024;

/** Parses a configuration file. `ruleIds` are the rules that exist. Never throws. */
export function parseConfiguration(path: string, text: string, ruleIds: readonly string[]): ConfigurationReading {
  const configuration = emptyConfiguration();
  const problems: ConfigurationProblem[] = [];
  if (text.length > sizeLimit) {
    problems.push({ path, line: 1, message: 'The file is larger than 256 KB and was not read.' });
    return { configuration, problems };
  }
  const lines = new LineCounter();
  const parsed = parseYaml(text, lines);
  if (parsed.kind === 'broken') {
    problems.push({
      path,
      line: parsed.line,
      message: `This is not YAML: ${parsed.reason} Nothing of the file counts.`,
    });
    return { configuration, problems };
  }
  if (parsed.contents !== null) readKeys(parsed.contents, configuration, ruleIds, createPlaces(path, lines, problems));
  return { configuration, problems };
}

function emptyConfiguration(): Configuration {
  return {
    paths: [],
    // Without a prototype: a table may be called `constructor`.
    tables: Object.create(null),
    rules: Object.create(null),
    links: Object.create(null),
    labels: { ...defaultConfiguration.labels },
    reviewers: [],
    proofs: {},
    migrationCommands: [],
    suggestions: true,
  };
}

type Parsed = { kind: 'read'; contents: unknown } | { kind: 'broken'; line: number; reason: string };

/** Aliases are never followed, so that there is no bomb to go off. Checking for unique keys is quadratic in the parser and is done in `readMapping`. */
function parseYaml(text: string, lines: LineCounter): Parsed {
  try {
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, lineCounter: lines });
    const [error] = document.errors;
    if (error)
      return { kind: 'broken', line: lines.linePos(error.pos[0]).line || 1, reason: `${code(error.message)}.` };
    return { kind: 'read', contents: document.contents };
  } catch {
    return { kind: 'broken', line: 1, reason: 'it is nested too deeply.' };
  }
}

function readKeys(contents: unknown, configuration: Configuration, ruleIds: readonly string[], places: Places): void {
  readMapping(contents, 'The file', places, {
    database: (node) => {
      const database = readDatabase(node, places);
      if (database) configuration.database = database;
    },
    version: (node) => {
      const version = readVersion(node, places);
      if (version !== undefined) configuration.version = version;
    },
    paths: (node) => configuration.paths.push(...readPaths(node, places)),
    tables: (node) => readTables(node, places, configuration.tables),
    rules: (node) => readRules(node, places, ruleIds, configuration.rules),
    links: (node) => readLinks(node, places, ruleIds, configuration.links),
    'migration-commands': (node) => configuration.migrationCommands.push(...readMigrationCommands(node, places)),
    suggestions: (node) => {
      configuration.suggestions = readSuggestions(node, places);
    },
    labels: (node) => readLabels(node, places, configuration.labels),
    'sign-off': (node) => {
      const { reviewers, proofs } = readSignOff(node, places);
      configuration.reviewers.push(...reviewers);
      configuration.proofs = proofs;
    },
  });
}
