/** A backfill in Django: a function that the migration runs, and that commits after each batch. */
import { canBeField, labelOf, modelOf } from './django-model.ts';
import type { Imports } from './django-state.ts';
import type { Operation } from './django-words.ts';
import { indented } from './lines.ts';
import { callLines, pythonString } from './python.ts';
import { batchSize, stepSql } from './sql.ts';
import type { FillColumn } from './step.ts';
import type { Target } from './writer.ts';

/** The function that fills a column, and the operation that runs it; it is the `number`th of its migration, from 0. */
export function fillFunction(
  step: FillColumn,
  target: Target,
  number: number,
): { lines: string[]; operation: Operation } | undefined {
  // SQLite has one writer, and one statement for all rows.
  if (target.database === 'sqlite') return undefined;
  const made = rowByRow(step, target) ?? batches(step, target);
  if (made === undefined) return undefined;
  const name = `fill_${step.column.toLowerCase().replace(/[^a-z0-9_]/g, '')}${number === 0 ? '' : `_${number + 1}`}`;
  return {
    lines: [`def ${name}(apps, schema_editor):`, ...indented(made.body, 4)],
    operation: {
      lines: callLines('migrations.RunPython', [name, 'reverse_code=migrations.RunPython.noop']),
      imports: made.imports,
    },
  };
}

type Made = { body: string[]; imports: Imports };

/** The program makes each value: https://docs.djangoproject.com/en/stable/howto/writing-migrations/#migrations-that-add-unique-fields */
function rowByRow({ table, column, by, from, holding, where }: FillColumn, target: Target): Made | undefined {
  const model = modelOf(table, target);
  const label = labelOf(target);
  const module = by?.slice(0, by.lastIndexOf('.')) ?? '';
  if (model === undefined || label === undefined || !canBeField(column)) return undefined;
  if (module === '' || from !== undefined || holding !== undefined || where !== undefined) return undefined;
  const loop = [
    `batch = list(rows.filter(${column}=None)[:${batchSize}])`,
    'if not batch:',
    '    return',
    'for row in batch:',
    `    row.${column} = ${by}()`,
    `rows.bulk_update(batch, [${pythonString(column)}])`,
  ];
  const rows = `rows = apps.get_model(${pythonString(label)}, ${pythonString(model)}).objects`;
  return { body: [rows, 'while True:', ...indented(loop, 4)], imports: { [module]: [] } };
}

/** Outside a transaction each statement commits by itself. */
function batches(step: FillColumn, { database }: Target): Made | undefined {
  const sql = stepSql(step, database);
  if (sql === undefined || database === 'unknown') return undefined;
  const loop = [`cursor.execute(${pythonString(sql)})`, 'if cursor.rowcount == 0:', '    break'];
  const body = ['while True:', ...indented(loop, 4)];
  return { body: ['with schema_editor.connection.cursor() as cursor:', ...indented(body, 4)], imports: {} };
}
