/** ALTER, GRANT and COMMENT for all that is neither table nor index. */
import type {
  AlterDomainStmt,
  AlterEnumStmt,
  AlterPublicationStmt,
  GrantStmt,
  Node,
  RefreshMatViewStmt,
  VariableSetStmt,
} from 'libpg-query';
import type { Name } from '../../../operations/name.ts';
import type { ObjectKind } from '../../../operations/object-operation.ts';
import { itemsOf, nameOf, nameOfNode, nameOfNodes, qualified, roleOf, stringsOf } from './names.ts';
import { isTable, objectKinds, ofTables } from './object-kinds.ts';
import { published } from './published.ts';
import { ownerOf } from './owned-sequence.ts';
import { sourceOf, type Effect, type StatementReaders } from './statement.ts';

/** Readers of the statements that change objects. */
export const alterObjectReaders: StatementReaders = {
  AlterEnumStmt: (body) => [readEnum(body)],
  AlterDomainStmt: (body) => [altered('domain', nameOfNodes(body.typeName), domainChange(body))],
  AlterTypeStmt: (body) => [altered('type', nameOfNodes(body.typeName), 'options')],
  AlterSeqStmt: (body) => [
    { ...altered('sequence', nameOf(body.sequence), sequenceChange(body.options)), ...ownerOf(body.options) },
  ],
  AlterFunctionStmt: (body) => [
    altered(objectKinds[body.objtype ?? ''] ?? 'function', nameOfNodes(body.func?.objname), optionNames(body.actions)),
  ],
  AlterPolicyStmt: (body) => [{ ...altered('policy', body.policy_name, 'policy'), table: nameOf(body.table) }],
  AlterEventTrigStmt: (body) => [
    altered('event trigger', body.trigname, body.tgenabled === 'D' ? 'disable' : 'enable'),
  ],
  AlterExtensionStmt: (body) => [altered('extension', body.extname, 'update')],
  AlterExtensionContentsStmt: (body) => [altered('extension', body.extname, `members: ${nameOfNode(body.object)}`)],
  AlterStatsStmt: (body) => [altered('statistics', nameOfNodes(body.defnames), 'target')],
  AlterCollationStmt: (body) => [altered('collation', nameOfNodes(body.collname), 'refresh version')],
  AlterOperatorStmt: (body) => [altered('operator', nameOfNodes(body.opername?.objname), 'options')],
  AlterOpFamilyStmt: (body) => [altered('operator', nameOfNodes(body.opfamilyname), body.isDrop ? 'drop' : 'add')],
  AlterTSDictionaryStmt: (body) => [altered('text search', nameOfNodes(body.dictname), 'options')],
  AlterTSConfigurationStmt: (body) => [altered('text search', nameOfNodes(body.cfgname), 'mapping')],
  AlterFdwStmt: (body) => [altered('server', body.fdwname, 'options')],
  AlterForeignServerStmt: (body) => [altered('server', body.servername, 'options')],
  AlterUserMappingStmt: (body) => [altered('server', body.servername, 'user mapping')],
  AlterPublicationStmt: (body) => [
    {
      ...altered('publication', body.pubname, publicationChange(body)),
      publishes: published(body.pubobjects, body.options),
    },
  ],
  AlterSubscriptionStmt: (body) => [altered('subscription', body.subname, 'subscription')],
  AlterRoleStmt: (body) => [altered('role', body.role && roleOf({ RoleSpec: body.role }), optionNames(body.options))],
  AlterRoleSetStmt: (body) => [
    altered('role', body.role ? roleOf({ RoleSpec: body.role }) : 'all', settingChange(body.setstmt)),
  ],
  AlterDatabaseStmt: (body) => [altered('database', body.dbname, optionNames(body.options))],
  AlterDatabaseSetStmt: (body) => [altered('database', body.dbname, settingChange(body.setstmt))],
  AlterDatabaseRefreshCollStmt: (body) => [altered('database', body.dbname, 'refresh collation version')],
  AlterSystemStmt: (body) => [altered('system setting', body.setstmt?.name ?? 'all', settingChange(body.setstmt))],
  AlterTableSpaceOptionsStmt: (body) => [altered('system setting', body.tablespacename, 'options')],
  AlterTableMoveAllStmt: () => [
    { kind: 'opaque', reason: 'it moves everything in a tablespace, and what that is does not stand here' },
  ],
  RefreshMatViewStmt: (body) => [altered('materialized view', nameOf(body.relation), refreshOf(body))],
  GrantStmt: (body) => readGrant(body),
  GrantRoleStmt: (body) =>
    (body.granted_roles ?? []).map((node) =>
      altered(
        'role',
        nameOfNode(node),
        `${body.is_grant ? 'grant to' : 'revoke from'} ${(body.grantee_roles ?? []).map(nameOfNode).join(', ')}`,
      ),
    ),
  AlterDefaultPrivilegesStmt: (body) => [
    altered('default privileges', schemasOf(body.options), body.action ? privilegeChange(body.action) : 'privileges'),
  ],
  ReassignOwnedStmt: (body) =>
    (body.roles ?? []).map((node) => altered('role', nameOfNode(node), 'reassign what it owns')),
  CommentStmt: (body) => [readNote(body.objtype, body.object, 'comment', body.comment)],
  SecLabelStmt: (body) => [readNote(body.objtype, body.object, 'security label')],
};

