/** From a node of the grammar to effects: one reader for each kind of statement. */
import type { Node } from 'libpg-query';
import { alterObjectReaders, silentReaders } from './alter-object.ts';
import { alterTableReaders } from './alter-table.ts';
import { codeBlockReaders } from './code-block.ts';
import { createObjectReaders } from './create-object.ts';
import { createTableReaders } from './create-table.ts';
import { dropReaders } from './drop.ts';
import { indexReaders } from './index-statements.ts';
import { queryReaders } from './query.ts';
import { renameReaders } from './rename.ts';
import { sessionReaders } from './session.ts';
import type { Effect, Statement, StatementReaders } from './statement.ts';

const readers: StatementReaders = {
  ...createTableReaders,
  ...alterTableReaders,
  ...indexReaders,
  ...dropReaders,
  ...renameReaders,
  ...createObjectReaders(readStatement),
  ...alterObjectReaders,
  ...queryReaders,
  ...sessionReaders,
  ...silentReaders,
  ...codeBlockReaders,
};

/** What a statement does. A kind without a reader is opaque. */
export function readStatement(node: Node, statement: Statement): Effect[] {
  for (const [kind, body] of Object.entries(node)) {
    // The reader of a kind takes the body of that kind: the table's type says so, and a lookup by string forgets it.
    const read = readers[kind as keyof StatementReaders] as
      | ((body: unknown, statement: Statement) => Effect[])
      | undefined;
    if (!read) return [{ kind: 'opaque', reason: `statements of the kind ${kind} are not known here` }];
    const effects = read(body, statement);
    return effects.length > 0 ? effects : [{ kind: 'opaque', reason: `it is a ${kind} that names nothing` }];
  }
  return [{ kind: 'opaque', reason: 'it is empty' }];
}
