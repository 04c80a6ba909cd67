/** RunPython: which function it names, and what that does to rows. */
import type { Comment } from '../../operations/migration.ts';
import { findHelper } from './helper.ts';
import { argumentOf, bare, qualifiedName, readCall } from '../syntax/python-call.ts';
import { findAssigned, parametersOf } from '../syntax/python-module.ts';
import { childOf, textOf, type SyntaxNode } from '../syntax/tree.ts';
import type { DeclaredOf } from './declared.ts';
import { emit, emitFrom, emitNothing, type Emission } from './emission.ts';
import type { ListScope } from './operations-list.ts';
import { isOwnCode } from './own-code.ts';
import { readCode } from './read-code.ts';
import type { Reading } from './thing.ts';

/** Reads the function of a RunPython where the file has it; code from elsewhere is named. */
export function emitRunPython(emission: Emission, declared: DeclaredOf<'runPython'>, comments: Comment[]): void {
  const { call, scope } = declared;
  const code = argumentOf(call, 0, 'code');
  const reverse = argumentOf(call, 1, 'reverse_code');
  if (!reverse || reverse.type === 'none') emission.irreversible.push('RunPython has no reverse_code');
  if (!code) return emit(emission, declared, { kind: 'runCode', code: 'RunPython' });
  const name = qualifiedName(code, scope.module);
  if (name?.endsWith('RunPython.noop')) return emitNothing(emission, declared, 'RunPython.noop');
  const found = findCode(code, scope);
  if (!found) return emitElsewhere(emission, declared, code, name);
  const before = emission.operations.length;
  const [apps, editor] = found.parameters;
  let isForAnother = false;
  emitFrom(emission, found.scope.module, declared, (inner) => {
    const started = { emission: inner, written: declared, scope: found.scope, calls: 0, said: new Set<string>() };
    const reading: Reading = { ...started, comments, stops: { handlers: 0 } };
    readCode(reading, found.body, [
      [apps, { kind: 'apps' }],
      [editor, { kind: 'editor' }],
    ]);
    isForAnother = reading.isForAnother === true;
  });
  // Code of which nothing was understood is named, so that it is never taken for nothing.
  if (emission.operations.length > before) return;
  if (isForAnother) emitNothing(emission, declared, 'code for another database');
  else emit(emission, declared, { kind: 'runCode', code: textOf(code, scope.module.text) });
}

type Code = { body: SyntaxNode; parameters: string[]; scope: ListScope };

/** The body behind a name, a lambda, or a partial of either. */
function findCode(node: SyntaxNode, scope: ListScope): Code | undefined {
  const { module } = scope;
  const expression = bare(node);
  const lambda = expression.type === 'lambda' ? childOf(expression, 'body') : undefined;
  if (lambda) return { body: lambda, parameters: parametersOf(expression, module.text), scope };
  const call = readCall(expression, module.text);
  const [first] = call?.positional ?? [];
  if (call && first && qualifiedName(call.callee, module)?.endsWith('partial'))
    return partialOf(first, call.positional.length - 1, scope);
  if (expression.type !== 'identifier') return findImportedCode(expression, scope);
  const name = textOf(expression, module.text);
  const definition = module.functions.get(name);
  const body = definition && childOf(definition, 'body');
  if (body) return { body, parameters: parametersOf(definition, module.text), scope };
  const assigned = findAssigned(name, scope);
  if (!assigned) return findImportedCode(expression, scope);
  return assigned.node !== expression ? findAssignedCode(assigned.node, { ...scope, ...assigned.scope }) : undefined;
}

/** A function of another file that stands with migrations. */
function findImportedCode(node: SyntaxNode, scope: ListScope): Code | undefined {
  const name = qualifiedName(node, scope.module);
  const helper = name === undefined ? undefined : findHelper(scope, name);
  const body = helper && childOf(helper.definition, 'body');
  return body && { body, parameters: parametersOf(helper.definition, helper.scope.module.text), scope: helper.scope };
}

/** One name for another; no further, so that it ends. */
function findAssignedCode(node: SyntaxNode, scope: ListScope): Code | undefined {
  return node.type === 'identifier' && scope.module.assigned.has(textOf(node, scope.module.text))
    ? undefined
    : findCode(node, scope);
}

/** Arguments that are bound already come before `apps` and `schema_editor`. */
function partialOf(node: SyntaxNode, bound: number, scope: ListScope): Code | undefined {
  const code = node.type === 'identifier' || node.type === 'lambda' ? findCode(node, scope) : undefined;
  return code && { ...code, parameters: code.parameters.slice(bound) };
}

function emitElsewhere(
  emission: Emission,
  declared: DeclaredOf<'runPython'>,
  code: SyntaxNode,
  name: string | undefined,
): void {
  const { module } = declared.scope;
  const does = name !== undefined && isOwnCode(name, module) ? { does: 'application code' as const } : {};
  emit(emission, declared, { kind: 'runCode', code: name ?? textOf(code, module.text), ...does });
}
