/** Tables that Prisma keeps for relations in which both sides are lists. */
import type { Database } from '../../operations/migration.ts';
import type { StatedTable } from '../sql/stated-tables.ts';
import { quoted, quotedList } from '../syntax/generated-sql.ts';
import { namedText } from './attributes.ts';
import { columnSql } from './column-sql.ts';
import { keyName } from './key-names.ts';
import { tableSql } from './key-sql.ts';
import { attributeOf, type Field, type Model, type PrismaSchema } from './read-models.ts';

type Known = Exclude<Database, 'unknown'>;

/** How their pairs are unique depends on the version of Prisma, and is left out. https://www.prisma.io/docs/orm/prisma-schema/data-model/relations/many-to-many-relations#implicit-many-to-many-relations */
export function pairTables(schema: PrismaSchema, database: Known): StatedTable[] {
  const tables = new Map<string, StatedTable>();
  for (const model of schema.models.values()) {
    for (const field of model.fields) {
      const other = field.isList ? schema.models.get(field.type) : undefined;
      if (!other || !isPaired(field, model, other)) continue;
      const [first, second] = model.name < other.name ? [model, other] : [other, model];
      const name = `_${relationOf(field) ?? `${first.name}To${second.name}`}`;
      const table = tables.has(name) ? undefined : pairTable(name, first, second, schema, database);
      if (table) tables.set(name, table);
    }
  }
  return [...tables.values()];
}

function isPaired(field: Field, model: Model, other: Model): boolean {
  const relation = relationOf(field);
  return other.fields.some(
    (back) => back !== field && back.isList && back.type === model.name && relationOf(back) === relation,
  );
}

function relationOf(field: Field): string | undefined {
  return namedText(attributeOf(field, '@relation'), 'name');
}

function pairTable(
  name: string,
  first: Model,
  second: Model,
  schema: PrismaSchema,
  database: Known,
): StatedTable | undefined {
  const sides = [first, second].flatMap((model, index) => {
    const key = model.fields.find((each) => attributeOf(each, '@id'));
    const column = ['A', 'B'][index];
    if (!key || column === undefined) return [];
    // It holds a value of the key, and makes none.
    const holding = { ...key, column, attributes: key.attributes.filter((each) => each.name.startsWith('@db.')) };
    const made = columnSql(holding, schema, database);
    return made ? [{ made, column, model, key: key.column }] : [];
  });
  if (sides.length < 2) return undefined;
  const place = tableSql({ table: name, ...(first.schema === undefined ? {} : { schema: first.schema }) }, database);
  const index = quoted(keyName(name, ['B'], 'index', database), database);
  return {
    name: place,
    columns: sides.map(({ made }) => made),
    constraints: schema.hasForeignKeys
      ? sides.map(
          ({ column, model, key }) =>
            `CONSTRAINT ${quoted(keyName(name, [column], 'fkey', database), database)} FOREIGN KEY (${quotedList([column], database)}) REFERENCES ${tableSql(model, database)} (${quotedList([key], database)}) ON DELETE CASCADE ON UPDATE CASCADE`,
        )
      : [],
    indexes: [`CREATE INDEX ${index} ON ${place} (${quotedList(['B'], database)})`],
  };
}
