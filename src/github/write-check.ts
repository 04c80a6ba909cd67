import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Annotation, Check } from '../host.ts';
import { attempt, type GitHubClient, nameOf, type Repository } from './github-client.ts';

type Writing = { commit: string; check: Check; externalId: string; id: number | undefined };

type SentAnnotation = NonNullable<
  NonNullable<RestEndpointMethodTypes['checks']['update']['parameters']['output']>['annotations']
>[number];

/** GitHub takes 50 annotations per request, and adds those of an update to those that stand. */
const batchSize = 50;

/**
 * Writes a check to a commit: over the one with `id` while that one's annotations are the same,
 * and as a new one of the same name, which GitHub then shows, when they are others: annotations cannot be taken back.
 */
export async function writeCheck(client: GitHubClient, repository: Repository, writing: Writing): Promise<void> {
  const { commit, check, externalId, id } = writing;
  const annotations = check.annotations.map(sentAnnotation);
  const doing = `writing check ${check.name} to ${nameOf(repository)} at ${commit}`;
  await attempt(doing, async () => {
    if (id !== undefined && (await hasAnnotations(client, repository, id, annotations)))
      await client.rest.checks.update({
        ...repository,
        check_run_id: id,
        ...requestOf(check, []),
        external_id: externalId,
      });
    else await createCheck(client, repository, { commit, check, externalId, annotations });
  });
}

function sentAnnotation(annotation: Annotation): SentAnnotation {
  const { path, startLine, endLine, startColumn, endColumn, level, title, message } = annotation;
  const sent: SentAnnotation = {
    path,
    start_line: startLine,
    end_line: endLine,
    annotation_level: level,
    title: cut(title, 255),
    message: cut(message, 64 * 1024),
  };
  // GitHub refuses columns of an annotation over several lines.
  if (startLine !== endLine) return sent;
  if (startColumn !== undefined) sent.start_column = startColumn;
  if (endColumn !== undefined) sent.end_column = endColumn;
  return sent;
}

/** Cuts to a number of bytes of UTF-8, between characters: the limits are stated in characters here and bytes there. */
function cut(text: string, limit: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= limit) return text;
  let end = limit - Buffer.byteLength('…');
  // Bytes 10xxxxxx continue a character.
  while (((bytes[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end--;
  return `${bytes.toString('utf8', 0, end)}…`;
}

async function hasAnnotations(
  client: GitHubClient,
  repository: Repository,
  id: number,
  wanted: readonly SentAnnotation[],
): Promise<boolean> {
  const standing: string[] = [];
  for (let page = 1; ; page++) {
    const { data } = await client.rest.checks.listAnnotations({ ...repository, check_run_id: id, per_page: 100, page });
    standing.push(...data.map(annotationKey));
    if (data.length < 100) break;
  }
  return JSON.stringify(standing.sort()) === JSON.stringify(wanted.map(annotationKey).sort());
}

type AnyAnnotation = {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number | null;
  end_column?: number | null;
  annotation_level: string | null;
  title?: string | null;
  message: string | null;
};

function annotationKey(annotation: AnyAnnotation): string {
  return JSON.stringify([
    annotation.path,
    annotation.start_line,
    annotation.end_line,
    annotation.start_column ?? null,
    annotation.end_column ?? null,
    annotation.annotation_level,
    annotation.title ?? null,
    annotation.message,
  ]);
}

/** The external id comes with the last request: a check that was left half written does not pass for a whole one. */
async function createCheck(
  client: GitHubClient,
  repository: Repository,
  writing: { commit: string; check: Check; externalId: string; annotations: SentAnnotation[] },
): Promise<void> {
  const { commit, check, externalId, annotations } = writing;
  const first = annotations.slice(0, batchSize);
  const isWhole = first.length === annotations.length;
  const { data } = await client.rest.checks.create({
    ...repository,
    head_sha: commit,
    ...requestOf(check, first),
    ...(isWhole ? { external_id: externalId } : {}),
  });
  for (let start = batchSize; start < annotations.length; start += batchSize) {
    const isLast = start + batchSize >= annotations.length;
    await client.rest.checks.update({
      ...repository,
      check_run_id: data.id,
      ...requestOf(check, annotations.slice(start, start + batchSize)),
      ...(isLast ? { external_id: externalId } : {}),
    });
  }
}

/** The part of a request that creating and updating share. */
function requestOf(check: Check, annotations: SentAnnotation[]) {
  return {
    name: check.name,
    status: 'completed' as const, // one of GitHub's words, not any string
    conclusion: check.conclusion,
    output: {
      title: check.title,
      summary: cut(check.summary, 65_535),
      ...(annotations.length > 0 ? { annotations } : {}),
    },
  };
}
