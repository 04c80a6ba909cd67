/** SQL that PL/pgSQL puts together before it runs it: what is literal of it, with a name that says so for what is computed. */
import type { ColumnRef, FuncCall, Node } from 'libpg-query';
import { anyComputedName } from '../../../operations/name.ts';
import { constantText } from './expression.ts';
import { stringOf } from './names.ts';

/** What stands for a name or words, and for a literal, that are not known; rules take neither for a real one. */
const computed = anyComputedName;
const literal = `'${computed}'`;

/** One variable has one name, so that tables of two are told apart. */
function nameOfVariable({ fields = [] }: ColumnRef): string {
  const words = fields.map((each) => stringOf(each) ?? '*');
  return words.every((each) => /^[a-z_][a-z0-9_]*$/.test(each)) ? `${computed}${words.join('_')}` : computed;
}

/** The text of an expression; undefined where nothing of it is literal. Whether it is still SQL the caller has to see. */
export function dynamicText(node: Node | undefined): string | undefined {
  const known = constantText(node);
  if (known !== undefined || node === undefined) return known;
  const text = textOf(node);
  return text
    .replaceAll(literal, '')
    .replaceAll(/_computed_\w*/g, '')
    .trim() === ''
    ? undefined
    : text;
}

function textOf(node: Node): string {
  const known = constantText(node);
  if (known !== undefined) return known;
  if ('A_Expr' in node && node.A_Expr.name?.some((name) => stringOf(name) === '||')) {
    const { lexpr, rexpr } = node.A_Expr;
    return `${lexpr ? textOf(lexpr) : ''}${rexpr ? textOf(rexpr) : ''}`;
  }
  if ('TypeCast' in node && node.TypeCast.arg) return textOf(node.TypeCast.arg);
  if ('ColumnRef' in node) return nameOfVariable(node.ColumnRef);
  return 'FuncCall' in node ? textOfCall(node.FuncCall) : computed;
}

/** https://www.postgresql.org/docs/current/functions-string.html */
function textOfCall({ funcname, args = [] }: FuncCall): string {
  const [first, ...given] = args;
  switch (stringOf(funcname?.at(-1))) {
    case 'format':
      return formatted(constantText(first), given);
    case 'concat':
      return args.map(textOf).join('');
    case 'quote_ident':
      return first ? textOf(first) : computed;
    case 'quote_literal':
    case 'quote_nullable':
      return literal;
  }
  return computed;
}

/** https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT; a width that is an argument itself is not counted. */
function formatted(template: string | undefined, given: readonly Node[]): string {
  if (template === undefined) return computed;
  let next = 0;
  return template.replaceAll(/%(?:(\d+)\$)?-?\d*([sIL%])/g, (_, position: string | undefined, kind: string) => {
    if (kind === '%') return '%';
    if (position !== undefined) next = Number(position) - 1;
    const node = given[next++];
    const known = constantText(node);
    if (kind === 'L') return known === undefined ? literal : `'${known.replaceAll("'", "''")}'`;
    if (known === undefined) return node && 'ColumnRef' in node ? nameOfVariable(node.ColumnRef) : computed;
    return kind === 's' || /^[a-z_][a-z0-9_]*$/.test(known) ? known : `"${known.replaceAll('"', '""')}"`;
  });
}
