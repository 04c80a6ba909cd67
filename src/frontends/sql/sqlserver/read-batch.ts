/** One batch of SQL Server: its statements, and what each of them does. */
import { reasonOf, stretchOf, type Stretch } from '../cursor.ts';
import { wholeFile } from '../text.ts';
import { tokenize, type Token } from '../tokens.ts';
import { findStatements, type Statement } from './find-statements.ts';
import { readStatement } from './read-statement.ts';
import type { Step } from './step.ts';

/** What one statement does; a step without a place of its own stands at the statement. */
export type Read = { stretch: Stretch; effects: Step[] };

/** Reads the statements between two GO lines. */
export function readBatch(text: string, tokens: readonly Token[]): Read[] {
  return readStatements(text, tokens, 0);
}

function readStatements(text: string, tokens: readonly Token[], nesting: number): Read[] {
  return findStatements(text, tokens).map((statement) => ({
    stretch: stretchOf(statement.cursor),
    effects: readSteps(statement, nesting).map((step) => mark(step, statement)),
  }));
}

function readSteps({ cursor, problem }: Statement, nesting: number): Step[] {
  if (problem) return [{ kind: 'opaque', reason: problem }];
  try {
    return readStatement({ ...cursor }, (sql) => readText(sql, nesting + 1));
  } catch (error) {
    return [{ kind: 'opaque', reason: reasonOf(error) }];
  }
}

/** SQL that is given as a string: places inside it mean nothing in the file. */
function readText(sql: string, nesting: number): Step[] {
  if (nesting > deepestText) return [{ kind: 'opaque', reason: 'strings of SQL are nested too deeply' }];
  const reads = readStatements(sql, tokenize(wholeFile('', sql), 'sqlserver'), nesting);
  return reads.flatMap(({ effects }) => effects.map(({ at: _, ...effect }) => effect));
}

const deepestText = 5;

function mark(step: Step, { conditional, looped }: Statement): Step {
  const marked: Step = conditional ? { ...step, conditional: true } : step;
  const isLoop = looped && (marked.kind === 'updateRows' || marked.kind === 'deleteRows');
  return isLoop ? { ...marked, looped: true } : marked;
}
