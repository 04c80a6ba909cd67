/** Operations on indexes and constraints of models. */
import { constraintOfDeclared, indexOfDeclared, indexTogether, uniqueTogether } from './column.ts';
import type { Declared, DeclaredOf } from './declared.ts';
import { emit, emitNothing, emitOpaque, type Emission } from './emission.ts';
import { isOutside, outsideReason } from './emit-model.ts';
import { findModel, tableOf } from './state.ts';

type IndexOperation = DeclaredOf<
  | 'addIndex'
  | 'removeIndex'
  | 'renameIndex'
  | 'addConstraint'
  | 'removeConstraint'
  | 'validateConstraint'
  | 'alterTogether'
>;

/** True for the operations that are read here. */
export function isIndexOperation(declared: Declared): declared is IndexOperation {
  return kinds.has(declared.kind);
}

/** What one of them does, while the state is as before it. */
export function emitIndexOperation(emission: Emission, declared: IndexOperation): void {
  const model = findModel(emission.state, declared.model);
  if (model && isOutside(model)) return emitNothing(emission, declared, outsideReason(model));
  const table = tableOf(emission.state, declared.model);
  switch (declared.kind) {
    case 'addIndex': {
      const index = indexOfDeclared(emission, declared.model, declared.index);
      return emit(emission, declared, { kind: 'createIndex', table, index, ...concurrently(declared) });
    }
    case 'removeIndex':
      return emit(emission, declared, {
        kind: 'dropIndex',
        table,
        name: declared.name,
        ...concurrently(declared),
        ...ifExists(emission),
      });
    case 'renameIndex':
      return emitRenameIndex(emission, declared, table);
    case 'addConstraint':
      return emitAddConstraint(emission, declared, table);
    case 'removeConstraint':
      return emitRemoveConstraint(emission, declared, table);
    case 'validateConstraint':
      return emit(emission, declared, { kind: 'validateConstraint', table, name: declared.name });
    case 'alterTogether':
      return emitAlterTogether(emission, declared, table);
  }
}

const kinds: ReadonlySet<Declared['kind']> = new Set([
  'addIndex',
  'removeIndex',
  'renameIndex',
  'addConstraint',
  'removeConstraint',
  'validateConstraint',
  'alterTogether',
]);

/** Before Django 4.1 it was dropped and made again; now it is renamed, and by its fields where it has no name. */
function emitRenameIndex(emission: Emission, declared: DeclaredOf<'renameIndex'>, table: string): void {
  const made = declared.fields && indexTogether(emission, declared.model, table, declared.fields).name;
  const name = declared.name ?? made;
  if (name === undefined) return emitOpaque(emission, declared, 'the index that it renames is not a literal');
  emit(emission, declared, { kind: 'renameObject', object: 'index', name, to: declared.to, table });
}

function emitAddConstraint(emission: Emission, declared: DeclaredOf<'addConstraint'>, table: string): void {
  const made = constraintOfDeclared(emission, declared.model, declared.constraint, declared.validated);
  if (!made) return emitOpaque(emission, declared, "its constraint is not one of Django's own");
  if ('index' in made) emit(emission, declared, { kind: 'createIndex', table, index: made.index });
  else emit(emission, declared, { kind: 'addConstraint', table, constraint: made.constraint });
}

/** A unique constraint with a condition was made as an index. */
function emitRemoveConstraint(emission: Emission, declared: DeclaredOf<'removeConstraint'>, table: string): void {
  const { name } = declared;
  const known = findModel(emission.state, declared.model)?.options.constraints.find((each) => each.name === name);
  if (known?.kind === 'unique' && known.isIndex)
    return emit(emission, declared, { kind: 'dropIndex', table, name, ...ifExists(emission) });
  const kind = known && known.kind !== 'unknown' ? { constraint: known.kind } : {};
  emit(emission, declared, { kind: 'dropConstraint', table, name, ...kind });
}

/** Groups that went are dropped, groups that came are made; the others stand. */
function emitAlterTogether(emission: Emission, declared: DeclaredOf<'alterTogether'>, table: string): void {
  const model = findModel(emission.state, declared.model);
  if (!model && declared.groups.length === 0)
    return emitOpaque(emission, declared, 'which groups of fields it takes away is not known');
  const before = new Set((model?.options[declared.option] ?? []).map((group) => group.join()));
  const after = new Set(declared.groups.map((group) => group.join()));
  const gone = (model?.options[declared.option] ?? []).filter((group) => !after.has(group.join()));
  const come = declared.groups.filter((group) => !before.has(group.join()));
  if (gone.length === 0 && come.length === 0) emitNothing(emission, declared, 'groups of fields that stand already');
  for (const group of gone) emitGone(emission, declared, table, group);
  for (const group of come) emitCome(emission, declared, table, group);
}

function emitGone(emission: Emission, declared: DeclaredOf<'alterTogether'>, table: string, group: string[]): void {
  if (declared.option === 'indexTogether') {
    const { name = '' } = indexTogether(emission, declared.model, table, group);
    return emit(emission, declared, { kind: 'dropIndex', table, name, ...ifExists(emission) });
  }
  const { name = '' } = uniqueTogether(emission, declared.model, table, group);
  emit(emission, declared, { kind: 'dropConstraint', table, name, constraint: 'unique' });
}

function emitCome(emission: Emission, declared: DeclaredOf<'alterTogether'>, table: string, group: string[]): void {
  if (declared.option === 'indexTogether')
    emit(emission, declared, {
      kind: 'createIndex',
      table,
      index: indexTogether(emission, declared.model, table, group),
    });
  else
    emit(emission, declared, {
      kind: 'addConstraint',
      table,
      constraint: uniqueTogether(emission, declared.model, table, group),
    });
}

function concurrently({ concurrently: is }: { concurrently: boolean }): { concurrently?: true } {
  return is ? { concurrently: true } : {};
}

function ifExists({ database }: Emission): { ifExists?: true } {
  return database === 'postgres' ? { ifExists: true } : {};
}
