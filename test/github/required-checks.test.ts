import { expect, test } from 'vitest';
import { readRequiredChecks } from '../../src/github/required-checks.ts';
import { exampleOf } from './contract.ts';
import { mockGitHub } from './mock-github.ts';

const github = mockGitHub();
const repository = '/repos/octo/shop';

function example(template: string, which?: string): Record<string, unknown> {
  return { ...(exampleOf('GET', template, 200, which) as Record<string, unknown>) }; // GitHub's own examples are objects
}

function answer(rules: unknown[], protection: object): void {
  // GitHub's example leaves out what its schema asks for.
  const home = { ...example('/repos/{owner}/{repo}', 'default-response'), language: null, source: undefined };
  github.answer('GET', repository, 200, { ...home, default_branch: 'main' });
  github.answer('GET', `${repository}/rules/branches/main?per_page=100`, 200, rules);
  const branch = { ...example('/repos/{owner}/{repo}/branches/{branch}'), name: 'main', protection };
  github.answer('GET', `${repository}/branches/main`, 200, branch);
}

const source = { ruleset_source_type: 'Repository', ruleset_source: 'octo/shop', ruleset_id: 1 };

test('checks that rulesets and branch protection require are read, with the app that they are expected of', async () => {
  const required = [{ context: 'plimsoll/review', integration_id: 4711 }, { context: 'lint' }];
  const parameters = { required_status_checks: required, strict_required_status_checks_policy: false };
  answer(
    [
      { type: 'deletion', ...source },
      { type: 'required_status_checks', parameters, ...source },
    ],
    {
      enabled: true,
      required_status_checks: {
        contexts: ['plimsoll/sign-off', 'build'],
        checks: [
          { context: 'plimsoll/sign-off', app_id: 4711 },
          { context: 'build', app_id: null },
        ],
      },
    },
  );
  expect(await readRequiredChecks(github.client, { owner: 'octo', repo: 'shop' })).toEqual({
    branch: 'main',
    checks: [
      { name: 'plimsoll/review', app: 4711 },
      { name: 'lint' },
      { name: 'plimsoll/sign-off', app: 4711 },
      { name: 'build' },
    ],
  });
});

test('a branch that asks for nothing requires nothing', async () => {
  answer([], { enabled: false });
  const { checks } = await readRequiredChecks(github.client, { owner: 'octo', repo: 'shop' });
  expect(checks).toEqual([]);
});
