import { isComputedName } from '../src/operations/name.ts';
import { isTypeSeen } from '../src/operations/seen-types.ts';
import { code, type Rule } from '../src/rule.ts';

/** A column of a type that nothing has made: the framework makes it with a table alone. */
export const typeNotThere: Rule = {
  id: 'type-not-there',
  title: 'A column of a type that no migration makes',
  severity: 'warning',
  concerns: 'process',
  check: {
    addColumn: ({ table, column, unmadeType, conditional }, { schema, before }) => {
      if (unmadeType === undefined || conditional || isComputedName(unmadeType)) return undefined;
      // Of a history that was not seen from the beginning, nothing is known.
      if (!schema.tables.get(table)?.whole || isTypeSeen(schema, unmadeType)) return undefined;
      if (before.some(({ kind }) => kind === 'opaque' || kind === 'runCode')) return undefined;
      const unless = schema.unread ? 'a migration that could not be read here has made it' : 'it was made by hand';
      return {
        ...(schema.unread ? { severity: 'notice' } : {}),
        message: `Adding ${code(`${table}.${column.name}`)} fails (42704): there is no type ${code(unmadeType)}, unless ${unless}. Alembic makes the type of an \`Enum\` with a table, but not with a column.`,
        advice: `Before it, ${code(`sa.Enum(…, name="${unmadeType}").create(op.get_bind(), checkfirst=True)`, 300)}, and on the way back, behind \`op.drop_column\`, the same with \`drop\`: the column does not take the type along.`,
      };
    },
  },
};
