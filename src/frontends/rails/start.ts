/** Where the following of a file of Ruby begins. */
import type { Comment } from '../../operations/migration.ts';
import type { Source, SourceFile } from '../frontend.ts';
import { createLocator } from '../sql/text.ts';
import { textOf, type SyntaxNode } from '../syntax/tree.ts';
import type { Program } from './program.ts';
import type { Run } from './run.ts';
import { heredocsOf } from './strings.ts';

/** Newer than all that is there: what is not versioned means what Rails means today. */
const newest = 99;

/** A run that has done nothing yet. */
export function runOf(
  source: Source,
  file: SourceFile,
  root: SyntaxNode,
  program: Program,
  direction: 'up' | 'down',
): Run {
  return {
    file,
    program,
    database: source.database,
    version: program.version ?? newest,
    direction,
    heredocs: heredocsOf(root),
    locate: createLocator(file.path, file.text),
    operations: [],
    comments: [],
    statements: 0,
    conditions: 0,
    loops: 0,
    stops: { handlers: 0 },
    exits: 0,
    asks: 0,
    depth: 0,
    steps: 100_000,
    fields: new Map(),
    isOutsideTransaction: false,
    mustReverse: false,
    models: new Set(),
  };
}

/** The comments of the file, for suppressions. */
export function commentsOf(run: Run, root: SyntaxNode): Comment[] {
  const comments: Comment[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'comment')
      comments.push({ text: textOf(node, run.file.text), span: run.locate(node.start, node.end) });
    if (node.type !== 'heredoc_body') waiting.push(...node.children);
  }
  return comments;
}
