/** Runs every rule over every statement that must be read: nothing throws, and what is advised can be read in turn. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Report } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import { changeOf, fencesOf } from '../pages.ts';

test.each(['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'])(
  'what is advised for any statement of %s can be read',
  async (database) => {
    const list = readFileSync(join(import.meta.dirname, `../statements/${database}.txt`), 'utf8');
    const broken: string[] = [];
    let findings = 0;
    for (const statement of list.split(/^---$/m)) {
      const report = await reviewOne(statement.trim(), database);
      findings += report.findings.length;
      for (const fence of report.findings.flatMap((finding) => fencesOf(finding.advice))) {
        const { opaque } = await reviewOne(fence, database);
        if (opaque.length > 0) broken.push(`${statement.trim()}\n=>\n${fence}\n${opaque[0]?.reason}`);
      }
    }
    expect(broken).toEqual([]);
    expect(findings).toBeGreaterThan(0);
  },
);

async function reviewOne(sql: string, database: string): Promise<Report> {
  return await review(
    changeOf([
      { path: '.github/plimsoll.yml', text: `database: ${database}\n`, state: 'before' },
      { path: 'db/migration/V2__change.sql', text: `${sql}\n`, state: 'after' },
    ]),
    rules,
  );
}
