/** Migrations of each framework one after the other, as a repository has them. */
import { rules } from '../../rules/index.ts';
import type { Report } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import type { Step } from '../../src/writers/step.ts';
import { writeMigration } from '../../src/writers/write-migration.ts';
import { change, configuration } from '../review/builders.ts';
import { frames, numbered, type Frame, type FrameFile } from '../writers/frames.ts';
import type { Ground } from './roads.ts';

/** A layout that runs a file of SQL as it is. */
export const sqlFile: Frame = {
  path: 'migrations/000002_change.up.sql',
  around: (body) => body.join('\n'),
  beside: { 'go.mod': 'require github.com/lib/pq v1.10.9' },
};

/** The migration with this number that sends the statements. */
export function printed(framework: string, { database }: Ground, sql: string, number: number): FrameFile {
  const frame = frames[framework] ?? sqlFile;
  const steps: Step[] = sql.split('\n').map((each) => ({ kind: 'sql', sql: each }));
  const written = writeMigration({ framework, path: frame.path, database }, steps);
  return numbered(frame, written?.lines ?? [], number);
}

/** The report of a change that adds the file, with a test, to those that are there. */
export function reviewAfter(
  earlier: readonly FrameFile[],
  file: FrameFile,
  framework: string | undefined,
  { database, version }: Pick<Ground, 'database' | 'version'>,
): Promise<Report> {
  const { beside = {} } = (framework === undefined ? undefined : frames[framework]) ?? sqlFile;
  return review(
    change(
      { [file.path]: file.text, 'tests/test_change.py': '' },
      {
        configuration: configuration({ database, version }),
        projectTexts: beside,
        basePaths: [...Object.keys(beside), ...earlier.map(({ path }) => path)],
        history: Object.fromEntries(earlier.map(({ path, text }) => [path, text])),
      },
    ),
    rules,
  );
}
