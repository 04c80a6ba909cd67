/** The manifest of a Job, or of a service of Compose, that runs a migration once with all that the container has. */
import type { DatabaseWait, Workload, WrittenKey } from '../../src/operations/deployment.ts';
import { fence } from '../../src/writers/fence.ts';

/** A Job for Kubernetes, as Helm or Argo CD runs it where the workload is theirs. */
export function jobFence(command: string, workload: Workload, wait: DatabaseWait, name = jobName(workload)): string {
  const { platform, container } = workload;
  const { metadata = [], pod = [], container: own = [] } = container.written ?? {};
  const hasImage = own.some(({ key, lines }) => key === 'image' && lines.length > 0);
  return fence('yaml', [
    'apiVersion: batch/v1',
    'kind: Job',
    'metadata:',
    `  name: ${scalar(name)}`,
    ...printed(metadata, 2, 'the object'),
    ...(platform === 'helm' ? annotations.helm : platform === 'argo' ? annotations.argo : []),
    'spec:',
    '  backoffLimit: 3',
    '  activeDeadlineSeconds: 600',
    '  template:',
    '    spec:',
    '      restartPolicy: Never',
    ...printed(pod, 6, 'the pod'),
    '      containers:',
    '        - name: migrate',
    ...(hasImage ? [] : [`          image: ${scalar(container.image ?? 'the image of the release')}`]),
    ...commandLines(pod.some(({ key }) => key === 'initContainers') ? command : waiting(command, wait), 10),
    ...printed(own, 10, oneLine(container.name) || 'the container'),
  ]);
}

function jobName({ name }: Workload): string {
  return `${name === '' ? 'app' : name}-migrate`;
}

const annotations = {
  helm: [
    '  annotations:',
    '    helm.sh/hook: pre-install,pre-upgrade',
    '    helm.sh/hook-delete-policy: before-hook-creation',
  ],
  argo: [
    '  annotations:',
    '    argocd.argoproj.io/hook: PreSync',
    '    argocd.argoproj.io/hook-delete-policy: BeforeHookCreation',
  ],
};

/** A service that ends, and the one that waits for it. */
export function composeFence(command: string, { name, container }: Workload): string {
  const own = container.written?.container ?? [];
  const hasImage = own.some(({ key, lines }) => (key === 'image' || key === 'build') && lines.length > 0);
  return fence('yaml', [
    'services:',
    '  migrate:',
    ...(hasImage ? [] : [`    image: ${scalar(container.image ?? 'the image of the release')}`]),
    ...commandLines(command, 4),
    ...printed(own, 4, oneLine(name)),
    `  ${scalar(name)}:`,
    '    depends_on:',
    '      migrate:',
    '        condition: service_completed_successfully',
  ]);
}

/** What the container waited for without an end is waited for with one. */
function waiting(command: string, wait: DatabaseWait): string {
  if (wait.kind !== 'endless' || wait.how.includes("'") || !/^(?:until|while)\b/.test(wait.how)) return command;
  return `timeout 120 sh -c '${oneLine(wait.how).replace(/;?\s*do\b.*$/, '')}; do sleep 2; done' && ${command}`;
}

/** A command with the expressions of a template in it is no string in quotes: these have quotes of their own. */
function commandLines(command: string, indent: number): string[] {
  const space = ' '.repeat(indent);
  if (!command.includes('{{')) return [`${space}command: [sh, -c, ${JSON.stringify(oneLine(command))}]`];
  return [`${space}command:`, `${space}  - sh`, `${space}  - -c`, `${space}  - |`, `${space}    ${oneLine(command)}`];
}

/** More lines than these hide the correction in what surrounds it. */
const mostLines = 90;

/** Keys as they were written, this many columns deep; what cannot be given again is named. */
function printed(keys: readonly WrittenKey[], indent: number, owner: string): string[] {
  let left = mostLines;
  return keys.flatMap(({ key, column, lines }) => {
    if (lines.length === 0 || lines.length > left) return [`${' '.repeat(indent)}# ${key}: as ${owner} has it`];
    left -= lines.length;
    return lines.map((line) => (line.trim() === '' ? '' : ' '.repeat(indent) + moved(line, indent - column)));
  });
}

/** What a template indents moves along. */
function moved(line: string, by: number): string {
  const clean = oneLine(line);
  if (by === 0 || !clean.includes('{{')) return clean;
  return clean.replace(/\b(n?indent\s+)(\d+)/g, (_, name: string, columns: string) => `${name}${Number(columns) + by}`);
}

/** A name as YAML takes it: quoted unless it is plain; the expression of a template may hold quotes of one kind. */
export function scalar(text: string): string {
  const clean = oneLine(text);
  if (/^[\w./:@-]+$/.test(clean)) return clean;
  if (!clean.includes('{{') || !clean.includes('"')) return JSON.stringify(clean);
  return /^\{\{[^:#]*\}\}[\w.-]*$/.test(clean) || clean.includes("'") ? clean : `'${clean}'`;
}

/** Without what would end a line or hide a part of it. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
