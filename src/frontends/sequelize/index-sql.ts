/** Indexes and constraints of Sequelize as the SQL that its dialects write. */
import type { Database } from '../../operations/migration.ts';
import { actionsSql, nameIn, quoted, quotedTable, sqlIn, tableIn } from '../syntax/generated-sql.ts';
import { fieldOf, findText, isConstantValue, itemsOf, lastStep, type Value } from '../syntax/script-value.ts';

/** `addIndex(table, fields, options)` or `addIndex(table, options)`. */
export function addIndexSql(
  table: Value | undefined,
  first: Value | undefined,
  second: Value | undefined,
  database: Database,
): string {
  const options = first?.kind === 'record' ? first : second;
  const fields = first?.kind === 'record' ? fieldOf(first, 'fields') : (first ?? fieldOf(second, 'fields'));
  const to = tableIn(table);
  const isUnique =
    isConstantValue(fieldOf(options, 'unique'), true) || /unique/i.test(textOf(options, 'type', 'indicesType'));
  const name = findText(fieldOf(options, 'name') ?? fieldOf(options, 'indexName')) ?? indexNameOf(to, fields);
  const using = findText(fieldOf(options, 'using'));
  const where = fieldOf(options, 'where');
  const kind = /fulltext|spatial/i.exec(textOf(options, 'type', 'indicesType'))?.[0];
  const words = [
    'CREATE',
    ...(isUnique ? ['UNIQUE'] : []),
    ...(kind !== undefined && isMysql(database) ? [kind.toUpperCase()] : []),
    'INDEX',
    ...(database === 'postgres' && isConstantValue(fieldOf(options, 'concurrently'), true) ? ['CONCURRENTLY'] : []),
    quoted(name, database),
    'ON',
    quotedTable(to, database),
    ...(using !== undefined && database === 'postgres' ? [`USING ${using}`] : []),
    `(${itemsOf(fields)
      .map((field) => fieldSql(field, database))
      .join(', ')})`,
    ...(where && !isMysql(database) ? [`WHERE ${whereSql(where, database)}`] : []),
  ];
  return words.join(' ');
}

/** The name that Sequelize 6 gives an index, from its table without the schema and its fields (`nameIndex` of lib/utils.js). */
export function indexNameOf(table: string, fields: Value | undefined): string {
  const names = itemsOf(fields).map(
    (field) => findText(field) ?? nameIn(fieldOf(field, 'name') ?? fieldOf(field, 'attribute')),
  );
  return underscored([table.split('.').at(-1) ?? '', ...names].join('_'));
}

/** `addConstraint(table, { fields, type, … })`, or the older `addConstraint(table, fields, options)`; undefined for a type that is not read. */
export function addConstraintSql(
  table: Value | undefined,
  first: Value | undefined,
  second: Value | undefined,
  database: Database,
): string | undefined {
  const options = first?.kind === 'record' ? first : second;
  const fields = itemsOf(first?.kind === 'record' ? fieldOf(first, 'fields') : first);
  const type = textOf(options, 'type').toLowerCase();
  const suffix = Object.hasOwn(suffixes, type) ? suffixes[type] : undefined;
  if (suffix === undefined) return undefined;
  const columns = fields.map((field) => fieldSql(field, database)).join(', ');
  const target = suffix === 'fk' ? [tableIn(fieldOf(fieldOf(options, 'references'), 'table'))] : [];
  const derived = [tableIn(table).split('.').at(-1), ...fields.map((field) => findText(field)), ...target, suffix].join(
    '_',
  );
  const name = findText(fieldOf(options, 'name')) ?? derived;
  const body = bodySql(options, columns, database);
  return `ALTER TABLE ${quotedTable(tableIn(table), database)} ADD CONSTRAINT ${quoted(name, database)} ${body}`;
}

/** The end of the name that a constraint gets where it is given none (`getConstraintSnippet` of the query generator). */
const suffixes: Record<string, string> = { unique: 'uk', 'primary key': 'pk', 'foreign key': 'fk', check: 'ck' };

function bodySql(options: Value | undefined, columns: string, database: Database): string {
  const type = textOf(options, 'type').toLowerCase();
  if (type === 'primary key') return `PRIMARY KEY (${columns})`;
  if (type === 'check') return `CHECK (${whereSql(fieldOf(options, 'where'), database)})`;
  if (type !== 'foreign key') return `UNIQUE (${columns})`;
  const references = fieldOf(options, 'references');
  const target = itemsOf(fieldOf(references, 'fields') ?? fieldOf(references, 'field'))
    .map((field) => fieldSql(field, database))
    .join(', ');
  const to = quotedTable(tableIn(fieldOf(references, 'table')), database);
  return `FOREIGN KEY (${columns}) REFERENCES ${to} (${target})${actionsSql(options)}${deferralSql(options, database)}`;
}

/** `Sequelize.Deferrable.INITIALLY_DEFERRED`: https://sequelize.org/api/v6/class/src/deferrable.js~deferrable */
export function deferralSql(value: Value | undefined, database: Database): string {
  const name = lastStep(fieldOf(value, 'deferrable'))?.name;
  return database === 'postgres' && name?.startsWith('INITIALLY_') ? ` DEFERRABLE ${name.replace('_', ' ')}` : '';
}

function fieldSql(field: Value, database: Database): string {
  const name = findText(field) ?? findText(fieldOf(field, 'name') ?? fieldOf(field, 'attribute'));
  const step = lastStep(field);
  if (step?.name === 'literal') return `(${sqlIn(step.arguments?.[0])})`;
  if (step?.name === 'fn')
    return `${nameIn(step.arguments?.[0])}(${(step.arguments ?? [])
      .slice(1)
      .map((each) => fnArgument(each, database))
      .join(', ')})`;
  const operator = findText(fieldOf(field, 'operator'));
  const order = findText(fieldOf(field, 'order'));
  const length = isMysql(database) ? fieldOf(field, 'length') : undefined;
  return [
    `${quoted(name ?? nameIn(undefined), database)}${length ? `(${findText(length) ?? '0'})` : ''}`,
    ...(operator && database === 'postgres' ? [operator] : []),
    ...(order ? [order] : []),
  ].join(' ');
}

function fnArgument(value: Value, database: Database): string {
  const step = lastStep(value);
  return quoted(nameIn(step?.name === 'col' ? step.arguments?.[0] : value), database);
}

/** The columns that a condition names; what it compares them with does not matter to anyone here. */
function whereSql(where: Value | undefined, database: Database): string {
  if (lastStep(where)?.name === 'literal') return sqlIn(lastStep(where)?.arguments?.[0]);
  if (where?.kind !== 'record') return nameIn(undefined);
  const columns = [...where.fields].map(([name, value]) => {
    const test = isConstantValue(value, null) ? 'IS NULL' : `= '${nameIn(undefined)}'`;
    return `${quoted(name, database)} ${test}`;
  });
  return columns.length > 0 ? columns.join(' AND ') : nameIn(undefined);
}

function textOf(options: Value | undefined, ...names: string[]): string {
  return names.map((name) => findText(fieldOf(options, name)) ?? '').join('');
}

/** https://github.com/sequelize/sequelize/blob/v6/src/utils.js: underscore of the inflection package. */
function underscored(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[-.\s]+/g, '_')
    .toLowerCase();
}

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}
