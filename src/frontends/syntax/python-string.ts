/** Strings of Python as stretches of their file: escapes, f-strings, concatenation, and what formatting leaves to run time. */
import { argumentOf, bare, qualifiedName, readCall, summands } from './python-call.ts';
import { findAssigned, type Scope } from './python-module.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from './tree.ts';
import type { StringPart } from './embedded-sql.ts';

/** What is known of a string: its parts in the file, in order. Holes stand for what the program fills in. */
export type PythonString = { parts: StringPart[] };

/** Reads an expression as a string, through names that are assigned once; undefined when it is none. */
export function readString(node: SyntaxNode, scope: Scope): PythonString | undefined {
  const parts = partsOf(node, scope, 0);
  return parts && { parts };
}

/** The value of a string without holes, or undefined. */
export function stringValue(node: SyntaxNode, scope: Scope): string | undefined {
  const parts = readString(node, scope)?.parts;
  if (!parts || parts.some((part) => part.kind === 'hole')) return undefined;
  return parts.map((part) => valueOfPart(part, scope)).join('');
}

/** The same string with the drivers' placeholders (`%s`, `%(name)s`) as holes and `%%` as one sign. */
export function withPlaceholders({ parts }: PythonString, scope: Scope): PythonString {
  return { parts: parts.flatMap((part) => cutAt(part, scope, /%(?:\([^()]*\)s|s|%)/g)) };
}

/** Names are followed so far: a constant made of constants. */
const mostSteps = 20;

function partsOf(around: SyntaxNode, scope: Scope, step: number): StringPart[] | undefined {
  if (step > mostSteps) return undefined;
  const node = bare(around);
  if (node.type === 'string') return partsOfLiteral(node, scope, step);
  if (node.type === 'concatenated_string') return joined(namedChildren(node), scope, step);
  if (node.type === 'binary_operator') return partsOfOperator(node, scope, step);
  if (node.type === 'call') return partsOfCall(node, scope, step);
  if (node.type !== 'identifier') return undefined;
  const assigned = findAssigned(textOf(node, scope.module.text), scope);
  return assigned && partsOfAssigned(assigned.node, assigned.scope, step);
}

const readBefore = new WeakMap<SyntaxNode, { parts: StringPart[] | undefined }>();

/** Read once: constants made of constants would otherwise be read over and over, and one made of itself for ever. */
function partsOfAssigned(node: SyntaxNode, scope: Scope, step: number): StringPart[] | undefined {
  const before = readBefore.get(node);
  if (before) return before.parts;
  const entry: { parts: StringPart[] | undefined } = { parts: undefined };
  readBefore.set(node, entry);
  entry.parts = partsOf(node, scope, step + 1);
  return entry.parts;
}

/** Several strings in a row; one that is not known, or stands elsewhere in the file, is a hole. */
function joined(nodes: readonly SyntaxNode[], scope: Scope, step: number): StringPart[] {
  const all: StringPart[] = [];
  for (const node of nodes) {
    const parts = partsOf(node, scope, step + 1);
    const isInPlace = parts?.every((part) => part.start >= node.start && part.end <= node.end);
    if (parts && isInPlace) all.push(...parts);
    else all.push(holeAt(node, parts && knownValue(parts, scope)));
  }
  return all;
}

function partsOfLiteral(node: SyntaxNode, scope: Scope, step: number): StringPart[] {
  const { text } = scope.module;
  const parts: StringPart[] = [];
  for (const child of node.children) {
    if (child.type === 'string_content') parts.push(...partsOfContent(child, text));
    else if (child.type === 'interpolation') parts.push(partOfHole(child, scope, step));
  }
  return parts;
}

function partsOfContent(content: SyntaxNode, text: string): StringPart[] {
  const parts: StringPart[] = [];
  let start = content.start;
  for (const escape of content.children) {
    if (escape.start > start) parts.push({ kind: 'text', start, end: escape.start });
    const value = unescaped(textOf(escape, text));
    parts.push({ kind: 'escape', start: escape.start, end: escape.end, value });
    start = escape.end;
  }
  if (content.end > start) parts.push({ kind: 'text', start, end: content.end });
  return parts;
}

