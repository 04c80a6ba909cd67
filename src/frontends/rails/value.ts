/** What an expression of Ruby is known to give without running it. */
import type { SyntaxNode } from '../syntax/tree.ts';
import type { TableBlock } from './table-block.ts';

/** A piece of a string and the place in the file that it comes from; `computed` stands for what is put in at run time. */
export type Part = { text: string; start: number; end: number; computed?: true };

/** A string or symbol. */
export type Text = { kind: 'text'; parts: Part[] };

/** Rows of one table that a query picks. */
export type Rows = {
  kind: 'rows';
  model: Model;
  filtered: boolean;
  limited?: true;
  /** What picks them, as SQL; undefined is one that is not known. */
  conditions?: readonly (string | undefined)[];
};

/** A class behind a table: the application's own, or one that the migration defines for itself. */
/** `callbacks`: what its class in the migration has run with its rows. */
export type Model = { kind: 'model'; name: string; table: string; isApplication: boolean; callbacks?: string[] };

/** One row at hand; `columns` are those that were assigned and not saved yet. */
export type Row = { kind: 'row'; model: Model | undefined; isNew: boolean; columns: Set<string> };

export type Value =
  | Text
  | { kind: 'number'; value: number }
  | { kind: 'truth'; value: boolean }
  | { kind: 'nil' }
  | { kind: 'list'; items: Value[] }
  /** `whole` is false where entries were put in that are not known. */
  | { kind: 'hash'; entries: { key: Value; value: Value }[]; whole: boolean }
  | { kind: 'lambda'; node: SyntaxNode }
  /** The migration itself or its connection: what answers the calls of the schema. `isDirect`: by way of a class. */
  | { kind: 'connection'; isDirect?: true }
  /** What `create_table` and `change_table` hand to their block. */
  | { kind: 'table'; block: TableBlock }
  /** What `reversible` hands to its block. */
  | { kind: 'directions' }
  | Model
  | Rows
  | Row
  /** A class or module that is no table; `name` in full. */
  | { kind: 'constant'; name: string }
  | { kind: 'unknown' };

export const unknown: Value = { kind: 'unknown' };
export const nothing: Value = { kind: 'nil' };

/** The name that stands for what is put in at run time; see `isComputed`. */
export const computedName = '_computed_';

/** What is put together from more pieces than this is not kept: a program can double it again and again. */
export const mostPieces = 5_000;

/** A text of one piece that stands at a node. */
export function textAt(text: string, place: { start: number; end: number }): Text {
  return { kind: 'text', parts: [{ text, start: place.start, end: place.end }] };
}

/** The whole of a text, what is computed as a `_computed_` name. */
export function plainText(text: Text): string {
  return text.parts.map((part) => part.text).join('');
}

/** The name that a string or symbol gives; `_computed_` where it is not known. */
export function nameFrom(value: Value | undefined): string {
  if (value?.kind === 'text') return plainText(value);
  if (value?.kind === 'model') return value.table;
  return value?.kind === 'number' ? String(value.value) : computedName;
}

/** The string or symbol in full, or undefined where it is none or not all known. */
export function findText(value: Value | undefined): string | undefined {
  if (value?.kind !== 'text' || value.parts.some((part) => part.computed)) return undefined;
  return plainText(value);
}

/** The names of one string or a list of them. */
export function namesFrom(value: Value | undefined): string[] {
  if (value === undefined || value.kind === 'nil') return [];
  return value.kind === 'list' ? value.items.map(nameFrom) : [nameFrom(value)];
}

/** The value under a key of a hash. */
export function entryOf(value: Value | undefined, key: string): Value | undefined {
  if (value?.kind !== 'hash') return undefined;
  return value.entries.findLast((entry) => findText(entry.key) === key)?.value;
}

/** True or false as Ruby sees it, or undefined where it is not known. */
export function truthOf(value: Value | undefined): boolean | undefined {
  switch (value?.kind) {
    case undefined:
    case 'nil':
      return false;
    case 'truth':
      return value.value;
    case 'unknown':
    case 'row':
    case 'rows':
      return undefined;
    default:
      return true;
  }
}

/** True where the value is known to be true. */
export function isTrue(value: Value | undefined): boolean {
  return value !== undefined && truthOf(value) === true;
}

/** True where `null: false` was written; `nil` and absent allow NULL. */
export function forbidsNull(value: Value | undefined): boolean {
  return value?.kind === 'truth' && !value.value;
}

/** True where `false` or `nil` was written; absent is neither. */
export function isFalse(value: Value | undefined): boolean {
  return value !== undefined && truthOf(value) === false;
}
