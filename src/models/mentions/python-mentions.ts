/** Columns that Python names: on rows and classes, in queries, in the lists of serializers, forms and admin pages, and in SQL. */
import { bare, readCall, type PythonCall } from '../../frontends/syntax/python-call.ts';
import type { StringPart } from '../../frontends/syntax/embedded-sql.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { Sought } from '../../operations/mentions.ts';
import type { ProgramFile } from './read-mentions.ts';
import type { Found } from './sql-mentions.ts';
import { namesIn } from './python-names.ts';
import { isNamedFor, isOfOneRow, isWrittenFor, rowWord } from './words.ts';

type Given = 'class' | 'rows' | 'row';

/** A class that is written for the rows, as it says itself or as its name says, with the names that its body gives to something. */
type Purpose = { by: 'model' | 'name'; isCertain: boolean; members: ReadonlySet<string> } | undefined;

/** Reads them. */
export function readPythonMentions(file: ProgramFile, root: SyntaxNode): Found[] {
  const { path, text } = file;
  const names = namesIn(path, text, root);
  return file.sought.flatMap((each) => namedIn(root, undefined, each)).concat(inStrings(root));

  function namedIn(node: SyntaxNode, purpose: Purpose, sought: Sought): Found[] {
    const inner = node.type === 'class_definition' ? purposeOf(node, sought, purpose) : purpose;
    const own = [
      ...namedByAttribute(node, inner, sought),
      ...namedByCall(node, inner, sought),
      ...namedByList(node, inner, sought),
      ...answeredBy(node, sought),
    ];
    return [...own, ...namedChildren(node).flatMap((child) => namedIn(child, inner, sought))];
  }

  /** `Meta` stands inside the class that it is about. */
  function purposeOf(definition: SyntaxNode, sought: Sought, around: Purpose): Purpose {
    const name = childOf(definition, 'name');
    const body = childOf(definition, 'body');
    if (!name || !body) return undefined;
    if (textOf(name, text) === 'Meta') return around;
    const model =
      modelIn(body) ??
      namedChildren(body)
        .flatMap((each) => metaOf(each) ?? [])
        .map(modelIn)[0];
    const isFor = model ? isClass(model, sought) : isWrittenFor(textOf(name, text), sought.rows);
    if (!isFor) return undefined;
    const isCertain = model !== undefined && names.isClassItself(model, sought) && isPlain(definition);
    return { by: model ? 'model' : 'name', isCertain, members: membersOf(body) };
  }

  /** A class of the project between it and the framework's may define what the lists name. */
  function isPlain(definition: SyntaxNode): boolean {
    const bases = childOf(definition, 'superclasses');
    return (bases ? namedChildren(bases) : []).every((base) => {
      const name = textOf(base, text);
      return ofFramework.has(name.slice(name.lastIndexOf('.') + 1)) && names.isOfFramework(base);
    });
  }

  /** The class of the rows computes what has the name: `@property`. */
  function answeredBy(node: SyntaxNode, sought: Sought): Found[] {
    const name = node.type === 'class_definition' ? childOf(node, 'name') : undefined;
    const body = childOf(node, 'body');
    if (!name || !body || !isClass(name, sought)) return [];
    const methods = namedChildren(body).flatMap((statement) => {
      const definition = childOf(statement, 'definition') ?? statement;
      return definition.type === 'function_definition' ? (childOf(definition, 'name') ?? []) : [];
    });
    const answers = methods.filter((method) => sought.names.includes(textOf(method, text)));
    return answers.map((method) => ({ ...at(method, sought, true), isAnswer: true }));
  }

  function membersOf(body: SyntaxNode): Set<string> {
    const names = namedChildren(body).map((statement) => {
      const definition = childOf(statement, 'definition') ?? statement;
      const name = childOf(definition, 'name');
      return name ? textOf(name, text) : assignmentAt(statement)?.name;
    });
    return new Set(names.filter((name) => name !== undefined));
  }

  function metaOf(statement: SyntaxNode): SyntaxNode | undefined {
    const name = statement.type === 'class_definition' ? childOf(statement, 'name') : undefined;
    return name && textOf(name, text) === 'Meta' ? childOf(statement, 'body') : undefined;
  }

  /** `model = User`. */
  function modelIn(body: SyntaxNode | undefined): SyntaxNode | undefined {
    for (const statement of body ? namedChildren(body) : []) {
      const assigned = assignmentAt(statement);
      if (assigned?.name === 'model') return assigned.value;
    }
    return undefined;
  }

  function assignmentAt(statement: SyntaxNode): { name: string; value: SyntaxNode } | undefined {
    const node = statement.type === 'expression_statement' ? namedChildren(statement)[0] : statement;
    const left = node?.type === 'assignment' ? childOf(node, 'left') : undefined;
    const value = node && childOf(node, 'right');
    return left?.type === 'identifier' && value ? { name: textOf(left, text), value } : undefined;
  }

  /** `user.email`, `User.email`. */
  function namedByAttribute(node: SyntaxNode, purpose: Purpose, sought: Sought): Found[] {
    if (node.type !== 'attribute') return [];
    const object = childOf(node, 'object');
    const attribute = childOf(node, 'attribute');
    if (!object || !attribute || !sought.names.includes(textOf(attribute, text))) return [];
    const given = givenBy(object, sought);
    if (given === 'class' || given === 'row')
      return [at(node, sought, isCertainly(object, sought) && given === 'class')];
    const isWrapped = purpose !== undefined && object.type === 'identifier' && wrapped.has(textOf(object, text));
    return isWrapped ? [at(node, sought, false)] : [];
  }

  function namedByCall(node: SyntaxNode, purpose: Purpose, sought: Sought): Found[] {
    const call = node.type === 'call' ? readCall(node, text) : undefined;
    if (!call) return [];
    if (isClass(call.callee, sought)) return namedByArguments(call, names.isClassItself(call.callee, sought), sought);
    const object = call.callee.type === 'attribute' ? childOf(call.callee, 'object') : undefined;
    const method = childOf(call.callee, 'attribute');
    if (!object || !method || !querying.has(textOf(method, text))) return [];
    const given = givenBy(object, sought);
    if (given === 'class' || given === 'rows') return namedByArguments(call, isCertainly(object, sought), sought);
    return purpose && isOwnQuery(object, purpose) ? namedByArguments(call, purpose.isCertain, sought) : [];
  }

  /** Names that are given to a query, also inside `Q(…)` and `F(…)`. */
  function namedByArguments(call: PythonCall, isCertain: boolean, sought: Sought): Found[] {
    const method = childOf(call.callee, 'attribute');
    // What it makes has a name of its own.
    const isMade = method !== undefined && making.has(textOf(method, text));
    const keyed = isMade ? [] : [...call.keywords].filter(([name]) => isName(name, sought));
    const given = [...call.positional, ...call.keywords.values()];
    return [
      ...keyed.map(([, value]) => at(value, sought, isCertain)),
      ...call.positional.flatMap((each) => stringsIn(each, sought, isCertain)),
      ...given.flatMap((each) => expressionsIn(each)).flatMap((each) => namedByArguments(each, isCertain, sought)),
    ];
  }

  function expressionsIn(around: SyntaxNode): PythonCall[] {
    const node = bare(around);
    if (node.type === 'binary_operator' || node.type === 'unary_operator')
      return namedChildren(node).flatMap(expressionsIn);
    const call = readCall(node, text);
    return call && expressions.has(textOf(call.callee, text).replace(/^models\./, '')) ? [call] : [];
  }

  /** `fields = ["email"]` of a class that is written for the rows. */
  function namedByList(node: SyntaxNode, purpose: Purpose, sought: Sought): Found[] {
    const assigned = purpose && assignmentAt(node);
    if (!assigned || node.type !== 'assignment' || !listing.has(assigned.name)) return [];
    // What the class itself defines under the name answers for it.
    if (sought.names.some((name) => purpose.members.has(name))) return [];
    return stringsIn(assigned.value, sought, purpose.isCertain);
  }

  function stringsIn(around: SyntaxNode, sought: Sought, isCertain: boolean): Found[] {
    const node = bare(around);
    if (node.type === 'string') {
      const content = namedChildren(node).find(({ type }) => type === 'string_content');
      return content && isName(textOf(content, text), sought) ? [at(node, sought, isCertain)] : [];
    }
    const holds = /^(?:list|tuple|set|dictionary|pair|expression_list|binary_operator)$/.test(node.type);
    return holds ? namedChildren(node).flatMap((each) => stringsIn(each, sought, isCertain)) : [];
  }

  function givenBy(around: SyntaxNode, sought: Sought): Given | undefined {
    const node = bare(around);
    if (node.type === 'identifier') return isClass(node, sought) ? 'class' : byName(textOf(node, text), sought);
    if (node.type === 'attribute') {
      const object = childOf(node, 'object');
      const name = childOf(node, 'attribute');
      if (!object || !name) return undefined;
      const word = textOf(name, text);
      if (isClass(node, sought)) return 'class';
      const inner = givenBy(object, sought);
      if (inner !== undefined && inner !== 'row')
        return managers.has(word) ? (word === 'c' ? 'row' : 'rows') : undefined;
      return byName(word.replace(/_set$/, 's'), sought);
    }
    const call = readCall(node, text);
    if (!call) return undefined;
    const [first] = call.positional;
    const method = call.callee.type === 'attribute' ? childOf(call.callee, 'attribute') : call.callee;
    const name = method ? textOf(method, text) : '';
    if (first && taking.has(name) && givenBy(first, sought) === 'class') return name === 'get' ? 'row' : 'rows';
    const object = call.callee.type === 'attribute' ? childOf(call.callee, 'object') : undefined;
    const inner = object && givenBy(object, sought);
    if (inner === undefined || inner === 'row') return undefined;
    return findsOne.has(name) ? 'row' : querying.has(name) || keeps.has(name) ? 'rows' : undefined;
  }

  function byName(name: string, { rows }: Sought): Given | undefined {
    // Constants are no rows.
    if (name !== name.toLowerCase() || !isNamedFor(name, rows)) return undefined;
    return isOfOneRow(name) ? 'row' : 'rows';
  }

  /** `User`, `models.User`, and `"shop.User"` in a list of serializers. */
  function isClass(node: SyntaxNode, sought: Sought): boolean {
    if (node.type !== 'identifier' && node.type !== 'attribute') return false;
    const written = textOf(node, text);
    const name = written.slice(written.lastIndexOf('.') + 1);
    if (!/^[A-Z]/.test(name) || !isOfOneRow(name) || names.isOther(written, sought)) return false;
    return sought.rows.includes(rowWord(name.replace(/(?<=[a-z])Model$/, '')));
  }

  /** The query begins at the class. */
  function isCertainly(around: SyntaxNode, sought: Sought): boolean {
    const node = bare(around);
    if (isClass(node, sought)) return names.isClassItself(node, sought);
    const inner = node.type === 'attribute' ? childOf(node, 'object') : readCall(node, text)?.callee;
    if (inner && isCertainly(inner, sought)) return true;
    const given = readCall(node, text)?.positional ?? [];
    return given.some((each) => isClass(each, sought) && names.isClassItself(each, sought));
  }

  /** `self.get_queryset()`, `queryset`, `super().get_queryset()`; `self` in a class of queries. */
  function isOwnQuery(node: SyntaxNode, { by }: NonNullable<Purpose>): boolean {
    const written = textOf(node, text).slice(-40);
    return /(?:^|\.)(?:queryset|qs|get_queryset\(\w*\))$/.test(written) || (by === 'name' && written === 'self');
  }

  function inStrings(node: SyntaxNode): Found[] {
    if (node.type !== 'string') return node.children.flatMap(inStrings);
    const parts = namedChildren(node).flatMap(partOf);
    const inner = namedChildren(node).filter(({ type }) => type === 'interpolation');
    return [...(parts.length === 0 ? [] : file.namedInString(parts)), ...inner.flatMap(inStrings)];
  }
}

