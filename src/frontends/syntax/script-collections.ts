/** Methods of lists and texts, as far as migrations use them. */
import { runCallbacks } from './script-call.ts';
import { under, type Machine } from './script-machine.ts';
import { perform } from './script-perform.ts';
import { runFunction } from './script-run.ts';
import { interpolated } from './script-text.ts';
import {
  constantAt,
  findText,
  listAt,
  textAt,
  unknownAt,
  type FunctionValue,
  type List,
  type Place,
  type Text,
  type Value,
} from './script-value.ts';

/** A method of a list: its functions are followed for every item that is known. */
export function callList(list: List, name: string, values: Value[], at: Place, machine: Machine): Value {
  const [first] = values;
  if (first?.kind === 'function') return eachItem(list, name, first, values[1], at, machine);
  switch (name) {
    case 'push':
      list.items.push(...values);
      if (machine.when.looped) Object.assign(list, { whole: false, grown: true });
      return list.whole ? constantAt(at, list.items.length) : unknownAt(at);
    case 'concat':
      return listAt(at, [...list.items, ...values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))]);
    case 'join':
      return joined(list, first, at);
    case 'includes': {
      const texts = list.items.map(findText);
      const wanted = first && findText(first);
      const isKnown = list.whole && wanted !== undefined && texts.every((text) => text !== undefined);
      return isKnown ? constantAt(at, texts.includes(wanted)) : unknownAt(at);
    }
    case 'flat':
      return listAt(
        at,
        list.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])),
        list.whole,
      );
    case 'slice':
    case 'reverse':
    case 'sort':
    case 'values':
      return values.length === 0 ? list : unknownAt(at);
    case 'entries':
      return listAt(
        at,
        list.items.map((item, index) => listAt(item, [constantAt(item, index), item])),
        list.whole,
      );
    default:
      return unknownAt(at);
  }
}

/** A method of a text. */
export function callText(text: Text, name: string, values: Value[], at: Place, machine: Machine): Value {
  const known = findText(text);
  const [one, other] = values.map(findText);
  if (name.startsWith('trim')) return text;
  if (known !== undefined && name === 'toLowerCase') return textAt(at, known.toLowerCase());
  if (known !== undefined && name === 'toUpperCase') return textAt(at, known.toUpperCase());
  if (known !== undefined && one !== undefined && name === 'split')
    return listAt(
      at,
      known.split(one).map((part) => textAt(at, part)),
    );
  if (known !== undefined && one !== undefined && other !== undefined && /^replace(All)?$/.test(name))
    return textAt(at, name === 'replace' ? known.replace(one, () => other) : known.replaceAll(one, () => other));
  runCallbacks(values, at, machine);
  return unknownAt(at);
}

function eachItem(
  list: List,
  name: string,
  callback: FunctionValue,
  initial: Value | undefined,
  at: Place,
  machine: Machine,
): Value {
  if (name === 'reduce') return reduced(list, callback, initial ?? unknownAt(at), machine);
  const { grown } = list;
  const follow = (item: Value, index: number): Value => {
    const result = runFunction(callback, [item, grown ? unknownAt(at) : constantAt(at, index)], machine);
    if (name === 'forEach') perform(result, machine);
    return result;
  };
  const results = list.items.map((item, index) =>
    grown ? under(machine, { conditional: true, looped: true }, () => follow(item, index)) : follow(item, index),
  );
  if (!list.whole && !grown)
    under(machine, { conditional: true, looped: true }, () => runFunction(callback, [], machine));
  if (name === 'map') return listAt(at, results, list.whole);
  if (name === 'flatMap')
    return listAt(
      at,
      results.flatMap((result) => (result.kind === 'list' ? result.items : [result])),
      list.whole,
    );
  return unknownAt(at);
}

function reduced(list: List, callback: FunctionValue, initial: Value, machine: Machine): Value {
  return list.items.reduce((before, item) => runFunction(callback, [before, item], machine), initial);
}

function joined(list: List, separator: Value | undefined, at: Place): Value {
  const between = separator === undefined ? ',' : findText(separator);
  if (between === undefined) return unknownAt(at);
  const pieces = list.items.flatMap((item, index) => [
    ...(index > 0 ? [{ text: between, exact: false, ...at }] : []),
    ...(item.kind === 'text' ? item.pieces : interpolated(item, at)),
  ]);
  // What is missing from a list of which only a part is known is a hole.
  const rest = list.whole ? [] : [{ text: '', exact: false, hole: true as const, ...at }];
  return { kind: 'text', pieces: [...pieces, ...rest], ...at };
}
