/** Steps as lines of a program. */
import { stepStatements } from './sql.ts';
import type { Step } from './step.ts';
import type { Target } from './writer.ts';

/** The framework's own words for a step; undefined where it has none, and the step is sent as SQL. */
export type Words = (step: Step, target: Target) => string[] | undefined;

/** The lines that do the steps one after the other: in words where there are some, else as SQL in `send`. */
export function linesOf(
  steps: readonly Step[],
  target: Target,
  words: Words,
  send: (sql: string) => string[],
): string[] | undefined {
  const lines: string[] = [];
  for (const step of steps) {
    const own = words(step, target);
    const sent = own ?? stepStatements(step, target.database)?.flatMap(send);
    if (sent === undefined) return undefined;
    lines.push(...sent);
  }
  return lines;
}

/** Lines moved to the right; empty ones stay empty. */
export function indented(lines: readonly string[], by = 2): string[] {
  return lines.map((line) => (line === '' ? line : ' '.repeat(by) + line));
}

/** A string of JSON is one of Python and JavaScript too; Ruby alone would fill in what stands behind a #. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** SQL as a string of JavaScript: of several lines where it has several. */
export function quotedSql(sql: string): string {
  return sql.includes('\n') ? template(sql) : quoted(sql);
}

/** In a template nothing but these three is more than text. */
export function template(sql: string): string {
  return `\`${sql.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``;
}
