/** What a trigger of SQLite reads and writes. */
import type { AstNode, CreateTriggerStmt, QualifiedName } from 'sqlite3-parser';
import type { ViewQuery } from '../../../operations/object-operation.ts';
import { nodesOf } from './read-expression.ts';
import { readNodes } from './view-query.ts';

type Command = CreateTriggerStmt['commands'][number];

/**
 * Each command with its own tables. A column that is only written is looked up when the trigger fires, the others by every rename and
 * every DROP COLUMN: https://www.sqlite.org/lang_altertable.html#alter_table_drop_column
 */
export function queryOfTrigger(statement: CreateTriggerStmt, nameOf: (name: QualifiedName) => string): ViewQuery {
  const on = nameOf(statement.tblName);
  const rows = new Map([
    ['new', on],
    ['old', on],
  ]);
  const queries = [
    ...(statement.whenClause ? [readNodes([...nodesOf(statement.whenClause)], rows, nameOf)] : []),
    ...statement.commands.map((command) => readCommand(command, rows, nameOf)),
  ];
  return {
    of: 'trigger',
    on,
    tables: [...new Set([on, ...queries.flatMap(({ tables }) => tables)])],
    columns: queries.flatMap(({ columns }) => columns),
  };
}

function readCommand(
  command: Command,
  rows: ReadonlyMap<string, string>,
  nameOf: (name: QualifiedName) => string,
): ViewQuery {
  const { tables, columns } = readNodes([...nodesOf(command)], rows, nameOf);
  const written = writtenBy(command).map((name) => ({
    ...('tblName' in command ? { table: nameOf(command.tblName) } : {}),
    name,
    written: true as const,
  }));
  return { tables, columns: [...columns, ...written] };
}

function writtenBy(command: Command): string[] {
  if (command.type === 'UpdateTriggerCmd') return command.sets.flatMap(({ colNames }) => colNames.map(textOf));
  return command.type === 'InsertTriggerCmd' ? (command.colNames ?? []).map(textOf) : [];
}

function textOf({ text }: Extract<AstNode, { type: 'Name' }>): string {
  return text;
}
