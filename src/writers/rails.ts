/** Migrations in the words of Rails. */
import { indented, linesOf } from './lines.ts';
import { railsCall } from './rails-calls.ts';
import { railsBackfill } from './rails-backfill.ts';
import { rubyString } from './ruby.ts';
import type { Step } from './step.ts';
import type { Script, Target, Writer } from './writer.ts';

export const railsWriter: Writer = {
  language: 'ruby',
  write: (script) => {
    const { target, up, outside } = script;
    const directions = isTurnedAround(script) ? change(script) : upAndDown(script);
    const head = [...(outside ? [['disable_ddl_transaction!']] : []), ...modelsOf(up, target)];
    return directions && [...head.flatMap((lines) => [...lines, '']), ...directions];
  },
};

/** Rails turns `change` around by itself where it can turn each call around, and what comes of it is known. */
function isTurnedAround({ target, up, down }: Script): boolean {
  return down !== undefined && up.every((step) => railsCall(step, target)?.reversible === true);
}

function change({ target, up }: Script): string[] | undefined {
  const lines = linesOf(up, target, words, send);
  return lines && method('change', lines);
}

function upAndDown({ target, up, down }: Script): string[] | undefined {
  const forth = linesOf(up, target, words, send);
  // A block of `drop_table` makes the table again in `change` alone.
  const isDropped = up.some((step) => step.kind === 'dropTable');
  const back = down && !isDropped ? linesOf(down, target, words, send) : undefined;
  return (
    forth && [...method('up', forth), '', ...method('down', back ?? ['raise ActiveRecord::IrreversibleMigration'])]
  );
}

function method(name: string, body: readonly string[]): string[] {
  return [`def ${name}`, ...indented(body), 'end'];
}

function words(step: Step, target: Target): string[] | undefined {
  if (step.kind === 'fillColumn') return railsBackfill(step, target)?.loop;
  const call = railsCall(step, target);
  return call && call.line.split('\n');
}

function send(sql: string): string[] {
  if (sql.includes('\n')) return ["execute <<~'SQL'", ...indented(sql.split('\n')), 'SQL'];
  return [`execute ${rubyString(sql)}`];
}

/** The models that backfills use, each once. */
function modelsOf(steps: readonly Step[], target: Target): string[][] {
  const models = new Map<string, string[]>();
  for (const step of steps) {
    const backfill = step.kind === 'fillColumn' ? railsBackfill(step, target) : undefined;
    if (backfill) models.set(backfill.model.join('\n'), backfill.model);
  }
  return [...models.values()];
}
