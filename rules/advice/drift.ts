/** What a change leaves models of Django without: differences from their migrations that were not there before. */
import type { Drift, MappedClass } from '../../src/operations/models.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { ChangeContext } from '../../src/rule.ts';
import { keyOf, mappedIn } from '../../src/operations/mapped-questions.ts';

/** Models, each with the differences that the change itself makes; those that it leaves as they were are not among them. */
export function newDrifts({ models, migrations }: ChangeContext): { model: MappedClass; drift: Drift[] }[] {
  const [old, now] = [mappedIn(models.before), mappedIn(models.now)];
  const before = new Map(old.map((each) => [keyOf(each), each]));
  const names = new Set(old.map(({ name }) => name));
  const gained = gainedElsewhere(now, before);
  const drops = migrations.flatMap(({ up }) => up).filter((each) => each.kind === 'dropColumn');
  return now.flatMap((model) => {
    const known = before.get(keyOf(model));
    // One that comes from another app, or from a file that is not read, is not new.
    if (!known && names.has(model.name)) return [];
    const drift = known
      ? model.drift.filter((each) => isNew(each, model, known) && !isElsewhere(each, model, gained, drops))
      : model.drift.filter(({ kind }) => kind === 'model');
    return drift.length > 0 ? [{ model, drift }] : [];
  });
}

/** The change to the class is what makes the difference. */
function isNew(drift: Drift, model: MappedClass, before: MappedClass): boolean {
  if (drift.kind === 'model' || before.drift.some((each) => isSame(each, drift))) return false;
  const old = before.columns.find(({ name }) => name === drift.field);
  if (drift.kind === 'altered') return old !== undefined && old.declared !== drift.declared;
  if (drift.kind === 'added' || drift.kind === 'meta') return true;
  // What it inherits from elsewhere may have the field now.
  return model.isWhole && before.members.includes(drift.field) && before.bases.join() === model.bases.join();
}

function isSame(one: Drift, other: Drift): boolean {
  if (one.kind !== other.kind || one.field !== other.field) return false;
  if (one.kind === 'meta' && other.kind === 'meta') return one.thing === other.thing && one.change === other.change;
  return one.kind !== 'altered' || other.kind !== 'altered' || one.what === other.what;
}

/** A field that moved to a class above, or one whose column a migration takes away, of which `dropped-column-still-named` speaks. */
function isElsewhere(
  drift: Drift,
  model: MappedClass,
  gained: ReadonlySet<string>,
  drops: readonly (Operation & OperationOf<'dropColumn'>)[],
): boolean {
  if (drift.kind === 'removed') return gained.has(drift.field);
  if (drift.kind !== 'added') return false;
  return drops.some((each) => each.table === model.table && each.column === drift.column);
}

/** Names that a class without a table has now and had not before. */
function gainedElsewhere(now: readonly MappedClass[], before: ReadonlyMap<string, MappedClass>): Set<string> {
  const mixins = now.filter(({ table }) => table === undefined);
  return new Set(
    mixins.flatMap((each) => {
      const old = new Set(before.get(keyOf(each))?.members);
      return each.members.filter((name) => !old.has(name));
    }),
  );
}
