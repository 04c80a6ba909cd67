/** Knex, also under Objection: `exports.up = (knex) => …` and `exports.down`. */
import type { Database } from '../../operations/migration.ts';
import { databaseNamed } from '../database-name.ts';
import type { Frontend, Project, SourceFile } from '../frontend.ts';
import { findAround } from '../paths.ts';
import { knexFiles } from '../project-files.ts';
import {
  classMethod,
  dependsOn,
  exportedFunction,
  hasUp,
  mayBeScriptMigration,
  scriptVersion,
} from '../syntax/script-entry.ts';
import type { ScriptModule } from '../syntax/script-module.ts';
import { readScript } from '../syntax/script-reading.ts';
import { loadScriptParser } from '../syntax/script-tree.ts';
import { chainAt, fieldOf, isConstantValue } from '../syntax/script-value.ts';
import { createKnex } from './parse.ts';

/** The frontend of Knex. */
export const knex: Frontend = {
  framework: 'knex',
  wants: mayBeScriptMigration,
  claim: (file, project) => {
    if (!mayBeScriptMigration(file.path) || !hasUp(file.text) || !isKnex(file, project)) return undefined;
    return { migration: file.path, part: 'both', version: scriptVersion(file.path) };
  },
  database: databaseOfKnexfile,
  load: loadScriptParser,
  read: (source) =>
    readScript(source, {
      knowledge: () => ({}),
      entry: (module, direction, machine) => {
        const call = exportedFunction(module, direction) ?? classMethod(module, direction, machine)?.call;
        // Before 0.95 the second argument was the Promise of the tool.
        const promise = call && chainAt(call, { name: 'Promise' }, machine.when);
        return (
          call && {
            call,
            values: [chainAt(call, createKnex(isWrapped(module)), machine.when), ...(promise ? [promise] : [])],
          }
        );
      },
      transaction: (module) => (isWrapped(module) ? 'wrapped' : 'none'),
    }),
};

/** `client` of the nearest knexfile, the same in every environment; SQLite beside another one is what tests and laptops use. */
function databaseOfKnexfile(path: string, project: Project): Database | undefined {
  const knexfile = knexFiles.map((name) => findAround(path, name, project.paths)).find((found) => found !== undefined);
  const lines = (knexfile === undefined ? undefined : project.textOf(knexfile))?.split('\n') ?? [];
  const clients = lines.flatMap((line) => /^\s*client:\s*["']([\w-]+)["']/.exec(line)?.[1] ?? []);
  const found = new Set(clients.map((client) => databaseNamed(client) ?? 'unknown'));
  if (found.size > 1) found.delete('sqlite');
  const [only, ...others] = found;
  return others.length === 0 && only !== 'unknown' ? only : undefined;
}

/** https://knexjs.org/guide/migrations.html#transactions-in-migrations */
function isWrapped(module: ScriptModule): boolean {
  return !isConstantValue(fieldOf(module.exports.fields.get('config'), 'transaction'), false);
}

function isKnex({ path, text }: SourceFile, project: Project): boolean {
  if (/knex|\.schema\b/i.test(text)) return true;
  return dependsOn(path, project, ['knex', 'objection']);
}
