/** How a framework gives code one name and the database another. */

/** The word of the framework for the name of a column. */
export function ownColumnName(framework: string, column: string, to: string): string {
  if (framework === 'rails') return `\`alias_attribute :${plainName(to)}, :${plainName(column)}\``;
  if (framework === 'django')
    return `\`db_column="${plainName(column)}"\` in an AlterField, and only then RenameField: neither touches the database`;
  if (framework === 'alembic') return `\`mapped_column("${plainName(column)}")\``;
  return inModels(framework, plainName(column), plainName(to)) ?? '`@map`, `db_column`, `column_name`';
}

/** https://www.prisma.io/docs/orm/reference/prisma-schema-reference#map, https://orm.drizzle.team/docs/sql-schema-declaration, https://typeorm.io/docs/entity/entities#column-options, https://sequelize.org/docs/v6/core-concepts/model-basics/, https://mikro-orm.io/docs/defining-entities; Knex and Kysely have no models. */
function inModels(framework: string, column: string, to: string): string | undefined {
  const words: Record<string, string> = {
    prisma: `\`${to} … @map("${column}")\``,
    drizzle: `\`${to}: text('${column}')\`, with the type that it has`,
    typeorm: `\`@Column({ name: '${column}' }) ${to}\``,
    sequelize: `\`${to}: { field: '${column}' }\``,
    'mikro-orm': `\`@Property({ fieldName: '${column}' }) ${to}\``,
    knex: `\`select('${column} as ${to}')\`, or in the model that reads it`,
    kysely: `\`select('${column} as ${to}')\``,
  };
  return Object.hasOwn(words, framework) ? words[framework] : undefined;
}

/** The word of the framework for the name of a table. */
export function ownTableName(framework: string, table: string): string {
  if (framework === 'rails') return `\`self.table_name = "${plainName(table)}"\``;
  if (framework === 'django')
    return `\`db_table = "${plainName(table)}"\` by AlterModelTable, and only then RenameModel: neither renames it`;
  if (framework === 'alembic') return `\`__tablename__ = "${plainName(table)}"\``;
  return '`@@map`, `db_table`, `table_name`';
}

/** Names stand between backticks there. */
function plainName(name: string): string {
  return name.replace(/[^\w.]/g, '');
}
