/** Names content by what it does, so that a rebase, a comment or a move of lines changes nothing. */
import { hash } from 'node:crypto';
import type { SourceFile } from '../frontends/frontend.ts';
import type { Migration } from '../operations/migration.ts';
import type { Operation, Span } from '../operations/operation.ts';

/** SHA-256 of what a migration does in both directions: its operations, and the source text that each stands in without its layout. */
export function migrationDigest(migration: Migration, files: readonly SourceFile[]): string {
  const texts = new Map(files.map((file) => [file.path, file.text.split(/\r\n|\r|\n/)]));
  const down = migration.down.kind === 'written' ? migration.down.operations : migration.down.kind;
  return digestOf({
    framework: migration.framework,
    database: migration.database,
    transaction: migration.transaction,
    up: migration.up.map((operation) => operationDigest(operation, texts)),
    down: typeof down === 'string' ? down : down.map((operation) => operationDigest(operation, texts)),
  });
}

/** What one operation does: the same wherever it stands. Of what could not be read only a part may be its span: all of the file counts. */
export function operationDigest(operation: Operation, texts: ReadonlyMap<string, string[]>): string {
  const { span } = operation;
  if (operation.kind !== 'opaque') return digestOf([operation, sourceOf(span, texts)]);
  return digestOf([operation, words((texts.get(span.path) ?? []).join(' '))]);
}

/** SHA-256 in hex of a value as JSON, places left out. */
export function digestOf(value: unknown): string {
  return hash('sha256', JSON.stringify(withoutPlaces(value)));
}

/** A copy rather than a replacer, which would be called for every number and letter of a long report. */
function withoutPlaces(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutPlaces);
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value))
    if (key !== 'span' && key !== 'statement') kept[key] = withoutPlaces(inner);
  return kept;
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

function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
