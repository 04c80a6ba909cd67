/** TypeORM: a class with `up(queryRunner)` and `down(queryRunner)`. */
import type { Frontend } from '../frontend.ts';
import { classMethod, hasUp, mayBeScriptMigration, scriptVersion } from '../syntax/script-entry.ts';
import type { Machine } from '../syntax/script-machine.ts';
import type { ScriptModule } from '../syntax/script-module.ts';
import { readScript } from '../syntax/script-reading.ts';
import { loadScriptParser } from '../syntax/script-tree.ts';
import { chainAt, fieldOf, isConstantValue } from '../syntax/script-value.ts';
import { queryRunnerIn } from './parse.ts';

/** The frontend of TypeORM. */
export const typeorm: Frontend = {
  framework: 'typeorm',
  wants: mayBeScriptMigration,
  claim: ({ path, text }) => {
    const isMigration =
      text.includes('MigrationInterface') || (text.includes('queryRunner') && text.includes('class '));
    if (!mayBeScriptMigration(path) || !isMigration || !hasUp(text)) return undefined;
    return { migration: path, part: 'both', version: versionOf(path) };
  },
  load: loadScriptParser,
  read: (source) =>
    readScript(source, {
      knowledge: () => ({}),
      entry: (module, direction, machine) => {
        const method = classMethod(module, direction, machine);
        const runner = queryRunnerIn(transactionOf(module, machine) === 'none' ? 0 : 1);
        return method && { call: method.call, values: [chainAt(method.call, runner, machine.when)] };
      },
      transaction: transactionOf,
      // Where all share one, TypeORM refuses to run a class that says anything of its own.
      ownTransaction: (module, machine) =>
        fieldOf(classMethod(module, 'up', machine)?.self, 'transaction') !== undefined,
    }),
};

/** https://typeorm.io/docs/migrations/executing/#transaction-modes: all in one unless the class or a flag says otherwise. */
function transactionOf(module: ScriptModule, machine: Machine): 'none' | 'wrapped' {
  const up = classMethod(module, 'up', machine);
  return isConstantValue(fieldOf(up?.self, 'transaction'), false) ? 'none' : 'wrapped';
}

/** TypeORM compares the timestamp that ends the name of the class, which the file is named after too. */
function versionOf(path: string): string {
  return /\d{13}/.exec(path.slice(path.lastIndexOf('/') + 1))?.[0] ?? scriptVersion(path);
}
