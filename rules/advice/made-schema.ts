/** What a tool does when it makes the schema from models. */
import type { DeploymentFact } from '../../src/operations/deployment.ts';

/** A call that makes the schema. */
export type MakeSchema = Extract<DeploymentFact, { kind: 'makeSchema' }>;

/** The end of a sentence that begins with the call. */
export function describeMadeSchema({ tool, destroys }: MakeSchema): string {
  if (tool === 'SQLAlchemy')
    return 'makes missing tables from the models and changes none that exist. Migrations that are generated afterwards are empty, those that stand fail on tables that are already there, and a missing migration is noticed by nobody.';
  if (tool === 'Rails') return 'drops every table that the schema file names and makes it anew, empty.';
  const loss = destroys ? 'drops what is in the way, with its rows' : 'drops columns that the models no longer name';
  return `changes the database to fit the models: no migration is written or reviewed, it ${loss}, and a start that it refuses keeps the program down.`;
}
