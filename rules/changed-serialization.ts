import { inDeploys } from '../src/operations/facts/deploys.ts';
import type { Declaration, ModelClass } from '../src/operations/models.ts';
import { code, type ChangeContext, type Rule } from '../src/rule.ts';
import { makesColumn, writesColumn } from './advice/column-changes.ts';
import {
  ancestry,
  classesIn,
  findTable,
  modelPairs,
  tableOf,
  type ModelPair,
} from '../src/operations/model-questions.ts';

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
          const fails = whatFails(declaration, standingOf(declaration, pair, context), type);
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

/** What happens to an old value, or undefined where it can still be read. */
function whatFails(now: Declaration, standing: readonly Declaration[], type: string | undefined): string | undefined {
  switch (now.kind) {
    case 'serialize': {
      const before = standing.find((each) => each.kind === 'serialize');
      if (before?.coder === now.coder && (now.type === undefined || before.type === now.type)) return undefined;
      if (now.type !== undefined)
        return `one that is no ${code(now.type)} raises \`ActiveRecord::SerializationTypeMismatch\` when the row is loaded or saved.`;
      if (!before && now.coder === 'YAML') return undefined;
      return `one that ${code(now.coder)} cannot read raises an error when the attribute is asked for or the row is saved.`;
    }
    case 'encrypts': {
      const before = standing.find((each) => each.kind === 'encrypts');
      if (now.readsOld || before?.options === now.options) return undefined;
      return 'each of them raises `ActiveRecord::Encryption::Errors::Decryption` when it is read, unless the application is configured with `support_unencrypted_data`.';
    }
    case 'attribute': {
      const before = standing.find((each) => each.kind === 'attribute');
      if (before?.type === now.type || type === undefined || !isText(type) || !strictTypes.has(now.type))
        return undefined;
      return `one that is no ${code(now.type)} is read as nil or 0, without an error.`;
    }
    case 'enum':
      return enumFails(now, standing, type);
  }
}

/** What text is turned into with a loss: https://api.rubyonrails.org/classes/ActiveModel/Type.html */
const strictTypes = new Set([
  'json',
  'jsonb',
  'integer',
  'big_integer',
  'float',
  'decimal',
  'date',
  'datetime',
  'time',
]);

function isText(type: string): boolean {
  return /char|text|string|enum/.test(type);
}

type Enum = Extract<Declaration, { kind: 'enum' }>;

/** Rows hold what stands to the right of a name: it may get new names, and no other meaning. */
function enumFails(now: Enum, standing: readonly Declaration[], type: string | undefined): string | undefined {
  const before = standing.find((each) => each.kind === 'enum');
  const values = Object.values(now.values ?? {});
  if (before?.values && now.values) {
    const moved = Object.entries(before.values).find(([, value]) => !values.includes(value));
    if (moved) return `rows that hold ${code(moved[1])}, for ${code(moved[0])}, have no name any more.`;
    const other = Object.entries(before.values).find(([name, value]) => meansOther(name, value, before, now));
    return other && `rows that hold ${code(other[1])} were ${code(other[0])}, and are something else now.`;
  }
  if (before || type === undefined || values.length === 0) return undefined;
  const areNumbers = values.every((value) => /^\d+$/.test(value));
  if (areNumbers !== isText(type)) return undefined;
  return `the column is ${code(type)} and the enum stores ${areNumbers ? 'numbers' : 'texts'}, so that every old row is read as nil.`;
}

/** A name that is given to another value, while its own value goes to another name. */
function meansOther(name: string, value: string, before: Enum, now: Enum): boolean {
  const standing = before.values ?? {};
  const next = Object.entries(now.values ?? {}).find(([, each]) => each === value)?.[0];
  return (
    next !== undefined && next !== name && (Object.hasOwn(standing, next) || Object.hasOwn(now.values ?? {}, name))
  );
}

function adviceOf({ kind, column }: Declaration, table: string): string {
  if (kind === 'enum')
    return `Give new names new values, and leave the ones that rows hold. Where they have to change, write ${code(`${table}.${column}`)} anew in a migration of its own that runs with the release.`;
  if (kind === 'encrypts')
    return `First a release with \`config.active_record.encryption.support_unencrypted_data = true\` (or \`previous:\` for other keys); then encrypt the rows in batches; then the release that reads nothing else.`;
  return `${inDeploys('replacedColumn')}: a new column beside ${code(`${table}.${column}`)} that is written in the new way, with a migration that fills it from the old values in batches; the model that reads it; one that no longer names the old column; and its drop. Or convert ${code(`${table}.${column}`)} in a migration with a model of its own (\`class Row < ActiveRecord::Base; self.table_name = "${table}"; end\`) while nothing writes it. Test it with rows in the old shape.`;
}
