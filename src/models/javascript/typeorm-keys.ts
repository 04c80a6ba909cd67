/** Indexes and unique constraints of TypeORM's entities: https://typeorm.io/docs/advanced-topics/indices */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { MappedColumn, MappedKey } from '../../operations/models.ts';
import { decoratorsIn, type DecoratedClass, type Decorator, type Member } from './decorated.ts';
import { booleanAt, fieldsAt, noFields, stringAt, stringsAt } from './literal.ts';
import { columnsOf } from './mapped-class.ts';
import { writtenAs, type ScriptFile } from './script-file.ts';
import { isTypeorm, optionsOf } from './typeorm-column.ts';

/** Reads them; one over attributes that are not known is left out. */
export function readTypeormKeys(
  declared: DecoratedClass,
  columns: readonly MappedColumn[],
  file: ScriptFile,
): MappedKey[] {
  return decoratorsIn(declared).flatMap(({ decorators, member }) => [
    ...decorators.flatMap((each) => readKey(each, member, columns, file) ?? []),
    ...(member ? uniqueColumn(member, columns, file) : []),
  ]);
}

function readKey(
  { name: decorator, module, arguments: given, node }: Decorator,
  member: Member | undefined,
  columns: readonly MappedColumn[],
  file: ScriptFile,
): MappedKey | undefined {
  if (!isTypeorm(module) || (decorator !== 'Index' && decorator !== 'Unique')) return undefined;
  const [first] = given;
  const name = stringAt(first, file);
  const [over, ...rest] = name === undefined ? given : given.slice(1);
  const listed = member ? [member.name] : over && stringsAt(over, file);
  const options = optionsAmong(member ? [over, ...rest] : rest, file);
  // Without `synchronize` it is made by hand, if it is.
  if (!listed || !options || options.get('synchronize')) return undefined;
  const keyed = columnsOf(listed, columns);
  if (!keyed) return undefined;
  const isUnique = decorator === 'Unique' || booleanAt(options.get('unique'), file) === true;
  return {
    kind: isUnique ? 'unique' : 'index',
    ...(name === undefined ? {} : { name }),
    columns: keyed,
    declared: writtenAs(node, file),
    span: file.spanOf(node),
  };
}

function optionsAmong(given: readonly (ScriptNode | undefined)[], file: ScriptFile): ReturnType<typeof fieldsAt> {
  const [options] = given.filter((each) => each !== undefined);
  if (!options) return noFields;
  const fields = fieldsAt(options, file);
  return fields?.isWhole ? fields : undefined;
}

/** `@Column({ unique: true })` */
function uniqueColumn({ name, decorators }: Member, columns: readonly MappedColumn[], file: ScriptFile): MappedKey[] {
  const decorator = decorators.find((each) => isTypeorm(each.module) && each.name.endsWith('Column'));
  const column = columns.find((each) => each.name === name);
  const options = decorator && optionsOf(decorator.arguments, file);
  if (!column || !decorator || booleanAt(options?.get('unique'), file) !== true) return [];
  const { declared, span } = column;
  return [{ kind: 'unique', columns: [column.column], declared, span }];
}
