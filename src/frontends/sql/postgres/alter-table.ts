/** ALTER TABLE: one operation for each of its commands. */
import type { AlterTableCmd, AlterTableStmt, Node, ReplicaIdentityStmt } from 'libpg-query';
import type { Name } from '../../../operations/name.ts';
import type { ObjectKind } from '../../../operations/object-operation.ts';
import { columnOf, constraintOf } from './column.ts';
import { dataTypeOf } from './data-type.ts';
import { expressionOf, isNull } from './expression.ts';
import { nameOf } from './names.ts';
import { ownCheckOf } from './own-check.ts';
import {
  bracketStep,
  findOutsideBrackets,
  isSymbol,
  isWord,
  sourceOf,
  tokenIndexAt,
  tokenIndexFrom,
  type Effect,
  type Place,
  type Statement,
  type StatementReaders,
} from './statement.ts';

/** The reader of ALTER TABLE and of its kin that share its grammar. */
export const alterTableReaders: StatementReaders = { AlterTableStmt: readAlterTable };

const otherKinds: Partial<Record<string, ObjectKind>> = {
  OBJECT_INDEX: 'index',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_TYPE: 'type',
  OBJECT_VIEW: 'view',
};

function readAlterTable(body: AlterTableStmt, statement: Statement): Effect[] {
  const name = nameOf(body.relation);
  const commands = (body.cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? [node.AlterTableCmd] : []));
  const places = placesOfCommands(body, commands.length, statement);
  const object = otherKinds[body.objtype ?? ''];
  return commands.map((command, index) => {
    const place = places[index] ?? { start: statement.start, end: statement.end };
    if (object) return { kind: 'alterObject', object, name, change: changeText(statement, place), place };
    const effect = readCommand(command, name, statement, place);
    if (effect.kind === 'addColumn' && !body.relation?.inh) effect.onlyParent = true;
    return { ...effect, place };
  });
}

/** Commands stand between commas, behind the name of the table. */
function placesOfCommands(body: AlterTableStmt, count: number, statement: Statement): Place[] {
  const { tokens } = statement;
  let from = tokenIndexAt(statement, body.relation?.location) + 1;
  while (isSymbol(tokens[from], '.')) from += 2;
  if (isSymbol(tokens[from], '*')) from++;
  const places: Place[] = [];
  let depth = 0;
  let current: Place | undefined;
  for (const token of tokens.slice(from)) {
    depth += bracketStep(token);
    if (depth === 0 && isSymbol(token, ',')) {
      if (current) places.push(current);
      current = undefined;
    } else current = { start: current?.start ?? token.start, end: token.end };
  }
  if (current) places.push(current);
  return places.length === count ? places : [];
}

function readCommand(command: AlterTableCmd, table: Name, statement: Statement, place: Place): Effect {
  const column = command.name ?? '';
  switch (command.subtype) {
    case 'AT_AddColumn':
      return addColumn(command, table, statement);
    case 'AT_DropColumn':
      return { kind: 'dropColumn', table, column, ...ifExists(command), ...cascade(command) };
    case 'AT_SetNotNull':
      return { kind: 'alterColumn', table, column, nullable: false };
    case 'AT_DropNotNull':
      return { kind: 'alterColumn', table, column, nullable: true };
    case 'AT_ColumnDefault':
      return { kind: 'alterColumn', table, column, default: newDefault(command.def, statement, place) };
    case 'AT_AlterColumnType':
      return alterType(command, table, statement, place);
    case 'AT_AddIdentity':
      return {
        kind: 'alterColumn',
        table,
        column,
        generated: 'identity',
        ...fromOne(command.def),
        ...always(command.def),
      };
    case 'AT_DropIdentity':
    case 'AT_DropExpression':
      return { kind: 'alterColumn', table, column, generated: 'none' };
    case 'AT_AddConstraint':
      return addConstraint(command.def, table, statement);
    case 'AT_DropConstraint':
      return { kind: 'dropConstraint', table, name: column, ...ifExists(command), ...cascade(command) };
    case 'AT_ValidateConstraint':
      return { kind: 'validateConstraint', table, name: column };
    case 'AT_AttachPartition':
      return partition(command.def, table, 'attach');
    case 'AT_DetachPartition':
      return partition(command.def, table, 'detach');
  }
  if (command.def && 'ReplicaIdentityStmt' in command.def)
    return { kind: 'alterTable', table, change: identityChange(command.def.ReplicaIdentityStmt) };
  const how = rebuilds[command.subtype ?? ''];
  if (how) return { kind: 'rebuildTable', table, how };
  if (settings.has(command.subtype ?? '')) return { kind: 'alterTable', table, change: changeText(statement, place) };
  return { kind: 'opaque', reason: `this form of ALTER TABLE is not known: ${changeText(statement, place)}` };
}

/** Without a word about it: https://www.postgresql.org/docs/current/sql-createsequence.html */
function fromOne(identity: Node | undefined): { fromOne?: true } {
  const options = identity && 'Constraint' in identity ? (identity.Constraint.options ?? []) : [];
  const isSaid = options.some(
    (node) => 'DefElem' in node && ['start', 'minvalue', 'increment', 'restart'].includes(node.DefElem.defname ?? ''),
  );
  return isSaid ? {} : { fromOne: true };
}

