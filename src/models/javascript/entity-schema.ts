/** Entities without a class of their own: `new EntitySchema({ … })` of TypeORM and MikroORM, and `defineEntity({ … })`. */
import type { ScriptNode } from '../../frontends/syntax/script-tree.ts';
import type { MappedClass, MappedColumn } from '../../operations/models.ts';
import { chainOf, findLink } from './call-chain.ts';
import { booleanAt, fieldsAt, givenBy, noFields, stringAt, type Fields } from './literal.ts';
import { mappedClass, tableIn } from './mapped-class.ts';
import { tableOfOptions } from './mikro-orm.ts';
import { columnOf, isMikroOrm } from './mikro-orm-column.ts';
import { originOf, writtenAs, type ScriptCall, type ScriptFile } from './script-file.ts';
import { isTypeorm } from './typeorm-column.ts';
import { snakeCase } from './typeorm.ts';

/** Reads them. */
export function readEntitySchemas(file: ScriptFile): MappedClass[] {
  return file.calls.flatMap((call) => {
    const origin = originOf(call.callee, file);
    const said = fieldsAt(call.arguments[0], file);
    if (!origin || !said || (origin.name !== 'EntitySchema' && origin.name !== 'defineEntity')) return [];
    if (isTypeorm(origin.module)) return ofTypeorm(call, said, file) ?? [];
    return isMikroOrm(origin.module) ? (ofMikroOrm(call, said, file) ?? []) : [];
  });
}

/** https://typeorm.io/docs/entity/separating-entity-definition */
function ofTypeorm(call: ScriptCall, said: Fields, file: ScriptFile): MappedClass | undefined {
  const named = said.get('name');
  const name = stringAt(named, file);
  const given = fieldsAt(said.get('columns'), file);
  if (!named || name === undefined || !given) return undefined;
  const [table, schema] = [said.get('tableName'), said.get('schema')];
  const [tableName, schemaName] = [stringAt(table, file), stringAt(schema, file)];
  const isNamed = (!table || tableName !== undefined) && (!schema || schemaName !== undefined);
  const columns = given.entries.flatMap(([key, value]) => columnOfSchema(key, value, file) ?? []);
  return mappedClass(file, {
    framework: 'typeorm',
    name,
    named,
    node: call,
    table: isNamed && said.isWhole ? tableIn(schemaName, tableName ?? snakeCase(name)) : undefined,
    columns,
    keys: [],
    // Relations and groups of columns may have more.
    isWhole:
      given.isWhole && columns.length === given.entries.length && !said.get('relations') && !said.get('embeddeds'),
  });
}

function columnOfSchema(key: string, node: ScriptNode, file: ScriptFile): MappedColumn | undefined {
  const said = fieldsAt(node, file);
  const given = said?.get('name');
  const named = stringAt(given, file);
  if (!said || (named === undefined && (given || !said.isWhole)) || said.get('virtualProperty')) return undefined;
  return {
    name: key,
    column: named ?? key,
    ...(named === undefined ? { namedAfter: 'attribute' } : {}),
    declared: writtenAs(node, file),
    nullable: booleanAt(said.get('nullable'), file) === true,
    hasDatabaseDefault: ['default', 'generated', 'createDate', 'updateDate'].some((each) => said.get(each)),
    span: file.spanOf(node),
  };
}

/** https://mikro-orm.io/docs/define-entity */
function ofMikroOrm(call: ScriptCall, said: Fields, file: ScriptFile): MappedClass | undefined {
  const named = said.get('name');
  const name = stringAt(named, file);
  const properties = said.get('properties');
  const given = properties && fieldsAt(givenBy(properties), file);
  if (!named || name === undefined || !given) return undefined;
  const found = given.entries.map(([key, value]) => columnsOfProperty(key, value, file));
  return mappedClass(file, {
    framework: 'mikro-orm',
    name,
    named,
    node: call,
    table: tableOfOptions(name, said, file),
    columns: found.flatMap((each) => each ?? []),
    keys: [],
    isWhole: given.isWhole && found.every((each) => each !== undefined) && !said.get('discriminatorColumn'),
  });
}

const relations = /^(?:m:1|1:1|manyToOne|oneToOne)$/;
const collections = /^(?:1:m|m:n|oneToMany|manyToMany)$/;

/** An object with `type` or `kind`, or `p.string().nullable()`, which a function may give. */
function columnsOfProperty(key: string, node: ScriptNode, file: ScriptFile): MappedColumn[] | undefined {
  const value = givenBy(node);
  const options = fieldsAt(value, file);
  const chain = chainOf(value);
  const [made] = chain.links;
  if (!options && chain.root.type !== 'Identifier') return undefined;
  const kind = options ? (stringAt(options.get('kind') ?? options.get('reference'), file) ?? '') : (made?.name ?? '');
  if (collections.test(kind)) return [];
  if (kind === '' && (!options || options.get('kind') || options.get('reference'))) return undefined;
  if (kind === 'embedded' || options?.get('embeddable')) return undefined;
  const isRelation = relations.test(kind);
  const said = options ?? fieldsOfChain(chain);
  if (/^(?:1:1|oneToOne)$/.test(kind) && said.get('mappedBy')) return [];
  return columnOf({ name: key }, said, { node, key: node, isRelation }, file);
}

/** `.fieldName('x')` says what `fieldName: 'x'` does; what is called without a value is there, which is all that is asked. */
function fieldsOfChain({ root, links }: ReturnType<typeof chainOf>): Fields {
  const entries = links.map((link): [string, ScriptNode] => [link.name, link.arguments[0] ?? root]);
  const chain = { root, links };
  return {
    ...noFields,
    get: (name) => findLink(chain, name)?.arguments[0] ?? (findLink(chain, name) && root),
    entries,
  };
}
