/** Methods of Ruby's own values that can be worked out without running them. */
import { computedName, findText, mostPieces, nothing, unknown, type Text, type Value } from './value.ts';
import { pluralOf, singularOf, underscored } from './inflection.ts';

/** What a method of a known value gives, or undefined where that is not worked out here. */
export function knownMethod(receiver: Value, name: string, given: readonly Value[]): Value | undefined {
  if (unchanged.has(name)) return receiver;
  switch (receiver.kind) {
    case 'text':
      return ofText(receiver, name, given);
    case 'list':
      return ofList(receiver.items, name, given);
    case 'hash':
      return ofHash(receiver, name, given);
    case 'number':
      return ofNumber(receiver.value, name);
    case 'nil':
      return ofNil(name);
    default:
      return undefined;
  }
}

/** They change nothing that a reader of migrations would see. */
const unchanged = new Set(
  'freeze dup clone to_s to_sym to_str itself squish strip strip_heredoc chomp lstrip rstrip html_safe to_a to_ary to_h with_indifferent_access symbolize_keys stringify_keys deep_symbolize_keys presence'.split(
    ' ',
  ),
);

function textFor(text: string): Text {
  return { kind: 'text', parts: [{ text, start: 0, end: 0 }] };
}

const bytes: Readonly<Record<string, number>> = {
  bytes: 1,
  kilobytes: 1024,
  megabytes: 1024 ** 2,
  gigabytes: 1024 ** 3,
};

/** `16.megabytes` and its kin; lengths of time stay unknown. */
function ofNumber(value: number, name: string): Value | undefined {
  const plural = name.endsWith('s') ? name : `${name}s`;
  const factor = Object.hasOwn(bytes, plural) ? bytes[plural] : undefined;
  return factor === undefined ? undefined : { kind: 'number', value: value * factor };
}

const environments = new Set(['production?', 'development?', 'test?', 'local?', 'staging?']);

function ofText(receiver: Text, name: string, given: readonly Value[]): Value | undefined {
  const map = (change: (text: string) => string): Text => ({
    kind: 'text',
    parts: receiver.parts.map((part) => (part.computed ? part : { ...part, text: change(part.text) })),
  });
  const whole = (change: (text: string) => string): Value => {
    const text = findText(receiver);
    const [first] = receiver.parts;
    if (text === undefined || !first) return unknown;
    return { kind: 'text', parts: [{ ...first, text: change(text) }] };
  };
  const text = findText(receiver);
  // What Rails.env is asked: https://api.rubyonrails.org/classes/ActiveSupport/StringInquirer.html
  if (environments.has(name)) return text === undefined ? unknown : { kind: 'truth', value: `${text}?` === name };
  if (name === 'in?') return given[0]?.kind === 'list' ? includes(given[0].items, receiver) : unknown;
  const other = findText(given[0]);
  switch (name) {
    case 'downcase':
      return map((each) => each.toLowerCase());
    case 'upcase':
      return map((each) => each.toUpperCase());
    case 'pluralize':
    case 'tableize':
      return whole((each) => pluralOf(underscored(each)));
    case 'singularize':
      return whole(singularOf);
    case 'underscore':
      return whole(underscored);
    case 'concat':
      return joined(receiver, given[0] ?? unknown);
    case 'include?':
    case 'start_with?':
    case 'starts_with?':
    case 'end_with?':
    case 'ends_with?':
      if (text === undefined || other === undefined) return unknown;
      if (name === 'include?') return { kind: 'truth', value: text.includes(other) };
      return { kind: 'truth', value: name.startsWith('start') ? text.startsWith(other) : text.endsWith(other) };
    case 'blank?':
    case 'empty?':
    case 'present?':
      return text === undefined ? unknown : { kind: 'truth', value: (text === '') === (name !== 'present?') };
    default:
      return undefined;
  }
}

