/** What happens when a value is awaited, returned or stands as a statement. */
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
  sayForeign(effectOfForeign(name, module, machine), chain, chain.when, machine);
}

/** Writes down a call of code from elsewhere. */
export function sayForeign(does: ForeignEffect, at: Place, when: Circumstances, machine: Machine): void {
  if (does === 'nothing') return;
  const [line = ''] = machine.file.text.slice(at.start, at.end).split('\n');
  say(machine, at, when, [{ kind: 'runCode', code: line.slice(0, 120), ...(does === 'unknown' ? {} : { does }) }]);
}
