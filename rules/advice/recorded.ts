/** What becomes of a migration that is recorded as run when its file is edited, goes or gets another name. */
import { frameworkName } from '../../src/operations/facts/framework-name.ts';
import { onChangedText } from '../../src/operations/facts/frameworks.ts';
import { versionFacts } from '../../src/operations/facts/versions.ts';
import type { ChangedFile } from '../../src/operations/change.ts';
import type { Lineage, Migration } from '../../src/operations/migration.ts';
import { identityOf } from '../../src/operations/recorded-identity.ts';
import { code, type Edit } from '../../src/rule.ts';
import { renumberAdvice } from './lineage.ts';
import { takeBackFence } from './take-back.ts';

/** What an edit of a standing migration does; the advice is to put it back where nothing else is given. */
export type Happens = { what: string; severity?: 'notice'; advice?: string };

/** The file goes, the record of it and what it did stay. */
export function deleted(migration: Migration, takesBack: boolean): Happens {
  const gone = versionFacts(migration.framework)?.gone;
  const record = gone ? ` Where it is recorded, ${gone.what}.` : '';
  const revert = takesBack ? ' A revert takes back the code, not the database.' : '';
  const command = takeBackFence(migration);
  const forward = takesBack
    ? 'Leave the file where it is, revert the rest, and take back what it did in a new migration.'
    : 'Put it back as it was, and say what is to change in a new migration.';
  return {
    what: `environments that ran it keep what it did, new ones never get it, and nothing can take it back once the file is gone.${record}${revert}`,
    advice:
      command === undefined
        ? forward
        : `${forward} If it has to go, run its down first, in every environment that ran it and while the file is still there:

${command}`,
  };
}

/** The file goes, and a new one has its number: where the old one ran, the new one counts as run. */
export function replaced(migration: Migration, by: Migration, lineage: Lineage): Happens {
  const taker = code(by.path);
  return {
    what:
      onChangedText(migration.framework) === 'fails'
        ? `${frameworkName(migration.framework)} takes ${taker} for it, which has its number, compares checksums, and refuses to run anything where it did.`
        : `environments that ran it take ${taker} for it, which has its number, never run that one, and keep what the old one did.`,
    advice: `Put it back as it was. ${taker} needs a number of its own. ${renumberAdvice(by, lineage)}`,
  };
}

/** What the framework records decides, which need not be the name of the file; `as before` where it sees that it has run. */
export function renamed(migration: Migration, file: ChangedFile, edit: Edit | undefined): Happens | 'as before' {
  const { framework } = migration;
  const identity = identityOf(migration, edit?.before, file);
  if (identity === 'same') {
    if (framework === 'flyway')
      return {
        what: 'Flyway compares the description in its name too ("Migration description mismatch") and refuses to run anything where it did.',
      };
    return 'as before';
  }
  const gone = versionFacts(framework)?.gone;
  const record = gone ? ` Where the old one is recorded, ${gone.what}.` : '';
  const may = identity === 'unknown' ? 'may take' : 'takes';
  return {
    what: `under another name or number ${frameworkName(framework)} ${may} it for a new one and ${identity === 'unknown' ? 'run' : 'runs'} it a second time.${record}`,
  };
}

/** Its text is another: where checksums are kept nothing runs any more, elsewhere nobody notices. */
export function modified({ framework }: Migration, edit: Edit | undefined): Happens | undefined {
  const tool = frameworkName(framework);
  if (onChangedText(framework) === 'fails')
    return {
      what: `${tool} compares checksums, also of comments and white space, and refuses to run anything where it did.`,
    };
  const skips = 'environments that ran it skip the new text without a word, and differ from new ones for ever.';
  if (onChangedText(framework) === 'warns')
    return {
      what: `${tool} compares checksums, also of comments, warns on deploy and wants to reset development databases${edit?.changesUp === false ? '.' : `; ${skips}`}`,
    };
  // Without a text to compare with, the worst is said.
  if (!edit || edit.changesUp) return { what: skips };
  return edit.changesDown ? downOnly : undefined;
}

const downOnly: Happens = {
  severity: 'notice',
  what: 'only what takes it back is another now, and that holds for environments that ran it as well.',
  advice: 'Try it on a database that ran the migration as it was.',
};
