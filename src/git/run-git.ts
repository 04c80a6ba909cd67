/** Runs the git binary: never through a shell, never asking a person, never fetching. */
import { execFile } from 'node:child_process';

/** What git answered; a failure is no exception, since it is often an answer. */
export type GitAnswer = { ok: boolean; output: Buffer; complaint: string };

/** Listings of large repositories are long. In bytes. */
const outputLimit = 512 * 1024 * 1024;

/** Runs one git command in a repository. Throws only where there is no git to run, or its answer is too long. */
export function runGit(repository: string, options: readonly string[], input = ''): Promise<GitAnswer> {
  // The repository's own settings must not start programs.
  const safe = ['-c', 'core.fsmonitor=false'];
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      ['-C', repository, ...safe, ...options],
      { encoding: 'buffer', maxBuffer: outputLimit, env: environment() },
      (error, output, complaints) => {
        if (error && typeof error.code === 'string')
          reject(new Error(`git could not be run (${error.code}).`, { cause: error }));
        else resolve({ ok: !error, output, complaint: complaints.toString('utf8').split('\n')[0] ?? '' });
      },
    );
    // Git may end before it has read everything; its answer then says why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Inside a git hook these variables name another repository than the one that is asked for. */
const hookVariables = new Set(['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_COMMON_DIR']);

function environment(): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !hookVariables.has(name)));
  return {
    ...inherited,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
  };
}
