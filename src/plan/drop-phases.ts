/** The phases in which columns go. */
import type { Migration } from '../operations/migration.ts';
import type { Column } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import type { Table } from '../operations/table.ts';
import { code, codes } from '../rule.ts';
import { isFieldName, modelOf } from '../writers/django-model.ts';
import { dropOutsideState } from '../writers/django-drop.ts';
import { dropForgotten, isRequired, loosened, loosening } from '../writers/drop-column.ts';
import { dropHolders } from '../writers/drop-holders.ts';
import { rubyString } from '../writers/ruby.ts';
import type { Step } from '../writers/step.ts';
import type { DraftMigration } from '../writers/write-migration.ts';
import { areUndoneTogether, type Draft, type Situation } from './situation.ts';

/** Columns of one table go when no release names them any more: the release first, then the migrations. */
export function dropPhases(situation: Situation, { table, columns, deploy, heir }: Going): Draft[] {
  const { migration, schema } = situation;
  const held = schema.tables.get(table);
  const dropped = columns.map((each): Dropping => ({ table, ...each, ...(held && { held }) }));
  const names = codes(columns.map(({ column }) => column));
  const required = dropped.filter(({ known }) => isRequired(known));
  const [them, their, they] =
    columns.length > 1 ? ['them', 'Their', 'columns and their'] : ['it', 'Its', 'column and its'];
  return [
    {
      title: `No release names ${names}`,
      when: required.length > 0 ? 'before' : 'with',
      deploy,
      code: stopsNaming(migration, dropped),
      ...(required.length > 0 ? { note: `The release that starts then leaves ${them} out of its INSERTs.` } : {}),
      migrations: forgotten(migration, dropped),
      back: `Deploy the release before: the ${they} values are there.`,
    },
    {
      title: `Drop ${names}`,
      when: 'with',
      deploy: deploy + 1,
      migrations: [...holders(situation, dropped), ...dropped.map((each) => dropOf(migration, each))],
      back:
        heir === undefined
          ? `${their} values come back from a backup only: keep one, or be sure that they are worth nothing.`
          : `Nothing is lost: add it again, and fill it from ${code(heir)}, which has every value.`,
    },
  ];
}

/** Columns of one table, as far as they are known, and the deploy that forgets them; `heir` is the column that has every value of the only one. */
type Going = { table: Name; columns: readonly Omit<Dropping, 'table' | 'held'>[]; deploy: number; heir?: string };

type Dropping = { table: Name; column: string; known: Column | undefined; held?: Table };

/** One file, or one for each column that has to be filled, where each statement commits by itself. */
function forgotten(migration: Migration, dropped: readonly Dropping[]): DraftMigration[] {
  const files = areUndoneTogether(migration.database) ? [dropped] : oneStatementEach(dropped);
  return files
    .map((each) => each.flatMap((dropping) => stepsBefore(migration, dropping)))
    .filter((steps) => steps.length > 0)
    .map((steps) => loosened(migration, steps));
}

/** What need not be filled is forgotten by the state of Django alone, in whichever file. */
function oneStatementEach(dropped: readonly Dropping[]): Dropping[][] {
  const [first, ...others] = dropped.filter(({ known }) => isRequired(known));
  const unsent = dropped.filter(({ known }) => !isRequired(known));
  return [[...(first ? [first] : []), ...unsent], ...others.map((each) => [each])];
}

/** True where Django's state loses the field before the database loses the column. */
function isDjangoField(migration: Migration, { table, column, known }: Dropping): boolean {
  return (
    migration.framework === 'django' &&
    known !== undefined &&
    modelOf(table, migration) !== undefined &&
    isFieldName(column)
  );
}

function stepsBefore(migration: Migration, dropping: Dropping): Step[] {
  const forget = isDjangoField(migration, dropping);
  const mustBeFilled = isRequired(dropping.known);
  const loosen = mustBeFilled
    ? loosening(migration, dropping.table, dropping.column, dropping.known, dropping.held)
    : undefined;
  if (!forget) return loosen ? [loosen] : [];
  // Letting it be NULL is what forgetting it says as well.
  const isFilled = loosen?.kind === 'alterColumn' && loosen.default !== undefined;
  return isFilled ? [loosen, forgetting(dropping, true)] : [forgetting(dropping, !mustBeFilled)];
}

/** Out of the state alone where rows can be written without it. */
function forgetting({ table, column, known }: Dropping, ofState: boolean): Step {
  return {
    kind: 'forgetColumn',
    table,
    column,
    ...(known && { was: ofState ? { ...known, nullable: true } : known }),
  };
}

/** What holds several of them goes once. */
function holders({ migration, schema }: Situation, dropped: readonly Dropping[]): DraftMigration[] {
  const found = dropped.flatMap(({ table, column, known }) => {
    const held = schema.tables.get(table);
    return held ? dropHolders(migration.database, table, column, held, known) : [];
  });
  return [...new Map(found.map((each) => [JSON.stringify(each.steps), each])).values()];
}

function dropOf(migration: Migration, dropping: Dropping): DraftMigration {
  const { table, column, known } = dropping;
  const step = isDjangoField(migration, dropping) ? dropOutsideState(migration, table, column, known) : undefined;
  return dropForgotten(migration, table, column, known, step);
}

/** How a release stops naming columns, also in the lists of all columns that mappers write. */
function stopsNaming(migration: Migration, dropped: readonly Dropping[]): string {
  const names = dropped.map(({ column }) => column);
  const isOne = names.length === 1;
  const [fieldGoes, columnStays] = isOne
    ? ['The field goes', 'the column stays']
    : ['The fields go', 'the columns stay'];
  switch (migration.framework) {
    case 'rails':
      return `The model ignores ${isOne ? 'it' : 'them'}, and nothing else names ${isOne ? 'it' : 'them'}:\n\n\`\`\`ruby\nself.ignored_columns += [${names.map(rubyString).join(', ')}]\n\`\`\``;
    case 'django':
      return dropped.every((each) => isDjangoField(migration, each))
        ? `${fieldGoes} from the model, and from the state of the migrations; ${columnStays}.`
        : `${fieldGoes} from the model, and from Django's state alone (\`SeparateDatabaseAndState\` with the \`RemoveField\` among its \`state_operations\`); ${columnStays}.`;
    case 'alembic':
      return `The mapped ${isOne ? 'attribute goes' : 'attributes go'} from the model: SQLAlchemy lists every mapped column in its SELECTs and INSERTs.`;
    case 'typeorm':
    case 'mikro-orm':
    case 'sequelize':
    case 'drizzle':
      return `${fieldGoes} from the ${migration.framework === 'drizzle' ? 'table of the schema file' : 'model'}, and ${columnStays}: every mapped column is listed in the SELECTs and INSERTs.`;
    case 'prisma':
      return `${fieldGoes} from \`schema.prisma\`, and the client is generated anew: it lists every field.`;
    default:
      return `Nothing names ${codes(names)} any more, also not a list of all columns.`;
  }
}
