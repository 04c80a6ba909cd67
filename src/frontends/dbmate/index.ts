/** dbmate: both directions in one file under `-- migrate:up` and `-- migrate:down`. */
import type { Frontend } from '../frontend.ts';
import { mayBeMigration, nameOf } from '../paths.ts';
import { transactionOfOneQuery } from '../sql/one-query.ts';
import { readDirections } from '../sql/read-directions.ts';
import { findUpBlock, readBlocks } from './parse.ts';

/** The frontend of dbmate. */
export const dbmate: Frontend = {
  framework: 'dbmate',
  wants: (path) => mayBeMigration(path) && /^\d+.*\.sql$/.test(nameOf(path)),
  claim: ({ path, text }) => {
    const version = /^\d+/.exec(nameOf(path))?.[0];
    if (!dbmate.wants(path) || version === undefined || !findUpBlock(text)) return undefined;
    return { migration: path, part: 'both', version };
  },
  read: (source) =>
    readDirections(source, {
      sections: readBlocks,
      transaction: ({ file }, { database }) =>
        findUpBlock(file.text)?.inTransaction === false ? transactionOfOneQuery(database) : 'wrapped',
    }),
};
