/** The report as SARIF 2.1.0, for code scanning and editors. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import type { Finding, Report, Suppressed } from '../report.ts';
import type { Rule } from '../rule.ts';
import { pathInUrl, plain } from './escape.ts';
import { mutedHow } from './muted.ts';
import { pageOf } from './rule-links.ts';

/** What SARIF says of a rule. */
export type RuleMetadata = Pick<Rule, 'id' | 'title' | 'severity' | 'concerns'>;

/** The report as SARIF with a final line end; `version` is that of this program. */
export function renderSarif(report: Report, rules: readonly RuleMetadata[], version: string): string {
  const metadata = withUnlisted(rules, report);
  const numbers = new Map(metadata.map((rule, index) => [rule.id, index]));
  const digests = new Map(report.migrations.map(({ path, digest }) => [path, digest]));
  const fingerprintOf = createFingerprints(digests);
  // What the team has written itself goes first: SARIF has room for one address.
  const said = [...report.findings, ...report.suppressed];
  const links = new Map(said.flatMap(({ rule, link }) => (link === undefined ? [] : [[rule, link] as const])));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Plimsoll',
            version,
            rules: metadata.map((rule) => ruleOf(rule, links.get(rule.id) ?? pageOf(rule.id))),
          },
        },
        ...(report.corrections && { properties: { corrections: report.corrections } }),
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.problems.length === 0,
            toolExecutionNotifications: [...report.problems.map(problemOf), ...report.opaque.map(opaqueOf)],
          },
        ],
        results: [
          ...report.findings.map((finding) => resultOf(finding, numbers, fingerprintOf(finding))),
          ...report.suppressed.map((finding) => ({
            ...resultOf(finding, numbers, fingerprintOf(finding)),
            suppressions: [{ kind: 'inSource', justification: plain(mutedHow(finding), 600) }],
          })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** The review's own findings have ids that no rule stands for. */
function withUnlisted(rules: readonly RuleMetadata[], report: Report): RuleMetadata[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { rule, severity, concerns } of [...report.findings, ...report.suppressed])
    if (!known.has(rule)) known.set(rule, { id: rule, title: rule, severity, concerns });
  return [...known.values()];
}

function ruleOf({ id, title, severity, concerns }: RuleMetadata, helpUri: string): object {
  return {
    id,
    shortDescription: { text: plain(title) },
    helpUri,
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [concerns] },
  };
}

const levels: Record<Finding['severity'], string> = { error: 'error', warning: 'warning', notice: 'note' };

function resultOf(finding: Finding | Suppressed, numbers: Map<string, number>, fingerprint: string): object {
  const { rule, severity, message, advice } = finding;
  return {
    ruleId: rule,
    ruleIndex: numbers.get(rule),
    level: levels[severity],
    message: { text: `${plain(message)}\n\n${plain(advice)}`.trim() },
    locations: [{ physicalLocation: { artifactLocation: artifactOf(finding.path), region: regionOf(finding) } }],
    partialFingerprints: { 'plimsoll/v1': fingerprint },
    properties: { tags: [finding.concerns], ...('joined' in finding && { joined: finding.joined }) },
    ...fixesOf(finding),
  };
}

/** A region without columns ends before the line end of its last line. */
function fixesOf({ path, replacement }: Finding): object {
  if (!replacement) return {};
  const { startLine, endLine, text } = replacement;
  const replacements = [{ deletedRegion: { startLine, startColumn: 1, endLine }, insertedContent: { text } }];
  return { fixes: [{ artifactChanges: [{ artifactLocation: artifactOf(path), replacements }] }] };
}

/** SARIF's end column is the one after the last character. */
function regionOf({ startLine, endLine, startColumn, endColumn }: Finding): object {
  return {
    startLine,
    endLine,
    ...(startColumn !== undefined && { startColumn }),
    ...(endColumn !== undefined && { endColumn: endColumn + 1 }),
  };
}

function artifactOf(path: string): object {
  return { uri: pathInUrl(path), uriBaseId: '%SRCROOT%' };
}

/** The same after a rebase or a move of lines: the rule, what the migration does, and which of its kind it is there. */
function createFingerprints(digests: Map<string, string>): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ rule, path }) => {
    const name = `${rule}:${digests.get(path) ?? path}`;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return `${name}:${number}`;
  };
}

function problemOf({ message, path, startLine }: Report['problems'][number]): object {
  return notification('error', plain(message), path, startLine);
}

function opaqueOf({ path, startLine, reason }: Report['opaque'][number]): object {
  return notification('warning', plain(`Could not be read and was not judged: ${reason}`), path, startLine);
}

function notification(level: 'error' | 'warning', text: string, path?: string, startLine?: number): object {
  const region = startLine === undefined ? {} : { region: { startLine } };
  const locations =
    path === undefined ? {} : { locations: [{ physicalLocation: { artifactLocation: artifactOf(path), ...region } }] };
  return { level, message: { text }, ...locations };
}
