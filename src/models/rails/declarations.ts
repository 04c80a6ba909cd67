/** `serialize`, `store`, `attribute`, `enum` and `encrypts`: how the values of a column are read and written. */
import type { Call } from '../../frontends/rails/call.ts';
import { namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { Declaration } from '../../operations/models.ts';
import type { RubyFile } from '../read-models.ts';
import { entriesOf, nameAt, namesAt, optionsOf } from './literal.ts';

/** What one call declares. */
export function readDeclarations(file: RubyFile, call: Call): Declaration[] {
  switch (call.name) {
    case 'serialize':
      return serialized(file, call);
    case 'store':
      return stored(file, call);
    case 'attribute':
      return attribute(file, call);
    case 'enum':
      return enumerated(file, call);
    case 'encrypts':
      return encrypted(file, call);
  }
  return [];
}

/** Before Rails 7.1 coder and type share the second place: https://guides.rubyonrails.org/7_1_release_notes.html#active-record-deprecations */
function serialized(file: RubyFile, call: Call): Declaration[] {
  const { text } = file;
  const column = nameAt(call.arguments[0], text);
  if (column === undefined) return [];
  const options = optionsOf(call, text);
  const second = call.arguments[1] ?? options.get('class_name');
  const given = second && textOf(second, text).replace(/^::/, '');
  const isType = given !== undefined && types.has(given);
  const coderNode = options.get('coder');
  const coder = coderNode ? textOf(coderNode, text).replace(/^::/, '') : isType ? undefined : given;
  const typeNode = options.get('type');
  const type = typeNode ? textOf(typeNode, text).replace(/^::/, '') : isType ? given : undefined;
  return [
    {
      kind: 'serialize',
      column,
      coder: coder === undefined || coder === 'Object' ? 'YAML' : coder,
      ...(type === undefined || type === 'Object' ? {} : { type }),
      span: file.spanOf(call.node),
    },
  ];
}

/** A hash of its own in one column: https://api.rubyonrails.org/classes/ActiveRecord/Store.html; YAML, unless it says a coder. `store_accessor` names parts of one that is there. */
function stored(file: RubyFile, call: Call): Declaration[] {
  const column = nameAt(call.arguments[0], file.text);
  const coder = optionsOf(call, file.text).get('coder');
  if (column === undefined) return [];
  const given = coder ? textOf(coder, file.text).replace(/^::/, '') : 'YAML';
  return [{ kind: 'serialize', column, coder: given, by: 'store', span: file.spanOf(call.node) }];
}

const types = new Set(['Hash', 'Array', 'Set', 'String', 'ActiveSupport::HashWithIndifferentAccess']);

/** A type that is computed, or an object, is not known here. */
function attribute(file: RubyFile, call: Call): Declaration[] {
  const column = nameAt(call.arguments[0], file.text);
  const type = call.arguments[1]?.type === 'simple_symbol' ? nameAt(call.arguments[1], file.text) : undefined;
  return column === undefined || type === undefined
    ? []
    : [{ kind: 'attribute', column, type, span: file.spanOf(call.node) }];
}

const enumOptions = /^_?(?:prefix|suffix|scopes|default|validate|instance_methods)$/;

/** `enum status: { … }`, `enum :status, { … }`, `enum :status, a: 0, b: 1`. */
function enumerated(file: RubyFile, call: Call): Declaration[] {
  const { text } = file;
  const span = file.spanOf(call.node);
  const options = optionsOf(call, text);
  for (const key of options.keys()) if (enumOptions.test(key)) options.delete(key);
  const column = nameAt(call.arguments[0], text);
  if (column === undefined)
    return [...options].map(([name, node]) => ({ kind: 'enum', column: name, ...valuesAt(node, text), span }));
  const [, given] = call.arguments;
  if (given) return [{ kind: 'enum', column, ...valuesAt(given, text), span }];
  const values = Object.fromEntries([...options].map(([name, node]) => [name, textOf(node, text)]));
  return [{ kind: 'enum', column, ...(options.size > 0 ? { values } : {}), span }];
}

function valuesAt(node: SyntaxNode, text: string): { values?: Record<string, string> } {
  if (node.type === 'hash') {
    const entries = entriesOf(namedChildren(node), text);
    return { values: Object.fromEntries([...entries].map(([name, value]) => [name, textOf(value, text)])) };
  }
  if (!['array', 'symbol_array', 'string_array'].includes(node.type)) return {};
  return { values: Object.fromEntries(namesAt(node, text).map((name, index) => [name, String(index)])) };
}

function encrypted(file: RubyFile, call: Call): Declaration[] {
  const { text } = file;
  const options = optionsOf(call, text);
  const readsOld = options.has('previous') || options.get('support_unencrypted_data')?.type === 'true';
  const said = [...options].map(([name, node]) => `${name}: ${textOf(node, text)}`).toSorted();
  return call.arguments.flatMap((each) => {
    const column = nameAt(each, text);
    return column === undefined
      ? []
      : [{ kind: 'encrypts', column, options: said.join(', '), readsOld, span: file.spanOf(each) }];
  });
}
