/** Calls on classes and modules that hold no rows. */
import type { CodeEffect } from '../../operations/operation.ts';
import { baseName, isLibrary, isNetwork } from './constants.ts';
import { evaluateBlock } from './evaluate.ts';
import { headOf, type Followed } from './follow-call.ts';
import { emit, emitOpaque, type Run } from './run.ts';
import { nothing, unknown, type Value } from './value.ts';

const connections = new Set([
  'connection',
  'lease_connection',
  'retrieve_connection',
  'connection_pool',
  'current_preventing_writes',
]);
const secondConnections = new Set(['establish_connection', 'connects_to', 'connected_to', 'remove_connection']);

/** Follows a call on a class that is no table. */
export function followConstantCall(run: Run, name: string, call: Followed): Value {
  if (name === baseName) return followBaseCall(run, call);
  const { block } = call;
  if (isNetwork(name)) return runsCode(run, call, 'network call');
  if (!isLibrary(name)) return runsCode(run, call, 'application code');
  if (name === 'File' || name === 'FileUtils' || name === 'Kernel' || name === 'IO') return followFileCall(run, call);
  if (name.endsWith('LogSubscriber')) return nothing;
  if (name === 'Rails' && call.name === 'cache') return unknown;
  if (name === 'Rails' && call.name === 'env') return productionOf(run, call);
  if (block) return evaluateBlock(run, block, call.scope, [], true);
  return unknown;
}

/** A migration is read as production runs it. */
function productionOf(run: Run, { node }: Followed): Value {
  run.asks++;
  return { kind: 'text', parts: [{ text: 'production', start: node.start, end: node.end }] };
}

function followBaseCall(run: Run, call: Followed): Value {
  const { block, name } = call;
  if (connections.has(name)) return { kind: 'connection', isDirect: true };
  if (secondConnections.has(name)) {
    runsCode(run, call, 'second connection');
    return block ? evaluateBlock(run, block, call.scope, [{ kind: 'connection' }], true) : unknown;
  }
  if (name === 'transaction' && block) {
    if (run.isOutsideTransaction) emit(run, { kind: 'begin' }, headOf(call));
    const value = evaluateBlock(run, block, call.scope, [], true);
    if (run.isOutsideTransaction) emit(run, { kind: 'commit' }, { start: block.end - 1, end: block.end });
    return value;
  }
  if (
    /^(sanitize_sql|quoted|logger|record_timestamps|no_touching|descendants|subclasses|send|extend|include)/.test(name)
  )
    return block ? evaluateBlock(run, block, call.scope, [], true) : unknown;
  if (/(connection_config|configurations|connection_db_config|table_name_prefix|pluralize_table_names)$/.test(name))
    return unknown;
  emitOpaque(run, `\`${name}\` of ActiveRecord is not a call that is known here`, headOf(call));
  return unknown;
}

const readsFiles = new Set([
  'read',
  'join',
  'exist?',
  'expand_path',
  'dirname',
  'basename',
  'extname',
  'open',
  'readlines',
  'foreach',
  'file?',
  'directory?',
  'path',
]);

function followFileCall(run: Run, call: Followed): Value {
  const { block } = call;
  if (!readsFiles.has(call.name)) return runsCode(run, call, 'application code');
  return block ? evaluateBlock(run, block, call.scope, [unknown], true) : unknown;
}

/** Records code whose effect does not stand in the migration. */
export function runsCode(run: Run, call: Followed, does: CodeEffect): Value {
  const place = headOf(call);
  emit(run, { kind: 'runCode', code: shortened(run.file.text.slice(place.start, place.end)), does }, place);
  return unknown;
}

function shortened(code: string): string {
  return code.replace(/\s+/g, ' ').trim().slice(0, 200);
}
