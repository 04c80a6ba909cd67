import { expect, test } from 'vitest';
import { volatilityOf } from '../../../src/operations/facts/volatility.ts';
import { call, literal } from './builders.ts';

test('a literal is constant, also where nothing is known of the database', () => {
  expect(volatilityOf(literal("'x'"), 'unknown')).toBe('constant');
});

test.each(['now', 'current_timestamp', 'current_user', 'lower', 'jsonb_build_object'])(
  'PostgreSQL evaluates %s once per statement',
  (name) => expect(volatilityOf(call(name), 'postgres')).toBe('stable'),
);

test.each(['gen_random_uuid', 'clock_timestamp', 'random', 'nextval', 'uuidv7', 'extensions.uuid_generate_v4'])(
  'PostgreSQL evaluates %s for every row',
  (name) => expect(volatilityOf(call(name), 'postgres')).toBe('volatile'),
);

test('a function of the project may be anything, also one that borrows the name of a stable one', () => {
  expect(volatilityOf(call('next_code'), 'postgres')).toBe('unknown');
  expect(volatilityOf(call('app.now'), 'postgres')).toBe('unknown');
});

test('the most volatile function of an expression counts', () => {
  expect(volatilityOf(call('concat', 'random'), 'postgres')).toBe('volatile');
  expect(volatilityOf(call('now', 'next_code'), 'postgres')).toBe('unknown');
  expect(volatilityOf(call('next_code', 'random'), 'postgres')).toBe('volatile');
});

test('what could not be read is unknown', () => {
  expect(volatilityOf({ ...literal('?'), known: false }, 'postgres')).toBe('unknown');
});

test('each database has functions of its own', () => {
  expect(volatilityOf(call('uuid'), 'mysql')).toBe('volatile');
  expect(volatilityOf(call('now'), 'mariadb')).toBe('stable');
  expect(volatilityOf(call('newid'), 'sqlserver')).toBe('volatile');
  expect(volatilityOf(call('sysutcdatetime'), 'sqlserver')).toBe('stable');
  expect(volatilityOf(call('current_timestamp'), 'sqlite')).toBe('stable');
  expect(volatilityOf(call('gen_random_uuid'), 'mysql')).toBe('unknown');
});
