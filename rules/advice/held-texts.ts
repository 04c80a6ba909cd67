/** CONVERT TO CHARACTER SET of a table whose texts are under a foreign key: https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-character-set */
import { withCollation } from '../../src/operations/facts/mysql-change.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { tableSql } from '../../src/writers/identifier.ts';
import { textsOf } from './converted-texts.ts';
import { findKeyOver, type InNeed } from './foreign-key-holders.ts';
import { mayHaveMadeWay } from './made-way.ts';
import { say } from './needed-key.ts';
import { checksForeignKeys } from './online-change.ts';

/** MySQL and MariaDB refuse it (1832, 1833), MariaDB also without `foreign_key_checks`: https://jira.mariadb.org/browse/MDEV-31086. Without them MySQL converts, and both sides have to be. */
export function findHeldTexts(operation: Operation & OperationOf<'rebuildTable'>, context: Context): Found | undefined {
  const { table, collation } = operation;
  if (collation === undefined || operation.conditional || context.isNew(table) || mayHaveMadeWay(context))
    return undefined;
  const texts = textsOf(context.schema.tables.get(table)).filter(({ type }) => type.collation !== collation);
  for (const { name, type } of texts) {
    const held = findKeyOver(table, name, operation, context);
    const found =
      held && findHeldText({ name, isKnown: type.collation !== undefined, collation, held }, operation, context);
    if (found) return found;
  }
  return undefined;
}

type HeldText = { name: string; isKnown: boolean; collation: string; held: InNeed };

function findHeldText(text: HeldText, operation: OperationOf<'rebuildTable'>, context: Context): Found | undefined {
  const { table, how } = operation;
  const { database } = context.migration;
  const isRefused = checksForeignKeys(context) || database === 'mariadb';
  if (!isRefused && areBothConverted(text, table, context)) return undefined;
  const column = code(`${table}.${text.name}`);
  const error = text.held.table === table ? '1832' : '1833';
  const unless = text.isKnown ? '' : ', unless the text is in it already';
  const since = checksForeignKeys(context)
    ? ''
    : ', in releases since August 2023 also while `foreign_key_checks` is off';
  const found = isRefused
    ? say(
        `${code(how)} changes the character set of ${column} and fails (${error})${since}${unless}`,
        text.held,
        'names it',
        context,
      )
    : say(
        `${code(how)} while \`foreign_key_checks\` is off gives ${column} another character set than the other side of its key, which \`ON DELETE\` and \`ON UPDATE CASCADE\` then compare and write wrongly${unless}`,
        text.held,
        'names it',
        context,
      );
  const isSure = text.isKnown && since === '' && isRefused;
  return { ...found, ...(isSure ? {} : { severity: 'warning' }), advice: adviseFor(text, table, context) };
}

/** The other side has it, or gets it beside this one. */
function areBothConverted({ collation, held, name }: HeldText, table: string, context: Context): boolean {
  const { schema, before, after } = context;
  const { references, columns } = held.key;
  const isOwn = held.table === table && columns.includes(name);
  const other = isOwn ? references.table : held.table;
  const at = isOwn ? columns.indexOf(name) : Math.max(0, references.columns.indexOf(name));
  const column = (isOwn ? references.columns : columns)[at];
  const known = column === undefined ? undefined : findColumn(schema, other, column)?.type;
  if (other === table || withCollation(known, schema.tables.get(other))?.collation === collation) return true;
  return [...before, ...after].some(
    (each) => each.kind === 'rebuildTable' && each.table === other && each.collation === collation,
  );
}

function adviseFor({ held, collation }: HeldText, table: string, { migration: { database } }: Context): string {
  const { key, table: owner } = held;
  const sides = [...new Set([table, owner, key.references.table])];
  const named =
    key.name === undefined
      ? 'the foreign key'
      : code(`ALTER TABLE ${tableSql(owner, database)} DROP FOREIGN KEY ${tableSql(key.name, database)};`, 300);
  return `In an announced pause, each a statement of its own: first ${named}, then \`CONVERT TO CHARACTER SET\` of ${sides.map((each) => code(each)).join(' and ')} to ${code(collation)}, each of which copies its table while writes wait, then the key again. Rows that point nowhere, written meanwhile, fail the last step: look for them before it.`;
}
