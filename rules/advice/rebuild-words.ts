/** For what MySQL or MariaDB writes a table anew, and what spares it, in words. */
import type { OnlineChange } from '../../src/operations/facts/mysql-change.ts';
import type { MysqlChange } from '../../src/operations/facts/mysql-online-ddl.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { code } from '../../src/rule.ts';
import type { Alteration } from './online-change.ts';

/** The subject of a sentence: the change that costs most, and why it does here. */
export function rebuildCause(
  { known, changes }: Alteration,
  { change }: OnlineChange,
  culprit: Operation | undefined,
): string {
  if (culprit?.kind === 'rebuildTable') return code(culprit.how);
  const column = culprit && 'column' in culprit ? culprit.column : '';
  const name = code(typeof column === 'string' ? column : column.name);
  const why = [...changes.values()].flat().some(({ algorithm }) => algorithm === 'in place')
    ? 'in one statement with what is not done at once'
    : known?.compressed
      ? 'to or from compressed rows'
      : known?.indexes.some(({ method }) => method?.toLowerCase() === 'fulltext')
        ? 'beside a full-text index'
        : 'in this version';
  return causes[change]?.replace('NAME', () => name).replace('WHY', why) ?? 'This';
}

const causes: Partial<Record<MysqlChange, string>> = {
  'column added': 'Adding NAME WHY',
  'column added in between': 'Adding NAME in between',
  'column dropped': 'Dropping NAME WHY',
  'indexed column dropped': 'Dropping NAME, which an index has,',
  'column moved': 'Moving NAME to another place',
  'made nullable': 'Letting NAME be NULL',
  'numbering begun': 'Giving NAME an AUTO_INCREMENT',
  'primary key dropped': 'Dropping the primary key without a new one in the same statement',
  'partitioned anew': 'Another partitioning',
};

/** What does without it, or when to do it; a tool that copies online may be named beside. */
export function sparesRebuild({ change, algorithm }: OnlineChange, all: readonly OnlineChange[]): string {
  const isColumn = change === 'column added' || change === 'column dropped' || change === 'column added in between';
  if (isColumn && all.some((each) => each.algorithm === 'in place'))
    return 'Two statements: a column comes and goes at once, in the dictionary alone, where nothing else in the statement needs more; the index is built after it.';
  if (change === 'column added in between')
    return 'Leave the place out: the order of columns matters to no query that names them.';
  if (change === 'primary key dropped')
    return 'Drop the old and add the new key in one statement, which lets writes go on.';
  return algorithm === 'copy' ? 'In an announced pause.' : 'Run it in a quiet hour, outside the deploy.';
}
