/** An object of JSON whose fields are not known yet. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands under the keys, one inside the other; undefined where one of them is missing. */
export function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isFields(inner) ? inner[key] : undefined), value);
}

/** The text under the keys; empty where there is none. */
export function textAt(value: unknown, ...keys: string[]): string {
  const found = at(value, ...keys);
  return typeof found === 'string' ? found : '';
}

/** The number under the keys; NaN where there is none. */
export function numberAt(value: unknown, ...keys: string[]): number {
  const found = at(value, ...keys);
  return typeof found === 'number' ? found : NaN;
}

/** The objects of a list; empty where there is no list. */
export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
