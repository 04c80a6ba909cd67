/** Tables and columns of Sequelize's query interface as what they send. */
import { nameIn, plainTable, quoted, quotedTable, sayCall, tableIn, sayNote } from '../syntax/generated-sql.ts';
import { restate, say, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import { fieldOf, isConstantValue, itemsOf, type Chain, type Value } from '../syntax/script-value.ts';
import { attributeOf, columnSql, enumTypeSql, referenceSql } from './column.ts';

/** An empty object picks every row; one that is not known is taken to pick some. */
export function isWhere(where: Value | undefined): boolean {
  if (where === undefined || (where.kind === 'constant' && !where.value)) return false;
  return where.kind !== 'record' || !where.whole || where.fields.size > 0;
}

/** CREATE TABLE, with the types of its enums before it on PostgreSQL. */
export function createTable(
  table: Value | undefined,
  attributes: Value | undefined,
  options: Value | undefined,
  chain: Chain,
  machine: Machine,
): void {
  const { database } = machine;
  const schema = table?.kind === 'record' ? undefined : fieldOf(options, 'schema');
  const name = schema ? `${nameIn(schema)}.${tableIn(table)}` : tableIn(table);
  if (attributes?.kind !== 'record') {
    sayOpaque(machine, chain, chain.when, 'the columns of the table are put together when it runs');
    return;
  }
  const columns = [...attributes.fields].map(([key, value]) => [key, attributeOf(value)] as const);
  for (const [key, attribute] of columns) sayEnum(machine, chain, enumTypeSql(name, key, attribute, database));
  const keys = columns
    .filter(([, attribute]) => isConstantValue(fieldOf(attribute, 'primaryKey'), true))
    .map(([key]) => quoted(key, database));
  const uniqueKeys = fieldOf(options, 'uniqueKeys');
  const lines = [
    ...columns.map(([key, attribute]) => columnSql(name, key, attribute, database) + referenceSql(attribute, database)),
    ...(keys.length > 0 ? [`PRIMARY KEY (${keys.join(', ')})`] : []),
    ...(uniqueKeys?.kind === 'record' ? [...uniqueKeys.fields.values()] : []).map(
      (key) =>
        `UNIQUE (${itemsOf(fieldOf(key, 'fields'))
          .map((field) => quoted(nameIn(field), database))
          .join(', ')})`,
    ),
  ];
  const guard = database === 'sqlserver' ? '' : 'IF NOT EXISTS ';
  sayCall(machine, chain, `CREATE TABLE ${guard}${quotedTable(name, database)} (${lines.join(', ')})`);
  for (const [key, attribute] of columns) sayNote(machine, chain, name, key, fieldOf(attribute, 'comment'));
}

/** ADD COLUMN, with its foreign key. */
export function addColumn(
  table: Value | undefined,
  name: Value | undefined,
  given: Value | undefined,
  chain: Chain,
  machine: Machine,
): void {
  const { database } = machine;
  const attribute = attributeOf(given);
  const [to, key] = [tableIn(table), nameIn(name)];
  sayEnum(machine, chain, enumTypeSql(to, key, attribute, database));
  const primary = isConstantValue(fieldOf(attribute, 'primaryKey'), true) ? ' PRIMARY KEY' : '';
  const reference = referenceSql(attribute, database);
  const isMysql = database === 'mysql' || database === 'mariadb';
  const constraint =
    reference !== '' && isMysql
      ? `, ADD CONSTRAINT ${quoted(`${to}_${key}_foreign_idx`, database)} FOREIGN KEY (${quoted(key, database)})${reference}`
      : reference;
  const add = database === 'sqlserver' ? 'ADD' : 'ADD COLUMN';
  const after = fieldOf(attribute, 'after');
  const position = after && isMysql ? ` AFTER ${quoted(nameIn(after), database)}` : '';
  sayCall(
    machine,
    chain,
    `ALTER TABLE ${quotedTable(to, database)} ${add} ${columnSql(to, key, attribute, database)}${primary}${position}${constraint}`,
  );
  sayNote(machine, chain, to, key, fieldOf(attribute, 'comment'));
}

/** The whole column is said anew; with `references` on PostgreSQL and MySQL only the foreign key and what is given beside it. */
export function changeColumn(
  table: Value | undefined,
  name: Value | undefined,
  given: Value | undefined,
  chain: Chain,
  machine: Machine,
): void {
  const { database } = machine;
  const attribute = attributeOf(given);
  const [to, key] = [tableIn(table), nameIn(name)];
  const reference = referenceSql(attribute, database);
  if (reference !== '') {
    if (isConstantValue(fieldOf(attribute, 'allowNull'), false) && database === 'postgres')
      say(machine, chain, chain.when, [{ kind: 'alterColumn', table: plainTable(to), column: key, nullable: false }]);
    sayCall(
      machine,
      chain,
      `ALTER TABLE ${quotedTable(to, database)} ADD FOREIGN KEY (${quoted(key, database)})${reference}`,
    );
    return;
  }
  if (attribute.whole && !fieldOf(attribute, 'type')) {
    sayOpaque(machine, chain, chain.when, '`changeColumn` without a type fails before it sends anything');
    return;
  }
  sayEnum(machine, chain, enumTypeSql(to, key, attribute, database));
  restate(
    machine,
    `ALTER TABLE ${quotedTable(to, database)} ADD ${columnSql(to, key, attribute, database, true)}`,
    chain,
    { saysNull: isConstantValue(fieldOf(attribute, 'allowNull'), true), isWhole: attribute.whole },
  );
  if (isConstantValue(fieldOf(attribute, 'unique'), true))
    say(machine, chain, chain.when, [
      {
        kind: 'addConstraint',
        table: plainTable(to),
        constraint: { kind: 'unique', columns: [key] },
      },
    ]);
}

function sayEnum(machine: Machine, chain: Chain, sql: string | undefined): void {
  if (sql !== undefined) sayCall(machine, chain, sql);
}
