/** Loops of a data migration over rows, and the errors that end them. */
import { noteStop, readHandled, stoppable } from '../syntax/stopped-loop.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { visit, visitChildren } from './read-code.ts';
import { roundsOf, thingAt, type Place } from './thing.ts';

/** What a loop runs over is read once, its body again and again. */
export function visitLoop(place: Place, node: SyntaxNode): void {
  const clauses =
    node.type === 'for_statement' ? [node] : node.children.filter((child) => child.type === 'for_in_clause');
  const inside = { ...place, looped: true };
  for (const clause of clauses) {
    const over = childOf(clause, 'right');
    const left = childOf(clause, 'left');
    if (over) visit(place, over);
    const rows = over && thingAt(place, over);
    if (left?.type === 'identifier' && rows?.kind === 'rows')
      place.things.set(textOf(left, place.scope.module.text), { kind: 'row', table: rows.table, isNew: false });
  }
  const rounds = clauses.length === 1 ? roundsOf(place, childOf(node, 'left'), childOf(node, 'right')) : undefined;
  const { stops, emission } = place.reading;
  stoppable(stops, emission.operations, place.looped, () => {
    for (const round of rounds ?? [inside])
      for (const child of namedChildren(node))
        if (child.field !== 'left' && child.field !== 'right' && child.type !== 'for_in_clause') visit(round, child);
  });
}

/** Its body runs again and again. */
export function visitWhile(place: Place, node: SyntaxNode): void {
  const { stops, emission } = place.reading;
  stoppable(stops, emission.operations, place.looped, () => visitChildren({ ...place, looped: true }, node));
}

/** What a handler takes does not end a loop. */
export function visitTry(place: Place, node: SyntaxNode): void {
  const hasHandler = node.children.some(({ type }) => type.startsWith('except'));
  for (const child of namedChildren(node))
    readHandled(place.reading.stops, hasHandler && child.field === 'body', () => visit(place, child));
}

/** Notes what ends the loop around. */
export function noteError({ looped, reading, scope }: Place, node: SyntaxNode): void {
  if (!looped) return;
  const isRaise = node.type === 'raise_statement';
  noteStop(reading.stops, isRaise ? textOf(node, scope.module.text) : 'assert');
}
