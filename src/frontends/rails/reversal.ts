/** Which calls of `change` Rails can turn around: https://api.rubyonrails.org/classes/ActiveRecord/Migration/CommandRecorder.html */
import type { Followed } from './follow-call.ts';
import type { Run } from './run.ts';
import { entryOf, findText } from './value.ts';

/** Notes the first call that Rails refuses to turn around. */
export function noteReversal(run: Run, call: Followed): void {
  if (!run.mustReverse || run.irreversible !== undefined) return;
  const reason = reasonOf(call);
  if (reason !== undefined) run.irreversible = reason;
}

function reasonOf(call: Followed): string | undefined {
  const { name, values, options, block } = call;
  const has = (key: string): boolean => entryOf(options, key) !== undefined;
  switch (name) {
    case 'change_column':
    case 'execute':
    case 'exec_query':
    case 'add_enum_value':
    case 'truncate':
      return `Rails cannot turn \`${name}\` around`;
    case 'change_column_default':
    case 'change_column_comment':
    case 'change_table_comment':
      return has('from') && has('to') ? undefined : `\`${name}\` needs \`from:\` and \`to:\` to be turned around`;
    case 'remove_column':
      return values.length < 3 ? '`remove_column` needs the type of the column to be turned around' : undefined;
    case 'remove_columns':
      return has('type') ? undefined : '`remove_columns` needs `type:` to be turned around';
    case 'remove_index':
      return values.length < 2 && !has('column') ? '`remove_index` needs the columns to be turned around' : undefined;
    case 'remove_foreign_key':
      return values.length < 2 && !has('to_table')
        ? '`remove_foreign_key` needs the other table to be turned around'
        : undefined;
    case 'remove_check_constraint':
    case 'remove_exclusion_constraint':
    case 'remove_unique_constraint':
    case 'drop_enum':
      return values.length < 2 ? `\`${name}\` needs what it removes to be turned around` : undefined;
    case 'drop_table':
      return block || hasMoreThan(options, 'if_exists') || values.length === 0
        ? undefined
        : '`drop_table` needs the columns in a block to be turned around';
    default:
      return undefined;
  }
}

function hasMoreThan(options: Followed['options'], key: string): boolean {
  return options?.kind === 'hash' && options.entries.some((entry) => findText(entry.key) !== key);
}
