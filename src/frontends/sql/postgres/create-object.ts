/** CREATE for all that is neither table nor index. */
import type {
  CreateDomainStmt,
  CreateFunctionStmt,
  CreatePolicyStmt,
  CreateSchemaStmt,
  DefineStmt,
  Node,
  RuleStmt,
  TypeName,
} from 'libpg-query';
import type { Name } from '../../../operations/name.ts';
import { isBuiltInType } from '../../../operations/facts/assignment-cast.ts';
import type { ObjectKind } from '../../../operations/object-operation.ts';
import { notBuiltIn } from './built-in-functions.ts';
import { dataTypeOf } from './data-type.ts';
import { nodesOf } from './expression.ts';
import { signatureOf } from './function-signature.ts';
import { published } from './published.ts';
import { nameOf, nameOfNodes, roleOf, stringOf, stringsOf } from './names.ts';
import { ownerOf } from './owned-sequence.ts';
import { objectKinds } from './object-kinds.ts';
import { queryOfView } from './view-query.ts';
import type { Effect, Statement, StatementReaders } from './statement.ts';

/** Readers of the statements that create objects; `read` reads what stands inside CREATE SCHEMA. */
export function createObjectReaders(read: (node: Node, statement: Statement) => Effect[]): StatementReaders {
  return {
    ViewStmt: (body) => [
      { ...created('view', nameOf(body.view), body), ...queryOfView(body.query, stringsOf(body.aliases)) },
    ],
    CreateFunctionStmt: (body) => [readFunction(body)],
    CreateTrigStmt: (body) => [
      { ...created('trigger', body.trigname, body), table: nameOf(body.relation), runs: nameOfNodes(body.funcname) },
    ],
    CreateEventTrigStmt: (body) => [created('event trigger', body.trigname)],
    CreateSeqStmt: (body) => [{ ...created('sequence', nameOf(body.sequence), body), ...ownerOf(body.options) }],
    CreateExtensionStmt: (body) => [created('extension', body.extname, body)],
    CreatePolicyStmt: (body) => [
      {
        ...created('policy', body.policy_name),
        table: nameOf(body.table),
        ...(body.permissive === true ? {} : { restrictive: true as const }),
        ...readByPolicy(body),
      },
    ],
    RuleStmt: (body) => [
      { ...created('rule', body.rulename, body), table: nameOf(body.relation), ...swallowedBy(body) },
    ],
    CreateRoleStmt: (body) => [created('role', body.role)],
    CreatedbStmt: (body) => [created('database', body.dbname)],
    CreateTableSpaceStmt: (body) => [created('system setting', body.tablespacename)],
    CreatePublicationStmt: (body) => [
      {
        ...created('publication', body.pubname),
        publishes: { ...published(body.pubobjects, body.options), ...(body.for_all_tables ? { every: true } : {}) },
      },
    ],
    CreateSubscriptionStmt: (body) => [created('subscription', body.subname)],
    CreateStatsStmt: (body) => [created('statistics', nameOfNodes(body.defnames), body)],
    CreateDomainStmt: (body) => [{ ...created('domain', nameOfNodes(body.domainname)), ...madeOf(body) }],
    CreateFdwStmt: (body) => [created('server', body.fdwname)],
    CreateForeignServerStmt: (body) => [created('server', body.servername, body)],
    CreateUserMappingStmt: (body) => [created('server', body.servername, body)],
    CreateAmStmt: (body) => [created('extension', body.amname)],
    CreatePLangStmt: (body) => [created('extension', body.plname, body)],
    CreateOpClassStmt: (body) => [created('operator', nameOfNodes(body.opclassname))],
    CreateOpFamilyStmt: (body) => [created('operator', nameOfNodes(body.opfamilyname))],
    CreateConversionStmt: (body) => [created('collation', nameOfNodes(body.conversion_name))],
    CreateCastStmt: (body) => [created('type', nameOfNodes(body.sourcetype?.names))],
    CreateTransformStmt: (body) => [created('type', nameOfNodes(body.type_name?.names), body)],
    CreateEnumStmt: (body) => [{ kind: 'createType', type: nameOfNodes(body.typeName), values: stringsOf(body.vals) }],
    CompositeTypeStmt: (body) => [{ kind: 'createType', type: nameOf(body.typevar), ...fieldsOf(body.coldeflist) }],
    CreateRangeStmt: (body) => [{ kind: 'createType', type: nameOfNodes(body.typeName) }],
    DefineStmt: (body) => [readDefine(body)],
    CreateSchemaStmt: (body, statement) => readSchema(body, statement, read),
    ImportForeignSchemaStmt: () => [
      {
        kind: 'opaque',
        reason: 'it creates the tables that another server has, and which those are does not stand here',
      },
    ],
  };
}

/** The columns of a query inside are those of other tables, or cannot be told from them. */
function readByPolicy({ qual, with_check: check }: CreatePolicyStmt): Pick<Created, 'reads' | 'calls'> {
  const reads = new Set<string>();
  for (const each of nodesOf([qual, check], (node) => 'SubLink' in node)) {
    const name = 'ColumnRef' in each ? stringOf(each.ColumnRef.fields?.at(-1)) : undefined;
    if (name !== undefined) reads.add(name);
  }
  return { ...(reads.size > 0 ? { reads: [...reads] } : {}), ...callsIn([qual, check]) };
}

