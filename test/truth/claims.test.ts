/** Holds the prose of the pages to the server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { claimedTables, claims } from './claims.ts';
import { proseOf, sourceOf } from './page-texts.ts';
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