/** `-email` orders the other way, `email__icontains` asks for a part. */
function isName(written: string, { names }: Sought): boolean {
  const name = written.replace(/^[-+^=@$]/, '');
  return names.some((each) => name === each || name.startsWith(`${each}__`));
}

function partOf({ type, start, end }: SyntaxNode): StringPart[] {
  if (type === 'string_content') return [{ kind: 'text', start, end }];
  return type === 'interpolation' ? [{ kind: 'hole', start, end }] : [];
}

function at({ start, end }: SyntaxNode, sought: Sought, isCertain: boolean): Found {
  return { sought, start, end, isCertain };
}

const ofFramework = new Set(
  'ModelSerializer HyperlinkedModelSerializer ModelForm ModelAdmin TabularInline StackedInline FilterSet UserAdmin Table'.split(
    ' ',
  ),
);
const wrapped = new Set(['instance', 'obj', 'object']);
const managers = new Set(['objects', 'query', 'all_objects', '_default_manager', '_base_manager', 'c']);
const taking = new Set([
  'query',
  'select',
  'update',
  'delete',
  'insert',
  'get',
  'get_object_or_404',
  'aliased',
  'scalars',
]);
const findsOne = new Set(
  'get first last one one_or_none create get_or_404 first_or_404 latest earliest scalar scalar_one'.split(' '),
);
const keeps = new Set(
  'all iterator select_for_update using join outerjoin options limit offset distinct reverse active where'.split(' '),
);
const querying = new Set(
  (
    'filter exclude get filter_by get_or_create update_or_create create update bulk_update order_by values values_list only ' +
    'defer aggregate annotate distinct select_related prefetch_related latest earliest in_bulk dates datetimes with_entities ' +
    'load_only where group_by'
  ).split(' '),
);
const making = new Set(['annotate', 'aggregate', 'alias']);
const expressions = new Set(
  'Q F Count Sum Avg Max Min Coalesce Lower Upper Subquery OuterRef Case When Prefetch'.split(' '),
);
/** Of serializers, forms, filters and admin pages, also those of Flask. */
const listing = new Set(
  (
    'fields exclude read_only_fields write_only_fields extra_kwargs list_display list_filter list_editable list_display_links ' +
    'list_select_related search_fields ordering ordering_fields readonly_fields fieldsets add_fieldsets raw_id_fields ' +
    'autocomplete_fields prepopulated_fields filter_horizontal filter_vertical radio_fields date_hierarchy filterset_fields ' +
    'lookup_field widgets labels help_texts field_order sequence column_list column_searchable_list column_filters ' +
    'column_exclude_list column_editable_list form_columns form_excluded_columns only_fields filter_fields'
  ).split(' '),
);
