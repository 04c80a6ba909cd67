/** Entities of MikroORM with decorators: https://mikro-orm.io/docs/decorators */
import type { MappedClass, MappedColumn } from '../../operations/models.ts';
import { decoratedClasses, findDecorator, hidesNothing, type DecoratedClass } from './decorated.ts';
import { booleanAt, fieldsAt, noFields, stringAt, type Fields } from './literal.ts';
import { mappedClass, tableIn } from './mapped-class.ts';
import { isMikroOrm, readMikroColumns, underscored } from './mikro-orm-column.ts';
import { readMikroKeys } from './mikro-orm-keys.ts';
import type { ScriptFile } from './script-file.ts';

/** Reads them. A class that others extend is told as well, without a table. */
export function readMikroEntities(file: ScriptFile): MappedClass[] {
  return decoratedClasses(file, isMikroOrm).flatMap((declared) => readEntity(declared, file) ?? []);
}

function readEntity(declared: DecoratedClass, file: ScriptFile): MappedClass | undefined {
  const { decorators, members, superclass } = declared;
  const entity = findDecorator(decorators, isMikroOrm, 'Entity');
  if (!entity) return undefined;
  const [given] = entity.arguments;
  const options = given ? fieldsAt(given, file) : noFields;
  const found = members.map((member) => ({ member, columns: readMikroColumns(member, file) }));
  const columns = found.flatMap((each): MappedColumn[] => each.columns ?? []);
  return mappedClass(file, {
    framework: 'mikro-orm',
    name: declared.name,
    named: declared.named,
    node: declared.node,
    table: options && tableOfOptions(declared.name, options, file),
    columns,
    keys: readMikroKeys(declared, columns, file),
    isWhole:
      found.every((each) => each.columns !== undefined) &&
      hidesNothing(declared, isMikroOrm) &&
      !options?.get('discriminatorColumn'),
    bases: superclass ? [superclass.name] : [],
    members: members.map(({ name }) => name),
  });
}

/** The table that an entity says or gets; undefined where it has none of its own, or where that is not known. */
export function tableOfOptions(name: string, options: Fields, file: ScriptFile): string | undefined {
  if (!options.isWhole || booleanAt(options.get('abstract'), file) === true) return undefined;
  // Those are in the table of another class, or stand for a query.
  if (['discriminatorValue', 'expression', 'virtual', 'view', 'extends'].some((each) => options.get(each)))
    return undefined;
  const [given, schema] = [options.get('tableName'), options.get('schema')];
  const [table, schemaName] = [stringAt(given, file), stringAt(schema, file)];
  if ((given && table === undefined) || (schema && (schemaName === undefined || schemaName === '*'))) return undefined;
  return tableIn(schemaName, table ?? underscored(name));
}
