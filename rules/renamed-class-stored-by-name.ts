import { inDeploys } from '../src/operations/facts/deploys.ts';
import type { ModelClass } from '../src/operations/models.ts';
import { storedNames, type StoredName } from '../src/operations/stored-names.ts';
import { code, type Rule } from '../src/rule.ts';
import { makesColumn, writesColumn } from './advice/column-changes.ts';
import { renamedMapped } from './advice/renamed-mapped.ts';

/** A class gets another name, and rows keep the old one. */
export const renamedClassStoredByName: Rule = {
  id: 'renamed-class-stored-by-name',
  title: 'A class is renamed, and rows still name it as before',
  severity: 'error',
  concerns: 'rows',
  check: {
    change: (context) => [
      ...renamedMapped(context),
      ...storedNames(context.models, context.schemasBefore).flatMap((stored) => {
        const { before, now, table, column, how } = stored;
        if (!now || makesColumn(context.migrations, table, column)) return [];
        if (writesColumn(context.migrations, table, column)) return [];
        return [
          {
            span: now.span,
            message: `${code(before.name)} becomes ${code(now.name)}, and no migration here writes ${code(`${table}.${column}`)}: every row that was stored before still says ${code(before.name)}. ${fails[how]}, also inside a migration that walks the rows.`,
            advice: adviceOf(before, now, stored),
          },
        ];
      }),
    ],
  },
};

const fails: Record<StoredName['how'], string> = {
  inheritance: 'Loading one of them raises `ActiveRecord::SubclassNotFound`',
  association: 'Asking one of them for it raises `NameError`, and the renamed class finds none of them',
};

function adviceOf(before: ModelClass, now: ModelClass, { table, column }: StoredName): string {
  return `${inDeploys('renamedStoredName')}. First one in which both names can be resolved and ${code(before.name)} is still written; then one that writes ${code(now.name)} and keeps the old name as a constant (${code(`${before.name} = ${now.name}`)} in the file where Rails looks for it), with a migration, once it runs everywhere, that writes the stored name in batches:

\`\`\`ruby
class Rename${before.name.replaceAll('::', '')}Rows < ActiveRecord::Migration[7.1]
  disable_ddl_transaction!

  # A class of its own: the application's may look different when this runs.
  class Row < ActiveRecord::Base
    self.table_name = "${table}"
    self.inheritance_column = nil
  end

  def up
    Row.where(${column}: "${before.name}").in_batches.update_all(${column}: "${now.name}")
  end

  def down
    Row.where(${column}: "${now.name}").in_batches.update_all(${column}: "${before.name}")
  end
end
\`\`\`

In SQL: ${code(`UPDATE ${table} SET ${column} = '${now.name}' WHERE ${column} = '${before.name}'`, 300)}. When no row says ${code(before.name)} any more, and no process writes it, the third deploy does without the old constant.`;
}
