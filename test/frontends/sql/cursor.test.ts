import { expect, test } from 'vitest';
import * as cursors from '../../../src/frontends/sql/cursor.ts';
import { wholeFile } from '../../../src/frontends/sql/text.ts';
import { tokenize } from '../../../src/frontends/sql/tokens.ts';

test('moves past keywords only when all of them come next', () => {
  const cursor = cursorOver('IF NOT NULL');
  expect(cursors.accept(cursor, 'IF', 'NOT', 'EXISTS')).toBe(false);
  expect(cursors.accept(cursor, 'IF', 'NOT')).toBe(true);
  expect(cursors.peek(cursor)?.text).toBe('NULL');
});

test('takes one of several keywords', () => {
  const cursor = cursorOver('SCHEMA x');
  cursors.expect(cursor, 'DATABASE|SCHEMA');
  expect(cursors.takeName(cursor)).toBe('x');
});

test('never takes a quoted name for a keyword', () => {
  expect(cursors.isNext(cursorOver('`select`'), 'SELECT')).toBe(false);
});

test('splits at commas outside parentheses', () => {
  const parts = cursors.splitAtCommas(cursorOver('a, f(b, c), d'));
  expect(parts.map(cursors.textOf)).toEqual(['a', 'f(b, c)', 'd']);
});

test('gives what stands in balanced parentheses and goes on behind them', () => {
  const cursor = cursorOver('((a) + (b)) rest');
  expect(cursors.textOf(cursors.takeParentheses(cursor))).toBe('(a) + (b)');
  expect(cursors.textOf(cursor)).toBe('rest');
});

test('takes the parts of a qualified name', () => {
  expect(cursors.takeNameParts(cursorOver('`a b`.c'))).toEqual(['a b', 'c']);
});

test('fails with a reason where something else stands', () => {
  const reason = failureOf(() => cursors.expect(cursorOver('b'), 'TABLE|VIEW'));
  expect(reason).toBe('“b” stands where TABLE or VIEW is expected');
});

test('fails with a reason where a parenthesis is never closed', () => {
  expect(failureOf(() => cursors.takeParentheses(cursorOver('(a')))).toBe('a parenthesis is never closed');
});

function cursorOver(sql: string): cursors.Cursor {
  return cursors.createCursor(sql, tokenize(wholeFile('a.sql', sql), 'mysql'));
}

function failureOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return cursors.reasonOf(error);
  }
  return 'nothing failed';
}
