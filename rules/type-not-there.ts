import { isComputedName, type Name } from '../src/operations/name.ts';
import { isTypeSeen } from '../src/operations/seen-types.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** A column of a type that nothing has made: the framework makes it with a table alone. */
export const typeNotThere: Rule = {
  id: 'type-not-there',
  title: 'A column of a type that no migration makes',
  severity: 'warning',
  concerns: 'process',
  check: {
    addColumn: ({ table, column, unmadeType, conditional }, context) => {
      if (conditional || !isMissing(unmadeType, table, context)) return undefined;
      return {
        ...find(`Adding ${code(`${table}.${column.name}`)}`, unmadeType, context),
        advice: `Before it, ${creation(unmadeType)}, and on the way back, behind \`op.drop_column\`, the same with \`drop\`: the column does not take the type along.`,
      };
    },
    alterColumn: ({ table, column, unmadeType, using, conditional }, context) => {
      if (conditional || !isMissing(unmadeType, table, context)) return undefined;
      const how = using ? '' : ` The call itself says how with ${code(`postgresql_using="${column}::${unmadeType}"`)}.`;
      return {
        ...find(`Changing the type of ${code(`${table}.${column}`)}`, unmadeType, context),
        advice: `Before it, ${creation(unmadeType)}, and on the way back, behind the call that gives the column its old type, the same with \`drop\`.${how}`,
      };
    },
  },
};

function isMissing(
  type: Name | undefined,
  table: Name,
  { schema, before, migration }: Context,
): type is NonNullable<typeof type> {
  if (type === undefined || isComputedName(type) || migration.database !== 'postgres') return false;
  // Of a history that was not seen from the beginning, nothing is known.
  if (!schema.tables.get(table)?.whole || isTypeSeen(schema, type)) return false;
  return !before.some(({ kind }) => kind === 'opaque' || kind === 'runCode');
}

function find(what: string, type: Name, { schema }: Context): Pick<Found, 'severity' | 'message'> {
  const unless = schema.unread ? 'a migration that could not be read here has made it' : 'it was made by hand';
  return {
    ...(schema.unread ? { severity: 'notice' } : {}),
    message: `${what} fails (42704): there is no type ${code(type)}, unless ${unless}. Alembic makes the type of an \`Enum\` with a table, but not with a column.`,
  };
}

function creation(type: Name): string {
  return code(`sa.Enum(…, name="${type}").create(op.get_bind(), checkfirst=True)`, 300);
}
