import { expect, test } from 'vitest';
import { githubDesk } from '../../src/github/github-desk.ts';
import type { Annotation, Check, Desk } from '../../src/host.ts';
import * as answers from './answers.ts';
import { mockGitHub } from './mock-github.ts';

const github = mockGitHub();
const { headCommit } = answers;
const runs = '/repos/octo/shop/check-runs';

function desk(): Desk {
  return githubDesk(github.client, answers.place, answers.ourApp);
}

function annotation(line: number, fields: Partial<Annotation> = {}): Annotation {
  return { path: 'a.sql', startLine: line, endLine: line, level: 'warning', title: 't', message: 'm', ...fields };
}

function check(annotations: Annotation[], fields: Partial<Check> = {}): Check {
  return { name: 'plimsoll/review', conclusion: 'failure', title: '1 error', summary: 's', annotations, ...fields };
}

function run(id: number, name: string, conclusion: string | null): object {
  return answers.checkRun({ id, name, conclusion });
}

/** An annotation as GitHub lists it. */
function standing(line: number): object {
  return {
    path: 'a.sql',
    start_line: line,
    end_line: line,
    start_column: null,
    end_column: null,
    annotation_level: 'warning',
    title: 't',
    message: 'm',
    raw_details: null,
    blob_href: 'https://github.com/octo/shop/blob/main/a.sql',
  };
}

function answerStanding(...lines: number[]): void {
  github.answer('GET', `${runs}/40/annotations?per_page=100&page=1`, 200, lines.map(standing));
}

test('our checks on a commit are the newest of each name', async () => {
  const path = `/repos/octo/shop/commits/${headCommit}/check-runs?app_id=${answers.ourApp}&per_page=100&page=1`;
  github.answer('GET', path, 200, {
    total_count: 3,
    check_runs: [
      run(2, 'plimsoll/review', 'failure'),
      run(5, 'plimsoll/review', 'success'),
      run(3, 'plimsoll/sign-off', null),
    ],
  });
  const checks = await desk().checks(headCommit);
  expect(checks.map(({ id, name, conclusion }) => [id, name, conclusion])).toEqual([
    [5, 'plimsoll/review', 'success'],
    [3, 'plimsoll/sign-off', null],
  ]);
  expect(checks[0]).toMatchObject({ title: 'Mighty Readme report', externalId: '42' });
});

test('a check is created whole', async () => {
  github.answer('POST', runs, 201, answers.checkRun({ id: 40 }));
  await desk().writeCheck(headCommit, check([annotation(3, { startColumn: 2, endColumn: 9 })]), 'fingerprint');
  expect(github.sent[0]?.body).toEqual({
    name: 'plimsoll/review',
    head_sha: headCommit,
    status: 'completed',
    conclusion: 'failure',
    external_id: 'fingerprint',
    output: {
      title: '1 error',
      summary: 's',
      annotations: [
        {
          path: 'a.sql',
          start_line: 3,
          end_line: 3,
          start_column: 2,
          end_column: 9,
          annotation_level: 'warning',
          title: 't',
          message: 'm',
        },
      ],
    },
  });
});

test('51 annotations take two requests, and the last one makes the check whole', async () => {
  github.answer('POST', runs, 201, answers.checkRun({ id: 40 }));
  github.answer('PATCH', `${runs}/40`, 200, answers.checkRun({ id: 40 }));
  const annotations = Array.from({ length: 51 }, (_, line) => annotation(line + 1));
  await desk().writeCheck(headCommit, check(annotations), 'fingerprint');
  expect(github.sent[0]?.body).not.toHaveProperty('external_id');
  expect(github.sent[0]?.body).toMatchObject({ output: { annotations: { length: 50 } } });
  expect(github.sent[1]?.body).toMatchObject({
    external_id: 'fingerprint',
    conclusion: 'failure',
    output: { title: '1 error', summary: 's', annotations: [{ start_line: 51 }] },
  });
});

test('a check with the same annotations is updated without sending them again', async () => {
  answerStanding(2, 1);
  github.answer('PATCH', `${runs}/40`, 200, answers.checkRun({ id: 40 }));
  await desk().writeCheck(headCommit, check([annotation(1), annotation(2)]), 'next', 40);
  expect(github.sent[1]?.body).toMatchObject({ external_id: 'next', output: { title: '1 error', summary: 's' } });
  expect(github.sent[1]?.body).not.toHaveProperty('output.annotations');
});

test('a check with other annotations is written anew, as annotations cannot be taken back', async () => {
  answerStanding(1);
  github.answer('POST', runs, 201, answers.checkRun({ id: 41 }));
  await desk().writeCheck(headCommit, check([annotation(2)]), 'next', 40);
  expect(github.sent[1]?.body).toMatchObject({ head_sha: headCommit, output: { annotations: [{ start_line: 2 }] } });
});

test('what is too long for GitHub is cut between characters', async () => {
  github.answer('POST', runs, 201, answers.checkRun({ id: 40 }));
  const long = annotation(1, { title: 'ü'.repeat(200), message: '表'.repeat(40_000) });
  await desk().writeCheck(headCommit, check([long], { summary: '🚢'.repeat(20_000) }), 'fingerprint');
  expect(github.sent[0]?.body).toMatchObject({
    output: {
      summary: `${'🚢'.repeat(16_383)}…`,
      annotations: [{ title: `${'ü'.repeat(126)}…`, message: `${'表'.repeat(21_844)}…` }],
    },
  });
});

test('columns are left out of an annotation over several lines', async () => {
  github.answer('POST', runs, 201, answers.checkRun({ id: 40 }));
  const wide = annotation(1, { endLine: 4, startColumn: 3, endColumn: 1 });
  await desk().writeCheck(headCommit, check([wide]), 'fingerprint');
  expect(github.sent[0]?.body).toHaveProperty('output.annotations.0.end_line', 4);
  expect(github.sent[0]?.body).not.toHaveProperty('output.annotations.0.start_column');
});

test('a failure says which check of which commit was being written', async () => {
  github.answer('POST', runs, 403, answers.refusal('Resource not accessible by integration'));
  await expect(desk().writeCheck(headCommit, check([]), 'fingerprint')).rejects.toThrow(
    `Failed writing check plimsoll/review to octo/shop at ${headCommit}`,
  );
});
