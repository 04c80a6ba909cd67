/** Columns and constraints, in CREATE TABLE as in ALTER TABLE. */
import type { ColumnDef, Constraint as ConstraintNode, Node } from 'libpg-query';
import type { Column, Constraint, Expression, Reference, ReferenceAction } from '../../../operations/column.ts';
import type { Name } from '../../../operations/name.ts';
import { notBuiltIn } from './built-in-functions.ts';
import { dataTypeOf, isSerial } from './data-type.ts';
import { expressionOf, isNull } from './expression.ts';
import { itemsOf, nameOf, stringOf, stringsOf } from './names.ts';
import {
  findOutsideBrackets,
  insideBrackets,
  isSymbol,
  isWord,
  sourceOf,
  tokenIndexAt,
  type Place,
  type Statement,
} from './statement.ts';

/** The column that a definition makes; `table` names the sequence of a serial one. */
export function columnOf(definition: ColumnDef, table: Name, statement: Statement): Column {
  const name = definition.colname ?? '';
  const column: Column = { name, nullable: true, constraints: [] };
  const type = dataTypeOf(definition.typeName, definition.collClause);
  if (type) column.type = type;
  if (isSerial(definition.typeName)) {
    column.nullable = false;
    column.generated = 'identity';
    column.default = {
      sql: `nextval('${table}_${name}_seq'::regclass)`,
      functions: ['nextval'],
      columns: [],
      known: true,
    };
  }
  for (const [index, node] of (definition.constraints ?? []).entries()) {
    if ('Constraint' in node) addToColumn(column, node.Constraint, definition.constraints?.[index + 1], statement);
  }
  return column;
}

function addToColumn(column: Column, node: ConstraintNode, next: Node | undefined, statement: Statement): void {
  switch (node.contype) {
    case 'CONSTR_NOTNULL':
      column.nullable = false;
      return;
    case 'CONSTR_DEFAULT':
      if (!isNull(node.raw_expr)) column.default = defaultOf(node, next, statement);
      return;
    case 'CONSTR_IDENTITY':
      column.nullable = false;
      column.generated = 'identity';
      return;
    case 'CONSTR_GENERATED':
      column.generated = node.generated_kind === 'v' ? 'virtual' : 'stored';
      return addExpression(column, node.raw_expr, statement);
    case 'CONSTR_ATTR_DEFERRABLE':
    case 'CONSTR_ATTR_DEFERRED':
      return deferLast(column, node.contype === 'CONSTR_ATTR_DEFERRED');
    case 'CONSTR_PRIMARY':
      column.nullable = false;
  }
  const constraint = constraintOf(node, statement, column.name);
  if (constraint) column.constraints.push(constraint);
}

function addExpression(column: Column, node: Node | undefined, statement: Statement): void {
  const { columns, functions } = expressionOf(node, statement, undefined);
  column.reads = columns;
  const calls = notBuiltIn(functions);
  if (calls.length > 0) column.calls = calls;
}

/** DEFERRABLE and INITIALLY DEFERRED, which says it too, stand behind the constraint that they are about. */
function deferLast({ constraints }: Column, initially: boolean): void {
  const last = constraints.at(-1);
  if (last?.kind === 'unique') {
    last.deferrable = true;
    if (initially) last.initiallyDeferred = true;
  }
  if (last?.kind === 'foreignKey') {
    delete last.deferrable;
    if (initially || last.initiallyDeferred) last.initiallyDeferred = true;
    else last.deferrable = true;
  }
}

/** DEFAULT ends where the column's next clause or the column itself does. */
function defaultOf(node: ConstraintNode, next: Node | undefined, statement: Statement): Expression {
  const { tokens } = statement;
  const keyword = findOutsideBrackets(tokens, tokenIndexAt(statement, node.location), (token) =>
    isWord(token, 'DEFAULT'),
  );
  const start = keyword === undefined ? undefined : tokens[keyword + 1];
  if (keyword === undefined || !start) return expressionOf(node.raw_expr, statement, undefined);
  const nextOffset =
    next && 'Constraint' in next ? statement.offsetOf(next.Constraint.location) : Number.POSITIVE_INFINITY;
  const stop = findOutsideBrackets(
    tokens,
    keyword + 1,
    (token) => isSymbol(token, ',') || isWord(token, 'COLLATE') || token.start >= nextOffset,
  );
  const end = tokens[stop ?? endOfItem(statement, keyword + 1)];
  const place = { start: start.start, end: end?.start ?? statement.end };
  return expressionOf(node.raw_expr, statement, place);
}

/** Index of the bracket that closes around an item, or the number of tokens. */
function endOfItem(statement: Statement, from: number): number {
  let depth = 0;
  for (let index = from; index < statement.tokens.length; index++) {
    const token = statement.tokens[index];
    if (isSymbol(token, '(') || isSymbol(token, '[')) depth++;
    if (isSymbol(token, ')') || isSymbol(token, ']')) depth--;
    if (depth < 0) return index;
  }
  return statement.tokens.length;
}

/** The constraint of a node; one at a column names the column. Undefined for what is none: NULL, DEFERRABLE. */
export function constraintOf(node: ConstraintNode, statement: Statement, column?: string): Constraint | undefined {
  const constraint = unnamedConstraint(node, statement, column === undefined ? [] : [column]);
  return constraint && node.conname !== undefined ? { name: node.conname, ...constraint } : constraint;
}

