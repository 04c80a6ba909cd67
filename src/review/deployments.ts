/** The files of a change that say how migrations are run, as they were and as they will be. */
import { settingFor } from '../configuration/setting.ts';
import type { DeploymentSource } from '../deployment/read-deployment.ts';
import { readAddresses } from '../deployment/addresses.ts';
import { readRolePasswords } from '../deployment/role-passwords.ts';
import { wants } from '../frontends/index.ts';
import { createLocator } from '../frontends/sql/text.ts';
import { isCallable } from '../deployment/called/names-beside.ts';
import type { CallableText } from '../deployment/called/called.ts';
import { choosesHeads, mayCheckDrift } from '../deployment/mentions.ts';
import { deploymentKindOf, isScaler, isWorkflowPath } from '../deployment/paths.ts';
import { holdsModels } from '../models/paths.ts';
import { withScales } from './scales.ts';
import type { Change } from '../operations/change.ts';
import { factsOf, type Deployment } from '../operations/deployment.ts';
import type { Finding, Opaque } from '../report.ts';
import type { Rule } from '../rule.ts';
import { digestOf } from './digest.ts';
import { findingsOfChange, type Said } from './walk.ts';

/** `standing`: files that the change leaves alone and that may compare models with migrations, or say how far Alembic goes. */
export type Deployments = { before: Deployment[]; now: Deployment[]; standing: Deployment[] };

type ReadDeployment = (source: DeploymentSource) => Promise<Deployment>;

/** Reads them; those that the configuration ignores are left out. */
export async function collectDeployments(change: Change, read: ReadDeployment): Promise<Deployments> {
  const commands = change.configuration.migrationCommands;
  const files = change.files.filter(
    ({ path }) => deploymentKindOf(path) !== undefined && !settingFor(change.configuration, path).ignore,
  );
  const readAll = (texts: (string | undefined)[], beside: CallableText[]) =>
    Promise.all(
      files.flatMap(({ path }, index) => {
        const text = texts[index];
        return text === undefined ? [] : [read({ path, text, commands, beside })];
      }),
    );
  const changed = new Set(change.files.map(({ path }) => path));
  const scaling = Object.entries(change.projectTexts).filter(([path]) => isScaler(path) && !changed.has(path));
  const standing = await Promise.all(scaling.map(([path, text]) => read({ path, text, commands })));
  const scales = factsOf(standing, 'scales');
  const left = Object.entries(change.projectTexts).filter(
    ([path, text]) => !changed.has(path) && !settingFor(change.configuration, path).ignore && mayTell(path, text),
  );
  const before = await readAll(
    files.map((file) => file.before),
    callableTexts(change, 'before'),
  );
  const now = await readAll(
    files.map((file) => file.after),
    callableTexts(change, 'after'),
  );
  const [addressesBefore, addresses] = [addressesIn(change, 'before'), addressesIn(change, 'after')];
  return {
    before: [...withScales(before, scales), ...addressesBefore],
    now: [...withScales(now, scales), ...addresses],
    standing: await Promise.all(left.map(([path, text]) => read({ path, text, commands }))),
  };
}

/** True for a file that is read although the change leaves it alone. */
function mayTell(path: string, text: string): boolean {
  return (isWorkflowPath(path) && mayCheckDrift(text)) || (deploymentKindOf(path) !== undefined && choosesHeads(text));
}

/** Migrations that hold a password: what they do is read elsewhere. */
function addressesIn({ files, configuration }: Change, side: 'before' | 'after'): Deployment[] {
  return files.flatMap((file) => {
    const text = file[side];
    if (text === undefined || !/:\/\/|\bPASSWORD\b|\bIDENTIFIED\b/i.test(text) || !wants(file.path)) return [];
    if (deploymentKindOf(file.path) !== undefined || settingFor(configuration, file.path).ignore) return [];
    const reader = { path: file.path, text, locate: createLocator(file.path, text) };
    const facts = [...readAddresses(reader, false), ...readRolePasswords(reader)];
    return facts.length === 0 ? [] : [{ path: file.path, facts }];
  });
}

/** The files that others may call, as they stand before or after the change. */
function callableTexts({ files, projectTexts }: Change, side: 'before' | 'after'): CallableText[] {
  const changed = new Map(files.map((file) => [file.path, file]));
  const standing = Object.entries(projectTexts).filter(([path]) => isCallable(path) && !changed.has(path));
  return [
    ...standing.map(([path, text]) => ({ path, text, changed: false })),
    ...files.flatMap((file) => {
      const text = isCallable(file.path) ? file[side] : undefined;
      return text === undefined ? [] : [{ path: file.path, text, changed: true }];
    }),
  ];
}

/** What could not be read although it may matter. */
export function unreadableOf(deployments: readonly Deployment[]): Opaque[] {
  return deployments.flatMap(({ facts }) =>
    facts.flatMap((fact) =>
      fact.kind === 'unreadable' ? [{ path: fact.span.path, startLine: fact.span.startLine, reason: fact.reason }] : [],
    ),
  );
}

/**
 * Without what the same files said before the change, and folded where a file is for a developer's own machine.
 * A message quotes the command and what is wrong with it, but no line, so that what only moved is known again.
 */
export function withoutStanding(
  said: Said[],
  change: Change,
  deployments: Deployments,
  rules: readonly Rule[],
): Said[] {
  const paths = new Map(deployments.now.map((deployment) => [deployment.path, deployment]));
  const models = new Set(change.files.filter(holdsModels).map(({ path }) => path));
  const stood = findingsOfChange(change, deployments, rules).map(keyOf);
  return said.flatMap((each) => {
    const deployment = each.migration ? undefined : paths.get(each.finding.path);
    if (!deployment) return [each];
    const at = stood.indexOf(keyOf(each.finding));
    if (at !== -1) {
      stood.splice(at, 1);
      return [];
    }
    const severity = deployment.forDevelopment ? 'notice' : each.finding.severity;
    // What models say is not among the facts: there the text counts.
    const digest = models.has(deployment.path) ? {} : { digest: digestOf(deployment.facts) };
    return [{ ...each, finding: { ...each.finding, severity, ...digest } }];
  });
}

function keyOf({ rule, path, message }: Finding): string {
  return `${rule}\n${path}\n${message}`;
}
