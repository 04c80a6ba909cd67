import { expect, test } from 'vitest';
import { modified, outline, reviewed } from '../review/builders.ts';

const path = 'db/migrations/20260101000000_users.sql';
const up = '-- migrate:up\nCREATE TABLE users (id bigint PRIMARY KEY);\n';
const down = '\n-- migrate:down\nDROP TABLE users;\n';

async function said(before: string, after: string): Promise<string[]> {
  return outline(await reviewed([modified(path, before, after)])).filter((line) => line.includes('edited-migration'));
}

test('a comment is silent, another down is a notice, another up is an error', async () => {
  expect(await said(up + down, `${up}-- later\n${down}`)).toEqual([]);
  expect(await said(up + down, `${up}\n-- migrate:down\nDROP TABLE IF EXISTS users;\n`)).toEqual([
    `notice edited-migration ${path}:5`,
  ]);
  expect(await said(up + down, `${up}CREATE TABLE carts (id bigint);\n${down}`)).toEqual([
    `error edited-migration ${path}:3`,
  ]);
});

test('a statement that left, and two that changed places, are another up', async () => {
  const two = `${up}CREATE TABLE carts (id bigint);\n`;
  const swapped = '-- migrate:up\nCREATE TABLE carts (id bigint);\nCREATE TABLE users (id bigint PRIMARY KEY);\n';
  expect(await said(two, up)).toEqual([`error edited-migration ${path}:3`]);
  expect(await said(two, swapped)).toHaveLength(1);
});

test('what cannot be read is compared by its text', async () => {
  const broken = `${up}ALTER TABLE users FROBNICATE;\n`;
  expect(await said(broken, broken.replace('FROBNICATE', 'FROBNICATE twice'))).toHaveLength(1);
});

test('Flyway, which compares checksums, refuses a comment too', async () => {
  const file = 'db/migration/V1__users.sql';
  const text = 'CREATE TABLE users (id bigint PRIMARY KEY);\n';
  expect(outline(await reviewed([modified(file, text, `-- people\n${text}`)]))).toEqual([
    `error edited-migration ${file}:1`,
  ]);
});

test('what an up direction does is not said again when only its down file is touched', async () => {
  const files = { up: 'migrations/000001_users.up.sql', down: 'migrations/000001_users.down.sql' };
  const report = await reviewed([modified(files.down, 'SELECT 1;\n', 'SELECT 2;\n')], {
    basePaths: [files.up, files.down],
    projectTexts: { 'go.mod': 'module shop\n', [files.up]: 'DROP TABLE users;\n' },
    history: { [files.up]: 'DROP TABLE users;\n' },
  });
  expect(report.migrations.map(({ path: where }) => where)).toEqual([files.up]);
  expect(outline(report)).toEqual([]);
});
