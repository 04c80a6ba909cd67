/** What follows a migration in JavaScript from call to call, and writes down what reaches the database. */
import type { Comment, Database } from '../../operations/migration.ts';
import type { Operation, Span } from '../../operations/operation.ts';
import type { Source, SourceFile } from '../frontend.ts';
import type { Effect } from '../sql/effect.ts';
import { readerOfWords, readSql, type SqlReading } from '../sql/read-sql.ts';
import { wholeFile } from '../sql/text.ts';
import { locatorOf, readMappedSql } from './mapped-sql.ts';
import { stoppable, type Stops } from './stopped-loop.ts';
import type { Chain, Circumstances, Piece, Place, RecordValue, Value } from './script-value.ts';

/** What a framework knows of names that the file does not declare. */
export type Knowledge = {
  /** The value of a name that is global or imported. */
  resolve?: (name: string, module: string | undefined, machine: Machine) => Value | undefined;
  /** Asked before a call of a foreign name is judged; a value takes the place of the chain. */
  foreign?: (chain: Chain, machine: Machine) => Value | undefined;
};

export type Machine = {
  /** The file of the migration. */
  home: SourceFile;
  /** The file that is being followed. */
  file: SourceFile;
  database: Database;
  locate: (start: number, end: number) => Span;
  /** The text of another file of the project, where it is at hand. */
  textOf: (path: string) => string | undefined;
  knowledge: Knowledge;
  /** What other files of the project export, by their paths. */
  modules: Map<string, RecordValue | undefined>;
  /** Where this file calls the function of another file that is being followed: everything it does stands there. */
  calledAt?: Place;
  operations: Operation[];
  /** Stretches of `operations` that were sent as several statements in one string. */
  queries: { from: number; to: number }[];
  comments: Comment[];
  statements: number;
  /** Nothing is written down: the file's own top level runs before any direction. */
  muted: boolean;
  when: Circumstances;
  /** Conditions around the present point. */
  depth: number;
  /** Functions that are being followed. */
  calls: number;
  /** Expressions that may still be followed: a loop of the file cannot hold up the review. */
  budget: number;
  /** What an error that is surely raised says. */
  raised?: string;
  stops: Stops;
};

const mostExpressions = 200_000;

/** A machine at the start of a file. */
export function createMachine(file: SourceFile, { database, project }: Source, knowledge: Knowledge): Machine {
  return {
    home: file,
    file,
    database,
    locate: locatorOf(file),
    textOf: project.textOf,
    knowledge,
    modules: new Map(),
    operations: [],
    queries: [],
    comments: [],
    statements: 0,
    muted: false,
    when: { conditional: false, looped: false },
    stops: { handlers: 0 },
    depth: 0,
    calls: 0,
    budget: mostExpressions,
  };
}

/** Writes down one statement that does all of these. */
export function say(machine: Machine, at: Place, when: Circumstances, effects: readonly Effect[]): void {
  if (machine.muted || effects.length === 0) return;
  machine.statements++;
  const span = spanOf(machine, at);
  for (const effect of effects) push(machine, { ...effect, span, statement: machine.statements }, when);
}

/** Writes down that something could not be read. */
export function sayOpaque(machine: Machine, at: Place, when: Circumstances, reason: string): void {
  say(machine, at, when, [{ kind: 'opaque', reason }]);
}

/** Writes down SQL that stands in the file, or that the program puts together. */
export function saySql(machine: Machine, pieces: readonly Piece[], when: Circumstances): void {
  if (machine.muted) return;
  const reading = readMappedSql(machine.file, pieces, machine.database, machine.locate);
  const from = machine.operations.length;
  pushReading(machine, reading, when);
  if (reading.statements > 1) machine.queries.push({ from, to: machine.operations.length });
}

/** Writes down SQL that the framework makes of a call: its operations stand where the call stands. */
export function sayGenerated(machine: Machine, sql: string, at: Place, when: Circumstances): void {
  if (machine.muted) return;
  const span = spanOf(machine, at);
  const text = { path: machine.file.path, text: sql, start: 0, end: sql.length };
  const reading = readSql(text, readerOfWords(machine.database));
  const operations = reading.operations.map((operation) => ({ ...operation, span }));
  pushReading(machine, { operations, comments: [], statements: reading.statements }, when);
}

