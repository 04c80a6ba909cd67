/** Migrations in the words of Django: whole files but for the dependencies, which only the repository tells. */
import { fillFunction } from './django-fill.ts';
import { labelOf } from './django-model.ts';
import { stateAfter } from './django-state.ts';
import { djangoWords, type Operation } from './django-words.ts';
import { indented } from './lines.ts';
import { callLines, listLines, pythonString } from './python.ts';
import { stepStatements } from './sql.ts';
import { takeBack, type Step } from './step.ts';
import type { Target, Writer } from './writer.ts';

export const djangoWriter: Writer = {
  language: 'python',
  write: ({ target, up, outside }) => {
    const operations: Operation[] = [];
    const functions: string[][] = [];
    for (const step of up) {
      const fill = step.kind === 'fillColumn' ? fillFunction(step, target, functions.length) : undefined;
      const operation = fill ? fill.operation : (djangoWords(step, target) ?? runSql(step, target));
      if (!operation) return undefined;
      operations.push(operation);
      if (fill) functions.push(fill.lines);
    }
    const lines = operations.flatMap((operation) => operation.lines);
    return [
      ...importLines(operations),
      ...functions.flatMap((each) => ['', '', ...each]),
      '',
      '',
      'class Migration(migrations.Migration):',
      ...indented([...dependencies(target), ...(outside ? ['atomic = False', ''] : [])], 4),
      ...indented(['operations = [', ...indented(lines, 4), ']'], 4),
    ];
  },
};

/** Modules of which no name is taken first, all in the order of their names, as isort has them. */
function importLines(operations: readonly Operation[]): string[] {
  const needed = new Map<string, Set<string>>([['django.db', new Set(['migrations'])]]);
  for (const { imports } of operations)
    for (const [module, names] of Object.entries(imports))
      needed.set(module, new Set([...(needed.get(module) ?? []), ...names]));
  const modules = [...needed.keys()].sort();
  const whole = modules.filter((module) => needed.get(module)?.size === 0).map((module) => `import ${module}`);
  const parts = modules.flatMap((module) => {
    const names = [...(needed.get(module) ?? [])].sort();
    return names.length === 0 ? [] : [`from ${module} import ${names.join(', ')}`];
  });
  return [...whole, ...(whole.length > 0 ? [''] : []), ...parts];
}

function dependencies(target: Target): string[] {
  const label = labelOf(target);
  const command = `manage.py makemigrations --empty${label === undefined ? '' : ` ${label}`}`;
  return [`# dependencies: as ${command} writes them`, ''];
}

/** SQL with its way back, and with what it makes of the models. */
function runSql(step: Step, target: Target): Operation | undefined {
  const change = stateAfter(step, target);
  const imports = change && 'operations' in change ? change.imports : {};
  const state = change && 'operations' in change ? [listLines('state_operations', change.operations)] : [];
  if (isOfStateAlone(step) && state.length > 0)
    return { lines: callLines('migrations.SeparateDatabaseAndState', state), imports };
  // What it says in words of Python is no SQL.
  const isDeclared = step.kind === 'createIndex' && step.index.declaration !== undefined;
  const sql = isDeclared ? undefined : stepStatements(step, target.database)?.join(' ');
  if (sql === undefined) return undefined;
  const back = takeBack([step])?.flatMap((each) => stepStatements(each, target.database));
  const reverse = back && !back.includes(undefined) ? [`reverse_sql=${reverseOf(back)}`] : [];
  const comment = change && 'comment' in change ? [change.comment] : [];
  return { lines: callLines('migrations.RunSQL', [pythonString(sql), ...reverse, ...comment, ...state]), imports };
}

function isOfStateAlone(step: Step): boolean {
  if (step.kind === 'fillNewRows' || step.kind === 'forgetTable') return true;
  return step.kind === 'forgetColumn' && step.was?.nullable === true;
}

function reverseOf(back: readonly (string | undefined)[]): string {
  return back.length > 0 ? pythonString(back.join(' ')) : 'migrations.RunSQL.noop';
}
