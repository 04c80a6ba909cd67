import { code, type Rule } from '../src/rule.ts';
import { comesOf, isPolicyOf, opensAll } from './advice/row-security.ts';

/** Policies of row security come or go, and rows are no longer let through. */
export const narrowedRows: Rule = {
  id: 'narrowed-rows',
  title: 'A policy takes rows away from those who use them',
  severity: 'notice',
  concerns: 'code',
  check: {
    createObject: ({ object, name, table, restrictive }, context) => {
      if (object !== 'policy' || !restrictive || table === undefined || context.isNew(table)) return undefined;
      return {
        message: `The policy ${code(name)} of ${code(table)} is restrictive: it takes rows away from what the other policies let through. The release that still runs no longer sees or writes those that do not pass it.`,
        advice: 'First a release that does without those rows, then this.',
      };
    },
    dropObject: (operation, context) => {
      const { object, name, table, ifExists } = operation;
      if (object !== 'policy' || table === undefined || context.isNew(table)) return undefined;
      if (ifExists && !context.schema.tables.get(table)?.policies?.some((each) => each.name === name)) return undefined;
      if ([...context.before, ...comesOf(context)].some((each) => opensAll(each, table) || isPolicyOf(each, table)))
        return undefined;
      return {
        message: `Rows of ${code(table)} that the policy ${code(name)} alone lets through are closed from here on to all but the owner: reads find fewer rows, without an error, and INSERTs fail with 42501.`,
        advice: `Make the policy that takes its place in the same transaction; where none should, first a release that does without those rows.`,
      };
    },
  },
};
