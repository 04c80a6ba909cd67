/** The keys that are about people and what they see: labels, sign-off. */
import { provableBoxes, type Configuration } from '../operations/configuration.ts';
import { code } from '../rule.ts';
import { allowed, described, entriesOf, itemsOf, readMapping, textOf } from './yaml-node.ts';
import type { Places } from './yaml-node.ts';

/** GitHub takes no longer names for labels. */
const labelLimit = 50;

/** Names of the labels into `labels`; the two have to differ. */
export function readLabels(node: unknown, places: Places, labels: Configuration['labels']): void {
  const read = { ...labels };
  readMapping(node, '`labels`', places, {
    migration: (value) => {
      read.migration = readLabel(value, places) ?? labels.migration;
    },
    'monkey-patched': (value) => {
      read.monkeyPatched = readLabel(value, places) ?? labels.monkeyPatched;
    },
  });
  if (read.migration.toLowerCase() === read.monkeyPatched.toLowerCase())
    places.problem(node, 'The two labels have the same name. Neither counts.');
  else Object.assign(labels, read);
}

/** Logins and teams who may tick a reviewer's box, without a leading `@`, and the checks that answer boxes of the author's. */
export function readSignOff(node: unknown, places: Places): Pick<Configuration, 'reviewers' | 'proofs'> {
  const reviewers: string[] = [];
  const proofs: Configuration['proofs'] = {};
  readMapping(node, '`sign-off`', places, {
    reviewers: (value) => {
      for (const item of itemsOf(value, '`reviewers`', '- acme/database', places)) {
        const reviewer = (textOf(item) ?? '').replace(/^@/, '');
        if (isLoginOrTeam(reviewer)) reviewers.push(reviewer);
        else
          places.problem(
            item,
            `A reviewer is a login or a team such as \`acme/database\`. Here stands ${described(item)}.`,
          );
      }
    },
    proofs: (value) => {
      for (const entry of entriesOf(value, '`proofs`', places)) {
        const box = provableBoxes.find((each) => each === entry.key);
        const check = checkNamed(entry.value);
        if (!box)
          places.problem(
            entry.keyNode,
            `${code(entry.key)} is no box that a check can answer. ${allowed(entry.key, provableBoxes)}`,
          );
        else if (check === undefined)
          places.problem(
            entry.value,
            `A proof is the name of a check, such as \`clone-run\`. Here stands ${described(entry.value)}.`,
          );
        else proofs[box] = check;
      }
    },
  });
  return { reviewers, proofs };
}

/** As GitHub shows it; ours do not answer for themselves. */
function checkNamed(node: unknown): string | undefined {
  const name = textOf(node)?.trim() ?? '';
  return name !== '' && name.length <= 100 && !/[\p{Cc}\p{Cf}]|^plimsoll\//u.test(name) ? name : undefined;
}

function readLabel(node: unknown, places: Places): string | undefined {
  const label = textOf(node)?.trim() ?? '';
  if (label !== '' && label.length <= labelLimit && !/[\p{Cc}\p{Cf}]/u.test(label)) return label;
  places.problem(node, `A label is a name of at most ${labelLimit} characters. Here stands ${described(node)}.`);
  return undefined;
}

function isLoginOrTeam(text: string): boolean {
  return text.length <= 140 && /^[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9._-]*)?$/i.test(text);
}
