import { paragraphs } from './advice/fence.ts';
import { withType } from './advice/with-type.ts';
import { code, type Rule } from '../src/rule.ts';

/** A table that is queried gets a column whose values cannot be compared. */
export const jsonColumn: Rule = {
  id: 'json-column',
  title: 'A json column on a table that is queried',
  severity: 'warning',
  concerns: 'code',
  check: {
    addColumn: (operation, context) => {
      const { table, column } = operation;
      if (context.migration.database !== 'postgres' || column.type?.name !== 'json' || context.isNew(table))
        return undefined;
      // The first one has taken that from the table.
      const others = context.schema.tables.get(table)?.columns.values() ?? [];
      if ([...others].some(({ type }) => type?.name === 'json')) return undefined;
      const name = code(`${table}.${column.name}`);
      return {
        message: `${name} is \`json\`, whose values PostgreSQL cannot compare: from here on \`SELECT DISTINCT\`, \`GROUP BY\` and \`UNION\` over whole rows of ${code(table)} fail with 42883, also those that object mappers write for the release that runs.`,
        advice: paragraphs(
          `Make ${code(column.name)} \`jsonb\`; \`json\` only where the text must be kept as it came, and then in a table of its own.`,
          withType(operation, { ...column.type, name: 'jsonb' }, context),
        ),
      };
    },
  },
};
