/** What a column of PostgreSQL loses where a framework says it anew: alter() of Knex, changeColumn of Sequelize. */
import type { Column } from '../../src/operations/column.ts';
import { restatingCalls } from '../../src/operations/facts/restating-calls.ts';
import { isSameType } from '../../src/operations/facts/type-change.ts';
import { missingValueErrors } from '../../src/operations/facts/row-errors.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { isInPrimaryKey } from '../../src/operations/schema.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { printable } from '../../src/writers/identifier.ts';

/** Both send DROP NOT NULL and DROP DEFAULT for what the call leaves out: https://knexjs.org/guide/schema-builder.html#alter, https://sequelize.org/api/v6/class/src/dialects/abstract/query-interface.js~queryinterface#instance-method-changeColumn */
const words: Partial<Record<string, { required: string; filled: string }>> = {
  knex: { required: '.notNullable()', filled: '.defaultTo(…)' },
  sequelize: { required: 'allowNull: false', filled: 'defaultValue: …' },
};

/** What is lost beside a change of the type, and what comes of it. */
export function findLostOnPostgres(
  operation: OperationOf<'alterColumn'>,
  old: Column,
  { migration, schema }: Context,
): Found | undefined {
  const { table, column, type, nullable, default: value, saidNullable } = operation;
  const said = words[migration.framework];
  if (!said || !type || !old.type || isSameType(type, old.type)) return undefined;
  const isRequired = !old.nullable && !isInPrimaryKey(schema, table, column);
  const isFreed = isRequired && nullable === true && saidNullable !== true;
  const isEmptied = old.default !== undefined && value === 'none' && old.generated === undefined;
  if (!isFreed && !isEmptied) return undefined;
  const lost = [isFreed ? '`NOT NULL`' : '', isEmptied ? code(`DEFAULT ${printable(old.default?.sql ?? '')}`) : ''];
  const again = [isFreed ? said.required : '', isEmptied ? said.filled : ''];
  return {
    ...(isFreed || isRequired ? {} : { severity: 'notice' }),
    message: `${code(`${table}.${column}`)} loses its ${lost.filter(Boolean).join(' and its ')}: ${restatingCalls[migration.framework]?.call} says the whole column anew, and drops what it does not say. ${effect(isFreed, isEmptied, nullable === false)}`,
    advice: `Say it again with ${again
      .filter(Boolean)
      .map((each) => code(each))
      .join(' and ')}.`,
  };
}

function effect(isFreed: boolean, isEmptied: boolean, isRequired: boolean): string {
  if (isFreed && isEmptied)
    return 'A row that is written without it holds NULL from then on, where it held the default before, and code that reads it is not made for that.';
  if (isFreed) return 'It takes NULL from then on, and code that reads it is not made for that.';
  if (isRequired) return `An INSERT that leaves the column out fails from then on with ${missingValueErrors.postgres}.`;
  return 'A row that is written without it holds NULL from then on, and not the default.';
}
