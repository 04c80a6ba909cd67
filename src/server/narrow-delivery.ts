/** From a webhook to the few fields that are kept of it; nothing of those that nobody acts on. */
import { configurationPath } from '../collect/collect.ts';
import { findPullOfGroup } from '../github/merge-group.ts';
import { commentMarker } from '../host.ts';
import { parseCommands } from '../signoff/parse-commands.ts';
import type { Delivery } from '../store/jobs.ts';
import { keyOf } from '../store/place.ts';
import type { Signed } from './receiver.ts';

/** The delivery as it is kept, or undefined where there is nothing to do for it. */
export function narrowDelivery({ id, event, payload }: Signed): Delivery | undefined {
  const interest = interests[event];
  const action = textAt(payload, 'action');
  if (!interest || !(interest.actions?.includes(action) ?? true)) return undefined;
  if (numberAt(payload, 'installation', 'id') === 0 || interest.isIdle?.(payload)) return undefined;
  return { id, key: keyFor(payload), event, payload: project(payload, { ...common, ...interest.keep }) };
}

/** `true` keeps a value, an object keeps what it names, a list does so for each entry. */
type Shape = true | { [name: string]: Shape } | [Shape] | ((value: unknown) => unknown);

type Interest = {
  actions?: string[];
  keep: Record<string, Shape>;
  /** True where such an event asks for nothing. */
  isIdle?: (payload: unknown) => boolean;
};

const common: Record<string, Shape> = {
  action: true,
  installation: { id: true },
  repository: { name: true, full_name: true, owner: { login: true } },
  sender: { login: true, type: true },
};

const suite: Shape = { head_sha: true, head_branch: true, app: { id: true }, pull_requests: [{ number: true }] };

const interests: Record<string, Interest> = {
  pull_request: {
    actions: ['opened', 'synchronize', 'reopened', 'ready_for_review', 'edited', 'closed', 'labeled', 'unlabeled'],
    keep: {
      number: true,
      pull_request: { number: true, head: { sha: true } },
      changes: { base: {}, body: {} },
      label: { name: true },
    },
    isIdle: isIdlePullRequest,
  },
  issue_comment: {
    actions: ['created', 'edited', 'deleted'],
    keep: {
      issue: { number: true, state: true, user: { login: true }, pull_request: {} },
      comment: { id: true, body: true, performed_via_github_app: { id: true } },
      changes: { body: { from: true } },
    },
    isIdle: isIdleComment,
  },
  check_run: {
    actions: ['rerequested', 'completed'],
    keep: {
      check_run: {
        name: true,
        head_sha: true,
        app: { id: true },
        pull_requests: [{ number: true }],
        check_suite: suite,
      },
    },
    isIdle: isIdleCheck,
  },
  check_suite: { actions: ['rerequested'], keep: { check_suite: suite } },
  merge_group: {
    actions: ['checks_requested'],
    keep: { merge_group: { head_sha: true, head_ref: true, base_sha: true } },
  },
  push: {
    keep: {
      ref: true,
      deleted: true,
      commits: [{ added: onlyConfiguration, modified: onlyConfiguration, removed: onlyConfiguration }],
    },
    isIdle: isIdlePush,
  },
  installation: {
    actions: ['created', 'deleted', 'unsuspend', 'new_permissions_accepted'],
    keep: { repositories: [{ full_name: true }] },
  },
  installation_repositories: {
    actions: ['added', 'removed'],
    keep: { repositories_added: [{ full_name: true }], repositories_removed: [{ full_name: true }] },
  },
};

/** Of an edit the base and the description matter; of labels only what somebody else did with them. */
function isIdlePullRequest(payload: unknown): boolean {
  const action = textAt(payload, 'action');
  if (action === 'edited') return !has(payload, 'changes', 'base') && !has(payload, 'changes', 'body');
  return (action === 'labeled' || action === 'unlabeled') && textAt(payload, 'sender', 'type') === 'Bot';
}

/** Of checks of others only a success can answer a box. */
function isIdleCheck(payload: unknown): boolean {
  if (textAt(payload, 'action') !== 'completed') return false;
  if (textAt(payload, 'check_run', 'name').startsWith('plimsoll/')) return true;
  return textAt(payload, 'check_run', 'conclusion') !== 'success';
}

/** New comments matter for their commands, changed ones when they may be ours and somebody else changed them. */
function isIdleComment(payload: unknown): boolean {
  if (!has(payload, 'issue', 'pull_request') || textAt(payload, 'issue', 'state') !== 'open') return true;
  const body = textAt(payload, 'comment', 'body');
  if (textAt(payload, 'action') === 'created')
    return textAt(payload, 'sender', 'type') === 'Bot' || parseCommands(body).length === 0;
  const before = textAt(payload, 'changes', 'body', 'from') || body;
  const isOwn = textAt(payload, 'sender', 'login') === textAt(payload, 'comment', 'user', 'login');
  return isOwn || before.split('\n', 1)[0]?.trimEnd() !== commentMarker;
}

/** Branches matter that pull requests may go to: not tags, nor those that GitHub makes for merge groups. */
function isIdlePush(payload: unknown): boolean {
  const ref = textAt(payload, 'ref');
  const isBranch = ref.startsWith('refs/heads/') && !ref.startsWith('refs/heads/gh-readonly-queue/');
  return !isBranch || at(payload, 'deleted') === true;
}

/** Of the paths of a push only the configuration's own matters. */
function onlyConfiguration(paths: unknown): string[] {
  return Array.isArray(paths) && paths.includes(configurationPath) ? [configurationPath] : [];
}

/** What is done for one pull request, repository or installation is done one at a time. */
function keyFor(payload: unknown): string {
  const installation = numberAt(payload, 'installation', 'id');
  const owner = textAt(payload, 'repository', 'owner', 'login');
  const repo = textAt(payload, 'repository', 'name');
  const pull =
    numberAt(payload, 'pull_request', 'number') || numberAt(payload, 'issue', 'number') || pullOfGroup(payload);
  if (repo === '') return String(installation);
  if (pull === 0) return `${installation}/${owner}/${repo}`.toLowerCase();
  return keyOf({ installation, owner, repo, pull });
}

/** A merge group is judged together with its pull request. */
function pullOfGroup(payload: unknown): number {
  const ref =
    textAt(payload, 'merge_group', 'head_ref') ||
    textAt(payload, 'check_suite', 'head_branch') ||
    textAt(payload, 'check_run', 'check_suite', 'head_branch');
  return findPullOfGroup(ref) ?? 0;
}

function project(value: unknown, shape: Shape): unknown {
  if (shape === true) return typeof value === 'object' ? null : value;
  if (typeof shape === 'function') return shape(value);
  if (Array.isArray(shape)) return Array.isArray(value) ? value.map((entry) => project(entry, shape[0])) : [];
  if (!isObject(value)) return null;
  const kept = Object.entries(shape).filter(([name]) => Object.hasOwn(value, name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, project(value[name], inner)]));
}

function at(value: unknown, ...path: string[]): unknown {
  let inner = value;
  for (const name of path) inner = isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined;
  return inner;
}

function has(value: unknown, ...path: string[]): boolean {
  return isObject(at(value, ...path));
}

function textAt(value: unknown, ...path: string[]): string {
  const inner = at(value, ...path);
  return typeof inner === 'string' ? inner : '';
}

function numberAt(value: unknown, ...path: string[]): number {
  const inner = at(value, ...path);
  return typeof inner === 'number' ? inner : 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
