/** Goose: both directions in one file under `-- +goose` annotations. */
import type { Frontend } from '../frontend.ts';
import { mayBeMigration, nameOf } from '../paths.ts';
import { readDirections } from '../sql/read-directions.ts';
import { hasUpAnnotation, readAnnotations } from './parse.ts';

/** The frontend of goose. */
export const goose: Frontend = {
  framework: 'goose',
  wants: (path) => mayBeMigration(path) && /^\d+_/.test(nameOf(path)),
  claim: ({ path, text }) => {
    const version = /^\d+/.exec(nameOf(path))?.[0];
    if (!goose.wants(path) || version === undefined || !hasUpAnnotation(text)) return undefined;
    return { migration: path, part: 'both', version };
  },
  read: (source) =>
    readDirections(source, {
      sections: (file) => readAnnotations(file).sections,
      transaction: ({ file }) => (readAnnotations(file).inTransaction ? 'wrapped' : 'none'),
    }),
};
