/** Walks the code of a data migration, statement by statement, with the loops and conditions around each. */
import {
  importsOf,
  assignmentsIn,
  statementsOf,
  type Assignments,
  type PythonModule,
} from '../syntax/python-module.ts';
import { noteStop, readHandled, stoppable } from '../syntax/stopped-loop.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { visitCall } from './read-call.ts';
import { roundsOf, thingAt, type Place, type Reading, type Thing } from './thing.ts';
import { holdsHere } from './vendor.ts';

/** Reads a body with what its parameters stand for. */
export function readCode(
  reading: Reading,
  body: SyntaxNode,
  given: [string | undefined, Thing][],
  around: { looped: boolean; conditional: boolean; later?: true } = { looped: false, conditional: false },
): void {
  const { library } = reading.scope;
  const module = withImportsOf(body, reading.scope.module);
  const locals: Assignments = assignmentsIn(body, module.text);
  // A parameter is not what a name at the top of the file stands for.
  for (const [name] of given) if (name !== undefined && !locals.has(name)) locals.set(name, []);
  const things = new Map<string, Thing>();
  for (const [name, thing] of given) if (name !== undefined) things.set(name, thing);
  visit({ reading, scope: { module, locals, ...(library ? { library } : {}) }, things, ...around }, body);
}

/** What a function imports for itself counts as what stands at the top of the file. */
function withImportsOf(body: SyntaxNode, module: PythonModule): PythonModule {
  const own = statementsOf(body).flatMap((statement) => [...importsOf(statement, module.text)]);
  return own.length === 0 ? module : { ...module, imports: new Map([...module.imports, ...own]) };
}

/** Where a statement may leave to: out of the function, or out of the round of a loop. `always`: nothing after it in its block runs. */
type Exits = { always: boolean; function: boolean; round: boolean };

const goesOn: Exits = { always: false, function: false, round: false };

/** Reads a statement or an expression, and tells how it may be left. */
export function visit(place: Place, node: SyntaxNode): Exits {
  switch (node.type) {
    case 'block':
      return visitBlock(place, node);
    case 'function_definition':
      return remember(place, node);
    case 'for_statement':
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      return visitLoop(place, node);
    case 'while_statement':
      return visitWhile(place, node);
    case 'try_statement':
      return visitTry(place, node);
    case 'assert_statement':
      if (place.looped) noteStop(place.reading.stops, 'assert');
      break;
    case 'if_statement':
      return visitIf(place, node);
    case 'assignment':
      return visitAssignment(place, node);
    case 'as_pattern':
      return visitAs(place, node);
    case 'call':
      visitCall(place, node);
      return goesOn;
    case 'return_statement':
      return { ...visitChildren(place, node), always: true, function: true };
    case 'break_statement':
    case 'continue_statement':
      return { ...goesOn, always: true, round: true };
    // The migration ends with it: who reads on reads what runs where nothing was raised.
    case 'raise_statement':
      if (place.looped) noteStop(place.reading.stops, textOf(node, place.scope.module.text));
      return { ...visitChildren(place, node), always: true };
    case 'with_statement':
      return visitWith(place, node);
  }
  return visitChildren(place, node);
}

function visitChildren(place: Place, node: SyntaxNode): Exits {
  return possible(namedChildren(node).map((child) => visit(place, child)));
}

/** One of them, or none. */
function possible(exits: readonly Exits[]): Exits {
  return {
    always: false,
    function: exits.some((each) => each.function),
    round: exits.some((each) => each.round),
  };
}

/** After a statement that may leave it, the rest of a block runs under its condition. */
function visitBlock(place: Place, block: SyntaxNode): Exits {
  let exits = goesOn;
  for (const statement of namedChildren(block)) {
    const isOpen = exits.function || exits.round;
    const { always, ...left } = visit(isOpen ? { ...place, conditional: true } : place, statement);
    exits = { always, function: exits.function || left.function, round: exits.round || left.round };
    if (always) break;
  }
  return exits;
}

function visitWith(place: Place, node: SyntaxNode): Exits {
  const exits = namedChildren(node).map((child) => visit(place, child));
  return { ...possible(exits), always: exits.at(-1)?.always === true };
}

function remember({ things, reading }: Place, definition: SyntaxNode): Exits {
  const name = childOf(definition, 'name');
  if (name) things.set(textOf(name, reading.scope.module.text), { kind: 'function', definition });
  return goesOn;
}

/** What a loop runs over is read once, its body again and again. */
function visitLoop(place: Place, node: SyntaxNode): Exits {
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
  const parts = namedChildren(node).filter(
    ({ field, type }) => field !== 'left' && field !== 'right' && type !== 'for_in_clause',
  );
  const { stops, emission } = place.reading;
  return stoppable(stops, emission.operations, place.looped, () =>
    leftRounds(possible((rounds ?? [inside]).flatMap((round) => parts.map((part) => visit(round, part))))),
  );
}

function visitWhile(place: Place, node: SyntaxNode): Exits {
  const { stops, emission } = place.reading;
  return stoppable(stops, emission.operations, place.looped, () =>
    leftRounds(visitChildren({ ...place, looped: true }, node)),
  );
}

/** What a handler takes does not end a loop. */
function visitTry(place: Place, node: SyntaxNode): Exits {
  const hasHandler = node.children.some(({ type }) => type.startsWith('except'));
  const { stops } = place.reading;
  const read = (child: SyntaxNode) =>
    readHandled(stops, hasHandler && child.field === 'body', () => visit(place, child));
  return possible(namedChildren(node).map(read));
}

/** Who leaves a round goes on after the loop. */
function leftRounds(exits: Exits): Exits {
  return { ...exits, always: false, round: false };
}

/** A branch for another database is not read; of the others one runs, or none. */
function visitIf(place: Place, node: SyntaxNode): Exits {
  const open: Exits[] = [];
  for (const part of [node, ...node.children.filter(({ field }) => field === 'alternative')]) {
    const condition = childOf(part, 'condition');
    const body = childOf(part, part.type === 'else_clause' ? 'body' : 'consequence');
    if (condition) visit(place, condition);
    const holds = condition ? holdsHere(place, condition) : true;
    if (holds === false) place.reading.isForAnother = true;
    if (!body || holds === false) continue;
    const isSure = holds === true && open.length === 0;
    open.push(visit(isSure ? place : { ...place, conditional: true }, body));
    if (holds === true) return { ...possible(open), always: open.every(({ always }) => always) };
  }
  return possible(open);
}

function visitAssignment(place: Place, node: SyntaxNode): Exits {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!right) return goesOn;
  visit(place, right);
  const thing = thingAt(place, right);
  if (left?.type === 'identifier' && thing) place.things.set(textOf(left, place.scope.module.text), thing);
  return goesOn;
}

/** `with connection.cursor() as cursor` */
function visitAs(place: Place, node: SyntaxNode): Exits {
  const [value, target] = namedChildren(node);
  if (!value) return goesOn;
  visit(place, value);
  const thing = thingAt(place, value);
  const name = target && (namedChildren(target)[0] ?? target);
  if (name && thing) place.things.set(textOf(name, place.scope.module.text), thing);
  return goesOn;
}
