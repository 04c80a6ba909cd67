/** `op.alter_column` as each database gets it: PostgreSQL clause by clause, MySQL and SQL Server the whole column anew. */
import type { Expression } from '../../operations/column.ts';
import type { OperationOf } from '../../operations/operation.ts';
import { defaultOf } from './expression.ts';
import { literalText } from '../syntax/generated-sql.ts';
import type { OpCall } from './op.ts';
import { readCondition } from './read-fragment.ts';
import { emit, type Run } from './run.ts';
import { enumOf, typeOrName } from './type.ts';
import { nameOfValue, textOfValue, truthOf, type Value } from './value.ts';

type Altered = Omit<OperationOf<'alterColumn'>, 'span' | 'statement'>;

/** Emits what one call changes. */
export function alterColumn(run: Run, op: OpCall): void {
  const column = nameOfValue(op.get('column_name'));
  const renamed = given(op.get('new_column_name', 'name'));
  const to = renamed && nameOfValue(renamed);
  if (run.database === 'mysql' || run.database === 'mariadb') alterMysql(run, op, column, to);
  else if (run.database === 'sqlserver') alterSqlserver(run, op, column);
  else alterStandard(run, op, column);
  if (to !== undefined && run.database !== 'mysql' && run.database !== 'mariadb')
    emit(run, op.call.node, { kind: 'renameColumn', table: op.table, column, to });
  const comment = op.get('comment');
  if (comment && run.database === 'postgres')
    emit(run, op.call.node, { kind: 'alterTable', table: op.table, change: 'comment' });
}

function alterStandard(run: Run, op: OpCall, column: string): void {
  const { node } = op.call;
  const start: Altered = { kind: 'alterColumn', table: op.table, column };
  const type = given(op.get('type_'));
  if (type) {
    const effect: Altered = { ...start, ...typed(run, type), ...unmade(run, type) };
    const using = op.get('postgresql_using');
    if (using && run.database === 'postgres') effect.using = usingOf(run, using);
    emit(run, node, effect);
  }
  const nullable = truthOf(op.get('nullable'));
  if (nullable !== undefined) emit(run, node, { ...start, nullable });
  alterDefault(run, op, start);
}

/** `server_default=False` leaves it as it is, None drops it. */
function alterDefault(run: Run, op: OpCall, start: Altered): void {
  const standard = op.get('server_default');
  if (!standard || truthOf(standard) === false) return;
  const isIdentity = standard.kind === 'call' && pathText(standard).endsWith('Identity');
  const fromOne = run.database === 'postgres' && beginsWithOne(standard) && !given(op.get('existing_server_default'));
  const always = run.database === 'postgres' && isAlways(standard) && !given(op.get('existing_server_default'));
  const identity = { generated: 'identity' as const, ...(fromOne && { fromOne }), ...(always && { always }) };
  if (isIdentity) emit(run, op.call.node, { ...start, ...identity });
  else emit(run, op.call.node, { ...start, default: defaultOf(run, standard) ?? 'none' });
}

/** `Identity(always, on_null, start, …)`. */
function beginsWithOne(identity: Value): boolean {
  if (identity.kind !== 'call' || identity.spread || identity.positional.length > 2) return false;
  return !['start', 'minvalue', 'increment'].some((name) => identity.keywords.has(name));
}

function isAlways(identity: Value): boolean {
  if (identity.kind !== 'call' || identity.spread) return false;
  return truthOf(identity.keywords.get('always') ?? identity.positional[0]) === true;
}

function pathText(value: Value): string {
  return value.kind === 'call' && value.callee.kind === 'name' ? value.callee.path : '';
}

/** `MySQLImpl.alter_column`: CHANGE with a new name, MODIFY for type and nullability, ALTER for the default alone. */
function alterMysql(run: Run, op: OpCall, column: string, to: string | undefined): void {
  const { node } = op.call;
  const isRestated = [op.get('nullable'), op.get('type_'), op.get('autoincrement'), op.get('comment')].some(
    (value) => given(value) !== undefined,
  );
  if (to === undefined && !isRestated) {
    alterDefault(run, op, { kind: 'alterColumn', table: op.table, column });
    return;
  }
  const standard = op.get('server_default');
  const kept = standard && truthOf(standard) !== false ? standard : given(op.get('existing_server_default'));
  const counts = truthOf(given(op.get('autoincrement')) ?? op.get('existing_autoincrement')) === true;
  const comment = textOfValue(given(op.get('comment')) ?? op.get('existing_comment'));
  const said = truthOf(op.get('nullable')) ?? truthOf(op.get('existing_nullable'));
  const restated: Altered = {
    kind: 'alterColumn',
    table: op.table,
    column: to ?? column,
    ...typed(run, given(op.get('type_')) ?? op.get('existing_type')),
    nullable: said ?? true,
    ...(said ? { saidNullable: true } : {}),
    default: (kept && truthOf(kept) !== false ? defaultOf(run, kept) : undefined) ?? 'none',
    generated: counts ? 'identity' : 'none',
    ...(comment === undefined ? {} : { comment: literalText(comment, run.database) }),
    restated: true,
  };
  if (to === undefined || to === column) emit(run, node, restated);
  else emit(run, node, { kind: 'renameColumn', table: op.table, column, to }, restated);
}

/** `MSSQLImpl.alter_column`: type and nullability in one, the default in a constraint of its own. */
function alterSqlserver(run: Run, op: OpCall, column: string): void {
  const start: Altered = { kind: 'alterColumn', table: op.table, column };
  const type = given(op.get('type_'));
  const nullable = truthOf(op.get('nullable')) ?? (type ? truthOf(op.get('existing_nullable')) : undefined);
  if (type || nullable !== undefined)
    emit(run, op.call.node, {
      ...start,
      ...typed(run, type ?? op.get('existing_type')),
      ...(nullable === undefined ? {} : { nullable }),
      restated: true,
    });
  alterDefault(run, op, start);
}

function typed(run: Run, value: Value | undefined): Pick<Altered, 'type'> {
  const type = typeOrName(run, value);
  return type ? { type } : {};
}

/** Alembic makes the type of an enum with a table alone. */
function unmade(run: Run, value: Value): Pick<Altered, 'unmadeType'> {
  const type = run.database === 'postgres' ? enumOf(value) : undefined;
  return type ? { unmadeType: type.name } : {};
}

function usingOf(run: Run, using: Value): Expression {
  const text = textOfValue(using) ?? '';
  const { expression } = readCondition(`(${text}) IS NOT NULL`, run.database);
  return { ...expression, sql: text };
}

/** None stands for an argument that is not given. */
function given(value: Value | undefined): Value | undefined {
  return value?.kind === 'none' ? undefined : value;
}
