import { code, type Rule } from '../src/rule.ts';
import { columnSql, tableSql } from '../src/writers/identifier.ts';

/** A rule lets the writes of a table do nothing. */
export const swallowedWrites: Rule = {
  id: 'swallowed-writes',
  title: 'A rule that lets writes do nothing',
  severity: 'warning',
  concerns: 'code',
  check: {
    createObject: ({ object, name, table, swallows }, { schema, after, isNew }) => {
      if (object !== 'rule' || swallows === undefined || table === undefined || isNew(table)) return undefined;
      // Views are written by rules.
      if (!schema.tables.has(table) || schema.views.has(table)) return undefined;
      const isGone = after.some((each) => each.kind === 'dropObject' && each.object === 'rule' && each.name === name);
      if (isGone) return undefined;
      return {
        message: `With the rule ${code(name)} every ${swallows} of ${code(table)} that it holds for does nothing and is told as a success of 0 rows: the release that still runs goes on as if it had been done.`,
        advice: `Where such writes are not wanted: ${code(`REVOKE ${swallows} ON ${tableSql(table, 'postgres')} FROM …;`)} or a trigger that raises, so that they fail for all to see. Where this is to last for a load alone: ${code(`DROP RULE ${columnSql(name, 'postgres')} ON ${tableSql(table, 'postgres')};`)} behind it.`,
      };
    },
  },
};
