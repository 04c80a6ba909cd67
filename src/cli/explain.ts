/** `plimsoll explain RULE`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rules } from '../../rules/index.ts';
import { nearest } from '../configuration/nearest.ts';
import { print } from './output.ts';
import type { ExitCode } from './run-command.ts';

/** Prints the page of a rule. */
export function explainCommand(words: string[]): Promise<ExitCode> {
  const { positionals } = parseArgs({ args: words, allowPositionals: true, options: {} });
  const [id] = positionals;
  if (id === undefined) throw new Error('Name a rule to explain: `plimsoll rules` lists them.');
  if (!rules.some((rule) => rule.id === id)) throw new Error(unknownRule(id));
  return print(readFileSync(join(import.meta.dirname, '../../rules', `${id}.md`), 'utf8'));
}

function unknownRule(id: string): string {
  const near = nearest(
    id,
    rules.map((rule) => rule.id),
  );
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return `There is no rule "${id}".${hint} \`plimsoll rules\` lists them.`;
}
