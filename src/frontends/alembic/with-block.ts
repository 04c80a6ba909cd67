/** `with`: what is there inside the block, and what happens at its end. */
import type { SyntaxNode } from '../syntax/tree.ts';
import { isContext } from './attribute.ts';
import { emit, type Run } from './run.ts';
import { pathOf, type Value } from './value.ts';

export type Block = { value: Value; leave: () => void };

/** Enters a block on a value. */
export function enterBlock(run: Run, node: SyntaxNode, value: Value): Block {
  if (value.kind === 'batch') return { value, leave: () => leaveBatch(run, node, value) };
  if (isAutocommit(value)) return autocommit(run, node);
  return { value, leave: () => undefined };
}

/**
 * Alembic commits what it has, runs the block statement by statement, and begins anew:
 * https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block
 */
function autocommit(run: Run, node: SyntaxNode): Block {
  if (!run.isWrapped) return { value: { kind: 'none' }, leave: () => undefined };
  emit(run, node, { kind: 'commit' });
  return { value: { kind: 'none' }, leave: () => emit(run, node, { kind: 'begin' }) };
}

function isAutocommit(value: Value): boolean {
  if (value.kind !== 'call') return false;
  const { callee } = value;
  if (callee.kind === 'attribute') return callee.name === 'autocommit_block' && isContext(callee.object);
  return pathOf(callee)?.endsWith('.autocommit_block') ?? false;
}

function leaveBatch(run: Run, node: SyntaxNode, batch: Extract<Value, { kind: 'batch' }>): void {
  if (!batch.changes.copied) return;
  emit(run, node, { kind: 'rebuildTable', table: batch.table, how: 'batch mode copies every row into a new table' });
}
