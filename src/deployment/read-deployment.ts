/** A file that says how the project is put into operation → framework-neutral facts about its migrations. */
import { createLocator } from '../frontends/sql/text.ts';
import { loadParser } from '../frontends/syntax/tree.ts';
import type { Deployment, DeploymentFact, Place } from '../operations/deployment.ts';
import { namesBeside } from './called/names-beside.ts';
import type { CallableText } from './called/called.ts';
import { withWhatIsCompared } from './compared.ts';
import { readAddresses } from './addresses.ts';
import { readAlembicIni } from './alembic-ini.ts';
import { readDockerfile } from './dockerfile.ts';
import { readJenkinsfile } from './jenkinsfile.ts';
import { readJavascript } from './javascript/read-javascript.ts';
import { mayRunMigrations, mayScale, namesMigrationCommand } from './mentions.ts';
import { deploymentKindOf, isForDevelopment, type DeploymentKind } from './paths.ts';
import { readProcfile } from './procfile.ts';
import { readPython } from './python/read-python.ts';
import { wholeFragment, type Reader } from './reader.ts';
import { readRuby } from './ruby/read-ruby.ts';
import { readShell } from './shell/read-shell.ts';

/** What is read: plain data, so that it can go to a worker. `commands` are the team's own migration commands, `beside` the files that it may call. */
export type DeploymentSource = {
  path: string;
  text: string;
  commands: readonly string[];
  beside?: readonly CallableText[];
};

/** A manifest that a person wrote is not longer. In UTF-16 units. */
const sizeLimit = 256 * 1024;

/** Reads one file. Never rejects at what stands in it; a file that speaks of no migration has no facts. */
export async function readDeployment({ path, text, commands, beside = [] }: DeploymentSource): Promise<Deployment> {
  const kind = deploymentKindOf(path);
  const told = isForDevelopment(path) ? { path, forDevelopment: true as const } : { path };
  const callable = beside.filter((each) => namesBeside(text, each.path));
  const mayCall = callable.some((each) => each.path !== path && mayRunMigrations(each.text, commands));
  const maySay = mayRunMigrations(text, commands) || mayCall || (kind === 'yaml' && mayScale(text));
  if (!kind || !maySay) return { ...told, facts: [] };
  if (text.length > sizeLimit)
    return { ...told, facts: namesMigrationCommand(text) ? [unreadable('it is larger than 256 KB', path)] : [] };
  const [bash, python, typescript] = await Promise.all([
    loadParser('bash'),
    loadParser('python'),
    loadParser('typescript'),
  ]);
  const reader = {
    path,
    text,
    commands,
    beside: mayCall ? beside.filter((each) => each.path !== path) : [],
    locate: createLocator(path, text),
    bash,
    python,
    typescript,
  };
  const facts = withWhatIsCompared(await readKind(kind, reader));
  const readable = facts.filter((fact) => fact.kind !== 'unreadable' || namesMigrationCommand(text));
  return { ...told, facts: readable.filter((fact, index) => !isTold(fact, readable.slice(0, index))) };
}

/** A password that a command is given is found with the command, and in the text again. */
function isTold(fact: DeploymentFact, before: readonly DeploymentFact[]): boolean {
  if (fact.kind !== 'credential') return false;
  const { startLine } = fact.span;
  return before.some(
    (each) => each.kind === 'credential' && each.host === fact.host && each.span.startLine === startLine,
  );
}

async function readKind(kind: DeploymentKind, reader: Reader): Promise<DeploymentFact[]> {
  const whole = wholeFragment(reader.text);
  switch (kind) {
    case 'yaml': {
      // Loaded on first need: most changes have no manifest.
      const { readYaml } = await import('./yaml/read-yaml.ts');
      return readYaml(reader);
    }
    case 'dockerfile':
      return readDockerfile(reader);
    case 'jenkinsfile':
      return readJenkinsfile(reader);
    case 'procfile':
      return readProcfile(reader);
    case 'shell':
      return [
        ...readShell(whole, { place: scriptPlace(reader.path), failsFast: false, pipefail: false }, reader),
        ...readAddresses(reader, true),
      ];
    case 'python':
      return readPython(whole, { kind: 'code' }, reader);
    case 'javascript':
      return readJavascript(whole, { kind: 'code' }, reader);
    case 'ruby':
      return readRuby(whole, await loadParser('ruby'), reader);
    case 'addresses':
      return readAddresses(reader, false);
    case 'platform': {
      const { readPlatform } = await import('./platform/read-platform.ts');
      return readPlatform(reader);
    }
    case 'ini':
      return readAlembicIni(reader);
  }
}

/** A script starts a server when it is named for that, or hands over to one. */
function scriptPlace(path: string): (takesOver: boolean) => Place {
  const starts = /entrypoint|(?:^|[/_-])(?:start|boot)(?:[._-]|$)/i.test(path) && !/migrat/i.test(path);
  return (takesOver) => ({ kind: 'script', starts: starts || takesOver });
}

function unreadable(reason: string, path: string): DeploymentFact {
  return { kind: 'unreadable', reason, span: { path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 } };
}
