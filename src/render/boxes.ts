/** The checklist as task-list lines, and read back from a comment that people have edited. */
import type { ChecklistItem } from '../report.ts';
import { code } from '../rule.ts';
import type { SignOff } from '../signoff/sign-off.ts';
import { inline, person } from './escape.ts';
import { count, day } from './words.ts';

/** One line of a task list per box, each with its id hidden behind it. */
export function renderBoxes(signOff: SignOff): string {
  return signOff.items.map((item) => renderBox(item, signOff)).join('\n');
}

/**
 * The boxes of a comment by id: ticked or not. Only lines with one of our ids count, outside of code.
 * A line that stands twice counts as ticked when both are.
 */
export function boxesIn(body: string): Map<string, boolean> {
  const boxes = new Map<string, boolean>();
  for (const line of linesOutsideFences(body)) {
    const match = /^\s*[-*+]\s+\[([\sxX])\]\s.*<!-- box:([a-z0-9-]{1,60}) -->\s*$/.exec(line);
    if (!match) continue;
    const [, mark = '', id = ''] = match;
    boxes.set(id, mark.toLowerCase() === 'x' && boxes.get(id) !== false);
  }
  return boxes;
}

function renderBox(item: ChecklistItem, signOff: SignOff): string {
  const tick = signOff.ticks.find((each) => each.item === item.id && each.digest === item.digest);
  const who = `${item.who}${tick ? tickedBy(tick) : hopedFor(item)}`;
  return `- [${tick ? 'x' : ' '}] ${inline(item.text)} · ${who} <!-- box:${item.id.replace(/[^a-z0-9-]/g, '')} -->`;
}

function tickedBy({ login, at, proof }: SignOff['ticks'][number]): string {
  if (!proof) return `, ticked by ${person(login)} on ${day(at)} for this content`;
  // GitHub's own pages; anything else is not linked.
  const name = /^https:\/\/[^\s()<>[\]]+$/.test(proof.url) ? `[${code(login, 100)}](${proof.url})` : code(login, 100);
  return `, proved by ${name} on ${day(at)}, which ran for ${span(proof.seconds)}`;
}

function hopedFor({ proof }: ChecklistItem): string {
  return proof === undefined ? '' : `, or the check ${code(proof, 100)}`;
}

function span(seconds: number): string {
  return seconds < 120 ? count(seconds, 'second') : count(Math.round(seconds / 60), 'minute');
}

/** GitHub ends lines with \r\n once a comment was edited on its page. */
function linesOutsideFences(body: string): string[] {
  const outside: string[] = [];
  let open = '';
  for (const line of body.split(/\r\n|\r|\n/)) {
    const mark = /^\s*(?:>\s?)*\s*(`{3,}|~{3,})([^`]*)$/.exec(line);
    const run = mark?.[1] ?? '';
    if (open === '' && run !== '') open = run;
    else if (open === '') outside.push(line);
    else if (run[0] === open[0] && run.length >= open.length && mark?.[2]?.trim() === '') open = '';
  }
  return outside;
}
