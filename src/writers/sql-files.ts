/** Migrations that are files of SQL, with the comments that some tools ask for. */
import { outsideTransaction } from '../operations/facts/frameworks.ts';
import { batchLoopSql } from './batch-loop.ts';
import { stepStatements } from './sql.ts';
import type { Step } from './step.ts';
import type { Script, Target, Writer } from './writer.ts';

export const sqlWriter: Writer = {
  language: 'sql',
  write: (script) => {
    const forth = statements(script.up, script.target);
    return forth && [...openUp(script), ...forth, ...wayBack(script)];
  },
};

function openUp({ target, outside }: Script): string[] {
  if (outside) return outsideTransaction(target.framework).head;
  const opening = openings[target.framework];
  return opening ? [opening.up] : [];
}

/** In the same file where the tool keeps both there; a way back in a file of its own is the author's. */
function wayBack({ target, down, outside }: Script): string[] {
  const opening = openings[target.framework];
  const back = down && statements(down, target);
  if (!opening || back === undefined) return [];
  return ['', `${opening.down}${outside ? opening.downOutside : ''}`, ...back];
}

const openings: Record<string, { up: string; down: string; downOutside: string } | undefined> = {
  goose: { up: '-- +goose Up', down: '-- +goose Down', downOutside: '' },
  dbmate: { up: '-- migrate:up', down: '-- migrate:down', downOutside: ' transaction:false' },
};

function statements(steps: readonly Step[], target: Target): string[] | undefined {
  const lines: string[] = [];
  for (const step of steps) {
    const sent = step.kind === 'fillColumn' ? batchLoopSql(step, target) : stepStatements(step, target.database);
    if (sent === undefined) return undefined;
    for (const sql of sent) lines.push(...whole(sql.split('\n'), target.framework));
  }
  return lines;
}

/** goose ends a statement where a line ends with a semicolon: https://pressly.github.io/goose/documentation/annotations/#complex-statements */
function whole(lines: string[], framework: string): string[] {
  const isCut = framework === 'goose' && lines.slice(0, -1).some((line) => line.endsWith(';'));
  return isCut ? ['-- +goose StatementBegin', ...lines, '-- +goose StatementEnd'] : lines;
}
