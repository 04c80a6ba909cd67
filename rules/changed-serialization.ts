import { inDeploys } from '../src/operations/facts/deploys.ts';
import type { Declaration, ModelClass } from '../src/operations/models.ts';
import {
  ancestry,
  classesIn,
  findTable,
  modelPairs,
  tableOf,
  type ModelPair,
} from '../src/operations/model-questions.ts';
import { code, type ChangeContext, type Rule } from '../src/rule.ts';
import { makesColumn, writesColumn } from './advice/column-changes.ts';
import { findUnreadable } from './advice/unreadable-values.ts';

/** A model reads a column in another way than its values were written. */
export const changedSerialization: Rule = {
  id: 'changed-serialization',
  title: 'Stored values are read in another way than they were written',
  severity: 'error',
  concerns: 'rows',
  check: {
    change: (context) =>
      modelPairs(context.models).flatMap((pair) =>
        pair.now.declarations.flatMap((declaration) => {
          const table = tableOf(pair.now, classesIn(context.models.now), context.schemasBefore);
          const type = table === undefined ? undefined : columnType(table, declaration.column, context);
          if (table === undefined || type === 'absent') return [];
          const fails = findUnreadable(declaration, standingOf(declaration, pair, context), type);
          if (fails === undefined || writesColumn(context.migrations, table, declaration.column)) return [];
          return [
            {
              span: declaration.span,
              message: `${code(wordOf(declaration))} changes how ${code(pair.now.name)} reads ${code(declaration.column)}, and the values that ${code(table)} holds already were written in another way. No migration here writes them anew: ${fails}`,
              advice: adviceOf(declaration, table),
            },
          ];
        }),
      ),
  },
};

/** What the model says it with. */
function wordOf(declaration: Declaration): string {
  return declaration.kind === 'serialize' ? (declaration.by ?? declaration.kind) : declaration.kind;
}

/** The database's type of a column that was there before; `absent` for one that was not. Undefined where nothing is known. */
function columnType(table: string, column: string, context: ChangeContext): string | undefined {
  if (makesColumn(context.migrations, table, column)) return 'absent';
  const known = findTable(context.schemasBefore, [table]);
  if (!known) return undefined;
  const found = known.columns.get(column);
  return found ? found.type?.name : 'absent';
}

function standingOf(declaration: Declaration, { before }: ModelPair, { models }: ChangeContext): Declaration[] {
  return declarationsOf(before, classesIn(models.before)).filter((each) => each.column === declaration.column);
}

function declarationsOf(model: ModelClass, classes: readonly ModelClass[]): Declaration[] {
  return ancestry(model, classes).chain.flatMap((each) => each.declarations);
}

function adviceOf({ kind, column }: Declaration, table: string): string {
  if (kind === 'enum')
    return `Give new names new values, and leave the ones that rows hold. Where they have to change, write ${code(`${table}.${column}`)} anew in a migration of its own that runs with the release.`;
  if (kind === 'encrypts')
    return `First a release with \`config.active_record.encryption.support_unencrypted_data = true\` (or \`previous:\` for other keys); then encrypt the rows in batches; then the release that reads nothing else.`;
  return `${inDeploys('replacedColumn')}: a new column beside ${code(`${table}.${column}`)} that is written in the new way, with a migration that fills it from the old values in batches; the model that reads it; one that no longer names the old column; and its drop. Or convert ${code(`${table}.${column}`)} in a migration with a model of its own (\`class Row < ActiveRecord::Base; self.table_name = "${table}"; end\`) while nothing writes it. Test it with rows in the old shape.`;
}
