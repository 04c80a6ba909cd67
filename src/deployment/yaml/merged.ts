/** Aliases and merge keys (`<<: *base`) of one mapping: what stands at the anchor counts as if it stood here, with the place that it has. */
import { isAlias, isMap, isNode, isScalar, isSeq, Pair, visit, YAMLMap } from 'yaml';

/** A file that is made to blow up multiplies nothing. */
const mostPairs = 200;

/** What looks up aliases of a document, one level deep: a mapping becomes one with what it merges, its own keys first. */
export function mergeIn(document: unknown): (node: unknown) => unknown {
  const anchors = anchorsOf(document);
  if (anchors.size === 0) return (node) => node;
  return (node) => {
    const mapping = resolve(node);
    if (!isMap(mapping)) return mapping;
    const merged = new Map<string, Pair>();
    for (const each of [mapping, ...basesOf(mapping)]) addPairs(merged, each);
    const whole = new YAMLMap();
    whole.items = [...merged.values()];
    return whole;
  };

  function resolve(node: unknown): unknown {
    return isAlias(node) ? anchors.get(node.source) : node;
  }

  function basesOf(mapping: YAMLMap): YAMLMap[] {
    const merges = mapping.items.filter(({ key }) => keyOf(key) === '<<').map(({ value }) => value);
    const named = merges.flatMap((merge) => (isSeq(merge) ? merge.items : [merge]));
    return named.map(resolve).filter((each) => isMap(each));
  }

  function addPairs(merged: Map<string, Pair>, from: YAMLMap): void {
    for (const { key, value } of from.items.slice(0, mostPairs)) {
      const name = keyOf(key);
      if (name !== '<<' && !merged.has(name)) merged.set(name, new Pair(key, resolve(value)));
    }
  }
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

function anchorsOf(document: unknown): Map<string, unknown> {
  const anchors = new Map<string, unknown>();
  if (!isNode(document)) return anchors;
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return anchors;
}
