/** What one file has said so far that later statements of it refer to: variables, prepared statements, procedures. */
import type { Cursor } from '../cursor.ts';
import type { Texts, Variables } from './dynamic.ts';
import type { MysqlDialect } from './effect.ts';

/** A procedure that was created in the file: its body and the names of its parameters. */
type Procedure = { body: Cursor; parameters: string[] };

export type Script = {
  dialect: MysqlDialect;
  variables: Variables;
  /** By name; undefined for SQL that is made up at run time. */
  prepared: Map<string, Texts | undefined>;
  /** By name, lower case. */
  procedures: Map<string, Procedure>;
  /** What is being read runs only under a condition. */
  conditional: boolean;
  /** How many calls and strings deep the reading is. */
  depth: number;
  /** How many characters it may still read again, because hostile files call without end. */
  budget: { left: number };
};

/** A script of which nothing was read yet. */
export function createScript(dialect: MysqlDialect): Script {
  return {
    dialect,
    variables: new Map(),
    prepared: new Map(),
    procedures: new Map(),
    conditional: false,
    depth: 0,
    budget: { left: 1_000_000 },
  };
}

/** The script one call deeper, to read so many characters, or undefined when that is too far; what it learns, the outer one knows too. */
export function enter(script: Script, characters: number): Script | undefined {
  if (script.depth >= 8 || script.budget.left < characters) return undefined;
  script.budget.left -= characters + 100;
  return { ...script, depth: script.depth + 1 };
}
