/** The fields that the expression of a GeneratedField names. */
import { qualifiedName, readCall } from '../syntax/python-call.ts';
import type { Scope } from '../syntax/python-module.ts';
import { readValue } from '../syntax/python-value.ts';
import { namedChildren, type SyntaxNode } from '../syntax/tree.ts';

/** Names as written, of fields and of what only looks like one: `F("a")`, `Lower("a")`, and the keywords of `Q` and `When`, without their lookups. */
export function readGeneratedReads(expression: SyntaxNode, scope: Scope): string[] {
  const names = new Set<string>();
  const waiting = [expression];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const call = next.type === 'call' ? readCall(next, scope.module.text) : undefined;
    const isValue = /(^|\.)Value$/.test((call && qualifiedName(call.callee, scope.module)) ?? '');
    for (const given of isValue ? [] : (call?.positional ?? [])) {
      const value = readValue(given, scope);
      if (value.kind === 'string') names.add(withoutLookup(value.value));
    }
    for (const keyword of call?.keywords.keys() ?? []) names.add(withoutLookup(keyword));
    if (!isValue) waiting.push(...namedChildren(next));
  }
  return [...names].filter((name) => name !== '');
}

function withoutLookup(name: string): string {
  return name.split('__')[0] ?? '';
}
