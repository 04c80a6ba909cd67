/** RenameModel: the table, the keys that point to it, and the columns that carry the name of the model. */
import type { Constraint } from '../../operations/column.ts';
import { deferral, foreignKeyOf, targetTable } from './column.ts';
import type { DeclaredOf } from './declared.ts';
import { emit, emitNothing, type Emission } from './emission.ts';
import { columnsBetween, isOutside, outsideReason, renameTablesBetween, tableBetween } from './emit-model.ts';
import { indexName } from './names.ts';
import { defaultTable, findModel, tableOf, type Model } from './state.ts';

type Renamed = { table: string; to: string };

/** RenameModel, while the state has the old name. Without a table of its own, that is renamed with it. */
export function emitRenameModel(emission: Emission, declared: DeclaredOf<'renameModel'>): void {
  const { state } = emission;
  const model = findModel(state, declared.name);
  if (model && isOutside(model)) return emitNothing(emission, declared, outsideReason(model));
  const table = tableOf(state, declared.name);
  const to = model?.options.table ?? defaultTable(state.label, declared.to);
  if (to === table) emitNothing(emission, declared, 'the name of a model whose table has one of its own');
  else emit(emission, declared, { kind: 'renameTable', table, to });
  if (to !== table) for (const other of state.models.values()) remakeKeys(emission, declared, other, { table, to });
  renameTablesBetween(emission, declared, model, { table, to });
  renameColumnsTo(emission, declared, { table, to });
}

/** Django alters every field that points to the model, which drops its key and makes it again; SQLite gets the table anew. Fields of other apps are not known here. */
function remakeKeys(emission: Emission, declared: DeclaredOf<'renameModel'>, other: Model, renamed: Renamed): void {
  const { database } = emission;
  const table = other.table === renamed.table ? renamed.to : other.table;
  for (const [name, field] of other.fields) {
    const { relation } = field;
    if (!relation || relation.many) continue;
    const target = relation.to === 'self' ? other.table : targetTable(emission, relation.to);
    if (target !== renamed.table || isOutside(other)) continue;
    const old = foreignKeyOf(emission, { model: other.name, table: other.table, name, field });
    if (database === 'sqlite')
      emit(emission, declared, { kind: 'rebuildTable', table, how: 'Django copies the table' });
    if (!old || database === 'sqlite') continue;
    const suffix = `_fk_${renamed.to}_${old.references.columns[0] ?? 'id'}`;
    const references = { ...old.references, table: renamed.to };
    const made: Constraint = { ...old, name: indexName(database, table, old.columns, suffix), references };
    const named = old.name === undefined ? {} : { name: old.name };
    emit(emission, declared, { kind: 'dropConstraint', table, ...named, constraint: 'foreignKey' });
    emit(emission, declared, { kind: 'addConstraint', table, constraint: made });
  }
}

/** In tables between models the columns carry the model's name; their keys are made again under the new one. */
function renameColumnsTo(emission: Emission, declared: DeclaredOf<'renameModel'>, renamed: Renamed): void {
  const { state, database } = emission;
  const [old, next] = [declared.name.toLowerCase(), declared.to.toLowerCase()];
  for (const model of state.models.values())
    for (const [name, field] of model.fields) {
      const isRenamed = model.name.toLowerCase() === old;
      const table = tableBetween(isRenamed ? renamed.to : model.table, name, field);
      const pointed = columnsBetween(emission, model.name, field.relation?.to);
      if (table === undefined || old === next) continue;
      const isKey = field.relation?.constraint === true && database !== 'sqlite';
      for (const column of pointed.filter((each) => [`${old}_id`, `from_${old}_id`, `to_${old}_id`].includes(each))) {
        const to = column.replace(old, next);
        if (isKey) emit(emission, declared, { kind: 'dropConstraint', table, constraint: 'foreignKey' });
        emit(emission, declared, { kind: 'renameColumn', table, column, to });
        if (isKey)
          emit(emission, declared, {
            kind: 'addConstraint',
            table,
            constraint: keyNamed(emission, table, to, renamed.to),
          });
      }
    }
}

function keyNamed(emission: Emission, table: string, column: string, target: string): Constraint {
  const name = indexName(emission.database, table, [column], `_fk_${target}_id`);
  const references = { table: target, columns: [] };
  return { kind: 'foreignKey', name, columns: [column], references, validated: true, ...deferral(emission) };
}
