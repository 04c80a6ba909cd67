/** What of a model of Django no migration says, in words and as the operations that are missing. */
import type { Drift, MappedClass } from '../../src/operations/models.ts';
import type { Span } from '../../src/operations/operation.ts';
import { code, type ChangeContext, type Found } from '../../src/rule.ts';
import { fence } from '../../src/writers/fence.ts';
import { driftCheckToAdd } from './drift-check.ts';

type MetaDrift = Drift & { kind: 'meta' };

/** One finding for a model: the cause is one, however many fields it changes. */
export function missingOperations(
  model: MappedClass,
  drift: readonly Drift[],
  { deployments, standingDeployments }: ChangeContext,
): (Found & { span: Span })[] {
  const [first] = drift;
  if (!first) return [];
  const more = drift.length > mostTold ? [`So do ${drift.length - mostTold} more of its parts.`] : [];
  const fails = drift.some((each) => isFatal(each));
  return [
    {
      span: first.span,
      ...(fails ? {} : { severity: 'warning' as const }),
      message: [...drift.slice(0, mostTold).map((each) => whatHappens(model, each)), ...more].join(' '),
      advice: `Put the migration into this change: ${code(`python manage.py makemigrations ${model.app ?? ''}`.trim())} writes it.${driftCheckToAdd('django', [...deployments, ...standingDeployments])} Missing here:\n\n${fence(
        'python',
        // Of two groups of fields one operation says both.
        [...new Set(drift.map((each) => operationFor(model, each)))],
      )}`,
    },
  ];
}

/** Whoever reads of four fields knows where to look. */
const mostTold = 4;

/** The release cannot do its work without it. */
function isFatal(drift: Drift): boolean {
  if (drift.kind === 'removed') return drift.isRequired;
  if (drift.kind === 'meta') return drift.thing === 'table';
  return drift.kind === 'model' || drift.kind === 'added';
}

/** https://docs.djangoproject.com/en/stable/topics/migrations/#workflow */
function whatHappens(model: MappedClass, drift: Drift): string {
  const { name, app = '', table = '' } = model;
  const field = `${code(drift.field)} of ${code(name)}`;
  switch (drift.kind) {
    case 'model':
      return `${code(name)} is new, and no migration of ${code(app)} creates ${code(table)}: every query of it fails (${code(`relation "${table}" does not exist`)}).`;
    case 'added':
      return drift.column === undefined
        ? `${field} is new, and no migration of ${code(app)} creates the table between: every use of it fails.`
        : `${field} is new, and no migration of ${code(app)} adds ${code(`${table}.${drift.column}`)}. Django names every column in its SELECTs: with this release every query of ${code(table)} fails (${code(`ProgrammingError: column ${table}.${drift.column} does not exist`)}).`;
    case 'removed':
      return drift.isRequired
        ? `${field} goes, and no migration of ${code(app)} removes it. Its column must have a value and has no default in the database: every INSERT of this release into ${code(table)} fails.`
        : `${field} goes, and no migration of ${code(app)} removes it: its column stays in ${code(table)} until the next ${code('makemigrations')}, in someone else's change, drops it.`;
    case 'altered':
      return `${field} is now declared with ${drift.what}, and no migration of ${code(app)} says so: ${code(table)} stays as it was, and refuses or lets through what the model does not.`;
    case 'meta':
      return metaHappens(model, drift);
  }
}

function metaHappens({ name, app = '', table = '' }: MappedClass, drift: MetaDrift): string {
  const { thing, change, field } = drift;
  if (thing === 'table')
    return `${code(name)} is now kept in ${code(field)}, and no migration of ${code(app)} renames its table: with this release every query of ${code(name)} fails (${code(`relation "${field}" does not exist`)}).`;
  const what = thing.endsWith('_together') ? `${code(field)} in ${code(thing)}` : `The ${thing} ${code(field)}`;
  if (change === 'removed')
    return `${what} of ${code(name)} goes, and no migration of ${code(app)} removes it: ${stays(thing)} in ${code(table)} until the next ${code('makemigrations')}, in someone else's change, drops it.`;
  return `${what} of ${code(name)} is ${change === 'added' ? 'new' : 'declared anew'}, and no migration of ${code(app)} makes it: ${lacks(drift)} ${code(table)}.`;
}

function stays(thing: MetaDrift['thing']): string {
  const refuses = thing === 'index' || thing === 'index_together' ? '' : ', refuses what the model lets through,';
  return `it stays${refuses}`;
}

function lacks({ thing, change }: MetaDrift): string {
  if (thing === 'index' || thing === 'index_together') return 'queries that count on it read all of';
  if (thing === 'constraint') return 'what it forbids gets into';
  return change === 'added' ? 'duplicates get into, and an upsert that names it fails on,' : 'the old one stands on';
}

function operationFor(model: MappedClass, drift: Drift): string {
  return drift.kind === 'meta' ? metaOperations(model, drift) : fieldOperation(model, drift);
}

function metaOperations({ name }: MappedClass, { thing, change, field, declared }: MetaDrift): string {
  const model = name.toLowerCase();
  if (thing === 'table') return `migrations.AlterModelTable("${model}", ${declared})`;
  if (thing === 'unique_together') return `migrations.AlterUniqueTogether("${model}", ${declared})`;
  if (thing === 'index_together') return `migrations.AlterIndexTogether("${model}", ${declared})`;
  const kind = thing === 'index' ? 'Index' : 'Constraint';
  const removal = change === 'added' ? [] : [`migrations.Remove${kind}("${model}", "${field}")`];
  const addition = change === 'removed' ? [] : [`migrations.Add${kind}("${model}", ${declared})`];
  return [...removal, ...addition].join('\n');
}

function fieldOperation({ name }: MappedClass, drift: Exclude<Drift, { kind: 'meta' }>): string {
  const model = name.toLowerCase();
  switch (drift.kind) {
    case 'model':
      return `migrations.CreateModel("${name}", fields=[...])`;
    case 'added':
      return `migrations.AddField("${model}", "${drift.field}", ${drift.declared})`;
    case 'removed':
      return `migrations.RemoveField("${model}", "${drift.field}")`;
    case 'altered':
      return `migrations.AlterField("${model}", "${drift.field}", ${drift.declared})`;
  }
}