function ofList(items: readonly Value[], name: string, given: readonly Value[]): Value | undefined {
  const [first] = given;
  switch (name) {
    case 'reverse':
      return { kind: 'list', items: items.toReversed() };
    case 'compact':
      return { kind: 'list', items: items.filter((item) => item.kind !== 'nil') };
    case 'flatten':
      if (items.reduce((total, item) => total + sizeOf(item), 0) > mostPieces) return unknown;
      return { kind: 'list', items: items.flatMap((item) => (item.kind === 'list' ? item.items : [item])) };
    case 'uniq':
    case 'sort':
      return { kind: 'list', items: [...items] };
    case 'first':
      return given.length === 0 ? (items[0] ?? nothing) : undefined;
    case 'last':
      return given.length === 0 ? (items.at(-1) ?? nothing) : undefined;
    case 'push':
    case 'concat':
      return joined(
        { kind: 'list', items: [...items] },
        first?.kind === 'list' ? first : { kind: 'list', items: [...given] },
      );
    case 'join':
      return joinedTexts(items, findText(first) ?? '');
    case 'include?':
      return includes(items, first);
    case 'empty?':
    case 'any?':
      return { kind: 'truth', value: (items.length === 0) === (name === 'empty?') };
    case 'size':
    case 'length':
    case 'count':
      return { kind: 'number', value: items.length };
    default:
      return undefined;
  }
}

function joinedTexts(items: readonly Value[], between: string): Value {
  const texts = items.map((item) => (item.kind === 'number' ? textFor(String(item.value)) : item));
  if (!texts.every((item) => item.kind === 'text')) return unknown;
  const parts = texts.flatMap((item, index) =>
    index === 0 || between === '' ? item.parts : [...textFor(between).parts, ...item.parts],
  );
  return { kind: 'text', parts };
}

function includes(items: readonly Value[], wanted: Value | undefined): Value {
  const text = findText(wanted);
  const texts = items.map((item) => findText(item));
  if (text === undefined || texts.includes(undefined)) return unknown;
  return { kind: 'truth', value: texts.includes(text) };
}

function ofHash(hash: Extract<Value, { kind: 'hash' }>, name: string, given: readonly Value[]): Value | undefined {
  const [first] = given;
  switch (name) {
    case 'keys':
      return hash.whole ? { kind: 'list', items: hash.entries.map(({ key }) => key) } : unknown;
    case 'values':
      return hash.whole ? { kind: 'list', items: hash.entries.map(({ value }) => value) } : unknown;
    case 'fetch':
    case 'dig':
      return given.length > 2 ? unknown : elementOf(hash, first ?? unknown);
    case 'merge':
    case 'reverse_merge':
      if (first?.kind !== 'hash') return { ...hash, whole: false };
      return {
        kind: 'hash',
        entries: name === 'merge' ? [...hash.entries, ...first.entries] : [...first.entries, ...hash.entries],
        whole: hash.whole && first.whole,
      };
    case 'except':
    case 'slice': {
      const names = new Set(given.map(findText));
      const entries = hash.entries.filter(({ key }) => names.has(findText(key)) === (name === 'slice'));
      return { ...hash, entries };
    }
    default:
      return undefined;
  }
}

function ofNil(name: string): Value | undefined {
  if (name === 'nil?' || name === 'blank?') return { kind: 'truth', value: true };
  return name === 'present?' ? { kind: 'truth', value: false } : undefined;
}

/** What stands under a key or at a position. */
export function elementOf(object: Value, key: Value): Value {
  if (object.kind === 'list' && key.kind === 'number') return object.items.at(key.value) ?? nothing;
  if (object.kind !== 'hash') return unknown;
  const wanted = key.kind === 'number' ? String(key.value) : findText(key);
  const found = object.entries.findLast((entry) => wanted !== undefined && plainKey(entry.key) === wanted);
  return found?.value ?? (object.whole && wanted !== undefined ? nothing : unknown);
}

function plainKey(key: Value): string | undefined {
  return key.kind === 'number' ? String(key.value) : findText(key);
}

/** Two texts, lists or numbers put together. */
export function joined(one: Value, other: Value): Value {
  if (sizeOf(one) + sizeOf(other) > mostPieces) return unknown;
  if (one.kind === 'list')
    return { kind: 'list', items: [...one.items, ...(other.kind === 'list' ? other.items : [other])] };
  if (one.kind === 'number' && other.kind === 'number') return { kind: 'number', value: one.value + other.value };
  if (one.kind !== 'text') return unknown;
  if (other.kind === 'text') return { kind: 'text', parts: [...one.parts, ...other.parts] };
  const end = one.parts.at(-1)?.end ?? 0;
  return { kind: 'text', parts: [...one.parts, { text: computedName, start: end, end, computed: true }] };
}

function sizeOf(value: Value): number {
  if (value.kind === 'text') return value.parts.length;
  return value.kind === 'list' ? value.items.length : 1;
}
