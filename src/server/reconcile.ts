/** Makes one pull request right: reads its state, reviews it, and publishes the difference. Twice changes nothing more. */
import { collect } from '../collect/collect.ts';
import type { Desk, Host, LabelDefinition, ListedFile } from '../host.ts';
import type { Change } from '../operations/change.ts';
import { publish, type Desired, type Memory } from '../publish/publish.ts';
import { boxesIn } from '../render/boxes.ts';
import { reviewCheck, signOffCheck } from '../render/checks.ts';
import { renderComment } from '../render/comment.ts';
import type { Report } from '../report.ts';
import { review, type Read, type ReadDeployment, type ReadModels } from '../review/review.ts';
import type { Rule } from '../rule.ts';
import type { Event, SignOff } from '../signoff/sign-off.ts';
import { digestOf, missing } from '../signoff/standing.ts';
import type { Store } from '../store/open-store.ts';
import { keyOf, type Place } from '../store/place.ts';
import type { PullState } from '../store/pulls.ts';
import { askBeside, outlinesOf } from './beside.ts';
import { withContent } from './content.ts';
import { suggestionsOf } from './suggestions.ts';
import { withOthers } from './with-others.ts';
import type { Site } from './site.ts';

export type Reviewing = {
  store: Store;
  site: Site;
  rules: readonly Rule[];
  read: Read;
  readDeployment?: ReadDeployment;
  readModels?: ReadModels;
  /** Address of GitHub's pages, such as `https://github.com`. */
  pageUrl: string;
};

/** Milliseconds after which a comment that somebody was just editing is looked at again. */
const editPause = 15_000;

/** Reviews and publishes one pull request. */
export async function reconcile(place: Place, reviewing: Reviewing): Promise<void> {
  const { store, site } = reviewing;
  const { host, desk } = await site.open(place);
  const listing = remembered(host);
  const collected = await collect(listing.host, { ruleIds: reviewing.rules.map((rule) => rule.id) });
  const subject = await host.subject();
  const beside = () => (subject.baseBranch === undefined ? [] : store.pulls.listBeside(place, subject.baseBranch));
  const change = { ...collected, others: beside() };
  const key = keyOf(place);
  const patched = store.signOffs.find(key).patches.length > 0;
  const { read, readDeployment, readModels } = reviewing;
  const report = await review(change, reviewing.rules, {
    read,
    patched,
    today: new Date().toISOString().slice(0, 10),
    ...(readDeployment && { readDeployment }),
    ...(readModels && { readModels }),
  });
  const digests = digestsOf(report);
  const reviewed = { kind: 'reviewed' as const, items: report.checklist, digests };
  const asked = store.signOffs.apply(key, [reviewed], { head: subject.head });
  const signOff = store.signOffs.apply(key, await proofsOf(asked, subject.head, desk), { head: subject.head });

  const checks = [reviewCheck(report, signOff), signOffCheck(report, signOff)];
  const known = store.pulls.find(place);
  const files = await listing.files();
  const state: PullState = {
    ...stateOf(change, report, files),
    verdicts: checks.map(({ name, conclusion, title }) => ({ name, conclusion, title })),
    comment: known?.state.comment ?? { mayStand: false },
    suggestions: known?.state.suggestions ?? { mayStand: false, standing: [] },
    title: subject.title,
    ...(subject.baseBranch === undefined ? {} : { base: subject.baseBranch }),
    migrations: outlinesOf(report),
  };
  store.pulls.save(place, subject.head, state);
  askBeside(place, known?.open ? known.state : undefined, state, store);
  // Another one was reviewed meanwhile, and neither has seen the other.
  if (JSON.stringify(beside()) !== JSON.stringify(change.others)) store.jobs.ask(key, place);
  const view = { ...place, baseUrl: reviewing.pageUrl, head: subject.head, author: subject.author };
  const others = store.pulls.otherVerdicts(place, subject.head);
  const desired: Desired = {
    head: subject.head,
    labels: labelsOf(change, report),
    ourLabels: [...new Set([...state.labels, ...(known?.state.labels ?? [])])],
    comment: {
      body: withContent(renderComment(report, signOff, view), signOff),
      isWorthNew: isWorthComment(report),
      agrees: (body) => agrees(body, signOff),
    },
    checks: checks.map((check) => withOthers(check, others)),
    suggestions: change.configuration.suggestions ? suggestionsOf(report, files) : [],
  };
  const { comment, suggestions } = state;
  const standing = { comment, suggestions, checks: store.pulls.checks(place, subject.head), isNew: !known };
  const outcome = await publish(desk, desired, standing, memoryOf(place, store));
  if (outcome === 'waiting') store.jobs.ask(key, place, { delay: editPause });
}

