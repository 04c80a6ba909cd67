/** What the frameworks of JavaScript and TypeScript share: two directions, each a function. */
import type { Database } from '../operations/migration.ts';
import { batchLoopSql } from './batch-loop.ts';
import { indented, linesOf, type Words } from './lines.ts';
import { stepSql } from './sql.ts';
import type { Step } from './step.ts';
import type { Script, Target, Writer } from './writer.ts';

export type Shape = {
  /** How a direction opens and closes; `loops` where it waits for the database. */
  up: (loops: boolean) => string;
  down: string;
  end: string;
  /** Lines of a migration outside a transaction: before the first direction, and at the head of each. */
  outside: { file: string[]; direction: string[] };
  /** The same where the file is a module and says `export`; in TypeScript its directions say the type of what they are given. */
  asModule?: (isTyped: boolean) => Partial<Pick<Shape, 'up' | 'down' | 'end' | 'outside'>>;
  send: (sql: string, database: Database) => string[];
  /** The expression that sends an UPDATE at once and tells how many rows it changed; undefined where the driver does not tell. Absent where backfills are sent by hand. */
  changedBy?: (sql: string, database: Database) => string | undefined;
  words?: Words;
};

/** The writer of a framework whose migrations have this shape. */
export function javascriptWriter(shape: Shape): Writer {
  const { send, words = () => undefined } = shape;
  const say: Words = (step, target) => (step.kind === 'fillColumn' ? fill(step, target, shape) : words(step, target));
  const sendTo =
    ({ target }: Script) =>
    (sql: string): string[] =>
      send(sql, target.database);
  return {
    language: 'ts',
    write: (script) => {
      const { isModule, path } = script.target;
      const { up, down, end, outside } = { ...shape, ...(isModule && shape.asModule?.(/\.[cm]?ts$/.test(path))) };
      const forth = linesOf(script.up, script.target, say, sendTo(script));
      const back = script.down && linesOf(script.down, script.target, say, sendTo(script));
      const open = script.outside ? outside : { file: [], direction: [] };
      const undone = back ? inDirection(back, open.direction) : ["throw new Error('cannot be taken back');"];
      if (!forth) return undefined;
      return [
        ...(open.file.length > 0 ? [...open.file, ''] : []),
        up(isLooped(forth)),
        ...indented(inDirection(forth, open.direction)),
        end,
        '',
        down,
        ...indented(undone),
        end,
      ];
    },
  };
}

/** What stands before the lines of a direction, where there are any. */
function inDirection(lines: readonly string[], head: readonly string[]): string[] {
  const counter = isLooped(lines) ? ['let changed;'] : [];
  return lines.length > 0 ? [...head, ...counter, ...lines] : [];
}

function isLooped(lines: readonly string[]): boolean {
  return lines.includes('do {');
}

/** One batch after the other until none is left. */
function fill(
  step: Extract<Step, { kind: 'fillColumn' }>,
  target: Target,
  { send, changedBy }: Shape,
): string[] | undefined {
  const { database } = target;
  const sql = stepSql(step, database);
  // SQLite has one writer, and one statement for all rows; what a batch is differs from database to database.
  if (sql === undefined || database === 'sqlite' || database === 'unknown') return undefined;
  const changed = changedBy?.(sql, database);
  if (changed === undefined) return batchLoopSql(step, target)?.flatMap((each) => send(each, database));
  return ['do {', `  changed = ${changed};`, '} while (changed > 0);'];
}
