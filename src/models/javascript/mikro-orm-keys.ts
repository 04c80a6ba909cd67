/** Indexes and unique constraints of MikroORM's entities: https://mikro-orm.io/docs/defining-entities#indexes */
import type { MappedColumn, MappedKey } from '../../operations/models.ts';
import { decoratorsIn, type DecoratedClass, type Decorator, type Member } from './decorated.ts';
import { booleanAt, fieldsAt, noFields, stringAt, stringsAt } from './literal.ts';
import { columnsOf } from './mapped-class.ts';
import { isMikroOrm } from './mikro-orm-column.ts';
import { writtenAs, type ScriptFile } from './script-file.ts';

/** Reads them; one over attributes that are not known is left out. */
export function readMikroKeys(
  declared: DecoratedClass,
  columns: readonly MappedColumn[],
  file: ScriptFile,
): MappedKey[] {
  return decoratorsIn(declared).flatMap(({ decorators, member }) =>
    decorators.flatMap(
      (each) => readKey(each, member, columns, file) ?? (member ? keyOfOptions(each, member, columns, file) : []),
    ),
  );
}

function readKey(
  { name: decorator, module, arguments: given, node }: Decorator,
  member: Member | undefined,
  columns: readonly MappedColumn[],
  file: ScriptFile,
): MappedKey | undefined {
  if (!isMikroOrm(module) || (decorator !== 'Index' && decorator !== 'Unique')) return undefined;
  const options = given[0] ? fieldsAt(given[0], file) : noFields;
  if (!options?.isWhole) return undefined;
  const name = stringAt(options.get('name'), file);
  const listed = member ? [member.name] : stringsAt(options.get('properties'), file);
  // One that is written out as SQL is known by its name alone.
  const keyed = options.get('expression') ? [] : listed && columnsOf(listed, columns);
  if (!keyed || (keyed.length === 0 && name === undefined)) return undefined;
  return {
    kind: decorator === 'Unique' ? 'unique' : 'index',
    ...(name === undefined ? {} : { name }),
    columns: keyed,
    declared: writtenAs(node, file),
    span: file.spanOf(node),
  };
}

/** `@Property({ unique: true })`, or with the name that it is to have. */
function keyOfOptions(
  { module, arguments: given }: Decorator,
  { name }: Member,
  columns: readonly MappedColumn[],
  file: ScriptFile,
): MappedKey[] {
  const column = columns.find((each) => each.name === name);
  if (!isMikroOrm(module) || !column) return [];
  const options = given.map((each) => fieldsAt(each, file)).find((each) => each !== undefined);
  const { declared, span } = column;
  return (['unique', 'index'] as const).flatMap((kind): MappedKey[] => {
    const value = options?.get(kind);
    const named = stringAt(value, file);
    if (named === undefined && booleanAt(value, file) !== true) return [];
    return [{ kind, ...(named === undefined ? {} : { name: named }), columns: [column.column], declared, span }];
  });
}
