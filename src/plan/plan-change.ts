/** Operations of a change → its roll-out plan: what ships first, what is filled in the background, what waits for the next deploy. */
import type { TableSize } from '../operations/configuration.ts';
import type { Migration } from '../operations/migration.ts';
import type { Name } from '../operations/name.ts';
import type { Operation, Span } from '../operations/operation.ts';
import { emptySchema, isNewTable } from '../operations/schema.ts';
import type { StoredName } from '../operations/stored-names.ts';
import { answer } from './decision-tree.ts';
import type { Phase, Plan, Road } from './plan.ts';
import { printPhase } from './print.ts';
import { addedColumn } from './roads/added-column.ts';
import { droppedColumn, renamedColumn, requiredColumn, retypedColumn } from './roads/column.ts';
import { addedConstraint, createdIndex } from './roads/constraint.ts';
import { createdTable } from './roads/created-table.ts';
import { addedEnumValue, renamedEnumValue } from './roads/enum-value.ts';
import { updatedRows } from './roads/rows.ts';
import { storedNameRoad } from './roads/stored-name.ts';
import { droppedTable, renamedTable } from './roads/table.ts';
import { isOfType, type Draft, type FindRoad, type Planned, type Situation } from './situation.ts';
import { withPauses, type JobPlace } from './with-pauses.ts';

/** What a plan is made from. */
export type Asked = {
  /** In the order in which they run. */
  planned: readonly Planned[];
  sizeOf: (table: Name) => TableSize;
  /** Classes that get another name or go, and that rows name. */
  stored: readonly StoredName[];
  /** Classes that get another name where nothing says whether rows name them. */
  renamed: readonly string[];
  /** Where what runs again and again names a table. */
  jobsOn: (table: Name) => readonly JobPlace[];
  /** What a backfill is written for where the change has no migration. */
  home: Migration;
};

/** The plan of a change: a road for each part that running releases or busy tables notice, most of more than one phase. */
export function planChange({ planned, sizeOf, stored, renamed, jobsOn, home }: Asked): Plan {
  const made = new Set(planned.flatMap(({ operation }) => (operation.kind === 'createType' ? [operation.type] : [])));
  const isOnNew = (each: Planned) => isOnNewTable(each) || (isOfType(each.operation) && made.has(each.operation.type));
  const existing = planned.filter((each) => !isOnNew(each));
  const noticed = planned.filter(({ isIgnored }) => !isIgnored);
  const all = noticed.filter((each) => !isOnNew(each)).map(({ operation }) => operation);
  const beginning = planned[0]?.schema ?? emptySchema();
  const target = planned.find(({ migration }) => migration.framework === home.framework)?.migration ?? home;
  const roads = [
    ...noticed
      .filter((each) => !isOnNew(each) || each.operation.kind === 'createTable')
      .flatMap((each) => roadOf(each, { beginning, all, sizeOf }, jobsOn)),
    ...stored.flatMap((each) => {
      const road = withPauses(storedNameRoad(each, target), jobsOn(each.table));
      const situation = { migration: target, schema: emptySchema(), beginning, all, sizeOf };
      return printed(road, each.before.span, situation);
    }),
  ].filter(isFirst);
  const fewest = planned.length > 0 ? 1 : 0;
  const deploys = Math.max(fewest, ...roads.flatMap(({ phases }) => phases.map(({ deploy }) => deploy)));
  return {
    phases: Math.max(fewest, ...roads.map(({ phases }) => phases.length)),
    deploys,
    roads: roads.slice(0, mostRoads),
    answers: answer({ planned, existing, sizeOf, stored, renamed, deploys }),
    ...(isForUnknown(planned, roads) && { isForUnknown: true }),
  };
}

function isForUnknown(planned: readonly Planned[], roads: readonly Road[]): boolean {
  const isPrinted = roads.some(({ phases }) => phases.some(({ migrations }) => migrations.length > 0));
  return isPrinted && planned.some(({ migration }) => migration.database === 'unknown');
}

/** A change that takes more is not rolled out by a plan on one page. */
const mostRoads = 20;

/** Several statements over the rows of one table take one road. */
function isFirst({ subject }: Road, at: number, roads: readonly Road[]): boolean {
  return roads.findIndex((each) => each.subject === subject) === at;
}

function isOnNewTable({ operation, schema }: Planned): boolean {
  if (operation.kind === 'createTable') return true;
  return 'table' in operation && operation.table !== undefined && isNewTable(schema, operation.table);
}

const roads: { [Kind in Operation['kind']]?: FindRoad<Kind> } = {
  createTable: createdTable,
  addColumn: addedColumn,
  dropColumn: droppedColumn,
  renameColumn: renamedColumn,
  alterColumn: (operation, situation) => retypedColumn(operation, situation) ?? requiredColumn(operation, situation),
  dropTable: droppedTable,
  renameTable: renamedTable,
  addConstraint: addedConstraint,
  createIndex: createdIndex,
  addEnumValue: addedEnumValue,
  renameEnumValue: renamedEnumValue,
  updateRows: updatedRows,
};

function roadOf(
  { operation, migration, schema }: Planned,
  around: Pick<Situation, 'beginning' | 'all' | 'sizeOf'>,
  jobsOn: Asked['jobsOn'],
): Road[] {
  // The key picks the finder of exactly this operation's kind, which the type system cannot follow.
  const find = roads[operation.kind] as FindRoad<Operation['kind']> | undefined;
  const situation: Situation = { migration, schema, ...around };
  const found = find?.(operation, situation);
  const jobs = 'table' in operation && operation.table !== undefined ? jobsOn(operation.table) : [];
  return found ? printed(withPauses(found, jobs), operation.span, situation) : [];
}

function printed(found: { subject: string; phases: Draft[] }, span: Span, situation: Situation): Road[] {
  const phases: Phase[] = [];
  for (const draft of found.phases) {
    const phase = printPhase(draft, situation);
    if (!phase) return [];
    phases.push(phase);
  }
  const { path, startLine } = span;
  return phases.length > 0 ? [{ subject: found.subject, path, startLine, phases }] : [];
}
