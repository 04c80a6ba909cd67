import { inDeploys } from '../src/operations/facts/deploys.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Rule } from '../src/rule.ts';
import { findNamed } from './advice/dropped-column.ts';
import { dropInSteps } from './advice/drop-in-steps.ts';
import { forgetThenDrop, isDjango } from './advice/django.ts';
import { mapperOf } from './advice/mappers.ts';
import { fence } from '../src/writers/fence.ts';

/** A column goes while the model of the same change still names it. */
export const droppedColumnStillNamed: Rule = {
  id: 'dropped-column-still-named',
  title: 'A column is dropped that its model still names',
  severity: 'error',
  concerns: 'code',
  check: {
    dropColumn: (operation, context) => {
      const named = findNamed(operation, context);
      if (!named) return undefined;
      const { table, column } = operation;
      const { path, startLine } = named.span;
      return {
        message: `${code(`${table}.${column}`)} and its values go, and ${code(named.model)} still names the column in ${code(`${path}:${startLine}`)}. ${failsIn(context.migration.framework)}`,
        advice: adviceOf(operation, named.model, context),
      };
    },
  },
};

function failsIn(framework: string): string {
  if (framework === 'django')
    return 'Django names every column of a model in its SELECTs and INSERTs: every query of the table fails from here on, in the release that still runs and in this one.';
  const mapper = mapperOf(framework);
  return mapper
    ? `${mapper.title} names every mapped column in its queries: every query of the class fails from here on, in the release that still runs and in this one.`
    : 'The model did not ignore it before, so that the release that still runs names it in every INSERT too; this one fails where that line runs.';
}

function adviceOf(operation: OperationOf<'dropColumn'>, model: string, context: Context): string {
  const { column } = operation;
  if (isDjango(context.migration)) return forgetThenDrop(operation, context);
  if (context.migration.framework !== 'rails') return dropInSteps(operation, context);
  return `${inDeploys('dropped')}. First take ${code(column)} out of ${code(model)} and let Rails forget it:\n\n${fence('ruby', [`self.ignored_columns += ["${column}"]`])}\n\nWhen that runs everywhere, drop the column, and take the line out again with or after it.`;
}
