/** A whole file of each framework around a written body, with what tells the framework and the database. */
export type Frame = { path: string; around: (body: readonly string[]) => string; beside?: Record<string, string> };

export type FrameFile = { path: string; text: string };

export const frames: Record<string, Frame> = {
  'golang-migrate': {
    path: 'migrations/000002_change.up.sql',
    around: lines,
    beside: { 'go.mod': 'require github.com/lib/pq v1.10.9' },
  },
  goose: { path: 'migrations/00002_change.sql', around: lines },
  dbmate: { path: 'db/migrations/20260101000000_change.sql', around: lines },
  rails: {
    path: 'db/migrate/20260101000000_change.rb',
    around: (body) => lines(['class Change < ActiveRecord::Migration[7.1]', ...indented(body, 2), 'end']),
  },
  django: { path: 'shop/migrations/0002_change.py', around: lines },
  alembic: {
    path: 'migrations/versions/abc_change.py',
    around: (body) =>
      lines([
        'import sqlalchemy as sa',
        'from alembic import op',
        'from sqlalchemy.dialects import postgresql',
        '',
        "revision = 'abc'",
        "down_revision = 'abb'",
        '',
        ...body,
      ]),
  },
  typeorm: {
    path: 'src/migrations/1700000000000-change.ts',
    around: (body) =>
      lines([
        "import { MigrationInterface, QueryRunner } from 'typeorm';",
        '',
        'export class Change1700000000000 implements MigrationInterface {',
        ...indented(body, 2),
        '}',
      ]),
  },
  'mikro-orm': {
    path: 'src/migrations/Migration20260101000000.ts',
    around: (body) =>
      lines([
        "import { Migration } from '@mikro-orm/migrations';",
        '',
        'export class Migration20260101000000 extends Migration {',
        ...indented(body, 2),
        '}',
      ]),
  },
  knex: { path: 'migrations/20260101000000_change.js', around: lines, beside: packages('knex') },
  sequelize: {
    path: 'migrations/20260101000000-change.js',
    around: (body) => lines(['module.exports = {', ...indented(body, 2), '};']),
    beside: packages('sequelize'),
  },
  'node-pg-migrate': {
    path: 'migrations/1700000000000_change.js',
    around: lines,
    beside: packages('node-pg-migrate'),
  },
  kysely: {
    path: 'migrations/2026-01-01_change.ts',
    around: (body) => lines(["import { type Kysely, sql } from 'kysely';", '', ...body]),
    beside: packages('kysely'),
  },
  'db-migrate': {
    path: 'migrations/20260101000000-change.js',
    around: lines,
    beside: packages('db-migrate'),
  },
};

/** The migration with this number, after the one before it. */
export function numbered(frame: Frame, body: readonly string[], number: number): FrameFile {
  const path = frame.path.replace(/(\d*)(?=[_-]change)|0{6}(?=\.ts$)|abc(?=_)/, (digits) =>
    digits === 'abc' ? `r${number}` : String(number).padStart(digits.length, digits),
  );
  const text = frame
    .around(body)
    .replace(
      '# dependencies: as manage.py makemigrations --empty shop writes them',
      "dependencies = [('shop', '0001_initial')]",
    )
    .replace("'0001_initial'", `'${String(number - 1).padStart(4, '0')}_change'`)
    .replace("revision = 'abc'", `revision = 'r${number}'`)
    .replace("down_revision = 'abb'", `down_revision = ${number > 1 ? `'r${number - 1}'` : 'None'}`);
  return { path, text: number === 1 ? text.replace(/dependencies = .*/, 'dependencies = []') : text };
}

function packages(name: string): Record<string, string> {
  return { 'package.json': JSON.stringify({ dependencies: { [name]: '3.0.0', pg: '8.0.0' } }) };
}

function lines(body: readonly string[]): string {
  return `${body.join('\n')}\n`;
}

function indented(body: readonly string[], by: number): string[] {
  return body.map((line) => (line === '' ? line : ' '.repeat(by) + line));
}
