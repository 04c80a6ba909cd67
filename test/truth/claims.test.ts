/** Holds the prose of the pages to the server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { claimedTables, claims } from './claims.ts';
import { startServer, writersWaitFor, type Server } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

describe.each(claims)('$page: $quote', ({ page, quote, before = [], run, happens }) => {
  test('stands in the page or in what its rule says', () => {
    expect(proseOf(page) + sourceOf(page)).toContain(quote);
  });

  test(run, async () => {
    await server.reset();
    await server.exec(claimedTables);
    if (!before.includes('BEGIN')) before.push('BEGIN');
    for (const sql of before) await server.exec(sql);
    const observed = await server.observe(run);
    expect(observed.error).toBe(happens.error);
    for (const lock of happens.locks ?? []) {
      const [table = ''] = lock.split(' ');
      expect(`${table} ${writersWaitFor(observed, table) ?? 'free'}`).toBe(lock);
    }
    if (happens.rewritten) expect(observed.rewritten.toSorted()).toEqual(happens.rewritten);
    if (happens.scanned) expect(observed.scanned.toSorted()).toEqual(happens.scanned);
  });
});

const lockNames = /ACCESS EXCLUSIVE|SHARE ROW EXCLUSIVE|SHARE UPDATE EXCLUSIVE|\bSHARE\b/g;

test.each(rules.map(({ id }) => id))('%s: every lock that its page names is shown by a claim', (id) => {
  const prose = proseOf(id);
  const shown = claims
    .filter(({ page }) => page === id)
    .flatMap(({ quote }) => [[prose.indexOf(quote), quote.length] as const])
    .filter(([at]) => at !== -1);
  const unshown = [...prose.matchAll(lockNames)].filter(
    ({ index }) => !shown.some(([at, length]) => index >= at && index < at + length),
  );
  expect(unshown.map(({ index }) => prose.slice(Math.max(0, index - 60), index + 30))).toEqual([]);
});

/** What stands before the first section, links as their words. */
function proseOf(id: string): string {
  const markdown = readFileSync(join(import.meta.dirname, `../../rules/${id}.md`), 'utf8');
  return (markdown.split('\n## ')[0] ?? '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}

/** The rule, with the advice that it imports. */
function sourceOf(id: string): string {
  const folder = join(import.meta.dirname, '../../rules');
  const rule = readFileSync(join(folder, `${id}.ts`), 'utf8');
  const advice = [...rule.matchAll(/from '\.\/(advice\/[\w-]+\.ts)'/g)].map(([, path = '']) => path);
  const texts = [rule, ...advice.map((path) => readFileSync(join(folder, path), 'utf8'))];
  return texts.join('\n').replaceAll('\\`', '`');
}
