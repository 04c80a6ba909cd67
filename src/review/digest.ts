/** Names content by what it does, so that a rebase, a comment or a move of lines changes nothing. */
import { hash } from 'node:crypto';
import type { SourceFile } from '../frontends/frontend.ts';
import type { Migration } from '../operations/migration.ts';
import type { Operation, Span } from '../operations/operation.ts';

/** SHA-256 of what a migration does in both directions: its operations, and the source text that each stands in without its layout. */
export function migrationDigest(migration: Migration, files: readonly SourceFile[]): string {
  const texts = new Map(files.map((file) => [file.path, file.text.split(/\r\n|\r|\n/)]));
  const { framework, database, transaction, up, down } = migration;
  const told = [`${framework} ${database} ${transaction} ${down.kind}`];
  for (const operation of up) told.push(textOf(operation, texts));
  told.push('down');
  for (const operation of down.kind === 'written' ? down.operations : []) told.push(textOf(operation, texts));
  return hash('sha256', told.join('\n'));
}

/** What one operation does: the same wherever it stands. */
export function operationDigest(operation: Operation, texts: ReadonlyMap<string, string[]>): string {
  return hash('sha256', textOf(operation, texts));
}

/** Of what could not be read only a part may be its span: all of the file counts. What a linter is told is not what is done. */
function textOf(operation: Operation, texts: ReadonlyMap<string, string[]>): string {
  const { span, statement: _, mutedBy: _marker, ...rest } = operation;
  const source = operation.kind === 'opaque' ? words((texts.get(span.path) ?? []).join(' ')) : sourceOf(span, texts);
  return `${JSON.stringify(rest, (key, inner: unknown) => (key === 'written' ? undefined : inner))} ${source}`;
}

/** SHA-256 in hex of a value as JSON, whole, and of a text after it: as a key for what was worked out from them. */
export function keyOf(value: unknown, text = ''): string {
  return hash('sha256', `${JSON.stringify(value)}${text}`);
}

/** SHA-256 in hex of a value as JSON, places and what is only quoted left out. */
export function digestOf(value: unknown): string {
  const json = JSON.stringify(value, (key, inner: unknown) =>
    key === 'span' || key === 'statement' || key === 'written' ? undefined : inner,
  );
  return hash('sha256', json);
}

/** The text of a span with runs of white space as one space: bodies of functions and conditions are not in the operation. */
function sourceOf(span: Span, texts: ReadonlyMap<string, string[]>): string {
  const lines = texts.get(span.path)?.slice(span.startLine - 1, span.endLine) ?? [];
  const last = lines.length - 1;
  return words(
    lines
      .map((line, index) =>
        line.slice(index === 0 ? span.startColumn - 1 : 0, index === last ? span.endColumn : undefined),
      )
      .join(' '),
  );
}

/** SHA-256 of the text of a file without its layout. */
export function fileDigest(text: string): string {
  return hash('sha256', words(text));
}

function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
