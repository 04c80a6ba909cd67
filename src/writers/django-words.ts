/** Operations of Django that send exactly what a step says. */
import type { Index } from '../operations/column.ts';
import { fieldOf, noteOf } from './django-field.ts';
import { canBeField, isFieldName, modelOf } from './django-model.ts';
import { isOfField, modelsImport, namesOf, type Imports } from './django-state.ts';
import { importsOf } from './django-imports.ts';
import { printable } from './identifier.ts';
import { callLines, pythonName, pythonNames } from './python.ts';
import { hasWholeColumns, type Step } from './step.ts';
import type { Target } from './writer.ts';

/** Lines of an operation, and what they need from elsewhere. */
export type Operation = { lines: string[]; imports: Imports };

/** The operation of Django's own for a step; undefined where there is none, or where it would send something else. */
export function djangoWords(step: Step, target: Target): Operation | undefined {
  const model = 'table' in step && step.table !== undefined ? modelOf(step.table, target) : undefined;
  if (model === undefined) return undefined;
  switch (step.kind) {
    case 'addColumn':
      return addField(step, model, target);
    case 'renameColumn':
      return renameField(step, model);
    case 'createIndex':
      return addIndex(step, model, target);
    case 'dropIndex':
      return removeIndex(step, model, target);
    case 'validateConstraint': {
      if (target.database !== 'postgres') return undefined;
      return ofPostgres('ValidateConstraint', namesOf(model, step.name));
    }
    default:
      return undefined;
  }
}

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

const postgresOperations = 'django.contrib.postgres.operations';
const postgresIndexes = 'django.contrib.postgres.indexes';

function ofPostgres(name: string, given: readonly string[], imports: Imports = {}): Operation {
  return { lines: callLines(name, given), imports: { [postgresOperations]: [name], ...imports } };
}

/** A default would be dropped at once before 5.0. */
function addField({ column, ifNotExists }: Of<'addColumn'>, model: string, target: Target): Operation | undefined {
  const { name, type, nullable, position } = column;
  if (!nullable || column.default || column.generated || ifNotExists || !isFieldName(name)) return undefined;
  if (position) return undefined;
  const field = fieldOf(type, target.database, ['null=True', ...noteOf(column)]);
  if (field === undefined) return undefined;
  return {
    lines: callLines('migrations.AddField', [...namesOf(model, name), `field=${field}`]),
    imports: modelsImport,
  };
}

function renameField({ column, to }: Of<'renameColumn'>, model: string): Operation | undefined {
  if (!isFieldName(column) || !isFieldName(to)) return undefined;
  const names = [`old_name=${pythonName(column)}`, `new_name=${pythonName(to)}`];
  return { lines: callLines('migrations.RenameField', [`model_name=${pythonName(model)}`, ...names]), imports: {} };
}

/** https://docs.djangoproject.com/en/stable/ref/models/indexes/#name: longer names are not for a model. */
export const longestIndexName = 30;

function addIndex(step: Of<'createIndex'>, model: string, target: Target): Operation | undefined {
  const { index, concurrently } = step;
  if (index.declaration !== undefined) return addDeclared(index.declaration, step, model, target);
  const { name = '', columns, where, unique } = index;
  const isPlain =
    hasWholeColumns(index) && !where && !unique && !step.onlyParent && !step.ifNotExists && columns.every(canBeField);
  if (!isPlain || !/^[a-z]\w*$/i.test(name) || name.length > longestIndexName) return undefined;
  const made = indexClass(index, target);
  if (made === undefined || (concurrently && target.database !== 'postgres')) return undefined;
  const words = `fields=${pythonNames(columns)}, name=${pythonName(name)}`;
  const given = [`model_name=${pythonName(model)}`, `index=${made}(${words})`];
  const imports = made.startsWith('models.') ? modelsImport : { [postgresIndexes]: [made] };
  if (concurrently) return ofPostgres('AddIndexConcurrently', given, imports);
  return { lines: callLines('migrations.AddIndex', given), imports };
}

/** What its author declared, whose condition, order and the rest are words of Django alone. */
function addDeclared(
  declaration: string,
  { concurrently }: Of<'createIndex'>,
  model: string,
  { database }: Target,
): Operation | undefined {
  const imports = importsOf(declaration);
  if (!imports || (concurrently && database !== 'postgres')) return undefined;
  const given = [`model_name=${pythonName(model)}`, `index=${printable(declaration)}`];
  if (concurrently) return ofPostgres('AddIndexConcurrently', given, imports);
  return { lines: callLines('migrations.AddIndex', given), imports };
}

function indexClass({ method }: Index, { database }: Target): string | undefined {
  if (method === undefined || method === 'btree') return 'models.Index';
  return database === 'postgres' ? methods[method] : undefined;
}

/** https://docs.djangoproject.com/en/stable/ref/contrib/postgres/indexes/ */
const methods: Record<string, string> = {
  brin: 'BrinIndex',
  gin: 'GinIndex',
  gist: 'GistIndex',
  hash: 'HashIndex',
  spgist: 'SpGistIndex',
};

/** It says IF EXISTS, and takes from the state what the way back makes again; an index of a single field is not there. */
function removeIndex(step: Of<'dropIndex'>, model: string, { database }: Target): Operation | undefined {
  const { name, concurrently, ifExists } = step;
  if (database !== 'postgres' || !ifExists || isOfField(name)) return undefined;
  const names = namesOf(model, name);
  if (concurrently) return ofPostgres('RemoveIndexConcurrently', names);
  return { lines: callLines('migrations.RemoveIndex', names), imports: {} };
}
