import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseCommands } from '../../src/signoff/parse-commands.ts';

test.each([
  ['/plimsoll ack ran-on-copy', { kind: 'ack', item: 'ran-on-copy' }],
  ['/plimsoll  ack  `ran-on-copy` ', { kind: 'ack', item: 'ran-on-copy' }],
  ['/plimsoll revoke sql-read', { kind: 'revoke', item: 'sql-read' }],
  [
    '/plimsoll override drop-column nobody reads  it',
    { kind: 'override', rule: 'drop-column', reason: 'nobody reads it' },
  ],
  ['/plimsoll patched production locks piled up', { kind: 'patched', where: 'production', why: 'locks piled up' }],
  ['/plimsoll recheck', { kind: 'recheck' }],
  ['/plimsoll help', { kind: 'help' }],
  ['/plimsoll', { kind: 'help' }],
])('%s', (body, command) => {
  expect(parseCommands(body)).toEqual([command]);
});

test.each([
  'LGTM',
  ' /plimsoll ack ran-on-copy',
  '> /plimsoll ack ran-on-copy',
  'Say /plimsoll recheck',
  '/plimsolls ack ran-on-copy',
  '```\n/plimsoll ack ran-on-copy\n```',
  '~~~~ text\n/plimsoll recheck\n~~~\n/plimsoll recheck\n~~~~',
  '```\n/plimsoll recheck',
])('%j holds no command', (body) => {
  expect(parseCommands(body)).toEqual([]);
});

test('every command of a comment counts, also between and after fences', () => {
  const body = 'Done:\r\n/plimsoll ack one\r\n```sql\r\n/plimsoll ack two\r\n```\r\n/plimsoll ack three';
  expect(parseCommands(body)).toEqual([
    { kind: 'ack', item: 'one' },
    { kind: 'ack', item: 'three' },
  ]);
});

test.each([
  ['/plimsoll ack', 'ack <item>'],
  ['/plimsoll ack one two', 'ack <item>'],
  ['/plimsoll ack <script>', 'ack <item>'],
  ['/plimsoll override drop-column', 'override <rule> <reason'],
  ['/plimsoll patched production', 'patched <where> <why>'],
  ['/plimsoll merge', 'Commands:'],
])('%s is answered with how to write it', (body, help) => {
  expect(parseCommands(body)).toEqual([{ kind: 'mistake', message: expect.stringContaining(help) }]);
});

test('any text is read without throwing', () => {
  assert(property(string(), (text) => void parseCommands(`/plimsoll ${text}\n${text}`)));
});
