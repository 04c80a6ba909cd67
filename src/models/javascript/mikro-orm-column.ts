/** Columns of MikroORM's entities: https://mikro-orm.io/docs/decorators */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { MappedColumn } from '../../operations/models.ts';
import { findDecorator, type Decorator, type Member } from './decorated.ts';
import { booleanAt, fieldsAt, noFields, stringAt, type Fields } from './literal.ts';
import { writtenAs, type ScriptFile } from './script-file.ts';

/** Its packages, but for the one of a database without tables. */
export function isMikroOrm(module: string): boolean {
  return /^@mikro-orm\/(?!mongodb)/.test(module);
}

/** https://github.com/mikro-orm/mikro-orm/blob/master/packages/core/src/naming-strategy/UnderscoreNamingStrategy.ts, which is the default. */
export function underscored(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

/** The columns of one attribute, none where it has none; undefined where they are not known. */
export function readMikroColumns(member: Member, file: ScriptFile): MappedColumn[] | undefined {
  const { decorators } = member;
  const column = findDecorator(decorators, isMikroOrm, 'Property', 'PrimaryKey', 'Enum');
  // What a method gives back is no column, and an accessor may be one.
  if (column && member.isMethod) return undefined;
  if (column) return readColumn(member, member.key, optionsOf(column, file), column, file);
  const relation = findDecorator(decorators, isMikroOrm, 'ManyToOne', 'OneToOne');
  if (relation) return readRelation(member, relation, file);
  return findDecorator(decorators, isMikroOrm, 'Embedded') ? undefined : [];
}

/** What is said of an attribute, with the place where it is said. */
export type Said = Pick<Member, 'name' | 'value'>;

/** The column of options that name it or leave it to the convention; none where it is not stored. */
export function columnOf(
  said: Said,
  options: Fields,
  { node, key, isRelation }: { node: ScriptNode; key: ScriptNode; isRelation: boolean },
  file: ScriptFile,
): MappedColumn[] | undefined {
  if (booleanAt(options.get('persist'), file) === false || options.get('formula')) return [];
  if (options.get('fieldNames') || options.get('joinColumns')) return undefined;
  const given = options.get('fieldName') ?? options.get('joinColumn') ?? options.get('name');
  const named = stringAt(given, file);
  if (named === undefined && (given || !options.isWhole)) return undefined;
  const program = options.get('onCreate') ?? said.value;
  return [
    {
      name: said.name,
      column: named ?? (isRelation ? `${underscored(said.name)}_id` : underscored(said.name)),
      ...(named === undefined ? { namedAfter: isRelation ? ('relation' as const) : ('attribute' as const) } : {}),
      declared: writtenAs(node, file),
      nullable: booleanAt(options.get('nullable'), file) === true,
      ...(program ? { default: writtenAs(program, file) } : {}),
      hasDatabaseDefault: ['default', 'defaultRaw', 'autoincrement', 'generated'].some((each) => options.get(each)),
      span: file.spanOf(key),
    },
  ];
}

function readColumn(
  member: Member,
  key: ScriptNode,
  options: Fields | undefined,
  { node }: Decorator,
  file: ScriptFile,
): MappedColumn[] | undefined {
  return options && columnOf(member, options, { node, key, isRelation: false }, file);
}

/** The first object among the arguments: what stands before it is a type, or the other class. */
function optionsOf({ arguments: given }: Decorator, file: ScriptFile): Fields | undefined {
  const [first] = given;
  if (!first) return noFields;
  const found = given.map((each) => fieldsAt(each, file)).find((each) => each !== undefined);
  return found ?? (given.every(({ type }) => type === 'ArrowFunctionExpression') ? noFields : undefined);
}

function readRelation(member: Member, relation: Decorator, file: ScriptFile): MappedColumn[] | undefined {
  const options = optionsOf(relation, file) ?? noFields;
  const [, second] = relation.arguments;
  const isOther = options.get('mappedBy') ?? (second && !fieldsAt(second, file) ? second : undefined);
  // The other side of a relation of one to one has the column.
  if (relation.name === 'OneToOne' && isOther && booleanAt(options.get('owner'), file) !== true) return [];
  return columnOf(member, options, { node: relation.node, key: member.key, isRelation: true }, file);
}
