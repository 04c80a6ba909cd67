/** A file of JavaScript that says `export` has no `exports`. */
import { expect, test } from 'vitest';
import type { Step } from '../../src/writers/step.ts';
import { writeMigration } from '../../src/writers/write-migration.ts';

const index = { name: 'ride_city_idx', columns: ['city'], unique: false };
const build: Step = { kind: 'createIndex', table: 'ride', index, concurrently: true };

function printed(framework: string, path: string, isModule: boolean): string[] {
  const target = { framework, path, database: 'postgres' as const, ...(isModule ? { isModule: true as const } : {}) };
  return writeMigration(target, [build], true)?.lines ?? [];
}

test('Knex exports by name in a module, with the configuration that asks for no transaction', () => {
  expect(printed('knex', 'migrations/1_ride.js', true)).toEqual([
    'export const config = { transaction: false };',
    '',
    'export async function up(knex) {',
    '  await knex.raw("CREATE INDEX CONCURRENTLY ride_city_idx ON ride (city);");',
    '}',
    '',
    'export async function down(knex) {',
    '  await knex.raw("DROP INDEX CONCURRENTLY ride_city_idx;");',
    '}',
  ]);
});

test('a module of TypeScript says the type of what its directions are given', () => {
  expect(printed('knex', 'migrations/1_ride.ts', true)).toContain(
    'export async function up(knex: Knex): Promise<void> {',
  );
  expect(printed('node-pg-migrate', 'migrations/1_ride.ts', true)).toContain(
    'export async function down(pgm: MigrationBuilder): Promise<void> {',
  );
});

test('any other file assigns to its exports', () => {
  expect(printed('knex', 'migrations/1_ride.js', false)).toContain('exports.config = { transaction: false };');
  expect(printed('node-pg-migrate', 'migrations/1_ride.js', false)).toContain('exports.up = (pgm) => {');
});
