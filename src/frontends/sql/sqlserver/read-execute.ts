/** EXEC: procedures of the system that change the schema, SQL in strings, and code of the project's own. */
import {
  accept,
  isDone,
  isNext,
  peek,
  splitAtCommas,
  take,
  takeParentheses,
  takeUntil,
  textOf,
  type Cursor,
} from '../cursor.ts';
import { joinName, literalText, partsOfText, takeParts } from './names.ts';
import type { Step } from './step.ts';

/** Reads what stands after EXEC; `readSql` reads SQL that is given as a string. */
export function readExecute(cursor: Cursor, readSql: (sql: string) => Step[]): Step[] {
  const code = `EXEC ${textOf(cursor)}`;
  if (accept(cursor, 'AS', 'USER|LOGIN|CALLER|OWNER'))
    return [{ kind: 'setSession', setting: 'execute as', value: textOf({ ...cursor, at: cursor.at - 1 }) }];
  if (isNext(cursor, '(')) return readText(takeParentheses(cursor), readSql);
  if (peek(cursor)?.kind === 'variable' && peek(cursor, 1)?.text === '=') cursor.at += 2;
  if (peek(cursor)?.kind === 'variable') throw new SyntaxError('it runs a procedure whose name is computed');
  const parts = takeParts(cursor);
  const procedure = parts.at(-1)?.toLowerCase() ?? '';
  if (procedure === 'sp_executesql') return readText(splitAtCommas(cursor)[0] ?? cursor, readSql);
  if (procedure === 'sp_rename') return [readRename(takeArguments(cursor))];
  if (/^sp_(add|update|drop)extendedproperty$/.test(procedure)) return [readProperty(takeArguments(cursor))];
  if (/^sp_cdc_(enable|disable)_table$/.test(procedure))
    return [readCapture(takeArguments(cursor), procedure === 'sp_cdc_enable_table')];
  if (procedure === 'sp_configure')
    return [{ kind: 'alterObject', object: 'system setting', name: procedure, change: code }];
  if (questions.has(procedure)) return [{ kind: 'noEffect', what: `EXEC ${procedure}` }];
  return [{ kind: 'runCode', code }];
}

/** Procedures of the system that neither change the schema nor rows. */
const questions = new Set([
  'sp_getapplock',
  'sp_releaseapplock',
  'sp_help',
  'sp_helptext',
  'sp_updatestats',
  'sp_recompile',
]);

/** A string is read as SQL; one that is put together at run time is not, save for a constraint whose name was looked up. */
function readText(text: Cursor, readSql: (sql: string) => Step[]): Step[] {
  if (isNext({ ...text, at: text.at + 1 }, '=')) text.at += 2;
  let sql = '';
  let computed = 0;
  while (!isDone(text)) {
    const part = takeUntil(text, '+');
    const token = take(part);
    const isLiteral = token?.kind === 'string' && isDone(part);
    if (!isLiteral) computed++;
    sql += isLiteral ? literalText(token) : sql.endsWith('[') ? lookedUp : `[${lookedUp}]`;
    take(text);
  }
  const steps = readSql(sql);
  if (computed === 0) return steps;
  const [step] = steps;
  if (computed === 1 && steps.length === 1 && step?.kind === 'dropConstraint' && step.name === lookedUp) {
    const { name: _name, ...nameless } = step;
    return [nameless];
  }
  throw new SyntaxError('it runs SQL that is put together at run time');
}

/** Stands for the value of a variable; no constraint is called so. */
const lookedUp = 'a name that is looked up';

/** The text of each argument, by position and by name; undefined where it is not a string. */
type Arguments = { positions: (string | undefined)[]; names: Map<string, string | undefined> };

function takeArguments(cursor: Cursor): Arguments {
  const positions: (string | undefined)[] = [];
  const names = new Map<string, string | undefined>();
  for (const part of splitAtCommas(cursor)) {
    const isNamed = peek(part)?.kind === 'variable' && peek(part, 1)?.text === '=';
    const name = isNamed ? peek(part)?.text.toLowerCase() : undefined;
    if (isNamed) part.at += 2;
    const token = peek(part);
    const value = token?.kind === 'string' ? literalText(token) : undefined;
    if (name === undefined) positions.push(value);
    else names.set(name, value);
  }
  return { positions, names };
}

function readRename({ positions, names }: Arguments): Step {
  const from = positions[0] ?? names.get('@objname');
  const to = positions[1] ?? names.get('@newname');
  const given = positions[2] ?? names.get('@objtype');
  if (from === undefined || to === undefined) throw new SyntaxError('it renames something whose name is computed');
  const parts = partsOfText(from);
  // Three parts without a type are schema, table and column.
  const type = given?.toUpperCase() ?? (parts.length === 3 ? 'COLUMN' : 'OBJECT');
  const last = parts.at(-1) ?? '';
  const owner = joinName(parts.slice(0, -1));
  if (owner === '' && /^(COLUMN|INDEX|STATISTICS)$/.test(type))
    throw new SyntaxError('it renames a part of a table without naming the table');
  if (type === 'COLUMN') return { kind: 'renameColumn', table: owner, column: last, to };
  if (type === 'INDEX') return { kind: 'renameObject', object: 'index', name: last, to, table: owner };
  if (type === 'STATISTICS') return { kind: 'renameObject', object: 'statistics', name: last, to, table: owner };
  if (type === 'USERDATATYPE') return { kind: 'renameObject', object: 'type', name: joinName(parts), to };
  if (type === 'DATABASE') return { kind: 'renameObject', object: 'database', name: last, to };
  if (type !== 'OBJECT') throw new SyntaxError('it renames a kind of object that is not known');
  return { kind: 'renameTable', table: joinName(parts), to: joinName([...parts.slice(0, -1), to]), orOther: true };
}

/** https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sys-sp-cdc-enable-table-transact-sql */
function readCapture({ positions, names }: Arguments, on: boolean): Step {
  const schema = names.get('@source_schema') ?? positions[0];
  const table = names.get('@source_name') ?? positions[1];
  if (schema === undefined || table === undefined)
    throw new SyntaxError('it captures the changes of a table whose name is computed');
  return {
    kind: 'alterTable',
    table: joinName([schema, table]),
    change: `change data capture ${on ? 'on' : 'off'}`,
    sets: { kind: 'captured', on },
  };
}

/** name, value, then pairs of level and name: SCHEMA, TABLE, COLUMN. */
function readProperty({ positions, names }: Arguments): Step {
  const at = positions.findIndex((value) => value?.toUpperCase() === 'TABLE');
  const table = names.get('@level1name') ?? (at === -1 ? undefined : positions[at + 1]);
  if (table === undefined) return { kind: 'noEffect', what: 'an extended property' };
  const schema = names.get('@level0name') ?? positions[at - 1];
  return {
    kind: 'alterTable',
    table: joinName(schema === undefined ? [table] : [schema, table]),
    change: 'extended property',
  };
}
