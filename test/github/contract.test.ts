import { expect, test } from 'vitest';
import { checkRun, file, pullRequest, refusal } from './answers.ts';
import { violationsOf } from './contract.ts';

const annotation = { path: 'a.sql', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
const check = { name: 'plimsoll/review', head_sha: 'a', status: 'completed', conclusion: 'success' };

test('an exchange that GitHub could have had is without violation', () => {
  const exchange = { method: 'GET', path: '/repos/octo/shop/pulls/7/files?per_page=100&page=2', status: 200 };
  expect(violationsOf({ ...exchange, answer: [file({ filename: 'a.sql' })] })).toEqual({ request: [], response: [] });
});

test('a path with slashes is found under its operation', () => {
  const exchange = { method: 'GET', path: '/repos/octo/shop/contents/db%2F1.sql?ref=main', status: 404 };
  expect(violationsOf({ ...exchange, answer: refusal('Not Found') })).toEqual({ request: [], response: [] });
});

test.each([
  ['an operation that GitHub does not have', 'GET', '/repos/octo/shop/pulls/7/patches', undefined, 'no such operation'],
  ['an unknown query parameter', 'GET', '/repos/octo/shop/pulls/7?fresh=1', undefined, 'unknown query parameter fresh'],
  ['a word where a number belongs', 'GET', '/repos/octo/shop/pulls/seven', undefined, 'must be integer'],
  ['pages that are too long', 'GET', '/repos/octo/shop/pulls/7/files?per_page=101', undefined, 'at most 100'],
  ['a missing body', 'POST', '/repos/octo/shop/check-runs', undefined, 'the body is missing'],
  ['a missing property', 'POST', '/repos/octo/shop/check-runs', { name: 'x' }, "required property 'head_sha'"],
  ['an unknown property', 'POST', '/repos/octo/shop/check-runs', { ...check, colour: 1 }, 'unknown property colour'],
  ['a word that is not GitHub’s', 'POST', '/repos/octo/shop/check-runs', { ...check, conclusion: 'ok' }, '/conclusion'],
  [
    'a 51st annotation',
    'POST',
    '/repos/octo/shop/check-runs',
    { ...check, output: { title: 't', summary: 's', annotations: Array.from({ length: 51 }, () => annotation) } },
    'more than 50 items',
  ],
  [
    'a summary that is too long',
    'POST',
    '/repos/octo/shop/check-runs',
    { ...check, output: { title: 't', summary: 'x'.repeat(65_536) } },
    '/output/summary',
  ],
])('%s is a violation of the request', (_what, method, path, body, problem) => {
  const { request } = violationsOf({ method, path, body, status: 200 });
  expect(request.join('\n')).toContain(problem);
});

test.each([
  ['a status that GitHub never answers', 418, undefined, 'never answers'],
  ['a property of the wrong type', 200, pullRequest({ number: 'seven' }), '/number must be integer'],
  ['a missing property', 200, pullRequest({ changed_files: undefined }), 'changed_files'],
  ['null where there is none', 200, pullRequest({ head: null }), '/head must be object'],
])('%s is a violation of the response', (_what, status, answer, problem) => {
  const plain: unknown = answer && JSON.parse(JSON.stringify(answer));
  const { response } = violationsOf({ method: 'GET', path: '/repos/octo/shop/pulls/7', status, answer: plain });
  expect(response.join('\n')).toContain(problem);
});

test('what the description calls nullable may be null', () => {
  const exchange = { method: 'POST', path: '/repos/octo/shop/check-runs', body: check, status: 201 };
  expect(violationsOf({ ...exchange, answer: checkRun({ completed_at: null, app: null }) }).response).toEqual([]);
});
