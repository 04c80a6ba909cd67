/** What happens when a value is awaited, returned or stands as a statement. */
import { isModuleOfLoggers, logMethods, makesLogger } from './loggers.ts';
import { say, type Machine } from './script-machine.ts';
import type { Chain, Value } from './script-value.ts';

/** Lets a value take effect, once: a chain of a framework reaches the database, a call of foreign code is told. */
export function perform(value: Value, machine: Machine): void {
  if (value.kind === 'list') for (const item of value.items) perform(item, machine);
  if (value.kind !== 'chain' || value.done) return;
  value.done = true;
  if (value.root.handle) value.root.perform?.(value, machine);
  else performForeign(value, machine);
}

/** Names whose calls leave the database alone. */
const harmless = new Set(
  (
    'Array BigInt Boolean Buffer Date Error Intl JSON Map Math Number Object Promise RegExp Set String Symbol URL console ' +
    'chalk clearTimeout crypto debug dedent exports global globalThis isNaN log logger module parseFloat parseInt performance process ' +
    'require setImmediate setTimeout structuredClone'
  ).split(' '),
);

const harmlessModules = new Set(
  (
    'assert async bluebird bcrypt bcryptjs chalk cli-progress cosmiconfig crypto dayjs date-fns debug dotenv fs fs/promises ' +
    'kysely lodash luxon moment nanoid os p-limit p-map path pino ramda semver ts-dedent url util uuid winston zod'
  ).split(' '),
);

/** Packages that talk to other machines. */
const networkNames = new Set(['fetch', 'axios', 'got', 'node-fetch', 'ky', 'undici', 'request', 'superagent']);

function performForeign(chain: Chain, machine: Machine): void {
  if (!chain.steps.some((step) => step.arguments)) return;
  const { name, module } = chain.root;
  const from = module?.replace(/^node:/, '');
  if (from === undefined ? harmless.has(name) : isHarmlessModule(from) || isLog(chain, from)) return;
  const [line = ''] = machine.file.text.slice(chain.start, chain.end).split('\n');
  const does = networkNames.has(from ?? name) ? 'network call' : 'application code';
  say(machine, chain, chain.when, [{ kind: 'runCode', code: line.slice(0, 120), does }]);
}

function isHarmlessModule(module: string): boolean {
  return harmlessModules.has(module) || /(^|\/)debug(\.[jt]s)?$/i.test(module);
}

/** A logger of the application's own: made, or called to log, and nothing else. */
function isLog({ root, steps }: Chain, module: string): boolean {
  if (!isModuleOfLoggers(module.slice(module.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]s$/, ''))) return false;
  const isOfLogger = (name: string) =>
    logMethods.has(name) || makesLogger(`${module}/${name}`) || loggerNames.test(name);
  const called = steps.map(({ name }) => name);
  // A module may have any name here; a function has that which it is imported by.
  const names = called[0] === '' ? [root.name, ...called] : called;
  return names.every((name) => name === '' || isOfLogger(name));
}

const loggerNames = /^(?:default|log|logger|logging)$/i;
