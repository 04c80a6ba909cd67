/** Roads of columns that are there: dropped, renamed, retyped, required. */
import { keepsValues } from '../../operations/facts/kept-values.ts';
import { typeChange } from '../../operations/facts/type-change.ts';
import type { Column, DataType } from '../../operations/column.ts';
import type { Name } from '../../operations/name.ts';
import { findColumn } from '../../operations/schema.ts';
import { typeBefore } from '../../operations/type-before.ts';
import { code, codes } from '../../rule.ts';
import { convertedSql } from '../../writers/converted.ts';
import { columnSql, madeUpName, printable, typeSql } from '../../writers/identifier.ts';
import { indexesAnew as buildAnew, leftWords, type TakenPlace } from '../../writers/index-anew.ts';
import { columnBeside } from '../../writers/step.ts';
import { fillsOf } from '../../writers/written-values.ts';
import { plainValue } from '../../writers/values.ts';
import { dropPhases } from '../drop-phases.ts';
import { fillPhase, onlineEdition, openNote, requirePhase } from '../phases.ts';
import { keyRoad } from './key-type.ts';
import { isAddedHere, type Draft, type FindRoad, type Situation } from '../situation.ts';

/** A column that is there becomes required. */
export const requiredColumn: FindRoad<'alterColumn'> = ({ table, column, nullable, type }, situation) => {
  const { migration, schema } = situation;
  if (nullable !== false || isAddedHere(table, column, situation)) return undefined;
  const known = findColumn(schema, table, column);
  const proven = schema.tables
    .get(table)
    ?.constraints.some((each) => each.kind === 'check' && each.validated && each.notNull === column);
  if (known?.nullable === false || proven) return undefined;
  const is = type ?? known?.type;
  const must = requirePhase(situation, { table, column, type: is, default: known?.default, deploy: 2 });
  if (!must) return undefined;
  const value = is && plainValue(is, migration.database);
  const written = fillsOf(situation.all, table, column);
  const open = openNote(written);
  const own =
    written.length > 0
      ? open
      : value === undefined
        ? 'The value that you know, in batches that commit.'
        : `${code(value)} stands for the value that you know.`;
  return {
    subject: `${code(`${table}.${column}`)} becomes required`,
    phases: [
      {
        title: `No release writes NULL into ${code(column)}`,
        when: 'with',
        deploy: 1,
        code: `Gives ${code(column)} a value in every row that it writes.`,
        migrations: [],
        back: 'Deploy the release before.',
      },
      fillPhase(situation, {
        table,
        column,
        value,
        deploy: 1,
        written,
        required: true,
        ...(own === undefined ? {} : { own }),
      }),
      must,
    ],
  };
};

/** A type that its values must be converted to: a second column beside the first. */
export const retypedColumn: FindRoad<'alterColumn'> = (operation, situation) => {
  const { table, column, type, using } = operation;
  const { migration, schema } = situation;
  const old = findColumn(schema, table, column);
  if (!type || isAddedHere(table, column, situation)) return undefined;
  const was = typeBefore(operation, schema, migration);
  const change = typeChange(was, type, migration.database, migration.databaseVersion);
  if (change.kind === 'free') return undefined;
  const ofKey = keyRoad(operation, type, situation);
  if (ofKey) return ofKey === 'none' ? undefined : ofKey;
  const to = madeUpName(column, 'new');
  // MySQL converts what is assigned.
  const isMysql = migration.database === 'mysql' || migration.database === 'mariadb';
  const converted = isMysql ? columnSql(column, migration.database) : convertedSql(column, type, migration.database);
  // What the author works the value out by is what a cast may not be.
  const value = using === undefined ? converted : printable(using.sql);
  return {
    subject: `${code(`${table}.${column}`)} becomes ${code(typeSql(type))}`,
    phases: replacePhases(situation, { table, column, to, type, value, known: old }),
  };
};

