import { attempt, nameOf, type GitHubClient, type Repository } from './github-client.ts';

/** What a branch asks for before a merge: names of checks, each with the app that it is expected of, where one is named. */
export type RequiredChecks = { branch: string; checks: { name: string; app?: number }[] };

/**
 * The checks that the default branch requires, by rulesets and by branch protection. Both can be read without being an administrator:
 * https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch, https://docs.github.com/en/rest/branches/branches#get-a-branch
 */
export async function readRequiredChecks(client: GitHubClient, repository: Repository): Promise<RequiredChecks> {
  const { repos } = client.rest;
  const name = nameOf(repository);
  const { data } = await attempt(`reading ${name}`, () => repos.get(repository));
  const branch = data.default_branch;
  const [rules, standing] = await Promise.all([
    attempt(`reading the rules of ${branch} in ${name}`, () =>
      repos.getBranchRules({ ...repository, branch, per_page: 100 }),
    ),
    attempt(`reading ${branch} of ${name}`, () => repos.getBranch({ ...repository, branch })),
  ]);
  const byRules = rules.data.flatMap((rule) =>
    rule.type === 'required_status_checks' ? (rule.parameters?.required_status_checks ?? []) : [],
  );
  const { contexts = [], checks = [] } = standing.data.protection.required_status_checks ?? {};
  const apps = new Map(checks.map(({ context, app_id: app }) => [context, app ?? undefined]));
  return {
    branch,
    checks: [
      ...byRules.map(({ context, integration_id: app }) => checkOf(context, app)),
      ...contexts.map((context) => checkOf(context, apps.get(context))),
    ],
  };
}

function checkOf(name: string, app: number | undefined): RequiredChecks['checks'][number] {
  return { name, ...(app === undefined || app <= 0 ? {} : { app }) };
}
