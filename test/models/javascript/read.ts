/** Readings of models of JavaScript for their tests. */
import { readModels } from '../../../src/models/read-models.ts';
import type { MappedClass } from '../../../src/operations/models.ts';

/** The classes and tables of one file. */
export async function read(text: string, path = 'src/db/schema.ts'): Promise<MappedClass[]> {
  return (await readModels({ path, text })).mapped;
}

/** The columns of a class; a `?` behind those that may be named otherwise. */
export function columnsIn(model: MappedClass | undefined): string[] | undefined {
  return model?.columns.map(({ column, namedAfter }) => (namedAfter === undefined ? column : `${column}?`));
}

/** The keys of a class in one line each. */
export function keysIn(model: MappedClass | undefined): string[] | undefined {
  return model?.keys?.map(({ kind, name, columns }) =>
    [kind, ...(name === undefined ? [] : [name]), columns.join()].join(' '),
  );
}
