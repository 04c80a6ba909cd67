/** Defaults that a model says and the database does not know. */
import type { Column, Name } from '../../src/operations/operation.ts';
import { code, type Context } from '../../src/rule.ts';
import { findMapped } from '../../src/operations/mapped-questions.ts';

/** What to add to an advice about a column that the database does not fill; empty where the model is not known, or says no default. */
export function programDefault(table: Name, { name }: Column, { migration, models }: Context): string {
  const found = findMapped(table, name, migration, models.now);
  if (found?.mapped.default === undefined) return '';
  const { path, startLine } = found.mapped.span;
  const said = `The ${code(`default=${found.mapped.default}`)} of ${code(found.model.name)} (${code(`${path}:${startLine}`)})`;
  if (migration.framework === 'django') return ` ${said} is filled in by this release alone.`;
  return ` ${said} does not reach the database: SQLAlchemy fills it in on INSERTs of this release alone. Say ${code('server_default=')} there and in the migration.`;
}
