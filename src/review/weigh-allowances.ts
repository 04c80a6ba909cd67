/** Allowances that deserve a word themselves: they name no rule, mute nothing, or were copied. */
import { nearest } from '../configuration/nearest.ts';
import { folderOf, nameOf } from '../frontends/paths.ts';
import type { Change } from '../operations/change.ts';
import { opaqueOperations, type Migration } from '../operations/migration.ts';
import type { AllowanceContext, Rule } from '../rule.ts';
import type { Allowance } from './allowances.ts';
import type { Marks } from './suppressions.ts';
import { findingOf, type Said } from './walk.ts';

/**
 * What an allowance is weighed against. `befores`: migrations as the base branch has them, by their path now.
 * `isWhole`: all of the change was read.
 */
export type Around = {
  change: Change;
  rules: readonly Rule[];
  befores: ReadonlyMap<string, Migration>;
  isWhole: boolean;
};

/**
 * What the rules say of the allowances. Only those that the change brings are looked at: what stands in a file that is
 * not touched, or stood there before, is nobody's business now.
 */
export function weighAllowances(marks: Marks, concerned: ReadonlySet<Allowance>, around: Around): Said[] {
  const { change, rules } = around;
  const asked = rules.filter((rule) => rule.check.allowance && change.configuration.rules[rule.id] !== 'off');
  const said: Said[] = [];
  for (const { allowance, migration } of asked.length === 0 ? [] : broughtBy(marks, around)) {
    const context = weigh(allowance, migration, concerned.has(allowance), marks, around);
    for (const rule of asked) {
      const found = rule.check.allowance?.(context);
      const finding = found && findingOf(rule, found, found.span ?? context.span, change);
      if (finding) said.push({ finding, ...(migration ? { migration } : {}) });
    }
  }
  return said;
}

/** Without `migration` it stands in another file. */
type Brought = { allowance: Allowance; migration?: Migration };

function broughtBy({ migrations, beside }: Marks, { befores }: Around): Brought[] {
  const inMigrations = [...migrations].flatMap(([migration, { allowances }]) => {
    if (migration.status === 'deleted') return [];
    const stood = new Set(befores.get(migration.path)?.comments.map(({ text }) => text));
    return allowances.filter(({ comment }) => !stood.has(comment.text)).map((allowance) => ({ allowance, migration }));
  });
  const inOthers = [...beside.values()].flat().filter(({ stood }) => !stood);
  return [...inMigrations, ...inOthers.map((allowance) => ({ allowance }))];
}

function weigh(
  allowance: Allowance,
  migration: Migration | undefined,
  isConcerned: boolean,
  marks: Marks,
  { change, rules, isWhole }: Around,
): AllowanceContext {
  const ids = rules.map((rule) => rule.id);
  const unknown = allowance.rules
    .filter((name) => !ids.includes(name))
    .map((name) => {
      const near = nearest(name, ids);
      return { name, ...(near === undefined ? {} : { near }) };
    });
  // What a rule that is switched off would say, or what stands in a place that was not read, is not known.
  const isRead = migration ? migration.status === 'added' && opaqueOperations(migration).length === 0 : isWhole;
  const isKnown = isRead && allowance.rules.every((rule) => change.configuration.rules[rule] !== 'off');
  // A manifest for each environment says the same with good reason.
  const alsoIn = migration && copyOf(allowance, migration, marks, change);
  return {
    span: allowance.comment.span,
    rules: allowance.rules,
    unknown,
    isIdle: isKnown && !isConcerned && unknown.length < allowance.rules.length,
    ...(alsoIn === undefined ? {} : { alsoIn }),
  };
}

/** The same file for another database is no copy, and of two in one change the second is. */
function copyOf(
  { comment, wrong }: Allowance,
  { path }: Migration,
  { migrations }: Marks,
  change: Change,
): string | undefined {
  if (wrong) return undefined;
  const isOther = (other: string) => ownName(other) !== ownName(path);
  for (const [migration, { allowances }] of migrations)
    if (isOther(migration.path) && migration.path < path && migration.status !== 'deleted')
      if (allowances.some((each) => each.comment.text === comment.text)) return migration.path;
  return Object.entries(change.history).find(([other, text]) => isOther(other) && holds(text, comment.text))?.[0];
}

/** Where every migration is called `up.sql`, its folder has the name. */
function ownName(path: string): string {
  const name = nameOf(path);
  return /^(up|down|migration)\.sql$/.test(name) ? nameOf(folderOf(path)) : name;
}

/** A comment that goes on is another one. */
function holds(text: string, comment: string): boolean {
  const at = text.indexOf(comment);
  if (at === -1) return false;
  const end = at + comment.length;
  return comment.endsWith('*/') || /^[ \t]*(?:\*\/|[\r\n]|$)/.test(text.slice(end, end + 20));
}
