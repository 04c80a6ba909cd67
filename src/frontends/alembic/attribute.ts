/** What an attribute of a value is: the dialect of a connection, a name below an imported one, the columns of a table. */
import type { Database } from '../../operations/migration.ts';
import type { Run } from './run.ts';
import { unknown, type Value } from './value.ts';

/** The names under which SQLAlchemy knows its dialects. */
export const dialectNames: Record<Exclude<Database, 'unknown'>, string> = {
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'mssql',
};

/** An attribute of a value. */
export function attributeOf(run: Run, object: Value, name: string): Value {
  if (object.kind === 'name') return { ...object, path: `${object.path}.${name}` };
  if (object.kind === 'connection' && name === 'connection') return object;
  if (object.kind === 'session' && name === 'bind') return { ...object, kind: 'connection' };
  if (isDialect(object) && (name === 'name' || name === '__dialect__')) return dialectName(run.database);
  if (object.kind === 'call' && isContext(object) && name === 'connection') return { kind: 'connection' };
  if (object.kind === 'unknown' && object.from) return object;
  return { kind: 'attribute', object, name };
}

/** `op.get_context()`. */
export function isContext(value: Value): boolean {
  return value.kind === 'call' && value.callee.kind === 'name' && /^alembic\..*\bget_context$/.test(value.callee.path);
}

function isDialect(value: Value): boolean {
  if (value.kind !== 'attribute' || !['dialect', 'impl'].includes(value.name)) return false;
  const { object } = value;
  const owner = object.kind === 'attribute' && object.name === 'engine' ? object.object : object;
  return owner.kind === 'connection' || owner.kind === 'batch' || isContext(owner);
}

function dialectName(database: Database): Value {
  return database === 'unknown' ? unknown : { kind: 'string', text: dialectNames[database] };
}