/** Statements that are the same for every schema and row: they read, wait, tell, or keep for later. */
export const silentReaders: StatementReaders = {
  VariableShowStmt: () => [{ kind: 'noEffect', what: 'SHOW' }],
  PrepareStmt: () => [{ kind: 'noEffect', what: 'PREPARE' }],
  DeallocateStmt: () => [{ kind: 'noEffect', what: 'DEALLOCATE' }],
  ClosePortalStmt: () => [{ kind: 'noEffect', what: 'CLOSE' }],
  FetchStmt: () => [{ kind: 'noEffect', what: 'FETCH' }],
  NotifyStmt: () => [{ kind: 'noEffect', what: 'NOTIFY' }],
  ListenStmt: () => [{ kind: 'noEffect', what: 'LISTEN' }],
  UnlistenStmt: () => [{ kind: 'noEffect', what: 'UNLISTEN' }],
  CheckPointStmt: () => [{ kind: 'noEffect', what: 'CHECKPOINT' }],
  LoadStmt: (_body, statement) => [{ kind: 'runCode', code: sourceOf(statement, statement) }],
};

type Altered = Extract<Effect, { kind: 'alterObject' }>;

function altered(object: ObjectKind, name: Name | undefined, change: string): Altered {
  return { kind: 'alterObject', object, name: name ?? '', change };
}

function refreshOf({ concurrent, skipData }: RefreshMatViewStmt): string {
  if (skipData) return 'refresh with no data';
  return concurrent ? 'refresh concurrently' : 'refresh';
}

function publicationChange({ action, pubobjects }: AlterPublicationStmt): string {
  return pubobjects?.length ? (publicationChanges[action ?? ''] ?? 'options') : 'options';
}

const publicationChanges: Partial<Record<string, string>> = {
  AP_AddObjects: 'add',
  AP_DropObjects: 'drop',
  AP_SetObjects: 'set',
};

function readEnum(body: AlterEnumStmt): Effect {
  const type = nameOfNodes(body.typeName);
  const value = body.newVal ?? '';
  if (body.oldVal !== undefined) return { kind: 'renameEnumValue', type, value: body.oldVal, to: value };
  const added: Effect = { kind: 'addEnumValue', type, value };
  return body.skipIfNewValExists ? { ...added, ifNotExists: true } : added;
}

