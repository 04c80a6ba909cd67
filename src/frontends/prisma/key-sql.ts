/** Keys, indexes and foreign keys of a model of a Prisma schema, as the SQL of its database. */
import type { Database } from '../../operations/migration.ts';
import { quoted, quotedList } from '../syntax/generated-sql.ts';
import type { StatedTable } from '../sql/stated-tables.ts';
import { readAttributes, textOf, type Attribute } from './attributes.ts';
import { keyName } from './key-names.ts';
import { attributeOf, columnsOf, type Field, type Model, type PrismaSchema } from './read-models.ts';

type Known = Exclude<Database, 'unknown'>;
type Keys = Pick<StatedTable, 'constraints' | 'indexes'>;

/** Everything that a model says beside its columns. */
export function keysSql(model: Model, schema: PrismaSchema, database: Known): Keys {
  const keys: Keys = { constraints: primaryKey(model, database), indexes: [] };
  for (const field of model.fields) {
    const unique = attributeOf(field, '@unique');
    if (unique)
      addIndex(keys, model, { columns: [listed(field.column)], isUnique: true, map: textOf(unique.named.get('map')) });
    if (schema.hasForeignKeys) keys.constraints.push(...foreignKey(field, model, schema, database));
  }
  for (const attribute of model.attributes) {
    const index = indexOf(attribute, model);
    if (index) addIndex(keys, model, index);
  }
  return keys;

  function addIndex(to: Keys, of: Model, index: StatedIndex): void {
    const sql = indexSql(index, of, database);
    to[sql.startsWith('CREATE') ? 'indexes' : 'constraints'].push(sql);
  }
}

/** The quoted name of the table that a model stands for. */
export function tableSql({ table, schema }: Pick<Model, 'table' | 'schema'>, database: Known): string {
  return schema === undefined ? quoted(table, database) : `${quoted(schema, database)}.${quoted(table, database)}`;
}

function primaryKey(model: Model, database: Known): string[] {
  const field = model.fields.find((each) => attributeOf(each, '@id'));
  const own = field && attributeOf(field, '@id');
  const block = model.attributes.find(({ name }) => name === '@@id');
  const columns = field ? [field.column] : columnsOf(model, block?.named.get('fields') ?? block?.given[0]);
  if (!columns) return [];
  // A key that counts says so at its column.
  if (database === 'sqlite' && field && attributeOf(field, '@default')?.given[0]?.[0] === 'autoincrement') return [];
  const key = `PRIMARY KEY (${quotedList(columns, database)})`;
  if (database !== 'postgres' && database !== 'sqlserver') return [key];
  const name = textOf((own ?? block)?.named.get('map')) ?? keyName(model.table, [], 'pkey', database);
  return [`CONSTRAINT ${quoted(name, database)} ${key}`];
}

/** A column with how many characters of it are in the key, where that is said. */
type Listed = { column: string; length?: string };
type StatedIndex = {
  columns: Listed[];
  isUnique: boolean;
  map: string | undefined;
  method?: string;
  isFullText?: true;
};

function listed(column: string): Listed {
  return { column };
}

function indexOf(attribute: Attribute, model: Model): StatedIndex | undefined {
  const { name, named, given } = attribute;
  if (name !== '@@unique' && name !== '@@index' && name !== '@@fulltext') return undefined;
  // The condition of a partial one is not read, and without it it would be another index.
  if (named.has('where')) return undefined;
  const words = named.get('fields') ?? given[0] ?? [];
  const columns = columnsOf(model, words);
  if (!columns) return undefined;
  const lengths = lengthsIn(words);
  const method = named.get('type')?.join('').toLowerCase();
  const isUnique = name === '@@unique';
  return {
    columns: columns.map((column, index) => {
      const length = lengths[index];
      return length === undefined ? { column } : { column, length };
    }),
    isUnique,
    // Before Prisma 3 `name:` of an index was that of the database: https://www.prisma.io/docs/orm/more/upgrade-guides/upgrading-versions/upgrading-to-prisma-3/named-constraints
    map: textOf(named.get('map')) ?? (isUnique ? undefined : textOf(named.get('name'))),
    ...(method === undefined ? {} : { method }),
    ...(name === '@@fulltext' ? { isFullText: true as const } : {}),
  };
}

/** `[content(length: 100)]` */
function lengthsIn(words: readonly string[]): (string | undefined)[] {
  const marked = words.slice(1, -1).map((word, index, all) => (all[index + 1] === '(' ? `@${word}` : word));
  const parts: string[][] = [[]];
  let depth = 0;
  for (const word of marked) {
    if (depth === 0 && word === ',') parts.push([]);
    else parts.at(-1)?.push(word);
    if (word === '(') depth++;
    if (word === ')') depth--;
  }
  return parts.map((part) => readAttributes(part)[0]?.named.get('length')?.[0]);
}

function indexSql(index: StatedIndex, model: Model, database: Known): string {
  const { columns, isUnique, method } = index;
  const names = columns.map(({ column }) => column);
  const isMysql = database === 'mysql' || database === 'mariadb';
  const name = quoted(index.map ?? keyName(model.table, names, isUnique ? 'key' : 'idx', database), database);
  const list = columns
    .map(
      ({ column, length }) =>
        `${quoted(column, database)}${isMysql && /^\d+$/.test(length ?? '') ? `(${length})` : ''}`,
    )
    .join(', ');
  if (isMysql) return `${index.isFullText ? 'FULLTEXT ' : isUnique ? 'UNIQUE ' : ''}INDEX ${name} (${list})`;
  if (database === 'sqlserver' && isUnique) return `CONSTRAINT ${name} UNIQUE (${list})`;
  const using = database === 'postgres' && method !== undefined && /^\w+$/.test(method) ? ` USING ${method}` : '';
  return `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${name} ON ${tableSql(model, database)}${using} (${list})`;
}

const actions: Record<string, string> = {
  Cascade: 'CASCADE',
  NoAction: 'NO ACTION',
  Restrict: 'RESTRICT',
  SetDefault: 'SET DEFAULT',
  SetNull: 'SET NULL',
};

function foreignKey(field: Field, model: Model, { models }: PrismaSchema, database: Known): string[] {
  const relation = attributeOf(field, '@relation');
  const parent = models.get(field.type);
  const columns = columnsOf(model, relation?.named.get('fields'));
  const targets = parent && columnsOf(parent, relation?.named.get('references'));
  if (!relation || !columns || !targets) return [];
  const name = textOf(relation.named.get('map')) ?? keyName(model.table, columns, 'fkey', database);
  const isOptional = model.fields.filter(({ column }) => columns.includes(column)).every((each) => each.isOptional);
  const onDelete = actions[relation.named.get('onDelete')?.[0] ?? ''] ?? defaultAction(isOptional, database);
  const onUpdate = actions[relation.named.get('onUpdate')?.[0] ?? ''] ?? 'CASCADE';
  return [
    `CONSTRAINT ${quoted(name, database)} FOREIGN KEY (${quotedList(columns, database)}) REFERENCES ${tableSql(parent, database)} (${quotedList(targets, database)}) ON DELETE ${onDelete} ON UPDATE ${onUpdate}`,
  ];
}

/** https://www.prisma.io/docs/orm/prisma-schema/data-model/relations/referential-actions#referential-action-defaults */
function defaultAction(isOptional: boolean, database: Known): string {
  if (isOptional) return database === 'sqlserver' ? 'NO ACTION' : 'SET NULL';
  return database === 'sqlserver' ? 'NO ACTION' : 'RESTRICT';
}
