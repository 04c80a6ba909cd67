import { code, codes, type ChangeContext, type Found, type Rule } from '../src/rule.ts';
import type { MappedClass } from '../src/operations/models.ts';
import type { Span } from '../src/operations/operation.ts';
import { newDrifts } from './advice/drift.ts';
import { mappedIn } from '../src/operations/mapped-questions.ts';
import { mapperOf, putInMigration } from './advice/mappers.ts';
import { missingOperations } from './advice/missing-operations.ts';
import { unmigratedColumns } from './advice/unmigrated-columns.ts';
import { findUnmigratedKeys } from './advice/unmigrated-keys.ts';

/** A model says another schema than the migrations make. */
export const modelWithoutMigration: Rule = {
  id: 'model-without-migration',
  title: 'A model changes, and no migration does',
  severity: 'error',
  concerns: 'code',
  check: {
    change: (context) => [
      ...newDrifts(context).flatMap(({ model, drift }) => missingOperations(model, drift, context)),
      ...mappedIn(context.models.now).flatMap((model) => findUnmigrated(model, context)),
    ],
  },
};

function findUnmigrated(model: MappedClass, context: ChangeContext): (Found & { span: Span })[] {
  const mapper = mapperOf(model.framework);
  if (!mapper) return [];
  const columns = unmigratedColumns(model, context);
  const [first] = columns;
  if (!first || model.table === undefined) return findUnmigratedKeys(model, mapper, context);
  const { table } = model;
  const names = codes(columns.map(({ column }) => `${table}.${column}`));
  return [
    {
      span: first.span,
      message: `${code(model.name)} maps ${codes(columns.map(({ name }) => name))}, and no ${mapper.migration} adds ${names}. ${mapper.title} names every mapped column in its queries: with this release every query of ${code(model.name)} fails (${code(`column ${table}.${first.column} does not exist`)}).`,
      advice: putInMigration(mapper, context),
    },
  ];
}
