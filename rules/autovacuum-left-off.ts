import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { tableSql } from '../src/writers/identifier.ts';
import { led, migrationFence, paragraphs } from './advice/fence.ts';
import { costOf } from './advice/severity.ts';

/** Nothing clears away the dead rows of a table any more. */
export const autovacuumLeftOff: Rule = {
  id: 'autovacuum-left-off',
  title: 'Autovacuum is switched off and stays off',
  severity: 'warning',
  concerns: 'locks',
  check: {
    alterTable: ({ table, change }, context) => find('TABLE', table, change, context),
    alterObject: ({ object, name, change }, context) =>
      object === 'materialized view' ? find('MATERIALIZED VIEW', name, change, context) : undefined,
  },
};

type Kind = 'TABLE' | 'MATERIALIZED VIEW';

/** https://www.postgresql.org/docs/current/sql-createtable.html#RELOPTION-AUTOVACUUM-ENABLED; a parent of partitions takes no such setting. */
function find(kind: Kind, name: Name, change: string, context: Context): Found | undefined {
  const { migration, schema, after, later } = context;
  if (migration.database !== 'postgres' || context.isNew(name) || schema.tables.get(name)?.partitioned)
    return undefined;
  const left = switchedOff(change).filter((setting) => ![...after, ...later].some((each) => ends(each, name, setting)));
  if (left.length === 0) return undefined;
  const alter = `ALTER ${kind} ${tableSql(name, 'postgres')}`;
  const reset = migrationFence(migration, [{ kind: 'sql', sql: `${alter} RESET (${left.join(', ')});` }]);
  return {
    severity: costOf(context, name),
    message: `${code(change)} on ${code(name)} stays when the migration is done: ${harm(left)} PostgreSQL still vacuums it only against the wraparound of transaction ids: all at once, and at a time that nobody chose. ${sizeNote(name, context.sizeOf(name))}`,
    advice: paragraphs(
      led('Leave it out. Where it is for this migration alone, at the end of it:', reset),
      `Where autovacuum costs too much, let it come oftener and do less: ${code(`${alter} SET (autovacuum_vacuum_scale_factor = 0.01);`, 300)}.`,
    ),
  };
}

/** Long values stand in a table of their own, which follows the other one unless it has a setting too. */
function harm(left: readonly string[]): string {
  if (left.includes(main))
    return 'dead rows are no longer cleared away, so that it and its indexes grow with every UPDATE and DELETE, and its statistics grow stale, which costs queries their plans.';
  return 'what is left of its long values (TOAST) is no longer cleared away, and grows with every UPDATE and DELETE.';
}

const main = 'autovacuum_enabled';

/** What a change switches off; every beginning of `false`, `no` and `off` that is no other word means it. */
function switchedOff(change: string): string[] {
  const set = /^SET\s*\((.+)\)$/is.exec(change)?.[1] ?? '';
  return [...set.matchAll(/((?:toast\.)?autovacuum_enabled)\b"?\s*=\s*'?(?:f|n|of|0)/gi)].map(([, setting = '']) =>
    setting.toLowerCase(),
  );
}

/** The setting has its own way again, or what has it goes. */
function ends(each: Operation, name: Name, setting: string): boolean {
  if (each.kind === 'dropTable') return each.table === name;
  if (each.kind === 'dropObject') return each.object === 'materialized view' && each.name === name;
  const isOfIt = each.kind === 'alterTable' ? each.table === name : each.kind === 'alterObject' && each.name === name;
  if (!isOfIt || !('change' in each) || !/^(RE)?SET\s*\(/i.test(each.change)) return false;
  return settingsOf(each.change).includes(setting) && !switchedOff(each.change).includes(setting);
}

function settingsOf(change: string): string[] {
  return [...change.matchAll(/(?:toast\.)?autovacuum_enabled\b/gi)].map(([setting]) => setting.toLowerCase());
}
