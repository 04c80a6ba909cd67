/** From what people did on a page to events of the sign-off. */
import type { Desk } from '../host.ts';
import { boxesIn } from '../render/boxes.ts';
import { parseCommands, usage, type Command } from '../signoff/parse-commands.ts';
import type { Actor, Event, SignOff } from '../signoff/sign-off.ts';
import type { PullState } from '../store/pulls.ts';
import { showsContent } from './content.ts';

/** Who acted, and when. */
export type Act = { actor: Actor; at: string };

/** The events of an edit to our comment: boxes that were there before and after, and are the other way round. */
export function eventsOfEdit(signOff: SignOff, body: { from: string; to: string }, { actor, at }: Act): Event[] {
  const before = boxesIn(body.from);
  const events: Event[] = [];
  for (const [item, isTicked] of boxesIn(body.to)) {
    const wasTicked = before.get(item);
    if (wasTicked === undefined || wasTicked === isTicked) continue;
    const digest = signOff.items.find(({ id }) => id === item)?.digest;
    if (!isTicked) events.push({ kind: 'unticked', item, actor, at });
    else if (digest !== undefined && !showsContent(body.from, item, digest))
      events.push({ kind: 'refused', message: outdated, actor, at });
    else events.push({ kind: 'ticked', item, actor, at, via: 'comment' });
  }
  return events;
}

/** The events of the commands in a comment. `isOutdated`: the content changed after it was written. */
export function eventsOfComment(
  body: string,
  errors: PullState['errors'],
  isOutdated: boolean,
  { actor, at }: Act,
): Event[] {
  return parseCommands(body).flatMap((command) => eventOf(command, errors, isOutdated, { actor, at }));
}

/** True for a comment that asks for another review. */
export function hasRecheck(body: string): boolean {
  return parseCommands(body).some((command) => command.kind === 'recheck');
}

/** True for a comment that asks for nothing but another review. */
export function onlyRechecks(body: string): boolean {
  return parseCommands(body).every((command) => command.kind === 'recheck');
}

const outdated = 'The migrations changed after this page was shown: read them again, then confirm again.';

function eventOf(command: Command, errors: PullState['errors'], isOutdated: boolean, { actor, at }: Act): Event[] {
  switch (command.kind) {
    case 'recheck':
      return [];
    case 'help':
      return [{ kind: 'refused', message: usage, actor, at }];
    case 'mistake':
      return [{ kind: 'refused', message: command.message, actor, at }];
    case 'revoke':
      return [{ kind: 'unticked', item: command.item, actor, at }];
    case 'patched':
      return [{ kind: 'patched', where: command.where, why: command.why, actor, at }];
  }
  if (isOutdated) return [{ kind: 'refused', message: outdated, actor, at }];
  if (command.kind === 'ack') return [{ kind: 'ticked', item: command.item, actor, at, via: 'command' }];
  const { rule, reason } = command;
  const targets = errors.filter((error) => error.rule === rule).map(({ path, digest }) => ({ path, digest }));
  return [{ kind: 'overridden', rule, reason, targets, actor, at }];
}

export type Person = { login: string; isBot: boolean; author: string };

/** Asks GitHub what a person may do; `reviewers` are the logins and teams that the configuration names. */
export async function identify(person: Person, reviewers: readonly string[], desk: Desk): Promise<Actor> {
  const { login } = person;
  const role = person.isBot ? 'none' : await desk.roleOf(login);
  const isAuthor = isSame(login, person.author);
  const hasWrite = role === 'admin' || role === 'maintain' || role === 'write';
  const mayReview = hasWrite && !isAuthor && (await isNamed(login, reviewers, desk));
  return { login, role, isAuthor, mayReview, ...(person.isBot ? { isBot: true } : {}) };
}

async function isNamed(login: string, reviewers: readonly string[], desk: Desk): Promise<boolean> {
  if (reviewers.length === 0 || reviewers.some((name) => isSame(name.replace(/^@/, ''), login))) return true;
  for (const name of reviewers) if (name.includes('/') && (await desk.isMember(name, login))) return true;
  return false;
}

/** GitHub holds logins that differ in case for the same. */
function isSame(one: string, other: string): boolean {
  return one !== '' && one.toLowerCase() === other.toLowerCase();
}
