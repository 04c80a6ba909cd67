import { expect, test } from 'vitest';
import { blobId, patchText, removedLines, shownLines } from '../../src/github/patch-text.ts';

test('the id of a blob is git’s', () => {
  expect(blobId('')).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  expect(blobId('hello\n')).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
});

test.each([
  ['a line', '@@ -0,0 +1 @@\n+select 1;', 'select 1;\n'],
  ['lines, one of them empty', '@@ -0,0 +1,3 @@\n+a\n+\n+b', 'a\n\nb\n'],
  ['no newline at the end', '@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file', 'a\nb'],
  ['carriage returns', '@@ -0,0 +1,2 @@\n+a\r\n+b\r', 'a\r\nb\r\n'],
  ['characters of several bytes', '@@ -0,0 +1 @@\n+-- größer 表 🚢', '-- größer 表 🚢\n'],
  ['lines that look like a patch', '@@ -0,0 +1,2 @@\n+@@ -0,0 +1 @@\n++a', '@@ -0,0 +1 @@\n+a\n'],
])('%s: the text is rebuilt', (_what, patch, text) => {
  expect(patchText(patch, blobId(text))).toBe(text);
});

test('an empty file has no patch and is rebuilt all the same', () => {
  expect(patchText(undefined, blobId(''))).toBe('');
});

test.each([
  ['a patch that was cut', '@@ -0,0 +1,3 @@\n+a\n+b', 'a\nb\nc\n'],
  ['an absent patch', undefined, 'a\n'],
  ['a patch of a changed file', '@@ -1 +1 @@\n-a\n+b', 'b\n'],
  ['bytes that are no UTF-8', '@@ -0,0 +1 @@\n+gr\uFFFDn', 'gr\u00FCn\n'],
])('%s: no text', (_what, patch, text) => {
  expect(patchText(patch, blobId(text))).toBeUndefined();
});

test('a patch tells which lines after the change it shows', () => {
  const patch = '@@ -1,3 +1,4 @@ head\n a\n+@@ -1 +90 @@\n b\n c\n@@ -20,2 +21 @@\n-x\n y\n@@ -40,2 +40,0 @@\n-z\n-z';
  expect(shownLines(patch)).toEqual([
    { from: 1, to: 4 },
    { from: 21, to: 21 },
  ]);
  expect(shownLines(undefined)).toEqual([]);
});

test('a patch tells which lines go', () => {
  expect(removedLines('@@ -1,3 +1,2 @@\n a\n-b\n--- c\n+d\n\\ No newline at end of file')).toBe('b\n-- c');
  expect(removedLines(undefined)).toBe('');
});
