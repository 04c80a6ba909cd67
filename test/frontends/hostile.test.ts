import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { frontends, findClaim, wants } from '../../src/frontends/index.ts';
import { loadReader } from '../../src/frontends/sql/read-sql.ts';
import { project } from './builders.ts';

beforeAll(async () => {
  await loadReader('postgres');
});

const fragments = [
  '-- +goose Up',
  '-- +goose Down',
  '-- +goose StatementBegin',
  '-- +goose StatementEnd',
  '-- +goose ENVSUB ON',
  '-- migrate:up transaction:false',
  '-- migrate:down',
  '-- Up Migration',
  '-- Down Migration',
  '--> statement-breakpoint',
  '-- atlas:delimiter \\n',
  '-- +migrate Down',
  'DROP TABLE a;',
  'UPDATE a SET b = ${c}',
  'DO $$ BEGIN',
  "'",
  '/*',
  '\r',
  '\u2028',
  ';',
];
const names = ['0001_x.sql', '0001_x.up.sql', '0001_x/migration.sql', '0001_x/up.sql', 'V1__x.sql'];
const sqlFrontends = frontends.filter((frontend) =>
  names.some((name) => frontend.wants(`supabase/migrations/${name}`)),
);
const text = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 8 })), { maxLength: 14 });

test('no arrangement of markers and broken SQL makes a frontend throw, or point outside the file', () => {
  fc.assert(
    fc.property(text, fc.constantFrom('\n', '\r\n', ' '), (parts, separator) => {
      const file = { path: 'migrations/001_x.up.sql', text: parts.join(separator) };
      const lines = file.text.split(/\r\n|\r|\n/).length;
      const around = project({ [file.path]: file.text });
      expect(() => findClaim(file, around)).not.toThrow();
      for (const { framework, read } of sqlFrontends) {
        const reading = read({ framework, files: { up: file }, database: 'postgres', project: around });
        const down = reading.down.kind === 'written' ? reading.down.operations : [];
        for (const { span } of [...reading.up, ...down]) {
          expect(span.startLine).toBeLessThanOrEqual(span.endLine);
          expect(span.endLine).toBeLessThanOrEqual(lines);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('every layout is among those that are tried', () => {
  expect(sqlFrontends.length).toBeGreaterThanOrEqual(12);
});

test('no path makes a frontend throw', () => {
  const segment = fc.constantFrom(
    '',
    'migrations',
    'x.sql',
    '001_x.up.sql',
    'V1__.sql',
    '..',
    'U1__x.sql',
    'meta',
    'down.sql',
    '__proto__',
    'a b',
  );
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
      const path = segments.join('/');
      expect(() => [wants(path), findClaim({ path, text: '' }, project({ [path]: '' }))]).not.toThrow();
    }),
  );
});