/** The functions that are called, but for those of PostgreSQL itself. */
function callsIn(root: unknown): Pick<Created, 'calls'> {
  const called = [...nodesOf(root)].flatMap((each) =>
    'FuncCall' in each ? [nameOfNodes(each.FuncCall.funcname)] : [],
  );
  const calls = [...new Set(notBuiltIn(called))];
  return calls.length > 0 ? { calls } : {};
}

/** The types of its fields that are not built in. */
function fieldsOf(fields: Node[] | undefined): { of?: Name[] } {
  const types = (fields ?? []).flatMap((node) => ('ColumnDef' in node ? ownType(node.ColumnDef.typeName) : []));
  return types.length > 0 ? { of: types } : {};
}

function ownType(written: TypeName | undefined): Name[] {
  const type = dataTypeOf(written);
  return type && !isBuiltInType(type) ? [type.name] : [];
}

function madeOf(body: CreateDomainStmt): Pick<Created, 'asks' | 'over' | 'calls'> {
  const [over] = ownType(body.typeName);
  return { ...asksOf(body), ...(over === undefined ? {} : { over }), ...callsIn(body.constraints) };
}

type Swallowed = Pick<Created, 'swallows'>;

const swallowed: Partial<Record<string, Swallowed>> = {
  CMD_INSERT: { swallows: 'INSERT' },
  CMD_UPDATE: { swallows: 'UPDATE' },
  CMD_DELETE: { swallows: 'DELETE' },
};

/** DO INSTEAD NOTHING. */
function swallowedBy({ instead, actions, event }: RuleStmt): Swallowed {
  return (instead && !actions?.length && swallowed[event ?? '']) || {};
}

type Created = Extract<Effect, { kind: 'createObject' }>;

function created(
  object: ObjectKind,
  name: Name | undefined,
  options: { replace?: boolean; if_not_exists?: boolean } = {},
): Created {
  const effect: Created = { kind: 'createObject', object, name: name ?? '' };
  if (options.replace) effect.replaces = true;
  if (options.if_not_exists) effect.ifNotExists = true;
  return effect;
}

/** The body is stored and not run. */
function readFunction(body: CreateFunctionStmt): Effect {
  const effect = created(body.is_procedure ? 'procedure' : 'function', nameOfNodes(body.funcname), body);
  const volatility = body.is_procedure ? undefined : volatilityOf(body);
  const signature = signatureOf(body);
  return { ...effect, ...(volatility === undefined ? {} : { volatility }), ...(signature ? { signature } : {}) };
}

/** What is declared volatile in SQL is put in the place of its call where its body is not: https://wiki.postgresql.org/wiki/Inlining_of_SQL_functions */
function volatilityOf({ options = [], sql_body: body }: CreateFunctionStmt): Created['volatility'] {
  const option = (name: string) =>
    options.map((node) => ('DefElem' in node ? node.DefElem : {})).find(({ defname }) => defname === name)?.arg;
  const declared = textOf(option('volatility'));
  if (declared === 'immutable' || declared === 'stable') return declared;
  const language = textOf(option('language'))?.toLowerCase();
  return body || language === undefined || language === 'sql' ? undefined : 'volatile';
}

function textOf(node: Node | undefined): string | undefined {
  return node && 'String' in node ? node.String.sval : undefined;
}

function asksOf({ constraints = [] }: CreateDomainStmt): Pick<Created, 'asks'> {
  const kinds = constraints.map((node) => ('Constraint' in node ? node.Constraint.contype : undefined));
  if (kinds.includes('CONSTR_NOTNULL')) return { asks: 'value' };
  return kinds.includes('CONSTR_CHECK') ? { asks: 'constraint' } : {};
}

function readDefine(body: DefineStmt): Effect {
  const name = nameOfNodes(body.defnames);
  if (body.kind === 'OBJECT_TYPE') return { kind: 'createType', type: name };
  const object = objectKinds[body.kind ?? ''];
  if (!object) return { kind: 'opaque', reason: 'it creates an object of a kind that is not known here' };
  return created(object, name, body);
}

/** What is created inside CREATE SCHEMA and names no schema belongs to the new one. */
function readSchema(
  body: CreateSchemaStmt,
  statement: Statement,
  read: (node: Node, statement: Statement) => Effect[],
): Effect[] {
  const schema = body.schemaname ?? (body.authrole ? roleOf({ RoleSpec: body.authrole }) : '');
  const inside = (body.schemaElts ?? []).flatMap((node) => read(inSchema(node, schema), statement));
  return [created('schema', schema, body), ...inside];
}

function inSchema(node: Node, schemaname: string): Node {
  if ('CreateStmt' in node)
    return { CreateStmt: { ...node.CreateStmt, relation: { schemaname, ...node.CreateStmt.relation } } };
  if ('IndexStmt' in node)
    return { IndexStmt: { ...node.IndexStmt, relation: { schemaname, ...node.IndexStmt.relation } } };
  if ('ViewStmt' in node) return { ViewStmt: { ...node.ViewStmt, view: { schemaname, ...node.ViewStmt.view } } };
  if ('CreateSeqStmt' in node)
    return { CreateSeqStmt: { ...node.CreateSeqStmt, sequence: { schemaname, ...node.CreateSeqStmt.sequence } } };
  return node;
}
