/** Collisions of two pull requests in words. */
import type { Collision } from '../../src/operations/collision.ts';
import { versionFacts } from '../../src/operations/facts/versions.ts';
import type { Lineage, Migration } from '../../src/operations/migration.ts';
import { code } from '../../src/rule.ts';
import { renumberAdvice } from './lineage.ts';

/** What two pull requests both do: completes "the migration …", and the other one is named after it. */
export function whatCollides({ kind, name }: Collision, framework: string): string {
  const [what = '', ...rest] = name.split(' ');
  switch (kind) {
    case 'version':
      return `has the version ${code(name)}, as has a migration of`;
    case 'revision':
      return `is called ${code(name)} by ${framework === 'django' ? 'Django' : 'Alembic'}, as is one of`;
    case 'parent':
      return `comes after ${code(name)}, as does a migration of`;
    case 'made':
      return `makes the ${what} ${code(rest.join(' '))}, as does`;
    case 'dropped':
      return `takes away the ${what} ${code(rest.join(' '))}, as does`;
    case 'gone':
    case 'table':
      return `works on ${code(name)}, as does`;
  }
}

/** What becomes of it: a sentence. */
export function whatHappens({ kind }: Collision, framework: string): string {
  switch (kind) {
    case 'version':
      return `once both are merged, ${versionFacts(framework)?.twice?.what ?? 'one of them fails'}.`;
    case 'revision':
      return 'the two are taken for one, and one of them never runs.';
    case 'parent':
      return `once both are merged there are two heads, and ${framework === 'django' ? '`migrate` fails' : '`alembic upgrade head` fails'}.`;
    case 'made':
    case 'dropped':
      return 'whichever runs second fails.';
    case 'gone':
      return 'one of the two takes it away or renames it, and whichever runs second fails or has nothing to work on.';
    case 'table':
      return "they wait for each other's locks, and each was tried on a table without the other's change.";
  }
}

/** What the two agree on; `taken` are versions that others will have. */
export function whatToDo(
  { kind }: Collision,
  migration: Migration,
  lineage: Lineage,
  taken: readonly string[],
): string {
  if (kind === 'version') return `Whoever is merged second gives way. ${renumberAdvice(migration, lineage, taken)}`;
  if (kind === 'parent')
    return `Whoever is merged second names the other in ${lineage.framework === 'django' ? '`dependencies`' : '`down_revision`'}; Plimsoll says so with the line to write once the first is merged.`;
  if (kind === 'table') return 'Agree on the order, and try the second on a copy that has run the first.';
  return 'Agree with its author: one of the two leaves it out.';
}
