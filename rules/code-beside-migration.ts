import type { Migration } from '../src/operations/migration.ts';
import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Rule } from '../src/rule.ts';
import { tableOf } from './advice/describe.ts';
import { isCodePath, isNamedAfter } from './advice/kinds-of-files.ts';

/** Below this many files, code and migration are one thought. */
const fewFiles = 10;

/** A migration in a pull request that is about something larger: neither can be taken back without the other. */
export const codeBesideMigration: Rule = {
  id: 'code-beside-migration',
  title: 'A migration among much other code',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: ({ migrations: all, files }) => {
      const migrations = all.filter(({ startedByHand }) => !startedByHand);
      const [first] = migrations.filter(({ status }) => status === 'added');
      const touched = first && touchedTable(migrations);
      if (!first || touched === undefined) return [];
      const own = new Set(migrations.flatMap(({ path, down }) => ['path' in down ? down.path : path, path]));
      const tables = migrations.flatMap(({ up }) => up.flatMap((each) => tableOf(each) ?? []));
      const others = files.filter(
        ({ path }) => isCodePath(path) && !own.has(path) && !tables.some((table) => isNamedAfter(path, table)),
      );
      if (others.length < fewFiles) return [];
      const names = others.slice(0, 3).map(({ path }) => code(path));
      const count = migrations.length === 1 ? '1 migration' : `${migrations.length} migrations`;
      return [
        {
          // What only adds does no harm to the release before.
          severity: migrations.some(({ up }) => up.some(staysBehind)) ? 'warning' : 'notice',
          span: { path: first.path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 },
          message: `${others.length} files of code that are not models of its tables change beside ${count}: ${names.join(', ')} and ${others.length - names.length} more. When that code has to be taken back, ${code(touched)} stays as the ${migrations.length === 1 ? 'migration has' : 'migrations have'} left it, and the release before runs on that.`,
          advice:
            'The migration in a pull request of its own, with the models of its tables and their tests: deployed first where it adds, last where it takes away.',
        },
      ];
    },
  },
};

/** What the release before does not find again when the code is taken back. */
function staysBehind(operation: Operation): boolean {
  if (operation.kind === 'deleteRows' || operation.kind === 'updateRows') return true;
  return /^(?:drop|rename)(?:Column|Table)$|^alterColumn$/.test(operation.kind);
}

/** An old table that it changes; a new one is met by no release that was there before. */
function touchedTable(migrations: readonly Migration[]): Name | undefined {
  const operations = migrations.flatMap(({ up }) => up);
  const made = new Set(operations.flatMap((each) => (each.kind === 'createTable' ? [each.table] : [])));
  return operations.map(tableOf).find((table) => table !== undefined && !made.has(table));
}
