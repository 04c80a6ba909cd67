/** Where the advice of a finding names a number of deploys, the plan of the same change has as many. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { review } from '../../src/review/review.ts';
import { changeOf, readPage } from '../pages.ts';

const numbers: Record<string, number> = { two: 2, three: 3, four: 4, five: 5 };
const said = /\b(two|three|four|five) deploys\b/i;

const pages = rules.flatMap(({ id }) => {
  const text = readFileSync(join(import.meta.dirname, '../../rules', `${id}.md`), 'utf8');
  return readPage(text)
    .filter(({ kind }) => kind === 'Bad')
    .map((section) => ({ id, section, title: `${id}: ${section.title}` }));
});

let compared = 0;

test.each(pages)('$title', async ({ section }) => {
  const { findings, plan } = await review(changeOf(section.files), rules);
  for (const { path, startLine, advice } of findings) {
    const number = numbers[said.exec(advice ?? '')?.[1]?.toLowerCase() ?? ''];
    const roads = plan?.roads.filter((road) => road.path === path && road.startLine === startLine) ?? [];
    if (number === undefined || roads.length === 0) continue;
    compared++;
    const deploys = roads.map(({ phases }) => Math.max(...phases.map(({ deploy }) => deploy)));
    expect(deploys, advice).toContain(number);
  }
  const breaks = plan?.answers.find(({ because }) => /\d deploys$/.test(because));
  if (breaks) expect(breaks.because).toMatch(new RegExp(`\\b${plan?.deploys} deploys$`));
});

test('there is something to compare', () => {
  expect(compared).toBeGreaterThan(5);
});