/** The other one is BY DEFAULT. */
function always(identity: Node | undefined): { always?: true } {
  return identity && 'Constraint' in identity && identity.Constraint.generated_when === 'a' ? { always: true } : {};
}

/** Commands that write every row anew, or move all of them to another disk. */
const rebuilds: Partial<Record<string, string>> = {
  AT_SetLogged: 'SET LOGGED',
  AT_SetUnLogged: 'SET UNLOGGED',
  AT_SetAccessMethod: 'SET ACCESS METHOD',
  AT_SetTableSpace: 'SET TABLESPACE',
  AT_SetExpression: 'SET EXPRESSION',
};

/** Commands that rewrite nothing; their own words say what they change. */
const settings = new Set<string>([
  'AT_SetStatistics',
  // The end of a DETACH … CONCURRENTLY that was interrupted: nothing reads the partition through its parent any more.
  'AT_DetachPartitionFinalize',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetStorage',
  'AT_SetCompression',
  'AT_AlterConstraint',
  'AT_AlterColumnGenericOptions',
  'AT_ChangeOwner',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_DropOids',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
  'AT_EnableTrig',
  'AT_EnableAlwaysTrig',
  'AT_EnableReplicaTrig',
  'AT_DisableTrig',
  'AT_EnableTrigAll',
  'AT_DisableTrigAll',
  'AT_EnableTrigUser',
  'AT_DisableTrigUser',
  'AT_EnableRule',
  'AT_EnableAlwaysRule',
  'AT_EnableReplicaRule',
  'AT_DisableRule',
  'AT_AddInherit',
  'AT_DropInherit',
  'AT_AddOf',
  'AT_DropOf',
  'AT_EnableRowSecurity',
  'AT_DisableRowSecurity',
  'AT_ForceRowSecurity',
  'AT_NoForceRowSecurity',
  'AT_GenericOptions',
  'AT_SetIdentity',
]);

function identityChange({ identity_type: type = '', name = '' }: ReplicaIdentityStmt): string {
  const how = { d: 'DEFAULT', f: 'FULL', n: 'NOTHING' }[type] ?? `USING INDEX ${name}`;
  return `REPLICA IDENTITY ${how}`;
}

function changeText(statement: Statement, place: Place): string {
  return sourceOf(statement, place).replace(/\s+/g, ' ').slice(0, 200);
}

function addColumn(command: AlterTableCmd, table: Name, statement: Statement): Effect {
  if (!command.def || !('ColumnDef' in command.def)) return { kind: 'opaque', reason: 'a column without a definition' };
  const column = columnOf(command.def.ColumnDef, table.split('.').at(-1) ?? table, statement);
  const ownCheck = ownCheckOf(command.def.ColumnDef, column);
  const added: Effect = { kind: 'addColumn', table, column: ownCheck ? { ...column, ownCheck } : column };
  return command.missing_ok ? { ...added, ifNotExists: true } : added;
}

function newDefault(node: Node | undefined, statement: Statement, place: Place) {
  if (!node || isNull(node)) return 'none';
  return expressionOf(node, statement, placeBehind(statement, place, 'DEFAULT'));
}

function alterType(command: AlterTableCmd, table: Name, statement: Statement, place: Place): Effect {
  const definition = command.def && 'ColumnDef' in command.def ? command.def.ColumnDef : undefined;
  const type = dataTypeOf(definition?.typeName, definition?.collClause);
  const altered: Extract<Effect, { kind: 'alterColumn' }> = { kind: 'alterColumn', table, column: command.name ?? '' };
  if (type) altered.type = type;
  if (definition?.raw_default)
    altered.using = expressionOf(definition.raw_default, statement, placeBehind(statement, place, 'USING'));
  return altered;
}

/** What stands in a command behind a keyword, to the command's end. */
function placeBehind(statement: Statement, place: Place, keyword: string): Place | undefined {
  const from = tokenIndexFrom(statement.tokens, place.start);
  const found = findOutsideBrackets(statement.tokens, from, (token) => isWord(token, keyword));
  const next = found === undefined ? undefined : statement.tokens[found + 1];
  return next && { start: next.start, end: place.end };
}

function addConstraint(node: Node | undefined, table: Name, statement: Statement): Effect {
  const constraint = node && 'Constraint' in node ? constraintOf(node.Constraint, statement) : undefined;
  if (!constraint) return { kind: 'opaque', reason: 'this kind of constraint is not known' };
  return { kind: 'addConstraint', table, constraint };
}

function partition(node: Node | undefined, table: Name, action: 'attach' | 'detach'): Effect {
  const altered: Extract<Effect, { kind: 'alterPartition' }> = { kind: 'alterPartition', table, action };
  if (!node || !('PartitionCmd' in node)) return altered;
  return {
    ...altered,
    partition: nameOf(node.PartitionCmd.name),
    ...(node.PartitionCmd.concurrent ? { concurrently: true } : {}),
  };
}

function ifExists(command: AlterTableCmd): { ifExists?: true } {
  return command.missing_ok ? { ifExists: true } : {};
}

function cascade(command: AlterTableCmd): { cascade?: true } {
  return command.behavior === 'DROP_CASCADE' ? { cascade: true } : {};
}
