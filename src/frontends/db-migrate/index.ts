/** db-migrate: `exports.up = function (db) { … }`, also where it reads its SQL from a file in `sqls/`. */
import type { Transaction } from '../../operations/migration.ts';
import type { Claim, Frontend, Project, Source, SourceFile } from '../frontend.ts';
import { folderOf, inFolder, nameOf } from '../paths.ts';
import { dependsOn, exportedFunction, hasUp, mayBeScriptMigration, scriptVersion } from '../syntax/script-entry.ts';
import type { Machine } from '../syntax/script-machine.ts';
import type { ScriptModule } from '../syntax/script-module.ts';
import { readScript } from '../syntax/script-reading.ts';
import { runFunction } from '../syntax/script-run.ts';
import { loadScriptParser } from '../syntax/script-tree.ts';
import { chainAt } from '../syntax/script-value.ts';
import { databaseHandle } from './parse.ts';

/** The frontend of db-migrate. */
export const dbMigrate: Frontend = {
  framework: 'db-migrate',
  wants: (path) => mayBeScriptMigration(path) || isSqlBeside(path),
  claim,
  load: loadScriptParser,
  read: (source) =>
    readScript(source, {
      knowledge: () => ({}),
      entry: (module, direction, machine) => {
        const call = exportedFunction(module, direction);
        runSetup(module, machine);
        return call && { call, values: [chainAt(call, databaseHandle, machine.when)] };
      },
      transaction: () => transactionOn(source),
    }),
};

/** `setup(options)` runs before a direction and keeps what it is given in variables of the file. */
function runSetup(module: ScriptModule, machine: Machine): void {
  const setup = exportedFunction(module, 'setup');
  if (!setup) return;
  machine.muted = true;
  runFunction(setup, [chainAt(setup, { name: 'options' }, machine.when)], machine);
  machine.muted = false;
}

/** `startMigration` of db-migrate-pg sends BEGIN; the other drivers leave it empty. */
function transactionOn({ database }: Source): Transaction {
  if (database === 'unknown') return 'unknown';
  return database === 'postgres' ? 'wrapped' : 'none';
}

function claim(file: SourceFile, project: Project): Claim | undefined {
  const { path, text } = file;
  if (isSqlBeside(path)) return claimSql(path, project);
  if (!mayBeScriptMigration(path) || !hasUp(text) || !isDbMigrate(file, project)) return undefined;
  return { migration: path, part: 'both', version: scriptVersion(path) };
}

/** The text of sqls/x-up.sql belongs to x.js above it. */
function claimSql(path: string, project: Project): Claim | undefined {
  const name = nameOf(path).replace(/-(up|down)\.sql$/, '.js');
  const migration = inFolder(folderOf(folderOf(path)), name);
  return project.paths.has(migration) ? { migration, part: 'settings', version: scriptVersion(migration) } : undefined;
}

function isSqlBeside(path: string): boolean {
  return nameOf(folderOf(path)) === 'sqls' && /-(up|down)\.sql$/.test(path);
}

function isDbMigrate({ path, text }: SourceFile, project: Project): boolean {
  if (text.includes('dbmigrate') || text.includes('db.runSql') || text.includes('db-migrate')) return true;
  return dependsOn(path, project, ['db-migrate']) && text.includes('exports.up');
}
