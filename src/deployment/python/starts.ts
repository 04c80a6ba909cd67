/** Whether a line of Python runs whenever the program starts, as far as the file alone tells. */
import { nameOf } from '../../frontends/paths.ts';
import { childOf, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { Place } from '../../operations/deployment.ts';
import type { Reader } from '../reader.ts';
import { guardOf } from './guard.ts';
import { around, type Program } from './program.ts';

/** The place of a line of a program: known to run at the start, or only when somebody calls it. */
export function placeOfLine(node: SyntaxNode, place: Place, program: Program, reader: Reader): Place {
  if (place.kind !== 'code' || !isReached(node, program, reader.path)) return place;
  const guard = guardOf(node, program, reader);
  return guard !== 'safe' && guard.kind !== 'unknown' ? { kind: 'code', starts: true } : place;
}

/** At the top of what a server imports, or in a function that it calls by its name. */
function isReached(node: SyntaxNode, program: Program, path: string): boolean {
  const { text } = program.module;
  const parents = around(node, program).map(({ parent }) => parent);
  if (
    parents.some(
      (each) => each.type === 'if_statement' && /__name__/.test(textOf(childOf(each, 'condition') ?? each, text)),
    )
  )
    return false;
  const functions = parents.filter((each) => each.type === 'function_definition');
  const [inner] = functions;
  if (!inner) return /^(?:wsgi|asgi|apps|main|app|application|server|__init__)\.py$/.test(nameOf(path));
  const name = textOf(childOf(inner, 'name') ?? inner, text);
  if (functions.length > 1) return false;
  // https://docs.djangoproject.com/en/stable/ref/applications/#django.apps.AppConfig.ready, https://fastapi.tiangolo.com/advanced/events/
  if (name === 'ready') return nameOf(path) === 'apps.py';
  const decorated = program.parents.get(inner);
  const isEvent =
    decorated?.type === 'decorated_definition' && /on_event\(\s*["']startup/.test(textOf(decorated, text));
  return isEvent || /^(?:lifespan|on_startup|create_app)$/.test(name);
}
