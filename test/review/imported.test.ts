import { expect, test } from 'vitest';
import type { Change } from '../../src/operations/change.ts';
import { projectAfter } from '../../src/review/project.ts';

test('the files that a migration imports go with it to the reader', () => {
  const path = 'src/migrations/1700000000001-A.ts';
  const change = {
    files: [{ path, status: 'added', after: "import { help } from '../../lib/help';" }],
    basePaths: ['lib/help.ts', 'lib/other.ts'],
    projectTexts: { 'lib/help.ts': 'the help', 'lib/other.ts': 'no help' },
    history: {},
  } as unknown as Change; // the rest of a change is not asked for here
  expect(projectAfter(change).around(path, 'typeorm').texts).toEqual({ 'lib/help.ts': 'the help' });
});
