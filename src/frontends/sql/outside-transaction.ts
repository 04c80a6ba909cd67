/** Finds statements of PostgreSQL that refuse to run inside a transaction block, as frameworks that step out of theirs for them do. */
import { split, type Piece } from './split.ts';
import type { SqlText } from './text.ts';

/** How many statements a text has, and how many of them cannot run inside a transaction. */
export type OutsideCount = { statements: number; outside: number };

/** Counts over all stretches. */
export function countOutsideTransaction(stretches: readonly SqlText[]): OutsideCount {
  const statements = stretches
    .flatMap((stretch) => split(stretch, 'postgres').pieces)
    .filter((piece) => piece.kind === 'statement');
  return { statements: statements.length, outside: statements.filter(isOutside).length };
}

/** https://www.postgresql.org/docs/current/sql-createindex.html and its kin: "cannot run inside a transaction block". */
function isOutside(piece: Piece): boolean {
  const words = piece.tokens.slice(0, 6).map((token) => (token.kind === 'word' ? token.upper : ''));
  const [first = '', second = '', third = ''] = words;
  if (first === 'VACUUM') return true;
  if (first === 'ALTER' && second === 'SYSTEM') return true;
  if (first === 'DISCARD' && second === 'ALL') return true;
  if (first === 'CREATE' || first === 'DROP') {
    if (['DATABASE', 'TABLESPACE', 'SUBSCRIPTION'].includes(second)) return true;
    return words.indexOf('CONCURRENTLY') > 1 && (second === 'INDEX' || third === 'INDEX');
  }
  if (first === 'REINDEX') return words.some((word) => ['CONCURRENTLY', 'SCHEMA', 'DATABASE', 'SYSTEM'].includes(word));
  return false;
}