/** By the letter that the grammar gives. */
const domainChanges: Record<string, string> = {
  T: 'default',
  N: 'drop not null',
  O: 'set not null',
  C: 'add constraint',
  X: 'drop constraint',
  V: 'validate constraint',
};

function domainChange(body: AlterDomainStmt): string {
  const change = domainChanges[body.subtype ?? ''] ?? 'domain';
  if (body.subtype !== 'C' || !body.def || !('Constraint' in body.def)) return change;
  return body.def.Constraint.skip_validation ? `${change} not valid` : change;
}

function optionNames(options: Node[] | undefined): string {
  const names = (options ?? []).flatMap((node) => ('DefElem' in node ? (node.DefElem.defname ?? []) : []));
  return names.length > 0 ? names.join(', ') : 'options';
}

/** With the number that it goes on from, where one is said. */
function sequenceChange(options: Node[] | undefined): string {
  const numbers = (options ?? []).flatMap((node) =>
    'DefElem' in node && node.DefElem.defname === 'restart' ? [numberOf(node.DefElem.arg)] : [],
  );
  return [optionNames(options), ...numbers].join(' ').trim();
}

function numberOf(node: Node | undefined): string {
  if (node && 'Float' in node) return node.Float.fval ?? '';
  return node && 'Integer' in node ? String(node.Integer.ival ?? 0) : '';
}

function settingChange(set: VariableSetStmt | undefined): string {
  return `${set?.kind?.startsWith('VAR_SET') ? 'set' : 'reset'} ${set?.name ?? 'all'}`;
}

function readGrant(body: GrantStmt): Effect[] {
  const change = privilegeChange(body);
  return (body.objects ?? []).map((node) => {
    const effect = altered('privileges', nameOfNode(node), change);
    return body.targtype === 'ACL_TARGET_OBJECT' && 'RangeVar' in node && isTable(body.objtype)
      ? { ...effect, table: nameOf(node.RangeVar) }
      : effect;
  });
}

/** Of REVOKE … ON ALL TABLES IN SCHEMA. */
const everyTable = ' on every table';

function privilegeChange(body: GrantStmt): string {
  const privileges = body.privileges?.map(nameOfNode).join(', ') ?? 'all';
  const roles = (body.grantees ?? []).map(nameOfNode).join(', ');
  if (body.is_grant) return `grant ${privileges} to ${roles}`;
  if (body.grant_option) return `revoke the right to grant ${privileges} from ${roles}`;
  const isEvery = body.targtype === 'ACL_TARGET_ALL_IN_SCHEMA' && isTable(body.objtype);
  return `revoke ${privileges}${isEvery ? everyTable : ''} from ${roles}`;
}

function schemasOf(options: Node[] | undefined): string {
  const schemas = (options ?? []).flatMap((node) =>
    'DefElem' in node && node.DefElem.defname === 'schemas' ? stringsOf(itemsOf(node.DefElem.arg)) : [],
  );
  return schemas.length > 0 ? schemas.join(', ') : 'every schema';
}

function readNote(type: string | undefined, node: Node | undefined, change: string, text?: string): Effect {
  const parts = stringsOf(itemsOf(node));
  if (isTable(type)) return { kind: 'alterTable', table: nameOfNode(node), change };
  if (type === 'OBJECT_COLUMN') {
    const written = text === undefined ? {} : { text: `'${text.replaceAll("'", "''")}'` };
    const note = change === 'comment' ? { note: { column: parts.at(-1) ?? '', ...written } } : {};
    return { kind: 'alterTable', table: qualified(parts.slice(0, -1)), change, ...note };
  }
  const object = objectKinds[type ?? ''];
  if (!object) return { kind: 'noEffect', what: `a ${change} on a large object` };
  if (!ofTables.has(type ?? '')) return altered(object, nameOfNode(node), change);
  return { ...altered(object, parts.at(-1), change), table: qualified(parts.slice(0, -1)) };
}
