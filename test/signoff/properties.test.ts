import {
  assert,
  property,
  array,
  boolean,
  constantFrom,
  dictionary,
  oneof,
  record,
  string,
  uniqueArray,
} from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import type { ChecklistItem } from '../../src/report.ts';
import { applyEvent, openSignOff } from '../../src/signoff/apply-event.ts';
import type { Actor, Event, SignOff } from '../../src/signoff/sign-off.ts';
import { missing } from '../../src/signoff/standing.ts';
import { at, item } from './builders.ts';

const roles = ['admin', 'maintain', 'write', 'triage', 'read', 'none'] as const;

/** `ada` wrote the pull request. What the caller says of an actor is not always consistent, and must not have to be. */
const actor: Arbitrary<Actor> = record({
  login: constantFrom('ada', 'grace', 'mallory', 'robot[bot]'),
  role: constantFrom(...roles),
  mayReview: boolean(),
}).map((changes) => ({ ...changes, isAuthor: changes.login === 'ada' }));

const checklistItem: Arbitrary<ChecklistItem> = record({
  id: constantFrom('one', 'two', 'three', 'constructor', '__proto__'),
  who: constantFrom('author' as const, 'reviewer' as const),
  digest: constantFrom('a', 'b'),
  proof: constantFrom('clone-run', 'lint'),
}).map((changes) => item(changes));

const itemName = constantFrom('one', 'two', 'three', 'constructor', '__proto__', '');
const path = constantFrom('db/1.sql', '__proto__');

const event: Arbitrary<Event> = oneof(
  record({
    kind: constantFrom('reviewed' as const),
    items: uniqueArray(checklistItem, { selector: ({ id }) => id }),
    digests: dictionary(path, constantFrom('a', 'b')),
  }),
  record({
    kind: constantFrom('ticked' as const),
    item: itemName,
    actor,
    at: constantFrom(at),
    via: constantFrom('comment' as const, 'command' as const),
  }),
  record({
    kind: constantFrom('proved' as const),
    item: itemName,
    check: constantFrom('clone-run', 'lint', 'ada'),
    url: string(),
    seconds: constantFrom(90),
    at: constantFrom(at),
  }),
  record({ kind: constantFrom('unticked' as const), item: itemName, actor, at: constantFrom(at) }),
  record({
    kind: constantFrom('overridden' as const),
    rule: constantFrom('drop-column', 'rename-column'),
    reason: string(),
    targets: array(record({ path, digest: constantFrom('a', 'b') }), { maxLength: 2 }),
    actor,
    at: constantFrom(at),
  }),
  record({ kind: constantFrom('patched' as const), where: string(), why: string(), actor, at: constantFrom(at) }),
  record({ kind: constantFrom('refused' as const), message: string(), actor, at: constantFrom(at) }),
);

const history = array(event, { maxLength: 40 });

test('whatever the order of events, only the rightful complete an item', () => {
  assert(
    property(history, (events) => {
      let signOff = openSignOff();
      for (const event of events) {
        const next = applyEvent(signOff, event);
        for (const id of completed(signOff, next)) expect(isRightful(itemOf(next, id), event)).toBe(true);
        signOff = next;
      }
    }),
    { numRuns: 500 },
  );
});

test('a complete item was ticked for exactly the content that stands', () => {
  assert(
    property(history, (events) => {
      const signOff = events.reduce(applyEvent, openSignOff());
      for (const tick of signOff.ticks) expect(itemOf(signOff, tick.item)?.digest).toBe(tick.digest);
    }),
  );
});

test('a tick never survives a change of its content, and a review of the same content changes nothing', () => {
  assert(
    property(history, (events) => {
      const signOff = events.reduce(applyEvent, openSignOff());
      const digests = Object.fromEntries(signOff.overrides.map(({ path, digest }) => [path, digest]));
      expect(applyEvent(signOff, { kind: 'reviewed', items: signOff.items, digests }).ticks).toEqual(signOff.ticks);
      const items = signOff.items.map((item) => ({ ...item, digest: 'c' }));
      const changed = applyEvent(signOff, { kind: 'reviewed', items, digests: {} });
      expect(changed.ticks).toEqual([]);
      expect(changed.overrides).toEqual([]);
      expect(applyEvent(changed, { kind: 'reviewed', items, digests: {} })).toEqual(changed);
    }),
  );
});

test('no override without a reviewer and a reason', () => {
  assert(
    property(history, (events) => {
      const signOff = events.reduce(applyEvent, openSignOff());
      for (const override of signOff.overrides) {
        expect(override.login).not.toBe('ada');
        expect(override.login).not.toContain('[bot]');
        expect(override.reason.length).toBeGreaterThanOrEqual(10);
      }
    }),
  );
});

test('an event never throws and never changes what it is given', () => {
  assert(
    property(history, event, (events, last) => {
      const signOff = deepFreeze(events.reduce(applyEvent, openSignOff()));
      applyEvent(signOff, deepFreeze(last));
    }),
  );
});

function completed(before: SignOff, after: SignOff): string[] {
  const open = new Set(missing(before).map(({ id }) => id));
  const openNow = new Set(missing(after).map(({ id }) => id));
  const asked = new Set(before.items.map(({ id }) => id));
  return after.items.map(({ id }) => id).filter((id) => !openNow.has(id) && (open.has(id) || !asked.has(id)));
}

function isRightful(item: ChecklistItem | undefined, event: Event): boolean {
  if (event.kind === 'proved') return item?.who === 'author' && item.proof === event.check && item.id === event.item;
  if (!item || event.kind !== 'ticked' || event.item !== item.id) return false;
  const { actor, via } = event;
  if (actor.login.endsWith('[bot]')) return false;
  const writes = ['admin', 'maintain', 'write'].includes(actor.role);
  if (item.who === 'author') return actor.login === 'ada' && (writes || via === 'command');
  return actor.login !== 'ada' && writes && actor.mayReview;
}

function itemOf(signOff: SignOff, id: string): ChecklistItem | undefined {
  return signOff.items.find((item) => item.id === id);
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
