/** What sp_rename of SQL Server leaves undone. */
import type { Migration } from '../../src/operations/migration.ts';
import type { Name } from '../../src/operations/name.ts';
import { code } from '../../src/rule.ts';

/**
 * Views, procedures and triggers keep the old name, and the new one is taken as it is written:
 * https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-rename-transact-sql#remarks
 */
export function renamedBy(table: Name, to: string, { database }: Migration): string {
  if (database !== 'sqlserver') return '';
  const last = to.startsWith('[') ? to : to.slice(to.lastIndexOf('[') >>> 0);
  const literal = last.startsWith('[') ? ` The brackets become part of the new name, which is ${code(last)} then.` : '';
  return ` Views, procedures and triggers that name ${code(table)} by it keep the old name and fail too.${literal}`;
}
