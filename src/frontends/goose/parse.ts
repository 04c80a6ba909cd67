/** Goose's annotations: lines that begin with `-- +goose` at the first column. */
import type { SourceFile } from '../frontend.ts';
import { linesOf } from '../sql/lines.ts';
import type { Sections } from '../sql/read-directions.ts';
import type { Stretch } from '../sql/read-stretches.ts';

/** https://pressly.github.io/goose/documentation/annotations */
type Annotation = 'up' | 'down' | 'statementbegin' | 'statementend' | 'no transaction' | 'envsub on' | 'envsub off';

const annotations: ReadonlySet<string> = new Set<Annotation>([
  'up',
  'down',
  'statementbegin',
  'statementend',
  'no transaction',
  'envsub on',
  'envsub off',
]);

/** True when the file has the one annotation that goose demands. */
export function hasUpAnnotation(text: string): boolean {
  return linesOf(text).some((line) => annotationOf(line.text) === 'up');
}

/** Cuts a file at its annotations; `inTransaction` is false where it opts out for both directions. */
export function readAnnotations(file: SourceFile): { sections: Sections; inTransaction: boolean } {
  const up: Stretch[] = [];
  const outside: Stretch[] = [];
  let down: Stretch[] | undefined;
  let inTransaction = true;
  let environment = false;
  let single = false;
  let target = outside;
  let start = 0;
  const finish = (end: number): void => {
    if (end > start) target.push(stretchOf(file, start, end, { single, environment, isOutside: target === outside }));
  };
  for (const line of linesOf(file.text)) {
    const annotation = annotationOf(line.text);
    if (annotation === undefined) continue;
    finish(line.start);
    start = line.next;
    if (annotation === 'up') target = up;
    if (annotation === 'down') target = down ??= [];
    if (annotation === 'no transaction') inTransaction = false;
    if (annotation.startsWith('envsub')) environment = annotation === 'envsub on';
    if (annotation.startsWith('statement')) single = annotation === 'statementbegin';
  }
  finish(file.text.length);
  return { sections: down ? { up, down, outside } : { up, outside }, inTransaction };
}

function annotationOf(line: string): Annotation | undefined {
  if (!line.startsWith('--')) return undefined;
  const [plus, ...words] = line.slice(2).trim().toLowerCase().split(/\s+/);
  const annotation = words.join(' ');
  return plus === '+goose' && annotations.has(annotation)
    ? (annotation as Annotation) // checked against the set on the line above
    : undefined;
}

function stretchOf(
  file: SourceFile,
  start: number,
  end: number,
  how: { single: boolean; environment: boolean; isOutside: boolean },
): Stretch {
  const stretch: Stretch = { path: file.path, text: file.text, start, end };
  if (how.single) stretch.single = true;
  if (how.environment)
    stretch.placeholder = {
      pattern: /\$\{?[A-Za-z_]/,
      reason: 'goose fills in environment variables there when it runs',
    };
  if (how.isOutside) stretch.unreadable = 'it stands before `-- +goose Up`, where goose refuses the file';
  return stretch;
}
