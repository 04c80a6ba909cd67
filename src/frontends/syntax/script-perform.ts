/** What happens when a value is awaited, returned or stands as a statement. */
import { isModuleOfLoggers, logMethods, makesLogger } from './loggers.ts';
import { say, type Machine } from './script-machine.ts';
import { effectOfForeign, type ForeignEffect } from './script-modules.ts';
import type { Chain, Circumstances, Place, Value } from './script-value.ts';

/** Lets a value take effect, once: a chain of a framework reaches the database, a call of foreign code is told. */
export function perform(value: Value, machine: Machine): void {
  if (value.kind === 'list') for (const item of value.items) perform(item, machine);
  if (value.kind !== 'chain' || value.done) return;
  value.done = true;
  if (value.root.handle) value.root.perform?.(value, machine);
  else performForeign(value, machine);
}

function performForeign(chain: Chain, machine: Machine): void {
  if (!chain.steps.some((step) => step.arguments)) return;
  const { name, module } = chain.root;
  if (module !== undefined && isLog(chain, module)) return;
  sayForeign(effectOfForeign(name, module, machine), chain, chain.when, machine);
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

/** Writes down a call of code from elsewhere. */
export function sayForeign(does: ForeignEffect, at: Place, when: Circumstances, machine: Machine): void {
  if (does === 'nothing') return;
  const [line = ''] = machine.file.text.slice(at.start, at.end).split('\n');
  say(machine, at, when, [{ kind: 'runCode', code: line.slice(0, 120), ...(does === 'unknown' ? {} : { does }) }]);
}
