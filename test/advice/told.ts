/** What every rule advises in every database in which its Bad sections can be written: all of them in plain files of SQL, and a third of them in each other framework, another third in the next one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules/index.ts';
import type { Dialect } from '../../src/frontends/sql/tokens.ts';
import type { Finding, Report } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import { changeOf, readPage, type PageFile, type Section } from '../pages.ts';
import { translate } from './translate.ts';

/** One finding of the rule of the page. `framework` is `own` for the section as the page has it. */
export type Told = {
  rule: string;
  section: string;
  framework: string;
  database: Dialect | 'none';
  files: PageFile[];
  /** The section as its page has it. */
  page: PageFile[];
  report: Report;
  finding: Finding;
};

/** Which databases each framework is written for. */
export const databasesOf: Record<string, Dialect[]> = {
  'golang-migrate': ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'],
  goose: ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'],
  dbmate: ['postgres', 'mysql', 'mariadb', 'sqlite'],
  rails: ['postgres', 'mysql', 'mariadb', 'sqlite'],
  django: ['postgres', 'mysql', 'mariadb', 'sqlite'],
  alembic: ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'],
  typeorm: ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'],
  'mikro-orm': ['postgres', 'mysql', 'mariadb', 'sqlite'],
  knex: ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'],
  sequelize: ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'],
  'node-pg-migrate': ['postgres'],
  kysely: ['postgres', 'mysql', 'sqlite', 'sqlserver'],
  'db-migrate': ['postgres', 'mysql', 'mariadb', 'sqlite'],
};

/** The findings of the Bad sections of all pages in this framework. */
export async function toldIn(framework: string, databases = databasesOf[framework] ?? []): Promise<Told[]> {
  const told: Told[] = [];
  const all = rules.flatMap(({ id }) => badSections(id).map((section) => ({ id, section })));
  for (const { id, section } of all.filter((_, at) => isTaken(at, framework))) {
    if (framework === 'own') told.push(...(await toldOf(id, section, 'own', undefined, section.files)));
    for (const database of databases) {
      const files = await translate(section, framework, database);
      if (files) told.push(...(await toldOf(id, section, framework, database, files)));
    }
  }
  return told;
}

/** Every section in files of SQL and as its page has it; every third one elsewhere. */
function isTaken(at: number, framework: string): boolean {
  if (framework === 'own' || framework === 'golang-migrate') return true;
  return at % 3 === Object.keys(databasesOf).indexOf(framework) % 3;
}

function badSections(id: string): Section[] {
  const page = readFileSync(join(import.meta.dirname, `../../rules/${id}.md`), 'utf8');
  return readPage(page).filter(({ kind }) => kind === 'Bad');
}

/** What another database cannot read is no section of it. */
async function toldOf(
  rule: string,
  { title, files: page }: Section,
  framework: string,
  database: Dialect | undefined,
  files: PageFile[],
): Promise<Told[]> {
  const report = await review(changeOf(files), rules);
  if (report.opaque.length > 0) return [];
  const [first] = report.migrations;
  const own = first && first.database !== 'unknown' ? first.database : 'none';
  return report.findings
    .filter((finding) => finding.rule === rule)
    .map((finding) => ({ rule, section: title, framework, database: database ?? own, files, page, report, finding }));
}

export type Fence = { language: string; text: string };

/** The migrations in an advice: not what is for a shell, a deployment or a model. */
export function migrationsIn(advice: string): Fence[] {
  return [...advice.matchAll(/^(`{3,})(sql|ruby|python|ts)\n(.*?)\n\1$/gms)]
    .map(([, , language = '', text = '']) => ({ language, text }))
    .filter(({ text }) => !/^class \w+ < ApplicationRecord$/m.test(text));
}
