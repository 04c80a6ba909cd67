/**
 * Shows Plimsoll at work on this machine: the real server, an emulated GitHub, and pull requests with the mistakes of
 * five incidents. `--once` ends by itself, and fails when something that should have been seen was not.
 */
import { once } from 'node:events';
import {
  author,
  harmless,
  type Incident,
  incidents,
  repair,
  repairedIncident,
  reviewer,
  stranger,
  reviewerBoxes,
} from './emulator/incidents.ts';
import { createNarrator, describeStanding, type Narrator } from './emulator/narrate.ts';
import {
  awaitStanding,
  comment,
  isReviewed,
  openPage,
  type Page,
  push,
  readStanding,
  setStage,
  tick,
  tryMerge,
} from './emulator/stage.ts';
import type { RunningEmulator } from './emulator/start-emulator.ts';
import { startServer } from './emulator/start-server.ts';

const isOnce = process.argv.includes('--once');
const interrupted = once(process, 'SIGINT').then(() => 'interrupted' as const);
const narrator = createNarrator();
const github = await setStage();
const server = await startServer(github);
let isWhole = false;
try {
  const ending = await Promise.race([play(github, narrator, server.url), interrupted]);
  isWhole = ending === 'played' || !isOnce;
  if (ending === 'played' && !isOnce) await stay(github);
} finally {
  const code = await server.stop();
  narrator.expect('the server stopped in order', code === 0);
  await github.stop();
}
if (narrator.missed.length > 0) narrator.chapter(`Not seen:\n${narrator.missed.join('\n')}\n\n${server.log()}`);
process.exit(isWhole && narrator.missed.length === 0 ? 0 : 1);

async function play(github: RunningEmulator, narrator: Narrator, serverUrl: string): Promise<'played'> {
  narrator.say(`GitHub is emulated at ${github.url}, Plimsoll runs at ${serverUrl}; nothing leaves this machine.`);
  let repaired: Page | undefined;
  for (const [index, incident] of incidents.entries()) {
    narrator.chapter(`${index + 1}. ${incident.story}`);
    const page = await showIncident(github, narrator, incident);
    if (incident === repairedIncident) repaired = page;
  }
  await showHarmless(github, narrator);
  if (repaired) await showSignOff(github, narrator, repaired);
  narrator.chapter('The talk with GitHub');
  narrator.expect('every exchange was one that GitHub could have had', github.violations.length === 0);
  for (const violation of github.violations) narrator.say(violation);
  if (narrator.missed.length === 0) narrator.chapter('Everything was seen.');
  return 'played';
}

async function showIncident(github: RunningEmulator, narrator: Narrator, incident: Incident): Promise<Page> {
  const page = await openPage(github, incident);
  narrator.say(`${author} opens "${incident.title}" as ${nameOf(page)}`);
  const standing = await awaitStanding(github, page, (now) => now.comments.length > 0 && isReviewed(now));
  narrator.say(describeStanding(standing));
  sayWhere(narrator, github, page);
  narrator.expect('the label [migration]', standing.labels.includes('[migration]'));
  narrator.expect('the review fails', standing.checks['plimsoll/review']?.conclusion === 'failure');
  narrator.expect('sign-off waits', standing.checks['plimsoll/sign-off']?.conclusion === 'action_required');
  narrator.expect('one comment', standing.comments.length === 1);
  for (const rule of incident.rules) narrator.expect(`an annotation of ${rule}`, standing.rules.includes(rule));
  return page;
}

async function showHarmless(github: RunningEmulator, narrator: Narrator): Promise<void> {
  narrator.chapter('A pull request without migrations');
  const page = await openPage(github, harmless);
  narrator.say(`${author} opens "${harmless.title}" as ${nameOf(page)}`);
  const standing = await awaitStanding(github, page, isReviewed);
  narrator.say(describeStanding(standing));
  const isGreen = Object.values(standing.checks).every((check) => check.conclusion === 'success');
  narrator.expect('both checks are green', isGreen);
  narrator.expect('no label and no comment', standing.labels.length + standing.comments.length === 0);
}

