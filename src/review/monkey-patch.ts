/** Whether the author says that this change was put into production by hand. */

/** True when a ticked task-list line of the description names a monkey patch, such as `- [x] Monkey-patched in production`. */
export function statesMonkeyPatch(description: string): boolean {
  return description
    .split(/\r\n|\r|\n/)
    .some((line) => /^\s*[-*+]\s+\[[xX]\]\s/.test(line) && /monkey[\s-]?patch/i.test(line));
}
