/** Sequelize: `up(queryInterface, Sequelize)` and `down`, run by sequelize-cli or umzug. */
import type { Frontend, Project, SourceFile } from '../frontend.ts';
import {
  classMethod,
  dependsOn,
  exportedFunction,
  hasUp,
  mayBeScriptMigration,
  scriptVersion,
} from '../syntax/script-entry.ts';
import type { Machine } from '../syntax/script-machine.ts';
import type { ScriptModule } from '../syntax/script-module.ts';
import { readScript, type Entry } from '../syntax/script-reading.ts';
import { loadScriptParser } from '../syntax/script-tree.ts';
import { chainAt } from '../syntax/script-value.ts';
import { createQueryInterface } from './parse.ts';

/** The frontend of Sequelize. */
export const sequelize: Frontend = {
  framework: 'sequelize',
  wants: mayBeScriptMigration,
  claim: (file, project) => {
    if (!mayBeScriptMigration(file.path) || !hasUp(file.text) || !isSequelize(file, project)) return undefined;
    return { migration: file.path, part: 'both', version: scriptVersion(file.path) };
  },
  load: loadScriptParser,
  read: (source) =>
    readScript(source, {
      knowledge: () => ({}),
      entry,
      // https://sequelize.org/docs/v6/other-topics/migrations/: a migration opens its own transaction, or has none.
      transaction: () => 'none',
    }),
};

function isSequelize({ path, text }: SourceFile, project: Project): boolean {
  if (/queryInterface|QueryInterface|sequelize-cli|from 'sequelize'/.test(text)) return true;
  return dependsOn(path, project, ['sequelize-cli', 'umzug']) && !text.includes('knex');
}

function entry(module: ScriptModule, direction: 'up' | 'down', machine: Machine): Entry | undefined {
  const call = exportedFunction(module, direction) ?? classMethod(module, direction, machine)?.call;
  if (!call) return undefined;
  const library = chainAt(call, { name: 'Sequelize', module: 'sequelize' }, machine.when);
  return { call, values: [chainAt(call, createQueryInterface(), machine.when), library] };
}
