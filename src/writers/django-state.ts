/** What the models of Django look like after a step that is sent as SQL: `state_operations`, or what is to be added there by hand. */
import type { Constraint } from '../operations/column.ts';
import { fieldOf, noteOf, pythonDefault } from './django-field.ts';
import { canBeField, isFieldName, labelOf, modelOf } from './django-model.ts';
import { callLines, pythonName, pythonNames } from './python.ts';
import type { Step } from './step.ts';
import type { Target } from './writer.ts';

/** Operations on the state, or the comment that says which are missing; neither for what Django does not keep there. */
export type StateChange = { operations: string[]; imports: Imports } | { comment: string };

/** Names by the module that they are imported from. */
export type Imports = Record<string, string[]>;

/** What everything but `migrations` of an ordinary migration needs. */
export const modelsImport: Imports = { 'django.db': ['models'] };

/** What a step makes of the state; undefined where that is nothing. */
export function stateAfter(step: Step, target: Target): StateChange | undefined {
  const model = 'table' in step && step.table !== undefined ? modelOf(step.table, target) : undefined;
  const change = model === undefined ? undefined : changeOf(step, model, target);
  if (change || !isKept(step)) return change;
  return { comment: model === undefined ? unknownModel : unknownChange };
}

const unknownModel = '# state_operations: the same for the model, which the name of the table does not tell';
const unknownChange = '# state_operations: the same as the model has it';
const restOfField = '# the options that the field has beside these';

/** The names of a model and of one of its fields, as operations take them. */
export function namesOf(model: string, field: string): string[] {
  return [`model_name=${pythonName(model)}`, `name=${pythonName(field)}`];
}

/** Django keeps neither what it validated nor, before 5.0, what the database fills in; what proves NOT NULL comes and goes. */
function isKept(step: Step): boolean {
  switch (step.kind) {
    case 'sql':
    case 'fillColumn':
    case 'validateConstraint':
      return false;
    case 'alterColumn':
      return step.type !== undefined || step.nullable !== undefined;
    case 'addConstraint':
      return !provesNotNull(step.constraint);
    case 'dropConstraint':
      return step.was === undefined || !provesNotNull(step.was);
    default:
      return true;
  }
}

function provesNotNull(constraint: Constraint): boolean {
  return constraint.kind === 'notNull' || (constraint.kind === 'check' && constraint.notNull !== undefined);
}

function changeOf(step: Step, model: string, target: Target): StateChange | undefined {
  switch (step.kind) {
    case 'addColumn':
      return addedField(step, model, target);
    case 'dropColumn':
    case 'forgetColumn':
      return field(step.column, callLines('migrations.RemoveField', namesOf(model, step.column)), {});
    case 'fillNewRows':
      return fieldWithDefault(step, model, target);
    case 'renameTable':
      return renamedModel(model, modelOf(step.to, target));
    case 'alterColumn':
      return alteredField(step, model, target);
    case 'dropTable':
    case 'forgetTable':
      return operations(callLines('migrations.DeleteModel', [`name=${pythonName(model)}`]));
    case 'createIndex':
      return { comment: step.index.unique ? uniqueIndex : unknownChange };
    case 'dropIndex':
      return isOfField(step.name)
        ? { comment: '# state_operations: the AlterField that takes db_index from the field' }
        : operations(callLines('migrations.RemoveIndex', namesOf(model, step.name)));
    case 'addConstraint':
      return addedConstraint(step.constraint, model, target);
    case 'dropConstraint':
      return droppedConstraint(step, model);
    default:
      return undefined;
  }
}

const uniqueIndex =
  '# state_operations: AddConstraint, as soon as the index is a constraint or has the condition of one';

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** Before 5.0 only Python knows the default of a field, and the database keeps the one that it was given by SQL. */
function addedField({ column }: Of<'addColumn'>, model: string, { database }: Target): StateChange | undefined {
  const constant = pythonDefault(column);
  const given = [
    ...(column.nullable ? ['null=True'] : []),
    ...(constant === undefined ? [] : [`default=${constant}`]),
    ...noteOf(column),
  ];
  const added = fieldOf(column.type, database, given);
  if (added === undefined || column.generated) return undefined;
  const comment = column.default ? ['# db_default from Django 5.0 on, which then needs no SQL'] : [];
  const names = namesOf(model, column.name);
  return field(column.name, callLines('migrations.AddField', [...names, restOfField, ...comment, `field=${added}`]));
}

