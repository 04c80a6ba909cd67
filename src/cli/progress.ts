/** Says on a terminal how far a long review is; silent where nobody watches. */

export type Progress = { step: () => void; end: () => void };

/** Milliseconds before anything is shown, and between two steps that are. */
const patience = 1000;
const pace = 100;

/** A count of what is done out of `total`, on standard error. */
export function startProgress(total: number): Progress {
  if (!process.stderr.isTTY) return { step: () => undefined, end: () => undefined };
  let done = 0;
  let shown = false;
  let next = Date.now() + patience;
  return {
    step: () => {
      done++;
      if (Date.now() < next) return;
      next = Date.now() + pace;
      shown = true;
      process.stderr.write(`\r${bar(done, total)} ${done} of ${total} files`);
    },
    end: () => {
      if (shown) process.stderr.write('\r\u001b[K');
    },
  };
}

function bar(done: number, total: number): string {
  const filled = Math.min(20, Math.round((20 * done) / Math.max(1, total)));
  return `[${'='.repeat(filled)}${' '.repeat(20 - filled)}]`;
}
