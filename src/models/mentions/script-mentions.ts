/** Columns that JavaScript and TypeScript name: on rows and tables, in what is given to a query, in classes of data, and in SQL. */
import type { StringPart } from '../../frontends/syntax/embedded-sql.ts';
import { childrenOf, parseScript, type ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { Sought } from '../../operations/mentions.ts';
import { chainOf } from '../javascript/call-chain.ts';
import type { ProgramFile } from './read-mentions.ts';
import type { Found } from './sql-mentions.ts';
import { isNamedFor, isWrittenFor } from './words.ts';

/** Reads them; a file that is not valid names none. */
export function readScriptMentions(file: ProgramFile): Found[] {
  const { path, text, sought } = file;
  const parsed = parseScript(path, text);
  if (parsed.kind === 'failed') return [];
  const found: Found[] = [];
  const waiting: ScriptNode[] = [parsed.program];
  // What is called is a method, and what translates is given a key.
  const called = new Set<ScriptNode>();
  const keys = new Set<ScriptNode>();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'CallExpression') {
      called.add(node.callee);
      if (translates(node.callee)) for (const argument of node.arguments) keys.add(argument);
    }
    for (const each of sought) found.push(...namedBy(node, each));
    if (!keys.has(node)) found.push(...namedInString(node));
    waiting.push(...childrenOf(node));
  }
  return found;

  function namedBy(node: ScriptNode, each: Sought): Found[] {
    switch (node.type) {
      case 'MemberExpression':
        return !each.isTyped &&
          isAttributeName(node) &&
          !called.has(node) &&
          each.names.includes(node.property.name) &&
          isAbout(node.object, each)
          ? [at(node.property, each, false)]
          : [];
      case 'VariableDeclarator':
        return !each.isTyped && node.id.type === 'ObjectPattern' && node.init && isAbout(node.init, each)
          ? keysOf(node.id, each, false)
          : [];
      case 'CallExpression':
        return namedByCall(node, each);
      case 'ClassDeclaration':
        return node.id && file.isOwn(each) && isWrittenFor(node.id.name, each.rows)
          ? node.body.body.flatMap((member) => keyOf(member, each, false))
          : [];
      default:
        return [];
    }
  }

  /** A query of the rows: `prisma.user.findMany({ … })`, `repository.find({ … })`, `knex("users").select("email")`. */
  function namedByCall(node: Extract<ScriptNode, { type: 'CallExpression' }>, each: Sought): Found[] {
    const { callee } = node;
    if (callee.type !== 'MemberExpression' || !isAttributeName(callee)) return [];
    if (!querying.has(callee.property.name)) return [];
    const subject = subjectOf(callee.object, each);
    if (subject === undefined) return [];
    const sought = withAliases(callee.object, each);
    return node.arguments.flatMap((argument) => {
      // `select({ name: "column" })` of some query builders: the keys are names of the program.
      const isNaming = argument.type === 'ObjectExpression' && /^(?:select|columns|first)$/.test(callee.property.name);
      return given(argument, sought, subject === 'table' && !isNaming, 0);
    });
  }

  /** What a chain of calls begins with, or is told on its way: the table by its name, or what is named for its rows. */
  function subjectOf(object: ScriptNode, each: Sought): 'table' | 'named' | undefined {
    const { root, links } = chainOf(object);
    const told = links.some(
      ({ name, arguments: [first] }) =>
        (name === '' || choosing.has(name)) && first?.type === 'Literal' && isTable(first.value, each),
    );
    // Of several tables, any may have the name.
    if (told) return links.some(({ name }) => /join/i.test(name)) ? 'named' : 'table';
    const called = root.type === 'Identifier' ? root.name : '';
    const handed = links.some(
      ({ name, arguments: [first] }) => choosing.has(name || called) && first && isAbout(first, each),
    );
    if (handed || (links.every(({ name }) => name !== '') && isAbout(root, each))) return 'named';
    return undefined;
  }

  /** `createQueryBuilder("u")`: the name of a row in the query. */
  function withAliases(object: ScriptNode, each: Sought): Sought {
    const aliases = chainOf(object).links.flatMap(({ name, arguments: [first, second] }) => {
      const alias = name === 'createQueryBuilder' ? (second ?? first) : undefined;
      return alias?.type === 'Literal' && typeof alias.value === 'string' ? [alias.value.toLowerCase()] : [];
    });
    return aliases.length === 0 ? each : { ...each, rows: [...each.rows, ...aliases] };
  }

  function given(node: ScriptNode, each: Sought, isCertain: boolean, depth: number): Found[] {
    if (depth > deepest) return [];
    if (node.type === 'Literal')
      return each.names.includes(columnIn(node.value, each)) ? [at(node, each, isCertain)] : [];
    if (node.type === 'ArrayExpression')
      return node.elements.flatMap((element) => (element ? given(element, each, isCertain, depth + 1) : []));
    if (node.type !== 'ObjectExpression') return [];
    const inner = node.properties.flatMap((property) => {
      if (property.type !== 'Property' || !wrapping.has(nameOfKey(property.key))) return [];
      return given(property.value, each, isCertain, depth + 1);
    });
    return [...keysOf(node, each, isCertain), ...inner];
  }

  /** `this.userRepository`, `prisma.user`, `users`. */
  function isAbout(around: ScriptNode, each: Sought): boolean {
    const node = plain(around);
    if (node.type === 'Identifier') return isNamedFor(node.name.replace(holders, ''), each.rows);
    if (node.type !== 'MemberExpression' || !isAttributeName(node)) return false;
    return isNamedFor(node.property.name.replace(holders, ''), each.rows);
  }

  function namedInString(node: ScriptNode): Found[] {
    if (node.type === 'Literal' && typeof node.value === 'string')
      return file.namedInString([{ kind: 'text', start: node.range[0] + 1, end: node.range[1] - 1 }]);
    if (node.type !== 'TemplateLiteral') return [];
    const parts = node.quasis.flatMap(({ range, tail }, index): StringPart[] => {
      const hole = node.expressions[index];
      // A piece ends before `${`, the last one before the quote.
      const end = range[1] - (tail ? 1 : 2);
      const piece: StringPart = { kind: 'text', start: range[0] + 1, end };
      return hole ? [piece, { kind: 'hole', start: end, end: hole.range[1] + 1 }] : [piece];
    });
    return file.namedInString(parts);
  }
}

