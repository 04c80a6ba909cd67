/** Every correction, in every database and, by thirds of the sections, in every framework, can be read and leaves nothing to say that was not said before. */
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { newlySaid } from './newly-said.ts';
import { prose } from './prose.ts';
import { databasesOf, migrationsIn, toldIn } from './told.ts';

const unsaid = new Set<string>();

describe.each(['own', ...Object.keys(databasesOf)])('what is advised in %s', async (framework) => {
  const all = await toldIn(framework);
  const told = all.filter(({ finding }) => migrationsIn(finding.advice).length > 0);
  for (const each of all) if (!told.includes(each)) unsaid.add(each.rule);
  if (framework === 'own') return test('is looked at', () => expect(all.length).toBeGreaterThan(rules.length));
  const byRule = Map.groupBy(told, ({ rule }) => rule);
  test.each([...byRule])('%s', async (_rule, all) => {
    for (const each of all) expect(await newlySaid(each, migrationsIn(each.finding.advice))).toEqual([]);
  });
});

test('where no migration is printed, it is known why, and every reason is needed', () => {
  expect([...unsaid].toSorted()).toEqual(Object.keys(prose).toSorted());
});
