/** Entities of TypeORM with decorators: https://typeorm.io/docs/entity/entities */
import type { MappedClass, MappedColumn } from '../../operations/models.ts';
import { decoratedClasses, findDecorator, hidesNothing, type DecoratedClass } from './decorated.ts';
import { booleanAt, fieldsAt, stringAt } from './literal.ts';
import { mappedClass, tableIn } from './mapped-class.ts';
import type { ScriptFile } from './script-file.ts';
import { isTypeorm, readTypeormColumns } from './typeorm-column.ts';
import { readTypeormKeys } from './typeorm-keys.ts';

/** Reads them. A class that others extend is told as well, without a table. */
export function readTypeormEntities(file: ScriptFile): MappedClass[] {
  return decoratedClasses(file, isTypeorm).flatMap((declared) => readEntity(declared, file) ?? []);
}

function readEntity(declared: DecoratedClass, file: ScriptFile): MappedClass | undefined {
  const { decorators, members, superclass } = declared;
  // A view is made by its query, and documents have no columns.
  if (findDecorator(decorators, isTypeorm, 'ViewEntity')) return undefined;
  if (members.some((each) => findDecorator(each.decorators, isTypeorm, 'ObjectIdColumn'))) return undefined;
  const found = members.map((member) => ({ member, columns: readTypeormColumns(member, file) }));
  const columns = found.flatMap((each): MappedColumn[] => each.columns ?? []);
  const isWhole =
    found.every((each) => each.columns !== undefined) &&
    hidesNothing(declared, isTypeorm) &&
    !findDecorator(decorators, isTypeorm, 'TableInheritance', 'Tree');
  return mappedClass(file, {
    framework: 'typeorm',
    name: declared.name,
    named: declared.named,
    node: declared.node,
    table: tableOf(declared, file),
    columns,
    keys: readTypeormKeys(declared, columns, file),
    isWhole,
    bases: superclass ? [superclass.name] : [],
    members: members.map(({ name }) => name),
  });
}

/** `@Entity('name', { schema })`; those of `@ChildEntity` are in the table of another class. */
function tableOf({ decorators, name }: DecoratedClass, file: ScriptFile): string | undefined {
  const entity = findDecorator(decorators, isTypeorm, 'Entity');
  if (!entity) return undefined;
  const [first, second] = entity.arguments;
  const named = stringAt(first, file);
  const given = named === undefined ? first : second;
  const options = given && fieldsAt(given, file);
  if (given && !options?.isWhole) return undefined;
  // Of another database nothing is known, and without `synchronize` the table is made by someone else.
  if (options?.get('database') || booleanAt(options?.get('synchronize'), file) === false) return undefined;
  const [ownName, schema] = [options?.get('name'), options?.get('schema')];
  const [ownText, schemaText] = [stringAt(ownName, file), stringAt(schema, file)];
  if ((ownName && ownText === undefined) || (schema && schemaText === undefined)) return undefined;
  return tableIn(schemaText, named ?? ownText ?? snakeCase(name));
}

/** https://github.com/typeorm/typeorm/blob/master/src/util/StringUtils.ts, as the default naming strategy names tables. */
export function snakeCase(name: string): string {
  return name
    .replace(/([A-Z])([A-Z])([a-z])/g, '$1_$2$3')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
