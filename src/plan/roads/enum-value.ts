/** Roads of the values of a type. */
import type { Name } from '../../operations/name.ts';
import type { Schema } from '../../operations/schema.ts';
import { code, codes } from '../../rule.ts';
import { printable, tableSql } from '../../writers/identifier.ts';
import type { FillColumn, Step } from '../../writers/step.ts';
import { unfilledCount } from '../phases.ts';
import type { Draft, FindRoad } from '../situation.ts';

/** Values that the readers of the running release do not know: all that the change adds to the type. */
export const addedEnumValue: FindRoad<'addEnumValue'> = ({ type }, { migration, all }) => {
  if (migration.database !== 'postgres') return undefined;
  const said = all.flatMap((each) => (each.kind === 'addEnumValue' && each.type === type ? [each.value] : []));
  const values = [...new Set(said)];
  const [kind, added] = [code(type), codes(values)];
  const them = values.length > 1 ? 'them' : 'it';
  return {
    subject: `${added} in ${kind}`,
    phases: [
      {
        title: `Add ${added} to ${kind}`,
        when: 'before',
        deploy: 1,
        code: `Reads ${added}, and does not write ${them} yet.`,
        migrations: [{ steps: values.map((value) => addValue(type, value)) }],
        back: `PostgreSQL takes no value out of a type: leave ${them} there, unused.`,
      },
      {
        title: `Write ${added}`,
        when: 'with',
        deploy: 2,
        code: `Writes ${added}.`,
        migrations: [],
        back: `Deploy the release before, which reads ${them}.`,
      },
    ],
  };
};

/** A value that the running release reads and writes by its old name: a new one beside it, and the rows after that. */
export const renamedEnumValue: FindRoad<'renameEnumValue'> = ({ type, value, to }, { migration, schema }) => {
  if (migration.database !== 'postgres') return undefined;
  const [old, next] = [code(value), code(to)];
  const fills = columnsOf(type, schema).map(({ table, column }): FillColumn => {
    return { kind: 'fillColumn', table, column, value: literal(to), holding: value };
  });
  const rows: Draft = {
    title: `Write ${next} in the rows that say ${old}`,
    when: 'background',
    deploy: 2,
    ...(fills.length > 0 ? {} : { note: `In each column of ${code(type)}: which those are is not known here.` }),
    migrations: fills.map((fill) => ({ steps: [fill] })),
    ...(fills.length > 0
      ? { verify: { sql: fills.map((fill) => unfilledCount(fill, 'postgres')).join('\n'), expect: '0' } }
      : {}),
    back: `The same, the other way round; ${old} stays in the type, as PostgreSQL takes none out.`,
  };
  return {
    subject: `${old} becomes ${next} in ${code(type)}`,
    phases: [
      {
        title: `Add ${next} to ${code(type)}`,
        when: 'before',
        deploy: 1,
        code: `Reads both, and writes ${old}.`,
        migrations: [{ steps: [addValue(type, to)] }],
        back: 'PostgreSQL takes no value out of a type: leave it there, unused.',
      },
      {
        title: `Write ${next}`,
        when: 'with',
        deploy: 2,
        code: `Reads both, and writes ${next}.`,
        migrations: [],
        back: 'Deploy the release before, which reads both.',
      },
      rows,
    ],
  };
};

function addValue(type: Name, value: string): Step {
  return { kind: 'sql', sql: `ALTER TYPE ${tableSql(type, 'postgres')} ADD VALUE IF NOT EXISTS ${literal(value)};` };
}

function literal(text: string): string {
  return `'${printable(text).replaceAll("'", "''")}'`;
}

function columnsOf(type: Name, { tables }: Schema): { table: Name; column: string }[] {
  return [...tables.values()].flatMap((table) =>
    [...table.columns.values()]
      .filter((column) => column.type?.name === type && !column.type.array)
      .map((column) => ({ table: table.name, column: column.name })),
  );
}
