/** Other files of the project that a script imports: what they export is followed like a part of the script itself. */
import type { SourceFile } from '../frontend.ts';
import { pathsOfModule } from '../imported-paths.ts';
import type { Machine } from './script-machine.ts';
import { readModule } from './script-module.ts';
import { parseScript, type ParsedScript } from './script-tree.ts';
import { chainAt, type Place, type RecordValue, type Value } from './script-value.ts';

/** What the file at a relative module name exports; undefined where its text is not at hand or cannot be read. */
export function exportsOf(module: string, machine: Machine): RecordValue | undefined {
  for (const path of pathsOfModule(machine.file.path, module)) {
    const text = machine.textOf(path);
    if (text !== undefined) return moduleAt({ path, text }, machine);
  }
  return undefined;
}

/** What a module of that name gives; of what is not known of it, the name says that it comes from there. */
export function givenBy(module: string, at: Place, value: Value, { when }: Machine): Value {
  const given = broughtTo(at, value);
  if (given.kind !== 'record') return given;
  const fields = [...given.fields].map(([name, field]): [string, Value] =>
    field.kind === 'unknown' ? [name, chainAt(at, { name, module }, when)] : [name, field],
  );
  return { ...given, fields: new Map(fields) };
}

/** A value of another file: it stands where this file asks for it. */
export function broughtTo({ start, end }: Place, value: Value, depth = 0): Value {
  const bring = (inner: Value): Value => (depth > 8 ? inner : broughtTo({ start, end }, inner, depth + 1));
  switch (value.kind) {
    case 'text':
      return { ...value, pieces: value.pieces.map((piece) => ({ ...piece, exact: false, start, end })), start, end };
    case 'list':
      return { ...value, items: value.items.map(bring), start, end };
    case 'choice':
      return { ...value, options: value.options.map(bring), start, end };
    case 'record':
      return { ...value, fields: new Map([...value.fields].map(([name, field]) => [name, bring(field)])), start, end };
    case 'made':
      return { ...value, arguments: value.arguments.map(bring), start, end };
    case 'chain': {
      const steps = value.steps.map((step) => {
        const given = step.arguments && { arguments: step.arguments.map(bring) };
        return { ...step, ...given, start, end };
      });
      return { ...value, steps, start, end };
    }
    case 'function':
      return { ...value, start, end };
    default:
      return value;
  }
}

/** Expressions that the top level of an imported file may take. */
const mostExpressions = 10_000;

function moduleAt(file: SourceFile, machine: Machine): RecordValue | undefined {
  const { modules } = machine;
  if (modules.has(file.path)) return modules.get(file.path);
  // Files that import each other end here.
  modules.set(file.path, undefined);
  const parsed = parseImported(file);
  if (parsed.kind === 'failed') return undefined;
  const before = { file: machine.file, muted: machine.muted, budget: machine.budget };
  machine.file = file;
  machine.budget = Math.min(before.budget, mostExpressions);
  try {
    const { exports } = readModule(parsed.program, machine);
    // One that does more is no helper of migrations but a part of the application: it is left alone.
    if (machine.budget > 0) modules.set(file.path, exports);
  } finally {
    Object.assign(machine, before);
  }
  return modules.get(file.path);
}

/** Both directions, and many migrations, import the same few files; trees are large, so that only so many characters of text are kept as trees. */
const remembered = new Map<string, { parsed: ParsedScript; length: number }>();
const mostCharacters = 300_000;
let characters = 0;

function parseImported({ path, text }: SourceFile): ParsedScript {
  const key = `${path}\n${text}`;
  const known = remembered.get(key);
  if (known) return known.parsed;
  const parsed = parseScript(path, text);
  remembered.set(key, { parsed, length: text.length });
  characters += text.length;
  for (const [oldest, { length }] of remembered) {
    if (characters <= mostCharacters) break;
    remembered.delete(oldest);
    characters -= length;
  }
  return parsed;
}
