/** The roll-out plan as Markdown. */
import type { Answer, Phase, Plan, Road } from '../plan/plan.ts';
import { fenced, markdown, plain } from './escape.ts';
import { lineLink, type View } from './view.ts';
import { count } from './words.ts';

/** The plan folded, with the number of phases in its title; empty where one phase is enough. Each road is a list, with its migrations folded once more, and a list alone where that does not fit into `budget` characters. */
export function renderFoldedPlan(plan: Plan | undefined, view: View, budget: number): string {
  if (!plan || plan.phases < 2) return '';
  const { roads, answers } = plan;
  const why = renderAnswers(
    answers.filter(({ answer }) => answer !== 'no'),
    plan.phases,
  );
  const lists = roads.map((road) => renderList(road, view));
  const head = forUnknown(plan);
  const whole = folded(plan, [
    ...head,
    ...roads.map(
      (road, at) => `${lists[at] ?? ''}\n\n${inside('Migrations, queries and ways back', renderPhases(road))}`,
    ),
    why,
  ]);
  if (whole.length <= budget) return whole;
  const short = folded(plan, [...lists, why, '`plimsoll plan` prints the migrations, which do not fit here.']);
  if (short.length <= budget) return short;
  return `Roll-out: ${titleOfPlan(plan)}; too long for a comment, \`plimsoll plan\` prints it.`;
}

function folded(plan: Plan, parts: readonly string[]): string {
  return inside(`Roll-out: ${titleOfPlan(plan)}`, parts.join('\n\n'));
}

function inside(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}

/** "4 phases in 2 deploys". */
function titleOfPlan({ phases, deploys }: Plan): string {
  return `${count(phases, 'phase')} in ${count(deploys, 'deploy')}`;
}

/** The plan as a page of its own, with a final line end. */
export function renderPlanPage(plan: Plan | undefined, format: 'text' | 'markdown'): string {
  const view = { baseUrl: '', owner: '', repo: '', pull: 0, head: '', author: '' };
  const page = plan
    ? `### Roll-out: ${titleOfPlan(plan)}\n\n${renderPlan(plan, view)}`
    : 'No migration is added: there is nothing to roll out.';
  return `${format === 'markdown' ? page : plain(page.replace('### ', '').replaceAll(/<\/?sub>/g, ''), Number.POSITIVE_INFINITY)}\n`;
}

/** The whole plan: each road with its phases, then why there are so many. */
function renderPlan(plan: Plan, view: View): string {
  const { roads, answers } = plan;
  const told = roads.map((road) => `${headOf(road, view)}\n\n${renderPhases(road)}`);
  return [...forUnknown(plan), ...told, ...asItStands(plan), renderAnswers(answers, plan.phases)].join('\n\n');
}

/** Where no part takes a way of its own, the migration is its one phase. */
function asItStands({ roads }: Plan): string[] {
  if (roads.length > 0) return [];
  return [
    'The migration as it stands, with the deploy of its release: `plimsoll review` says what is to be mended in it.',
  ];
}

function forUnknown({ isForUnknown }: Plan): string[] {
  if (!isForUnknown) return [];
  return [
    'Nothing names the database, so that the migrations are in words that most share: state it as `database:` in `.github/plimsoll.yml`.',
  ];
}

function headOf({ subject, path, startLine }: Road, view: View): string {
  return `**${markdown(subject)}** · ${lineLink(view, path, startLine)}`;
}

function renderList(road: Road, view: View): string {
  const lines = road.phases.map(
    (phase, at) =>
      `${at + 1}. ${markdown(`${phase.title} (${shortly(phase)})${phase.window === undefined ? '' : ': takes a maintenance window'}`)}`,
  );
  return [headOf(road, view), '', ...lines].join('\n');
}

function renderPhases({ phases }: Road): string {
  return phases.map((phase, at) => renderPhase(phase, phases.slice(0, at), at + 1 === phases.length)).join('\n\n');
}

function renderPhase(phase: Phase, before: readonly Phase[], isLast: boolean): string {
  const { title, code, note, window, migrations, verify, back } = phase;
  const parts = [
    `**Phase ${before.length + 1}, ${when(phase)}: ${markdown(title)}.**${note === undefined ? '' : ` ${markdown(note)}`}`,
    ...(code === undefined ? [] : [`The release: ${markdown(lowered(code))}`]),
    ...(window === undefined ? [] : [markdown(window)]),
    ...migrations.map(({ language, text }) => fenced(language, text)),
    ...(verify
      ? [
          `${isLast ? 'When it is done' : 'Before the next phase'}, this gives ${verify.expect}:`,
          fenced('sql', verify.sql),
        ]
      : []),
    `<sub>${markdown(`To take it back: ${lowered(back)}${halfWay(phase, before)}`)}</sub>`,
  ];
  return parts.join('\n\n');
}

/** What was said of a phase before is not said again. */
function halfWay({ migrations, stands }: Phase, before: readonly Phase[]): string {
  if (migrations.length === 0) return '';
  const same = before.findIndex((each) => each.migrations.length > 0 && each.stands === stands);
  return same < 0 ? ` If it stops half-way: ${lowered(stands)}` : ` If it stops half-way: as in phase ${same + 1}.`;
}

/** When a phase comes, in a list. */
function shortly({ when: time, deploy }: Phase): string {
  if (time === 'background') return `in the background after deploy ${deploy}`;
  return `${time} deploy ${deploy}`;
}

function when({ when: time, deploy }: Phase): string {
  if (time === 'background') return `in the background, once deploy ${deploy} runs everywhere`;
  return time === 'before' ? `before the release of deploy ${deploy} starts` : `with deploy ${deploy}`;
}

function lowered(sentence: string): string {
  return /^(?:A|[A-Z][a-z]+)\b/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

function renderAnswers(answers: readonly Answer[], phases: number): string {
  const lines = answers.map(({ question, answer, because }) => markdown(`- ${question} ${words[answer]}: ${because}`));
  return [`${phases > 1 ? 'Why so many' : 'Why no more'}:`, '', ...lines].join('\n');
}

const words: Record<Answer['answer'], string> = { yes: 'Yes', no: 'No', unknown: 'Not known here' };
