/** Defaults that a program works out, and those that the database fills in. */
import type { Migration } from '../operations/migration.ts';
import { isConstant, type Column, type Expression } from '../operations/column.ts';
import { isSqlConstant } from './django-field.ts';

/** The function that Django calls for each new row: `uuid.uuid4`. */
export function programOf(framework: string, value: Expression | undefined): string | undefined {
  const by = value?.sql.replace(/\(\)$/, '');
  return framework === 'django' && by !== undefined && /^[a-z]\w*(?:\.[a-z]\w*)+$/i.test(by) ? by : undefined;
}

/** What the database itself fills in. What Django calls (`uuid.uuid4()`) or works out (`settings.MODE or 1`) never reaches it. */
export function databaseDefault(
  { default: value }: Pick<Column, 'default'>,
  { framework }: Pick<Migration, 'framework'>,
): Expression | undefined {
  if (!value || programOf(framework, value) !== undefined) return undefined;
  return framework === 'django' && isConstant(value) && !isSqlConstant(value) ? undefined : value;
}
