import { findCollision, outlineOf, type Collision, type OtherChange } from '../src/operations/collision.ts';
import type { Lineage, Migration } from '../src/operations/migration.ts';
import type { Span } from '../src/operations/operation.ts';
import { code, someOf, type Found, type Rule } from '../src/rule.ts';
import { whatCollides, whatHappens, whatToDo } from './advice/collided.ts';
import { firstLine } from './advice/lineage.ts';

/** Another open pull request brings a migration that this one collides with as soon as one of them is merged. */
export const collidingPullRequest: Rule = {
  id: 'colliding-pull-request',
  title: 'Another open pull request collides with this migration',
  concerns: 'process',
  severity: 'warning',
  check: {
    change: ({ change, lineages }) =>
      lineages.flatMap((lineage) =>
        lineage.now
          .filter(({ status }) => status !== 'modified')
          .flatMap((migration) => findCollisions(migration, lineage, change.others ?? [])),
      ),
  },
};

type Collided = { other: OtherChange; path: string; collision: Collision };

/** One finding per cause: pull requests that collide in the same way are named together. */
function findCollisions(
  migration: Migration,
  lineage: Lineage,
  others: readonly OtherChange[],
): (Found & { span: Span })[] {
  const own = outlineOf(migration, lineage.kin);
  const byCause = new Map<string, [Collided, ...Collided[]]>();
  for (const other of others) {
    const found = gravest(other.migrations.flatMap((each) => asCollided(findCollision(own, each), other, each.path)));
    if (!found) continue;
    const key = `${found.collision.kind} ${found.collision.name}`;
    const known = byCause.get(key);
    if (known) known.push(found);
    else byCause.set(key, [found]);
  }
  const taken = others.flatMap(({ migrations }) =>
    migrations.flatMap(({ kin, version }) => (kin === lineage.kin && version !== undefined ? [version] : [])),
  );
  return [...byCause.values()].map((collided) => told(migration, lineage, collided, taken));
}

function asCollided(collision: Collision | undefined, other: OtherChange, path: string): Collided[] {
  return collision ? [{ other, path, collision }] : [];
}

const gravity: Collision['kind'][] = ['version', 'revision', 'parent', 'made', 'dropped', 'gone', 'table'];

function gravest(collided: readonly Collided[]): Collided | undefined {
  return collided.toSorted(
    (one, other) => gravity.indexOf(one.collision.kind) - gravity.indexOf(other.collision.kind),
  )[0];
}

function told(
  migration: Migration,
  lineage: Lineage,
  collided: [Collided, ...Collided[]],
  taken: readonly string[],
): Found & { span: Span } {
  const [{ collision, path }] = collided;
  return {
    span: firstLine(migration),
    ...(collision.kind === 'table' ? { severity: 'notice' as const } : {}),
    message: `${code(migration.path)} ${whatCollides(collision, lineage.framework)} ${namesOf(collided)}${collided.length === 1 ? ` (${code(path)})` : ''}: ${whatHappens(collision, lineage.framework)}`,
    advice: whatToDo(collision, migration, lineage, taken),
  };
}

/** The number is a link on GitHub; a title is somebody's text. */
function namesOf(collided: readonly Collided[]): string {
  return someOf(
    collided.map(({ other }) => `#${other.number} ${code(other.title, 80)}`),
    3,
  );
}
