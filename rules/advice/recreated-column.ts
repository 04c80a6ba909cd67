/** A column that TypeORM drops and makes anew, where its type or length is another than before. */
import { isSameType } from '../../src/operations/facts/type-change.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { typeSql } from '../../src/writers/identifier.ts';
import { isAddedHere } from './dropped-column.ts';
import { led, migrationFence } from './fence.ts';
import { isMysql } from './online-change.ts';

type AlterColumn = Operation & OperationOf<'alterColumn'>;

/** `changeColumn` of the runners of all databases: https://github.com/typeorm/typeorm/blob/master/src/driver/mysql/MysqlQueryRunner.ts, 0.3 */
export function findRecreated(operation: AlterColumn, context: Context): Found | undefined {
  const { table, column, type, anewIfOther } = operation;
  if (!anewIfOther || !type || context.isNew(table) || isAddedHere(operation, context)) return undefined;
  const old = findColumn(context.schema, table, column)?.type;
  if (old && isSameType(old, type)) return undefined;
  const unless = old ? '' : ', unless its type and length stay as they are, which is not known here';
  return {
    ...(old ? {} : { severity: 'warning' }),
    message: `\`changeColumn\` drops ${code(`${table}.${column}`)} and adds it anew as ${code(typeSql(type))}${unless}: TypeORM changes no type and no length in place. The values go, no rollback brings them back, and the release that still runs fails in between.`,
    advice: led('Send the change itself, which keeps the values:', inPlace(operation, context)),
  };
}

/** MySQL says the whole column anew; elsewhere the type alone changes. */
function inPlace(
  { table, column, type, nullable, default: value }: AlterColumn,
  { migration, schema }: Context,
): string {
  if (!type) return '';
  const was = findColumn(schema, table, column);
  const whole = isMysql(migration.database) && {
    nullable: nullable ?? true,
    ...(value === undefined ? {} : { default: value }),
    restated: true as const,
  };
  return migrationFence(migration, [{ kind: 'alterColumn', table, column, type, ...whole, ...(was && { was }) }]);
}