/** Writes down the SQL of another file, at its places there. */
export function sayFile(machine: Machine, file: SourceFile): void {
  if (!machine.muted) pushReading(machine, readSql(wholeFile(file.path, file.text), machine.database), machine.when);
}

/** Does something in the file that a function stands in; `from` is the place of its call. */
export function inFile<Result>(machine: Machine, file: SourceFile, from: Place, action: () => Result): Result {
  const { file: caller, calledAt } = machine;
  if (file === caller) return action();
  const own = file === machine.home;
  machine.file = file;
  if (own) delete machine.calledAt;
  else machine.calledAt = calledAt ?? from;
  try {
    return action();
  } finally {
    machine.file = caller;
    if (calledAt) machine.calledAt = calledAt;
    else delete machine.calledAt;
  }
}

/** Writes down that a column is said anew: read from the SQL that would add it. `saysNull`: the program writes out that it takes NULL; `isWhole`: all that it says of the column is known. */
export function restate(
  machine: Machine,
  addition: string,
  at: Chain,
  { saysNull, isWhole }: { saysNull: boolean; isWhole: boolean },
): void {
  if (machine.muted) return;
  const isSaidWhole = isWhole && (machine.database === 'mysql' || machine.database === 'mariadb');
  const from = machine.operations.length;
  sayGenerated(machine, addition, at, at.when);
  for (let index = from; index < machine.operations.length; index++) {
    const operation = machine.operations[index];
    if (operation?.kind !== 'addColumn') continue;
    const { table, column, span, statement, conditional } = operation;
    const { type, nullable, generated, onUpdate, comment, position } = column;
    machine.operations[index] = {
      kind: 'alterColumn',
      table,
      column: column.name,
      nullable,
      default: column.default ?? 'none',
      restated: true,
      ...(type ? { type } : {}),
      ...(generated ? { generated } : {}),
      // MODIFY and CHANGE: what is not said is gone.
      ...(isSaidWhole && !generated ? { generated: 'none' as const } : {}),
      ...(nullable && saysNull ? { saidNullable: true as const } : {}),
      ...(isSaidWhole && onUpdate !== undefined ? { onUpdate } : {}),
      ...(isSaidWhole && comment !== undefined ? { comment } : {}),
      ...(isSaidWhole && position ? { position } : {}),
      span,
      statement,
      ...(conditional ? { conditional } : {}),
    };
  }
}

/** Does something under further circumstances. */
export function under<Result>(machine: Machine, further: Partial<Circumstances>, action: () => Result): Result {
  const { when, depth } = machine;
  machine.when = {
    conditional: when.conditional || further.conditional === true,
    looped: when.looped || further.looped === true,
  };
  machine.depth++;
  const { stops, operations } = machine;
  try {
    return further.looped ? stoppable(stops, operations, when.looped, action) : action();
  } finally {
    machine.when = when;
    machine.depth = depth;
  }
}

function spanOf(machine: Machine, at: Place): Span {
  const { start, end } = machine.calledAt ?? at;
  return machine.locate(start, end);
}

function pushReading(machine: Machine, reading: SqlReading, when: Circumstances): void {
  const { calledAt } = machine;
  const place = calledAt ? { span: spanOf(machine, calledAt) } : {};
  for (const operation of reading.operations)
    push(machine, { ...operation, ...place, statement: machine.statements + operation.statement }, when);
  if (!calledAt) machine.comments.push(...reading.comments);
  machine.statements += reading.statements;
}

function push(machine: Machine, operation: Operation, when: Circumstances): void {
  const isLooped = when.looped && (operation.kind === 'updateRows' || operation.kind === 'deleteRows');
  const placed: Operation = isLooped ? { ...operation, looped: true } : operation;
  machine.operations.push(when.conditional ? { ...placed, conditional: true } : placed);
}
