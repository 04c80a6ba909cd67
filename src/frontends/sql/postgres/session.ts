/** Transactions, settings and locks. */
import type { LockStmt, Node, TransactionStmt, VariableSetStmt } from 'libpg-query';
import type { OperationOf } from '../../../operations/operation.ts';
import { nameOf } from './names.ts';
import type { Effect, StatementReaders } from './statement.ts';

/** Readers of the statements that steer the session. */
export const sessionReaders: StatementReaders = {
  TransactionStmt: readTransaction,
  VariableSetStmt: readVariableSet,
  LockStmt: readLock,
  ConstraintsSetStmt: (body) => [
    { kind: 'setSession', setting: 'constraints', value: body.deferred ? 'deferred' : 'immediate', local: true },
  ],
  DiscardStmt: (body) =>
    body.target === 'DISCARD_ALL'
      ? [{ kind: 'setSession', setting: 'all', value: 'default' }]
      : [{ kind: 'noEffect', what: 'DISCARD' }],
};

function readTransaction(body: TransactionStmt): Effect[] {
  const chained: Effect[] = body.chain ? [{ kind: 'begin' }] : [];
  switch (body.kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return [{ kind: 'begin' }];
    case 'TRANS_STMT_COMMIT':
      return [{ kind: 'commit' }, ...chained];
    case 'TRANS_STMT_ROLLBACK':
      return [{ kind: 'rollback' }, ...chained];
    case 'TRANS_STMT_SAVEPOINT':
      return [{ kind: 'noEffect', what: 'SAVEPOINT' }];
    case 'TRANS_STMT_RELEASE':
      return [{ kind: 'noEffect', what: 'RELEASE SAVEPOINT' }];
    case 'TRANS_STMT_ROLLBACK_TO':
      return [{ kind: 'noEffect', what: 'ROLLBACK TO SAVEPOINT' }];
  }
  return [{ kind: 'opaque', reason: 'it is one half of a two-phase commit; the other half stands elsewhere' }];
}

function readVariableSet(body: VariableSetStmt): Effect[] {
  const local = body.is_local === true;
  const name = (body.name ?? '').toLowerCase();
  if (body.kind === 'VAR_RESET_ALL') return [{ kind: 'setSession', setting: 'all', value: 'default' }];
  if (body.kind === 'VAR_SET_VALUE') return [readSetting(name, body.args?.map(valueOf).join(', '), local)];
  if (body.kind === 'VAR_SET_MULTI') {
    const value = (body.args ?? []).flatMap((node) => ('DefElem' in node ? (node.DefElem.defname ?? []) : []));
    return [withLocal({ kind: 'setSession', setting: name, value: value.join(', ') }, local)];
  }
  const timeout = Object.hasOwn(timeouts, name) ? timeouts[name] : undefined;
  if (timeout) return [withLocal({ kind: 'setTimeout', timeout, ...isReset(body.kind) }, local)];
  const value = body.kind === 'VAR_SET_CURRENT' ? 'current' : 'default';
  return [withLocal({ kind: 'setSession', setting: name, value }, local)];
}

function isReset(kind: VariableSetStmt['kind']): { reset?: true } {
  return kind === 'VAR_SET_DEFAULT' || kind === 'VAR_RESET' ? { reset: true } : {};
}

const timeouts: Record<string, OperationOf<'setTimeout'>['timeout']> = {
  lock_timeout: 'lock',
  statement_timeout: 'statement',
  idle_in_transaction_session_timeout: 'idle',
};

/** The effect of giving a setting a value, which is undefined where it cannot be read. */
export function readSetting(setting: string, value: string | undefined, local: boolean): Effect {
  const timeout = Object.hasOwn(timeouts, setting) ? timeouts[setting] : undefined;
  if (!timeout) return withLocal({ kind: 'setSession', setting, value: value ?? 'unknown' }, local);
  const milliseconds = value === undefined ? undefined : millisecondsOf(value);
  const effect: Effect = { kind: 'setTimeout', timeout };
  return withLocal(milliseconds === undefined ? effect : { ...effect, milliseconds }, local);
}

function withLocal(effect: Extract<Effect, { kind: 'setSession' | 'setTimeout' }>, local: boolean): Effect {
  return local ? { ...effect, local: true } : effect;
}

/** Factors of the units that PostgreSQL takes for a time; without one the settings count milliseconds. */
const units: Record<string, number> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

function millisecondsOf(value: string): number | undefined {
  const parts = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(us|ms|s|min|h|d)?\s*$/.exec(value);
  if (!parts) return undefined;
  return Math.round(Number(parts[1]) * (units[parts[2] ?? 'ms'] ?? 1));
}

function valueOf(node: Node): string {
  if ('TypeCast' in node) return node.TypeCast.arg ? valueOf(node.TypeCast.arg) : '';
  if (!('A_Const' in node)) return '';
  const { ival, fval, sval, boolval } = node.A_Const;
  if (ival) return String(ival.ival ?? 0);
  if (boolval) return String(boolval.boolval === true);
  return fval?.fval ?? sval?.sval ?? '';
}

/** Lock modes by their number in the grammar. */
const lockModes = [
  '',
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

function readLock(body: LockStmt): Effect[] {
  const mode = lockModes[body.mode ?? 0] ?? '';
  return (body.relations ?? []).flatMap((node) =>
    'RangeVar' in node ? [{ kind: 'lockTable' as const, table: nameOf(node.RangeVar), mode }] : [],
  );
}
