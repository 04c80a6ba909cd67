/** Defaults that a model says and the database does not know. */
import type { Column } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import { code, type Context } from '../../src/rule.ts';
import { mapperOf } from './mappers.ts';
import { findMapped } from '../../src/operations/mapped-questions.ts';

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
