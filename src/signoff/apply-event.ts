/** The sign-off's one transition: who may do what, and what a new review clears. */
import type { ChecklistItem } from '../report.ts';
import type { Actor, Event, Refusal, SignOff, Tick } from './sign-off.ts';

type EventOf<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>;

/** Refusals that are kept, so that nobody can fill the comment with them. */
const refusalLimit = 5;

/** Characters that a reason for an override has at least. */
export const shortestReason = 10;

/** A sign-off that nobody has touched. */
export function openSignOff(): SignOff {
  return { items: [], ticks: [], overrides: [], patches: [], refusals: [] };
}

/** The sign-off after an event. Never throws and never changes what it is given; an act that is not allowed leaves a refusal. */
export function applyEvent(signOff: SignOff, event: Event): SignOff {
  switch (event.kind) {
    case 'reviewed':
      return reviewed(signOff, event);
    case 'refused':
      return refuse(signOff, event, event.message);
    case 'ticked':
      return ticked(signOff, event);
    case 'proved':
      return proved(signOff, event);
    case 'unticked':
      return unticked(signOff, event);
    case 'overridden':
      return overridden(signOff, event);
  }
  return patched(signOff, event);
}

function reviewed(signOff: SignOff, { items, digests }: EventOf<'reviewed'>): SignOff {
  return {
    ...signOff,
    items,
    ticks: signOff.ticks.filter((tick) => isStillAsked(tick, signOff.items, items)),
    overrides: signOff.overrides.filter((override) => digestOf(digests, override.path) === override.digest),
  };
}

/** The same question to the same person about the same content. */
function isStillAsked(tick: Tick, before: ChecklistItem[], now: ChecklistItem[]): boolean {
  const item = itemOf(now, tick.item);
  return item?.digest === tick.digest && item.who === itemOf(before, tick.item)?.who;
}

function digestOf(digests: Record<string, string>, path: string): string | undefined {
  return Object.hasOwn(digests, path) ? digests[path] : undefined;
}

function ticked(signOff: SignOff, event: EventOf<'ticked'>): SignOff {
  const { actor, at, via } = event;
  const item = itemOf(signOff.items, event.item);
  if (!item) return refuse(signOff, event, unknownItem(event.item, signOff.items));
  const refusal = whyNotTick(item, actor, via);
  if (refusal) return refuse(signOff, event, refusal);
  if (signOff.ticks.some((tick) => tick.item === item.id)) return accept(signOff, actor);
  const tick: Tick = { item: item.id, login: actor.login, role: actor.role, at, digest: item.digest, via };
  return { ...accept(signOff, actor), ticks: [...signOff.ticks, tick] };
}

/** A check answers for the author alone, and only where the item names it. */
function proved(signOff: SignOff, { item: id, check, url, seconds, at }: EventOf<'proved'>): SignOff {
  const item = itemOf(signOff.items, id);
  if (item?.who !== 'author' || item.proof !== check) return signOff;
  const isDeclined = signOff.declined?.some((each) => each.item === id && each.digest === item.digest) ?? false;
  if (isDeclined || signOff.ticks.some((tick) => tick.item === id)) return signOff;
  const tick: Tick = {
    item: id,
    login: check,
    role: 'none',
    at,
    digest: item.digest,
    via: 'check',
    proof: { url, seconds },
  };
  return { ...signOff, ticks: [...signOff.ticks, tick] };
}

function whyNotTick(item: ChecklistItem, actor: Actor, via: EventOf<'ticked'>['via']): string | undefined {
  if (item.who === 'reviewer' || isBot(actor)) return whyNotReview(actor, `\`${item.id}\``);
  if (!actor.isAuthor) return `\`${item.id}\` is for the author of the pull request to confirm, so it stays open.`;
  if (via === 'comment' && !hasWrite(actor))
    return `Ticking a box here needs write permission: comment \`/plimsoll ack ${item.id}\` instead.`;
  return undefined;
}

function whyNotReview(actor: Actor, what: string): string | undefined {
  if (isBot(actor)) return `${actor.login} is a bot, and a bot signs for nobody: ${what} needs a person.`;
  if (actor.isAuthor) return `${what} needs someone other than the author of the pull request.`;
  if (!hasWrite(actor)) return `${what} needs someone with write permission in this repository.`;
  if (!actor.mayReview) return `${what} needs one of the reviewers named in \`.github/plimsoll.yml\`.`;
  return undefined;
}

