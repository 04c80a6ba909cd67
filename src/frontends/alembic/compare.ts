/** Comparisons between values that are known. */
import { isComputed } from '../syntax/embedded-sql.ts';
import type { Value } from './value.ts';

/** Whether a comparison holds, or undefined where that is decided at run time. */
export function compare(left: Value, operator: string, right: Value): boolean | undefined {
  switch (operator) {
    case '==':
    case 'is':
      return isSame(left, right);
    case '!=':
    case 'is not':
      return negated(isSame(left, right));
    case 'in':
      return isAmong(left, right);
    case 'not in':
      return negated(isAmong(left, right));
  }
  return undefined;
}

function isSame(left: Value, right: Value): boolean | undefined {
  const [one, other] = [plain(left), plain(right)];
  return one === undefined || other === undefined ? undefined : one === other;
}

function plain(value: Value): string | number | boolean | null | undefined {
  if (value.kind === 'string') return isComputed(value.text) ? undefined : value.text;
  if (value.kind === 'number' || value.kind === 'boolean') return value.value;
  return value.kind === 'none' ? null : undefined;
}

function isAmong(value: Value, container: Value): boolean | undefined {
  if (container.kind === 'string' && value.kind === 'string' && plain(value) !== undefined)
    return container.text.includes(value.text);
  if (container.kind !== 'list' || container.open) return undefined;
  const found = container.items.map((item) => isSame(value, item));
  if (found.includes(true)) return true;
  return found.includes(undefined) ? undefined : false;
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
