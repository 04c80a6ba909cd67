import { expect, test } from 'vitest';
import { createBlobCache } from '../../src/github/blob-cache.ts';

const blob = (length: number) => ({ text: 'x'.repeat(length) });

test('what was asked for longest ago goes first', () => {
  const cache = createBlobCache(1000);
  cache.set('a', blob(100));
  cache.set('b', blob(100));
  cache.get('a');
  cache.set('c', blob(200));
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([blob(100), undefined, blob(200)]);
});

test('a blob larger than the whole cache drops nothing', () => {
  const cache = createBlobCache(1000);
  cache.set('a', blob(100));
  cache.set('b', blob(5000));
  expect([cache.get('a'), cache.get('b')]).toEqual([blob(100), undefined]);
});

test('a blob that is set again is counted once', () => {
  const cache = createBlobCache(1000);
  cache.set('a', blob(100));
  for (let times = 0; times < 10; times++) cache.set('b', blob(100));
  expect(cache.get('a')).toEqual(blob(100));
});