function unnamedConstraint(node: ConstraintNode, statement: Statement, own: string[]): Constraint | undefined {
  const columns = own.length > 0 ? own : stringsOf(node.keys);
  const usingIndex = node.indexname === undefined ? {} : { usingIndex: node.indexname };
  const validated = node.skip_validation !== true && node.is_enforced !== false;
  switch (node.contype) {
    case 'CONSTR_PRIMARY':
      return { kind: 'primaryKey', columns, ...usingIndex };
    case 'CONSTR_UNIQUE':
      return { kind: 'unique', columns, ...usingIndex, ...uniqueDeferral(node) };
    case 'CONSTR_NOTNULL':
      return { kind: 'notNull', columns: [columns[0] ?? ''], validated };
    case 'CONSTR_CHECK':
      return checkOf(node, statement, validated);
    case 'CONSTR_EXCLUSION':
      return { kind: 'exclusion', columns: excludedColumns(node, statement) };
    case 'CONSTR_FOREIGN':
      return {
        kind: 'foreignKey',
        columns: own.length > 0 ? own : stringsOf(node.fk_attrs),
        references: referenceOf(node),
        validated,
        ...(node.initdeferred
          ? { initiallyDeferred: true as const }
          : node.deferrable
            ? { deferrable: true as const }
            : {}),
      };
  }
  return undefined;
}

function uniqueDeferral({ deferrable, initdeferred }: ConstraintNode): { deferrable?: true; initiallyDeferred?: true } {
  return { ...(deferrable ? { deferrable } : {}), ...(initdeferred ? { initiallyDeferred: initdeferred } : {}) };
}

function checkOf(node: ConstraintNode, statement: Statement, validated: boolean): Constraint {
  const { tokens } = statement;
  const keyword = findOutsideBrackets(tokens, tokenIndexAt(statement, node.location), (token) =>
    isWord(token, 'CHECK'),
  );
  const place = keyword === undefined ? undefined : insideBrackets(tokens, keyword + 1);
  const notNull = columnNotNull(node.raw_expr);
  return {
    kind: 'check',
    expression: expressionOf(node.raw_expr, statement, place),
    ...(notNull === undefined ? {} : { notNull }),
    validated,
    ...(node.is_enforced ? {} : { enforced: false }),
  };
}

/** The column of `x IS NOT NULL`, when that is all. */
function columnNotNull(node: Node | undefined): string | undefined {
  if (!node || !('NullTest' in node) || node.NullTest.nulltesttype !== 'IS_NOT_NULL') return undefined;
  const { arg } = node.NullTest;
  return arg && 'ColumnRef' in arg ? stringOf(arg.ColumnRef.fields?.at(-1)) : undefined;
}

const actions: Record<string, ReferenceAction | undefined> = {
  c: 'cascade',
  n: 'set null',
  d: 'set default',
  r: 'restrict',
};

/** The grammar does not tell a written NO ACTION from none. */
function referenceOf(node: ConstraintNode): Reference {
  const onDelete = actions[node.fk_del_action ?? ''];
  const onUpdate = actions[node.fk_upd_action ?? ''];
  const onDeleteColumns = stringsOf(node.fk_del_set_cols);
  return {
    table: nameOf(node.pktable),
    columns: stringsOf(node.pk_attrs),
    ...(onDelete ? { onDelete } : {}),
    ...(onDeleteColumns.length > 0 ? { onDeleteColumns } : {}),
    ...(onUpdate ? { onUpdate } : {}),
    ...(node.fk_matchtype === 'f' ? { matchFull: true as const } : {}),
  };
}

function excludedColumns(node: ConstraintNode, statement: Statement): string[] {
  return (node.exclusions ?? []).flatMap((exclusion) => {
    const [element] = itemsOf(exclusion);
    if (!element || !('IndexElem' in element)) return [];
    return element.IndexElem.name ?? expressionColumn(element.IndexElem.expr, statement);
  });
}

/** A function call's own SQL in parentheses, as far as its closing bracket; other expressions stand in brackets of their own. */
function expressionColumn(node: Node | undefined, statement: Statement): string {
  const place = node && placeOfCall(node, statement);
  return place ? `(${sourceOf(statement, place)})` : '(…)';
}

function placeOfCall(node: Node, statement: Statement): Place | undefined {
  if (!('FuncCall' in node)) return undefined;
  const { tokens } = statement;
  const first = tokenIndexAt(statement, node.FuncCall.location);
  const open = findOutsideBrackets(tokens, first, (token) => isSymbol(token, '('));
  const start = tokens[first];
  const inside = open === undefined ? undefined : insideBrackets(tokens, open);
  return start && inside ? { start: start.start, end: inside.end + 1 } : undefined;
}

/** Columns that a primary key or NOT NULL of the table makes not nullable. */
export function withTableConstraints(columns: Column[], constraints: Constraint[]): Column[] {
  const required = new Set(
    constraints.flatMap((constraint) =>
      constraint.kind === 'primaryKey' || constraint.kind === 'notNull' ? constraint.columns : [],
    ),
  );
  return columns.map((column) => (required.has(column.name) ? { ...column, nullable: false } : column));
}
