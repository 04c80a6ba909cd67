import { classesIn, tableOf, type ModelPair } from '../src/operations/model-questions.ts';
import type { ModelUse } from '../src/operations/models.ts';
import { code, type ChangeContext, type Rule } from '../src/rule.ts';
import { findRemoval } from './advice/removed-member.ts';

/** A migration asks the application's model for what the same change takes out of it. */
export const removedAssociationUsed: Rule = {
  id: 'removed-association-used',
  title: 'A migration uses what this change takes out of a model',
  severity: 'error',
  concerns: 'process',
  check: {
    change: (context) =>
      runningFiles(context).flatMap(({ path, uses }) => {
        const seen = new Set<string>();
        return uses.flatMap((use) => {
          const pair = findRemoval(use, context);
          const key = `${use.model} ${use.member}`;
          if (!pair || seen.has(key)) return [];
          seen.add(key);
          return [
            {
              span: use.span,
              message: `${code(path)} asks rows of ${code(use.model)} for ${code(use.member)}, which this change takes out of ${placeOf(pair)}. Migrations run with the new code: ${code(use.member)} is unknown there, and the migration stops at the first row. On a database without rows it passes.`,
              advice: adviceOf(use, pair, context),
            },
          ];
        });
      }),
  },
};

/** Migrations that will run: what has run before the change was written for the model of its time. */
function runningFiles({ migrations, edits, models }: ChangeContext) {
  const running = migrations.filter(({ path, status }) => status === 'added' || edits.get(path)?.changesUp === true);
  const paths = new Set(running.map(({ path }) => path));
  return models.now.filter(({ path }) => paths.has(path));
}

function placeOf({ before, now }: ModelPair): string {
  return before.name === now.name
    ? `${code(now.name)}, or of what it inherits`
    : `${code(before.name)} on its way to ${code(now.name)}`;
}

function adviceOf(use: ModelUse, { now }: ModelPair, context: ChangeContext): string {
  const table = tableOf(now, classesIn(context.models.now), context.schemasBefore) ?? now.tables.at(-1) ?? '';
  return `Give the migration a model of its own, which no later change can take anything from:

\`\`\`ruby
class Row < ActiveRecord::Base
  self.table_name = "${table}"
  self.inheritance_column = nil
end
\`\`\`

and write the columns themselves, without ${code(use.member)}: ${code(`Row.in_batches.update_all("…")`)}. Test it on a database that has the previous schema and rows in it.`;
}
