/** Models of Sequelize with decorators: https://github.com/sequelize/sequelize-typescript#model-definition */
import type { MappedClass, MappedColumn } from '../../operations/models.ts';
import { decoratedClasses, findDecorator, type Decorator, type DecoratedClass, type Member } from './decorated.ts';
import { booleanAt, fieldsAt, noFields, stringAt } from './literal.ts';
import { mappedClass } from './mapped-class.ts';
import { writtenAs, type ScriptFile } from './script-file.ts';
import { isVirtual } from './sequelize.ts';
import { sequelizeTable, underscored } from './sequelize-names.ts';

/** Reads them. None of them is known whole: associations add columns from elsewhere, and timestamps are added by themselves. */
export function readSequelizeClasses(file: ScriptFile): MappedClass[] {
  return decoratedClasses(file, isOwn).flatMap((declared) => readClass(declared, file) ?? []);
}

function isOwn(module: string): boolean {
  return module === 'sequelize-typescript';
}

function readClass(declared: DecoratedClass, file: ScriptFile): MappedClass | undefined {
  const { decorators, members, superclass, name } = declared;
  const table = findDecorator(decorators, isOwn, 'Table');
  if (!table) return undefined;
  const [given] = table.arguments;
  const options = given ? fieldsAt(given, file) : noFields;
  const isUnderscored = booleanAt(options?.get('underscored'), file) === true;
  return mappedClass(file, {
    framework: 'sequelize',
    name,
    named: declared.named,
    node: declared.node,
    table: options && sequelizeTable(stringAt(options.get('modelName'), file) ?? name, options, file),
    columns: members.flatMap((member) => readColumn(member, isUnderscored, file) ?? []),
    keys: [],
    isWhole: false,
    bases: superclass ? [superclass.name] : [],
    members: members.map((member) => member.name),
  });
}

/** `@Column`, with a type or options; `@CreatedAt` and its like need none. */
function readColumn(
  { name, key, decorators }: Member,
  isUnderscored: boolean,
  file: ScriptFile,
): MappedColumn | undefined {
  const column = findDecorator(decorators, isOwn, 'Column');
  const timestamp = findDecorator(decorators, isOwn, 'CreatedAt', 'UpdatedAt', 'DeletedAt');
  const decorator = column ?? timestamp;
  if (!decorator) return undefined;
  const [given] = column?.arguments ?? [];
  const said = given && fieldsAt(given, file);
  const type = said ? said.get('type') : given;
  if (type && isVirtual(type, file)) return undefined;
  const field = said?.get('field');
  const named = stringAt(field, file);
  // What is no object is a type, unless it stands elsewhere and is options.
  const isKnown = !given || said?.isWhole || (!said && /DataTypes?\b/.test(writtenAs(given, file)));
  if (named === undefined && (field || !isKnown)) return undefined;
  const filled: Decorator | undefined = findDecorator(decorators, isOwn, 'Default');
  const program = filled?.arguments[0] ?? said?.get('defaultValue');
  const isRequired = findDecorator(decorators, isOwn, 'AllowNull')?.arguments[0] ?? said?.get('allowNull');
  return {
    name,
    column: named ?? (isUnderscored ? underscored(name) : name),
    ...(named === undefined ? { namedAfter: 'attribute' } : {}),
    declared: writtenAs(decorator.node, file),
    nullable: booleanAt(isRequired, file) !== false,
    ...(program ? { default: writtenAs(program, file) } : {}),
    hasDatabaseDefault: findDecorator(decorators, isOwn, 'AutoIncrement') !== undefined,
    span: file.spanOf(key),
  };
}
