/** Keys of a manifest as they were written, so that a corrected one can say the same: templates and comments stay. */
import { isAlias, isMap, isNode, isScalar, isSeq, visit, type Pair } from 'yaml';
import { linesOf, type Line } from '../../frontends/sql/lines.ts';
import type { WrittenKey } from '../../operations/deployment.ts';
import { at, itemsOf, pairOf, writtenOf, type Yaml } from './document.ts';
import { endsBlock, indentGiven, isBalanced, isTemplateLine, openAt, opensBlock } from './template-lines.ts';

/** More than this of one key is said in a word: a correction is read, not scrolled. */
const mostLines = 40;
const longestLine = 240;

/** The keys of a mapping that have one of these names, in this order. Without lines where they mean nothing elsewhere, or are too long. */
export function writtenKeys(mapping: unknown, names: readonly string[], yaml: Yaml): WrittenKey[] {
  return names.flatMap((name) => {
    const pair = pairOf(mapping, name);
    const key = pair && copied(pair, yaml);
    return key ? [{ key: name, ...key }] : [];
  });
}

/** One item of a list under a key of its own. */
export function writtenItem(name: string, item: unknown, yaml: Yaml): WrittenKey[] {
  const range = isNode(item) ? item.range : undefined;
  const block = range && blockOf(range[0], range[1] - 1, false, yaml);
  if (!block || !isMap(item) || item.flow) return [];
  const lines = block.lines.map((line, index) => (index === 0 ? `  - ${line}` : line === '' ? line : `    ${line}`));
  return [{ key: name, ...bounded({ column: block.column - 4, lines: [`${name}:`, ...lines] }) }];
}

/** Of a list only the items of these names, where all of it can be read. */
export function onlyNamed(key: WrittenKey, list: unknown, names: readonly string[], yaml: Yaml): WrittenKey[] {
  if (!isReadable(key, list)) return [key];
  const named = itemsOf(list).map((item) => names.includes(writtenOf(at(item, 'name'), yaml) ?? ''));
  if (!named.includes(true)) return [];
  let item = -1;
  const indent = key.lines[1]?.search(/\S/) ?? 0;
  const lines = key.lines.filter((line, index) => {
    if (index > 0 && line.search(/\S/) === indent && line.trim().startsWith('-')) item++;
    return index === 0 || named[item] === true;
  });
  return [{ ...key, lines }];
}

/** True for a list of which every item stands in the file, each on lines of its own. */
export function isReadable({ lines }: WrittenKey, list: unknown): boolean {
  return isSeq(list) && !list.flow && lines.length > 1 && !lines.some(isTemplateLine);
}

function copied({ key, value }: Pair, yaml: Yaml): Omit<WrittenKey, 'key'> | undefined {
  const range = isNode(key) ? key.range : undefined;
  if (!range) return undefined;
  const isEmpty = !isNode(value) || !value.range || (isScalar(value) && value.source === '');
  const end = isNode(value) && value.range && !isEmpty ? Math.max(value.range[1] - 1, range[1]) : range[1];
  const block = blockOf(range[0], end, isEmpty, yaml);
  return block && bounded(hasAlias(value) ? { ...block, lines: [] } : block);
}

function hasAlias(value: unknown): boolean {
  let found = isAlias(value);
  if (isNode(value))
    visit(value, {
      Alias: () => {
        found = true;
      },
    });
  return found;
}

function bounded(key: Omit<WrittenKey, 'key'>): Omit<WrittenKey, 'key'> {
  const isLong = key.lines.length > mostLines || key.lines.some((line) => line.length > longestLine);
  return isLong ? { ...key, lines: [] } : key;
}

/** The lines from one offset to another with those of a template that belong to them, without their indentation; undefined inside `{ … }`. */
function blockOf(start: number, end: number, isEmpty: boolean, yaml: Yaml): Omit<WrittenKey, 'key'> | undefined {
  const { text } = yaml.reader;
  const lines = linesOf(text);
  const [first, last] = [lineAt(start, lines), lineAt(end, lines)];
  const head = lines[first];
  if (!head || !/^[ \t]*(?:- +)*$/.test(text.slice(head.start, start))) return undefined;
  const column = start - head.start;
  if (last - first > mostLines) return { column, lines: [] };
  const texts = lines.slice(first, first + 2 * mostLines).map((line) => line.text);
  texts[0] = text.slice(start, head.end);
  const least = last - first + 1;
  let most = least;
  while (most <= mostLines && belongs(texts[most], column, isEmpty)) most++;
  const until = balancedEnd(texts, least, most);
  const around = openAt(first, text);
  const before = lines[first - 1]?.text ?? '';
  const isWrapped = until !== undefined && opensBlock(before) && endsBlock(texts[until] ?? '');
  if (until === undefined || (isWrapped ? around.slice(0, -1) : around).some((word) => word !== 'if'))
    return { column, lines: [] };
  const own = isWrapped ? [before, ...texts.slice(0, until + 1)] : texts.slice(0, until);
  return { column, lines: own.map((line) => withoutPassword(dedented(line, column))) };
}

/** The line that holds an offset. */
function lineAt(offset: number, lines: readonly Line[]): number {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The first end of a block, from the furthest back, at which all that a template opens is closed. */
function balancedEnd(texts: readonly string[], least: number, most: number): number | undefined {
  for (let until = most; until >= least; until--)
    if (isBalanced(texts.slice(0, until)) && (until === least || texts[until - 1]?.trim() !== '')) return until;
  return undefined;
}

/** True for a line of a template, or a comment, that goes on with what stands before it at a column. */
function belongs(line: string | undefined, column: number, isEmpty: boolean): boolean {
  if (line === undefined) return false;
  if (line.trim() === '') return true;
  const indent = line.search(/\S/);
  if (!isTemplateLine(line)) return indent > column;
  // What is only remembered is for what comes next.
  if (/^\s*\{\{-?\s*\$\w+\s*:=/.test(line)) return false;
  const given = indentGiven(line);
  if (given !== undefined) return given > column || (isEmpty && given === column);
  return true;
}

function dedented(line: string, column: number): string {
  const indent = Math.max(0, line.search(/\S/));
  return line.slice(Math.min(indent, column)).trimEnd();
}

/** What is quoted from a manifest shows no password that stands in it. */
function withoutPassword(line: string): string {
  return line.replace(/(:\/\/[^\s:@/{$]*):[^\s@{$]+@/g, '$1:…@');
}