/** https://docs.djangoproject.com/en/stable/ref/models/fields/#default: a function is called for each new row, and nothing of it reaches the database. */
function fieldWithDefault(
  { column, by }: Of<'fillNewRows'>,
  model: string,
  { database }: Target,
): StateChange | undefined {
  const module = by.slice(0, by.lastIndexOf('.'));
  const given = [...(column.nullable ? ['null=True'] : []), `default=${by}`, ...noteOf(column)];
  const altered = fieldOf(column.type, database, given);
  if (altered === undefined || !/^[a-z]\w*(?:\.[a-z]\w*)+$/i.test(by)) return undefined;
  const names = namesOf(model, column.name);
  const lines = callLines('migrations.AlterField', [...names, `field=${altered}`]);
  return field(column.name, lines, { [module]: [], ...modelsImport });
}

/** RenameModel itself would make every foreign key to the table anew. */
function renamedModel(model: string, to: string | undefined): StateChange | undefined {
  if (to === undefined) return undefined;
  const names = [`old_name=${pythonName(model)}`, `new_name=${pythonName(to)}`];
  const comment = '# tables of its many-to-many fields are named after it: they are to be renamed as well';
  return operations(callLines('migrations.RenameModel', [comment, ...names]));
}

function alteredField(step: Of<'alterColumn'>, model: string, { database }: Target): StateChange | undefined {
  if (step.type === undefined && step.nullable === undefined) return undefined;
  const nullable = step.nullable ?? step.was?.nullable ?? false;
  const altered = fieldOf(step.type ?? step.was?.type, database, [
    ...(nullable ? ['null=True'] : []),
    ...noteOf({ ...step.was, ...step }),
  ]);
  if (altered === undefined) return { comment: '# state_operations: the AlterField of the model' };
  const names = namesOf(model, step.column);
  return field(step.column, callLines('migrations.AlterField', [...names, restOfField, `field=${altered}`]));
}

/** True for a name that Django makes up for the index of a single field: eight digits at its end, which those of Meta.indexes do not have. */
export function isOfField(index: string): boolean {
  return /_[0-9a-f]{8}(_like)?$/.test(index);
}

function addedConstraint(constraint: Constraint, model: string, target: Target): StateChange | undefined {
  if (constraint.kind === 'foreignKey') return relation(constraint, model, target);
  if (constraint.kind === 'check')
    return provesNotNull(constraint)
      ? undefined
      : { comment: '# state_operations: AddConstraint with the models.CheckConstraint of Meta.constraints' };
  if (constraint.kind !== 'unique' || constraint.name === undefined) return undefined;
  if (!constraint.columns.every(canBeField)) return undefined;
  // The field of a relation has another name than its column.
  if (!constraint.columns.every(isFieldName)) return { comment: asConstraint };
  const words = `fields=${pythonNames(constraint.columns)}, name=${pythonName(constraint.name)}`;
  const given = [`model_name=${pythonName(model)}`, `constraint=models.UniqueConstraint(${words})`];
  return operations(callLines('migrations.AddConstraint', given), modelsImport);
}

const asConstraint = '# state_operations: AddConstraint with the models.UniqueConstraint of Meta.constraints';

/** The field of a foreign key is called after its column without `_id`, and has pointed there with `db_constraint=False`. */
function relation(
  { columns: [column = '', more], references }: Extract<Constraint, { kind: 'foreignKey' }>,
  model: string,
  target: Target,
): StateChange | undefined {
  const to = modelOf(references.table, target);
  const name = column.replace(/_id$/, '');
  const isKey = references.columns.length === 0 || references.columns.join() === 'id';
  if (to === undefined || name === column || more !== undefined || !isKey || !canBeField(name)) return undefined;
  const words = [pythonName(`${labelOf(target)}.${to}`), 'on_delete=models.PROTECT'];
  const comment = '# on_delete, null and the other options as the field has them, without db_constraint=False';
  const given = [...namesOf(model, name), comment, `field=models.ForeignKey(${words.join(', ')})`];
  return operations(callLines('migrations.AlterField', given), modelsImport);
}

function droppedConstraint({ name, constraint, was }: Of<'dropConstraint'>, model: string): StateChange | undefined {
  if (was && provesNotNull(was)) return undefined;
  if (constraint === 'foreignKey')
    return { comment: '# state_operations: the AlterField that gives the field db_constraint=False' };
  if (name === undefined || (constraint !== 'check' && constraint !== 'unique')) return undefined;
  return operations(callLines('migrations.RemoveConstraint', namesOf(model, name)));
}

function field(column: string, lines: string[], imports = modelsImport): StateChange | undefined {
  return isFieldName(column) ? operations(lines, imports) : undefined;
}

function operations(lines: string[], imports: Imports = {}): StateChange {
  return { operations: lines, imports };
}
