/** Where a model names its own columns: only places that cannot mean anything else. */
import { callOf, type Call } from '../../frontends/rails/call.ts';
import { childOf, namedChildren, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { ModelClass } from '../../operations/models.ts';
import type { RubyFile } from '../read-models.ts';
import { nameAt, namesAt, optionsOf } from './literal.ts';

type Named = ModelClass['names'];

/** The columns that statements of a class name, with their places. Classes inside it speak for themselves. */
export function readColumnNames(file: RubyFile, statements: readonly SyntaxNode[]): Named {
  return statements
    .filter(({ type }) => type !== 'class' && type !== 'module')
    .flatMap((node) => [...namedBy(file, node), ...readColumnNames(file, namedChildren(node))]);
}

function namedBy(file: RubyFile, node: SyntaxNode): Named {
  const { text } = file;
  if (node.type === 'element_reference') {
    const isSelf = childOf(node, 'object')?.type === 'self';
    return isSelf ? locate(file, node, namesAt(namedChildren(node)[1], text)) : [];
  }
  if (node.type !== 'call') return [];
  const call = callOf(node, text);
  if (call.receiver?.type === 'self' && call.arguments.length === 0 && call.pairs.length === 0 && !call.block)
    return locate(file, node, [call.name]);
  if (call.receiver && call.receiver.type !== 'self') return [];
  return locate(file, node, columnsOf(call, text));
}

const listed = new Set(
  'encrypts pluck order reorder group read_attribute write_attribute update_column update_attribute validates_uniqueness_of validates_presence_of validates_length_of validates_numericality_of validates_inclusion_of validates_format_of validates serialize has_secure_token'.split(
    ' ',
  ),
);
const keyed = new Set('where rewhere order update update! update_columns find_by find_by!'.split(' '));

function columnsOf(call: Call, text: string): string[] {
  const { name } = call;
  const options = optionsOf(call, text);
  const first = nameAt(call.arguments[0], text);
  if (name === 'belongs_to' && first !== undefined) {
    const key = nameAt(options.get('foreign_key'), text) ?? `${first}_id`;
    return options.get('polymorphic')?.type === 'true' ? [key, `${first}_type`] : [key];
  }
  if (name === 'enum') return first === undefined ? [...options.keys()] : [first];
  if (name === 'alias_attribute') return namesAt(call.arguments[1], text);
  if (name === 'serialize') return first === undefined ? [] : [first];
  const inList = listed.has(name) ? call.arguments.flatMap((each) => namesAt(each, text)) : [];
  return [...inList, ...(keyed.has(name) ? options.keys() : [])];
}

function locate(file: RubyFile, node: SyntaxNode, columns: readonly string[]): Named {
  return columns.map((column) => ({ column, span: file.spanOf(node) }));
}
