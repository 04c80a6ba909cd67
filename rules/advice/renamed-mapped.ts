/** Classes of Django and SQLAlchemy that rows name, and that the change calls something else. */
import { inDeploys } from '../../src/operations/facts/deploys.ts';
import type { MappedClass } from '../../src/operations/models.ts';
import type { Span } from '../../src/operations/operation.ts';
import { code, type ChangeContext, type Found } from '../../src/rule.ts';
import { makesColumn, writesColumn } from './column-changes.ts';
import { fence } from '../../src/writers/fence.ts';
import { findSame, keyOf, mappedIn } from '../../src/operations/mapped-questions.ts';

/** What is to be said of them. */
export function renamedMapped(context: ChangeContext): (Found & { span: Span })[] {
  return [...renamedModels(context), ...changedIdentities(context)];
}

type Pair = { before: MappedClass; now: MappedClass };

function renamedModels(context: ChangeContext): (Found & { span: Span })[] {
  const { migrations } = context;
  if (writesColumn(migrations, 'django_content_type', 'model')) return [];
  if (writesColumn(migrations, 'django_content_type', 'app_label')) return [];
  return pairsOf(context).flatMap(({ before, now }) => {
    // Without any migration for it another rule speaks.
    if (now.drift.some(({ kind }) => kind === 'model')) return [];
    const isRenamed = now.app === before.app && now.renamedFrom.includes(before.name);
    return [isRenamed ? renamed(before, now) : replaced(before, now)];
  });
}

/** https://github.com/django/django/blob/main/django/contrib/contenttypes/management/__init__.py; permissions follow since https://github.com/django/django/pull/19405 */
function renamed(before: MappedClass, now: MappedClass): Found & { span: Span } {
  const [old, next] = [before.name.toLowerCase(), now.name.toLowerCase()];
  return {
    span: now.span,
    severity: 'notice',
    message: `${code(before.name)} becomes ${code(now.name)}. ${code('RenameModel')} takes its row of ${code('django_content_type')} along, and before Django 6.0 not its permissions: ${code(`change_${old}`)} and its like keep their names, and nobody has ${code(`change_${next}`)}. Names that rows store as text (versions of django-reversion, labels in JSON, queued jobs) stay ${code(`${before.app}.${old}`)}.`,
    advice: `Rename the permissions in a migration after this one (${code('auth_permission.codename')}), and write stored names anew, or resolve the old one as well until no row says it.`,
  };
}

function replaced(before: MappedClass, now: MappedClass): Found & { span: Span } {
  const [old, next] = [`${before.app}.${before.name.toLowerCase()}`, `${now.app}.${now.name.toLowerCase()}`];
  const isMoved = before.app !== now.app;
  const update = `UPDATE django_content_type SET app_label = '${now.app}', model = '${now.name.toLowerCase()}' WHERE app_label = '${before.app}' AND model = '${before.name.toLowerCase()}'`;
  return {
    span: now.span,
    message: `${code(before.name)} of ${code(before.app ?? '')} becomes ${code(now.name)}${isMoved ? ` of ${code(now.app ?? '')}` : ''} without ${code('RenameModel')}. For Django ${code(next)} is another model: it gets a row of its own in ${code('django_content_type')}, and generic foreign keys, permissions, the admin's log and stored versions go on pointing to ${code(old)}, which resolves to nothing. ${code('remove_stale_contenttypes')} then deletes those rows.`,
    advice: isMoved
      ? `Keep the table (${code('db_table')}, with the models changed under ${code('SeparateDatabaseAndState')}), and move the content type in the same migration, before anything creates the new one:\n\n${fence('python', [`migrations.RunSQL("${update}"),`])}`
      : `Say it as a rename, which keeps the table, the rows and the content type:\n\n${fence('python', [`migrations.RenameModel("${before.name}", "${now.name}"),`])}`,
  };
}

/** A change that renames more moves files about; each is compared with all that are new. */
const mostGone = 100;

/** Models whose name is gone from their app, each with the one new model that is like it. */
function pairsOf({ models }: ChangeContext): Pair[] {
  const [old, now] = [mappedIn(models.before), mappedIn(models.now)];
  const before = new Set(old.map(keyOf));
  const after = new Set(now.map(keyOf));
  const gone = old.filter((each) => isStored(each) && !after.has(keyOf(each)));
  const added = now.filter((each) => isStored(each) && !before.has(keyOf(each)));
  return gone.slice(0, mostGone).flatMap((each) => {
    const [only, ...others] = added.filter((other) => isAlike(each, other));
    const isSame = only?.name === each.name && only.app === each.app;
    return only && others.length === 0 && !isSame ? [{ before: each, now: only }] : [];
  });
}

function isStored({ framework, table }: MappedClass): boolean {
  return framework === 'django' && table !== undefined;
}

function isAlike(before: MappedClass, now: MappedClass): boolean {
  if (before.table === now.table || now.renamedFrom.includes(before.name)) return true;
  return before.body === now.body && before.columns.length > 1;
}

/** Rows hold `polymorphic_identity`: https://docs.sqlalchemy.org/en/20/orm/inheritance.html */
function changedIdentities({ models, migrations }: ChangeContext): (Found & { span: Span })[] {
  const [old, now] = [mappedIn(models.before), mappedIn(models.now)];
  const identities = new Set(now.map(({ identity }) => identity?.value));
  return old.flatMap((before) => {
    if (!before.identity || identities.has(before.identity.value)) return [];
    const next = findSame(before, now);
    if (!next?.identity) return [];
    const holder = holderOf(next, now);
    const table = holder?.table;
    const column = holder?.discriminator;
    const isWritten = migrations.some(({ up }) => up.some(({ kind }) => kind === 'updateRows' || kind === 'opaque'));
    if (table === undefined || column === undefined ? isWritten : writesColumn(migrations, table, column)) return [];
    if (table !== undefined && column !== undefined && makesColumn(migrations, table, column)) return [];
    const place = table === undefined || column === undefined ? 'the discriminator' : code(`${table}.${column}`);
    const [from, to] = [before.identity.value, next.identity.value];
    return [
      {
        span: next.identity.span,
        message: `The identity of ${code(next.name)} becomes ${code(to)}, and no migration here writes ${place}: every row that was stored before still says ${code(from)}. Loading one of them raises ${code(`No such polymorphic_identity '${from}' is defined`)}, also in a query for all classes of the table.`,
        advice: `The identity belongs to the rows, not to the class: leave ${code(from)}, whatever the class is called. Where it has to change: ${inDeploys('renamedStoredName').toLowerCase()}. One in which a class maps each identity, and rows are still written as ${code(from)}; one that writes ${code(to)}, with a migration that does so to the old rows in batches; then one without ${code(from)}.`,
      },
    ];
  });
}

/** The class of a hierarchy that says where the identities are. */
function holderOf(model: MappedClass, among: readonly MappedClass[]): MappedClass | undefined {
  let holder: MappedClass | undefined = model;
  for (let step = 0; holder && step < 10; step++) {
    if (holder.discriminator !== undefined && holder.table !== undefined) return holder;
    const above: string[] = holder.bases.map((base) => base.slice(base.lastIndexOf('.') + 1));
    holder = among.find(({ name }) => above.includes(name));
  }
  return undefined;
}
