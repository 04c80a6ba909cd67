/** Which files say how a project is put into operation, by their names alone: nothing is fetched to find out. */
import { folderOf, nameOf } from '../frontends/paths.ts';

export type DeploymentKind =
  | 'yaml'
  | 'dockerfile'
  | 'procfile'
  | 'shell'
  | 'python'
  | 'javascript'
  | 'ruby'
  | 'ini'
  | 'platform'
  | 'addresses'
  | 'jenkinsfile';

/** The kind of a file that may run migrations, or undefined where its name says that it does not. */
export function deploymentKindOf(path: string): DeploymentKind | undefined {
  const name = nameOf(path);
  if (name === 'env.py') return 'addresses';
  if (isAside(path)) return undefined;
  if (isPlatformFile(name)) return 'platform';
  if (isYaml(path, name)) return 'yaml';
  if (/^(?:.+[._-])?(?:dockerfile|containerfile)(?:[._-].+)?$/i.test(name) && !/\.(?:md|txt|ya?ml)$/.test(name))
    return 'dockerfile';
  if (/^Procfile(?:\..+)?$/.test(name)) return 'procfile';
  if (isJenkinsfile(name)) return 'jenkinsfile';
  if (name === 'alembic.ini') return 'ini';
  if (/\.(?:sh|bash)$/.test(name) || (/^[\w-]+$/.test(name) && isShellName(path, name))) return 'shell';
  if (name.endsWith('.py') && pythonName.test(name)) return 'python';
  if (rubyStart.test(path)) return 'ruby';
  if (/\.(?:ts|js|mjs|cjs)$/.test(name) && javascriptName.test(name)) return 'javascript';
  return undefined;
}

/** True for the name of a file in which a hosting platform is told what to run. */
function isPlatformFile(name: string): boolean {
  return /^(?:fly(?:\.[\w-]+)?\.toml|railway\.(?:toml|json)|render\.ya?ml|heroku\.yml|app\.json|package\.json)$/.test(
    name,
  );
}

/** True for a manifest that says how many pods there are of what others describe. */
export function isScaler(path: string): boolean {
  return /(?:hpa|autoscal\w*|scaledobject|keda|kustomization)[\w.-]*\.ya?ml$/i.test(nameOf(path));
}

/** True for what runs on a pull request: workflows where GitHub looks for them, actions beside them, pipelines of others. */
export function isWorkflowPath(path: string): boolean {
  if (isAside(path)) return false;
  return (
    /^\.github\/(?:workflows\/[^/]+|actions\/[^]+\/action)\.ya?ml$/.test(path) ||
    isPipeline(path) ||
    isJenkinsfile(nameOf(path))
  );
}

/** Each is one more text to read; projects that have more name those that test. */
const mostWorkflows = 8;

/** The workflows of a repository that may try a pull request, the likeliest by their names first. */
export function workflowsAmong(paths: Iterable<string>): string[] {
  const isLikely = (path: string) =>
    /migrat|django|alembic|rails|database|backend|python|ruby|\b(?:ci|test|check|lint|main|build|quality|unit)/i.test(
      nameOf(path),
    );
  const workflows = [...paths].filter(isWorkflowPath);
  return [...workflows.filter(isLikely), ...workflows.filter((path) => !isLikely(path))].slice(0, mostWorkflows);
}

/** True for a file that is for a developer's own machine, or for tests. */
export function isForDevelopment(path: string): boolean {
  if (/(?:^|[._/-])(?:dev|devel|development|local|override)(?=[._/-])/i.test(path)) return true;
  return /compose/.test(path) && /(?:^|[._/-])(?:test|tests|testing|ci|e2e)(?=[._/-])/i.test(path);
}

const yamlFolder =
  /(?:^|[/._-])(?:k8s|kube|kubernetes|kustomize|manifests?|helm|charts?|templates|deploy\w*|openshift|ocp|infra\w*|ops|overlays|base|argocd?|gitops|workflows|stacks?)(?:[/._-]|$)/i;
const yamlName =
  /deploy|migrat|job|template|compose|stack|web|api|app|server|worker|service|pod|statefulset|cron|rollout|backend|hpa|autoscal|configmap|values/i;

/** True for what GitLab, CircleCI and Azure run. */
function isPipeline(path: string): boolean {
  return /(?:^|[/.])gitlab-ci\.ya?ml$|(?:^|\/)\.circleci\/[^/]+\.ya?ml$|(?:^|\/)\.?azure-pipelines?(?:[./-][^]*)?\.ya?ml$/.test(
    path,
  );
}

function isJenkinsfile(name: string): boolean {
  return /^Jenkinsfile(?:\..+)?$|\.jenkinsfile$/.test(name);
}

/** A workflow is read only where GitHub runs it; elsewhere the folder or the name has to speak of deployment. */
function isYaml(path: string, name: string): boolean {
  if (!/\.ya?ml$/.test(name)) return false;
  if (/^action\.ya?ml$/.test(name)) return true;
  if (path.startsWith('.github/')) return path.startsWith('.github/workflows/');
  if (isPipeline(path)) return true;
  return yamlFolder.test(folderOf(path)) || yamlName.test(name);
}

/** Scripts without an ending: bin/start, docker-entrypoint, and what Heroku and others call them. */
function isShellName(path: string, name: string): boolean {
  if (/entrypoint|^(?:start|boot|run|release|migrate|deploy)(?:[_-]\w+)*$/i.test(name)) return true;
  return /(?:^|\/)scripts?$/.test(folderOf(path));
}

const pythonName =
  /^(?:main|app|application|server|run|wsgi|asgi|manage|__init__|__main__|apps|db|database|models?|base|session|engine|extensions|config|settings|start\w*|boot\w*|entry\w*|init\w*|pre_?start\w*|lifespan|events|deploy\w*|\w*(?:migrat|init_|_init|database|startup|_db|db_|schema)\w*)\.py$/i;
const javascriptName =
  /^(?:main|app|index|server|start|boot\w*|entry\w*|db|database|sequelize|knexfile|orm-?config|data-?source|release|deploy|[\w.-]*(?:app\.module|typeorm|data-?source|database|sequelize|migrat|startup)[\w.-]*)\.(?:ts|js|mjs|cjs)$/i;

/** What Rails and its servers run when they start. */
const rubyStart =
  /(?:^|\/)config\/(?:initializers\/.+|environments\/production|application|environment|puma|unicorn)\.rb$|(?:^|\/)config\.ru$/;

const asideFolder =
  /(?:^|\/)(?:node_modules|vendor|third_party|\w*_?tests?|spec|__tests__|e2e|fixtures|examples?|docs?|testdata|versions|alembic)(?:\/|$)/i;

/** Tests, vendored files and the migrations themselves: none of them runs at deployment. */
function isAside(path: string): boolean {
  if (asideFolder.test(folderOf(path)) && nameOf(path) !== 'alembic.ini') return true;
  return /^test_|[_-](?:mini)?tests?\.|\.(?:test|spec)\.|^conftest\.py$|\.d\.ts$/.test(nameOf(path));
}