/** Nested further than this are values of JSON. */
const deepest = 5;

/** What is put behind the name of rows for what gives them. */
const holders = /(?:Repository|Repo|Model|Table|Dao|DAO|Entity|Store|Delegate|Collection|Record|Row|Schema)$/;

function translates(callee: ScriptNode): boolean {
  const name = callee.type === 'MemberExpression' && isAttributeName(callee) ? callee.property : callee;
  return name.type === 'Identifier' && /^(?:\$?t|\$?tc|i18n|translate|formatMessage)$/.test(name.name);
}

const choosing = new Set(
  'from table into selectFrom insertInto updateTable deleteFrom createQueryBuilder getRepository select update insert innerJoin leftJoin join query model'.split(
    ' ',
  ),
);
const wrapping = new Set(
  'where select data orderBy order attributes set create update create_many AND OR NOT and or not by columns _sum _avg _min _max having distinct omit defaults values'.split(
    ' ',
  ),
);
const querying = new Set(
  (
    'find findAll findAndCount findAndCountAll findAndCountBy findBy findByPk findFirst findFirstOrThrow findMany findOne ' +
    'findOneBy findOneByOrFail findOneOrFail findOrCreate findUnique findUniqueOrThrow aggregate groupBy count countBy create ' +
    'createMany createManyAndReturn bulkCreate build insert insertMany update updateMany updateOne upsert save delete deleteMany ' +
    'destroy increment decrement max min sum exists existsBy select addSelect where andWhere orWhere whereIn whereNot whereNull ' +
    'whereNotNull orderBy addOrderBy groupBy addGroupBy having returning pluck distinct values set onConflict merge columns first ' +
    'orWhereIn whereNotIn whereRaw assign patch'
  ).split(' '),
);

type Attribute = Extract<ScriptNode, { type: 'MemberExpression' }> & {
  property: Extract<ScriptNode, { type: 'Identifier' }>;
};

function isAttributeName(node: Extract<ScriptNode, { type: 'MemberExpression' }>): node is Attribute {
  return !node.computed && node.property.type === 'Identifier';
}

function keysOf(
  node: Extract<ScriptNode, { type: 'ObjectExpression' | 'ObjectPattern' }>,
  each: Sought,
  isCertain: boolean,
): Found[] {
  return node.properties.flatMap((property) => keyOf(property, each, isCertain));
}

function keyOf(member: ScriptNode, each: Sought, isCertain: boolean): Found[] {
  const hasKey = member.type === 'Property' || member.type === 'PropertyDefinition';
  if (!hasKey || member.computed) return [];
  return each.names.includes(nameOfKey(member.key)) ? [at(member.key, each, isCertain)] : [];
}

function nameOfKey(key: ScriptNode): string {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : '';
}

/** `"email"`, `"users.email"`, `"email as address"`. */
function columnIn(value: unknown, each: Sought): string {
  if (typeof value !== 'string') return '';
  const [written = ''] = value.trim().split(' ');
  const [first = '', second] = written.split('.');
  return second === undefined ? first : isTable(first, each) || isNamedFor(first, each.rows) ? second : '';
}

/** The table by its name, also with an alias: `"users as u"`. */
function isTable(value: unknown, { table }: Sought): boolean {
  return typeof value === 'string' && value.split(' ')[0]?.toLowerCase() === table.toLowerCase();
}

function plain(node: ScriptNode): ScriptNode {
  let inner = node;
  for (;;) {
    if (inner.type === 'AwaitExpression') inner = inner.argument;
    else if (
      inner.type === 'TSNonNullExpression' ||
      inner.type === 'TSAsExpression' ||
      inner.type === 'ChainExpression'
    )
      inner = inner.expression;
    else return inner;
  }
}

function at({ range }: ScriptNode, sought: Sought, isCertain: boolean): Found {
  return { sought, start: range[0], end: range[1], isCertain };
}
