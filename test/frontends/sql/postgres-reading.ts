/** Ways to look at what the reader of PostgreSQL gives. */
import { readPostgres } from '../../../src/frontends/sql/postgres/read-postgres.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';
import type { Operation } from '../../../src/operations/operation.ts';

/** Operations of a whole file. */
export function read(text: string): Operation[] {
  return readPostgres(wholeFile('migration.sql', text)).operations;
}

/** Operations without span and number. */
export function effects(text: string): Record<string, unknown>[] {
  return read(text).map(({ span: _span, statement: _statement, ...rest }) => rest);
}

/** The text that each operation's span covers. */
export function covered(text: string): string[] {
  const lines = text.split('\n');
  return read(text).map(({ span }) => {
    const inside = lines.slice(span.startLine - 1, span.endLine);
    const last = inside.length - 1;
    inside[last] = inside[last]?.slice(0, span.endColumn) ?? '';
    inside[0] = inside[0]?.slice(span.startColumn - 1) ?? '';
    return inside.join('\n');
  });
}

/** Their kinds. */
export function kinds(text: string): string[] {
  return read(text).map(({ kind }) => kind);
}

/** Why the opaque ones could not be read. */
export function reasons(text: string): string[] {
  return read(text).flatMap((operation) => (operation.kind === 'opaque' ? [operation.reason] : []));
}
