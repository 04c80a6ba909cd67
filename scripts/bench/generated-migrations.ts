/** Writes PostgreSQL migrations as people write them: the same ones every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPicker, type Picker } from './picker.ts';
import { longStatements, shortStatements } from './statements.ts';

/** A migration: its path below the folder, and its text. */
export type GeneratedMigration = { path: string; text: string };

/** Writes `count` migrations into a folder and returns them. */
export function writeGeneratedMigrations(folder: string, count: number): GeneratedMigration[] {
  mkdirSync(folder, { recursive: true });
  const migrations = generatedMigrations(count);
  for (const { path, text } of migrations) writeFileSync(join(folder, path), text);
  return migrations;
}

/** `count` up files of golang-migrate, as long as those of real repositories. */
export function generatedMigrations(count: number): GeneratedMigration[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `${String(index + 1).padStart(6, '0')}_${titles[index % titles.length]}.up.sql`,
    text: migration(index),
  }));
}

const titles = [
  'create_invoices',
  'add_state',
  'index_accounts',
  'backfill_totals',
  'tighten_references',
  'new_report',
];

function migration(index: number): string {
  const picker = createPicker(index + 1);
  const wanted = linesAt(golden(index));
  const lines = picker.below(3) === 0 ? [`-- Step ${index + 1}: ${picker.one(reasons)}`] : [];
  while (lines.length < wanted) {
    if (lines.length > 1) lines.push('');
    lines.push(...statement(picker, index, wanted - lines.length).split('\n'));
  }
  return `${lines.join('\n')}\n`;
}

const reasons = [
  'the report asks for it by account',
  'old clients still write the other column',
  'see the notes of the last release',
  'runs before the deploy',
];

function statement(picker: Picker, index: number, room: number): string {
  const fitting = room > 6 && picker.below(4) > 0 ? longStatements : shortStatements;
  return picker.one(fitting)(picker, `${index + 1}_${picker.below(1_000_000)}`, room);
}

/** Spreads numbers evenly between 0 and 1, whatever the count. */
function golden(index: number): number {
  return ((index + 1) * 0.618_033_988_749_895) % 1;
}

/** Lines of the up files of three public repositories, 1,342 of them: the part of the files that is no longer, and the length. */
const quantiles: readonly (readonly [part: number, lines: number])[] = [
  [0, 1],
  [0.25, 3],
  [0.5, 8],
  [0.75, 28],
  [0.9, 100],
  [0.99, 520],
  [1, 1100],
];

function linesAt(part: number): number {
  const above = quantiles.findIndex(([each]) => each >= part);
  const [upper, most] = quantiles[above] ?? [1, 1];
  const [lower, least] = quantiles[above - 1] ?? [0, 1];
  return Math.round(least * (most / least) ** ((part - lower) / (upper - lower)));
}
