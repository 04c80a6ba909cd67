/** Methods of SQLAlchemy's own objects: enums and tables that are created by themselves, statements that are being built. */
import { createTable } from './create-table.ts';
import { logMethods, makesLogger } from '../syntax/loggers.ts';
import { childOf, namedChildren } from '../syntax/tree.ts';
import { evaluate } from './evaluate.ts';
import { isNetworkPath, moduleOf } from './known-calls.ts';
import { emit, type Run } from './run.ts';
import { shortened } from './call.ts';
import { tableOf } from './table.ts';
import { enumOf } from './type.ts';
import { argumentOf, pathOf, truthOf, type CallValue, type Value } from './value.ts';

/** What a method of a type, table, statement or model does and gives; undefined where the object is none. */
export function callSqlalchemyObject(run: Run, call: CallValue, object: Value, name: string): Value | undefined {
  const type = enumOf(object);
  if (type && (name === 'create' || name === 'drop')) {
    if (run.database === 'postgres') changeEnum(run, call, name, type);
    return { kind: 'none' };
  }
  const table = tableOf(run, object);
  if (table && name === 'create' && object.kind === 'call') {
    createTable(run, tableDefinition(object));
    return { kind: 'none' };
  }
  if (table && name === 'drop') {
    emit(run, call.node, { kind: 'dropTable', table: table.name });
    return { kind: 'none' };
  }
  if (table) return call;
  if (isPlainClass(run, object)) return { kind: 'unknown', from: 'library' };
  if (isModel(object)) return ofApplication(run, call, name);
  const path = rootPath(object);
  if (path === undefined) return undefined;
  if (moduleOf(path) === 'sqlalchemy' || moduleOf(path) === 'alembic') return call;
  if (isNetworkPath(path)) return undefined;
  if (!path.includes('.') && !run.module.imports.has(path)) return undefined;
  return object.kind === 'call' && !isMisused(path, name) ? call : ofApplication(run, call, name);
}

/** What looks like a logger, and is asked for something else. */
function isMisused(path: string, name: string): boolean {
  return makesLogger(path) && !logMethods.has(name);
}

function changeEnum(run: Run, call: CallValue, name: string, type: NonNullable<ReturnType<typeof enumOf>>): void {
  const checked = truthOf(argumentOf(call, 1, 'checkfirst'));
  if (name === 'drop')
    emit(run, call.node, {
      kind: 'dropObject',
      object: 'type',
      name: type.name,
      ...(checked === true ? { ifExists: true } : {}),
    });
  else
    emit(run, call.node, {
      kind: 'createType',
      type: type.name,
      ...(type.values ? { values: type.values } : {}),
      // `postgresql.ENUM` looks by itself, `sa.Enum` when it is told to.
      ...(checked === true || (checked === undefined && type.looksFirst) ? { conditional: true } : {}),
    });
}

/** `sa.Table('name', metadata, …)` with its metadata left out. */
function tableDefinition(table: CallValue): CallValue {
  return { ...table, positional: table.positional.filter((_, index) => index !== 1) };
}

function rootPath(value: Value): string | undefined {
  if (value.kind === 'call') return rootPath(value.callee);
  return value.kind === 'attribute' ? rootPath(value.object) : pathOf(value);
}

/** A class of the file that only holds values: what it inherits reaches no database. */
function isPlainClass(run: Run, value: Value): boolean {
  const named = value.kind === 'call' ? value.callee : value;
  if (named.kind !== 'class') return false;
  const bases = childOf(named.definition, 'superclasses');
  return (bases ? namedChildren(bases) : []).some((base) => {
    const path = base.type === 'keyword_argument' ? undefined : pathOf(evaluate(run, base, named.scope));
    return path !== undefined && /^(pydantic|enum|typing|typing_extensions)\./.test(path);
  });
}

/** A class of the file without a table that is known here: a model of another library, such as peewee. */
function isModel(value: Value): boolean {
  if (value.kind === 'call') return value.callee.kind === 'class' || isModel(value.callee);
  return value.kind === 'attribute' ? isModel(value.object) : value.kind === 'class';
}

/** A model of the application brings its own session, and with it a connection of its own: `Model.query`, `db.session`. */
function ofApplication(run: Run, call: CallValue, name: string): Value {
  if (run.defining > 0) return call;
  emit(run, call.node, { kind: 'runCode', code: shortened(run, call.node), does: 'application code' });
  return name === 'query' ? { kind: 'rows' } : { kind: 'unknown', from: 'application' };
}
