/** Columns that Ruby names: on rows and classes, in what is written for them, and in SQL. */
import { callOf, type Call } from '../../frontends/rails/call.ts';
import type { StringPart } from '../../frontends/syntax/embedded-sql.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { Sought } from '../../operations/mentions.ts';
import { nameAt, namesAt } from '../rails/literal.ts';
import type { ProgramFile } from './read-mentions.ts';
import type { Found } from './sql-mentions.ts';
import { isNamedFor, isOfOneRow, isWrittenFor, rowWord } from './words.ts';

/** What an expression gives: the class, several rows, or one. */
type Given = 'class' | 'rows' | 'row';

/** Reads them. */
export function readRubyMentions(file: ProgramFile, root: SyntaxNode): Found[] {
  const { text } = file;
  return file.sought.flatMap((each) => namedIn(root, file.isOwn(each), false, each)).concat(inStrings(root));

  /** `isOwn`: inside what is written for the rows. `isModel`: inside their class. */
  function namedIn(node: SyntaxNode, isOwn: boolean, isModel: boolean, sought: Sought): Found[] {
    const name = node.type === 'class' ? childOf(node, 'name') : undefined;
    const isInside = name ? isWrittenFor(lastOf(textOf(name, text)), sought.rows) : isOwn;
    const isClass = name ? sought.rows.includes(rowWord(textOf(name, text))) : isModel;
    const own = [...namedByCall(node, isInside, isClass, sought), ...namedByIndex(node, sought)];
    return [...own, ...namedChildren(node).flatMap((child) => namedIn(child, isInside, isClass, sought))];
  }

  function namedByCall(node: SyntaxNode, isOwn: boolean, isModel: boolean, sought: Sought): Found[] {
    if (node.type !== 'call') return [];
    const call = callOf(node, text);
    const given = call.receiver && givenBy(call.receiver, sought);
    const isRead = call.arguments.length === 0 && call.pairs.length === 0 && !call.block;
    const isRow = given === 'row' || (isOwn && isWrapped(call.receiver));
    if (isRow && isRead && sought.names.includes(attributeOf(call.name))) return [at(node, sought, false)];
    if (given !== undefined && querying.has(call.name)) return namedByArguments(call, sought, given === 'class');
    if (isModel && isOfClass(call)) return namedByArguments(call, sought, false);
    if (isModel && isRead && isSelf(call.receiver) && sought.names.includes(attributeOf(call.name)))
      return [at(node, sought, false)];
    if (call.name === 'permit' && (isOwn || isRequired(call.receiver, sought)))
      return namedByArguments(call, sought, false);
    const isListing = isOwn && listing.has(call.name) && (!call.receiver || call.receiver.type === 'identifier');
    return isListing || (isJson(call) && isAboutFirst(call, sought)) ? listed(call.arguments, sought) : [];
  }

  /** `user[:email]`. */
  function namedByIndex(node: SyntaxNode, sought: Sought): Found[] {
    if (node.type !== 'element_reference') return [];
    const object = childOf(node, 'object');
    const [, key] = namedChildren(node);
    if (!object || givenBy(object, sought) !== 'row') return [];
    return sought.names.includes(nameAt(key, text) ?? '') ? [at(node, sought, false)] : [];
  }

  function namedByArguments(call: Call, sought: Sought, isCertain: boolean): Found[] {
    const keyed = call.pairs.filter((pair) => sought.names.includes(nameAt(childOf(pair, 'key'), text) ?? ''));
    const found = [...listed(call.arguments, sought), ...keyed.map((pair) => at(pair, sought, false))];
    return found.map((each) => ({ ...each, isCertain }));
  }

  /** Names in lists, and words of pieces of SQL such as `email DESC`. */
  function listed(nodes: readonly SyntaxNode[], sought: Sought): Found[] {
    return nodes.flatMap((node) => {
      if (node.type === 'hash') {
        const keys = namedChildren(node).map((pair) => nameAt(childOf(pair, 'key'), text));
        return keys.some((key) => sought.names.includes(key ?? '')) ? [at(node, sought, false)] : [];
      }
      const names = namesAt(node, text).flatMap((name) => (name.includes(' ') ? wordsOf(name) : [name]));
      return names.some((name) => sought.names.includes(name)) ? [at(node, sought, false)] : [];
    });
  }

  function givenBy(node: SyntaxNode, sought: Sought): Given | undefined {
    if (node.type === 'constant' || node.type === 'scope_resolution') {
      const name = textOf(node, text);
      return sought.rows.includes(rowWord(name)) && isOfOneRow(lastOf(name)) ? 'class' : undefined;
    }
    if (node.type === 'identifier' || node.type === 'instance_variable') {
      const name = textOf(node, text).replace(/^@+/, '');
      return isNamedFor(name, sought.rows) ? (isOfOneRow(name) ? 'row' : 'rows') : undefined;
    }
    if (node.type === 'parenthesized_statements') {
      const [only] = namedChildren(node);
      return only && givenBy(only, sought);
    }
    if (node.type !== 'call') return undefined;
    const { receiver, name } = callOf(node, text);
    const inner = receiver && givenBy(receiver, sought);
    if (inner !== undefined && inner !== 'row') return findsOne.has(name) ? 'row' : keeps.has(name) ? inner : undefined;
    if (inner === 'row' && name === 'reload') return 'row';
    return isNamedFor(name, sought.rows) ? (isOfOneRow(name) ? 'row' : 'rows') : undefined;
  }

  /** `params.require(:user)`, `params[:user]`. */
  function isRequired(node: SyntaxNode | undefined, { rows }: Sought): boolean {
    if (!node) return false;
    const key =
      node.type === 'element_reference'
        ? namedChildren(node)[1]
        : node.type === 'call'
          ? callOf(node, text).arguments[0]
          : undefined;
    return isNamedFor(nameAt(key, text) ?? '', rows);
  }

  /** `json.extract! user, :email` and its like. */
  function isAboutFirst(call: Call, sought: Sought): boolean {
    const [first] = call.arguments;
    return first !== undefined && givenBy(first, sought) === 'row';
  }

  function isJson({ receiver, name }: Call): boolean {
    return receiver !== undefined && textOf(receiver, text) === 'json' && (name === 'extract!' || name === 'call');
  }

  /** `where(…)` and `where.not(…)` of the class itself. */
  function isOfClass({ receiver, name }: Call): boolean {
    if (!scoping.has(name)) return false;
    return !receiver || isSelf(receiver) || (name === 'not' && textOf(receiver, text) === 'where');
  }

  function isSelf(node: SyntaxNode | undefined): boolean {
    return node?.type === 'self';
  }

  /** What classes that wrap a row call it. */
  function isWrapped(node: SyntaxNode | undefined): boolean {
    return node?.type === 'identifier' && ['object', 'record', 'resource', 'model'].includes(textOf(node, text));
  }

  function inStrings(node: SyntaxNode): Found[] {
    // A key of texts.
    if (node.type === 'call' && /^(?:t|translate|human_attribute_name)$/.test(callOf(node, text).name)) return [];
    if (node.type !== 'string' && node.type !== 'heredoc_body') return node.children.flatMap(inStrings);
    const parts = namedChildren(node).flatMap(partOf);
    return parts.length === 0 ? [] : file.namedInString(parts);
  }
}

