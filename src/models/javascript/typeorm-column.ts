/** Columns of TypeORM's entities: https://github.com/typeorm/typeorm/tree/master/src/decorator/columns */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { MappedColumn } from '../../operations/models.ts';
import { findDecorator, type Decorator, type Member } from './decorated.ts';
import { bareOf, booleanAt, fieldsAt, itemsAt, noFields, stringAt, type Fields } from './literal.ts';
import { writtenAs, type ScriptFile } from './script-file.ts';

/** The package, and the shims of it. */
export function isTypeorm(module: string): boolean {
  return /^typeorm(?:\/|$)/.test(module);
}

const columnDecorators = [
  'Column',
  'PrimaryColumn',
  'PrimaryGeneratedColumn',
  'CreateDateColumn',
  'UpdateDateColumn',
  'DeleteDateColumn',
  'VersionColumn',
  'TreeLevelColumn',
];

/** The columns of one attribute, none where it has none; undefined where they are not known. */
export function readTypeormColumns(member: Member, file: ScriptFile): MappedColumn[] | undefined {
  const { decorators } = member;
  const column = findDecorator(decorators, isTypeorm, ...columnDecorators);
  if (column) {
    const read = readColumn(column, member, file);
    return read && [read];
  }
  const relation = findDecorator(decorators, isTypeorm, 'ManyToOne', 'OneToOne', 'TreeParent');
  const joined = findDecorator(decorators, isTypeorm, 'JoinColumn');
  // The other side of a relation of one to one has the column.
  if (!relation || (relation.name === 'OneToOne' && !joined)) return [];
  return readRelation(relation, joined, member, file);
}

/** What the arguments of a decorator say; undefined where that is not known, or where the attribute is a group of columns. */
export function optionsOf(given: readonly ScriptNode[], file: ScriptFile): Fields | undefined {
  const [type, options] = given;
  if (!type) return noFields;
  const bare = bareOf(type, file);
  if (bare.type === 'ArrowFunctionExpression' || bare.type === 'FunctionExpression') return undefined;
  if (options) return fieldsAt(options, file);
  const isType = stringAt(type, file) !== undefined || (bare.type === 'Identifier' && builtIn.test(bare.name));
  return isType ? noFields : fieldsAt(type, file);
}

const builtIn = /^(?:String|Number|Boolean|Date|Buffer|Object|Array|BigInt)$/;

function readColumn(decorator: Decorator, member: Member, file: ScriptFile): MappedColumn | undefined {
  const options = optionsOf(decorator.arguments, file);
  const given = options?.get('name');
  const named = stringAt(given, file);
  if (!options || (named === undefined && (given || !options.isWhole))) return undefined;
  const isFilled = decorator.name !== 'Column' && decorator.name !== 'PrimaryColumn';
  return {
    name: member.name,
    column: named ?? member.name,
    ...(named === undefined ? { namedAfter: 'attribute' } : {}),
    declared: writtenAs(decorator.node, file),
    nullable: booleanAt(options.get('nullable'), file) === true,
    ...(member.value ? { default: writtenAs(member.value, file) } : {}),
    hasDatabaseDefault: isFilled || options.get('default') !== undefined || options.get('asExpression') !== undefined,
    span: file.spanOf(member.key),
  };
}

/** `author` and `id` of the other side are `authorId`, as the default naming strategy has it. */
function readRelation(
  relation: Decorator,
  joined: Decorator | undefined,
  member: Member,
  file: ScriptFile,
): MappedColumn[] | undefined {
  const [given] = joined?.arguments ?? [];
  const listed = given ? (itemsAt(given, file) ?? [given]).map((each) => fieldsAt(each, file)) : [noFields];
  const options = relation.arguments.map((each) => fieldsAt(each, file)).find((each) => each !== undefined);
  const columns = listed.map((fields): MappedColumn | undefined => {
    const name = stringAt(fields?.get('name'), file);
    if (!fields || (name === undefined && (fields.get('name') || !fields.isWhole))) return undefined;
    const key = stringAt(fields.get('referencedColumnName'), file) ?? 'id';
    return {
      name: member.name,
      column: name ?? `${member.name}${key.slice(0, 1).toUpperCase()}${key.slice(1)}`,
      ...(name === undefined ? { namedAfter: 'relation' } : {}),
      declared: writtenAs(relation.node, file),
      nullable: booleanAt(options?.get('nullable'), file) !== false,
      hasDatabaseDefault: false,
      span: file.spanOf(member.key),
    };
  });
  return columns.every((each) => each !== undefined) ? columns : undefined;
}
