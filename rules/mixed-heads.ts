import { factsOf, type Deployment } from '../src/operations/deployment.ts';
import { code, type ChangeContext, type Rule } from '../src/rule.ts';

/** One file upgrades to `head`, another to `heads`. */
export const mixedHeads: Rule = {
  id: 'mixed-heads',
  title: 'One place migrates to head, another to heads',
  severity: 'warning',
  concerns: 'process',
  check: {
    change: (context) => {
      const runs = factsOf(context.deployments, 'runMigrations').filter((run) => run.target !== undefined);
      const standing = factsOf(context.standingDeployments, 'runMigrations').filter((run) => run.target !== undefined);
      const single = runs.find((run) => run.target === 'head');
      return runs.flatMap((run) => {
        const other =
          (run.target === 'heads' ? single : undefined) ??
          standing.find((each) => each.target !== run.target && sharesRevisions(each.file, run.file, context));
        if (!other) return [];
        const [all, one] = run.target === 'heads' ? [run, other] : [other, run];
        return [
          {
            span: run.span,
            message: `${named(all, run)} runs every branch of the migrations; ${named(one, run)} fails as soon as there are two. What passes in one place then fails in the other.`,
            advice:
              'Use `head` everywhere, and join two heads with `alembic merge heads` when they appear. `heads` everywhere is for projects with branches that stay apart on purpose.',
          },
        ];
      });
    },
  },
};

type Run = { command: string; file: Deployment };

function named({ command, file }: Run, here: Run): string {
  return command === here.command && file === here.file ? code(command) : `${code(command)} in ${code(file.path)}`;
}

/** Where a repository holds several projects, only files under the same `alembic.ini` are known to run the same revisions. */
function sharesRevisions(one: Deployment, other: Deployment, { change }: ChangeContext): boolean {
  const paths = [...change.basePaths, ...change.files.map(({ path }) => path)];
  const folders = new Set(
    paths.flatMap((path) => (/(?:^|\/)alembic\.ini$/.test(path) ? [path.slice(0, -'alembic.ini'.length)] : [])),
  );
  if (folders.size < 2) return true;
  const [mine, its] = [one, other].map(({ path }) =>
    [...folders].filter((folder) => path.startsWith(folder)).reduce((a, b) => (b.length > a.length ? b : a), ''),
  );
  return mine === its && mine !== undefined && folders.has(mine);
}
