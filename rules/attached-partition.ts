import { code, sizeNote, type Context, type Rule } from '../src/rule.ts';
import { costOf, lower } from './advice/severity.ts';

/** A table with rows becomes a partition, and its rows are read under a lock to see whether they belong there. */
export const attachedPartition: Rule = {
  id: 'attached-partition',
  title: 'A table with rows that becomes a partition',
  severity: 'warning',
  concerns: 'locks',
  check: {
    createTable: ({ table, partitionOf, holdsRest }, context) => {
      if (context.migration.database !== 'postgres' || partitionOf === undefined) return undefined;
      const parent = context.schema.tables.get(partitionOf);
      const rest = parent?.rest;
      if (!parent || rest === undefined || holdsRest || !context.schema.tables.has(rest)) return undefined;
      if (context.isNew(rest) || hasProof(rest, context)) return undefined;
      return {
        severity: costOf(context, rest),
        message: `Making ${code(table)} a partition of ${code(parent.name)} holds ACCESS EXCLUSIVE on ${code(rest)}, its DEFAULT partition, until all rows there are read. It fails if one of them belongs to ${code(table)}. ${sizeNote(rest, context.sizeOf(rest))}`,
        advice: `In migrations of their own: a CHECK on ${code(rest)} that no row is within the bounds of ${code(table)}, \`NOT VALID\`; then \`VALIDATE CONSTRAINT\`, which lets reads and writes through; then this. Partitions that are made before their first row comes keep the DEFAULT one empty.`,
      };
    },
    alterPartition: ({ table, action, partition }, context) => {
      if (context.migration.database !== 'postgres' || action !== 'attach' || partition === undefined) return undefined;
      if (context.isNew(partition) || context.isNew(table) || hasProof(partition, context)) return undefined;
      const isKnown = (context.schema.tables.get(partition)?.columns.size ?? 0) > 0;
      const severity = costOf(context, partition);
      const unless = isKnown ? '' : ', unless a validated CHECK says already that they are within its bounds';
      return {
        severity: isKnown ? severity : lower(severity),
        message: `Attaching ${code(partition)} to ${code(table)} holds ACCESS EXCLUSIVE on ${code(partition)} until all its rows are read${unless}. A DEFAULT partition, where there is one, is locked and read in the same way, and whoever needs it waits. ${sizeNote(partition, context.sizeOf(partition))}`,
        advice: `In migrations of their own: a CHECK of the bounds on ${code(partition)}, \`NOT VALID\`; then \`VALIDATE CONSTRAINT\`, which lets reads and writes through; the indexes of ${code(table)}, built on ${code(partition)} with CONCURRENTLY; then this. The CHECK may go afterwards. The same CHECK, negated, spares the DEFAULT partition.`,
      };
    },
  },
};

/** Whether it is the right one only the database can tell. */
function hasProof(partition: string, { schema }: Context): boolean {
  const constraints = schema.tables.get(partition)?.constraints ?? [];
  return constraints.some((each) => each.kind === 'check' && each.validated);
}
