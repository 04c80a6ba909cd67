/** Values of a program as JSON. */
import { findText, type Value } from './script-value.ts';

/** The JSON of a value that is known to the last letter, or undefined. */
export function jsonOf(value: Value): string | undefined {
  if (value.kind === 'constant') return value.value === undefined ? undefined : String(value.value);
  if (value.kind === 'text') {
    const text = findText(value);
    return text === undefined ? undefined : JSON.stringify(text);
  }
  if (value.kind === 'list' && value.whole) {
    const items = value.items.map(jsonOf);
    return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
  }
  if (value.kind !== 'record' || !value.whole) return undefined;
  const fields = [...value.fields].map(([name, field]) => [name, jsonOf(field)] as const);
  if (fields.some(([, field]) => field === undefined)) return undefined;
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${field}`).join(',')}}`;
}
