/** Defaults that a model says and the database does not know. */
import type { Column } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import { code, type Context } from '../../src/rule.ts';
import { mapperOf } from './mappers.ts';
import { findMapped } from '../../src/operations/mapped-questions.ts';

/** The default as the database says it, where it is a plain value; undefined for what the program works out. */
export function programValue(table: Name, { name, type }: Column, { migration, models }: Context): string | undefined {
  const written = findMapped(table, name, migration, models.now)?.mapped.default;
  if (written === undefined || !type) return undefined;
  const isNumber = migration.database === 'sqlserver' || migration.database === 'sqlite';
  if (type.name === 'boolean' || type.name === 'bit') {
    if (!/^(?:true|false)$/i.test(written)) return undefined;
    const isTrue = written.toLowerCase() === 'true';
    return isNumber ? String(Number(isTrue)) : String(isTrue);
  }
  if (/int|numeric|decimal|real|double|float/.test(type.name))
    return /^-?\d+(?:\.\d+)?$/.test(written) ? written : undefined;
  const quoted = /char|text|string/.test(type.name) ? /^(["'])([\w .:/+-]*)\1$/.exec(written) : undefined;
  return quoted?.[2] === undefined ? undefined : `'${quoted[2]}'`;
}

/** What to add to an advice about a column that the database does not fill; empty where the model is not known, or says no default. */
export function programDefault(table: Name, { name }: Column, { migration, models }: Context): string {
  const found = findMapped(table, name, migration, models.now);
  if (found?.mapped.default === undefined) return '';
  const { model, mapped } = found;
  const { path, startLine } = mapped.span;
  const isPython = model.framework === 'django' || model.framework === 'sqlalchemy';
  const written = isPython ? `default=${mapped.default}` : (mapped.default ?? '');
  const said = `The ${isPython ? '' : 'value '}${code(written)} of ${code(model.name)} (${code(`${path}:${startLine}`)})`;
  if (migration.framework === 'django') return ` ${said} is filled in by this release alone.`;
  const title = mapperOf(model.framework)?.title ?? 'the program';
  const cure = model.framework === 'sqlalchemy' ? ` Say ${code('server_default=')} there and in the migration.` : '';
  return ` ${said} does not reach the database: ${title} fills it in on INSERTs of this release alone.${cure}`;
}
