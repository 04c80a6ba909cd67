/** Executable comments: what opens with `/*!40101` runs on servers of that version and later, what opens with `/*M!` on MariaDB alone. */
import type { Token } from '../tokens.ts';
import type { MysqlDialect } from './effect.ts';

/** The tokens that the server runs: the marks of executable comments are taken out, and with them what it leaves alone. */
export function runningTokens(tokens: readonly Token[], dialect: MysqlDialect): Token[] {
  const running: Token[] = [];
  let skipping = false;
  for (const token of tokens) {
    const opening = token.kind === 'symbol' ? /^\/\*(M?)!(\d*)$/.exec(token.text) : null;
    if (opening) skipping = !isRun(opening[1] === 'M', Number(opening[2]), dialect);
    else if (token.kind === 'symbol' && token.text === '*/') skipping = false;
    else if (!skipping) running.push(token);
  }
  return running;
}

/**
 * The version of the server is taken for a recent one. No server is as new as 99.99.99, which dumps use for a note.
 * MariaDB leaves out what is for MySQL 5.7 and later: https://mariadb.com/kb/en/comment-syntax/
 */
function isRun(onlyMariadb: boolean, version: number, dialect: MysqlDialect): boolean {
  if (version >= 999_999 || (onlyMariadb && dialect === 'mysql')) return false;
  return onlyMariadb || dialect === 'mysql' || version < 50_700 || version > 99_999;
}