/** Taking back is the careful side: whoever ticked may, and anyone with write permission. */
function unticked(signOff: SignOff, event: EventOf<'unticked'>): SignOff {
  const { actor } = event;
  const item = itemOf(signOff.items, event.item);
  if (!item) return refuse(signOff, event, unknownItem(event.item, signOff.items));
  const tick = signOff.ticks.find((tick) => tick.item === item.id);
  if (!tick) return signOff;
  if (isBot(actor) || (tick.login !== actor.login && !hasWrite(actor)))
    return refuse(
      signOff,
      event,
      `Only ${tick.login}, or someone with write permission, can take \`${item.id}\` back.`,
    );
  const taken = { ...accept(signOff, actor), ticks: signOff.ticks.filter((tick) => tick.item !== item.id) };
  if (tick.via !== 'check') return taken;
  return { ...taken, declined: [...(signOff.declined ?? []), { item: item.id, digest: tick.digest }].slice(-20) };
}

function overridden(signOff: SignOff, event: EventOf<'overridden'>): SignOff {
  const { rule, targets, actor, at } = event;
  const reason = event.reason.trim();
  const refusal = whyNotReview(actor, `Overriding \`${rule}\``);
  if (refusal) return refuse(signOff, event, refusal);
  if (reason.length < shortestReason)
    return refuse(
      signOff,
      event,
      `An override needs a reason of at least ${shortestReason} characters: \`/plimsoll override ${rule} <reason>\`.`,
    );
  if (targets.length === 0)
    return refuse(signOff, event, `No error of \`${rule}\` stands here, so nothing is overridden.`);
  const added = targets
    .filter((target) => !signOff.overrides.some((held) => isFor(held, rule, target)))
    .map((target) => ({ rule, path: target.path, digest: target.digest, login: actor.login, reason, at }));
  return { ...accept(signOff, actor), overrides: [...signOff.overrides, ...added] };
}

function isFor(
  override: SignOff['overrides'][number],
  rule: string,
  target: { path: string; digest: string },
): boolean {
  return override.rule === rule && override.path === target.path && override.digest === target.digest;
}

function patched(signOff: SignOff, event: EventOf<'patched'>): SignOff {
  const { actor, at } = event;
  const where = event.where.trim();
  const why = event.why.trim();
  if (isBot(actor) || !(actor.isAuthor || hasWrite(actor)))
    return refuse(
      signOff,
      event,
      'Only the author, or someone with write permission, can state a patch in production.',
    );
  if (where === '' || why === '')
    return refuse(signOff, event, 'Say where the patch is and why: `/plimsoll patched <where> <why>`.');
  const isKnown = signOff.patches.some((patch) => patch.where === where && patch.why === why);
  const patches = isKnown ? signOff.patches : [...signOff.patches, { where, why, login: actor.login, at }];
  return { ...accept(signOff, actor), patches };
}

function refuse(signOff: SignOff, by: { actor: Actor; at: string }, message: string): SignOff {
  const refusal: Refusal = { login: by.actor.login, at: by.at, message };
  const others = signOff.refusals.filter((held) => held.login !== refusal.login);
  return { ...signOff, refusals: [...others, refusal].slice(-refusalLimit) };
}

function accept(signOff: SignOff, actor: Actor): SignOff {
  return { ...signOff, refusals: signOff.refusals.filter((refusal) => refusal.login !== actor.login) };
}

function unknownItem(item: string, items: ChecklistItem[]): string {
  if (items.length === 0) return `Nothing is waiting to be confirmed here, so \`${item}\` has no effect.`;
  const known = items.map(({ id }) => `\`${id}\``).join(', ');
  return `\`${item}\` is not asked here; what is asked: ${known}.`;
}

function itemOf(items: ChecklistItem[], id: string): ChecklistItem | undefined {
  return items.find((item) => item.id === id);
}

function hasWrite(actor: Actor): boolean {
  return actor.role === 'admin' || actor.role === 'maintain' || actor.role === 'write';
}

/** GitHub ends the login of every App with `[bot]`, which no person's login can hold. */
function isBot(actor: Actor): boolean {
  return actor.isBot === true || actor.login.endsWith('[bot]');
}