/** A name that the running release does not know. */
export const renamedColumn: FindRoad<'renameColumn'> = ({ table, column, to }, situation) => {
  const known = findColumn(situation.schema, table, column);
  if (isAddedHere(table, column, situation) || isSwapped(table, column, to, situation)) return undefined;
  const value = columnSql(column, situation.migration.database);
  return {
    subject: `${code(`${table}.${column}`)} becomes ${code(to)}`,
    phases: replacePhases(situation, { table, column, to, type: known?.type, value, known }),
  };
};

/** One column gives its name to another in the same migration: the end of a road. */
function isSwapped(table: Name, column: string, to: string, { migration }: Situation): boolean {
  return migration.up.some(
    (each) => each.kind === 'renameColumn' && each.table === table && (each.to === column || each.column === to),
  );
}

type Replacement = {
  table: Name;
  column: string;
  to: string;
  /** Absent where it is not known here. */
  type: DataType | undefined;
  value: string;
  known: Column | undefined;
};

/** One column takes the place of another while releases that know either are running. */
function replacePhases(situation: Situation, { table, column, to, type, value, known }: Replacement): Draft[] {
  const [one, other] = [code(column), code(to)];
  const { database } = situation.migration;
  const isCopy = known?.type !== undefined && type !== undefined && keepsValues(known.type, type, database);
  const isWhole = isCopy || (known?.type === type && value === columnSql(column, database));
  return [
    {
      title: `Add ${code(`${table}.${to}`)} beside ${one}`,
      when: 'before',
      deploy: 1,
      code: `Writes both ${one} and ${other}, and reads ${one}.`,
      ...(type ? {} : { note: `With the type of ${one}, which is not known here.` }),
      migrations: type ? [{ steps: [columnBeside(table, to, type, known)] }] : [],
      back: `Its way back drops ${other}: ${one} has every value.`,
    },
    fillPhase(situation, { table, column: to, value, from: column, deploy: 1 }),
    ...indexesAnew(situation, { table, column, to, was: known?.type, type }),
    {
      title: `Read ${other}`,
      when: 'with',
      deploy: 2,
      code: `Reads ${other}, and still writes both.`,
      migrations: [],
      back: `Deploy the release before: ${one} has every value.`,
    },
    ...dropPhases(situation, { table, columns: [{ column, known }], deploy: 3, ...(isWhole && { heir: to }) }),
  ];
}

/** The indexes of the old column, built for the new one while writers go on. */
function indexesAnew({ schema, migration }: Situation, place: TakenPlace): Draft[] {
  const { table, column, to } = place;
  const anew = buildAnew(schema.tables.get(table)?.indexes ?? [], place, migration.database);
  const note = [migration.database === 'sqlserver' ? onlineEdition : '', leftWords(anew, to, code)]
    .filter(Boolean)
    .join(' ');
  if (anew.builds.length === 0 && anew.left.length === 0) return [];
  return [
    {
      title: `Build for ${code(to)} what finds ${code(column)}`,
      when: 'with',
      deploy: 2,
      ...(note === '' ? {} : { note }),
      migrations: anew.builds,
      back: 'Its way back drops the indexes.',
    },
  ];
}

/** Columns that releases still name: all those of one table that one migration drops. */
export const droppedColumn: FindRoad<'dropColumn'> = ({ table, column: first }, situation) => {
  const { schema, all } = situation;
  const dropped = all.flatMap((each) => (each.kind === 'dropColumn' && each.table === table ? [each.column] : []));
  const columns = [...new Set(dropped)]
    .filter((column) => !isAddedHere(table, column, situation))
    .map((column) => ({ column, known: findColumn(schema, table, column) }));
  if (columns[0]?.column !== first) return undefined;
  const names = codes(columns.map(({ column }) => `${table}.${column}`));
  return {
    subject: `${names} ${columns.length > 1 ? 'go' : 'goes'}`,
    phases: dropPhases(situation, { table, columns, deploy: 1 }),
  };
};
