/** Migrations in the words of Sequelize: https://sequelize.org/api/v6/class/src/dialects/abstract/query-interface.js~queryinterface */
import type { Database } from '../operations/migration.ts';
import type { Column, DataType } from '../operations/column.ts';
import { listOf, literalOf, objectOf } from './javascript-values.ts';
import { javascriptWriter } from './javascript.ts';
import { quoted, quotedSql, type Words } from './lines.ts';
import { hasPlainNames } from './plain-names.ts';
import { hasMore, hasWholeColumns } from './step.ts';
import { textOf } from './values.ts';

export const sequelizeWriter = javascriptWriter({
  up: () => 'async up(queryInterface, Sequelize) {',
  down: 'async down(queryInterface, Sequelize) {',
  end: '},',
  outside: { file: [], direction: [] },
  send: (sql) => [`await queryInterface.sequelize.query(${quotedSql(sql)});`],
  // A query of this type gives the number of rows: https://sequelize.org/api/v6/class/src/sequelize.js~sequelize#instance-method-query
  changedBy: (sql, database) =>
    database === 'sqlserver'
      ? undefined
      : `await queryInterface.sequelize.query(${quoted(sql)}, { type: Sequelize.QueryTypes.BULKUPDATE })`,
  words: (step, target) => (hasPlainNames(step) ? words(step, target) : undefined),
});

/** `changeColumn` says the whole column anew, as MySQL does and no other database has to; `dropTable` and `removeIndex` say IF EXISTS, constraints are tried at once: those are left to SQL. */
const words: Words = (step, { database }) => {
  switch (step.kind) {
    case 'addColumn': {
      const column = columnOf(step.column, database);
      return column === undefined ? undefined : call('addColumn', quoted(step.table), quoted(step.column.name), column);
    }
    case 'dropColumn':
      // On other databases it drops defaults and foreign keys of the column first.
      if (step.cascade || step.ifExists || (database !== 'postgres' && database !== 'unknown')) return undefined;
      return call('removeColumn', quoted(step.table), quoted(step.column));
    case 'alterColumn': {
      const { type, nullable, default: value, restated, generated, onUpdate, comment } = step;
      const isPlain = (generated === undefined || generated === 'none') && onUpdate === undefined;
      if (!isMysql(database) || !restated || !type || nullable === undefined || !isPlain) return undefined;
      const kept = value === undefined || value === 'none' ? {} : { default: value };
      const noted = comment === undefined ? {} : { comment };
      const said = { name: step.column, type, nullable, ...kept, ...noted, constraints: [] };
      const column = columnOf(said, database, 'true');
      return column === undefined ? undefined : call('changeColumn', quoted(step.table), quoted(step.column), column);
    }
    case 'renameColumn':
      // On MySQL it says the whole column anew.
      if (database !== 'postgres') return undefined;
      return call('renameColumn', quoted(step.table), quoted(step.column), quoted(step.to));
    case 'renameTable':
      return call('renameTable', quoted(step.table), quoted(step.to));
    case 'createIndex': {
      const { index, concurrently, onlyParent } = step;
      if (index.name === undefined || index.where || onlyParent || !hasWholeColumns(index)) return undefined;
      if (database !== 'postgres' && (concurrently || index.method !== undefined)) return undefined;
      const options = objectOf({
        fields: listOf(index.columns),
        name: quoted(index.name),
        unique: index.unique ? 'true' : undefined,
        using: index.method === undefined || index.method === 'btree' ? undefined : quoted(index.method),
        concurrently: concurrently ? 'true' : undefined,
      });
      return call('addIndex', quoted(step.table), options);
    }
    case 'dropConstraint':
      if (database !== 'postgres' || step.name === undefined || step.cascade || step.ifExists) return undefined;
      return call('removeConstraint', quoted(step.table), quoted(step.name));
    default:
      return undefined;
  }
};

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}

function call(method: string, ...values: string[]): string[] {
  return [`await queryInterface.${method}(${values.join(', ')});`];
}

/** `saysNull` is what is written of a column that takes NULL. */
function columnOf(column: Column, database: Database, saysNull?: 'true'): string | undefined {
  const type = column.type && typeOf(column.type, database);
  const value = column.default && (literalOf(column.default) ?? `Sequelize.literal(${quoted(column.default.sql)})`);
  const { comment, generated, ...more } = column;
  const note = comment === undefined ? undefined : textOf(comment);
  if (type === undefined || generated || hasMore(more) || (comment !== undefined && note === undefined))
    return undefined;
  return objectOf({
    type: `Sequelize.${type}`,
    allowNull: column.nullable ? saysNull : 'false',
    defaultValue: value,
    comment: note === undefined ? undefined : quoted(note),
  });
}

/** Undefined for a type that Sequelize writes in another way. */
function typeOf(type: DataType, database: Database): string | undefined {
  if (type.array || type.unsigned || type.collation !== undefined || database === 'sqlite') return undefined;
  const [first, second] = type.arguments;
  // It has no word for strings of SQL Server other than NVARCHAR.
  if (database === 'sqlserver' && /char|text/.test(type.name)) return undefined;
  if (/^(character varying|varchar)$/.test(type.name) && first !== undefined)
    return first === 255 ? 'STRING' : `STRING(${first})`;
  if (/^(numeric|decimal)$/.test(type.name) && second !== undefined) return `DECIMAL(${first}, ${second})`;
  return type.arguments.length > 0 ? undefined : wordsOf(database)[type.name];
}

const common: Record<string, string> = {
  bigint: 'BIGINT',
  smallint: 'SMALLINT',
  text: 'TEXT',
  date: 'DATEONLY',
  json: 'JSON',
};

function wordsOf(database: Database): Record<string, string | undefined> {
  if (database !== 'postgres') return { ...common, int: 'INTEGER' };
  return {
    ...common,
    integer: 'INTEGER',
    boolean: 'BOOLEAN',
    uuid: 'UUID',
    jsonb: 'JSONB',
    citext: 'CITEXT',
    real: 'REAL',
    'timestamp with time zone': 'DATE',
  };
}
