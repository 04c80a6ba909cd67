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
  return ` Views, procedures and triggers that name ${code(table)} by it keep the old name and fail too.${taken(table, to)}`;
}

function taken(table: Name, to: string): string {
  const last = to.startsWith('[') ? to : to.slice(to.lastIndexOf('[') >>> 0);
  if (last.startsWith('[')) return ` The brackets become part of the new name, which is ${code(last)} then.`;
  if (to.split('.').length <= table.split('.').length) return '';
  return ` The new name is taken whole: the point is part of it, and it has to be written ${code(`[${to}]`)} from then on.`;
}