async function showSignOff(github: RunningEmulator, narrator: Narrator, page: Page): Promise<void> {
  narrator.chapter(`Setting right ${nameOf(page)}: only the column, nothing else`);
  const head = await push(github, author, page, repair);
  narrator.say(`${author} pushes ${head.slice(0, 7)}`);
  const open = await awaitStanding(
    github,
    page,
    (now) => now.head === head && isReviewed(now) && now.boxes.open.length > 1,
  );
  narrator.say(describeStanding(open));
  narrator.expect('the review no longer blocks', open.checks['plimsoll/review']?.conclusion !== 'failure');
  narrator.expect('boxes for the author and for a reviewer', open.boxes.open.includes('read-sql'));

  const refused = await tryMerge(github, reviewer, page);
  narrator.say(`${reviewer} tries to merge. GitHub: ${refused ?? 'merged'}`);
  narrator.expect('the merge is refused', refused !== undefined);

  await showUnauthorised(github, narrator, page);
  await showRightful(github, narrator, page);
  const merged = await tryMerge(github, reviewer, page);
  narrator.say(`${reviewer} merges. GitHub: ${merged ?? 'merged'}`);
  narrator.expect('the merge that was refused goes through', (await readStanding(github, page)).isMerged);
}

async function showUnauthorised(github: RunningEmulator, narrator: Narrator, page: Page): Promise<void> {
  narrator.chapter('Ticks by those who may not');
  await comment(github, stranger, page, '/plimsoll ack read-sql');
  narrator.say(`${stranger}, who may only read, comments: /plimsoll ack read-sql`);
  await tick(github, author, page, ['read-sql']);
  narrator.say(`${author} ticks the reviewer's box of their own pull request`);
  const answered = await awaitStanding(
    github,
    page,
    (now) => now.boxes.open.includes('read-sql') && [stranger, author].every((login) => now.refused.includes(login)),
  );
  narrator.say(describeStanding(answered));
  for (const login of [stranger, author]) narrator.expect(`an answer to ${login}`, answered.refused.includes(login));
  narrator.expect('the box is open again', answered.boxes.open.includes('read-sql'));
  narrator.expect('sign-off still waits', answered.checks['plimsoll/sign-off']?.conclusion === 'action_required');
}

async function showRightful(github: RunningEmulator, narrator: Narrator, page: Page): Promise<void> {
  narrator.chapter('Ticks by those who may');
  const { open } = (await readStanding(github, page)).boxes;
  for (const login of [author, reviewer]) {
    const theirs = open.filter((box) => reviewerBoxes.has(box) === (login === reviewer));
    narrator.say(`${login} ticks ${theirs.join(', ')}`);
    await tick(github, login, page, theirs);
    await awaitStanding(github, page, (next) => theirs.every((box) => next.boxes.ticked.includes(box)));
  }
  const signed = await awaitStanding(
    github,
    page,
    (next) => next.checks['plimsoll/sign-off']?.conclusion === 'success' && !next.headline.startsWith('Waiting'),
  );
  narrator.say(describeStanding(signed));
  narrator.expect('the comment asks for nothing more', !signed.headline.startsWith('Waiting'));
  narrator.expect('sign-off turns green', signed.checks['plimsoll/sign-off']?.conclusion === 'success');
}

function nameOf({ owner, repo, pull_number }: Page): string {
  return `${owner}/${repo}#${pull_number}`;
}

function sayWhere(narrator: Narrator, github: RunningEmulator, { owner, repo, pull_number }: Page): void {
  const base = `${github.url}/repos/${owner}/${repo}`;
  narrator.say(`look at ${base}/pulls/${pull_number} and ${base}/issues/${pull_number}/comments`);
}

async function stay(github: RunningEmulator): Promise<void> {
  process.stdout.write(`\nGitHub stays at ${github.url} until you press Ctrl-C.\n`);
  await interrupted;
}
