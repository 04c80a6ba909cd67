/** Compares what should stand on a pull request with what stands, and writes the difference. */
import { createHash } from 'node:crypto';
import type { Check, Desk, LabelDefinition } from '../host.ts';
import { publishComment, type DesiredComment, type KnownComment } from './publish-comment.ts';

/** What should stand. */
export type Desired = {
  head: string;
  labels: LabelDefinition[];
  /** Names of labels that are ours to put on and to take off. */
  ourLabels: readonly string[];
  comment: DesiredComment;
  checks: Check[];
};

/** A check as it was written to a commit. */
export type KnownCheck = { name: string; conclusion: string; title: string; externalId: string };

/** What is known to stand, from earlier writes and from events. */
export type Known = { comment: KnownComment; checks: KnownCheck[]; isNew: boolean };

/** Keeps what was learned or written, at once: a crash between two writes loses nothing. */
export type Memory = { comment: (comment: KnownComment) => void; check: (head: string, check: KnownCheck) => void };

/** `waiting`: someone has edited the comment and the event that says who has not come in yet; publish again shortly. */
export type Outcome = 'published' | 'waiting';

/** Makes the pull request look as desired with as few requests as possible; none where nothing differs. */
export async function publish(desk: Desk, desired: Desired, known: Known, memory: Memory): Promise<Outcome> {
  const labels = await desk.labels();
  const wasHere = labels.some((name) => desired.ourLabels.includes(name));
  await publishLabels(desk, desired, labels);
  const comment = { ...known.comment, mayStand: known.comment.mayStand || (known.isNew && wasHere) };
  const outcome = await publishComment(desk, desired.comment, comment, memory.comment);
  await publishChecks(desk, desired, { checks: known.checks, mayStand: known.isNew && wasHere }, memory);
  return outcome;
}

async function publishLabels(desk: Desk, desired: Desired, standing: string[]): Promise<void> {
  for (const label of desired.labels) if (!hasName(standing, label.name)) await desk.addLabel(label);
  const wanted = desired.labels.map((label) => label.name);
  for (const name of standing)
    if (hasName(desired.ourLabels, name) && !hasName(wanted, name)) await desk.removeLabel(name);
}

/** GitHub holds names of labels that differ in case for the same. */
function hasName(names: readonly string[], name: string): boolean {
  return names.some((other) => other.toLowerCase() === name.toLowerCase());
}

async function publishChecks(
  desk: Desk,
  desired: Desired,
  known: { checks: KnownCheck[]; mayStand: boolean },
  memory: Memory,
): Promise<void> {
  const { head } = desired;
  const wanted = desired.checks.map((check) => ({ check, externalId: externalIdOf(check) }));
  const differing = wanted.filter(({ check, externalId }) => !known.checks.some((held) => isSame(held, check, externalId)));
  if (differing.length === 0) return;
  const standing = known.checks.length > 0 || known.mayStand ? await desk.checks(head) : [];
  for (const { check, externalId } of differing) {
    const there = standing.find((other) => other.name === check.name);
    const wasForgotten = known.checks.some((held) => held.name === check.name && held.externalId === '');
    if (wasForgotten || !there || !isSame(there, check, externalId))
      await desk.writeCheck(head, check, externalId, there?.id);
    memory.check(head, { name: check.name, conclusion: check.conclusion, title: check.title, externalId });
  }
}

/** Fingerprint of everything a check says. */
function externalIdOf(check: Check): string {
  return createHash('sha256').update(JSON.stringify(check)).digest('hex');
}

function isSame(
  standing: { name: string; conclusion: string | null; title: string | null; externalId: string | null },
  check: Check,
  externalId: string,
): boolean {
  return (
    standing.name === check.name &&
    standing.conclusion === check.conclusion &&
    standing.title === check.title &&
    standing.externalId === externalId
  );
}
