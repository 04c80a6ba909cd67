import { factsOf, type DeploymentFact, type Guard, type Place } from '../src/operations/deployment.ts';
import type { Severity } from '../src/operations/configuration.ts';
import { migrateInstead } from './advice/migrate-instead.ts';
import type { Span } from '../src/operations/operation.ts';
import { code, type ChangeContext, type Found, type Rule } from '../src/rule.ts';
import { describeMadeSchema, type MakeSchema } from './advice/made-schema.ts';
import { quoteRun } from './advice/run-once.ts';

/** The schema is made from models, or marked as made, where migrations should have made it. */
export const schemaPastMigrations: Rule = {
  id: 'schema-past-migrations',
  title: 'The schema is made past the migrations',
  severity: 'error',
  concerns: 'process',
  check: {
    change: (context) => [
      ...factsOf(context.deployments, 'makeSchema').flatMap((fact) => {
        const severity = severityOf(fact, context);
        if (!severity) return [];
        return [
          {
            span: fact.span,
            severity,
            message: `${quoteRun({ command: fact.how, through: fact.through })} ${describeMadeSchema(fact)}${guardNote(fact.guard)}`,
            advice: migrateInstead(fact.tool, context),
          },
        ];
      }),
      ...factsOf(context.deployments, 'recordOnly').map(recorded),
    ],
  },
};

function recorded({ command, before, span }: Extract<DeploymentFact, { kind: 'recordOnly' }>): Found & { span: Span } {
  if (before !== undefined)
    return {
      span,
      message: `${code(command)} records every migration as done, and ${code(before)} then finds none left to run. None of them ever runs, and nothing fails until a column is missed.`,
      advice: `Take ${code(command)} out. A database whose schema was made otherwise is recorded once, by hand, at the revision that it was compared with.`,
    };
  return {
    span,
    severity: 'warning',
    message: `${code(command)} records migrations as done without running them. Whatever is missing from the schema stays missing, and no later run brings it.`,
    advice:
      'Run the migrations. Recording is for a database whose schema was compared with them before, by hand and once.',
  };
}

function guardNote(guard: Guard): string {
  if (guard.kind === 'unsafeDefault')
    return ` It runs unless somebody sets ${code(guard.variable)}: where that is forgotten, production is treated as a developer's machine.`;
  return guard.kind === 'unknown' ? ` It depends on ${code(guard.condition)}, which does not say where it runs.` : '';
}

/** A test may make its schema as it likes, and so may a program that has no migrations. */
function severityOf({ tool, place, guard }: MakeSchema, context: ChangeContext): Severity | undefined {
  if (place.kind === 'step' && !place.deploys) return undefined;
  if (tool === 'SQLAlchemy' && !hasAlembic(context)) return undefined;
  if (guard.kind === 'unknown') return 'warning';
  const isCalledUnseen = place.kind === 'code' && tool === 'SQLAlchemy' && guard.kind === 'none';
  return isOnDemand(place) || isCalledUnseen ? 'warning' : 'error';
}

/** A script that somebody starts, rather than one that starts the program. */
function isOnDemand(place: Place): boolean {
  return (place.kind === 'script' && !place.starts) || place.kind === 'build';
}

function hasAlembic({ change, deployments, migrations }: ChangeContext): boolean {
  if (migrations.some((migration) => migration.framework === 'alembic')) return true;
  const paths = [...change.basePaths, ...change.files.map((file) => file.path)];
  if (paths.some((path) => /(?:^|\/)alembic(?:\.ini$|\/)|(?:^|\/)migrations\/(?:versions\/|env\.py$)/.test(path)))
    return true;
  const tools = factsOf(deployments, 'runMigrations').map((fact) => fact.tool);
  return tools.includes('Alembic') || tools.includes('Flask-Migrate') || factsOf(deployments, 'recordOnly').length > 0;
}