/** The host with its listing kept: which blobs were reviewed is known from it. */
function remembered(host: Host): { host: Host; files: () => Promise<ListedFile[]> } {
  let listing: ReturnType<Host['files']> | undefined;
  const files = () => (listing ??= host.files());
  return { host: { ...host, files }, files: async () => (await files()).files };
}

function stateOf(
  change: Change,
  report: Report,
  files: ListedFile[],
): Omit<PullState, 'verdicts' | 'comment' | 'suggestions' | 'title' | 'base' | 'migrations'> {
  const texts = new Map(change.files.map((file) => [file.path, file]));
  const read = files.filter(({ path }) => isRead(texts.get(path)));
  const { migration, monkeyPatched } = change.configuration.labels;
  return {
    reviewers: change.configuration.reviewers,
    errors: report.findings.flatMap((finding) => {
      const { rule, path, severity } = finding;
      const digest = digestOf(finding, report);
      return severity === 'error' && digest !== undefined ? [{ rule, path, digest }] : [];
    }),
    labels: [migration, monkeyPatched],
    blobs: Object.fromEntries(read.map(({ path, blob }) => [path, blob ?? null])),
  };
}

/** A file whose text was asked for: a migration, or what tells how one is run. */
function isRead(file: Change['files'][number] | undefined): boolean {
  return file?.before !== undefined || file?.after !== undefined || file?.unread !== undefined;
}

/** What checks say of boxes that wait for them; nothing is asked where none does. */
async function proofsOf(signOff: SignOff, head: string, desk: Desk): Promise<Event[]> {
  const waiting = missing(signOff).filter(({ proof }) => proof !== undefined);
  if (waiting.length === 0) return [];
  const proofs = await desk.proofs(head, [...new Set(waiting.map(({ proof = '' }) => proof))]);
  return waiting.flatMap(({ id: item, proof }) =>
    proofs
      .filter(({ name }) => name === proof)
      .map(({ name: check, url, at, seconds }): Event => ({ kind: 'proved', item, check, url, seconds, at })),
  );
}

/** The content by path that ticks and overrides are bound to. */
function digestsOf({ migrations, findings }: Report): Record<string, string> {
  return Object.fromEntries(
    [...findings, ...migrations].flatMap(({ path, digest }) => (digest === undefined ? [] : [[path, digest]])),
  );
}

function labelsOf(change: Change, report: Report): LabelDefinition[] {
  const { migration, monkeyPatched } = change.configuration.labels;
  const definitions = [
    { name: migration, color: '1d76db', description: 'Changes the database: Plimsoll reviews it' },
    { name: monkeyPatched, color: 'd93f0b', description: 'Was put into production by hand before' },
  ];
  return definitions.filter(({ name }) => report.labels.includes(name));
}

/** Silence where there is nothing to say; a comment that stands is then edited to say so. */
function isWorthComment(report: Report): boolean {
  const { migrations, problems, findings, suppressed, opaque } = report;
  return [migrations, problems, findings, suppressed, opaque].some((part) => part.length > 0);
}

/** Boxes that the body does not show, as while errors stand, agree with anything. */
function agrees(body: string, signOff: SignOff): boolean {
  const open = new Set(missing(signOff).map((item) => item.id));
  const asked = new Set(signOff.items.map((item) => item.id));
  return [...boxesIn(body)].every(([item, isTicked]) => !asked.has(item) || isTicked !== open.has(item));
}

function memoryOf(place: Place, store: Store): Memory {
  return {
    comment: (comment) => store.pulls.saveComment(place, comment),
    check: (head, check) => store.pulls.saveCheck(place, head, check),
    suggestions: (suggestions) => store.pulls.saveSuggestions(place, suggestions),
  };
}
