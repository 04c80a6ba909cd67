/** The classes and modules of a file, each under its full name. */
import { callOf, statementsOf } from '../../frontends/rails/call.ts';
import { pluralOf, tableOfClass, underscored } from '../../frontends/rails/inflection.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { ModelClass, ModelFile } from '../../operations/models.ts';
import type { RubyFile } from '../read-models.ts';
import { readMember } from './members.ts';
import { nameAt } from './literal.ts';
import { readColumnNames } from './column-names.ts';

/** Reads them, and the constants that are set to others: `Old = New`. */
export function readClasses(file: RubyFile, root: SyntaxNode): Pick<ModelFile, 'classes' | 'aliases'> {
  const found: Pick<ModelFile, 'classes' | 'aliases'> = { classes: [], aliases: [] };
  visit(file, root, '', found);
  return found;
}

/** A file of a person holds a few; each is compared with those of other files. */
const mostClasses = 100;

function visit(file: RubyFile, node: SyntaxNode, inside: string, found: Pick<ModelFile, 'classes' | 'aliases'>): void {
  for (const statement of node.type === 'program' ? namedChildren(node) : statementsOf(node)) {
    if (statement.type === 'assignment') addAlias(file, statement, inside, found.aliases);
    if (statement.type !== 'class' && statement.type !== 'module') continue;
    if (found.classes.length >= mostClasses) return;
    const read = readClass(file, statement, inside);
    if (!read) continue;
    found.classes.push(read);
    visit(file, statement, read.name, found);
  }
}

function addAlias({ text }: RubyFile, node: SyntaxNode, inside: string, aliases: string[]): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const isConstant = (each: SyntaxNode | undefined) => each?.type === 'constant' || each?.type === 'scope_resolution';
  if (left && isConstant(left) && isConstant(right)) aliases.push(within(inside, textOf(left, text)));
}

function within(inside: string, name: string): string {
  if (name.startsWith('::')) return name.slice(2);
  return inside === '' ? name : `${inside}::${name}`;
}

function readClass(file: RubyFile, node: SyntaxNode, inside: string): ModelClass | undefined {
  const { text } = file;
  const nameNode = childOf(node, 'name');
  if (!nameNode) return undefined;
  const name = within(inside, textOf(nameNode, text));
  const superclass = superclassOf(node, text);
  const statements = statementsOf(node);
  const named = statements.map((each) => tableNamed(each, text)).find((each) => each !== undefined);
  const model: ModelClass = {
    name,
    span: file.spanOf(nameNode),
    ...(superclass === undefined ? {} : { superclass }),
    tables: named === undefined ? tablesOf(name) : [named],
    superclassTables: superclass === undefined ? [] : tablesOf(superclass),
    includes: [],
    associations: [],
    declarations: [],
    ignoredColumns: [],
    methods: [],
    names: [],
    body: statements.map((each) => textOf(each, text).replace(/\s+/g, '')).join(';'),
  };
  for (const statement of statements) readMember(file, statement, model);
  model.names.push(...readColumnNames(file, statements));
  return model;
}

function superclassOf(node: SyntaxNode, text: string): string | undefined {
  const superclass = childOf(node, 'superclass');
  const [named] = superclass ? namedChildren(superclass) : [];
  return named && ['constant', 'scope_resolution'].includes(named.type) ? textOf(named, text) : undefined;
}

/** `self.table_name = 'x'`. */
function tableNamed(node: SyntaxNode, text: string): string | undefined {
  const left = childOf(node, 'left');
  if (node.type !== 'assignment' || left?.type !== 'call' || callOf(left, text).name !== 'table_name') return undefined;
  return nameAt(childOf(node, 'right'), text);
}

/** A module counts where it says so with `table_name_prefix`, which stands elsewhere. */
function tablesOf(name: string): string[] {
  const last = name.slice(name.lastIndexOf(':') + 1);
  return [...new Set([tableOfClass(name), pluralOf(underscored(last))])];
}
