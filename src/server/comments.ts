/** Comments: what people ask for in theirs, and what they do to ours. */
import type { Context, Probot } from 'probot';
import { hashOf } from '../publish/publish-comment.ts';
import type { Event } from '../signoff/sign-off.ts';
import type { Store } from '../store/open-store.ts';
import { keyOf, type Place } from '../store/place.ts';
import { eventsOfComment, eventsOfEdit, hasRecheck, identify, onlyRechecks, type Act } from './acts.ts';
import { ask, placeOf, type Handling } from './handling.ts';

/** Registers the handlers of comments. */
export function registerComments(app: Probot, handling: Handling): void {
  app.on('issue_comment.created', (context) => followCommands(context, handling));
  app.on('issue_comment.edited', (context) => followEdit(context, handling));
  app.on('issue_comment.deleted', ({ payload }) => {
    const place = placeOf(payload, payload.issue.number);
    if (!isOurs(payload.comment, place, handling)) return;
    // Another of ours may stand, where a crash has left two: it is looked for.
    handling.store.pulls.saveComment(place, { mayStand: true });
    ask(place, handling.store);
  });
}

async function followCommands({ id, payload }: Context<'issue_comment.created'>, handling: Handling): Promise<void> {
  const { store } = handling;
  const place = placeOf(payload, payload.issue.number);
  const { body } = payload.comment;
  if (hasRecheck(body)) doubtStanding(place, store);
  if (!onlyRechecks(body)) {
    const isOutdated = (store.jobs.receivedAt(id) ?? 0) < store.signOffs.contentAt(keyOf(place));
    const errors = store.pulls.find(place)?.state.errors ?? [];
    await record(id, place, payload, handling, (act) => eventsOfComment(body, errors, isOutdated, act));
  }
  ask(place, store);
}

async function followEdit({ id, payload }: Context<'issue_comment.edited'>, handling: Handling): Promise<void> {
  const { store } = handling;
  const place = placeOf(payload, payload.issue.number);
  if (!isOurs(payload.comment, place, handling)) return;
  const body = { from: payload.changes.body?.from ?? '', to: payload.comment.body };
  const signOff = store.signOffs.find(keyOf(place));
  await record(id, place, payload, handling, (act) => eventsOfEdit(signOff, body, act));
  noteEdit(place, payload.comment.id, body, store);
  ask(place, store);
}

/** Whatever events were lost: the comment and the checks are compared with GitHub itself. */
function doubtStanding(place: Place, store: Store): void {
  const known = store.pulls.find(place);
  if (known?.head === undefined) return;
  const { id } = known.state.comment;
  store.pulls.saveComment(place, { mayStand: true, ...(id === undefined ? {} : { id }) });
  store.pulls.doubtChecks(place, known.head);
}

type Commented = {
  issue: { user: { login: string } | null };
  sender: { login: string; type: string };
};

/** Asks who acted and applies what they did, once per delivery. */
async function record(
  delivery: string,
  place: Place,
  { issue, sender }: Commented,
  { store, site }: Handling,
  eventsFor: (act: Act) => Event[],
): Promise<void> {
  const known = store.pulls.find(place);
  const { desk } = await site.open(place);
  const person = { login: sender.login, isBot: sender.type === 'Bot', author: issue.user?.login ?? '' };
  const actor = await identify(person, known?.state.reviewers ?? [], desk);
  const receivedAt = store.jobs.receivedAt(delivery) ?? Date.now();
  const events = eventsFor({ actor, at: new Date(receivedAt).toISOString() });
  const head = known?.head;
  store.signOffs.apply(keyOf(place), events, { delivery, ...(head === undefined ? {} : { head }) });
}

/** An edit of another text than the one that we know of comes after one whose event is still on its way: that one is awaited. */
function noteEdit(place: Place, id: number, body: { from: string; to: string }, store: Store): void {
  const known = store.pulls.find(place)?.state.comment ?? { mayStand: true };
  const isNext = known.hash === hashOf(body.from);
  store.pulls.saveComment(place, { ...known, mayStand: true, id, ...(isNext ? { hash: hashOf(body.to) } : {}) });
}

/** By the App that wrote it, or by its id where GitHub leaves the App out. */
function isOurs(
  comment: { id: number; performed_via_github_app?: { id: number } | null },
  place: Place,
  { appId, store }: Handling,
): boolean {
  return comment.performed_via_github_app?.id === appId || store.pulls.find(place)?.state.comment.id === comment.id;
}
