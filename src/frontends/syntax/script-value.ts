/** What is known of the values of a program without running it. */
import type { TSESTree } from '@typescript-eslint/typescript-estree';
import type { SourceFile } from '../frontend.ts';
import type { Machine } from './script-machine.ts';

/** UTF-16 offsets of the file. */
export type Place = { start: number; end: number };

/** A stretch of text that a program puts together. `exact`: it stands so in the file; `hole`: the program computes it; `isGuess`: what it computes has been put in as some value. */
export type Piece = Place & { text: string; exact: boolean; hole?: true; isGuess?: true };

/** Under what circumstances a call is made. */
export type Circumstances = { conditional: boolean; looped: boolean };

export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression
  | TSESTree.TSEmptyBodyFunctionExpression;

/** `depth` counts the conditions around the declaration, so that an assignment below one is told apart. */
/** `imported` ones come from another file, which is read once the value is asked for. */
export type Binding = { value: Value; depth: number; imported?: true };
/** `file` is at the outermost scope of a file. */
export type Scope = { names: Map<string, Binding>; parent?: Scope; self?: Value; file?: SourceFile };

/** One link of a member chain: `.name` or, with arguments, `.name(…)`. The name is empty for a call of what stands before it, and `?` when it is computed. */
export type Step = Place & { name: string; arguments?: Value[] };

/** Where a chain begins: a handle of the framework, or a name of which nothing is known here. */
export type Root = {
  name: string;
  /** The module that a foreign name is imported from. */
  module?: string;
  /** True for handles of the framework. */
  handle?: true;
  /** Asked at every call; a value takes the place of the chain. */
  call?: (chain: Chain, machine: Machine) => Value | undefined;
  /** Asked when a property is read; a value takes its place. */
  read?: (chain: Chain, machine: Machine) => Value | undefined;
  /** Asked once, when the chain is awaited or stands as a statement. */
  perform?: (chain: Chain, machine: Machine) => void;
};

export type Chain = Place & { kind: 'chain'; root: Root; steps: Step[]; when: Circumstances; done: boolean };
export type Text = Place & { kind: 'text'; pieces: Piece[] };
/** `grown`: a loop has put its items in, each of them nobody knows how often. */
export type List = Place & { kind: 'list'; items: Value[]; whole: boolean; grown?: true };
export type RecordValue = Place & { kind: 'record'; fields: Map<string, Value>; whole: boolean; rest?: Root };
export type FunctionValue = Place & {
  kind: 'function';
  code: FunctionNode;
  scope: Scope;
  self?: Value;
  bound: Value[];
};

export type Value =
  | Text
  | List
  | RecordValue
  | FunctionValue
  | Chain
  /** One of these, by a condition that is not known. */
  | (Place & { kind: 'choice'; options: Value[] })
  | (Place & { kind: 'constant'; value: number | boolean | null | undefined })
  /** `new Name(…)` of a class that is not in the file, and the module that the class comes from. */
  | (Place & { kind: 'made'; type: string; module?: string; arguments: Value[] })
  | (Place & { kind: 'class'; code: TSESTree.ClassDeclaration | TSESTree.ClassExpression; scope: Scope })
  | (Place & { kind: 'unknown' });

/** A value of which nothing is known. */
export function unknownAt({ start, end }: Place): Value {
  return { kind: 'unknown', start, end };
}

/** A constant that is no text. */
export function constantAt({ start, end }: Place, value: number | boolean | null | undefined): Value {
  return { kind: 'constant', value, start, end };
}

/** A text that does not stand so in the file. */
export function textAt({ start, end }: Place, text: string): Value {
  return { kind: 'text', pieces: [{ text, exact: false, start, end }], start, end };
}

/** A list of known items. */
export function listAt({ start, end }: Place, items: Value[], whole = true): Value {
  return { kind: 'list', items, whole, start, end };
}

/** A chain that begins with a root. */
export function chainAt({ start, end }: Place, root: Root, when: Circumstances): Chain {
  return { kind: 'chain', root, steps: [], when, done: false, start, end };
}

/** The value, unless it has grown past what a migration holds: a program can double a text forty times. */
export function bounded(value: Value): Value {
  if (value.kind === 'list' && value.items.length > 5_000) return unknownAt(value);
  if (value.kind !== 'text') return value;
  const isLong = value.pieces.length > 5_000 || value.pieces.some((piece) => piece.text.length > 1_000_000);
  return isLong ? unknownAt(value) : value;
}

/** The text of a value that is known to the last letter, or undefined. */
export function findText(value: Value | undefined): string | undefined {
  if (value?.kind === 'constant' && typeof value.value === 'number') return String(value.value);
  if (value?.kind !== 'text' || value.pieces.some((piece) => piece.hole)) return undefined;
  return value.pieces.map((piece) => piece.text).join('');
}

/** A field of a record, or undefined; constants of `undefined` count as absent. */
export function fieldOf(value: Value | undefined, name: string): Value | undefined {
  if (value?.kind !== 'record') return undefined;
  const field = value.fields.get(name);
  return field?.kind === 'constant' && field.value === undefined ? undefined : field;
}

/** True for a value that is the constant, such as `true` or `null`. */
export function isConstantValue(value: Value | undefined, constant: boolean | null): boolean {
  return value?.kind === 'constant' && value.value === constant;
}

/** The items of a list, or the one value itself; empty where there is none. */
export function itemsOf(value: Value | undefined): Value[] {
  if (value === undefined || (value.kind === 'constant' && value.value === undefined)) return [];
  return value.kind === 'list' ? value.items : [value];
}

/** The last link of a chain, or undefined. */
export function lastStep(value: Value | undefined): Step | undefined {
  return value?.kind === 'chain' ? value.steps.at(-1) : undefined;
}

/** True when a handle of the framework is in the value or below it. */
export function holdsHandle(value: Value, depth = 0): boolean {
  if (depth > 4) return false;
  if (value.kind === 'chain') return value.root.handle === true;
  if (value.kind === 'list') return value.items.some((item) => holdsHandle(item, depth + 1));
  if (value.kind === 'choice') return value.options.some((option) => holdsHandle(option, depth + 1));
  if (value.kind === 'record')
    return value.rest?.handle === true || [...value.fields.values()].some((field) => holdsHandle(field, depth + 1));
  return value.kind === 'made' && value.arguments.some((argument) => holdsHandle(argument, depth + 1));
}