function partOf({ type, start, end }: SyntaxNode): StringPart[] {
  if (type === 'string_content' || type === 'heredoc_content') return [{ kind: 'text', start, end }];
  if (type === 'escape_sequence') return [{ kind: 'escape', start, end }];
  return type === 'interpolation' ? [{ kind: 'hole', start, end }] : [];
}

function at({ start, end }: SyntaxNode, sought: Sought, isCertain: boolean): Found {
  return { sought, start, end, isCertain };
}

/** `email?` and `email_was` ask for `email` too. */
function attributeOf(method: string): string {
  return method.replace(/(?:_changed\?|_was|_before_last_save|_before_type_cast|_in_database|[?=])$/, '');
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** Of a piece of SQL, without the names that it gives. */
function wordsOf(piece: string): string[] {
  return piece.replace(/\bas\s+\w+/gi, ' ').split(/[\s,]+/);
}

const scoping = new Set('where not rewhere find_by find_by! exists? pluck pick order reorder group'.split(' '));
const keeps = new Set(
  (
    'all where not order limit offset includes preload eager_load joins left_joins unscoped unscope distinct lock find_each ' +
    'in_batches find_in_batches readonly reorder rewhere to_a with_deleted select group having kept active'
  ).split(' '),
);
const findsOne = new Set(
  'find find_by find_by! first first! last last! take take! new create create! build find_or_create_by find_or_create_by! find_or_initialize_by'.split(
    ' ',
  ),
);
const querying = new Set(
  (
    'where not rewhere find_by find_by! find_or_create_by find_or_create_by! find_or_initialize_by exists? pluck pick select order ' +
    'reorder group having distinct sum minimum maximum average count new create create! build insert insert_all upsert upsert_all ' +
    'update update! update_all update_column update_columns update_attribute assign_attributes increment! decrement! toggle! ' +
    'read_attribute write_attribute slice in_order_of as_json to_json'
  ).split(' '),
);
/** What serializers, admin pages, forms and policies list columns with. */
const listing = new Set(
  (
    'attributes attribute field fields expose permit_params filter column index_column row input text_field email_field ' +
    'password_field number_field text_area textarea check_box checkbox select collection_select date_field date_select datetime_field ' +
    'datetime_select hidden_field label file_field radio_button url_field search_field telephone_field rich_text_area ' +
    'property properties string integer delegate_attributes'
  ).split(' '),
);
