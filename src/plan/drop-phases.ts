/** The phases in which a column goes. */
import type { Migration } from '../operations/migration.ts';
import type { Column, Name } from '../operations/operation.ts';
import { code } from '../rule.ts';
import { isFieldName, modelOf } from '../writers/django-model.ts';
import { dropOutsideState } from '../writers/django-drop.ts';
import { dropForgotten, isRequired, loosened, loosening } from '../writers/drop-column.ts';
import { dropHolders } from '../writers/drop-holders.ts';
import type { Step } from '../writers/step.ts';
import type { DraftMigration } from '../writers/write-migration.ts';
import type { Draft, Situation } from './situation.ts';

/** A column goes when no release names it any more: the release first, then the migration. */
export function dropPhases(situation: Situation, dropping: Dropping): Draft[] {
  const { column, known, deploy } = dropping;
  const { migration } = situation;
  const name = code(column);
  const mustBeFilled = isRequired(known);
  const forget = isDjangoField(migration, dropping);
  const steps = stepsBefore(migration, dropping, { forget, mustBeFilled });
  return [
    {
      title: `No release names ${name}`,
      when: mustBeFilled ? 'before' : 'with',
      deploy,
      code: stopsNaming(migration.framework, column, forget),
      ...(mustBeFilled ? { note: 'The release that starts then leaves it out of its INSERTs.' } : {}),
      migrations: steps.length > 0 ? [loosened(migration, steps)] : [],
      back: 'Deploy the release before: the column and its values are there.',
    },
    {
      title: `Drop ${name}`,
      when: 'with',
      deploy: deploy + 1,
      migrations: [...holders(situation, dropping), dropped(migration, dropping, forget)],
      back: 'Its values come back from a backup only: keep one, or be sure that they are worth nothing.',
    },
  ];
}

type Dropping = { table: Name; column: string; known: Column | undefined; deploy: number };

/** True where Django's state loses the field before the database loses the column. */
function isDjangoField(migration: Migration, { table, column, known }: Dropping): boolean {
  return (
    migration.framework === 'django' &&
    known !== undefined &&
    modelOf(table, migration) !== undefined &&
    isFieldName(column)
  );
}

function stepsBefore(migration: Migration, dropping: Dropping, { forget, mustBeFilled }: Before): Step[] {
  const loosen = mustBeFilled ? loosening(migration, dropping.table, dropping.column, dropping.known) : undefined;
  if (!forget) return loosen ? [loosen] : [];
  // Letting it be NULL is what forgetting it says as well.
  const isFilled = loosen?.kind === 'alterColumn' && loosen.default !== undefined;
  return isFilled ? [loosen, forgetting(dropping, true)] : [forgetting(dropping, !mustBeFilled)];
}

type Before = { forget: boolean; mustBeFilled: boolean };

/** Out of the state alone where rows can be written without it. */
function forgetting({ table, column, known }: Dropping, ofState: boolean): Step {
  return {
    kind: 'forgetColumn',
    table,
    column,
    ...(known && { was: ofState ? { ...known, nullable: true } : known }),
  };
}

function holders({ migration, schema }: Situation, { table, column, known }: Dropping): DraftMigration[] {
  const held = schema.tables.get(table);
  return held ? dropHolders(migration.database, table, column, held, known) : [];
}

function dropped(migration: Migration, { table, column, known }: Dropping, forget: boolean): DraftMigration {
  const step = forget ? dropOutsideState(migration, table, column, known) : undefined;
  return dropForgotten(migration, table, column, known, step);
}

/** How a release stops naming a column, also in the lists of all columns that mappers write. */
function stopsNaming(framework: string, column: string, forget: boolean): string {
  const name = code(column);
  const quoted = JSON.stringify(column);
  switch (framework) {
    case 'rails':
      return `The model ignores it, and nothing else names it:\n\n\`\`\`ruby\nself.ignored_columns += [${quoted}]\n\`\`\``;
    case 'django':
      return forget
        ? 'The field goes from the model, and from the state of the migrations; the column stays.'
        : "The field goes from the model, and from Django's state alone (`SeparateDatabaseAndState` with the `RemoveField` among its `state_operations`); the column stays.";
    case 'alembic':
      return `The mapped attribute goes from the model: SQLAlchemy lists every mapped column in its SELECTs and INSERTs.`;
    case 'prisma':
      return `The field goes from \`schema.prisma\`, and the client is generated anew: it lists every field.`;
    default:
      return `Nothing names ${name} any more, also not a list of all columns.`;
  }
}
