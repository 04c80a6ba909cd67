/** Calls of SQLAlchemy itself: most make values; engines, sessions and inspectors are hosts of what follows. */
import type { Run } from './run.ts';
import { argumentOf, pathOf, type CallValue, type Value } from './value.ts';

/** True for calls that say what a column or a statement is: what is called inside makes values, too. */
export function isDefinition(callee: Value): boolean {
  const path = pathOf(callee) ?? (callee.kind === 'attribute' ? callee.name : '');
  return /^sqlalchemy\.|(^|\.)(add_column|alter_column|create_table)$/.test(path);
}

/** The value of a call of `sqlalchemy.…`. */
export function callSqlalchemy(_: Run, call: CallValue, path: string): Value {
  const name = path.slice(path.lastIndexOf('.') + 1);
  switch (name) {
    case 'create_engine':
    case 'create_async_engine':
    case 'engine_from_config':
      return { kind: 'connection', second: true };
    case 'inspect':
    case 'from_engine':
    case 'Inspector':
      return { kind: 'inspector' };
    case 'Session':
    case 'sessionmaker':
    case 'scoped_session':
    case 'create_session':
      return sessionOf(call);
  }
  return call;
}

/** A session on another bind than the migration's connection is a second connection; a sessionmaker may be given its own. */
export function sessionOf(call: CallValue, maker?: Extract<Value, { kind: 'session' }>): Value {
  const bind = argumentOf(call, 0, 'bind');
  const known = bind?.kind === 'connection' || bind?.kind === 'session' ? bind : maker;
  return known?.second ? { kind: 'session', second: true } : { kind: 'session' };
}
