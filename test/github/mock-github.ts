/** A GitHub of mocked answers, each of which GitHub's own description must allow. */
import { Octokit } from '@octokit/rest';
import nock from 'nock';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { violationsOf } from './contract.ts';

/** One request as it was sent. */
type Sent = { method: string; path: string; body: unknown };

export type MockGitHub = {
  client: Octokit;
  /** Promises one request with its answer; a request that was not promised, or a promise without a request, fails the test. */
  answer: (method: string, path: string, status: number, body?: unknown, headers?: Record<string, string>) => void;
  /** What was sent in this test, in order. */
  sent: Sent[];
};

/** Call it once at the top of a test file. */
export function mockGitHub(): MockGitHub {
  const sent: Sent[] = [];
  const violations: string[] = [];
  beforeEach(() => {
    nock.disableNetConnect();
    sent.length = 0;
    violations.length = 0;
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.cleanAll();
    expect(violations).toEqual([]);
    expect(unused).toEqual([]);
  });
  afterAll(() => nock.restore());
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const client = new Octokit({ request: { fetch: checkedFetch }, log });
  return { client, answer, sent };

  async function checkedFetch(url: string, options: { method: string; body?: string }): Promise<Response> {
    const { pathname, search } = new URL(url);
    const path = pathname + search;
    const body: unknown = options.body === undefined ? undefined : JSON.parse(options.body);
    sent.push({ method: options.method, path, body });
    const response = await fetch(url, options);
    const text = await response.clone().text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    // Nock answers 501 to what was not promised, and GitHub never does.
    const found = violationsOf({ method: options.method, path, body, status: response.status, answer });
    violations.push(...found.request, ...found.response);
    return response;
  }
}

function ignore(): void {}

function answer(
  method: string,
  path: string,
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): void {
  const isJson = body !== undefined;
  nock('https://api.github.com')
    .intercept(path, method)
    .reply(status, isJson ? JSON.stringify(body) : '', {
      ...(isJson ? { 'content-type': 'application/json; charset=utf-8' } : {}),
      ...headers,
    });
}
