import type { Lineage, Migration } from '../src/operations/migration.ts';
import type { Span } from '../src/operations/operation.ts';
import { code, type Found, type Rule } from '../src/rule.ts';
import { fence } from '../src/writers/fence.ts';
import { printable } from '../src/writers/identifier.ts';
import { firstLine } from './advice/lineage.ts';
import { findRival, graphOf, headsFrom, type Graph, type Node } from './advice/revision-graph.ts';
import { shellWord } from './advice/shell-word.ts';

/** A revision comes after one that has a successor already, and nothing joins the two lines. */
export const severalHeads: Rule = {
  id: 'several-heads',
  title: 'Two migrations come after the same one',
  concerns: 'process',
  severity: 'error',
  check: {
    change: ({ lineages }) => lineages.flatMap(findForks),
  },
};

function findForks(lineage: Lineage): (Found & { span: Span })[] {
  if (lineage.framework !== 'alembic' && lineage.framework !== 'django') return [];
  const graph = graphOf(lineage);
  const seen = new Set<Node>();
  return lineage.now.flatMap((migration) => {
    const node = graph.byPath.get(migration.path);
    if (migration.status === 'modified' || !node || node.opensBranch) return [];
    const rival = findRival(node, graph, seen);
    if (rival) return [forked(migration, node, rival, graph)];
    seen.add(node);
    return [];
  });
}

function forked(migration: Migration, node: Node, rival: Node, graph: Graph): Found & { span: Span } {
  const { framework } = migration;
  const parent = node.parents?.find((each) => rival.parents?.includes(each)) ?? '';
  const [own = node] = headsFrom(node, graph);
  const [head = rival] = headsFrom(rival, graph);
  const where = rival.stands ? ' on the base branch' : '';
  const heads = `there are two heads, ${code(own.revision)} and ${code(head.revision)}`;
  const what =
    framework === 'alembic'
      ? '`alembic upgrade head` fails ("Multiple head revisions are present") and nothing runs'
      : '`migrate` and `makemigrations` fail ("Conflicting migrations detected; multiple leaf nodes in the migration graph")';
  return {
    span: firstLine(migration),
    message: `${code(migration.path)} comes after ${code(parent)}, as ${code(rival.path)} does${where}: ${heads}, and ${what}.`,
    advice:
      framework === 'alembic' ? alembicAdvice(parent, head.revision, own.revision) : djangoAdvice(migration, head),
  };
}

function alembicAdvice(parent: string, head: string, own: string): string {
  const merge = [`alembic merge -m "merge heads" ${shellWord(head)} ${shellWord(own)}`];
  return `Put it after the other one, in place of ${code(parent)}:\n\n${fence('python', [`down_revision = ${quoted(head)}`])}\n\nOr join the two, where this has run somewhere:\n\n${fence('sh', merge)}`;
}

function djangoAdvice(migration: Migration, head: Node): string {
  const app = migration.path.split('/').at(-3) ?? '...';
  return `Put it after the other one:\n\n${fence('python', ['dependencies = [', `    (${quoted(app)}, ${quoted(head.revision)}),`, ']'])}\n\nOr join the two, where this has run somewhere, with \`python manage.py makemigrations --merge\`.`;
}

function quoted(text: string): string {
  return JSON.stringify(printable(text));
}
