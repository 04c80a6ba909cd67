/** Indexes of node-pg-migrate as the SQL that it writes. */
import { nameIn, quoted, quotedList, quotedTable, sqlIn, tableIn } from '../syntax/generated-sql.ts';
import { fieldOf, findText, isConstantValue, itemsOf, type Value } from '../syntax/script-value.ts';

/** CREATE INDEX as node-pg-migrate writes it. */
export function indexSql(table: Value | undefined, columns: Value | undefined, options: Value | undefined): string {
  const list = itemsOf(columns).map((column) => indexColumn(column));
  const name = findText(fieldOf(options, 'name'));
  const unique = isTrue(options, 'unique');
  const where = fieldOf(options, 'where');
  const method = findText(fieldOf(options, 'method'));
  const derived = `${nameIn(fieldOf(table, 'name') ?? table)}_${itemsOf(columns)
    .map((column) => nameIn(fieldOf(column, 'name') ?? column))
    .join('_')}${unique ? '_unique' : ''}_index`;
  const words = [
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX`,
    ...(isTrue(options, 'concurrently') ? ['CONCURRENTLY'] : []),
    ...(isTrue(options, 'ifNotExists') ? ['IF NOT EXISTS'] : []),
    quoted((name ?? derived).replaceAll('.', '_'), 'postgres'),
    `ON ${quotedTable(tableIn(table), 'postgres')}${method === undefined ? '' : ` USING ${method}`} (${list.join(', ')})`,
    ...(where ? [`WHERE ${sqlIn(where)}`] : []),
  ];
  return words.join(' ');
}

function indexColumn(column: Value): string {
  const name = nameIn(fieldOf(column, 'name') ?? column);
  const sort = findText(fieldOf(column, 'sort'));
  const operator = findText(fieldOf(column, 'opclass'));
  const written = /^[\w$]+$/.test(name) ? quotedList([name], 'postgres') : name;
  return [written, ...(operator === undefined ? [] : [operator]), ...(sort === undefined ? [] : [sort])].join(' ');
}

function isTrue(options: Value | undefined, name: string): boolean {
  return isConstantValue(fieldOf(options, name), true);
}