/** {name} of an f-string: known where the name stands for one string that fits into its place. */
function partOfHole(interpolation: SyntaxNode, scope: Scope, step: number): StringPart {
  const expression = childOf(interpolation, 'expression');
  const isPlain = namedChildren(interpolation).length === 1;
  const parts = isPlain && expression ? partsOf(expression, scope, step + 1) : undefined;
  return holeAt(interpolation, parts && knownValue(parts, scope));
}

/** A known value is put in place where it fits, since every offset stays that of the file. */
function holeAt({ start, end }: SyntaxNode, value: string | undefined): StringPart {
  if (value !== undefined && value.length <= end - start) return { kind: 'escape', start, end, value };
  return { kind: 'hole', start, end };
}

function knownValue(parts: readonly StringPart[], scope: Scope): string | undefined {
  if (parts.some((part) => part.kind === 'hole')) return undefined;
  return parts.map((part) => valueOfPart(part, scope)).join('');
}

function partsOfOperator(node: SyntaxNode, scope: Scope, step: number): StringPart[] | undefined {
  const operands = summands(node);
  if (operands.length > 1) {
    const [first, second] = operands;
    const isString = [first, second].some((operand) => operand && partsOf(operand, scope, step + 1));
    return isString ? joined(operands, scope, step) : undefined;
  }
  const left = childOf(node, 'left');
  const parts = left && childOf(node, 'operator')?.type === '%' ? partsOf(left, scope, step + 1) : undefined;
  return parts?.flatMap((part) => cutAt(part, scope, /%(?:\([^()]*\))?[-+#0 ]*\d*(?:\.\d+)?[a-zA-Z%]/g));
}

/** What wraps a string without changing what it says, and `.format`, which fills in holes. */
function partsOfCall(node: SyntaxNode, scope: Scope, step: number): StringPart[] | undefined {
  const { module } = scope;
  const call = readCall(node, module.text);
  const name = call && qualifiedName(call.callee, module);
  const first = call && argumentOf(call, 0, 'text');
  if (first && name !== undefined && wrappers.has(name)) return partsOf(first, scope, step + 1);
  const callee = call && bare(call.callee);
  const object = callee && childOf(callee, 'object');
  const method = callee && childOf(callee, 'attribute');
  const parts = object && partsOf(object, scope, step + 1);
  if (!parts || !method) return undefined;
  const verb = textOf(method, module.text);
  if (verb === 'format') return parts.flatMap((part) => cutAt(part, scope, /\{\{|\}\}|\{[^{}]*\}/g));
  return stripping.has(verb) ? parts : undefined;
}

const wrappers = new Set(['textwrap.dedent', 'dedent', 'inspect.cleandoc', 'str']);
const stripping = new Set(['strip', 'lstrip', 'rstrip']);

/** Cuts text at what a formatter fills in; doubled signs stand for one. */
function cutAt(part: StringPart, scope: Scope, pattern: RegExp): StringPart[] {
  if (part.kind !== 'text') return [part];
  const parts: StringPart[] = [];
  let start = part.start;
  for (const match of scope.module.text.slice(part.start, part.end).matchAll(pattern)) {
    const at = part.start + match.index;
    const end = at + match[0].length;
    if (at > start) parts.push({ kind: 'text', start, end: at });
    const isSign = match[0] === '%%' || match[0] === '{{' || match[0] === '}}';
    parts.push(
      isSign ? { kind: 'escape', start: at, end, value: match[0].slice(1) } : { kind: 'hole', start: at, end },
    );
    start = end;
  }
  if (part.end > start) parts.push({ kind: 'text', start, end: part.end });
  return parts;
}

function valueOfPart(part: StringPart, { module }: Scope): string {
  return part.kind === 'text' ? module.text.slice(part.start, part.end) : (part.value ?? '');
}

/** https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences */
function unescaped(escape: string): string {
  if (escape === '{{' || escape === '}}') return escape.slice(1);
  const letter = escape[1] ?? '';
  const known = letters[letter];
  if (known !== undefined) return known;
  if (letter === '\n' || letter === '\r') return '';
  if (/[xuU]/.test(letter)) return character(Number.parseInt(escape.slice(2), 16));
  if (/[0-7]/.test(letter)) return character(Number.parseInt(escape.slice(1), 8));
  return escape;
}

const letters: Record<string, string> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function character(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
}
